import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  DAY_MS,
  type Day,
  dayOf,
  daysBetween,
  endOf,
  HOUR_MS,
  hourIn,
  MINUTE_MS,
  nearestDay,
  parseDay,
  SHANGHAI,
  slotInstant,
  startOf,
  toDay,
  weekdayOf,
} from '../../src/core/day.ts';

const day = (text: string): Day => {
  const read = toDay(text);
  if (!read) throw new Error(`no day: ${text}`);
  return read;
};

const FIRST = Date.UTC(1992, 0, 1);
const LAST = Date.UTC(2100, 0, 1);
const instants = fc.integer({ min: FIRST, max: LAST });
const days = instants.map(dayOf);

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: SHANGHAI,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const clocks = new Map<string, Intl.DateTimeFormat>();
const shown = (zone: string, instant: number): string => {
  const known = clocks.get(zone);
  const clock =
    known ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  if (!known) clocks.set(zone, clock);
  return clock.format(instant);
};

describe('a day against Intl', () => {
  it('is the date that Shanghai shows, from 1992 on', () => {
    fc.assert(
      fc.property(instants, (instant) => void expect(dayOf(instant)).toBe(shanghai.format(instant))),
      { numRuns: 2000 },
    );
  });

  it('begins at 00:00:00 in Shanghai and ends one millisecond before the next', () => {
    fc.assert(
      fc.property(days, (on) => {
        expect(shown(SHANGHAI, startOf(on))).toBe('00:00:00');
        expect(dayOf(startOf(on))).toBe(on);
        expect(dayOf(startOf(on) - 1)).toBe(addDays(on, -1));
        expect(dayOf(endOf(on) - 1)).toBe(on);
        expect(dayOf(endOf(on))).toBe(addDays(on, 1));
      }),
      { numRuns: 1000 },
    );
  });

  it('has the weekday that Intl names', () => {
    const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
    const weekday = new Intl.DateTimeFormat('en-US', { timeZone: SHANGHAI, weekday: 'short' });
    fc.assert(fc.property(days, (on) => void expect(names[weekdayOf(on)]).toBe(weekday.format(startOf(on)))));
  });
});

describe('counting days', () => {
  it('adds and counts as inverses', () => {
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: -800, max: 800 }),
        (on, count) => void expect(daysBetween(on, addDays(on, count))).toBe(count),
      ),
    );
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-01-31', -2, '2025-11-30'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-01-01', -1, '2025-12-01'],
    ['2026-05-15', 0, '2026-05-15'],
    ['2026-08-31', 6, '2027-02-28'],
  ])('%s and %i months is %s', (from, count, wanted) => {
    expect(addMonths(day(from), count)).toBe(wanted);
  });

  it('months later is never another month and never a day that the calendar lacks', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 60 }), (from, count) => {
        const to = addMonths(from, count);
        expect(toDay(to)).toBe(to);
        const months = (on: Day) => Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7));
        expect(months(to) - months(from)).toBe(count);
        expect(Number(to.slice(8))).toBeLessThanOrEqual(Number(from.slice(8)));
      }),
    );
  });
});

describe('a text that names a day', () => {
  const today = day('2026-09-10');

  it.each([
    ['2026-09-14', '2026-09-14'],
    ['2026-09-14 23:59:59', '2026-09-14'],
    ['2026-09-14T23:59:59', '2026-09-14'],
    ['2026/9/14', '2026-09-14'],
    ['2026.09.14', '2026-09-14'],
    ['2026年9月14日', '2026-09-14'],
    ['2026年09月14日 10:00', '2026-09-14'],
    ['2026 年 9 月 14 号', '2026-09-14'],
    ['２０２６年９月１４日', '2026-09-14'],
    ['9月14日', '2026-09-14'],
    ['2026-09-13T17:00:00Z', '2026-09-14'],
    ['2026-09-14T00:30:00+08:00', '2026-09-14'],
    ['2026-09-13T23:30:00-05:00', '2026-09-14'],
    [Date.UTC(2026, 8, 13, 16, 0, 0), '2026-09-14'],
    [Date.UTC(2026, 8, 13, 15, 59, 59), '2026-09-13'],
    [String(Date.UTC(2026, 8, 13, 16, 0, 0)), '2026-09-14'],
    ['2026-02-30', null],
    ['2026年2月30日', null],
    ['2月30日', null],
    ['2026-13-01', null],
    ['2026-00-10', null],
    ['2026-09-00', null],
    ['2026-09/14', null],
    ['2026-09-14 到期', null],
    ['14日', null],
    ['2026-09', null],
    ['--', null],
    ['', null],
    ['今天', null],
    ['1789315200', null],
    [1789315200, null],
    [1e15, null],
    [Number.NaN, null],
    [null, null],
    [undefined, null],
    [{}, null],
    [['2026-09-14'], null],
  ])('%s', (raw, wanted) => {
    expect(parseDay(raw, today)).toBe(wanted);
  });

  it.each([
    ['2026-12-28', '1月5日', '2027-01-05'],
    ['2027-01-03', '12月30日', '2026-12-30'],
    ['2026-12-31', '12月31日', '2026-12-31'],
    ['2026-12-31', '1月1日', '2027-01-01'],
    ['2026-01-01', '12月31日', '2025-12-31'],
    ['2026-06-15', '6月14日', '2026-06-14'],
    ['2028-01-20', '2月29日', '2028-02-29'],
    ['2027-12-20', '2月29日', '2028-02-29'],
  ])('seen on %s, %s is %s', (seen, raw, wanted) => {
    expect(parseDay(raw, day(seen))).toBe(wanted);
  });

  it('2月29日 seen two years from any leap year is no day', () => {
    expect(nearestDay(2, 29, day('2026-02-20'))).toBeNull();
  });

  it('is believed 400 days either way and not one day further', () => {
    fc.assert(
      fc.property(days, (from) => {
        expect(parseDay(addDays(from, 400), from)).toBe(addDays(from, 400));
        expect(parseDay(addDays(from, 401), from)).toBeNull();
        const earlier = addDays(from, -400);
        if (earlier >= '1992-01-01') expect(parseDay(earlier, from)).toBe(earlier);
        expect(parseDay(addDays(from, -401), from)).toBeNull();
      }),
    );
  });

  it('is read the same in every way of writing it', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -150, max: 150 }), (from, count) => {
        const on = addDays(from, count);
        if (on < '1992-01-01') return;
        const [y, m, d] = on.split('-').map(Number);
        for (const text of [
          on,
          `${y}/${m}/${d}`,
          `${y}年${m}月${d}日`,
          `${m}月${d}日`,
          `${on} 00:00:00`,
          startOf(on),
          endOf(on) - 1,
        ]) {
          expect(parseDay(text, from), String(text)).toBe(on);
        }
      }),
    );
  });

  it('never throws, and never gives anything but a day of the calendar', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.double(), fc.date().map(String), fc.anything()),
        (raw) => {
          const read = parseDay(raw, today);
          expect(read === null || toDay(read) === read).toBe(true);
        },
      ),
    );
  });
});

describe('a slot of a day, on the clock of another zone', () => {
  const ZONES = [
    SHANGHAI,
    'UTC',
    'America/New_York',
    'Europe/London',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Kiritimati',
    'Pacific/Niue',
    'America/St_Johns',
    'Asia/Kolkata',
    'Pacific/Chatham',
  ];
  const hours = fc.nat({ max: 24 * 12 - 1 }).map((fives) => fives / 12);
  const clock = (hour: number): string => {
    const minutes = Math.round(hour * 60);
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
  };
  /** Every moment of the day at which the clock shows this; empty where a jump skips it. */
  const moments = (on: Day, hour: number, zone: string): number[] => {
    const found: number[] = [];
    for (let at = startOf(on); at < endOf(on); at += 5 * MINUTE_MS) if (shown(zone, at) === clock(hour)) found.push(at);
    return found;
  };
  const holds = (on: Day, hour: number, zone: string): void => {
    const at = slotInstant(on, hour, zone);
    expect(dayOf(at), `${on} ${hour} ${zone}`).toBe(on);
    const wanted = moments(on, hour, zone);
    if (wanted.length) expect(wanted, `${on} ${hour} ${zone}: the clock shows ${shown(zone, at)}`).toContain(at);
  };

  it('shows the hour and lies inside the day, in random zones', () => {
    const near = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) }).map(dayOf);
    fc.assert(
      fc.property(near, hours, fc.constantFrom(...ZONES), (on, hour, zone) => holds(on, hour, zone)),
      { numRuns: 300 },
    );
  });

  it.each([
    ['2026-03-08', 'America/New_York'],
    ['2026-03-09', 'America/New_York'],
    ['2026-11-01', 'America/New_York'],
    ['2026-11-02', 'America/New_York'],
    ['2026-03-29', 'Europe/London'],
    ['2026-10-25', 'Europe/London'],
    ['2026-04-04', 'Australia/Lord_Howe'],
    ['2026-04-05', 'Australia/Lord_Howe'],
    ['2026-10-03', 'Australia/Lord_Howe'],
    ['2026-10-04', 'Australia/Lord_Howe'],
    ['2026-06-15', 'Asia/Kathmandu'],
  ])('around the jump of %s in %s, at every half hour', (on, zone) => {
    for (let hour = 0; hour < 24; hour += 0.5) holds(day(on), hour, zone);
  });

  it('an hour that the jump skips becomes the moment after it', () => {
    // New York skips 02:00–03:00 on 2026-03-08, which is 15:00 in Shanghai.
    const jump = Date.parse('2026-03-08T07:00:00Z');
    for (const hour of [2, 2.25, 2.5, 2.75]) {
      const at = slotInstant(day('2026-03-08'), hour, 'America/New_York');
      expect(Math.abs(at - jump), `${hour} ${new Date(at).toISOString()}`).toBeLessThanOrEqual(HOUR_MS);
      expect(at, `${hour} ${new Date(at).toISOString()}`).toBeGreaterThanOrEqual(jump);
    }
  });

  it('in Shanghai is an addition', () => {
    fc.assert(
      fc.property(
        days,
        hours,
        (on, hour) => void expect(slotInstant(on, hour, SHANGHAI)).toBe(startOf(on) + Math.round(hour * HOUR_MS)),
      ),
    );
  });

  it('a zone that nobody knows is an error, not a silent Shanghai', () => {
    expect(() => slotInstant(day('2026-09-14'), 10, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('the hour on a clock', () => {
  it('counts fractions, and is right before the epoch', () => {
    expect(hourIn(SHANGHAI, startOf(day('2026-09-14')) + 10.5 * HOUR_MS)).toBe(10.5);
    expect(hourIn('Asia/Kathmandu', Date.parse('2026-09-14T00:00:00Z'))).toBe(5.75);
    expect(hourIn(SHANGHAI, -DAY_MS)).toBe(8);
  });
});
