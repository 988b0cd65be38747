/** A row of the list of bills: what it owes, how it stands, what can be said of it, and its history when it is asked for. */
import type { ComponentProps } from 'preact';
import { useMemo } from 'preact/hooks';
import type { OwnerActName } from '../../app/ports.ts';
import { type Bill, isWatched } from '../../core/bill.ts';
import { type Day, daysBetween } from '../../core/day.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import { ActButton } from '../parts/act-button.tsx';
import { Doubts } from '../parts/doubts.tsx';
import { standingOf, urgencyOf } from '../parts/standing.ts';
import { isOwed } from './bill-filter.ts';

/** What a row may ask for. The same object as long as the list stands. */
export interface RowActs {
  readonly act: (bill: Bill, name: OwnerActName) => void;
  readonly pay: (bill: Bill) => void;
  readonly rule: (bill: Bill) => void;
  readonly edit: (bill: Bill) => void;
  readonly remove: (bill: Bill) => void;
  readonly tell: (bill: Bill) => void;
}

interface BillRowProps {
  readonly bill: Bill;
  readonly words: Words;
  readonly today: Day;
  readonly isHeld: boolean;
  readonly isSynced: boolean;
  readonly hasPage: boolean;
  readonly isTold: boolean;
  readonly acts: RowActs;
}

const less = { class: 'less' };

/** Drawn anew only when something of it has changed: the page redraws every few seconds. */
export function BillRow({ bill, words, today, isHeld, isSynced, hasPage, isTold, acts }: BillRowProps) {
  const button = (
    name: MessageKey,
    onClick: () => void,
    also: Pick<ComponentProps<'button'>, 'class' | 'aria-expanded'> = {},
  ) => <ActButton key={name} {...{ words, onClick }} text={words.say(name)} of={bill.title} {...also} />;
  return useMemo(
    () => (
      <tr>
        <th scope="row" class="title">
          <span class={isTold ? '' : 'clamp'} title={bill.title}>
            {bill.title}
          </span>
          {bill.owner.note && <p class={isTold ? 'quiet' : 'quiet clamp'}>{bill.owner.note}</p>}
          <Doubts bill={bill} words={words} />
        </th>
        <td>
          {words.day(bill.dueDay, today)}
          {bill.dueDay && bill.dueDayIs === 'estimated' && ` · ${words.say('estimated')}`}
        </td>
        <td class="number">{words.amount(bill.remainingFen)}</td>
        <td>{standingIn(bill, today, words)}</td>
        <td>
          <div class="acts">
            <span>
              {hasPage && isOwed(bill) && button('actionPay', () => acts.pay(bill))}
              {actsOf(bill, isHeld).map(([name, title]) => button(title, () => acts.act(bill, name)))}
            </span>
            <span>
              {silencesOf(bill, isSynced).map(([name, title]) => button(title, () => acts.act(bill, name), less))}
              {(isWatched(bill) || bill.owner.rules) &&
                button(bill.owner.rules ? 'actionOwnRules' : 'actionRules', () => acts.rule(bill), less)}
              {button('actionHistory', () => acts.tell(bill), { ...less, 'aria-expanded': isTold })}
              {button('actionEdit', () => acts.edit(bill), less)}
              {button('actionDelete', () => acts.remove(bill), less)}
            </span>
          </div>
        </td>
      </tr>
    ),
    [bill, words, today, isHeld, isSynced, hasPage, isTold, acts],
  );
}

/** How near an open bill is, in words and colour together; else how it stands. */
function standingIn(bill: Bill, today: Day, words: Words) {
  const standing = standingOf(bill, today);
  const hasDaysLeft = isOwed(bill) && bill.dueDay !== null && standing !== 'standingUnknown';
  return (
    <span class={isOwed(bill) ? `standing ${urgencyOf(bill, today)}` : ''}>
      {hasDaysLeft ? words.daysLeft(daysBetween(today, bill.dueDay!)) : words.say(standing)}
    </span>
  );
}

type NamedAct = readonly [OwnerActName, MessageKey];

/** What can be said of a bill now; every act stands beside its undo. */
function actsOf({ owner, remainingFen, standing }: Bill, isHeld: boolean): readonly NamedAct[] {
  if (owner.mutedAt !== undefined) return [['unmute', 'actionUnmute']];
  if (owner.hiddenAt !== undefined) return [['unhide', 'actionUnhide']];
  if (owner.paidAt !== undefined) return [['unpaid', 'actionUnpaid']];
  if (remainingFen === 0 || standing === 'settled') return [];
  return [
    ['paid', 'actionPaid'],
    ['acknowledge', 'actionAcknowledge'],
    isHeld ? ['unsnooze', 'actionUnsnooze'] : ['snooze', 'actionLater'],
  ];
}

/** What ends a bill's reminders for good stands apart. */
function silencesOf({ owner, remainingFen, standing }: Bill, isSynced: boolean): readonly NamedAct[] {
  const { mutedAt, hiddenAt, paidAt } = owner;
  if (mutedAt !== undefined || hiddenAt !== undefined) return [];
  if (paidAt === undefined && (remainingFen === 0 || standing === 'settled')) return [];
  const hide: readonly NamedAct[] = isSynced && paidAt === undefined ? [['hide', 'actionHide']] : [];
  return [['mute', 'actionMute'], ...hide];
}
