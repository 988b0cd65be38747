/** "Later": in an hour on the due day, tonight while there is an evening left, tomorrow morning (Asia/Shanghai). */
import { type Bill, grownAt } from '../bill.ts';
import { addDays, DAY_MS, dayOf, endOf, HOUR_MS, type Instant, isAhead, MINUTE_MS, startOf } from '../day.ts';
import type { Reminder } from './reminder.ts';

/** A snooze is no mute: what is held longer than this is a slip of the finger. */
export const LONGEST_SNOOZE_MS = 60 * DAY_MS;

/** When the bill's snooze ends or ended; null for none. What was chosen under a clock that ran ahead holds nothing back. */
export function snoozeEnd({ owner: { snoozedAt, snoozedUntil } }: Pick<Bill, 'owner'>, now: Instant): Instant | null {
  if (snoozedAt === undefined || snoozedUntil === undefined || isAhead(snoozedAt, now)) return null;
  return snoozedUntil;
}

/** Until when it is put off still; null when it is not. */
export function heldUntil(bill: Pick<Bill, 'owner'>, now: Instant): Instant | null {
  const until = snoozeEnd(bill, now) ?? now;
  return until > now ? until : null;
}

/**
 * Who chose "later" before this due day was known did not put off the day itself, nor what comes after it; and of a debt
 * that has grown since, no hour after that.
 */
export function holdsBack(
  bill: Pick<Bill, 'owner' | 'owedSince' | 'grewAt'>,
  { kind, at }: Pick<Reminder, 'kind' | 'at'>,
  now: Instant,
): boolean {
  const isOfDay = kind === 'due-today' || kind === 'overdue';
  const since = at < grownAt(bill) ? bill.owedSince : Math.max(bill.owedSince, grownAt(bill));
  return !isOfDay || bill.owedSince > now || (bill.owner.snoozedAt ?? 0) >= since;
}

const TONIGHT_HOUR = 20;
const MORNING_HOUR = 9;
/** The last moment of the due day at which there is still time to pay. */
const LAST_CALL_MS = 15 * MINUTE_MS;

export interface SnoozeChoice {
  readonly name: 'hour' | 'tonight' | 'tomorrow';
  readonly until: Instant;
}

/** The soonest first. On a due day the first one never leads past it. */
export function snoozeChoices(now: Instant, bills: readonly Pick<Bill, 'dueDay'>[] = []): SnoozeChoice[] {
  const today = dayOf(now);
  const tonight = startOf(today) + TONIGHT_HOUR * HOUR_MS;
  const choices: SnoozeChoice[] = [];
  const lastCall = endOf(today) - LAST_CALL_MS;
  if (bills.some((bill) => bill.dueDay === today) && now < lastCall) {
    choices.push({ name: 'hour', until: Math.min(now + HOUR_MS, lastCall) });
  }
  if (now < tonight - HOUR_MS) choices.push({ name: 'tonight', until: tonight });
  choices.push({ name: 'tomorrow', until: startOf(addDays(today, 1)) + MORNING_HOUR * HOUR_MS });
  return choices.sort((a, b) => a.until - b.until);
}

/** Without a choice: the soonest. */
export function snoozeUntil(now: Instant, bills: readonly Pick<Bill, 'dueDay'>[] = []): Instant {
  return snoozeChoices(now, bills)[0]!.until;
}
