/**
 * Calendar days in Asia/Shanghai, and instants. The zone has been exactly UTC+8 without daylight saving since 1992,
 * so a day is an addition away from an instant; `test/core/day.test.ts` checks that against Intl.
 */
import { halfWidth } from './money.ts';

declare const brand: unique symbol;
/** `YYYY-MM-DD`, a calendar date in Asia/Shanghai. Sorts as text. */
export type Day = string & { readonly [brand]: 'Day' };
/** Milliseconds since the epoch. Always passed in, never fetched here. */
export type Instant = number;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const SHANGHAI_MS = 8 * HOUR_MS;
/** The year 8300: calendar arithmetic stays far from the end of what a Date can hold. */
const LATEST = 2e14;

/** A clock that is set right may step back by so much. */
const CLOCK_STEP_MS = 5 * MINUTE_MS;

/** Written under a clock that ran ahead. */
export function isAhead(at: Instant, now: Instant): boolean {
  return at - now > CLOCK_STEP_MS;
}

/** Of something that a row or a file holds. */
export function isInstant(value: unknown): value is Instant {
  return typeof value === 'number' && Math.abs(value) <= LATEST;
}

export const SHANGHAI = 'Asia/Shanghai';

/** The day with these numbers, or null where the calendar has none (2月30日). */
export function dayFrom(year: number, month: number, date: number): Day | null {
  if (year < 1992 || year > 9998 || month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}` as Day;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Reads exactly `YYYY-MM-DD`; null for anything else. */
export function toDay(text: string): Day | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return match && dayFrom(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** The Shanghai day that holds this instant. */
export function dayOf(instant: Instant): Day {
  return new Date(instant + SHANGHAI_MS).toISOString().slice(0, 10) as Day;
}

/** The first instant of the day; the last one is `startOf(addDays(day, 1)) - 1`. */
export function startOf(day: Day): Instant {
  return Date.parse(`${day}T00:00:00Z`) - SHANGHAI_MS;
}

export function endOf(day: Day): Instant {
  return startOf(day) + DAY_MS;
}

/** There was no Duly before: a clock that says so stood still. */
export const FIRST_LIVED: Instant = startOf('2026-01-01' as Day);

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10) as Day;
}

/** The same date `count` months on; the 29th to 31st fall back to the month's last day. */
export function addMonths(day: Day, count: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + count;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  return dayFrom(y, m, Math.min(date, daysInMonth(y, m))) as Day;
}

/** Days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / DAY_MS);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** A bill's day is believed only this near to today (facts/jd-baitiao.md §10.4). */
const BELIEVED_DAYS = 400;

function believed(day: Day | null, today: Day): Day | null {
  return day && Math.abs(daysBetween(today, day)) <= BELIEVED_DAYS ? day : null;
}

const CLOCK = String.raw`(?:[T ]?\s?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?`;
const NUMERIC = new RegExp(String.raw`^(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})${CLOCK}$`);
const CHINESE = new RegExp(String.raw`^(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]${CLOCK}$`);
const YEARLESS = new RegExp(String.raw`^(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]${CLOCK}$`);
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * A date as a page or a response writes it: `2026-09-14[ 23:59:59]`, `2026/9/14`, `2026.09.14`, `2026年9月14日`,
 * `9月14日` (the year nearest to today), epoch milliseconds, ISO with a zone. The clock part is ignored.
 * Null when it is no date, not on the calendar, or more than 400 days from today.
 */
export function parseDay(raw: unknown, today: Day): Day | null {
  if (typeof raw === 'number')
    return Number.isSafeInteger(raw) && raw > 1e11 && raw < 1e13 ? believed(dayOf(raw), today) : null;
  if (typeof raw !== 'string') return null;
  const text = halfWidth(raw);
  if (/^\d{13}$/.test(text)) return parseDay(Number(text), today);
  if (ZONED.test(text)) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : believed(dayOf(instant), today);
  }
  const numeric = NUMERIC.exec(text);
  if (numeric) return believed(dayFrom(Number(numeric[1]), Number(numeric[3]), Number(numeric[4])), today);
  const chinese = CHINESE.exec(text);
  if (chinese) return believed(dayFrom(Number(chinese[1]), Number(chinese[2]), Number(chinese[3])), today);
  const yearless = YEARLESS.exec(text);
  return yearless ? nearestDay(Number(yearless[1]), Number(yearless[2]), today) : null;
}

/** The day with this month and date that lies nearest to today; null where no near year has it. */
export function nearestDay(month: number, date: number, today: Day): Day | null {
  const year = Number(today.slice(0, 4));
  let best: Day | null = null;
  for (const y of [year - 1, year, year + 1]) {
    const day = dayFrom(y, month, date);
    if (day && (!best || Math.abs(daysBetween(today, day)) < Math.abs(daysBetween(today, best)))) best = day;
  }
  return best;
}

/**
 * The instant inside a Shanghai day at which a clock in `zone` shows `hour` (0 ≤ hour < 24, fractions allowed).
 * Every wall-clock hour comes once in those 24 hours, whatever the zone, so a slot of the due day never falls
 * outside it. An hour that a daylight-saving jump skips becomes the moment after the jump.
 */
export function slotInstant(day: Day, hour: number, zone: string): Instant {
  const start = startOf(day);
  if (zone === SHANGHAI) return start + Math.round(hour * HOUR_MS);
  const local = hourIn(zone, start);
  const guess = start + Math.round((((hour - local + 24) % 24) * HOUR_MS) / 1000) * 1000;
  const off = hour - hourIn(zone, guess);
  const nudged = guess + Math.round((off > 12 ? off - 24 : off < -12 ? off + 24 : off) * HOUR_MS);
  const isSkipped = Math.abs(hourIn(zone, nudged) - hour) > 1 / HOUR_MS;
  return Math.min(Math.max(isSkipped ? Math.max(guess, nudged) : nudged, start), endOf(day) - 1);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The hour, with fraction, that a clock in `zone` shows. RangeError when the zone is not known. */
export function hourIn(zone: string, instant: Instant): number {
  if (zone === SHANGHAI) return ((((instant + SHANGHAI_MS) % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const [h = 0, m = 0, s = 0] = format.format(instant).split(':').map(Number);
  return h + m / 60 + (s + (((instant % 1000) + 1000) % 1000) / 1000) / 3600;
}
