/** Bills that were read while nobody was shown go home at a reading: no bill falls silent by another's mark, nor many at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeReading } from '../../src/app/take-reading.ts';
import { type Bill, isWatched, type OwnerMarks } from '../../src/core/bill.ts';
import { HOUR_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { ReadBill, Reading } from '../../src/core/reading.ts';
import { isUnusual } from '../../src/core/record/failsafe.ts';
import { state } from '../contracts/store-contract.ts';
import { at, bill, day, READ_AT, readBill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const NOW = at('2026-09-12 09:00');
const ids = { next: () => 'id', hash: async (text: string) => `of-${text.split('|').at(-1)}` };
const LONG = ['900000000000000101', '900000000000000102', '900000000000000103', '900000000000000104'];
const MUTED: OwnerMarks = { mutedAt: READ_AT };
const PAID: OwnerMarks = { paidAt: READ_AT };

const of = (account: string, key: string, part: Partial<Bill> = {}): Bill =>
  bill({ key, account, id: `made-up/${account}/${key}`, ...part });
const stray = (key: string, part: Partial<Bill> = {}) => of('default', key, part);
const own = (key: string, part: Partial<Bill> = {}) => of('of-甲', key, part);

const nobody = state();

async function taken(
  before: readonly Bill[],
  bills: readonly ReadBill[],
  part: Partial<Extract<Reading, { kind: 'bills' }>> = {},
) {
  const store = memoryStore();
  for (const account of new Set(before.map((each) => each.account)))
    await store.takeReading('made-up', account, () => ({
      bills: before.filter((each) => each.account === account),
      state: { ...nobody, account },
    }));
  const reading: Reading = { kind: 'bills', bills, covered: [], accountMarker: '甲', ...part };
  await takeReading({ clock: { now: () => NOW }, store, ids }, 'made-up', reading);
  return store.allBills();
}
const asking = (bills: readonly Bill[]): string[] =>
  bills
    .filter(isWatched)
    .map(({ account, key }) => `${account} ${key}`)
    .sort();

describe('a bill that nobody was shown with', () => {
  const whole = { covered: ['loan'] } as const;

  it('goes to none of two that are alike: its mark may be the other’s', async () => {
    const loan = { family: 'loan', statementDay: null } as const;
    const strays = [stray('loan:2026-09-14', loan), stray('loan:2026-09-14:2', { ...loan, owner: MUTED })];
    const bills = await taken([...strays, own(LONG[0]!, loan)], [readBill({ ...loan, key: LONG[0]! })], whole);
    expect(asking(bills)).toEqual(['default loan:2026-09-14', `of-甲 ${LONG[0]}`]);
    expect(bills).toHaveLength(3);
  });

  it('nor to either of two that the page lists alike', async () => {
    const loan = { family: 'loan', statementDay: null } as const;
    const listed = [readBill({ ...loan, key: LONG[0]! }), readBill({ ...loan, key: LONG[1]! })];
    const before = [
      stray('loan:2026-09-14', { ...loan, owner: PAID }),
      ...LONG.slice(0, 2).map((key) => own(key, loan)),
    ];
    expect(asking(await taken(before, listed, whole))).toEqual([`of-甲 ${LONG[0]}`, `of-甲 ${LONG[1]}`]);
  });

  it('of a loan goes to one of this day and amount only where all are listed', async () => {
    const loan = { family: 'loan', statementDay: null } as const;
    const before = [stray('loan:2026-09-14', { ...loan, owner: MUTED }), own(LONG[0]!, loan)];
    const listed = [readBill({ ...loan, key: LONG[0]! })];
    expect(asking(await taken(before, listed))).toEqual([`of-甲 ${LONG[0]}`]);
    expect(await taken(before, listed, whole)).toMatchObject([{ account: 'of-甲', owner: MUTED }]);
  });

  it('leaves its mark on no other month’s bill of the same placeholder', async () => {
    const august = own('current', { dueDay: day('2026-08-14'), statementDay: day('2026-08-05') });
    const bills = await taken(
      [august, stray('due:2026-09-14', { owner: MUTED })],
      [readBill({ key: 'current', standing: 'open' })],
    );
    const asks = bills.filter(isWatched).map(({ dueDay }) => dueDay);
    expect(asks).toContain('2026-08-14');
  });

  it('by a short key is another’s, unless day and amount are the same', async () => {
    const other = { dueDay: day('2026-09-20'), remainingFen: 100 as Fen };
    const [muted, asks] = [stray('3', { ...other, owner: MUTED }), stray('3', other)];
    expect(asking(await taken([muted, own('3')], [readBill({ key: '3' })]))).toEqual(['of-甲 3']);
    expect(asking(await taken([muted], [readBill({ key: '3' })]))).toEqual(['of-甲 3']);
    expect(asking(await taken([asks], [readBill({ key: '3', remainingFen: 0 as Fen, standing: 'settled' })]))).toEqual([
      'default 3',
    ]);
    expect(asking(await taken([asks], [], { paidKeys: ['3'] }))).toEqual(['default 3']);
    expect(await taken([stray('3', { owner: MUTED }), own('3')], [readBill({ key: '3' })])).toMatchObject([
      { account: 'of-甲', owner: MUTED },
    ]);
  });

  it('keeps what was written on both, and the earlier promise', async () => {
    const twin = own(LONG[0]!, { owedSince: READ_AT, owner: { note: 'of 甲' } });
    const before = [twin, stray(LONG[0]!, { owedSince: READ_AT - HOUR_MS, owner: { note: 'of nobody' } })];
    expect(await taken(before, [readBill({ key: LONG[0]! })])).toMatchObject([
      { id: twin.id, owedSince: READ_AT - HOUR_MS, owner: { note: 'of 甲\nof nobody' } },
    ]);
  });
});

it('what another tab reads of nobody meanwhile is not given to the person who is shown', async () => {
  const store = memoryStore();
  const take = (part: Partial<Extract<Reading, { kind: 'bills' }>>) =>
    takeReading({ clock: { now: () => NOW }, store, ids }, 'made-up', {
      ...{ kind: 'bills', bills: [], covered: [], accountMarker: null },
      ...part,
    });
  await take({ bills: [readBill({ key: LONG[0]! })] });
  const other = { title: '别人的', dueDay: day('2026-09-20'), remainingFen: 7 as Fen };
  // Between any two transactions of one reading the other tab's comes in.
  let isOther = true;
  const { rewriteBills } = store;
  store.rewriteBills = async (change) => {
    await rewriteBills(change);
    if (isOther)
      await store.takeReading('made-up', 'default', () => ({ bills: [stray(LONG[1]!, other)], state: nobody }));
    isOther = false;
  };
  await take({ bills: [readBill({ key: LONG[0]! })], covered: ['issued'], accountMarker: '甲' });
  const told = (await store.allBills()).map(({ key, account }) => `${account} ${key}`).sort();
  expect(told).toEqual([`default ${LONG[1]}`, `of-甲 ${LONG[0]}`]);
});

it('what the looks at nobody’s page left to expect is expected of the person who is shown', async () => {
  const store = memoryStore();
  const lastMonthly = { title: '九月', statementDay: null, dueDay: day('2026-09-14') };
  for (const each of [
    { ...nobody, lastMonthly },
    { ...nobody, account: 'of-甲' },
  ])
    await store.takeReading('made-up', each.account, () => ({ bills: [], state: each }));
  const reading: Reading = { kind: 'bills', bills: [], covered: ['loan'], accountMarker: '甲' };
  await takeReading({ clock: { now: () => NOW }, store, ids }, 'made-up', reading);
  expect(await store.siteStates()).toMatchObject([{ account: 'of-甲', lastMonthly }]);
});

describe('a page that shows nobody', () => {
  const unnamed = { accountMarker: null };
  const zero = { key: '3', remainingFen: 0 as Fen, standing: 'settled' } as const;

  it('settles nobody’s bill by a short key alone', async () => {
    expect(asking(await taken([own('3')], [], { ...unnamed, paidKeys: ['3'] }))).toEqual(['of-甲 3']);
    const another = readBill({ ...zero, dueDay: day('2026-09-20'), statementDay: day('2026-09-11') });
    expect(asking(await taken([own('3')], [another], unnamed))).toEqual(['of-甲 3']);
  });

  it('settles it by a long one, or by a short one with its day', async () => {
    expect(asking(await taken([own(LONG[0]!)], [], { ...unnamed, paidKeys: [LONG[0]!] }))).toEqual([]);
    expect(asking(await taken([own('3')], [readBill(zero)], unnamed))).toEqual([]);
  });
});

describe('marks of many bills at once', () => {
  const listed = LONG.map((key) => readBill({ key }));
  const all = (make: typeof own, owner: OwnerMarks, count = 4) =>
    LONG.map((key, index) => make(key, index < count ? { owner } : {}));

  it.each([
    ['paid', PAID],
    ['muted', MUTED],
    ['hidden', { hiddenAt: READ_AT }],
  ])('%s: silence no more than the share; each goes on asking', async (_, owner) => {
    const shown = LONG.map((key) => `of-甲 ${key}`);
    const bills = await taken([...all(stray, owner), ...all(own, {})], listed);
    expect(asking(bills)).toEqual(shown);
    expect(bills.filter((each) => !isWatched(each)).map(({ account }) => account)).toEqual(LONG.map(() => 'default'));
    expect(asking(await taken([...all(stray, {}), ...all(own, owner)], listed))).toEqual(
      LONG.map((key) => `default ${key}`),
    );
  });

  it('of two bills are the owner’s own word, and silence them', async () => {
    const bills = await taken([...all(stray, PAID, 2), ...all(own, {})], listed);
    expect(asking(bills)).toEqual(LONG.slice(2).map((key) => `of-甲 ${key}`));
    expect(bills).toHaveLength(4);
  });

  it('do not hold up what the page itself shows as paid', async () => {
    const zero = LONG.map((key) => readBill({ key, remainingFen: 0 as Fen, standing: 'settled' }));
    const before = [
      ...all(stray, {}),
      ...LONG.map((key) => own(key, { remainingFen: 0 as Fen, standing: 'settled', readAt: READ_AT + 1 })),
    ];
    expect(asking(await taken(before, zero))).toEqual([]);
    expect(await taken(before, zero)).toHaveLength(4);
  });
});

describe('whatever was read before', () => {
  const style = fc.constantFrom('none', 'long', 'short', 'day');
  const owner = fc.constantFrom<OwnerMarks>({}, {}, PAID, MUTED);
  const debt = fc.record({
    isLoan: fc.boolean(),
    isMine: fc.boolean(),
    loanDay: fc.constantFrom('14', '15'),
    fen: fc.constantFrom(100, 200),
    stray: style,
    strayOwner: owner,
    own: style,
    ownOwner: owner,
    listed: fc.constantFrom('no', 'open', 'zero', 'paid key'),
    listedAs: fc.constantFrom('long', 'short', 'day'),
  });

  it('no bill is silenced without a mark of its own debt or the page’s word, nor more than the share by marks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(debt, { maxLength: 10 }), fc.boolean(), async (given, isNamed) => {
        // Two people of whom no page ever shows a name are one account.
        const debts = given.filter(({ isMine }) => isMine || isNamed);
        const facts = debts.map((each, index) => {
          const dueDay = day(each.isLoan ? `2026-10-${each.loanDay}` : `2026-09-${10 + index}`);
          // Another person's bill of this day has another amount: by nothing else could they be told apart.
          const remainingFen = (each.fen + (each.isMine ? 0 : 1000)) as Fen;
          const keys: Record<string, string> = {
            long: `90000000000000${each.isMine ? 1 : 2}${String(index).padStart(3, '0')}`,
            // Counts that every person has.
            short: String(debts.slice(0, index).filter(({ isMine }) => isMine === each.isMine).length),
            day: each.isLoan ? `loan:${dueDay}:${index}` : `due:${dueDay}`,
          };
          const family = each.isLoan ? ('loan' as const) : ('issued' as const);
          return { ...each, keys, read: { title: `D${index}`, family, dueDay, statementDay: null, remainingFen } };
        });
        const before = new Map<string, Bill>();
        const hold = (each: Bill): void => void (before.has(each.id) || before.set(each.id, each));
        for (const each of facts) {
          if (each.stray !== 'none') hold(stray(each.keys[each.stray]!, { ...each.read, owner: each.strayOwner }));
          if (each.own !== 'none' && each.isMine)
            hold(own(each.keys[each.own]!, { ...each.read, owner: each.ownOwner }));
        }
        const mine = facts.filter(({ isMine }) => isMine);
        const listed = mine
          .filter((each) => each.listed === 'open' || each.listed === 'zero')
          .map((each) => {
            const zero = { remainingFen: 0 as Fen, standing: 'settled' as const };
            return readBill({ ...each.read, key: each.keys[each.listedAs]!, ...(each.listed === 'zero' && zero) });
          });
        const paidKeys = mine
          .filter((each) => each.listed === 'paid key' && each.listedAs !== 'day')
          .map((each) => each.keys[each.listedAs]!);
        const bills = await taken([...before.values()], listed, { paidKeys, accountMarker: isNamed ? '甲' : null });
        const asks = (some: Iterable<Bill>) => new Set([...some].filter(isWatched).map(({ title }) => title));
        const [was, is] = [asks(before.values()), asks(bills)];
        const isPaid = (title: string): boolean => {
          const { listed: told, isMine } = facts[Number(title.slice(1))]!;
          return isMine && (told === 'zero' || told === 'paid key');
        };
        const ended = [...was].filter((title) => !is.has(title) && !isPaid(title));
        const marked = (title: string): boolean =>
          [...before.values()].some((each) => each.title === title && Object.keys(each.owner).length > 0);
        expect(ended.filter((title) => !marked(title))).toEqual([]);
        expect(isUnusual(ended.length, [...before.values()].filter(isWatched).length)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
