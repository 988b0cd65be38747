/** What the owner asks of syncing, over the app's own storage and two browsers' own sync. */
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Ports } from '../../src/app/ports.ts';
import { syncOnce } from '../../src/app/sync.ts';
import { DAY_MS, MINUTE_MS } from '../../src/core/day.ts';
import { Database } from '../../src/storage/database.ts';
import { openStore } from '../../src/storage/store.ts';
import { openSync } from '../../src/wire/sync.ts';
import { syncAnswers } from '../../src/wire/sync-answers.ts';
import { actOf, put } from '../contracts/store-contract.ts';
import { at, bill } from '../core/made-up.ts';
import { fakeSyncArea } from '../fakes/sync-area.ts';

const { area, has } = vi.hoisted(() => ({
  area: { current: null as unknown as ReturnType<typeof fakeSyncArea> },
  has: vi.fn(async () => true),
}));
vi.mock('../../src/browser/storage-sync.ts', () => ({
  onSyncAreaChange: () => undefined,
  syncArea: {
    get: (keys: null) => area.current.get(keys),
    set: (items: Record<string, string>) => area.current.set(items),
    remove: (keys: string[]) => area.current.remove(keys),
  },
}));
vi.mock('../../src/browser/site-permissions.ts', () => ({ siteAccess: { has } }));

const SLOW = 60_000;
const ID = 'made-up/default/k1';
let now = at('2026-09-12 09:00');
let names = 0;

function browser(label: string, aheadMs: () => number = () => 0) {
  const db = new Database(`answers-${label}-${++names}`);
  const [store, clock] = [openStore(db), { now: () => now + aheadMs() }];
  const ids = { next: () => `name${String(++names).padStart(8, '0')}`, hash: async (text: string) => text };
  const opened = openSync({ clock, ids, store }, db);
  const parts = { ...opened, introduce: vi.fn(opened.introduce) };
  const log = { warn: vi.fn() };
  const ports = { store, clock, ids, log, sync: parts.door, channels: [] } as unknown as Ports;
  let followed = () => {};
  const answer = syncAnswers(ports, parts, async () => followed());
  /** With the sync that follows: it is of this test's area. */
  const ask = async (message: Parameters<typeof answer>[0]) => {
    const follows = new Promise<void>((done) => {
      followed = done;
    });
    const answered = await answer(message);
    await follows;
    return answered;
  };
  return {
    store,
    introduce: parts.introduce,
    mark: (owner: object) => store.mark(actOf({ id: `act-${++names}`, billId: ID }), () => owner),
    sync: async () => {
      now += MINUTE_MS;
      return syncOnce(ports);
    },
    move: (code: string) => ask({ do: 'sync-join', place: null, code, label, sharesChannels: false }),
    stop: () => ask({ do: 'sync-stop', removes: 'own' }),
    begin: (code?: string, anew?: true) => {
      const given = { place: { kind: 'area' }, label, sharesChannels: false } as const;
      if (code !== undefined) return ask({ do: 'sync-join', code, ...given });
      return ask({ do: 'sync-create', ...given, ...(anew && { anew }) });
    },
  };
}

describe('two browsers that begin at the same instant', () => {
  it('are told so, and after the code of the first both know all', { timeout: SLOW }, async () => {
    const both = [browser('a'), browser('b')];
    const areas = both.map(() => fakeSyncArea(() => now));
    const begun = [];
    for (const [index, { store, begin }] of both.entries()) {
      await put(store, bill({ key: `k${index}`, id: `made-up/default/k${index}` }));
      area.current = areas[index]!;
      begun.push(await begin());
    }
    // What each laid comes to the other.
    await areas[1]!.set((await areas[0]!.get(null)) as Record<string, string>);
    for (const { sync } of [...both, ...both]) await sync();
    const shouldMove = await Promise.all(both.map(async ({ store }) => (await store.sync()).told?.shouldMove));
    expect([...shouldMove].sort()).toEqual([false, true]);
    const first = shouldMove.indexOf(false);
    const { code } = begun[first] as { code: string };
    expect(await both[1 - first]!.move(code)).toEqual({ kind: 'done' });
    for (const { sync } of [...both, ...both]) await sync();
    for (const { store } of both) {
      expect((await store.allBills()).map(({ key }) => key).sort()).toEqual(['k0', 'k1']);
      expect(await store.sync()).toMatchObject({
        failure: null,
        failingSince: null,
        told: { refused: [], shouldMove: false },
      });
    }
    expect(await both[0]!.store.salt()).toBe(await both[1]!.store.salt());
  });
});

describe('a browser that dies while it is set up', () => {
  it('is not set up: it would send before the others can know whose accounts are one', { timeout: SLOW }, async () => {
    area.current = fakeSyncArea(() => now);
    const dying = browser('a');
    dying.introduce.mockRejectedValueOnce(new Error('the power went out'));
    await expect(dying.begin()).rejects.toThrow('power');
    expect((await dying.store.sync()).place).toBeNull();
    expect(await dying.begin()).toEqual({ kind: 'refused', code: 'sync-vault-exists' });
    expect(await dying.begin(undefined, true)).toMatchObject({ kind: 'done', code: expect.any(String) });
  });
});

describe('a browser whose clock ran ten years ahead', () => {
  it('stops, joins again once it is right, and is heard', { timeout: SLOW }, async () => {
    area.current = fakeSyncArea(() => now);
    let aheadMs = 3650 * DAY_MS;
    const [a, b] = [browser('a'), browser('b', () => aheadMs)];
    await put(a.store, bill());
    const { code } = (await a.begin()) as { code: string };
    await a.sync();
    await b.begin(code);
    await b.sync();
    await b.mark({ paidAt: now + aheadMs });
    await b.sync();
    aheadMs = 0;
    await b.mark({ note: 'not paid yet' });
    await b.sync();
    await a.sync();
    expect((await a.store.bill(ID))?.owner).toEqual({});
    await b.stop();
    expect(await b.begin(code)).toEqual({ kind: 'done' });
    await b.sync();
    await a.sync();
    expect((await a.store.bill(ID))?.owner).toEqual({ note: 'not paid yet' });
  });
});

describe('a browser that does not say which servers it may ask', () => {
  afterEach(() => void vi.useRealTimers());

  it('is waited for a while: the next sync has its turn', async () => {
    const db = new Database(`answers-${++names}`);
    const ids = { next: () => `name${++names}`, hash: async (text: string) => text };
    const { depsFor } = openSync({ clock: { now: () => now }, ids, store: openStore(db) }, db);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    has.mockReturnValueOnce(new Promise(() => undefined));
    const asked = depsFor({ kind: 'webdav', url: 'https://dav.example/duly/', user: 'a', password: 'b' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await Promise.race([asked, 'waits still'])).toEqual({ kind: 'failed', code: 'sync-timeout' });
  });
});
