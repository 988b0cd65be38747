/**
 * When this person acknowledges a notice, and what follows for the days before a due day: other hours of the same day,
 * and more days where all of them would probably be missed. Slots of the due day and after it are not its business.
 */
import { addDays, type Day, dayOf, type Instant, slotInstant, startOf, toDay, weekdayOf } from './day.ts';
import { type Cells, cellsOf, missAt, type Told, toldOf } from './habit-cells.ts';
import { type HabitFacts, habitFacts } from './habit-facts.ts';
import { CELLS, cellOf } from './habit-hours.ts';
import { type Presence, presenceOn, soundPresence } from './habit-presence.ts';
import { isQuiet } from './reminder/quiet.ts';
import type { LedgerEntry } from './reminder/reminder.ts';
import type { Rules } from './rules.ts';

/** What is done for bills that are due on one weekday. */
export interface HabitWeek {
  /** A lead day of the rules, and the hour at which it is told instead of `beforeHour`. */
  readonly moved: readonly (readonly [lead: number, hour: number])[];
  /** A day more than the rules promise, its hour, and the day on which it was added: what lay before is not owed. */
  readonly added: readonly (readonly [lead: number, hour: number, since: Day])[];
}

export interface Habit {
  /** It holds for this day, and knows only what happened before it. */
  readonly day: Day;
  /** The rules that it was made for: under others it says nothing. */
  readonly zone: string;
  readonly beforeHour: number;
  /** Chance in hundredths that a notice raised in this hour of the week is acknowledged; 0 is Sunday from midnight. */
  readonly chances: readonly number[];
  /** By the weekday of the due day, 0 is Sunday; empty while there is too little to go by. */
  readonly weeks: readonly HabitWeek[];
  readonly facts: HabitFacts;
  readonly presence: Presence;
}

/** Moved notices stay within these hours of the owner's clock, and out of quiet hours. */
export const ALLOWED = { fromHour: 8, toHour: 22 } as const;
/** With fewer notices than this the rules stay as they are. */
const ENOUGH = 2;
/** Silence tells less: its owner may pay without a word to any notice. */
const ENOUGH_SILENCE = 5;
/** Another hour must lower the chance of a miss to this part of it, and by this much. */
const WORTH_MOVING = 0.96;
const LEAST_GAIN = 0.03;
/**
 * A day is added where a notice at its hour has at least this chance although all before it were in vain, and where it
 * saves at least this share of the bills: more is shouting.
 */
const WORTH_SAYING = 0.17;
const WORTH_ADDING = 0.006;
const MOST_ADDED = 4;
/** Of equal ones the first: told only while nobody has heard of the bill, a later one is needed less often. */
const ADDABLE = [2, 5, 4, 6] as const;
/** A machine that is opened now and then tells several days at once: only an earlier day is another opening. */
const EARLIER = [10, 14, 12, 9] as const;
const OFTEN_LATE = 0.3;

export function habitOf(entries: Iterable<LedgerEntry>, rules: Rules, day: Day, former: Habit | null = null): Habit {
  return habitFrom(toldOf(entries, startOf(day)), presenceOn(former?.presence ?? null, day), rules, day, former);
}

export function habitFrom(
  told: readonly Told[],
  presence: Presence,
  rules: Rules,
  day: Day,
  former: Habit | null,
): Habit {
  const { zone, beforeHour } = rules;
  const cells = cellsOf(told, presence, zone, startOf(day));
  const hours = allowedHours(rules);
  const known = new Map<number, number>();
  /** The hour of the week that `hour` is on this weekday of Shanghai's calendar. */
  const cellAt = (weekday: number, hour: number): number => {
    const key = weekday * 24 + hour;
    const cell = known.get(key) ?? cellOf(zone, slotInstant(addDays(day, weekday - weekdayOf(day)), hour, zone));
    known.set(key, cell);
    return cell;
  };
  const isEnough = told.length >= (cells.isEverSeen ? ENOUGH : ENOUGH_SILENCE);
  const weeks = !isEnough
    ? []
    : Array.from({ length: 7 }, (_, weekday) => {
        const cellOn = (lead: number, hour: number): number => cellAt((((weekday - lead) % 7) + 7) % 7, hour);
        return weekOf(cells, rules, hours, cellOn, day, former?.weeks[weekday]);
      });
  const chances = Array.from({ length: CELLS }, (_, cell) => Math.round(100 * (1 - missAt(cells, cell))));
  const facts = habitFacts(told, isEnough, weeks, rules, day);
  return { day, zone, beforeHour, chances, weeks, facts, presence };
}

function allowedHours({ quiet, beforeHour }: Rules): number[] {
  const hours: number[] = [];
  for (let hour: number = ALLOWED.fromHour; hour < ALLOWED.toHour; hour++)
    if (hour !== beforeHour && !(quiet && isQuiet(quiet, hour))) hours.push(hour);
  return hours;
}

function weekOf(
  cells: Cells,
  rules: Rules,
  hours: readonly number[],
  cellAt: (lead: number, hour: number) => number,
  today: Day,
  former: HabitWeek | undefined,
): HabitWeek {
  const { beforeHour } = rules;
  const leads = [...new Set(rules.leadDays)].filter((lead) => lead > 0).sort((a, b) => b - a);
  const moved: [number, number][] = [];
  const added: [number, number, Day][] = [];
  const taken: number[] = [];
  let missAll = 1;
  const bestOn = (lead: number): { hour: number; cell: number; miss: number } => {
    const cell = cellAt(lead, beforeHour);
    const own = { hour: beforeHour, cell, miss: missAt(cells, cell, taken) };
    let best = own;
    for (const hour of hours) {
      const other = cellAt(lead, hour);
      const miss = missAt(cells, other, taken);
      if (miss < best.miss) best = { hour, cell: other, miss };
    }
    return best.miss < own.miss * WORTH_MOVING && own.miss - best.miss > LEAST_GAIN ? best : own;
  };
  const take = (cell: number): void => {
    missAll *= missAt(cells, cell, taken);
    taken.push(cell);
  };
  for (const lead of leads) {
    const best = bestOn(lead);
    take(best.cell);
    if (best.hour !== beforeHour) moved.push([lead, best.hour]);
  }
  for (const hour of new Set(rules.dueHours)) take(cellAt(0, hour));
  const addable = cells.lateShare > OFTEN_LATE ? EARLIER : ADDABLE;
  while (cells.isEverSeen && added.length < MOST_ADDED) {
    const free = addable.filter((lead) => !leads.includes(lead) && !added.some(([taken]) => taken === lead));
    const [best] = free.map((lead) => ({ lead, ...bestOn(lead) })).sort((a, b) => a.miss - b.miss);
    if (!best || 1 - best.miss < WORTH_SAYING || missAll * (1 - best.miss) < WORTH_ADDING) break;
    take(best.cell);
    const since = former?.added.find(([each]) => each === best.lead)?.[2] ?? today;
    added.push([best.lead, best.hour, since < today ? since : today]);
  }
  return { moved, added };
}

export interface HabitDay {
  readonly hourOf: (lead: number) => number | null;
  readonly added: HabitWeek['added'];
}

/** What the habit says about a bill that is due on `dueDay`; null when it says nothing under these rules. */
export function habitFor(habit: Habit | null, rules: Rules, dueDay: Day): HabitDay | null {
  if (!habit || rules.adapts === false || habit.zone !== rules.zone || habit.beforeHour !== rules.beforeHour)
    return null;
  const week = habit.weeks[weekdayOf(dueDay)];
  if (!week) return null;
  const isSilent = (hour: number): boolean => rules.quiet !== null && isQuiet(rules.quiet, hour);
  return {
    hourOf: (lead) => {
      const hour = week.moved.find(([each]) => each === lead)?.[1];
      return hour === undefined || isSilent(hour) ? null : hour;
    },
    added: week.added.filter(([lead, hour]) => !rules.leadDays.includes(lead) && !isSilent(hour)),
  };
}

/** True while `habit` is the one to go by at `now`. */
export function isOfToday(habit: Habit | null, now: Instant): habit is Habit {
  return habit !== null && habit.day === dayOf(now);
}

/** Null for a row that is no habit: a damaged one costs no notice, the rules hold as they are. */
export function soundHabit(raw: unknown): Habit | null {
  const habit = raw as Partial<Habit> | null | undefined;
  if (typeof habit !== 'object' || habit === null) return null;
  const isHour = (hour: unknown): boolean => typeof hour === 'number' && hour >= 0 && hour < 24;
  const isLead = (lead: unknown): boolean => Number.isSafeInteger(lead) && (lead as number) > 0;
  const isRight =
    typeof habit.day === 'string' &&
    toDay(habit.day) !== null &&
    typeof habit.zone === 'string' &&
    isHour(habit.beforeHour) &&
    Array.isArray(habit.chances) &&
    habit.chances.length === CELLS &&
    typeof habit.facts?.kind === 'string' &&
    soundPresence(habit.presence) &&
    Array.isArray(habit.weeks) &&
    habit.weeks.every(
      (week: Partial<HabitWeek> | null) =>
        Array.isArray(week?.moved) &&
        Array.isArray(week.added) &&
        week.moved.every(([lead, hour]) => isLead(lead) && isHour(hour)) &&
        week.added.every(([lead, hour, since]) => isLead(lead) && isHour(hour) && toDay(`${since}`) !== null),
    );
  return isRight ? (habit as Habit) : null;
}
