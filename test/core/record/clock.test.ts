import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absorb } from '../../../src/core/record/capture.ts';
import {
  DRIFT_MS,
  isStamp,
  isStampOf,
  isTooFarAhead,
  msOf,
  newClock,
  type RecordClock,
  raised,
  type Stamp,
  stampAt,
  stampOf,
  tick,
} from '../../../src/core/record/clock.ts';

const NOW = Date.parse('2026-09-12T09:00:00+08:00');

describe('a clock of records', () => {
  it('gives stamps of one width that sort as they were given', () => {
    const { clock, stamp } = tick(newClock('device-a'), NOW);
    expect(stamp).toBe('01a2bcdf1a00-0000-device-a'.replace('01a2bcdf1a00', NOW.toString(16).padStart(12, '0')));
    expect(tick(clock, NOW).stamp).toBe(stamp.replace('-0000-', '-0001-'));
    expect(msOf(stamp)).toBe(NOW);
    expect([isStamp(stamp), isStamp(`${stamp}\n`), isStamp('x'), isStamp(7)]).toEqual([true, false, false, false]);
  });

  it('takes the first part of a long name', () => {
    const name = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    expect(isStampOf(tick(newClock(name), NOW).stamp, name)).toBe(true);
    expect(isStampOf(stampAt('other', NOW), name)).toBe(false);
  });

  it('a counter that overflows borrows a millisecond', () => {
    const full: RecordClock = { device: 'a', ms: NOW, counter: 0xffff };
    expect(tick(full, NOW)).toEqual({
      clock: { device: 'a', ms: NOW + 1, counter: 0 },
      stamp: stampAt('a', NOW + 1),
    });
  });

  it('a stamp more than five minutes ahead is too far, one of exactly five is not', () => {
    const far = stampAt('b', NOW + DRIFT_MS + 1);
    const near = stampAt('b', NOW + DRIFT_MS);
    expect([isTooFarAhead(far, NOW), isTooFarAhead(near, NOW)]).toEqual([true, false]);
    expect(tick(raised(newClock('a'), near), NOW).stamp > near).toBe(true);
  });

  it('what another browser stamped too far ahead raises nothing, whatever comes with it', () => {
    const rec = (id: string, stamp: Stamp) => ({ kind: 'bill', id, fields: { note: ['n', stamp] as const } });
    const [near, far] = [stampAt('b', NOW + 1), stampAt('b', NOW + 1e9)];
    const { clock, later } = absorb(new Map(), [rec('x', near), rec('y', far)], newClock('a'), NOW);
    expect(later.map(({ id }) => id)).toEqual(['y']);
    expect(clock).toEqual(raised(newClock('a'), near));
  });

  it('a machine whose clock stands at the epoch or before it still gives stamps', () => {
    expect(isStamp(tick(newClock('a'), -5).stamp)).toBe(true);
    expect(isStamp(tick(newClock('a'), 1e18).stamp)).toBe(true);
  });

  it('law: whatever the machine does, every stamp is greater than all that were given or merged before it', () => {
    const step = fc.record({
      now: fc.integer({ min: NOW - 1e7, max: NOW + 1e7 }),
      theirs: fc.option(
        fc.record({ ms: fc.integer({ min: NOW - 1e7, max: NOW + 1e7 }), counter: fc.nat({ max: 0xffff }) }),
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let clock = newClock('m');
        let highest: Stamp = '';
        for (const { now, theirs } of steps) {
          if (theirs) {
            const stamp = stampOf({ device: 'z', ...theirs });
            clock = raised(clock, stamp);
            if (stamp > highest) highest = stamp;
          }
          const ticked = tick(clock, now);
          clock = ticked.clock;
          expect(ticked.stamp > highest).toBe(true);
          highest = ticked.stamp;
        }
      }),
      { numRuns: 500 },
    );
  });
});
