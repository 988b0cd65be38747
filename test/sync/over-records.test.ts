/** The engine over the app's own storage: what is done on one browser is so on the other. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Backend, BackendFailure } from '../../src/app/sync-ports.ts';
import type { Bill } from '../../src/core/bill.ts';
import { DAY_MS, MINUTE_MS } from '../../src/core/day.ts';
import type { Rec } from '../../src/core/record/record.ts';
import { Database } from '../../src/storage/database.ts';
import { openReplica } from '../../src/storage/records.ts';
import { openStore } from '../../src/storage/store.ts';
import { syncNow } from '../../src/sync/engine.ts';
import { importKey, newRawKey } from '../../src/sync/key-object.ts';
import { replicaOver } from '../../src/sync/over-records.ts';
import { newState, type SyncDeps, type SyncState } from '../../src/sync/state.ts';
import { vaultOf } from '../../src/sync/vault.ts';
import { actOf, entry, put } from '../contracts/store-contract.ts';
import { at, bill } from '../core/made-up.ts';
import { type MemoryFolder, memoryBackend, memoryFolder } from '../fakes/memory-backend.ts';

let now = at('2026-09-12 09:00');
let names = 0;
const key = importKey(newRawKey());

async function browser(folder: MemoryFolder, device: string, limits: Partial<Backend> = {}) {
  const db = new Database(`over-records-${device}-${++names}`);
  const records = openReplica(db);
  let state: SyncState | null = newState({
    vault: 'vault0000001',
    key: await key,
    keyName: '',
    keyText: '',
    device,
    label: device,
  });
  const deps: SyncDeps = {
    clock: { now: () => now },
    ids: { next: () => `name${String(++names).padStart(8, '0')}`, hash: async (text) => text },
    backend: memoryBackend(folder, { deltasBeforeSnapshot: 2, ...limits }),
    replica: replicaOver(records, () => now),
    store: {
      load: async () => structuredClone(state),
      save: async (given) => {
        state = structuredClone(given);
      },
      clear: async () => {
        state = null;
      },
    },
    vaultOf: (of) => vaultOf(of.vault, of.key!),
  };
  const sync = async () => {
    now += MINUTE_MS;
    return (await syncNow(deps))!;
  };
  return { store: openStore(db), records, deps, sync };
}

const bills = (many: number) =>
  Array.from({ length: many }, (_, index) => bill({ key: `k${index}`, id: `made-up/default/k${index}` }));

describe("two browsers with the app's own storage", () => {
  it('read on one, paid on the other, paid on both', async () => {
    const folder = memoryFolder();
    const [work, home] = [await browser(folder, 'device00work'), await browser(folder, 'device00home')];
    await put(work.store, ...bills(3));
    await work.sync();
    const first = await home.sync();
    expect(first.refused).toEqual([]);
    expect((await home.store.watchedBills()).map(({ id }) => id).sort()).toEqual(bills(3).map(({ id }) => id));
    await home.store.mark(actOf({ id: 'paid', billId: 'made-up/default/k1' }), (owner) => ({ ...owner, paidAt: now }));
    await home.sync();
    await work.sync();
    expect((await work.store.bill('made-up/default/k1'))?.owner.paidAt).toBeDefined();
    for (let round = 0; round < 3; round++) for (const each of [work, home]) await each.sync();
    const [before, report] = [folder.requests, await work.sync()];
    expect(folder.requests - before).toBe(1);
    expect([report.pushed.objects, report.pulled.objects, report.failure]).toEqual([0, 0, null]);
  });

  it('an echo is not sent back: what was absorbed here is no change of here', async () => {
    const folder = memoryFolder();
    const [work, home] = [await browser(folder, 'device00work'), await browser(folder, 'device00home')];
    await put(work.store, ...bills(40));
    await work.sync();
    await home.sync();
    const files = folder.files.size;
    for (let round = 0; round < 4; round++) for (const each of [home, work]) await each.sync();
    expect(folder.files.size).toBeLessThanOrEqual(files + 1);
  });

  it('a merge that would end most reminders is held back and told; the rest arrives', async () => {
    const folder = memoryFolder();
    const [work, home] = [await browser(folder, 'device00work'), await browser(folder, 'device00home')];
    await put(work.store, ...bills(8));
    await work.sync();
    await home.sync();
    for (const { id } of bills(8))
      await work.store.mark(actOf({ id: `paid-${id}`, billId: id }), (owner) => ({ ...owner, paidAt: now }));
    await work.sync();
    const all = bills(8).map(({ id }) => [id, 'paid']);
    for (let round = 0; round < 2; round++) {
      await home.sync();
      expect((await home.records.held()).map(({ billId, what }) => [billId, what]).sort()).toEqual(all);
      expect(await home.store.watchedBills()).toHaveLength(8);
    }
  });

  it('what a fast clock stamped comes in its time, whether or not anything new is sent by then', async () => {
    const folder = memoryFolder();
    const [work, home] = [await browser(folder, 'device00work'), await browser(folder, 'device00home')];
    await put(work.store, ...bills(1));
    await work.sync();
    await home.sync();
    const ahead = now + 20 * MINUTE_MS;
    await home.store.mark(actOf({ id: 'paid', billId: 'made-up/default/k0' }), () => ({ paidAt: ahead }));
    await syncNow({ ...home.deps, clock: { now: () => ahead } });
    for (let round = 0; round < 2; round++)
      expect(await work.sync()).toMatchObject({ deferred: 1, pulled: { applied: 0 } });
    expect((await work.store.bill('made-up/default/k0'))?.owner).toEqual({});
    now = ahead;
    expect(await work.sync()).toMatchObject({ deferred: 0, pulled: { objects: 0, applied: 1 } });
    expect((await work.store.bill('made-up/default/k0'))?.owner.paidAt).toBe(ahead);
  });

  it('a small store is told what still costs money, and what was over lately', async () => {
    const [folder, small] = [memoryFolder(), { isSmall: true }];
    const [a, b] = [await browser(folder, 'device000001', small), await browser(folder, 'device000002', small)];
    const [paid, open, hidden, deleted, disputed] = bills(5).map(({ id }) => id) as [string, ...string[]];
    await put(a.store, ...bills(5));
    const mark = (id: string, owner: Bill['owner']) =>
      a.store.mark(actOf({ id: `${id}|act`, billId: id }), () => owner);
    await mark(paid, { paidAt: now });
    await mark(hidden!, { hiddenAt: now });
    await mark(disputed!, { paidAt: at('2026-09-10 11:00') });
    await a.store.record(
      [paid, open!].map((billId) => {
        const id = `${billId}|due-today|2026-09-14|10|desktop|device-a`;
        return entry({ id, billId, seen: 'acknowledged', seenAt: now });
      }),
    );
    await a.deps.replica.capture(now);
    await a.store.rewriteBills(() => ({ remove: [deleted!] }));
    await a.deps.replica.capture(now);
    const told = async (scope: 'all' | 'live') => {
      const { records } = await a.deps.replica.whole(scope);
      return (records as Rec[]).map(({ kind, id }) => `${kind} ${id.split('|')[0]}`).sort();
    };
    const all = await told('all');
    expect(await told('live')).toEqual(all);
    now += 91 * DAY_MS;
    const over = [`bill ${paid}`, `ack ${paid}`, `bill ${deleted}`];
    expect(await told('live')).toEqual(all.filter((each) => !over.includes(each)));
    expect(await told('all')).toEqual(all);
    expect(all).toEqual(expect.arrayContaining(over));
    await a.sync();
    await b.sync();
    expect((await b.store.allBills()).length).toBe(3);
    expect((await b.store.watchedBills()).map(({ id }) => id).sort()).toEqual([open, hidden, disputed].sort());
  });

  it('a store that cannot be reached changes nothing, and what waits is sent later', async () => {
    const folder = memoryFolder();
    const [work, home] = [await browser(folder, 'device00work'), await browser(folder, 'device00home')];
    await put(work.store, ...bills(2));
    const offline: BackendFailure = { kind: 'failed', code: 'sync-offline' };
    const dark = { ...work.deps, backend: { ...work.deps.backend, list: async () => offline } };
    expect((await syncNow(dark))?.failure).toBe('sync-offline');
    expect(await work.store.watchedBills()).toHaveLength(2);
    await work.sync();
    await home.sync();
    expect(await home.store.watchedBills()).toHaveLength(2);
  });
});
