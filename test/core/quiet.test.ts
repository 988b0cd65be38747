import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, DAY_MS, endOf, hourIn, type Instant, SHANGHAI } from '../../src/core/day.ts';
import { deferred } from '../../src/core/reminder/quiet.ts';
import { snoozeUntil } from '../../src/core/reminder/snooze.ts';
import { DEFAULT_RULES, type Rules } from '../../src/core/rules.ts';
import { at, day } from './made-up.ts';

const rules = (fromHour: number, toHour: number, zone = SHANGHAI): Rules => ({
  ...DEFAULT_RULES,
  quiet: { fromHour, toHour },
  zone,
});
const due = day('2026-09-14');

describe('quiet hours', () => {
  it.each([
    ['2026-09-13 23:00', 22, 7, '2026-09-14 07:00'],
    ['2026-09-14 06:59', 22, 7, '2026-09-14 07:00'],
    ['2026-09-14 07:00', 22, 7, '2026-09-14 07:00'],
    ['2026-09-14 21:59', 22, 7, '2026-09-14 21:59'],
    ['2026-09-14 22:00', 22, 7, '2026-09-14 22:00'],
    ['2026-09-14 13:00', 12, 14, '2026-09-14 14:00'],
    ['2026-09-14 10:00', 10, 10, '2026-09-14 10:00'],
    ['2026-09-14 10:00', 0, 23.75, '2026-09-14 23:45'],
    ['2026-09-14 23:50', 23.5, 23.75, '2026-09-14 23:50'],
  ])('%s under %s–%s sounds at %s', (from, fromHour, toHour, wanted) => {
    expect(new Date(deferred(at(from), rules(fromHour, toHour), due)).toISOString()).toBe(
      new Date(at(wanted)).toISOString(),
    );
  });

  it('defer an overdue notice past midnight, because no due day lies ahead', () => {
    expect(deferred(at('2026-09-15 23:00'), rules(22, 7), due)).toBe(at('2026-09-16 07:00'));
    expect(deferred(at('2026-09-15 23:00'), rules(22, 7), null)).toBe(at('2026-09-16 07:00'));
  });

  it('are read on the clock of the owner', () => {
    // 18:00 in Shanghai is 06:00 in New York.
    expect(deferred(at('2026-09-13 18:00'), rules(22, 7, 'America/New_York'), due)).toBe(at('2026-09-13 19:00'));
  });

  it('drop nothing, never sound early, and never carry past the end of the due day', () => {
    const hours = fc.nat({ max: 95 }).map((quarters) => quarters / 4);
    fc.assert(
      fc.property(
        hours,
        hours,
        fc.nat({ max: 47 * 60 }),
        fc.constantFrom(SHANGHAI, 'America/New_York', 'Asia/Kathmandu'),
        (from, to, minutes, zone) => {
          const promised: Instant = endOf(addDays(due, -2)) + minutes * 60_000;
          const sounds = deferred(promised, rules(from, to, zone), due);
          expect(sounds).toBeGreaterThanOrEqual(promised);
          expect(sounds).toBeLessThan(Math.min(promised + DAY_MS, endOf(due)));
          if (sounds !== promised) expect(hourIn(zone, sounds)).toBeCloseTo(to, 6);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('later, without a time', () => {
  it.each([
    ['2026-09-14 10:01', '2026-09-14 20:00'],
    ['2026-09-14 18:59', '2026-09-14 20:00'],
    ['2026-09-14 19:00', '2026-09-15 09:00'],
    ['2026-09-14 23:59', '2026-09-15 09:00'],
    ['2026-12-31 21:00', '2027-01-01 09:00'],
  ])('at %s means %s', (now, wanted) => {
    expect(snoozeUntil(at(now))).toBe(at(wanted));
  });
});
