/** 账单: every bill that was read, written or imported, with what the owner can say of it. */
import { useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { LastRead, lastReadAt } from '../parts/last-read.tsx';
import { BillFormDesk, type Editing } from './bill-form-desk.tsx';
import { BillList } from './bill-list.tsx';
import { BillRulesDesk } from './bill-rules-desk.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { ImportPanel } from './import-panel.tsx';

export function Bills(props: DashboardProps) {
  const [editing, setEditing] = useState<Editing>(null);
  const [deleted, setDeleted] = useState<Bill | null>(null);
  const [ruling, setRuling] = useState<Bill | null>(null);
  const remove = async (bill: Bill): Promise<void> => {
    const { ok } = await props.ask({ do: 'delete-bill', billId: bill.id });
    if (ok) setDeleted(bill);
  };
  return (
    <>
      {props.view.sites.length > 0 && (
        <p class="quiet">
          <LastRead at={lastReadAt(props.view.sites)} words={props.words} now={props.now} />
        </p>
      )}
      <BillFormDesk {...props} {...{ editing, setEditing, deleted, setDeleted }} />
      {ruling && (
        <BillRulesDesk
          key={ruling.id}
          {...props}
          bill={ruling}
          close={() => setRuling((open) => (open === ruling ? null : open))}
        />
      )}
      <BillList {...props} rule={setRuling} edit={setEditing} remove={(bill) => void remove(bill)} />
      <ImportPanel {...props} />
    </>
  );
}
