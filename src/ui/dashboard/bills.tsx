/** 账单: every bill that was read, written or imported, with what the owner can say of it. */
import { useState } from 'preact/hooks';
import type { OwnerActName } from '../../app/ports.ts';
import type { Bill } from '../../core/bill.ts';
import { dayOf } from '../../core/day.ts';
import { snoozeUntil } from '../../core/reminder/snooze.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { Doubts } from '../parts/doubts.tsx';
import { LastRead, lastReadAt } from '../parts/last-read.tsx';
import { standingOf } from '../parts/standing.ts';
import { BillFormDesk, type Editing } from './bill-form-desk.tsx';
import { BillRulesDesk } from './bill-rules-desk.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { ImportPanel } from './import-panel.tsx';

/** A long list is shown in steps: the browser never lays out ten thousand rows at once. */
const ROWS_A_STEP = 100;

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
      {ruling && <BillRulesDesk key={ruling.id} {...props} bill={ruling} close={() => setRuling(null)} />}
      <BillTable {...props} rule={setRuling} edit={setEditing} remove={(bill) => void remove(bill)} />
      <ImportPanel {...props} />
    </>
  );
}

interface BillTableProps extends DashboardProps {
  readonly edit: (bill: Bill) => void;
  readonly rule: (bill: Bill) => void;
  readonly remove: (bill: Bill) => void;
}

function BillTable({ view, words, now, ask, openBills, edit, rule, remove }: BillTableProps) {
  const [shown, setShown] = useState(ROWS_A_STEP);
  const act = (bill: Bill, name: OwnerActName): void => {
    const until = name === 'snooze' ? snoozeUntil(now, [bill]) : undefined;
    void ask({ do: 'act', act: { do: name, billId: bill.id, via: 'dashboard', until } });
  };
  if (view.allBills.length === 0) {
    return (
      <section class="empty">
        <p>{words.say('popupEmptyText')}</p>
        <button type="button" class="main" onClick={() => openBills()}>
          {words.say('actionRead')}
        </button>
      </section>
    );
  }
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.say('columnBill')}</th>
            <th scope="col">{words.say('columnDueDay')}</th>
            <th scope="col">{words.say('columnOwed')}</th>
            <th scope="col">{words.say('columnStanding')}</th>
            <th scope="col">{words.say('columnActions')}</th>
          </tr>
        </thead>
        <tbody>
          {view.allBills.slice(0, shown).map((bill) => (
            <tr key={bill.id}>
              <th scope="row" class="title">
                {bill.title}
                {bill.owner.note && <p class="quiet">{bill.owner.note}</p>}
                <Doubts bill={bill} words={words} />
              </th>
              <td>
                {words.day(bill.dueDay)}
                {bill.dueDay && bill.dueDayIs === 'estimated' && ` · ${words.say('estimated')}`}
              </td>
              <td class="number">{words.amount(bill.remainingFen)}</td>
              <td>{words.say(standingOf(bill, dayOf(now)))}</td>
              <td>
                <div class="acts">
                  {actsOf(bill, now, view.sync.place !== null).map(([name, title]) => (
                    <button key={name} type="button" onClick={() => act(bill, name)}>
                      {words.say(title)}
                    </button>
                  ))}
                  <button type="button" onClick={() => rule(bill)}>
                    {words.say(bill.owner.rules ? 'actionOwnRules' : 'actionRules')}
                  </button>
                  <button type="button" aria-label={words.say('editBill', bill.title)} onClick={() => edit(bill)}>
                    {words.say('actionEdit')}
                  </button>
                  <button type="button" aria-label={words.say('deleteBill', bill.title)} onClick={() => remove(bill)}>
                    {words.say('actionDelete')}
                  </button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {view.allBills.length > shown && (
        <button type="button" onClick={() => setShown(shown + ROWS_A_STEP)}>
          {words.say('showMore', String(view.allBills.length - shown))}
        </button>
      )}
    </>
  );
}

/** What can be said of a bill now; every act stands beside its undo. */
function actsOf({ owner, remainingFen, standing }: Bill, now: number, isSynced: boolean): [OwnerActName, MessageKey][] {
  if (owner.mutedAt !== undefined) return [['unmute', 'actionUnmute']];
  if (owner.hiddenAt !== undefined) return [['unhide', 'actionUnhide']];
  if (owner.paidAt !== undefined) {
    return [
      ['unpaid', 'actionUnpaid'],
      ['mute', 'actionMute'],
    ];
  }
  if (remainingFen === 0 || standing === 'settled') return [];
  const held = owner.snoozedUntil !== undefined && owner.snoozedUntil > now;
  return [
    ['paid', 'actionPaid'],
    ['acknowledge', 'actionAcknowledge'],
    held ? ['unsnooze', 'actionUnsnooze'] : ['snooze', 'actionLater'],
    ['mute', 'actionMute'],
    ...(isSynced ? ([['hide', 'actionHide']] satisfies [OwnerActName, MessageKey][]) : []),
  ];
}
