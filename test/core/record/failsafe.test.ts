import { describe, expect, it } from 'vitest';
import type { Bill } from '../../../src/core/bill.ts';
import type { Fen } from '../../../src/core/money.ts';
import { failsafe } from '../../../src/core/record/failsafe.ts';
import { bill } from '../made-up.ts';

const paid = (each: Bill): Bill => ({ ...each, owner: { paidAt: 1 } });
const changes = (many: number, after: (each: Bill) => Bill | null = paid) =>
  Array.from({ length: many }, (_, index) => bill({ key: `${index}` })).map((before) => ({
    before,
    after: after(before),
  }));

describe('the failsafe', () => {
  it.each([
    [1, 1, false],
    [2, 2, false],
    [3, 3, true],
    [3, 5, true],
    [3, 6, false],
    [4, 7, true],
    [5, 9, true],
    [4, 9, false],
    [3, 10, false],
    [4, 10, true],
    [30, 100, false],
    [31, 100, true],
  ])('%i of %i open bills: stops %s', (many, open, stops) => {
    expect(failsafe(changes(many), open).stops).toBe(stops);
  });

  it('says of each bill what would end it', () => {
    const ends: ((each: Bill) => Bill | null)[] = [
      () => null,
      paid,
      (each) => ({ ...each, owner: { mutedAt: 1 } }),
      (each) => ({ ...each, standing: 'settled', remainingFen: 0 as Fen }),
    ];
    const all = ends.flatMap((after) => changes(1, after));
    expect(failsafe(all, 4).would.map(({ what }) => what)).toEqual(['delete', 'paid', 'mute', 'settle']);
  });

  it('counts no bill that was not reminded, and none that still is', () => {
    const silent = changes(3).map(({ before }) => ({ before: paid(before), after: null }));
    const noted = changes(3, (each) => ({ ...each, owner: { note: 'n' } }));
    expect(failsafe([...silent, ...noted], 3)).toEqual({ stops: false, would: [] });
  });
});
