/** One day of the calendar: what falls due, and what is planned; today also what is overdue, and what has no day of its own. */
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { type Day, dayOf } from '../../core/day.ts';
import type { DayPlan } from '../../core/month-plan.ts';
import { billTitle } from '../parts/bill-title.ts';
import { standingOf } from '../parts/standing.ts';
import { isOwed } from './bill-filter.ts';
import type { DashboardProps } from './dashboard.tsx';

const A_STEP = 100;

interface MonthDayProps extends DashboardProps {
  readonly day: Day;
  readonly of: DayPlan;
}

export function MonthDay({ day, of: { due, reminders }, view, words, now }: MonthDayProps) {
  const [most, setMost] = useState(A_STEP);
  const today = dayOf(now);
  const owed = day === today ? view.allBills.filter(isOwed) : [];
  const groups = (
    [
      ['costOverdueRow', overdueOf(owed, today)],
      ['costDaylessRow', owed.filter(({ dueDay }) => dueDay === null)],
      ['monthDayDue', due],
    ] as const
  ).filter(([, bills]) => bills.length > 0);
  const titles = new Map([...view.allBills, ...view.ahead].map((bill) => [bill.id, billTitle(bill, words)]));
  const rest = Math.max(...groups.map(([, bills]) => bills.length), reminders.length) - most;
  return (
    <section aria-labelledby="day-name" class="day-list">
      <h3 id="day-name" aria-live="polite">
        {words.day(day, today)}
      </h3>
      {groups.length === 0 && reminders.length === 0 && <p>{words.say('monthDayEmpty')}</p>}
      {groups.map(([name, bills]) => (
        <Fragment key={name}>
          <h4>{words.say(name)}</h4>
          <ul class="plain">
            {bills.slice(0, most).map((bill) => (
              <li key={bill.id}>
                <span class="title">{billTitle(bill, words)}</span> ·{' '}
                <span class="number">{words.amount(bill.remainingFen)}</span>
                {!bill.asks && ` · ${words.say(standingOf(bill, today))}`}
                {name === 'costOverdueRow' && ` · ${words.day(bill.dueDay, today)}`}
                {bill.dueDayIs === 'estimated' && ` · ${words.say('estimated')}`}
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
      {reminders.length > 0 && (
        <>
          <h4>{words.say('monthDayPlanned')}</h4>
          <ul class="plain">
            {reminders.slice(0, most).map((reminder) => (
              <li key={reminder.id}>
                <time class="number" dateTime={new Date(reminder.at).toISOString()}>
                  {words.moment(reminder.at)}
                </time>{' '}
                · {words.kind(reminder.kind)} · <span class="title">{titles.get(reminder.billId) ?? ''}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {rest > 0 && (
        <button type="button" onClick={() => setMost(most + A_STEP)}>
          {words.say('showMore', String(rest))}
        </button>
      )}
    </section>
  );
}

/** `listed`: latest first. */
export function overdueOf(listed: readonly Bill[], today: Day): Bill[] {
  return listed.filter((bill) => bill.dueDay !== null && bill.dueDay < today && isOwed(bill)).reverse();
}
