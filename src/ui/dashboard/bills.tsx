/** 账单: every bill that was read, written or imported, with what the owner can say of it. */
import { useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { ClosedSites } from '../parts/closed-sites.tsx';
import { LastRead, lastReadAt } from '../parts/last-read.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { openInstead } from '../parts/unsaved.ts';
import { BillFormDesk, type Editing } from './bill-form-desk.tsx';
import { BillList } from './bill-list.tsx';
import { BillRulesDesk } from './bill-rules-desk.tsx';
import { BillTold, type ToldAct } from './bill-told.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { ImportPanel } from './import-panel.tsx';

export function Bills(props: DashboardProps) {
  const { view, words, now, ask } = props;
  const [editing, setEditing] = useState<Editing>(null);
  const [told, setTold] = useState<ToldAct | null>(null);
  const [ruling, setRuling] = useState<Bill | null>(null);
  const tell = (bill: Bill, name: ToldAct['name'], asked: Promise<{ readonly ok: boolean }>): void =>
    void asked.then(
      ({ ok }) => setTold({ bill, name, isDone: ok }),
      () => setTold({ bill, name, isDone: false }),
    );
  /** As it stands now: gone with its bill. */
  const ruled = ruling && view.allBills.find(({ id }) => id === ruling.id);
  const edit = (one: Bill | 'new'): void =>
    openInstead(document.querySelector('form.bill-form'), () => setEditing(one));
  const rule = (bill: Bill): void => openInstead(document.querySelector('section.bill-form'), () => setRuling(bill));
  const add = (
    <button type="button" onClick={() => edit('new')}>
      {words.say('formAdd')}
    </button>
  );
  return (
    <>
      <ClosedSites closed={view.closed} words={words} allow={props.allow} />
      <Trouble view={view} hasBills={view.allBills.length > 0} words={words} />
      {view.allBills.length > 0 && (
        <div class="acts">
          {add}
          {view.sites.length > 0 && (
            <span class="quiet">
              <LastRead at={lastReadAt(view.sites)} words={words} now={now} />
            </span>
          )}
        </div>
      )}
      <BillFormDesk {...props} {...{ editing, setEditing }} />
      {ruled && (
        <BillRulesDesk
          key={ruled.id}
          {...props}
          bill={ruled}
          close={() => setRuling((open) => (open === ruling ? null : open))}
        />
      )}
      <BillList
        {...props}
        add={add}
        rule={rule}
        edit={edit}
        act={(bill, name, until) =>
          tell(bill, name, ask({ do: 'act', act: { do: name, billId: bill.id, via: 'dashboard', until } }))
        }
        remove={(bill) => tell(bill, 'delete', ask({ do: 'delete-bill', billId: bill.id }))}
      />
      <BillTold
        told={told}
        bills={view.allBills}
        words={words}
        undo={(bill, name) =>
          tell(bill, name, ask({ do: 'act', act: { do: name, billId: bill.id, via: 'dashboard' } }))
        }
        restore={(bill) => tell(bill, 'restore', ask({ do: 'restore-bill', billId: bill.id }))}
        close={() => setTold(null)}
      />
      <ImportPanel {...props} />
    </>
  );
}
