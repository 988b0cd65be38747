import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import type { Bill } from '../../src/core/bill.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { Rec } from '../../src/core/record/record.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { Database } from '../../src/storage/database.ts';
import { openReplica } from '../../src/storage/records.ts';
import { openStore } from '../../src/storage/store.ts';
import { hasUncaptured, syncRow } from '../../src/storage/sync-rows.ts';
import { actOf, entry, put, state } from '../contracts/store-contract.ts';
import { at, bill, READ_AT } from '../core/made-up.ts';
import { type Browser, browser, send, wholeOf } from './replicas.ts';

let count = 0;

const NOW = at('2026-09-12 09:00');

async function mark({ store }: Browser, id: string, change: (owner: Bill['owner']) => Bill['owner']): Promise<void> {
  await store.mark(actOf({ id: `act-${++count}`, billId: id }), change);
}

const bills = (many: number): Bill[] =>
  Array.from({ length: many }, (_, index) => {
    const key = `k${index}`;
    return bill({ key, id: `made-up/default/${key}` });
  });

describe('from one browser to another', () => {
  it('everything that is shared arrives as it was, and goes back unchanged', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(3));
    await mark(a, 'made-up/default/k1', () => ({ paidAt: NOW, note: '工资卡' }));
    await mark(a, 'made-up/default/k2', () => ({ snoozedAt: NOW, snoozedUntil: NOW + HOUR_MS, rulesSince: NOW }));
    await a.store.record([entry({ seen: 'acknowledged', seenAt: NOW }), entry({ id: 'other', seen: 'closed' })]);
    await a.store.saveRules({ ...DEFAULT_RULES, leadDays: [5], since: NOW });
    await send(a, b, NOW);
    expect(await b.store.allBills()).toEqual(await a.store.allBills());
    expect(await b.store.watchedBills()).toEqual(await a.store.watchedBills());
    expect(await b.store.siteStates()).toEqual([state({ at: READ_AT })]);
    expect(await b.store.rules()).toEqual(await a.store.rules());
    expect(await b.store.latestEntries(9)).toEqual([entry({ seen: 'acknowledged', seenAt: NOW })]);
    await send(b, a, NOW + 1);
    expect(await wholeOf(b)).toEqual(await wholeOf(a));
    expect((await b.replica.pendingSince(0)).recs).toEqual([]);
    expect((await a.replica.capture(NOW + 2)).changed).toBe(0);
  });

  it('an edit of each side survives, and the newer one of the same field', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(1));
    await send(a, b, NOW);
    await mark(a, 'made-up/default/k0', (owner) => ({ ...owner, note: 'of a' }));
    await mark(b, 'made-up/default/k0', (owner) => ({ ...owner, mutedAt: NOW + 5, note: 'of b' }));
    await a.replica.capture(NOW + 10);
    await b.replica.capture(NOW + 20);
    await send(a, b, NOW + 30);
    await send(b, a, NOW + 30);
    for (const { store } of [a, b])
      expect((await store.bill('made-up/default/k0'))?.owner).toEqual({ note: 'of b', mutedAt: NOW + 5 });
  });

  it('a reading that is captured late loses to a later one that came first', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(1));
    await send(a, b, NOW);
    const [monday, tuesday] = [NOW + HOUR_MS, NOW + 2 * HOUR_MS];
    await put(b.store, bill({ key: 'k0', id: 'made-up/default/k0', remainingFen: 200 as Fen, readAt: tuesday }));
    await put(a.store, bill({ key: 'k0', id: 'made-up/default/k0', remainingFen: 300 as Fen, readAt: monday }));
    await send(b, a, tuesday);
    await send(a, b, tuesday + 1);
    for (const { store } of [a, b]) expect((await store.bill('made-up/default/k0'))?.remainingFen).toBe(200);
  });

  it('the first reading of a due day anywhere is what its slots count from', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(1));
    await put(b.store, bill({ key: 'k0', id: 'made-up/default/k0', readAt: NOW, owedSince: NOW }));
    await send(b, a, NOW);
    await send(a, b, NOW);
    for (const { store } of [a, b])
      expect(await store.bill('made-up/default/k0')).toMatchObject({ readAt: NOW, owedSince: READ_AT });
    await send(b, a, NOW + 1);
    expect(await wholeOf(a)).toEqual(await wholeOf(b));
  });

  it('what was deleted goes everywhere; a later edit elsewhere brings the whole bill back', async () => {
    const [a, b, c] = [browser(), browser(), browser()];
    await put(a.store, ...bills(2));
    await send(a, b, NOW);
    await send(a, c, NOW);
    await a.store.rewriteBills(() => ({ remove: ['made-up/default/k0', 'made-up/default/k1'] }));
    await a.replica.capture(NOW + 10);
    await mark(b, 'made-up/default/k1', () => ({ note: 'still of use' }));
    await b.replica.capture(NOW + 20);
    await send(a, b, NOW + 30);
    await send(a, c, NOW + 30);
    expect((await c.store.allBills()).length).toBe(0);
    await send(b, c, NOW + 40);
    await send(b, a, NOW + 40);
    for (const { store } of [a, b, c]) {
      expect(await store.bill('made-up/default/k0')).toBeUndefined();
      expect(await store.bill('made-up/default/k1')).toMatchObject({
        title: '九月账单',
        owner: { note: 'still of use' },
      });
    }
    expect(await wholeOf(a)).toEqual(await wholeOf(b));
  });

  it('an acknowledgement that is taken back is taken back everywhere; one that grew old is not', async () => {
    const [a, b] = [browser(), browser()];
    await a.store.record([entry({ seen: 'acknowledged', seenAt: NOW })]);
    await send(a, b, NOW);
    await b.store.forgetSeen(entry().noticeId, entry().billId);
    await send(b, a, NOW + 5);
    expect(await a.store.latestEntries(1)).toEqual([entry({ seen: 'unknown', seenAt: null })]);
    await a.store.recordSeen(entry().noticeId, 'acknowledged', NOW + 9);
    await send(a, b, NOW + 10);
    expect((await b.store.latestEntries(1))[0]).toMatchObject({ seen: 'acknowledged', seenAt: NOW + 9 });
    await a.store.prune(NOW + 1e12);
    await send(a, b, NOW + 20);
    expect((await b.store.latestEntries(1))[0]).toMatchObject({ seen: 'acknowledged' });
  });

  it('an acknowledgement that was let go for its age does not come back', async () => {
    const [a, b] = [browser(), browser()];
    await a.store.record([entry({ seen: 'acknowledged', seenAt: NOW })]);
    await send(a, b, NOW);
    const later = at('2028-10-12 09:00');
    expect(await b.replica.compact(later)).toBe(1);
    await send(a, b, later);
    expect(await wholeOf(b)).toEqual([]);
  });

  it('marks that are of this browser alone stay, and go nowhere', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(1));
    await send(a, b, NOW);
    const row = (await b.db.bills.get('made-up/default/k0'))!;
    await b.db.bills.put({ ...row, owner: { ...row.owner, hiddenHereAt: NOW } as never });
    expect((await b.replica.capture(NOW + 1)).changed).toBe(0);
    await mark(a, 'made-up/default/k0', () => ({ paidAt: NOW + 2 }));
    await send(a, b, NOW + 3);
    expect((await b.db.bills.get('made-up/default/k0'))?.owner).toEqual({ hiddenHereAt: NOW, paidAt: NOW + 2 });
  });

  it('signed out here and read elsewhere since: nothing is asked', async () => {
    const [a, b] = [browser(), browser()];
    await b.store.takeReading('made-up', 'default', () => ({
      bills: [],
      state: state({ kind: 'signed-out', billsReadAt: null, issuedReadAt: null, signedOutSince: READ_AT - 5 }),
    }));
    await put(a.store, ...bills(1));
    await send(a, b, NOW);
    expect(await b.store.siteStates()).toMatchObject([
      { kind: 'signed-out', signedOutSince: null, billsReadAt: READ_AT },
    ]);
    await send(b, a, NOW);
    expect((await a.store.siteStates())[0]).toEqual(state());
  });

  it('rules merge one by one; a browser without any takes what is there', async () => {
    const [a, b] = [browser(), browser()];
    await a.store.saveRules({ ...DEFAULT_RULES, leadDays: [9], since: NOW });
    await b.replica.capture(NOW);
    await send(a, b, NOW);
    await b.store.saveRules({ ...(await b.store.rules()), beforeHour: 7, since: NOW + 5 });
    await a.store.saveRules({ ...(await a.store.rules()), overdueHour: 8, since: NOW + 9 });
    await send(a, b, NOW + 20);
    await send(b, a, NOW + 20);
    for (const { store } of [a, b])
      expect(await store.rules()).toEqual({
        ...DEFAULT_RULES,
        leadDays: [9],
        beforeHour: 7,
        overdueHour: 8,
        since: NOW + 9,
      });
  });
});

describe('stamps from ahead', () => {
  it('wait until this clock has caught up, and pass on meanwhile', async () => {
    const [a, b, c] = [browser(), browser(), browser()];
    await put(a.store, ...bills(1));
    await send(a, b, NOW);
    await mark(a, 'made-up/default/k0', () => ({ note: 'from ahead' }));
    await a.replica.capture(NOW + HOUR_MS);
    const first = await b.replica.absorb(await wholeOf(a), { now: NOW });
    expect(first).toMatchObject({ deferred: 1, applied: [] });
    expect((await b.store.bill('made-up/default/k0'))?.owner).toEqual({});
    expect(await wholeOf(b)).toEqual(await wholeOf(a));
    await c.replica.absorb(await wholeOf(b), { now: NOW + HOUR_MS });
    expect((await c.store.bill('made-up/default/k0'))?.owner).toEqual({ note: 'from ahead' });
    expect(await b.replica.absorb([], { now: NOW + 55 * MINUTE_MS })).toMatchObject({ deferred: 0 });
    expect((await b.store.bill('made-up/default/k0'))?.owner).toEqual({ note: 'from ahead' });
  });

  it('of a removed device are dropped', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(1));
    await mark(a, 'made-up/default/k0', () => ({ note: 'from ahead' }));
    await a.replica.capture(NOW + 1e10);
    await b.replica.absorb(await wholeOf(a), { now: NOW });
    await b.replica.forgetDevice(await a.store.deviceId());
    expect(await b.db.waiting.count()).toBe(0);
    await b.replica.absorb([], { now: NOW + 2e10 });
    expect((await b.store.bill('made-up/default/k0'))?.owner).toEqual({});
    expect(await b.db.waiting.count()).toBe(0);
  });

  it('of a removed device are dropped, those of another in the same record are not', async () => {
    const [a, b, c] = [browser(), browser(), browser()];
    await put(a.store, ...bills(1));
    await send(a, b, NOW);
    await send(a, c, NOW);
    await mark(a, 'made-up/default/k0', () => ({ note: 'of the removed one' }));
    await mark(c, 'made-up/default/k0', () => ({ mutedAt: NOW + 1e10 }));
    for (const each of [a, c]) await each.replica.capture(NOW + 1e10);
    for (const each of [a, c]) await b.replica.absorb(await wholeOf(each), { now: NOW });
    await b.replica.forgetDevice(await a.store.deviceId());
    await b.replica.absorb([], { now: NOW + 2e10 });
    expect((await b.store.bill('made-up/default/k0'))?.owner).toEqual({ mutedAt: NOW + 1e10 });
  });

  it('of a removed device are dropped, but not that another one deleted the bill', async () => {
    const [a, b, c] = [browser(), browser(), browser()];
    await put(a.store, ...bills(1));
    await send(a, b, NOW);
    await send(a, c, NOW);
    await c.store.rewriteBills(() => ({ remove: ['made-up/default/k0'] }));
    await c.replica.capture(NOW + 1e10);
    await mark(a, 'made-up/default/k0', () => ({ note: 'of the removed one' }));
    await a.replica.capture(NOW + 2e10);
    for (const each of [a, c]) await b.replica.absorb(await wholeOf(each), { now: NOW });
    await b.replica.forgetDevice(await a.store.deviceId());
    await b.replica.absorb([], { now: NOW + 3e10 });
    expect(await b.store.allBills()).toEqual([]);
  });

  it('a deletion of years ago still ends what a browser kept that was away', async () => {
    const [a, b] = [browser(), browser()];
    const long = NOW - 900 * DAY_MS;
    await put(a.store, { ...bills(1)[0]!, readAt: long - HOUR_MS, owedSince: long - HOUR_MS });
    await send(a, b, long);
    await a.store.rewriteBills(() => ({ remove: ['made-up/default/k0'] }));
    await a.replica.capture(long + HOUR_MS);
    await send(a, b, NOW);
    expect(await b.store.allBills()).toEqual([]);
  });

  it('the next edit of a clock that was set back still wins over its last', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(1));
    await mark(a, 'made-up/default/k0', () => ({ note: 'one' }));
    await a.replica.capture(NOW + 2 * HOUR_MS);
    await mark(a, 'made-up/default/k0', () => ({ note: 'two' }));
    await a.replica.capture(NOW);
    await b.replica.absorb(await wholeOf(a), { now: NOW + 2 * HOUR_MS });
    expect((await b.store.bill('made-up/default/k0'))?.owner.note).toBe('two');
  });
});

describe('a browser whose clock ran ten years ahead, and that joins anew once it is right', () => {
  const AHEAD = NOW + 3650 * DAY_MS;
  const k = (index: number) => `made-up/default/k${index}`;

  /** `b` edited under the wrong clock, and once more under the right one. */
  const skewed = async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(4));
    await send(a, b, NOW);
    for (const index of [0, 1]) await mark(b, k(index), () => ({ paidAt: AHEAD, note: 'ahead' }));
    await b.store.rewriteBills(() => ({ remove: [k(3)] }));
    await b.replica.capture(AHEAD);
    await a.replica.absorb(await wholeOf(b), { now: NOW });
    expect(await a.db.waiting.count()).toBe(3);
    await mark(b, k(1), () => ({ note: 'right again' }));
    await b.replica.capture(NOW + 1);
    await a.replica.absorb(await wholeOf(b), { now: NOW + 2 });
    expect((await a.store.bill(k(1)))?.owner).toEqual({});
    return { a, b };
  };

  it('is heard at once, and its edits are in the order in which they were made', async () => {
    const { a, b } = await skewed();
    await b.replica.restamp(NOW + 3);
    expect(await a.replica.absorb(await wholeOf(b), { now: NOW + 4 })).toMatchObject({ deferred: 0 });
    expect((await a.store.bill(k(0)))?.owner).toEqual({ paidAt: AHEAD, note: 'ahead' });
    expect((await a.store.bill(k(1)))?.owner).toEqual({ note: 'right again' });
    expect(await a.store.bill(k(3))).toBeUndefined();
    expect(await wholeOf(a)).toEqual(await wholeOf(b));
  });

  it('what it had stamped ahead does not come back in its time', async () => {
    const { a, b } = await skewed();
    await b.replica.restamp(NOW + 3);
    await a.replica.absorb(await wholeOf(b), { now: NOW + 4 });
    expect(await a.db.waiting.count()).toBe(0);
    await mark(a, k(0), () => ({ note: 'open after all' }));
    await a.replica.capture(NOW + 5);
    await send(a, b, AHEAD + DAY_MS);
    for (const { store } of [a, b]) expect((await store.bill(k(0)))?.owner).toEqual({ note: 'open after all' });
  });

  it('what it calls itself, and what it took back before, lets nothing go that waits', async () => {
    const { a, b } = await skewed();
    await b.replica.say('device', await b.store.deviceId(), { name: 'b' }, NOW + 3);
    await a.replica.absorb(await wholeOf(b), { now: NOW + 4 });
    expect(await a.db.waiting.count()).toBe(4);
    await b.replica.restamp(NOW + 5);
    await a.replica.absorb(await wholeOf(b), { now: NOW + 6 });
    expect(await a.db.waiting.count()).toBe(0);
    await mark(b, k(2), () => ({ note: 'ahead once more' }));
    await b.replica.capture(NOW + HOUR_MS);
    await a.replica.absorb(await wholeOf(b), { now: NOW + 7 });
    await a.replica.absorb([], { now: NOW + HOUR_MS });
    expect((await a.store.bill(k(2)))?.owner).toEqual({ note: 'ahead once more' });
  });

  it('where its clock was always right, nothing is stamped anew; nor by one that stands before Duly was', async () => {
    const { b } = await skewed();
    const before = await wholeOf(b);
    await b.replica.restamp(Date.UTC(2001, 0, 1));
    await b.replica.restamp(AHEAD);
    expect((await wholeOf(b)).filter(({ kind }) => kind === 'device')).toEqual([]);
    expect((await wholeOf(b)).length).toBe(before.length);
  });
});

describe('the failsafe', () => {
  const many = async (): Promise<[Browser, Browser]> => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(10));
    await send(a, b, NOW);
    for (const { id } of bills(4)) await mark(a, id, () => ({ paidAt: NOW + 1 }));
    await mark(a, 'made-up/default/k9', () => ({ note: 'applied all the same' }));
    return [a, b];
  };

  it('holds what would silence an unusual share, applies the rest, and asks', async () => {
    const [a, b] = await many();
    const { failsafe } = await send(a, b, NOW + 2);
    expect(failsafe?.map(({ billId, what }) => [billId, what])).toEqual(bills(4).map(({ id }) => [id, 'paid']));
    expect((await b.store.watchedBills()).length).toBe(10);
    expect((await b.store.bill('made-up/default/k9'))?.owner.note).toBe('applied all the same');
    expect((await b.replica.held()).length).toBe(4);
    expect((await b.replica.absorb([], { now: NOW + 3 })).failsafe?.length).toBe(4);
  });

  it('apply: they go; refuse: what stands here is written over them everywhere', async () => {
    const [a, b] = await many();
    await send(a, b, NOW + 2);
    await b.replica.release('apply', NOW + 3);
    expect((await b.store.watchedBills()).length).toBe(6);
    expect(await wholeOf(b)).toEqual(await wholeOf(a));
    const [c, d] = await many();
    await send(c, d, NOW + 2);
    await d.replica.release('refuse', NOW + 3);
    expect(await d.replica.held()).toEqual([]);
    await send(d, c, NOW + 4);
    for (const { store } of [c, d]) expect((await store.watchedBills()).length).toBe(10);
    expect(await wholeOf(c)).toEqual(await wholeOf(d));
  });

  it('a question stands until it is answered, and what comes meanwhile stands with it', async () => {
    const [a, b] = await many();
    await send(a, b, NOW + 2);
    await put(b.store, ...Array.from({ length: 20 }, (_, i) => bill({ key: `n${i}`, id: `made-up/default/n${i}` })));
    await mark(a, 'made-up/default/k5', () => ({ mutedAt: NOW + 3 }));
    expect((await send(a, b, NOW + 4)).failsafe?.length).toBe(5);
    expect((await b.store.watchedBills()).length).toBe(30);
  });

  it.each([
    ['apply', 6],
    ['refuse', 10],
  ] as const)('%s: of what was shown alone; what came meanwhile is asked next', async (word, left) => {
    const [a, b] = await many();
    await send(a, b, NOW + 2);
    const shown = new Map((await b.replica.held()).map(({ billId, what }) => [billId, what]));
    await mark(a, 'made-up/default/k5', () => ({ mutedAt: NOW + 3 }));
    await send(a, b, NOW + 4);
    await b.replica.release(word, NOW + 5, shown);
    expect((await b.store.watchedBills()).length).toBe(left);
    expect((await b.replica.held()).map(({ billId, what }) => [billId, what])).toEqual([
      ['made-up/default/k5', 'mute'],
    ]);
    await send(b, a, NOW + 5);
    expect((await a.store.bill('made-up/default/k5'))?.owner, 'not answered yet').toEqual({ mutedAt: NOW + 3 });
    await b.replica.release(word, NOW + 6);
    await send(b, a, NOW + 7);
    expect(await wholeOf(a)).toEqual(await wholeOf(b));
  });

  it.each(['apply', 'refuse'] as const)(
    'the word is on what was shown of a bill, not on another end of it: %s',
    async (word) => {
      const [a, b] = await many();
      await send(a, b, NOW + 2);
      const shown = new Map((await b.replica.held()).map(({ billId, what }) => [billId, what]));
      await a.store.rewriteBills(() => ({ remove: ['made-up/default/k0'] }));
      await send(a, b, NOW + 4);
      await b.replica.release(word, NOW + 5, shown);
      expect((await b.replica.held()).map(({ billId, what }) => [billId, what])).toEqual([
        ['made-up/default/k0', 'delete'],
      ]);
      expect((await b.store.watchedBills()).map(({ key }) => key)).toContain('k0');
    },
  );

  it('the share is of the bills that are reminded: paid ones that a page disputes are none', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(10));
    for (let index = 3; index < 10; index++)
      await mark(a, `made-up/default/k${index}`, () => ({ paidAt: READ_AT - HOUR_MS }));
    await send(a, b, NOW);
    expect((await b.store.watchedBills()).length, 'seven of them disputed').toBe(10);
    for (let index = 0; index < 3; index++) await mark(a, `made-up/default/k${index}`, () => ({ paidAt: NOW + 1 }));
    expect((await send(a, b, NOW + 2)).failsafe?.length).toBe(3);
  });

  it('a question stands though the browser that raised it is forgotten', async () => {
    const [a, b] = await many();
    await send(a, b, NOW + 2);
    const asked = (await b.replica.held()).length;
    await b.replica.forgetDevice(await a.store.deviceId());
    expect((await b.replica.held()).length).toBe(asked);
  });
});

describe('joining a vault', () => {
  const own = (account: string, key: string, part: Partial<Bill> = {}): Bill =>
    bill({ key, account, id: `made-up/${account}/${key}`, ...part });

  it('bills that the site itself proves to be the same become one, with the marks and acknowledgements of both', async () => {
    const [a, b] = [browser(), browser()];
    await a.db.settings.put({ name: 'salt', value: 'of-a' });
    await b.db.settings.put({ name: 'salt', value: 'of-b' });
    const write = ({ store }: Browser, account: string, ...all: Bill[]) =>
      store.takeReading('made-up', account, () => ({ bills: all, state: state({ account }) }));
    await write(a, 'hash-a', own('hash-a', 'J1', { owner: { note: 'of a' } }), own('hash-a', 'J2'));
    await write(b, 'hash-b', own('hash-b', 'J1', { owner: { mutedAt: NOW } }), own('hash-b', 'due:2026-11-14'));
    await b.store.record([
      entry({
        id: 'made-up/hash-b/J1|r|desktop|b',
        billId: 'made-up/hash-b/J1',
        reminderId: 'made-up/hash-b/J1|r',
        seen: 'acknowledged',
      }),
    ]);
    await b.replica.adoptSalt('of-a');
    expect([await b.store.salt(), await b.replica.formerSalts()]).toEqual(['of-a', ['of-b']]);
    await send(a, b, NOW + 1);
    await send(b, a, NOW + 2);
    for (const { store } of [a, b]) {
      const all = new Map((await store.allBills()).map((each) => [each.id, each]));
      expect([...all.keys()].sort()).toEqual([
        'made-up/hash-a/J1',
        'made-up/hash-a/J2',
        'made-up/hash-b/due:2026-11-14',
      ]);
      expect([...all.values()].every(({ account }) => account === 'hash-a')).toBe(true);
      expect(all.get('made-up/hash-a/J1')?.owner).toEqual({ note: 'of a', mutedAt: NOW });
      expect(await store.ledgerOf(['made-up/hash-a/J1'])).toMatchObject([
        { id: 'made-up/hash-a/J1|r|desktop|b', reminderId: 'made-up/hash-a/J1|r', seen: 'acknowledged' },
      ]);
    }
    expect(await wholeOf(a)).toEqual(await wholeOf(b));
  });

  it('under its former ids nothing is told to the vault, which need not delete them again', async () => {
    const [a, b] = [browser(), browser()];
    await b.db.settings.put({ name: 'salt', value: 'of-b' });
    const keys = ['J1', 'J2', 'J3', 'J4', 'J5'];
    for (const [{ store }, account] of [[a, 'hash-a'] as const, [b, 'hash-b'] as const])
      await store.takeReading('made-up', account, () => ({
        bills: keys.map((key) => own(account, key)),
        state: state({ account }),
      }));
    await b.replica.capture(NOW);
    await b.replica.adoptSalt('of-a');
    await send(a, b, NOW + 1);
    const first = structuredClone((await b.replica.pendingSince(0)).recs);
    await a.replica.absorb(first, { now: NOW + 2 });
    expect(await a.store.watchedBills()).toHaveLength(5);
    const { failsafe } = await send(b, a, NOW + 3);
    expect(failsafe).toBeNull();
    expect((await a.store.watchedBills()).map(({ account }) => account)).toEqual(keys.map(() => 'hash-a'));
  });

  it('what others told in a vault that was left is told in the next one, and the salt too', async () => {
    const [a, b, c] = [browser(), browser(), browser()];
    await put(a.store, ...bills(2));
    await a.replica.say('vault', 'vault', { salt: 'of-a' }, NOW);
    await send(a, b, NOW);
    expect((await b.replica.pendingSince(0)).recs).toEqual([]);
    await b.replica.recheck({ tellsAll: true });
    await b.replica.capture(NOW + 1);
    const { recs, seq } = await b.replica.pendingSince(0);
    await c.replica.absorb(structuredClone(recs), { now: NOW + 2 });
    expect(await wholeOf(c)).toEqual(await wholeOf(a));
    await mark(b, 'made-up/default/k0', () => ({ paidAt: NOW + 3 }));
    await b.replica.capture(NOW + 4);
    expect((await b.replica.pendingSince(seq)).recs).toMatchObject([{ id: 'made-up/default/k0' }]);
  });

  it('where nothing proves it, the page that shows the person does', async () => {
    const b = browser();
    await b.store.takeReading('made-up', 'hash-b', () => ({
      bills: [own('hash-b', 'due:2026-11-14')],
      state: state({ account: 'hash-b' }),
    }));
    await b.replica.rekey('made-up', 'hash-b', 'hash-a', NOW);
    expect(await b.store.allBills()).toMatchObject([{ id: 'made-up/hash-b/due:2026-11-14', account: 'hash-a' }]);
    expect(await b.store.siteStates()).toMatchObject([{ account: 'hash-a' }]);
  });
});

describe('what a newer version means', () => {
  it('kinds, fields and values that are not understood pass through unharmed', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(1));
    await a.replica.capture(NOW);
    const stamp = '0199c0000000-0000-newer';
    const whole = (await wholeOf(a)).map((rec): Rec => {
      if (rec.kind !== 'bill') return rec;
      const page = { ...(rec.fields.page![0] as object), standing: 'in-dispute', place: '京东' };
      return { ...rec, fields: { ...rec.fields, page: [page, stamp], mood: ['calm', stamp] } };
    });
    const future: Rec = { kind: 'pledge', id: 'x', fields: { much: [[1, { a: null }], stamp] } };
    const recipe: Rec = { kind: 'recipe', id: 'r', fields: { recipe: [{ version: 9, what: 'else' }, stamp] } };
    const rules: Rec = { kind: 'rules', id: 'rules', fields: { leadDays: ['mondays', stamp], moon: [true, stamp] } };
    const sent = [...whole, future, recipe, rules];
    await b.replica.absorb(sent, { now: NOW + 1e12 });
    await mark(b, 'made-up/default/k0', (owner) => ({ ...owner, paidAt: NOW + 7 }));
    await b.store.saveRules({ ...(await b.store.rules()), beforeHour: 6, since: NOW + 8 });
    await b.replica.recheck();
    await b.replica.capture(NOW + 1e12);
    const after = new Map((await wholeOf(b)).map((rec) => [rec.kind + rec.id, rec]));
    for (const rec of sent)
      for (const [name, field] of Object.entries(rec.fields))
        expect(after.get(rec.kind + rec.id)?.fields[name]).toEqual(field);
    expect(after.get('billmade-up/default/k0')?.fields.paidAt?.[0]).toBe(NOW + 7);
    expect(await b.replica.ofKind('pledge')).toEqual([future]);
  });
});

describe('what only the one over IndexedDB can get wrong', () => {
  it('a database of the first version opens with all it had, and is captured whole', async () => {
    const name = `records-${++count}`;
    const old = new Dexie(name);
    old.version(1).stores({
      bills: 'id, watchDay, [siteId+account], [siteId+key], dueDay',
      ledger: 'id, billId, noticeId, firedAt',
      acts: 'id, billId, at',
      sites: '[siteId+account]',
      recipes: 'id',
      settings: 'name',
    });
    await old.table('bills').bulkPut(bills(3).map((each) => ({ ...each, watchDay: each.dueDay })));
    await old.table('ledger').put(entry({ seen: 'acknowledged', seenAt: NOW }));
    await old.table('settings').put({ name: 'device', value: 'device-of-old' });
    old.close();
    const db = new Database(name);
    expect((await openStore(db).watchedBills()).length).toBe(3);
    expect(await openReplica(db).capture(NOW)).toEqual({ changed: 4 });
    expect(await openStore(db).deviceId()).toBe('device-of-old');
  });

  it('every way of writing is noticed, an edit between capture and absorb too', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(4));
    await send(a, b, NOW);
    const sent = await wholeOf(a);
    await mark(b, 'made-up/default/k0', () => ({ note: 'in between' }));
    await b.db.bills.update('made-up/default/k1', { 'owner.note': 'by update' } as never);
    await b.db.bills
      .where('id')
      .equals('made-up/default/k2')
      .modify({ owner: { note: 'by modify' } });
    await b.db.bills.delete('made-up/default/k3');
    expect((await b.replica.absorb(sent, { now: NOW + 1 })).changed).toBe(4);
    await send(b, a, NOW + 2);
    const notes = (await a.store.allBills()).map(({ id, owner }) => [id.slice(-2), owner.note]).sort();
    expect(notes).toEqual([
      ['k0', 'in between'],
      ['k1', 'by update'],
      ['k2', 'by modify'],
    ]);
    await b.db.bills.clear();
    expect((await b.replica.capture(NOW + 3)).changed).toBe(3);
  });

  const recipe = {
    ...{ id: 'recipe-0001', version: 1, origin: 'https://bank.example', pathPattern: '/bills', title: '某银行' },
    dueDay: { near: [{ place: 'before', words: '还款日', tag: 'td' }], path: ['span:2'] },
    remaining: { near: [{ place: 'before', words: '应还', tag: 'td' }], path: ['span:3'] },
    ...{ together: 'tr', apart: 1, taughtAt: NOW - 3 },
  } as never;
  it.each<[string, (of: Browser) => Promise<unknown>]>([
    ['a bill', ({ store }) => put(store, ...bills(1))],
    ['an acknowledgement', ({ store }) => store.record([entry({ seen: 'acknowledged', seenAt: NOW })])],
    ['what a look at a site told', ({ db }) => db.sites.put(state({ signedOutSince: NOW }))],
    ['a recipe', ({ db }) => db.recipes.put(recipe)],
    ['a rule', ({ store }) => store.saveRules({ ...DEFAULT_RULES, leadDays: [5], since: NOW })],
    [
      'a setting of the channels',
      ({ store }) => store.changeChannels((all) => ({ ...all, patience: { ...all.patience, today: 20 * MINUTE_MS } })),
    ],
  ])('%s that is written after all was captured once is noticed', async (_, write) => {
    const one = browser();
    await one.replica.shareChannels(true, NOW);
    await one.replica.capture(NOW);
    expect(await hasUncaptured(one.db)).toBe(false);
    await write(one);
    expect((await one.replica.capture(NOW + 1)).changed).toBeGreaterThan(0);
  });

  it('what is no record is no change: what a sync remembers does not ask for the next one', async () => {
    const { db, store, replica } = browser();
    await store.saveRules(DEFAULT_RULES);
    expect(await hasUncaptured(db)).toBe(true);
    await replica.capture(NOW);
    await syncRow(db, 'syncState').save({});
    await store.changeSync((sync) => ({ ...sync, triedAt: NOW }));
    expect(await hasUncaptured(db)).toBe(false);
  });

  it('a change of mind that leaves all as it was is no change; what others sent is not sent again', async () => {
    const [a, b] = [browser(), browser()];
    expect(await a.replica.latestSeq()).toBe(0);
    await put(a.store, ...bills(2));
    await a.replica.capture(NOW);
    const { recs, seq } = await a.replica.pendingSince(0);
    expect(recs.map(({ kind }) => kind).sort()).toEqual(['bill', 'bill', 'site']);
    expect(await a.replica.latestSeq()).toBe(seq);
    expect(await a.replica.pendingSince(seq)).toEqual({ recs: [], seq });
    await put(a.store, ...bills(2));
    expect((await a.replica.capture(NOW + 1)).changed).toBe(0);
    await b.replica.absorb(recs, { now: NOW });
    await mark(b, 'made-up/default/k1', () => ({ mutedAt: NOW + 2 }));
    await b.replica.capture(NOW + 3);
    expect((await b.replica.pendingSince(0)).recs.map(({ id }) => id)).toEqual(['made-up/default/k1']);
    expect(await a.replica.say('device', 'a', { name: '家里' }, NOW)).toBe(true);
    expect(await a.replica.say('device', 'a', { name: '家里' }, NOW + 9)).toBe(false);
  });

  it('an absorb that throws leaves nothing half done', async () => {
    const [a, b] = [browser(), browser()];
    await put(a.store, ...bills(2));
    await a.replica.capture(NOW);
    const broken = { kind: 'bill', id: 'x/y/z', fields: { page: [() => 0, '0199c0000000-0000-a'] } } as never;
    await expect(b.replica.absorb([...(await wholeOf(a)), broken], { now: NOW + 1e12 })).rejects.toThrow();
    expect(await b.store.allBills()).toEqual([]);
    expect(await wholeOf(b)).toEqual([]);
  });
});
