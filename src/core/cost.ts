/** What being late costs. Rates differ by contract: a range is given unless the page states its own. */
import type { Bill } from './bill.ts';
import { dayOf, daysBetween } from './day.ts';
import { type Fen, fen } from './money.ts';

/** Per day, in 1/100 of a percent: 0.05 % to 0.10 % (facts/jd-baitiao.md §7, seen 2016–2021). */
export const LATE_BASIS_POINTS = { low: 5, high: 10 } as const;

/** The range was seen for 京东白条 and 金条 alone; another lender's contract says something else. */
export function hasKnownRate(siteId: string): boolean {
  return siteId === 'jd-baitiao';
}

/** What `days` late cost on `owedFen`, without compounding. A daily amount under 0.01 yuan is charged as 0.01. */
export function lateCost(owedFen: Fen, basisPointsPerDay: number, days: number): Fen {
  if (owedFen <= 0 || days <= 0 || basisPointsPerDay <= 0) return fen(0);
  // In whole hundredths of a point: half a fen stays half a fen.
  const dailyFen = Math.round((owedFen * Math.round(basisPointsPerDay * 100)) / 1_000_000);
  return fen(Math.max(1, dailyFen) * days);
}

export function dailyLateCost(owedFen: Fen): { readonly lowFen: Fen; readonly highFen: Fen } {
  return { lowFen: lateCost(owedFen, LATE_BASIS_POINTS.low, 1), highFen: lateCost(owedFen, LATE_BASIS_POINTS.high, 1) };
}

/** The page's own rate is believed up to this: above it, something else was read. */
const BELIEVED_BASIS_POINTS = 100;

/** What the late fee on the page comes to per day of what is owed, in 1/100 of a percent; null where it shows none. */
export function statedBasisPoints({
  overdueFeeFen,
  remainingFen,
  dueDay,
  readAt,
}: Pick<Bill, 'overdueFeeFen' | 'remainingFen' | 'dueDay' | 'readAt'>): number | null {
  const days = dueDay === null ? 0 : daysBetween(dueDay, dayOf(readAt));
  if (!overdueFeeFen || !remainingFen || days < 1) return null;
  const points = Math.round((overdueFeeFen * 1_000_000) / (remainingFen * days)) / 100;
  return points > 0 && points <= BELIEVED_BASIS_POINTS ? points : null;
}

/** How late the tables tell of. */
export const LATE_DAYS = [1, 7, 30, 90] as const;

export interface LateRow {
  readonly days: number;
  readonly lowFen: Fen;
  readonly chosenFen: Fen;
  readonly highFen: Fen;
}

export function lateRows(owedFen: Fen, basisPoints: number, days: readonly number[] = LATE_DAYS): LateRow[] {
  return days.map((each) => ({
    days: each,
    lowFen: lateCost(owedFen, LATE_BASIS_POINTS.low, each),
    chosenFen: lateCost(owedFen, basisPoints, each),
    highFen: lateCost(owedFen, LATE_BASIS_POINTS.high, each),
  }));
}

export interface MinimumOrFull {
  readonly minimumFen: Fen;
  /** What is still owed after the minimum. */
  readonly restFen: Fen;
  /** What that rest would cost if it were charged at this rate: whether it is, the contract says. */
  readonly rows: readonly LateRow[];
}

/** Null where an amount is unknown, or the minimum leaves nothing. */
export function minimumOrFull(
  { remainingFen, minimumFen }: Pick<Bill, 'remainingFen' | 'minimumFen'>,
  basisPoints: number,
): MinimumOrFull | null {
  if (remainingFen === null || minimumFen === null || minimumFen <= 0 || minimumFen >= remainingFen) return null;
  const restFen = fen(remainingFen - minimumFen);
  return { minimumFen, restFen, rows: lateRows(restFen, basisPoints) };
}
