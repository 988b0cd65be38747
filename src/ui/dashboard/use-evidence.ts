import { useEffect, useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import type { EvidenceField } from '../../core/evidence.ts';
import type { Evidence } from '../../core/evidence-chain.ts';
import type { DashboardProps } from './dashboard.tsx';

/** A bill's story, asked for while it is shown, anew when something was written; null until what is chosen now is there. */
export function useEvidence(
  bill: Bill | null,
  fields: readonly EvidenceField[],
  { ask, view }: Pick<DashboardProps, 'ask' | 'view'>,
): Evidence | 'failed' | null {
  const [made, setMade] = useState<{ readonly key: string; readonly evidence: Evidence | 'failed' } | null>(null);
  const key = `${bill?.id}|${fields.join()}`;
  useEffect(() => {
    let isOver = false;
    if (!bill) return;
    void ask({ do: 'evidence', billId: bill.id, fields: [...fields] }).then(
      (evidence) => !isOver && setMade({ key, evidence: evidence ?? 'failed' }),
      () => !isOver && setMade({ key, evidence: 'failed' }),
    );
    return () => {
      isOver = true;
    };
  }, [key, view]);
  return made?.key === key ? made.evidence : null;
}
