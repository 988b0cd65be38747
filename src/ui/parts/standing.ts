/** How a bill stands, in one word; and how near its day is, for its colour. */
import { type Bill, isPaidDisputed } from '../../core/bill.ts';
import { type Day, daysBetween } from '../../core/day.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { keyFor } from '../../i18n/off-page.ts';

export function standingOf(bill: Bill, today: Day): MessageKey {
  if (isPaidDisputed(bill)) return keyFor('standingDisputed', bill);
  if (bill.owner.paidAt !== undefined) return 'standingPaid';
  if (bill.owner.mutedAt !== undefined) return 'standingMuted';
  if (bill.owner.hiddenAt !== undefined) return 'standingHidden';
  if (bill.remainingFen === 0 || bill.standing === 'settled') return 'standingSettled';
  if (bill.missingSince !== undefined || bill.standing === 'unknown') return 'standingUnknown';
  return bill.dueDay !== null && daysBetween(today, bill.dueDay) < 0 ? 'standingOverdue' : 'standingOpen';
}

const SOON_DAYS = 3;

export function urgencyOf({ dueDay }: Pick<Bill, 'dueDay'>, today: Day): 'late' | 'soon' | 'calm' {
  if (dueDay === null) return 'soon';
  const days = daysBetween(today, dueDay);
  return days < 0 ? 'late' : days <= SOON_DAYS ? 'soon' : 'calm';
}
