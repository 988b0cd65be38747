/** A bill in the popup: the next one large, the others as rows that open. */
import { useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { dayOf, daysBetween, type Instant } from '../../core/day.ts';
import { keyFor } from '../../i18n/off-page.ts';
import type { Words } from '../../i18n/words.ts';
import { Doubts } from '../parts/doubts.tsx';
import { urgencyOf } from '../parts/standing.ts';
import { BillActs, type BillActsProps } from './bill-acts.tsx';

export function NextBill(props: BillActsProps) {
  const { bill, words, now } = props;
  return (
    <article class={`next ${urgencyOf(bill, dayOf(now))}`} aria-label={words.say('popupNext')}>
      <header>
        <h1 class="title clamp" title={bill.title}>
          {bill.title}
        </h1>
        <strong class="days">{daysOf(bill, words, now)}</strong>
      </header>
      <p class="amount">{words.amount(bill.remainingFen)}</p>
      <p class="facts">
        {factsOf(bill, words, now).join(' · ')}
        {bill.minimumFen !== null && ` · ${words.say('popupMinimum', words.amount(bill.minimumFen))}`}
        {bill.instalmentFen ? ` · ${words.say('popupInstalment', words.amount(bill.instalmentFen))}` : ''}
      </p>
      <Doubts bill={bill} words={words} />
      <BillActs {...props} />
    </article>
  );
}

export function BillRow(props: BillActsProps) {
  const { bill, words, now } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <li class={urgencyOf(bill, dayOf(now))}>
      <details name="bill" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class={isOpen ? 'title' : 'title clamp'}>{bill.title}</span>
          <span class="amount">{words.amount(bill.remainingFen)}</span>
          <span class="facts">
            {factsOf(bill, words, now).join(' · ')}{' '}
            <span class="read">
              {words.say(`bySource_${bill.source}`)} {words.shortAgo(bill.readAt, now)}
            </span>
          </span>
          <span class="days">{daysOf(bill, words, now)}</span>
        </summary>
        {isOpen && (
          <div class="opened">
            <BillActs {...props} />
          </div>
        )}
      </details>
      <Doubts bill={bill} words={words} />
    </li>
  );
}

function daysOf({ dueDay }: Bill, words: Words, now: Instant): string {
  return words.daysLeft(dueDay === null ? null : daysBetween(dayOf(now), dueDay));
}

/** The day with what is uncertain about it, and a standing that is not simply open. */
function factsOf(bill: Bill, words: Words, now: Instant): string[] {
  const isUnsure = bill.standing === 'unknown' && bill.missingSince === undefined;
  return [
    bill.dueDay === null ? words.say(keyFor('noticeFindDay', bill)) : words.day(bill.dueDay, dayOf(now)),
    ...(bill.dueDay && bill.dueDayIs === 'estimated' ? [words.say('estimated')] : []),
    ...(isUnsure ? [words.say('standingUnknown')] : []),
  ];
}
