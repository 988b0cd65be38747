/** What being late costs. Rates differ by contract: a range is given unless the page states its own. */
import { type Fen, fen } from './money.ts';

/** Per day, in 1/100 of a percent: 0.05 % to 0.10 % (facts/jd-baitiao.md §7, seen 2016–2021). */
export const LATE_BASIS_POINTS = { low: 5, high: 10 } as const;

/** The range was seen for 京东白条 and 金条 alone; another lender's contract says something else. */
export function hasKnownRate(siteId: string): boolean {
  return siteId === 'jd-baitiao';
}

/** What `days` late cost on `owedFen`, without compounding. A daily amount under 0.01 yuan is charged as 0.01. */
export function lateCost(owedFen: Fen, basisPointsPerDay: number, days: number): Fen {
  if (owedFen <= 0 || days <= 0) return fen(0);
  return fen(Math.max(1, Math.round((owedFen * basisPointsPerDay) / 10_000)) * days);
}

export function dailyLateCost(owedFen: Fen): { readonly lowFen: Fen; readonly highFen: Fen } {
  return { lowFen: lateCost(owedFen, LATE_BASIS_POINTS.low, 1), highFen: lateCost(owedFen, LATE_BASIS_POINTS.high, 1) };
}
