/** Months as a calendar shows them. */
import { addDays, addMonths, type Day, daysInMonth, weekdayOf } from './day.ts';

/** `YYYY-MM` */
export type Month = string;

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

export function firstDay(month: Month): Day {
  return `${month}-01` as Day;
}

export function addMonth(month: Month, count: number): Month {
  return monthOf(addMonths(firstDay(month), count));
}

/** Weeks from Monday; null before the first day and after the last. */
export function weeksOf(month: Month): readonly (readonly (Day | null)[])[] {
  const first = firstDay(month);
  const before = (weekdayOf(first) + 6) % 7;
  const [year, number] = month.split('-').map(Number) as [number, number];
  const count = daysInMonth(year, number);
  const weeks = Math.ceil((before + count) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, column) => {
      const index = week * 7 + column - before;
      return index >= 0 && index < count ? addDays(first, index) : null;
    }),
  );
}

/** Where a key of the grid goes from `day`; null for a key that goes nowhere. (ARIA APG, date grid) */
export function dayAfterKey(day: Day, key: string, isShift: boolean): Day | null {
  const column = (weekdayOf(day) + 6) % 7;
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -column);
    case 'End':
      return addDays(day, 6 - column);
    case 'PageUp':
      return addMonths(day, isShift ? -12 : -1);
    case 'PageDown':
      return addMonths(day, isShift ? 12 : 1);
    default:
      return null;
  }
}
