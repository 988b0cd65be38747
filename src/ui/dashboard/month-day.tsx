/** One day of the calendar: what falls due, and what is planned. */
import { useState } from 'preact/hooks';
import { type Day, dayOf } from '../../core/day.ts';
import type { DayPlan } from '../../core/month-plan.ts';
import { billTitle } from '../parts/bill-title.ts';
import { standingOf } from '../parts/standing.ts';
import type { DashboardProps } from './dashboard.tsx';

const A_STEP = 100;

interface MonthDayProps extends DashboardProps {
  readonly day: Day;
  readonly of: DayPlan;
}

export function MonthDay({ day, of: { due, reminders }, view, words, now }: MonthDayProps) {
  const [most, setMost] = useState(A_STEP);
  const titles = new Map([...view.allBills, ...view.ahead].map((bill) => [bill.id, billTitle(bill, words)]));
  const rest = Math.max(due.length, reminders.length) - most;
  return (
    <section aria-labelledby="day-name" class="day-list">
      <h3 id="day-name" aria-live="polite">
        {words.day(day)}
      </h3>
      {due.length === 0 && reminders.length === 0 && <p>{words.say('monthDayEmpty')}</p>}
      {due.length > 0 && (
        <>
          <h4>{words.say('monthDayDue')}</h4>
          <ul class="plain">
            {due.slice(0, most).map((bill) => (
              <li key={bill.id}>
                <span class="title">{billTitle(bill, words)}</span> ·{' '}
                <span class="number">{words.amount(bill.remainingFen)}</span>
                {!bill.asks && ` · ${words.say(standingOf(bill, dayOf(now)))}`}
                {bill.dueDayIs === 'estimated' && ` · ${words.say('estimated')}`}
              </li>
            ))}
          </ul>
        </>
      )}
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
