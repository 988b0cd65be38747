/** Readings that are not trusted alike, and keys that name no bill: what they may change, and what they may not. */
import { describe, expect, it } from 'vitest';
import { type Bill, isWatched } from '../../src/core/bill.ts';
import type { Fen } from '../../src/core/money.ts';
import type { ReadBill } from '../../src/core/reading.ts';
import { reconcile } from '../../src/core/reconcile.ts';
import { isSiteKey } from '../../src/core/same-bill.ts';
import { at, bill, billsReading, day, READ_AT, readBill, SITE } from './made-up.ts';

const LATER = at('2026-09-12 09:00');
const fen = (count: number): Fen => count as Fen;
const taken = (known: readonly Bill[], read: Partial<ReadBill> | null, now = LATER): Bill => {
  const seat = { siteId: SITE, account: 'default', now };
  const { bills } = reconcile(
    known,
    billsReading(read ? [readBill(read)] : [], read ? [] : ['issued', 'unissued']),
    seat,
  );
  expect(bills).toHaveLength(1);
  return bills[0]!;
};
const labels = (part: Partial<ReadBill>): Partial<ReadBill> => ({
  key: 'due:2026-09-14',
  totalFen: null,
  minimumFen: null,
  source: 'labels',
  ...part,
});
const BOTH = (value: number | string, other: number | string) => [
  { source: 'responses', value },
  { source: 'labels', value: other },
];

describe('a less trusted reading', () => {
  it('that says another amount is taken, doubted, and named as the source', () => {
    const read = taken([bill()], labels({ remainingFen: fen(100) }));
    expect(read).toMatchObject({
      remainingFen: 100,
      source: 'labels',
      doubts: [{ field: 'remainingFen', values: BOTH(38620, 100) }],
    });
  });

  it.each(['totalFen', 'minimumFen'] as const)('that says another %s is doubted', (field) => {
    const read = taken([bill()], labels({ [field]: fen(100) }));
    expect(read[field]).toBe(100);
    expect(read.doubts).toEqual([{ field, values: BOTH(bill()[field]!, 100) }]);
  });

  it.each([
    ['2026-09-10', '2026-09-10'],
    ['2026-09-18', '2026-09-14'],
  ])('that says the day is %s is doubted, and %s is planned for', (seen, planned) => {
    const read = taken([bill()], labels({ key: 'statement:2026-09-05', dueDay: day(seen) }));
    expect(read).toMatchObject({ dueDay: planned, doubts: [{ field: 'dueDay', values: BOTH('2026-09-14', seen) }] });
  });

  it('that says zero settles nothing: what was owed stays, unknown and doubted', () => {
    const read = taken([bill()], labels({ remainingFen: fen(0), standing: 'settled' }));
    expect(read).toMatchObject({ remainingFen: 38620, standing: 'unknown', source: 'labels' });
    expect(read.doubts).toEqual([{ field: 'remainingFen', values: BOTH(38620, 0) }]);
    expect(isWatched(read)).toBe(true);
  });

  it('that says paid without an amount settles nothing either', () => {
    const read = taken([bill()], labels({ remainingFen: null, standing: 'settled' }));
    expect(read).toMatchObject({ remainingFen: 38620, standing: 'unknown' });
    expect(read.doubts).toEqual([{ field: 'standing', values: BOTH('open', 'settled') }]);
    const open = taken([bill({ remainingFen: null })], labels({ remainingFen: fen(0), standing: 'settled' }));
    expect(open).toMatchObject({ remainingFen: null, standing: 'unknown' });
  });

  it('settles nothing after a detour over a small amount', () => {
    const small = taken([bill()], labels({ remainingFen: fen(100) }));
    const zero = taken([small], labels({ remainingFen: fen(0), standing: 'settled' }));
    expect(zero).toMatchObject({ remainingFen: 38620, standing: 'unknown' });
  });

  it('that agrees leaves the trust where it was', () => {
    expect(taken([bill()], labels({}))).toMatchObject({ source: 'responses', doubts: [] });
  });

  it('is doubted no more once the more trusted reader is heard again', () => {
    const doubted = taken([bill()], labels({ remainingFen: fen(0), standing: 'settled' }));
    const open = taken([doubted], { remainingFen: fen(100) });
    expect(open).toMatchObject({ remainingFen: 100, standing: 'open', source: 'responses', doubts: [] });
    const paid = taken([doubted], { remainingFen: fen(0), standing: 'settled' });
    expect(paid).toMatchObject({ remainingFen: 0, standing: 'settled', doubts: [] });
  });

  it('stays doubted where the next reading says nothing of it', () => {
    const amount = taken([bill()], labels({ remainingFen: fen(100) }));
    expect(taken([amount], labels({ remainingFen: null })).doubts).toEqual(amount.doubts);
    const standing = taken([bill()], labels({ remainingFen: null, standing: 'settled' }));
    expect(taken([standing], labels({ remainingFen: null, standing: 'unknown' })).doubts).toEqual(standing.doubts);
  });

  it('of the same trust settles as it always did', () => {
    const known = bill({ source: 'labels' });
    expect(taken([known], labels({ remainingFen: fen(0), standing: 'settled' })).standing).toBe('settled');
  });
});

describe('a total that is read as nothing', () => {
  const sum = bill({ key: 'sum:baitiao', dueDay: null, statementDay: null, remainingFen: fen(118620) });

  it('settles the known total, and one that was missing before', () => {
    for (const known of [sum, { ...sum, standing: 'unknown' as const, missingSince: READ_AT }]) {
      const read = taken([known], null);
      expect(read).toMatchObject({ standing: 'settled', remainingFen: 0 });
      expect(read.missingSince).toBeUndefined();
    }
  });

  it('settles no total where only a part of it was covered, and no single bill', () => {
    const seat = { siteId: SITE, account: 'default', now: LATER };
    expect(reconcile([sum], billsReading([], ['issued']), seat).bills[0]).toMatchObject({ standing: 'unknown' });
    expect(taken([bill()], null)).toMatchObject({ standing: 'unknown', remainingFen: 38620 });
  });
});

describe('a key that is the same in every month', () => {
  const dayless = { key: 'current', dueDay: null, statementDay: null };
  const october = at('2026-10-10 09:00');

  it.each(['current', 'issued', 'unissued', 'loan', 'current:2', 'sum:baitiao', 'taught:1', 'due:2026-09-14'])(
    '%s is no key of the site',
    (key) => expect(isSiteKey(key)).toBe(false),
  );

  it.each(['current', 'issued', 'unissued', 'loan', 'taught:1', 'sum:baitiao'])(
    'the mark of September does not silence October: %s',
    (key) => {
      for (const owner of [{ paidAt: READ_AT }, { mutedAt: READ_AT }]) {
        const known = bill({ ...dayless, key, owner, readAt: october - 86_400_000 });
        const read = taken([known], { ...dayless, key, remainingFen: fen(500) }, october);
        expect(read).toMatchObject({ id: `${known.id}@2026-10`, key, owner: {}, owedSince: october });
        expect(isWatched(read)).toBe(true);
      }
    },
  );

  it('another statement day is another bill, a near one the same', () => {
    const known = bill({ key: 'current' });
    expect(taken([known], { key: 'current', statementDay: day('2026-10-05') }, october).id).not.toBe(known.id);
    expect(taken([known], { key: 'current', statementDay: day('2026-09-06') }).id).toBe(known.id);
  });

  it('read again within the month it is the one bill, paid by its owner or not', () => {
    expect(taken([bill(dayless)], { ...dayless, remainingFen: fen(100) }).id).toBe(bill(dayless).id);
    const paid = bill({ ...dayless, owner: { paidAt: READ_AT } });
    expect(taken([paid], dayless).owner).toEqual(paid.owner);
    expect(taken([paid], { ...dayless, remainingFen: fen(100) }).owner).toEqual({});
  });

  it('the second month is found again under its own id', () => {
    const known = bill({ ...dayless, owner: { paidAt: READ_AT } });
    const second = taken([known], { ...dayless, remainingFen: fen(500) }, october);
    expect(taken([known, second], { ...dayless, remainingFen: fen(400) }, october + 1).id).toBe(second.id);
  });

  it('takes the key of the site once that is read', () => {
    expect(taken([bill({ key: 'current' })], { key: '1001' })).toMatchObject({
      id: bill({ key: 'current' }).id,
      key: '1001',
    });
  });

  it('is never told as paid off', () => {
    const reading = { ...billsReading([]), paidKeys: ['loan'] };
    const seat = { siteId: SITE, account: 'default', now: LATER };
    expect(reconcile([bill({ family: 'loan', key: 'loan' })], reading, seat).bills).toEqual([]);
  });
});

describe('a zero that is doubted', () => {
  const doubts = [
    {
      field: 'remainingFen' as const,
      values: [
        { source: 'responses' as const, value: 0 },
        { source: 'labels' as const, value: 38620 },
      ],
    },
  ];
  const zero = { remainingFen: fen(0), standing: 'settled' as const };

  it.each([[[]], [[bill()]]])('is watched with the larger amount', (known) => {
    const read = taken(known, { ...zero, doubts });
    expect(read).toMatchObject({ remainingFen: 38620, standing: 'open', doubts });
    expect(isWatched(read)).toBe(true);
  });

  it('is watched where only the standing is doubted', () => {
    const values = [
      { source: 'responses' as const, value: 'settled' },
      { source: 'labels' as const, value: 'open' },
    ];
    expect(isWatched(taken([], { ...zero, doubts: [{ field: 'standing', values }] }))).toBe(true);
  });

  it('settles once both agree', () => {
    expect(taken([taken([], { ...zero, doubts })], zero)).toMatchObject({ standing: 'settled', doubts: [] });
  });
});

describe('an id that a bill took along to another account', () => {
  it('is not given again', () => {
    const seat = {
      siteId: SITE,
      account: 'default',
      now: LATER,
      takenIds: new Set([`${SITE}/default/due:2026-09-14`]),
    };
    const [read] = reconcile([], billsReading([readBill({ key: 'due:2026-09-14' })]), seat).bills;
    expect(read!.id).toBe(`${SITE}/default/due:2026-09-14+`);
  });
});
