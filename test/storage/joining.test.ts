/** A browser joins a vault whose bills turn out to be its own: what would silence many of them is asked first. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeReading } from '../../src/app/take-reading.ts';
import { type Bill, isWatched } from '../../src/core/bill.ts';
import { HOUR_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import { isUnusual } from '../../src/core/record/failsafe.ts';
import { NO_SYNC } from '../../src/core/sync-setting.ts';
import { actOf, entry, put, state } from '../contracts/store-contract.ts';
import { at, bill, billsReading, READ_AT } from '../core/made-up.ts';
import { type Browser, browser, send, wholeOf } from './replicas.ts';

const NOW = at('2026-09-12 09:00');

async function salted(salt: string): Promise<Browser> {
  const own = browser();
  await own.db.settings.put({ name: 'salt', value: salt });
  return own;
}

const of = (account: string, key: string, part: Partial<Bill> = {}): Bill =>
  bill({ key, account, id: `made-up/${account}/${key}`, ...part });
const has = ({ store }: Browser, account: string, bills: readonly Bill[]) =>
  store.takeReading('made-up', account, () => ({ bills, state: state({ account }) }));

const askingOf = async ({ store }: Browser): Promise<string[]> =>
  (await store.allBills())
    .filter(isWatched)
    .map(({ key }) => key)
    .sort();
const whatOf = async ({ replica }: Browser) =>
  (await replica.held()).map(({ billId, what }) => `${billId.split('/').at(-1)} ${what}`).sort();

const KEYS = ['J1', 'J2', 'J3', 'J4', 'J5'];
const SILENT: Readonly<Record<string, Partial<Bill>>> = {
  paid: { owner: { paidAt: READ_AT + 1 } },
  mute: { owner: { mutedAt: READ_AT + 1 } },
  settle: { remainingFen: 0 as Fen, standing: 'settled', readAt: READ_AT + HOUR_MS },
};

/** `a` made the vault and knows five bills as `part` says; `b` is reminded of the same five, and joins. */
async function joined(part: Partial<Bill>): Promise<[Browser, Browser]> {
  const [a, b] = [await salted('of-a'), await salted('of-b')];
  await has(
    a,
    'hash-a',
    KEYS.map((key) => of('hash-a', key, part)),
  );
  await has(
    b,
    'hash-b',
    KEYS.map((key) => of('hash-b', key)),
  );
  await b.replica.capture(NOW);
  await b.replica.adoptSalt('of-a');
  return [a, b];
}

describe('bills that the vault knows as', () => {
  it.each(Object.entries(SILENT))('%s: go on asking until the owner has spoken', async (what, part) => {
    const [a, b] = await joined(part);
    const { failsafe } = await send(a, b, NOW + 1);
    expect(await askingOf(b)).toEqual(KEYS);
    expect(failsafe?.map((would) => would.what)).toEqual(KEYS.map(() => what));
    expect(await whatOf(b)).toEqual(KEYS.map((key) => `${key} ${what}`));
    await send(a, b, NOW + 2);
    expect(await askingOf(b)).toEqual(KEYS);
    expect(await whatOf(b)).toHaveLength(5);
    expect((await b.store.allBills()).map(({ account }) => account)).toEqual(KEYS.map(() => 'hash-a'));
  });

  it.each(Object.entries(SILENT))('%s: apply is done wholly, and both agree', async (_, part) => {
    const [a, b] = await joined(part);
    await send(a, b, NOW + 1);
    await send(b, a, NOW + 2);
    expect(await askingOf(a)).toEqual([]);
    await b.replica.release('apply', NOW + 3);
    expect([await askingOf(b), await whatOf(b)]).toEqual([[], []]);
    await send(b, a, NOW + 4);
    await send(a, b, NOW + 5);
    expect([await askingOf(a), await askingOf(b)]).toEqual([[], []]);
    expect(await wholeOf(a)).toEqual(await wholeOf(b));
  });

  it.each(Object.entries(SILENT))('%s: refuse is written back, and never asked again', async (_, part) => {
    const [a, b] = await joined(part);
    await send(a, b, NOW + 1);
    await b.replica.release('refuse', NOW + 2);
    for (const now of [NOW + 3, NOW + 5]) {
      expect((await send(a, b, now)).failsafe).toBeNull();
      expect([await askingOf(b), await whatOf(b)]).toEqual([KEYS, []]);
      await send(b, a, now + 1);
      expect(await askingOf(a)).toEqual(KEYS);
    }
    expect(await wholeOf(a)).toEqual(await wholeOf(b));
  });
});

describe('while the join waits', () => {
  it('an evening’s payments become one without a question', async () => {
    const [a, b] = await joined({});
    for (const key of ['J1', 'J2'])
      await a.store.mark(actOf({ id: key, billId: `made-up/hash-a/${key}` }), () => ({ paidAt: NOW }));
    expect((await send(a, b, NOW + 1)).failsafe).toBeNull();
    expect(await askingOf(b)).toEqual(['J3', 'J4', 'J5']);
  });

  it('what both wrote, and what was acknowledged here, is kept by either word', async () => {
    for (const word of ['apply', 'refuse'] as const) {
      const [a, b] = await joined({ owner: { paidAt: READ_AT + 1, note: 'of a', statement: 'a', statementAt: NOW } });
      await b.store.mark(actOf({ id: 'w', billId: 'made-up/hash-b/J1' }), () => ({
        note: 'of b',
        statement: 'b',
        statementAt: NOW - 1,
      }));
      const [id, reminderId] = ['made-up/hash-b/J1|r|desktop|b', 'made-up/hash-b/J1|r'];
      await b.store.record([entry({ id, reminderId, billId: 'made-up/hash-b/J1', seen: 'acknowledged' })]);
      await send(a, b, NOW + 1);
      await b.replica.release(word, NOW + 2);
      await send(b, a, NOW + 3);
      for (const each of [a, b]) {
        expect((await each.store.bill('made-up/hash-a/J1'))?.owner).toEqual({
          note: 'of a\nof b',
          statement: 'a\nb',
          statementAt: NOW,
          ...(word === 'apply' && { paidAt: READ_AT + 1 }),
        });
        expect(await each.store.ledgerOf(['made-up/hash-a/J1'])).toMatchObject([{ seen: 'acknowledged' }]);
      }
    }
  });

  it('what the vault’s bills add does not hide how many of its own a browser loses', async () => {
    const [a, b] = await joined({ owner: { paidAt: READ_AT + 1 } });
    await has(
      a,
      'hash-a',
      Array.from({ length: 60 }, (_, index) => of('hash-a', `K${index}`)),
    );
    await send(a, b, NOW + 1);
    expect(await whatOf(b)).toHaveLength(5);
  });

  it('what goes by its own name in the same merge counts too', async () => {
    const [a, b] = await joined({});
    const [low, high] = [KEYS.slice(0, 3), ['D1', 'D2', 'D3']];
    const own = [...high, 'D4', 'D5'].map((key) => bill({ key, id: `made-up/default/${key}` }));
    await put(b.store, ...own);
    await put(a.store, ...own);
    for (const id of [...low.map((key) => `made-up/hash-a/${key}`), ...high.map((key) => `made-up/default/${key}`)])
      await a.store.mark(actOf({ id, billId: id }), () => ({ paidAt: NOW }));
    await send(a, b, NOW + 1);
    expect(await whatOf(b)).toEqual(low.map((key) => `${key} paid`));
    expect(await askingOf(b)).toEqual(['D4', 'D5', ...KEYS]);
  });

  it('a payment here is the owner’s own word, and no longer asked about', async () => {
    const [a, b] = await joined({ owner: { paidAt: READ_AT + 1 } });
    await send(a, b, NOW + 1);
    await b.store.mark(actOf({ id: 'p', billId: 'made-up/hash-a/J1' }), () => ({ paidAt: NOW + 2 }));
    await send(a, b, NOW + 3);
    expect(await whatOf(b)).toEqual(KEYS.slice(1).map((key) => `${key} paid`));
  });
});

describe('an account that only the page proves', () => {
  const ids = { next: () => 'id', hash: async (text: string) => `hash(${text})` };
  const days = ['2026-10-14', '2026-11-14', '2026-12-14', '2027-01-14'];
  const keyed = (salt: string, part: Partial<Bill> = {}) =>
    days.map((each) => of(`hash(${salt}|made-up|甲)`, `due:${each}`, { dueDay: each as Bill['dueDay'], ...part }));
  const shown = async (isInVault: boolean, muted = 4) => {
    const b = await salted('of-b');
    await has(b, 'hash(of-b|made-up|甲)', keyed('of-b'));
    await b.replica.adoptSalt('of-a');
    const twins = keyed('of-a').map((each, index) => (index < muted ? { ...each, owner: { mutedAt: NOW } } : each));
    await has(b, 'hash(of-a|made-up|甲)', twins);
    if (isInVault) await b.store.changeSync(() => ({ ...NO_SYNC, place: { kind: 'area' } }));
    const ports = { clock: { now: () => NOW }, store: b.store, ids, accounts: b.replica };
    await takeReading(ports, 'made-up', { ...billsReading([]), accountMarker: '甲' });
    return b;
  };

  it('in a vault: the bills ask on, and the owner is asked', async () => {
    const b = await shown(true);
    expect(await askingOf(b)).toEqual(days.map((each) => `due:${each}`));
    expect(await whatOf(b)).toEqual(days.map((each) => `due:${each} mute`));
    await b.replica.release('apply', NOW + 1);
    expect(await askingOf(b)).toEqual([]);
  });

  it('without one nobody is asked: they stay two, and the one that asks goes on', async () => {
    const b = await shown(false);
    expect(await askingOf(b)).toEqual(days.map((each) => `due:${each}`));
    expect(await whatOf(b)).toEqual([]);
    const all = await b.store.allBills();
    expect([...new Set(all.map(({ account }) => account))]).toEqual(['hash(of-a|made-up|甲)']);
    expect(all.filter(({ owner }) => owner.mutedAt !== undefined)).toHaveLength(4);
  });

  it('without one two marks are the owner’s own word', async () => {
    const b = await shown(false, 2);
    expect(await askingOf(b)).toEqual(days.slice(2).map((each) => `due:${each}`));
    expect(await b.store.allBills()).toHaveLength(4);
  });
});

describe('what was told and done of a bill that becomes one', () => {
  const [mine, twin] = ['made-up/hash-b/J1', 'made-up/hash-a/J1'];
  const told = (billId: string, part: Parameters<typeof entry>[0]) =>
    entry({ id: `${billId}|r|desktop|b`, reminderId: `${billId}|r`, noticeId: `${billId}|r`, billId, ...part });
  const one = async (before: Browser) => {
    await before.replica.adoptSalt('of-a');
    await has(before, 'hash-a', [of('hash-a', 'J1')]);
    await before.replica.rekey('made-up', 'hash-b', 'hash-a', NOW + 1);
  };

  it.each([
    ['here', 'acknowledged', 'unknown'],
    ['as the other', 'unknown', 'acknowledged'],
    ['on both', 'closed', 'clicked'],
  ] as const)('in one slot, heard %s: the stronger word stays', async (_, own, other) => {
    const b = await salted('of-b');
    await has(b, 'hash-b', [of('hash-b', 'J1')]);
    await b.store.record([told(mine, { seen: own, seenAt: NOW - 1 }), told(twin, { seen: other, seenAt: NOW })]);
    await one(b);
    expect(await b.store.ledgerOf([mine])).toEqual([]);
    const [seen, seenAt] = own === 'acknowledged' ? [own, NOW - 1] : [other, NOW];
    expect(await b.store.ledgerOf([twin])).toMatchObject([{ id: `${twin}|r|desktop|b`, seen, seenAt }]);
  });

  it('its notice on the screen keeps its name: a press on it is of the one bill', async () => {
    const b = await salted('of-b');
    await has(b, 'hash-b', [of('hash-b', 'J1')]);
    await b.store.record([told(mine, {})]);
    await one(b);
    expect(await b.store.recordSeen(`${mine}|r`, 'clicked', NOW + 2)).toMatchObject([{ billId: twin }]);
  });

  it('the owner’s acts go with it, and of two statements the later', async () => {
    const b = await salted('of-b');
    await has(b, 'hash-b', [of('hash-b', 'J1')]);
    await b.db.acts.bulkPut([
      actOf({ id: 'm', billId: mine, do: 'mute', at: NOW - 3 }),
      actOf({ id: `statement|${mine}`, billId: mine, do: 'statement', at: NOW - 2 }),
      actOf({ id: `statement|${twin}`, billId: twin, do: 'statement', at: NOW - 1 }),
    ]);
    await one(b);
    expect(await b.store.actsOf(mine)).toEqual([]);
    expect(await b.store.actsOf(twin)).toMatchObject([
      { id: 'm', at: NOW - 3 },
      { id: `statement|${twin}`, at: NOW - 1 },
    ]);
  });
});

describe('whatever two histories join', () => {
  const standing = fc.constantFrom('none', 'open', 'newer', 'paid', 'mute', 'settle');
  const parts: Readonly<Record<string, Partial<Bill>>> = {
    ...SILENT,
    open: {},
    newer: { readAt: READ_AT + 2 * HOUR_MS },
  };
  /** How one debt stands here, how in the vault; and whether one name is common to both. */
  const debt = fc.record({ here: standing, there: standing, isShared: fc.boolean() });
  const debts = fc.array(debt, { maxLength: 14 });

  it('no merge ends more of the bills here than the share, unasked; an answer is kept', async () => {
    await fc.assert(
      fc.asyncProperty(debts, fc.constantFrom('apply', 'refuse'), async (all, word) => {
        const [a, b] = [await salted('of-a'), await salted('of-b')];
        const give = async (to: Browser, account: string, side: 'here' | 'there') => {
          const bills = (isShared: boolean, seat: string) =>
            all.flatMap((each, index) =>
              each.isShared !== isShared || each[side] === 'none' ? [] : [of(seat, `J${index}`, parts[each[side]])],
            );
          await has(to, account, bills(false, account));
          await put(to.store, ...bills(true, 'default'));
        };
        await give(a, 'hash-a', 'there');
        await give(b, 'hash-b', 'here');
        await b.replica.capture(NOW);
        await b.replica.adoptSalt('of-a');
        const before = await askingOf(b);
        await send(a, b, NOW + 1);
        const ended = async () => {
          const still = new Set(await askingOf(b));
          return before.filter((key) => !still.has(key));
        };
        expect(isUnusual((await ended()).length, before.length)).toBe(false);
        const asked = (await b.replica.held()).map(({ bill: { key } }) => key);
        const unasked = await ended();
        await send(b, a, NOW + 2);
        await send(a, b, NOW + 3);
        expect(await ended()).toEqual(unasked);
        await b.replica.release(word as 'apply' | 'refuse', NOW + 4);
        const kept = (await ended()).filter((key) => !unasked.includes(key)).sort();
        expect(kept).toEqual(word === 'apply' ? [...asked].sort() : []);
        for (const now of [NOW + 5, NOW + 7]) {
          await send(b, a, now);
          await send(a, b, now + 1);
          if (word === 'refuse') expect(await whatOf(b)).toEqual([]);
        }
        expect((await ended()).sort()).toEqual([...unasked, ...kept].sort());
        b.db.close();
        a.db.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe('a third account of the same person, of an earlier vault', () => {
  const tenKeys = Array.from({ length: 10 }, (_, index) => `K${index}`);
  const some = (account: string, keys: readonly string[], part: Partial<Bill> = {}) =>
    keys.map((key) => of(account, key, part));
  const third = async (keys: readonly string[], ofVault: readonly Bill[], paidBefore: readonly string[]) => {
    const [a, b] = [await salted('of-a'), await salted('of-b')];
    await has(a, 'hash-a', ofVault);
    await has(b, 'hash-b', some('hash-b', keys));
    await has(b, 'hash-c', some('hash-c', paidBefore, SILENT.paid));
    await b.replica.capture(NOW);
    await b.replica.adoptSalt('of-a');
    await b.db.settings.put({ name: 'formerAccounts', value: ['hash-b', 'hash-c'] });
    await send(a, b, NOW + 1);
    return b;
  };

  it('that paid them all: they go on asking, though none of them asked under the vault’s name', async () => {
    const b = await third(KEYS, some('hash-a', KEYS), KEYS);
    expect(await askingOf(b)).toEqual(KEYS);
    expect(await whatOf(b), 'two bills each: the silent one ends nothing').toEqual([]);
  });

  it('that paid a few: with those that the vault’s own account ends they are too many', async () => {
    const [k0, k1, k2, k3, ...rest] = tenKeys as [string, string, string, string];
    const ofVault = [...some('hash-a', [k0, k1], SILENT.paid), ...some('hash-a', [k2, k3, ...rest])];
    const b = await third(tenKeys, ofVault, [k2, k3]);
    expect(await askingOf(b)).toEqual([k2, k3, ...rest]);
  });

  it('while a question stands: not one is ended unasked', async () => {
    const [, b] = await joined({}).then(async ([a, joiner]) => {
      await has(a, 'hash-a', some('hash-a', KEYS, SILENT.paid));
      await send(a, joiner, NOW + 1);
      return [a, joiner] as const;
    });
    expect(await whatOf(b)).toHaveLength(5);
    await b.store.changeSync(() => ({ ...NO_SYNC, place: { kind: 'area' } }));
    await has(b, 'hash-e', some('hash-e', ['K1']));
    await has(b, 'hash-f', some('hash-f', ['K1'], SILENT.paid));
    await b.replica.rekey('made-up', 'hash-e', 'hash-f', NOW + 2);
    expect(await askingOf(b)).toEqual([...KEYS, 'K1'].sort());
  });
});

it('two accounts of before become two of the vault’s, whichever is proven first and whenever', async () => {
  const [a, b] = await joined({});
  await has(b, 'hash-c', [of('hash-c', 'K1'), of('hash-c', 'K2')]);
  await b.db.settings.put({ name: 'formerAccounts', value: ['hash-b', 'hash-c'] });
  await send(a, b, NOW + 1);
  expect(new Set((await b.store.allBills()).map(({ account }) => account))).toEqual(new Set(['hash-a', 'hash-c']));
  await has(a, 'hash-d', [of('hash-d', 'K1'), of('hash-d', 'K2')]);
  await send(a, b, NOW + 2);
  const accounts = (await b.store.allBills()).map(({ account }) => account);
  expect(accounts.sort()).toEqual([...KEYS.map(() => 'hash-a'), 'hash-d', 'hash-d']);
  expect((await b.db.settings.get('formerAccounts'))?.value).toEqual([]);
});

it('a salt that is taken over again makes nothing former', async () => {
  const b = await salted('of-a');
  await has(b, 'hash-b', [of('hash-b', 'J1')]);
  await b.replica.adoptSalt('of-a');
  expect(await b.replica.formerSalts()).toEqual([]);
  expect(await b.db.settings.get('formerAccounts')).toBeUndefined();
});

it('an account that becomes itself stays as it is', async () => {
  const [, b] = await joined({});
  const before = await b.store.allBills();
  await b.replica.rekey('made-up', 'hash-b', 'hash-b', NOW + 1);
  expect(await b.store.allBills()).toEqual(before);
});

it('a crash while accounts become one: nothing was merged, and the next sync does both', async () => {
  const [a, b] = await joined({ owner: { paidAt: READ_AT + 1 } });
  await has(
    a,
    'hash-a',
    Array.from({ length: 60 }, (_, index) => of('hash-a', `K${index}`)),
  );
  let isBroken = true;
  b.db.bills.hook('deleting', () => {
    if (isBroken) throw new Error('the browser was closed');
  });
  await expect(send(a, b, NOW + 1)).rejects.toThrow();
  isBroken = false;
  await send(a, b, NOW + 2);
  expect(await whatOf(b)).toHaveLength(5);
  expect(await askingOf(b)).toEqual(expect.arrayContaining(KEYS));
});

it('what a reading here left to expect is expected still, where the vault’s browsers read no monthly bill', async () => {
  const [a, b] = await joined({});
  const lastMonthly = { title: '九月', statementDay: null, dueDay: '2026-09-14' as Bill['dueDay'] & string };
  await b.db.sites.put(state({ account: 'hash-b', lastMonthly, signedOutSince: NOW - 1, at: NOW - 1 }));
  await send(a, b, NOW + 1);
  expect(await b.store.siteStates()).toMatchObject([{ account: 'hash-a', lastMonthly, signedOutSince: NOW - 1 }]);
});

it.each([
  ['here', 1, 'unreadable'],
  ['in the vault', -1, 'bills'],
] as const)('of two looks at one person’s page the later one stands, the one %s', async (_, ms, kind) => {
  const [, b] = await joined({});
  const lastMonthly = { title: '九月', statementDay: null, dueDay: '2026-09-14' as Bill['dueDay'] & string };
  await b.db.sites.bulkPut([
    state({ account: 'hash-b', kind: 'unreadable', why: 'no-list', at: READ_AT + ms }),
    state({ account: 'hash-a', lastMonthly }),
  ]);
  await b.replica.rekey('made-up', 'hash-b', 'hash-a', NOW + 1);
  const at = Math.max(READ_AT, READ_AT + ms);
  expect(await b.store.siteStates()).toMatchObject([{ account: 'hash-a', kind, at, lastMonthly }]);
});
