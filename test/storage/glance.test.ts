/** What the contract of the store does not say of a glance without Dexie: how it finds the database, and leaves it. */
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { Database } from '../../src/storage/database.ts';
import { openGlance, watchCommits } from '../../src/storage/glance.ts';
import { openStore } from '../../src/storage/store.ts';
import { actOf, put } from '../contracts/store-contract.ts';
import { bill } from '../core/made-up.ts';

let databases = 0;
const fresh = (): string => `glance-${++databases}`;
const nobodyMakes = () => Promise.reject(new Error('made up'));

function opened(name: string, version: number): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

describe('a glance', () => {
  it.each([
    ['is not there yet', 0],
    ['is an older one', 10],
  ])('asks for the database where it %s, once, and leaves no empty one behind', async (_, version) => {
    const name = fresh();
    if (version) (await opened(name, version)).close();
    const make = vi.fn(async () => {
      expect((await indexedDB.databases()).find((each) => each.name === name)?.version ?? 0).toBe(version);
      if (version) await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
      await put(openStore(new Database(name)), bill());
    });
    const glance = openGlance(make, name);
    expect((await Promise.all([glance.firstWatched(9, 9), glance.rules()]))[0].bills).toEqual([bill()]);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('says why when it cannot be made, and looks again the next time', async () => {
    const name = fresh();
    const glance = openGlance(nobodyMakes, name);
    await expect(glance.rules()).rejects.toThrow('made up');
    await put(openStore(new Database(name)), bill());
    expect(await glance.bill(bill().id)).toEqual(bill());
  });

  it('refuses the database of a newer version, which it could misread', async () => {
    const name = fresh();
    (await opened(name, 999)).close();
    const make = vi.fn(nobodyMakes);
    await expect(openGlance(make, name).rules()).rejects.toMatchObject({ name: 'VersionError' });
    expect(make).not.toHaveBeenCalled();
  });

  it('is in the way of no upgrade and no removal', async () => {
    const name = fresh();
    await put(openStore(new Database(name)), bill());
    const glance = openGlance(nobodyMakes, name);
    await glance.rules();
    await new Database(name).delete();
    expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(name);
    await expect(glance.rules()).rejects.toThrow('made up');
  });

  it('gives the latest acts, the newest first', async () => {
    const name = fresh();
    const store = openStore(new Database(name));
    await put(store, bill());
    for (const at of [5, 9, 7]) await store.mark(actOf({ id: `${at}`, at }), (owner) => owner);
    const glance = openGlance(nobodyMakes, name);
    const moments = async (most: number) => (await glance.latestActs(most)).map(({ at }) => at);
    expect([await moments(2), await moments(9)]).toEqual([
      [9, 7],
      [9, 7, 5],
    ]);
  });

  it('hears of every commit of the store’s', async () => {
    const store = openStore(new Database(fresh()));
    let end = (): void => undefined;
    const heard = new Promise<void>((resolve) => {
      end = watchCommits(resolve);
    });
    await put(store, bill());
    await heard;
    end();
  });
});
