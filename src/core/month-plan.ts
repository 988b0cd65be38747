/** What a month holds, day by day: the bills that fall due, and the reminders that are planned. */
import type { Bill } from './bill.ts';
import { addDays, type Day, dayOf, endOf, type Instant, startOf } from './day.ts';
import type { Habit } from './habit.ts';
import { addMonth, firstDay, type Month, monthOf } from './month.ts';
import { historyOf } from './reminder/history.ts';
import type { Reminder } from './reminder/reminder.ts';
import { slotsOf } from './reminder/slots.ts';
import { heldUntil } from './reminder/snooze.ts';
import { MOST_LEAD_DAYS, type Rules } from './rules.ts';

export interface DayPlan {
  readonly due: readonly Bill[];
  readonly reminders: readonly Reminder[];
}

export interface MonthPlanOf {
  /** Every bill, paid and settled ones too: their day stays in the calendar. */
  readonly allBills: readonly Bill[];
  /** What the planner sees: watched and expected bills, and whatever else asks. */
  readonly ahead: readonly Bill[];
  /** What it promises next. */
  readonly next: readonly Reminder[];
  readonly rules: Rules;
  readonly habit: Habit | null;
}

const UNTOLD = historyOf([], '');

/** Reminders of bills that may be paid by then are told as long as they are not. */
export function monthPlan({ allBills, ahead, next, rules, habit }: MonthPlanOf, month: Month, now: Instant) {
  const days = new Map<Day, { due: Bill[]; reminders: Reminder[] }>();
  const on = (day: Day) => {
    const known = days.get(day) ?? { due: [], reminders: [] };
    days.set(day, known);
    return known;
  };
  for (const bill of [...allBills, ...ahead.filter(({ asks }) => asks === 'expected')])
    if (bill.dueDay !== null && monthOf(bill.dueDay) === month) on(bill.dueDay).due.push(bill);
  const from = firstDay(month);
  const until = startOf(firstDay(addMonth(month, 1)));
  const seen = new Set<string>();
  for (const reminder of [...next, ...later(ahead, rules, habit, from, until, now)]) {
    if (seen.has(reminder.id)) continue;
    seen.add(reminder.id);
    if (reminder.at >= startOf(from) && reminder.at < until) on(dayOf(reminder.at)).reminders.push(reminder);
  }
  for (const { reminders } of days.values()) reminders.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return days as ReadonlyMap<Day, DayPlan>;
}

/** Beyond what the planner looks at: tomorrow and after, where nothing was delivered or acknowledged yet. */
function* later(
  ahead: readonly Bill[],
  rules: Rules,
  habit: Habit | null,
  from: Day,
  until: Instant,
  now: Instant,
): Generator<Reminder> {
  const tomorrow = endOf(dayOf(now));
  if (until <= tomorrow) return;
  const last = addDays(dayOf(until), MOST_LEAD_DAYS);
  for (const bill of ahead) {
    const { dueDay } = bill;
    const isOverdue = dueDay !== null && dueDay < dayOf(now);
    if (dueDay !== null && !isOverdue && (dueDay < addDays(from, -1) || dueDay > last)) continue;
    const since = Math.max(tomorrow, heldUntil(bill, now) ?? 0);
    for (const slot of slotsOf(bill, rules, UNTOLD, now, until, habit)) {
      // A bill that is not due yet may be paid in time: the days after are told once they have come near.
      if (slot.at >= since && (slot.kind !== 'overdue' || isOverdue)) yield slot;
    }
  }
}
