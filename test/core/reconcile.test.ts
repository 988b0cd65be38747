import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bill, isPaidDisputed, isWatched } from '../../src/core/bill.ts';
import { DAY_MS, HOUR_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import { FAMILIES, type ReadBill, SOURCES } from '../../src/core/reading.ts';
import { reconcile as reconciled } from '../../src/core/reconcile.ts';
import { at, bill, billsReading, day, READ_AT, readBill, SITE } from './made-up.ts';

const LATER = at('2026-09-12 09:00');
const seat = { siteId: SITE, account: 'default', now: LATER };
const reconcile = (...given: Parameters<typeof reconciled>): readonly Bill[] => reconciled(...given).bills;
const only = (bills: readonly Bill[]): Bill => {
  expect(bills).toHaveLength(1);
  return bills[0]!;
};

describe('the owner and the page', () => {
  it('a reading never overwrites what the owner said', () => {
    const owner = { paidAt: READ_AT, mutedAt: READ_AT, snoozedAt: READ_AT, snoozedUntil: LATER, note: '妈妈的卡' };
    expect(
      only(reconcile([bill({ owner })], billsReading([readBill({ remainingFen: 1 as Fen })]), seat)).owner,
    ).toEqual(owner);
  });

  it('paid by the owner and still owed on the page is said, not resolved', () => {
    const after = only(reconcile([bill({ owner: { paidAt: READ_AT } })], billsReading([readBill()]), seat));
    expect(isPaidDisputed(after)).toBe(true);
    expect(isWatched(after)).toBe(false);
  });

  it.each<[string, Partial<Bill>, Partial<ReadBill>]>([
    ['more than was paid', {}, { remainingFen: 99_900 as Fen }],
    ['what was settled is owed again', { remainingFen: 0 as Fen, standing: 'settled' }, {}],
    [
      'what was settled is open again, with an amount that is hidden',
      { remainingFen: 0 as Fen, standing: 'settled' },
      { remainingFen: null, standing: 'open' },
    ],
  ])('%s: another debt, which that mark does not silence', (_what, known, seen) => {
    const owner = { paidAt: READ_AT, note: '妈妈的卡' };
    const after = only(reconcile([bill({ ...known, owner })], billsReading([readBill(seen)]), seat));
    expect(isWatched(after)).toBe(true);
    expect(after).toMatchObject({ owner: { note: '妈妈的卡' }, owedSince: LATER });
    expect(after.owner.paidAt).toBeUndefined();
  });

  it('more by a reader that is trusted less is only doubted: the mark stays', () => {
    const seen = readBill({ remainingFen: 99_900 as Fen, source: 'labels' });
    const after = only(reconcile([bill({ owner: { paidAt: READ_AT } })], billsReading([seen]), seat));
    expect(after.owner.paidAt).toBe(READ_AT);
  });

  describe('what stood there when it was paid', () => {
    const amount = (yuan: number, part: Partial<ReadBill> = {}): ReadBill =>
      readBill({ remainingFen: (yuan * 100) as Fen, totalFen: null, minimumFen: null, ...part });
    const paid = bill({ ...amount(100), owner: { paidAt: LATER } });
    const reread = (...seen: ReadBill[]): Bill =>
      seen.reduce<Bill>((row, each, hour) => {
        const now = LATER + (hour + 1) * HOUR_MS;
        return only(reconcile([row], billsReading([each]), { ...seat, now }));
      }, paid);

    it.each<[string, ReadBill[]]>([
      ['a part of it, and all of it again', [amount(50), amount(100), amount(50), amount(100)]],
      ['less by a reader that is trusted less, and what it was', [amount(90, { source: 'labels' }), amount(100)]],
      ['an amount that is hidden, and what it was', [amount(50), readBill({ remainingFen: null }), amount(100)]],
    ])('is no more than that: %s', (_what, seen) => {
      expect(reread(...seen).owner.paidAt).toBe(LATER);
    });

    it.each<[string, ReadBill[]]>([
      ['doubted at first', [amount(150, { source: 'labels' }), amount(150)]],
      ['after less', [amount(50), amount(101)]],
    ])('and more: %s', (_what, seen) => {
      expect(isWatched(reread(...seen))).toBe(true);
    });

    it('less, and then more of that, is still the bill that was paid, and has grown', () => {
      expect(reread(amount(20), amount(60))).toMatchObject({
        owner: { paidAt: LATER },
        grewAt: LATER + 2 * HOUR_MS,
      });
      expect(reread(amount(20), amount(60, { source: 'labels' })).grewAt).toBeUndefined();
    });

    describe('before it was issued', () => {
      const next = { dueDay: day('2026-10-14'), statementDay: day('2026-10-05') };
      const early = bill({
        ...amount(100, { ...next, family: 'unissued', key: `statement:${next.statementDay}`, dueDayIs: 'estimated' }),
        owner: { paidAt: LATER },
      });
      const then = (now: number, ...seen: ReadBill[]): Bill =>
        seen.reduce<Bill>((row, each) => only(reconcile([row], billsReading([each]), { ...seat, now })), early);
      const issued = (yuan: number, part: Partial<ReadBill> = {}) => amount(yuan, { ...next, key: 'k10', ...part });
      const ISSUED_AT = at('2026-10-06 10:00');

      it.each([100, 80])('what its bill then says is owed was bought since: %i', (yuan) => {
        const after = then(ISSUED_AT, issued(yuan));
        expect(isWatched(after)).toBe(true);
        expect(after.owedSince).toBe(ISSUED_AT);
      });

      it.each<[string, number, ReadBill[]]>([
        ['while it is not issued', ISSUED_AT, [amount(80, { ...next, family: 'unissued' })]],
        ['where nothing is left', ISSUED_AT, [issued(0, { standing: 'settled' })]],
        ['where no amount is told', ISSUED_AT, [readBill({ ...issued(1), remainingFen: null, standing: 'unknown' })]],
        ['by a reader that is trusted less', ISSUED_AT, [issued(80, { source: 'labels' })]],
        ['within the hours that a payment may take', LATER + 11 * HOUR_MS, [issued(80)]],
      ])('but the mark stays %s', (_what, now, seen) => {
        expect(then(now, ...seen).owner.paidAt).toBe(LATER);
      });

      it('until one that is sure of it says so', () => {
        expect(isWatched(then(ISSUED_AT, issued(80, { source: 'labels' }), issued(80)))).toBe(true);
      });
    });

    it('what two readers said of it counts, whichever was right', () => {
      const doubted = only(reconcile([bill(amount(100))], billsReading([amount(150, { source: 'labels' })]), seat));
      const marked = { ...doubted, owner: { paidAt: LATER + 1 } };
      const first = only(reconcile([marked], billsReading([amount(100)]), { ...seat, now: LATER + 2 }));
      const second = only(reconcile([first], billsReading([amount(150)]), { ...seat, now: LATER + 3 }));
      expect(second.owner.paidAt).toBe(LATER + 1);
    });

    it('a later mark is of what stands there then', () => {
      const more = reread(amount(150));
      const marked = { ...more, owner: { paidAt: more.readAt + 1 } };
      const less = only(reconcile([marked], billsReading([amount(100)]), { ...seat, now: marked.readAt + HOUR_MS }));
      const again = only(reconcile([less], billsReading([amount(150)]), { ...seat, now: less.readAt + HOUR_MS }));
      expect(again.owner.paidAt).toBe(marked.owner.paidAt);
    });
  });

  it('a due day that has passed does not make a bill paid', () => {
    const after = only(reconcile([bill()], billsReading([readBill()]), { ...seat, now: at('2026-10-20 09:00') }));
    expect(after).toMatchObject({ standing: 'open', remainingFen: 38620 });
  });
});

describe('a bill that is no longer listed', () => {
  it.each(FAMILIES)('in a covered family becomes unknown and stays watched: %s', (family) => {
    const after = only(reconcile([bill({ family })], billsReading([], [family]), seat));
    expect(after).toMatchObject({ standing: 'unknown', missingSince: LATER, remainingFen: 38620 });
    expect(isWatched(after)).toBe(true);
  });

  it('in a family that was not covered is left alone', () => {
    expect(reconcile([bill({ family: 'issued' })], billsReading([], ['unissued', 'loan']), seat)).toEqual([]);
  });

  it('typed by hand or brought from a file is not the page to lose', () => {
    expect(
      reconcile([bill({ source: 'hand' }), bill({ key: 'k2', source: 'file' })], billsReading([], [...FAMILIES]), seat),
    ).toEqual([]);
  });

  it('is not said to be missing twice, and comes back when it is listed again', () => {
    const missing = only(reconcile([bill()], billsReading([], ['issued']), seat));
    expect(reconcile([missing], billsReading([], ['issued']), { ...seat, now: LATER + 1 })).toEqual([]);
    const back = only(reconcile([missing], billsReading([readBill()]), { ...seat, now: LATER + 2 }));
    expect(back.missingSince).toBeUndefined();
    expect(back).toMatchObject({ standing: 'open', owedSince: READ_AT });
  });
});

describe('one bill under two keys', () => {
  const labels = readBill({
    key: 'due:2026-09-14',
    statementDay: null,
    totalFen: null,
    minimumFen: null,
    source: 'labels',
  });

  it('labels first, then the site: one bill, with the site key and the same id', () => {
    const first = only(reconcile([], billsReading([labels]), seat));
    const second = only(reconcile([first], billsReading([readBill()], ['issued']), seat));
    expect(second).toMatchObject({ id: first.id, key: 'k1', source: 'responses', statementDay: '2026-09-05' });
    expect(only(reconcile([second], billsReading([readBill()], ['issued']), seat)).id).toBe(first.id);
  });

  it('the site first, then labels: one bill that loses nothing', () => {
    const after = only(reconcile([bill()], billsReading([labels], ['issued']), seat));
    expect(after).toMatchObject({
      id: bill().id,
      key: 'k1',
      source: 'responses',
      statementDay: '2026-09-05',
      totalFen: 40000,
      minimumFen: 4000,
    });
  });

  it('two loans that are due on one day stay two', () => {
    const known = bill({ family: 'loan', key: 'plan:a' });
    const after = reconcile([known], billsReading([readBill({ family: 'loan', key: 'plan:b' })]), seat);
    expect(only(after).id).not.toBe(known.id);
  });

  it('a bill without a key does not take the row of one that the same reading names by key', () => {
    const keyless = { ...labels, dueDay: day('2026-09-14'), statementDay: null };
    const after = reconcile([bill()], billsReading([keyless, readBill({ dueDay: null })]), seat);
    expect(after.find((each) => each.key === 'k1')).toMatchObject({ id: bill().id, dueDay: '2026-09-14' });
    expect(new Set(after.map((each) => each.id)).size).toBe(2);
  });

  it('an id made from a day is not given again after its bill got a key of its own', () => {
    const rekeyed = bill({
      id: `${SITE}/default/due:2026-09-14`,
      key: 'k1',
      dueDay: day('2026-09-15'),
      statementDay: null,
    });
    const after = only(reconcile([rekeyed], billsReading([{ ...labels, family: 'issued' }]), seat));
    expect(after.id).not.toBe(rekeyed.id);
  });

  it('two bills of one reading are never poured into one', () => {
    const after = reconcile(
      [bill({ key: 'due:2026-09-14' })],
      billsReading([readBill({ key: 'k1' }), readBill({ key: 'k2' })]),
      seat,
    );
    expect(new Set(after.map((each) => each.id)).size).toBe(2);
  });

  // FC_SEED=-656591438 of the law "taken twice".
  it('two bills of one statement day keep their places, and with them the owner’s words', () => {
    const due = day('2026-09-15');
    const dayless = readBill({ key: 'current', dueDay: null, statementDay: due, remainingFen: 100 as Fen });
    const reading = billsReading([dayless, readBill({ key: 'due:2026-09-14', dueDay: due, statementDay: due })]);
    const known = [
      bill({ key: 'k1', dueDay: due, statementDay: null, owner: { note: '妈妈的卡' } }),
      bill({ key: 'statement:2026-09-05', dueDay: null, statementDay: due }),
    ];
    const once = reconcile(known, reading, seat);
    const twice = reconcile([...once].reverse(), reading, { ...seat, now: LATER + 1 });
    const amounts = (bills: readonly Bill[]) => bills.map(({ id, remainingFen }) => [id, remainingFen]).sort();
    expect(amounts(twice)).toEqual(amounts(once));
  });
});

describe('a field that this reading does not know', () => {
  it('keeps its former value', () => {
    const blank = readBill({
      dueDay: null,
      statementDay: null,
      totalFen: null,
      remainingFen: null,
      minimumFen: null,
      standing: 'unknown',
      source: 'labels',
    });
    const after = only(reconcile([bill({ overdueFeeFen: 7 as Fen })], billsReading([blank]), seat));
    const { dueDay, statementDay, totalFen, remainingFen, minimumFen, overdueFeeFen, standing, source } = after;
    expect({ dueDay, statementDay, totalFen, remainingFen, minimumFen, overdueFeeFen, standing, source }).toEqual({
      dueDay: '2026-09-14',
      statementDay: '2026-09-05',
      totalFen: 40000,
      remainingFen: 38620,
      minimumFen: 4000,
      overdueFeeFen: 7,
      standing: 'open',
      source: 'responses',
    });
  });

  it('an estimated day never replaces a stated one, a stated one always replaces an estimate', () => {
    const estimate = readBill({ dueDay: day('2026-09-16'), dueDayIs: 'estimated' });
    expect(only(reconcile([bill()], billsReading([estimate]), seat))).toMatchObject({
      dueDay: '2026-09-14',
      dueDayIs: 'stated',
    });
    const estimated = bill({ dueDay: day('2026-09-16'), dueDayIs: 'estimated' });
    expect(only(reconcile([estimated], billsReading([readBill()]), seat))).toMatchObject({
      dueDay: '2026-09-14',
      dueDayIs: 'stated',
    });
  });

  it('a zero that the page now calls open without an amount is unknown, not zero', () => {
    const zero = bill({ remainingFen: 0 as Fen, standing: 'settled' });
    const after = only(reconcile([zero], billsReading([readBill({ remainingFen: null })]), seat));
    expect(after.remainingFen).toBeNull();
    expect(isWatched(after)).toBe(true);
  });
});

describe('a total', () => {
  const sum = { key: 'sum:issued', dueDay: null, statementDay: null };

  it('is dropped once the bills that it adds up are known, and kept while they are not', () => {
    const after = reconciled([bill(sum)], billsReading([readBill()]), seat);
    expect(after.goneIds).toEqual([bill(sum).id]);
    expect(reconciled([], billsReading([readBill(sum)]), seat).bills).toHaveLength(1);
    expect(reconciled([bill()], billsReading([readBill(sum)]), seat)).toEqual({ bills: [], goneIds: [] });
  });

  it('is not explained by a loan, nor by a bill that is settled', () => {
    const loan = readBill({ family: 'loan', key: 'plan-1' });
    const settled = readBill({ key: 'k0', remainingFen: 0 as Fen, standing: 'settled' });
    expect(reconciled([bill(sum)], billsReading([loan, settled]), seat).goneIds).toEqual([]);
  });

  it('what the owner wrote beside a total goes on beside the bill that explains it, or the total stays', () => {
    const words = { note: '工资卡', statement: '没有收到短信', statementAt: READ_AT };
    const total = bill({ ...sum, id: 'made-up/default/sum:issued', owner: { ...words, paidAt: READ_AT } });
    const after = reconciled([total], billsReading([readBill()]), seat);
    expect(after.goneIds).toEqual([total.id]);
    expect(only(after.bills).owner).toEqual(words);
    const noted = reconciled([total, bill({ owner: { note: '妈妈的卡' } })], billsReading([readBill()]), seat);
    expect(only(noted.bills).owner).toEqual({ ...words, note: '妈妈的卡\n工资卡' });
    const told = reconciled([total, bill({ owner: { statement: 's' } })], billsReading([readBill()]), seat);
    expect([told.goneIds, only(told.bills).owner]).toEqual([[], { statement: 's' }]);
    const elsewhere = reconciled([total, bill()], billsReading([]), seat);
    expect(elsewhere.goneIds).toEqual([]);
    expect(reconciled([{ ...total, owner: {} }, bill()], billsReading([]), seat).goneIds).toEqual([total.id]);
  });
});

describe('a debt that the page lists as paid off', () => {
  it('settles, and one that it does not name stays', () => {
    const reading = { ...billsReading([]), paidKeys: ['k1'] };
    const after = only(reconcile([bill(), bill({ key: 'k2' })], reading, seat));
    expect(after).toMatchObject({ key: 'k1', standing: 'settled', remainingFen: 0 });
    expect(isWatched(after)).toBe(false);
  });
});

describe('since when a bill is owed', () => {
  it('starts again when the day moves, and when a zero is owed again', () => {
    expect(only(reconcile([bill()], billsReading([readBill({ dueDay: day('2026-09-20') })]), seat)).owedSince).toBe(
      LATER,
    );
    expect(
      only(reconcile([bill({ remainingFen: 0 as Fen, standing: 'settled' })], billsReading([readBill()]), seat))
        .owedSince,
    ).toBe(LATER);
  });

  it('is not moved by reading the same bill again, or one that stays paid', () => {
    expect(only(reconcile([bill()], billsReading([readBill()]), seat)).owedSince).toBe(READ_AT);
    const zero = { remainingFen: 0 as Fen, standing: 'settled' as const };
    expect(only(reconcile([bill(zero)], billsReading([readBill(zero)]), seat)).owedSince).toBe(READ_AT);
  });

  it('does not stay in a future that a wrong clock wrote', () => {
    expect(
      only(reconcile([bill({ owedSince: at('2027-09-10 12:00') })], billsReading([readBill()]), seat)).owedSince,
    ).toBe(LATER);
  });

  it('nor does a mark of payment, which would outdo every reading until then', () => {
    const paid = bill({ owner: { paidAt: at('2036-09-10 12:00'), note: 'n' } });
    const read = only(reconcile([paid], billsReading([readBill()]), seat));
    expect(read.owner).toEqual({ paidAt: LATER, note: 'n' });
    const again = only(reconcile([read], billsReading([readBill()]), { ...seat, now: LATER + DAY_MS }));
    expect(isPaidDisputed(again)).toBe(true);
    expect(again.owner.paidAt).toBe(LATER);
  });
});

describe('any reading', () => {
  const days = fc.option(fc.constantFrom('2026-09-14', '2026-09-15', '2026-10-14').map(day), { nil: null });
  const amounts = fc.option(fc.constantFrom(0, 1, 38620) as fc.Arbitrary<Fen>, { nil: null });
  const seen: fc.Arbitrary<ReadBill> = fc.record({
    family: fc.constantFrom(...FAMILIES),
    key: fc.constantFrom('k1', 'k2', 'due:2026-09-14', 'statement:2026-09-05', 'current'),
    title: fc.constantFrom('九月账单', '分期'),
    dueDay: days,
    dueDayIs: fc.constantFrom('stated' as const, 'estimated' as const),
    statementDay: days,
    totalFen: amounts,
    remainingFen: amounts,
    minimumFen: amounts,
    overdueFeeFen: amounts,
    standing: fc.constantFrom('open' as const, 'settled' as const, 'unknown' as const),
    doubts: fc.constant([]),
    source: fc.constantFrom(...SOURCES),
  });
  const readings = fc
    .record({
      bills: fc.uniqueArray(seen, { maxLength: 3, selector: (each) => each.key }),
      covered: fc.subarray([...FAMILIES]),
    })
    .map(({ bills, covered }) => billsReading(bills, covered));
  const into = (existing: readonly Bill[], written: readonly Bill[]): Bill[] => [
    ...new Map([...existing, ...written].map((each) => [each.id, each])).values(),
  ];

  it('taken twice changes nothing but when it was read', () => {
    fc.assert(
      fc.property(readings, readings, (before, reading) => {
        const known = into([], reconcile([], before, { ...seat, now: READ_AT }));
        const once = into(known, reconcile(known, reading, seat));
        const twice = into(once, reconcile(once, reading, { ...seat, now: LATER + 60_000 }));
        const timeless = (bills: readonly Bill[]) => bills.map(({ readAt: _, ...rest }) => rest);
        expect(timeless(twice)).toEqual(timeless(once));
      }),
      { numRuns: 2000 },
    );
  });

  it('loses no bill, and ends none that it does not name', () => {
    fc.assert(
      fc.property(readings, readings, (before, reading) => {
        const known = into([], reconcile([], before, { ...seat, now: READ_AT }));
        const { bills, goneIds } = reconciled(known, reading, seat);
        const after = into(known, bills).filter(({ id }) => !goneIds.includes(id));
        for (const each of known) {
          const now = after.find((other) => other.id === each.id);
          if (!now) {
            // It became known under its own key: that one is asked for in its stead.
            const { key, remainingFen } = each;
            expect(key).toBe('current');
            expect(after.some((other) => isWatched(other) && other.remainingFen === remainingFen)).toBe(true);
            continue;
          }
          const isNamed = now.readAt === LATER;
          if (!isNamed && isWatched(each)) expect(isWatched(now)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a key that the site gives to next month’s bill too', () => {
  it('has next month’s day, though it is estimated and this month’s was stated', () => {
    const next = readBill({ dueDay: day('2026-10-14'), dueDayIs: 'estimated', statementDay: day('2026-10-05') });
    const after = only(reconcile([bill({ owner: { paidAt: READ_AT } })], billsReading([next]), seat));
    expect(after).toMatchObject({ dueDay: '2026-10-14', dueDayIs: 'estimated', owner: {} });
  });

  const october = { dueDay: day('2026-10-14'), statementDay: day('2026-10-05') };
  const read = { ...seat, now: at('2026-10-06 10:00') };
  const words = { paidAt: LATER, mutedAt: LATER, hiddenAt: LATER, snoozedAt: LATER, snoozedUntil: LATER };

  it('takes along no word that silenced this month’s', () => {
    const known = bill({ owner: { ...words, note: '妈妈的卡' } });
    const after = only(reconcile([known], billsReading([readBill(october)], ['issued']), read));
    expect(after).toMatchObject({ dueDay: '2026-10-14', owedSince: read.now, owner: { note: '妈妈的卡' } });
    expect(isWatched(after)).toBe(true);
  });

  it('takes along no zero either', () => {
    const known = bill({ remainingFen: 0 as Fen, standing: 'settled' });
    const seen = readBill({ ...october, remainingFen: null, standing: 'unknown' });
    const after = only(reconcile([known], billsReading([seen], ['issued']), read));
    expect(after).toMatchObject({ remainingFen: null, standing: 'unknown', statementDay: '2026-10-05' });
  });

  it.each([
    ['2026-10-04', words],
    ['2026-10-05', {}],
  ])('a day that moves by 20 days keeps the owner’s word, one that moves by more does not: %s', (dueDay, owner) => {
    const moved = readBill({ dueDay: day(dueDay) });
    const after = only(reconcile([bill({ owner: words })], billsReading([moved], ['issued']), seat));
    expect(after.owner).toEqual(owner);
  });
});

it('a mute from a clock that ran ahead silences no later month under the same words', () => {
  const seen = readBill({ key: 'current', dueDay: null, statementDay: null });
  let bills: readonly Bill[] = [bill({ ...seen, owner: { mutedAt: at('2036-09-11 12:00') } })];
  for (const now of ['2026-09-12', '2026-09-28', '2026-10-10']) {
    const read = reconcile(bills, billsReading([seen], ['issued']), { ...seat, now: at(`${now} 10:00`) });
    bills = [...bills.filter(({ id }) => !read.some((each) => each.id === id)), ...read];
  }
  expect(bills.filter(isWatched)).toHaveLength(1);
});
