/** Adding, changing and deleting bills: the form, and the way back from a deletion. */
import { type Dispatch, type StateUpdater, useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { BillForm } from './bill-form.tsx';
import type { DashboardProps } from './dashboard.tsx';

/** A bill, a new one, or none. */
export type Editing = Bill | 'new' | null;

interface DeskProps extends Pick<DashboardProps, 'view' | 'words' | 'ask'> {
  readonly editing: Editing;
  readonly setEditing: Dispatch<StateUpdater<Editing>>;
  readonly deleted: Bill | null;
  readonly setDeleted: (bill: Bill | null) => void;
}

export function BillFormDesk({ view, words, ask, editing, setEditing, deleted, setDeleted }: DeskProps) {
  const [isGone, setGone] = useState(false);
  const bill = editing === 'new' ? null : editing;
  const restore = async (): Promise<void> => {
    if (!deleted) return;
    const { ok } = await ask({ do: 'restore-bill', billId: deleted.id });
    setGone(!ok);
    if (ok) setDeleted(null);
  };
  return (
    <>
      <div class="acts">
        <button type="button" onClick={() => setEditing('new')}>
          {words.say('formAdd')}
        </button>
      </div>
      {deleted && (
        <p class="undo" role="status">
          {words.say(isWritten(deleted) ? 'deleted' : 'deletedPage', deleted.title)}{' '}
          <button type="button" onClick={restore}>
            {words.say('restoreDeleted')}
          </button>
          {isGone && words.say('restoreFailed')}
        </p>
      )}
      {editing !== null && (
        <BillForm
          key={bill?.id ?? 'new'}
          bill={bill}
          isOwners={bill === null || isWritten(bill)}
          isMonthly={
            bill !== null && view.sites.some(({ siteId, account }) => siteId === bill.siteId && account === bill.key)
          }
          words={words}
          save={async (given) =>
            (await ask({ do: 'save-bill', billId: bill?.id ?? null, bill: given })).billId !== null
          }
          // Only itself: once the row stands in the list, another may have been opened before the answer came.
          close={() => setEditing((open) => (open === editing ? null : open))}
        />
      )}
    </>
  );
}

/** Written by the owner or brought from a table: theirs to change whole. */
function isWritten({ siteId }: Bill): boolean {
  return siteId === 'hand' || siteId === 'file';
}
