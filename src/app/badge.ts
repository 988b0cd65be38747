/** The toolbar's badge mirrors the most urgent bill: days left, or that a day has passed. */
import { type Bill, isWatched } from '../core/bill.ts';
import { dayOf, daysBetween, type Instant } from '../core/day.ts';

export type Urgency = 'calm' | 'soon' | 'urgent';
export interface BadgeFacts {
  /** Days to the most urgent due day, negative when it passed; null when no watched bill has a day. */
  readonly daysLeft: number | null;
  readonly watched: number;
  readonly urgency: Urgency;
  /** What is due now could be told in no way: the badge needs neither disk nor desktop. */
  readonly isUntold?: boolean;
}

/** The store refuses or does not answer: nobody knows what is due. */
export const KNOWS_NOTHING: BadgeFacts = { daysLeft: null, watched: 0, urgency: 'urgent', isUntold: true };

const SOON_DAYS = 3;

export function badgeFor(ahead: readonly Bill[], now: Instant): BadgeFacts {
  const bills = ahead.filter((bill) => isWatched(bill) && bill.asks === undefined);
  const today = dayOf(now);
  const days = bills.flatMap((bill) => (bill.dueDay ? [daysBetween(today, bill.dueDay)] : []));
  const daysLeft = days.length ? Math.min(...days) : null;
  const urgency =
    daysLeft === null
      ? bills.length
        ? 'soon'
        : 'calm'
      : daysLeft <= 0
        ? 'urgent'
        : daysLeft <= SOON_DAYS
          ? 'soon'
          : 'calm';
  return { daysLeft, watched: bills.length, urgency };
}
