/**
 * The planner: pure, and whole. Everything that is due now, and the one moment to look again.
 * It asks the ledger what was delivered; it never asks an alarm.
 */
import { type Bill, grownAt, isPaidDisputed, isWatched } from '../bill.ts';
import { dayOf, HOUR_MS, type Instant, isAhead } from '../day.ts';
import type { Habit } from '../habit.ts';
import type { Rules } from '../rules.ts';
import type { History } from './history.ts';
import { type Kind, type Reminder, snoozeId } from './reminder.ts';
import { slotsOf } from './slots.ts';
import { holdsBack, snoozeEnd } from './snooze.ts';

export interface Plan {
  /** Due and not delivered, earliest first. */
  readonly due: readonly Reminder[];
  /** Promised next, earliest first: one or more for every bill that is watched. */
  readonly next: readonly Reminder[];
  /** When to look again at the latest; always after `now`. */
  readonly wakeAt: Instant;
}

/** A lost alarm costs at most this much. */
export const HEARTBEAT_MS = 6 * HOUR_MS;

export function plan(
  bills: readonly Bill[],
  rules: Rules,
  history: History,
  now: Instant,
  habit: Habit | null = null,
): Plan {
  const owed = bills
    .filter((bill) => isWatched(bill) || isPaidDisputed(bill))
    .flatMap((bill) => owedFor(bill, rules, history, now, habit));
  owed.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const due = owed.filter((reminder) => reminder.at <= now);
  const next = owed.filter((reminder) => reminder.at > now);
  return { due, next, wakeAt: Math.min(next[0]?.at ?? Number.POSITIVE_INFINITY, now + HEARTBEAT_MS) };
}

/** What this bill still owes its owner: all that is past, and what comes next. */
function owedFor(bill: Bill, rules: Rules, history: History, now: Instant, habit: Habit | null): Reminder[] {
  const { rulesSince } = bill.owner;
  const snoozedTo = snoozeEnd(bill, now);
  const until = snoozedTo ?? now;
  const horizon = Math.max(now, until);
  const savedAt = Math.max(rules.since, rulesSince ?? rules.since);
  // Rules that were saved under a clock that ran ahead end nothing.
  const since = savedAt <= now ? savedAt : Number.NEGATIVE_INFINITY;
  // Other hours for the due day are no second notice of what it was told already.
  const slots = slotsOf(bill, rules, history, now, horizon, habit).filter(
    ({ kind, day, at }) => kind !== 'due-today' || at >= since || !history.isDueDayTold(bill.id, day),
  );
  const isHeld = (slot: Reminder): boolean => snoozedTo !== null && slot.at < until && holdsBack(bill, slot, now);
  const held = slots.map((slot) => (isHeld(slot) ? { ...slot, at: until } : slot));
  const atEnd = snoozedTo !== null && isWatched(bill) ? [endOfSnooze(bill, until)] : [];
  return [...held, ...atEnd].filter((reminder) => !isEnded(reminder, bill, history, now));
}

/** A snooze raises one notice at its end, whether or not it held any back. */
function endOfSnooze(bill: Bill, until: Instant): Reminder {
  const day = bill.dueDay ?? dayOf(until);
  return { id: snoozeId(bill.id, until), billId: bill.id, kind: kindAt(bill, until), day, at: until };
}

function kindAt(bill: Bill, at: Instant): Kind {
  if (bill.dueDay === null) return 'stale-reading';
  const today = dayOf(at);
  return today < bill.dueDay ? 'before' : today === bill.dueDay ? 'due-today' : 'overdue';
}

/**
 * Delivered, or acknowledged: on the due day one acknowledgement ends that day's other slots too, but no snooze that came
 * after it, and no hour after more came to be owed than it was of.
 */
function isEnded(reminder: Reminder, bill: Bill, history: History, now: Instant): boolean {
  if (history.isDelivered(reminder.id)) return true;
  if (reminder.kind !== 'due-today') return false;
  const acknowledgedAt = history.dueDayAcknowledgedAt(bill.id, reminder.day);
  if (acknowledgedAt === null || (acknowledgedAt < grownAt(bill) && reminder.at >= grownAt(bill))) return false;
  const { snoozedAt, snoozedUntil } = bill.owner;
  const isSnooze = snoozedUntil !== undefined && reminder.id === snoozeId(bill.id, snoozedUntil);
  return !isSnooze || snoozedAt === undefined || (acknowledgedAt > snoozedAt && !isAhead(acknowledgedAt, now));
}
