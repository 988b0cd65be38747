/** What stands in the owner's calendar: one all-day entry per watched bill, with alarms at the planner's own moments. */
import { type Bill, type BillId, isWatched } from './bill.ts';
import { addDays, type Day, dayOf, type Instant } from './day.ts';
import type { Habit } from './habit.ts';
import type { Fen } from './money.ts';
import { historyOf } from './reminder/history.ts';
import type { Kind } from './reminder/reminder.ts';
import { slotsOf } from './reminder/slots.ts';
import type { Rules } from './rules.ts';

export interface CalendarEntry {
  readonly billId: BillId;
  /** Next month's bill, which nobody has read yet: it asks to open the page. */
  readonly isExpected: boolean;
  readonly dueDay: Day;
  readonly dueDayIs: Bill['dueDayIs'];
  readonly title: string;
  readonly remainingFen: Fen | null;
  /** Earliest first, each moment once; never empty. */
  readonly alarms: readonly Instant[];
}

/** An overdue bill keeps its entry for so long. */
const KEPT_DAYS = 60;
const BILL_KINDS: readonly Kind[] = ['before', 'due-today'];
const EXPECTED_KINDS: readonly Kind[] = ['stale-reading'];
/** The calendar rings by itself: what was delivered here changes nothing there. */
const NOTHING_DELIVERED = historyOf([], '');

/** `bills` are the watched and the expected ones. The soonest due day first. */
export function calendarEntries(
  bills: readonly Bill[],
  rules: Rules,
  now: Instant,
  habit: Habit | null = null,
): CalendarEntry[] {
  return bills
    .flatMap((bill) => entryOf(bill, rules, now, habit) ?? [])
    .sort((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : a.billId < b.billId ? -1 : 1));
}

function entryOf(bill: Bill, rules: Rules, now: Instant, habit: Habit | null): CalendarEntry | null {
  const { id, title, dueDay, dueDayIs, remainingFen, asks } = bill;
  const isExpected = asks === 'expected';
  if (dueDay === null || !isWatched(bill) || (asks !== undefined && !isExpected)) return null;
  if (dueDay < addDays(dayOf(now), isExpected ? 0 : -KEPT_DAYS)) return null;
  const kinds = isExpected ? EXPECTED_KINDS : BILL_KINDS;
  const slots = slotsOf(bill, rules, NOTHING_DELIVERED, now, now, habit).filter(({ kind }) => kinds.includes(kind));
  const alarms = [...new Set(slots.map(({ at }) => at))].sort((a, b) => a - b);
  return alarms.length ? { billId: id, isExpected, dueDay, dueDayIs, title, remainingFen, alarms } : null;
}
