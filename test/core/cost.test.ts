import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dailyLateCost, lateCost } from '../../src/core/cost.ts';
import type { Fen } from '../../src/core/money.ts';

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
