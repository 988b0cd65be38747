/** The 168 hours of a week. */
import { DAY_MS, HOUR_MS, hourIn, type Instant, SHANGHAI } from './day.ts';

export const CELLS = 168;

/** 0 is the hour from midnight on Sunday, as a clock in `zone` shows it. */
export function cellOf(zone: string, at: Instant): number {
  const hour = hourIn(zone, at);
  const here = hourIn(SHANGHAI, at);
  // No zone is further from Shanghai's clock than 18 hours behind and 6 ahead.
  const ahead = ((hour - here + 18 + 24) % 24) - 18;
  // The first of January 1970 was a Thursday.
  const day = Math.round((at - here * HOUR_MS) / DAY_MS + 1 / 3) + 4 + Math.floor((here + ahead + 1e-6) / 24);
  return (((day % 7) + 7) % 7) * 24 + Math.min(23, Math.floor(hour));
}

export const isWeekend = (cell: number): boolean => cell < 24 || cell >= 144;
