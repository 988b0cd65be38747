/** How long one channel is given before the next is asked: longer a week before, short on the day. */
import { type Day, dayOf, daysBetween, HOUR_MS, type Instant, MINUTE_MS } from '../day.ts';
import type { Kind } from './reminder.ts';

/** What a reminder waits as: by its kind, and before the due day by the days that are left. */
export const WAITS = ['week', 'days', 'eve', 'today', 'overdue', 'ask'] as const;
export type Wait = (typeof WAITS)[number];

/** Milliseconds. */
export type Patience = Readonly<Record<Wait, number>>;

export const DEFAULT_PATIENCE: Patience = {
  week: 24 * HOUR_MS,
  days: 12 * HOUR_MS,
  eve: 4 * HOUR_MS,
  today: 30 * MINUTE_MS,
  overdue: 4 * HOUR_MS,
  ask: 24 * HOUR_MS,
};

/** What an owner may choose: less rings for nothing, more is no escalation. */
export const SHORTEST_PATIENCE_MS = 5 * MINUTE_MS;
export const LONGEST_PATIENCE_MS: Patience = {
  week: 48 * HOUR_MS,
  days: 24 * HOUR_MS,
  eve: 12 * HOUR_MS,
  // The last notice of a due day comes at 21:00: two hours later there is still time to pay.
  today: 2 * HOUR_MS,
  // The next day's notice takes this one's place.
  overdue: 12 * HOUR_MS,
  ask: 48 * HOUR_MS,
};

export function isPatience(wait: Wait, ms: number): boolean {
  return ms >= SHORTEST_PATIENCE_MS && ms <= LONGEST_PATIENCE_MS[wait];
}

/** From here on there is a week to react, up to here a few days. */
const WEEK_DAYS = 4;
const FEW_DAYS = 2;

/** Null for what never goes beyond the desktop. `at` is the moment of the notice. */
export function waitOf(kind: Kind, dueDay: Day, at: Instant): Wait | null {
  switch (kind) {
    case 'self-test':
      return null;
    case 'overdue':
      return 'overdue';
    case 'due-today':
      return 'today';
    case 'before': {
      const left = daysBetween(dayOf(at), dueDay);
      return left >= WEEK_DAYS ? 'week' : left >= FEW_DAYS ? 'days' : 'eve';
    }
    case 'sign-in':
    case 'stale-reading':
      return 'ask';
  }
}
