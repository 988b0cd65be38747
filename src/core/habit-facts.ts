/** The facts of the one sentence that says what the habit changes, and why; the words are the pages'. */
import { addDays, DAY_MS, type Day, hourIn, type Instant, startOf } from './day.ts';
import type { HabitWeek } from './habit.ts';
import type { Told } from './habit-cells.ts';
import type { Rules } from './rules.ts';

/** Notices raised at one hour of the day, and how many of them their owner acknowledged. */
export interface HourCount {
  readonly hour: number;
  readonly raised: number;
  readonly seen: number;
}

export interface HabitFacts {
  /** `few`: too little to go by. `stays`: the rules' hour is the best one. `moved`: lead days go to `at`. */
  readonly kind: 'few' | 'stays' | 'moved';
  /** The counts go back this many weeks. */
  readonly weeks: number;
  readonly notices: number;
  /** The hour that most lead days are moved to; the rules' own where none is. */
  readonly at: HourCount;
  readonly rulesAt: HourCount;
  /** Lead days beyond the rules, earliest first. */
  readonly added: readonly number[];
}

const MOST_WEEKS = 26;

export function habitFacts(
  told: readonly Told[],
  isEnough: boolean,
  weeks: readonly HabitWeek[],
  { zone, beforeHour }: Rules,
  day: Day,
): HabitFacts {
  const from = startOf(addDays(day, -7 * MOST_WEEKS));
  const recent = told.filter(({ firedAt }) => firedAt >= from);
  const oldest = recent.reduce((least, { firedAt }) => Math.min(least, firedAt), startOf(day));
  const countAt = (hour: number): HourCount => {
    const isThen = (at: Instant): boolean => Math.floor(hourIn(zone, at)) === Math.floor(hour);
    const then = recent.filter(({ firedAt }) => isThen(firedAt));
    return { hour, raised: then.length, seen: then.filter(({ seenAt }) => seenAt !== null).length };
  };
  const hours = weeks.flatMap(({ moved }) => moved.map(([, hour]) => hour));
  const often = [...new Set(hours)].sort((a, b) => times(hours, b) - times(hours, a) || a - b)[0];
  const added = [...new Set(weeks.flatMap((week) => week.added.map(([lead]) => lead)))].sort((a, b) => b - a);
  return {
    kind: !isEnough ? 'few' : often === undefined ? 'stays' : 'moved',
    weeks: Math.ceil((startOf(day) - oldest) / (7 * DAY_MS)),
    notices: recent.length,
    at: countAt(often ?? beforeHour),
    rulesAt: countAt(beforeHour),
    added,
  };
}

function times(all: readonly number[], one: number): number {
  return all.filter((each) => each === one).length;
}
