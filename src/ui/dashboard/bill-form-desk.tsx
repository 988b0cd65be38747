/** Adding and changing bills: the form, over the list. */
import type { Dispatch, StateUpdater } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { BillForm } from './bill-form.tsx';
import { isWritten } from './bill-told.tsx';
import type { DashboardProps } from './dashboard.tsx';

/** A bill, a new one, or none. */
export type Editing = Bill | 'new' | null;

interface DeskProps extends Pick<DashboardProps, 'view' | 'words' | 'ask'> {
  readonly editing: Editing;
  readonly setEditing: Dispatch<StateUpdater<Editing>>;
}

export function BillFormDesk({ view, words, ask, editing, setEditing }: DeskProps) {
  if (editing === null) return null;
  const bill = editing === 'new' ? null : editing;
  return (
    <BillForm
      key={bill?.id ?? 'new'}
      bill={bill}
      isOwners={bill === null || isWritten(bill)}
      isMonthly={
        bill !== null && view.sites.some(({ siteId, account }) => siteId === bill.siteId && account === bill.key)
      }
      words={words}
      save={async (given) => (await ask({ do: 'save-bill', billId: bill?.id ?? null, bill: given })).billId !== null}
      // Only itself: once the row stands in the list, another may have been opened before the answer came.
      close={() => setEditing((open) => (open === editing ? null : open))}
    />
  );
}
