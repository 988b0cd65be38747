/** The moments that the rules promise for one bill, before anything was delivered or held. */
import { type Bill, grownAt, isWatched, SETTLES_WITHIN_MS } from '../bill.ts';
import { addDays, DAY_MS, type Day, dayOf, daysBetween, type Instant, slotInstant } from '../day.ts';
import { type Habit, habitFor } from '../habit.ts';
import type { Rules } from '../rules.ts';
import { isPageSource } from '../same-bill.ts';
import { EXPECTED_DAYS } from './expected.ts';
import type { History } from './history.ts';
import { deferred } from './quiet.ts';
import { type Kind, type Reminder, reminderId } from './reminder.ts';

/** What has no day of its own asks the day after it was met, then every third day. */
const ASK_EVERY_DAYS = 3;
/** A question or a day of being overdue that was to be told longer ago than this is not made up for: both may stand for years. */
const MADE_UP_DAYS = 90;

/** A bill that was read this long before its due day may have changed since. */
const STALE_DAYS = 30;
const STALE_LEAD_DAYS = 5;

/**
 * Every slot of `bill` that is owed and lies before `until`, and the first one at or after it, in no order.
 * What lies before `now` is owed only from its first reading on. Overdue days up to the last delivered one are left
 * out: that list has no end.
 */
export function slotsOf(
  bill: Bill,
  general: Rules,
  history: History,
  now: Instant,
  until: Instant,
  habit: Habit | null = null,
): Reminder[] {
  if (!isWatched(bill)) return disputed(bill, general);
  const { rules: own, rulesSince: ownSince } = bill.owner;
  const rules = { ...general, ...own, since: Math.max(general.since, ownSince ?? general.since) };
  const overdueFrom = history.overdueDelivered(bill.id, bill.dueDay) + 1;
  // A moment that lies ahead was written while the clock was wrong: it must not silence the bill until it comes.
  const owedSince = bill.owedSince <= now ? bill.owedSince : Number.NEGATIVE_INFINITY;
  const rulesSince = !bill.asks && rules.since <= now ? rules.since : Number.NEGATIVE_INFINITY;
  const isOwed = ({ id, at, promised }: Slot): boolean =>
    at >= rulesSince || isStillOwed(promised, bill, rules) || history.wasTried(id);
  const owed = promisedTo(bill, rules, now, until, overdueFrom).filter(
    (slot) => slot.promised >= owedSince && isOwed(slot),
  );
  // Hours that the owner typed for this bill alone stay.
  const learnt = own ? owed : adapted(bill, rules, owed, habit, owedSince, history);
  return learnt.map(({ promised: _, ...reminder }) => reminder);
}

/**
 * The habit's hours for lead days that are owed, whatever it says, and its own days beside them. A slot that the bill
 * was read too late for keeps its hour. An hour never leaves its day; the reminder's id knows no hour.
 */
function adapted(
  bill: Bill,
  rules: Rules,
  owed: readonly Slot[],
  habit: Habit | null,
  owedSince: Instant,
  history: History,
): readonly Slot[] {
  const { dueDay } = bill;
  const learnt = dueDay === null || bill.asks ? null : habitFor(habit, rules, dueDay);
  if (!learnt || dueDay === null) return owed;
  const momentOf = (lead: number, hour: number): Instant => slotInstant(addDays(dueDay, -lead), hour, rules.zone);
  const moved = owed.map((slot): Slot => {
    const lead = slot.kind === 'before' ? daysBetween(dayOf(slot.promised), dueDay) : 0;
    const hour = lead > 0 ? learnt.hourOf(lead) : null;
    const at = hour === null ? slot.at : momentOf(lead, hour);
    return at >= owedSince ? { ...slot, at } : slot;
  });
  // They are there for a bill that nobody has heard of yet.
  const isHeard = history.isHeard(bill.id, dueDay);
  const added = learnt.added.flatMap(([lead, hour, since]): Slot[] => {
    const at = momentOf(lead, hour);
    const id = reminderId(bill.id, 'before', dueDay, `-${lead}`);
    const isOwed = !isHeard && at >= owedSince && addDays(dueDay, -lead) >= since && at >= rules.since;
    return isOwed ? [{ id, billId: bill.id, kind: 'before', day: dueDay, at, promised: at }] : [];
  });
  return [...moved, ...added];
}

/**
 * Saving rules must cost no notice. The former rules may have promised this one for later on the same day, or quiet
 * hours may still have held it back; what belongs to an earlier day was theirs to deliver.
 */
function isStillOwed(promised: Instant, bill: Bill, rules: Rules): boolean {
  const before = { ...rules, quiet: rules.quietBefore ?? null };
  return dayOf(promised) === dayOf(rules.since) || deferred(promised, before, bill.dueDay) >= rules.since;
}

/** Marked as paid, and still owed at a later reading: said once for each day of such a reading, and once more for one that shows more. */
function disputed(bill: Bill, rules: Rules): Reminder[] {
  const { paidAt } = bill.owner;
  if (paidAt === undefined || bill.readAt - paidAt < SETTLES_WITHIN_MS) return [];
  const day = dayOf(bill.readAt);
  const grewAt = grownAt(bill);
  const isMore = grewAt > paidAt && dayOf(grewAt) === day;
  const id = reminderId(bill.id, 'stale-reading', day, isMore ? 'disputed-more' : 'disputed');
  return [{ id, billId: bill.id, kind: 'stale-reading', day, at: deferred(bill.readAt, rules, null) }];
}

function promisedTo(bill: Bill, rules: Rules, now: Instant, until: Instant, overdueFrom: number): Slot[] {
  if (bill.asks === 'self-test') return [selfTest(bill)];
  if (bill.asks === 'sign-in') return asking(bill, 'sign-in', rules, now, until);
  if (bill.dueDay === null) return asking(bill, 'stale-reading', rules, now, until);
  if (bill.asks === 'expected')
    return EXPECTED_DAYS.map((offset) => look(bill, bill.dueDay!, addDays(bill.dueDay!, offset), `${offset}`, rules));
  const read = dayOf(bill.readAt);
  const staleOn = addDays(bill.dueDay, -STALE_LEAD_DAYS);
  // An estimated bill is final only after its statement day; a bill that was read long ago may have changed.
  const looks = [
    ...(bill.dueDayIs === 'estimated' && bill.statementDay && read <= bill.statementDay
      ? [addDays(bill.statementDay, 1)]
      : []),
    ...(daysBetween(read, staleOn) > STALE_DAYS ? [staleOn] : []),
  ];
  const dueDay = bill.dueDay;
  return [
    ...dated(bill, dueDay, rules, now, until, overdueFrom),
    ...looks.map((day) => look(bill, dueDay, day, `look@${day}`, rules)),
  ];
}

/** The owner asked for it: no rule and no quiet hour moves it. */
function selfTest({ id, owedSince: at }: Bill): Slot {
  const day = dayOf(at);
  return { id: reminderId(id, 'self-test', day, `${at}`), billId: id, kind: 'self-test', day, at, promised: at };
}

/** One request to open the page, on `day`. */
function look(bill: Bill, dueDay: Day, day: Day, name: string, rules: Rules): Slot {
  const promised = slotInstant(day, rules.beforeHour, rules.zone);
  const id = reminderId(bill.id, 'stale-reading', dueDay, name);
  return { id, billId: bill.id, kind: 'stale-reading', day: dueDay, at: deferred(promised, rules, dueDay), promised };
}

interface Slot extends Reminder {
  /** The moment before quiet hours moved it: what was promised before the bill was read is not owed. */
  readonly promised: Instant;
}

function dated(bill: Bill, dueDay: Day, rules: Rules, now: Instant, until: Instant, overdueFrom: number): Slot[] {
  const slot = (kind: Kind, day: Day, hour: number, name: string): Slot => {
    const promised = slotInstant(day, hour, rules.zone);
    const at = deferred(promised, rules, dueDay);
    return { id: reminderId(bill.id, kind, dueDay, name), billId: bill.id, kind, day: dueDay, at, promised };
  };
  const slots: Slot[] = [];
  for (const lead of new Set(rules.leadDays)) {
    if (lead > 0) slots.push(slot('before', addDays(dueDay, -lead), rules.beforeHour, `-${lead}`));
  }
  for (const hour of new Set(rules.dueHours)) slots.push(slot('due-today', dueDay, hour, `${hour}`));
  // Met, or grown, when the last hour of its day had passed: a visit of ours may have read it, with nobody there.
  const known = Math.max(0, ...[bill.owedSince, grownAt(bill)].filter((at) => at <= now));
  const ofDay = slots.filter(({ kind }) => kind === 'due-today');
  const isMetLate = dayOf(known) === dueDay && ofDay.length > 0 && ofDay.every(({ promised }) => promised < known);
  const atOnce = (kind: Kind, at: Instant, name: string): Slot => ({
    ...{ id: reminderId(bill.id, kind, dueDay, name), billId: bill.id, kind, day: dueDay },
    ...{ at: deferred(at, rules, dueDay), promised: at },
  });
  // One name for all of it: pages that show a fee and leave it out in turn ring once.
  if (isMetLate) slots.push(atOnce('due-today', known, known === bill.grewAt ? 'grown' : 'read'));
  const last = daysBetween(dueDay, dayOf(until)) + 2;
  const owedFrom = dayOf(Math.min(now, Math.max(bill.owedSince, rules.since, now - MADE_UP_DAYS * DAY_MS)));
  // One day more: quiet hours may carry the slot of the day before into this one.
  const first = Math.max(overdueFrom, daysBetween(dueDay, owedFrom) - 1, 1);
  // Overdue when it was met, with the hour of that day behind it. Who brought it knows.
  const met = bill.owedSince;
  const metLate = met <= now && isPageSource(bill) ? daysBetween(dueDay, dayOf(met)) : 0;
  if (metLate >= first && slotInstant(dayOf(met), rules.overdueHour, rules.zone) < met)
    slots.push(atOnce('overdue', met, `+${metLate}`));
  for (let late = first; late <= Math.max(last, first); late++) {
    slots.push(slot('overdue', addDays(dueDay, late), rules.overdueHour, `+${late}`));
  }
  return slots;
}

function asking(bill: Bill, kind: Kind, rules: Rules, now: Instant, until: Instant): Slot[] {
  const slots: Slot[] = [];
  const rounds = Math.max(0, Math.ceil((bill.owedSince - now) / (ASK_EVERY_DAYS * DAY_MS)));
  const met = addDays(dayOf(bill.owedSince), -rounds * ASK_EVERY_DAYS);
  const past = Math.max(0, Math.floor((daysBetween(met, dayOf(now)) - MADE_UP_DAYS) / ASK_EVERY_DAYS));
  for (let since = 1 + past * ASK_EVERY_DAYS; ; since += ASK_EVERY_DAYS) {
    const day = addDays(met, since);
    const promised = slotInstant(day, rules.beforeHour, rules.zone);
    const at = deferred(promised, rules, null);
    slots.push({ id: reminderId(bill.id, kind, day, 'ask'), billId: bill.id, kind, day, at, promised });
    if (at > until) return slots;
  }
}
