/** A merge that would silence an unusual share of the open bills stops and asks: a wrong reminder is cheaper than none. */
import { type Bill, type BillId, isWatched } from '../bill.ts';

export type FailsafeWhat = 'delete' | 'paid' | 'mute' | 'settle';

/** One bill that is reminded now and would no longer be. */
export interface FailsafeWould {
  readonly billId: BillId;
  readonly what: FailsafeWhat;
  /** As it stands here. */
  readonly bill: Bill;
}

/** Fewer bills than this are an ordinary evening's payments. */
export const FAILSAFE_LEAST = 3;
/** From ten open bills on, more than this share stops. */
const FAILSAFE_SHARE = 0.3;
/** Of a handful, three may well be paid at once: there it takes more than half. */
const FAILSAFE_SHARE_OF_FEW = 0.5;
const FEW = 10;

export interface FailsafeVerdict {
  readonly stops: boolean;
  readonly would: readonly FailsafeWould[];
}

export interface BillChange {
  readonly before: Bill;
  /** Null: the bill would be deleted. */
  readonly after: Bill | null;
}

/** `open`: how many bills are reminded now, all of them. */
export function failsafe(changes: Iterable<BillChange>, open: number): FailsafeVerdict {
  const would: FailsafeWould[] = [];
  for (const { before, after } of changes) {
    const what = isWatched(before) ? whatEnds(after) : null;
    if (what !== null) would.push({ billId: before.id, what, bill: before });
  }
  return { stops: isUnusual(would.length, open), would };
}

/** Whether one merge may not end so many of the open bills unasked. */
export function isUnusual(many: number, open: number): boolean {
  const share = open < FEW ? FAILSAFE_SHARE_OF_FEW : FAILSAFE_SHARE;
  return many >= FAILSAFE_LEAST && many > open * share;
}

function whatEnds(after: Bill | null): FailsafeWhat | null {
  if (after === null) return 'delete';
  if (isWatched(after)) return null;
  if (after.owner.mutedAt !== undefined) return 'mute';
  return after.owner.paidAt !== undefined ? 'paid' : 'settle';
}
