/**
 * In which hours of the week somebody is at this machine. Only wakes that a person causes tell of it; one bit an hour,
 * kept as sums in which recent weeks count more, so that a new shift or a new job is learnt within weeks.
 */
import { type Day, daysBetween, type Instant, toDay } from './day.ts';
import { CELLS, cellOf, isWeekend } from './habit-hours.ts';

export interface Presence {
  /** What lies before this day is summed up. */
  readonly day: Day;
  /** For each hour of the week, the weeks in which somebody was there. */
  readonly there: readonly number[];
  /** The weeks that were watched, counted in the same way. */
  readonly weeks: number;
  /** The hours of `day` in which somebody was there so far. */
  readonly today: readonly number[];
}

const HALF_LIFE_DAYS = 14;
const A_DAY_LATER = 0.5 ** (1 / HALF_LIFE_DAYS);
const rounded = (sum: number): number => Math.round(sum * 1000) / 1000;

/** Carried on to `day`. A clock that was set back costs the hours of the day that it comes from. */
export function presenceOn(former: Presence | null, day: Day): Presence {
  if (!former) return { day, there: new Array(CELLS).fill(0), weeks: 0, today: [] };
  const days = daysBetween(former.day, day);
  if (days === 0) return former;
  const kept = A_DAY_LATER ** Math.max(0, days);
  return {
    day,
    there: former.there.map((sum, cell) => rounded(kept * (sum + (former.today.includes(cell) ? 1 : 0)))),
    // A geometric series: each day that passed is a seventh of a week.
    weeks: rounded(kept * former.weeks + ((1 - kept) * A_DAY_LATER) / (1 - A_DAY_LATER) / 7),
    today: [],
  };
}

/** Somebody is there now. The same object when that hour is known. */
export function seenAt(presence: Presence, zone: string, now: Instant): Presence {
  const cell = cellOf(zone, now);
  return presence.today.includes(cell) ? presence : { ...presence, today: [...presence.today, cell] };
}

/** How much one weekday says about another of its kind, and a working day about a weekend. */
const LIKE_DAY = 0.8;
const UNLIKE_DAY = 0.1;

/** Before anything is known, and weighing as much as one week: most people are back in the evening. */
const usual = (hour: number): number => (hour >= 19 && hour <= 21 ? 0.5 : hour < 9 ? 0.3 : 0.45);

/** The chance that somebody is there, for each hour of the week. */
export function chancesThere({ there, weeks }: Presence): Float64Array {
  return Float64Array.from({ length: CELLS }, (_, cell) => {
    let [seen, watched] = [usual(cell % 24), 1];
    for (let other = cell % 24; other < CELLS; other += 24) {
      const like = other === cell ? 1 : isWeekend(other) === isWeekend(cell) ? LIKE_DAY : UNLIKE_DAY;
      seen += like * there[other]!;
      watched += like * weeks;
    }
    return Math.min(1, seen / watched);
  });
}

/** Whether a row's presence may be believed. */
export function soundPresence(raw: Partial<Presence> | null | undefined): raw is Presence {
  const isSum = (sum: unknown): boolean => typeof sum === 'number' && sum >= 0;
  return (
    toDay(`${raw?.day}`) !== null &&
    Array.isArray(raw?.there) &&
    raw.there.length === CELLS &&
    raw.there.every(isSum) &&
    isSum(raw.weeks) &&
    Array.isArray(raw.today) &&
    raw.today.every((cell) => Number.isSafeInteger(cell) && cell >= 0 && cell < CELLS)
  );
}
