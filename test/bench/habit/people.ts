/** The made-up people of a population file, and where they are at any hour. Every chance is a hash: no run differs from another. */
import { addDays, type Day, daysBetween, daysInMonth, weekdayOf } from '../../../src/core/day.ts';

export type ByLead = Readonly<Record<'week' | 'days' | 'eve' | 'due', number>>;
interface Timetable {
  readonly workday: string;
  readonly dayOff: string;
}
export interface Habits {
  readonly name: string;
  readonly share: number;
  readonly desktop: Timetable;
  readonly phone: Timetable;
  readonly machineStaysOn: number;
  readonly foundLater: number;
  readonly awayDay: number;
  readonly holiday: number;
  readonly reacts: ByLead;
  readonly pushReacts: ByLead;
  readonly closes: number;
  readonly delayMinutes: number;
  readonly delaySpread: number;
  readonly pays: number;
  readonly paysUnasked: number;
  readonly drift: number;
  readonly driftHours: number;
  readonly changes?: { readonly everyWeeks: number; readonly shifts: readonly number[] };
}
export interface Population {
  readonly year: number;
  readonly holidays: readonly { readonly from: string; readonly to: string }[];
  readonly bills: { readonly perPerson: readonly number[]; readonly readDaysBefore: readonly [number, number] };
  readonly habits: readonly Habits[];
}

/** A number in [0, 1) from numbers. */
export function chanceOf(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 2 ** 32;
}

/** What is drawn, so that two draws of one hour are not the same. */
const SALT = { habit: 1, bills: 2, due: 3, read: 4, factor: 5, staysOn: 6, drift: 7, here: 8, away: 9 } as const;
export const WHEN = {
  reacts: 20,
  closes: 21,
  delay: 22,
  finds: 23,
  pays: 24,
  unasked: 25,
  phone: 26,
  shift: 27,
} as const;

function hoursOf(text: string): Float64Array {
  const chances = new Float64Array(24);
  for (const part of text.split(' ')) {
    const [, from, to, chance] = /^(\d+)-(\d+):([\d.]+)$/.exec(part) ?? [];
    if (from === undefined) throw new Error(`no hours: ${part}`);
    chances.fill(Number(chance), Number(from), Number(to));
  }
  return chances;
}

export interface Person {
  readonly id: number;
  readonly habits: Habits;
  readonly factor: number;
  readonly bills: readonly { readonly dueDays: readonly Day[]; readonly readDaysBefore: readonly number[] }[];
  /** `day` counts from the first of January. */
  isHere(day: number, hour: number): boolean;
  isOn(day: number, hour: number): boolean;
  hasPhone(day: number, hour: number): boolean;
}

export function* peopleOf(
  population: Population,
  count: number,
  seed: number,
  part: number,
  parts: number,
): Generator<Person> {
  const { year, habits } = population;
  const total = habits.reduce((sum, { share }) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-6) throw new Error(`the shares add up to ${total}, not to 1`);
  const first = `${year}-01-01` as Day;
  const isOff = Array.from({ length: 372 }, (_, n) => {
    const day = addDays(first, n);
    const holiday = population.holidays.some(({ from, to }) => from <= day && day <= to);
    return { holiday, off: holiday || weekdayOf(day) % 6 === 0 };
  });
  // By share, not by lot: a file says how many there are of each.
  const kinds = habits.map((each) => ({
    each,
    desktop: { workday: hoursOf(each.desktop.workday), dayOff: hoursOf(each.desktop.dayOff) },
    phone: { workday: hoursOf(each.phone.workday), dayOff: hoursOf(each.phone.dayOff) },
  }));
  const shares = habits.map(({ share }) => share);
  for (let id = part; id < count; id += parts) {
    const kind = kinds[pick(shares, ((id + 0.5) / count) * total)]!;
    yield personOf(population, first, isOff, kind, id, seed);
  }
}

/** The index at which the shares, added up, pass `at`. */
function pick(shares: readonly number[], at: number): number {
  let sum = 0;
  const index = shares.findIndex((share) => {
    sum += share;
    return at < sum;
  });
  return index < 0 ? shares.length - 1 : index;
}

function personOf(
  { year, bills }: Population,
  first: Day,
  days: readonly { readonly holiday: boolean; readonly off: boolean }[],
  kind: {
    each: Habits;
    desktop: Record<'workday' | 'dayOff', Float64Array>;
    phone: Record<'workday' | 'dayOff', Float64Array>;
  },
  id: number,
  seed: number,
): Person {
  const { each, desktop, phone } = kind;
  const draw = (...parts: readonly number[]): number => chanceOf(seed, id, ...parts);
  const many = pick(bills.perPerson, draw(SALT.bills)) + 1;
  const staysOn = draw(SALT.staysOn) < each.machineStaysOn;
  const driftsOn = draw(SALT.drift) < each.drift ? Math.floor(draw(SALT.drift, 1) * 365) : Number.POSITIVE_INFINITY;
  const begins = Math.floor(draw(WHEN.shift) * 5);
  const shiftOn = (day: number): number => {
    const { changes } = each;
    const round = changes ? begins + Math.floor(day / (7 * changes.everyWeeks)) : 0;
    return (changes?.shifts[round % changes.shifts.length] ?? 0) + (day >= driftsOn ? each.driftHours : 0);
  };
  const chanceAt = (timetable: Record<'workday' | 'dayOff', Float64Array>, day: number, hour: number): number => {
    // Past midnight a moved timetable is that of the day on which it began.
    const moved = hour - shiftOn(day);
    const on = moved < 0 ? Math.max(0, day - 1) : day;
    return timetable[days[on]?.off ? 'dayOff' : 'workday'][(moved + 48) % 24]!;
  };
  const isHere = (day: number, hour: number): boolean => {
    if (draw(SALT.away, day) < each.awayDay) return false;
    const chance = chanceAt(desktop, day, hour) * (days[day]?.holiday ? each.holiday : 1);
    return draw(SALT.here, day, hour >> 1) < chance;
  };
  const [least, most] = bills.readDaysBefore;
  const table = (is: (day: number, hour: number) => boolean): Uint8Array =>
    Uint8Array.from({ length: days.length * 24 }, (_, at) => (is(Math.floor(at / 24), at % 24) ? 1 : 0));
  const read =
    (hours: Uint8Array) =>
    (day: number, hour: number): boolean =>
      hours[day * 24 + hour] === 1;
  const here = table(isHere);
  const withPhone = table((day, hour) => draw(WHEN.phone, day, hour) < chanceAt(phone, day, hour));
  return {
    id,
    habits: each,
    factor: 0.8 + 0.4 * draw(SALT.factor),
    bills: Array.from({ length: many }, (_, bill) => {
      const date = 1 + Math.floor(28 * draw(SALT.due, bill));
      return {
        dueDays: Array.from({ length: 12 }, (__, month) => {
          const day = Math.min(date, daysInMonth(year, month + 1));
          return `${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}` as Day;
        }).filter((day) => daysBetween(first, day) > most),
        readDaysBefore: Array.from({ length: 12 }, (__, month) =>
          Math.floor(least + (most - least + 1) * draw(SALT.read, bill, month)),
        ),
      };
    }),
    isHere: read(here),
    isOn: staysOn ? () => true : read(here),
    hasPhone: read(withPhone),
  };
}
