/** What stands in the owner's calendar: one all-day entry per watched bill, with alarms at the planner's own moments. */
import { type Bill, type BillId, isWatched } from './bill.ts';
import { addDays, type Day, dayOf, type Instant } from './day.ts';
import type { Habit } from './habit.ts';
import type { Fen } from './money.ts';
import { soonestDue } from './reminder/covered.ts';
import { believed, type History, historyOf } from './reminder/history.ts';
import { plan } from './reminder/plan.ts';
import { type Kind, type LedgerEntry, snoozeId } from './reminder/reminder.ts';
import { snoozeEnd } from './reminder/snooze.ts';
import type { Rules } from './rules.ts';

export interface CalendarEntry {
  readonly billId: BillId;
  /** Next month's bill, which nobody has read yet: it asks to open the page. */
  readonly isExpected: boolean;
  readonly dueDay: Day;
  readonly dueDayIs: Bill['dueDayIs'];
  readonly title: string;
  readonly remainingFen: Fen | null;
  /** Earliest first, each moment once; empty once all that is promised was acknowledged. */
  readonly alarms: readonly Instant[];
}

/** An overdue bill keeps its entry for so long. */
export const KEPT_DAYS = 60;
const BILL_KINDS: readonly Kind[] = ['before', 'due-today'];
const EXPECTED_KINDS: readonly Kind[] = ['stale-reading'];

/**
 * `bills` are the watched and the expected ones; the soonest due day first. The calendar rings by itself, so what was
 * delivered here changes nothing there; what was acknowledged or put off anywhere does not ring.
 */
export function calendarEntries(
  bills: readonly Bill[],
  rules: Rules,
  now: Instant,
  habit: Habit | null = null,
  ledger: readonly LedgerEntry[] = [],
): CalendarEntry[] {
  const history = historyOf(
    believed(ledger, now).filter(({ seen }) => seen === 'acknowledged'),
    '',
  );
  return bills.flatMap((bill) => entryOf(bill, rules, history, now, habit) ?? []).sort(soonestDue);
}

function entryOf(bill: Bill, rules: Rules, history: History, now: Instant, habit: Habit | null): CalendarEntry | null {
  const { id, title, dueDay, dueDayIs, remainingFen, asks } = bill;
  const isExpected = asks === 'expected';
  if (dueDay === null || !isWatched(bill) || (asks !== undefined && !isExpected)) return null;
  if (dueDay < addDays(dayOf(now), isExpected ? 0 : -KEPT_DAYS)) return null;
  const kinds = isExpected ? EXPECTED_KINDS : BILL_KINDS;
  const until = snoozeEnd(bill, now);
  const snooze = until === null ? null : snoozeId(id, until);
  const { due, next } = plan([bill], rules, history, now, habit);
  const promised = [...due, ...next].filter((reminder) => kinds.includes(reminder.kind) || reminder.id === snooze);
  const alarms = [...new Set(promised.map(({ at }) => at))].sort((a, b) => a - b);
  return { billId: id, isExpected, dueDay, dueDayIs, title, remainingFen, alarms };
}
