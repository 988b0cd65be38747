/** The current bill of a page that shows neither its day nor its key, beside the same bill of another page. */
import { describe, expect, it } from 'vitest';
import { type Bill, isPaidDisputed, isWatched } from '../../src/core/bill.ts';
import { DAY_MS, type Instant } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { ReadBill } from '../../src/core/reading.ts';
import { reconcile } from '../../src/core/reconcile.ts';
import { bill, billsReading, day, READ_AT, readBill, SITE } from './made-up.ts';

const DAYLESS = { key: 'current', dueDay: null, statementDay: null };
const AFTER = READ_AT + 1000;

/** What is known after these readings, one after the other. */
function known(before: readonly Bill[], ...readings: readonly (readonly [Partial<ReadBill>, Instant])[]): Bill[] {
  const bills = new Map(before.map((one) => [one.id, one]));
  for (const [read, now] of readings) {
    const seat = { siteId: SITE, account: 'default', now };
    const after = reconcile([...bills.values()], billsReading([readBill(read)]), seat);
    for (const one of after.bills) bills.set(one.id, one);
    for (const id of after.goneIds) bills.delete(id);
  }
  return [...bills.values()];
}

describe('the current bill without a day', () => {
  it('is the bill of that amount whose day is told afterwards, and takes its key', () => {
    const estimated = { key: 'statement:2026-09-05', dueDayIs: 'estimated' as const };
    const first = known([bill(DAYLESS)], [estimated, AFTER]);
    expect(first).toMatchObject([{ id: bill(DAYLESS).id, key: estimated.key, dueDay: '2026-09-14' }]);
    expect(known(first, [{}, AFTER])).toMatchObject([{ key: 'k1', dueDayIs: 'stated' }]);
  });

  it('is the bill of that amount that was known before, and changes nothing of it', () => {
    expect(known([bill()], [DAYLESS, AFTER])).toMatchObject([{ key: 'k1', dueDay: '2026-09-14', readAt: AFTER }]);
  });

  it('of another amount is another one, until the known bill has that amount, too', () => {
    const both = known([bill()], [{ ...DAYLESS, remainingFen: 100 as Fen }, AFTER]);
    expect(both).toHaveLength(2);
    expect(known(both, [{ remainingFen: 100 as Fen }, AFTER])).toMatchObject([{ key: 'k1', remainingFen: 100 }]);
  });

  it.each([
    ['read before that bill was issued', -6],
    ['read when the one after it was issued', 27],
  ])('%s is another one, though it asks for as much', (_name, days) => {
    const then = READ_AT + days * DAY_MS;
    expect(known([bill({ ...DAYLESS, readAt: then })], [{}, then + DAY_MS])).toHaveLength(2);
    expect(known([bill()], [DAYLESS, then])).toHaveLength(2);
  });

  it('that was marked silences no other, and keeps what its owner wrote', () => {
    for (const owner of [{ paidAt: READ_AT }, { mutedAt: READ_AT }, { hiddenAt: READ_AT }]) {
      const after = known([bill({ ...DAYLESS, owner })], [{}, AFTER]);
      expect(after.filter(isWatched).map(({ key }) => key)).toEqual(['k1']);
    }
    const noted = bill({ ...DAYLESS, owner: { note: '妈妈的卡' } });
    expect(known([bill({ remainingFen: 1 as Fen }), noted], [{}, AFTER])).toHaveLength(2);
  });

  it('of two that ask for as much is neither', () => {
    const other = bill({ key: 'k2', dueDay: day('2026-09-16'), statementDay: null });
    expect(known([bill(), other], [DAYLESS, AFTER])).toHaveLength(3);
  });
});

it('a bill that the owner paid and the page still showed is disputed no more once the page lists it no more', () => {
  const disputed = known([bill({ owner: { paidAt: READ_AT } })], [{}, AFTER])[0]!;
  expect(isPaidDisputed(disputed)).toBe(true);
  const seat = { siteId: SITE, account: 'default', now: AFTER + DAY_MS };
  const [after] = reconcile([disputed], billsReading([], ['issued']), seat).bills;
  expect(after).toMatchObject({ standing: 'unknown', missingSince: AFTER + DAY_MS, owner: { paidAt: READ_AT } });
  expect(isPaidDisputed(after!)).toBe(false);
});
