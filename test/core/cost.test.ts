import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dailyLateCost, lateCost, lateRows, minimumOrFull, statedBasisPoints } from '../../src/core/cost.ts';
import type { Fen } from '../../src/core/money.ts';
import { at, day } from './made-up.ts';

it.each([
  [38620, 5, 1, 19],
  [38620, 10, 1, 39],
  [38620, 10, 30, 1170],
  [1, 5, 1, 1],
  [199, 5, 3, 3],
  [0, 5, 30, 0],
  [38620, 5, 0, 0],
  [38620, 5, -1, 0],
  [1_000_000_000, 5, 1, 500_000],
  [100_000, 0, 30, 0],
  // 739.5 and 100.5 fen: a float of the rate lies below.
  [1_700_000, 4.35, 1, 740],
  [100_000_000_000, 10, 36 * 31, 111_600_000_000],
])('%i fen late at %i basis points for %i days cost %i', (owed, rate, days, wanted) => {
  expect(lateCost(owed as Fen, rate, days)).toBe(wanted);
});

it('is whole fen, never nothing while something is owed, and never falls with days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.integer({ min: 1, max: 900 }), (owed, days) => {
      const { lowFen, highFen } = dailyLateCost(owed as Fen);
      expect(Number.isSafeInteger(lowFen) && lowFen >= 1 && highFen >= lowFen).toBe(true);
      expect(lateCost(owed as Fen, 5, days)).toBeGreaterThanOrEqual(lateCost(owed as Fen, 5, days - 1));
    }),
  );
});

const page = {
  overdueFeeFen: 270 as Fen,
  remainingFen: 38620 as Fen,
  dueDay: day('2026-09-10'),
  readAt: at('2026-09-20 12:00'),
};

it('the rate that the page shows is reckoned from its fee, and not believed when it cannot be one', () => {
  expect(statedBasisPoints(page)).toBe(6.99);
  for (const part of [
    { overdueFeeFen: null },
    { overdueFeeFen: 0 as Fen },
    { overdueFeeFen: 38620 as Fen },
    { dueDay: null },
    { remainingFen: null },
    { readAt: at('2026-09-10 12:00') },
  ])
    expect(statedBasisPoints({ ...page, ...part })).toBeNull();
});

it('the smallest and the largest amount have their rows, low never above high', () => {
  for (const owed of [1, 9_999_999_999] as Fen[])
    for (const { days, lowFen, chosenFen, highFen } of lateRows(owed, 7.5)) {
      expect(lowFen).toBeGreaterThanOrEqual(days);
      expect(lowFen <= chosenFen && chosenFen <= highFen).toBe(true);
    }
});

it('a minimum leaves a rest, or there is nothing to tell', () => {
  const bill = { remainingFen: 38620 as Fen, minimumFen: 4000 as Fen };
  expect(minimumOrFull(bill, 5)).toMatchObject({ restFen: 34620 });
  for (const part of [
    { minimumFen: null },
    { remainingFen: null },
    { minimumFen: 38620 as Fen },
    { minimumFen: 0 as Fen },
  ])
    expect(minimumOrFull({ ...bill, ...part }, 5)).toBeNull();
});
