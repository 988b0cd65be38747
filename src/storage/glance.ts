/**
 * The part of the Store that the popup looks through, straight over IndexedDB: Dexie is more than half of such a page's
 * script and of its time. (docs/decisions/0011) It only reads; who makes the database and writes into it is the Store.
 */
import type { Glance } from '../app/glance.ts';
import { oldestFirst } from '../core/recipe.ts';
import { billIn } from './bill-row.ts';
import { DATABASE_NAME, SCHEMA_VERSION } from './schema.ts';
import { soundRules, soundState } from './sound.ts';

/** By this name Dexie tells its other copies of every commit. */
const DEXIE_CHANNEL = 'x-storagemutated-1';

/** Dexie counts its versions in tens. */
const NATIVE_VERSION = SCHEMA_VERSION * 10;

/** `make` has the database made, or brought to this version, where it is not yet. */
export function openGlance(make: () => Promise<unknown>, name = DATABASE_NAME): Glance {
  let opening: Promise<IDBDatabase> | undefined;
  const close = (): void => {
    void opening?.then((db) => db.close());
    opening = undefined;
  };
  const open = (): Promise<IDBDatabase> =>
    openExisting(name).then((db) => {
      // Never in the way of an upgrade or a removal.
      db.onversionchange = close;
      db.onclose = close;
      return db;
    });
  const database = (): Promise<IDBDatabase> => {
    opening ??= open()
      .catch((error: DOMException) => (error.name === 'AbortError' ? make().then(open) : Promise.reject(error)))
      .catch((error: unknown) => {
        opening = undefined; // the next look tries again
        throw error;
      });
    return opening;
  };
  const table = async (of: string): Promise<IDBObjectStore> => (await database()).transaction(of).objectStore(of);
  const all = async (of: string) => answered((await table(of)).getAll());
  const setting = async (key: string) => (await answered((await table('settings')).get(key)))?.value;
  return {
    firstWatched: async (most, mostCounted) => {
      const range = IDBKeyRange.lowerBound('', true);
      const watched = (await table('bills')).index('watchDay');
      const rows = answered(watched.getAll(range, most));
      const keys = answered(watched.getAllKeys(range, mostCounted));
      return { bills: (await rows).map(billIn), count: (await keys).length };
    },
    bill: async (id) => {
      const row = await answered((await table('bills')).get(id));
      return row && billIn(row);
    },
    latestActs: async (most) => newestFirst((await table('acts')).index('at'), most),
    siteStates: async () => (await all('sites')).map(soundState),
    rules: async () => soundRules(await setting('rules')),
    closedSites: async () => (await setting('closedSites')) ?? [],
    recipes: async () => oldestFirst(await all('recipes')),
  };
}

/** Calls `changed` after every commit of the Store's, in whatever page or worker, until it is ended by what it returns. */
export function watchCommits(changed: () => void): () => void {
  const channel = new BroadcastChannel(DEXIE_CHANNEL);
  channel.onmessage = changed;
  return () => channel.close();
}

/** An AbortError: there is none yet, or an older one. A VersionError: there is a newer one. */
function openExisting(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, NATIVE_VERSION);
  request.onupgradeneeded = () => request.transaction?.abort();
  return answered(request);
}

// biome-ignore lint/suspicious/noExplicitAny: rows are any until `sound.ts` has looked at them, as Dexie's are.
function answered<T = any>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
function newestFirst(index: IDBIndex, most: number): Promise<any[]> {
  const request = index.openCursor(null, 'prev');
  return new Promise((resolve, reject) => {
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const rows: any[] = [];
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor) rows.push(cursor.value);
      if (cursor && rows.length < most) cursor.continue();
      else resolve(rows);
    };
  });
}
