/** What happened to one bill, in order: read, planned, told, seen, and what its owner did. The appeal's evidence is made of the same. */
import type { Bill } from '../../core/bill.ts';
import { EVIDENCE_FIELDS } from '../../core/evidence.ts';
import { evidenceWhat, evidenceWhen } from '../../i18n/evidence-words.ts';
import type { DashboardProps } from './dashboard.tsx';
import { useEvidence } from './use-evidence.ts';

interface BillHistoryProps extends Pick<DashboardProps, 'view' | 'words' | 'ask'> {
  readonly bill: Bill;
}

export function BillHistory({ bill, view, words, ask }: BillHistoryProps) {
  const told = useEvidence(bill, EVIDENCE_FIELDS, { ask, view });
  if (told === 'failed') return <p role="alert">{words.say('historyFailed')}</p>;
  if (told === null) return <p aria-busy="true">{words.say('popupLoading')}</p>;
  return (
    <>
      <ol class="history">
        {told.entries.map((entry) => (
          <li key={entry.n}>
            <span class="number quiet">{evidenceWhen(entry, words)}</span>
            <span class="title">{evidenceWhat(entry, words)}</span>
          </li>
        ))}
      </ol>
      <p>
        <a href={`#evidence/${encodeURIComponent(bill.id)}`}>{words.say('historyEvidence')}</a>
      </p>
    </>
  );
}
