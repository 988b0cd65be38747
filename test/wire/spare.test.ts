/** The background over a database that was emptied: what comes back is reminded by the same background, however late it came. */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dayOf, HOUR_MS, MINUTE_MS, startOf } from '../../src/core/day.ts';
import { recipe } from '../sites/taught/recipe-made.ts';
import { boot, fakeBrowser, tell } from './fake-browser.ts';

let browser: ReturnType<typeof fakeBrowser>;
let copy: string | null;
let readMs = 0;
let reads = 0;
let isStuck = false;

/** The extension's own file system, with one file that is replaced whole. */
function fakeFolder() {
  let begun = '';
  const write = async (text: string): Promise<void> => {
    begun = text;
  };
  const close = async (): Promise<void> => {
    copy = begun;
  };
  const writing = { write, close };
  const read = async () => {
    reads++;
    await new Promise((done) => setTimeout(done, readMs));
    return copy;
  };
  const getFile = async () => ({ slice: () => new Blob([copy ?? '']), text: read });
  const file = {
    getFile,
    createWritable: () => (isStuck ? new Promise<never>(() => undefined) : Promise.resolve(writing)),
  };
  return {
    getFileHandle: async (name: string, { create }: { create: boolean }) => {
      if (!create && (copy === null || name !== 'spare.json')) throw new DOMException('made up', 'NotFoundError');
      return file;
    },
  };
}

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  browser = fakeBrowser();
  copy = null;
  readMs = 0;
  reads = 0;
  isStuck = false;
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => fakeFolder() } });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  // The first notice of a bill that is read at noon is owed at six in the evening.
  const now = startOf(dayOf(Date.now())) + 12 * HOUR_MS;
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The clock and the database take turns. */
async function goOn(ms: number): Promise<void> {
  for (let step = 0; step < 20; step++) {
    await vi.advanceTimersByTimeAsync(ms / 20);
    for (let turn = 0; turn < 100; turn++) await new Promise((done) => setImmediate(done));
  }
}

const OWN = { id: 'duly', url: 'chrome-extension://duly/dashboard.html' };

/** A bill of today and a taught page, copied; then it is seven in the evening. */
async function copied(): Promise<void> {
  await boot(browser);
  await goOn(MINUTE_MS);
  const bill = { title: 'Made up', dueDay: dayOf(Date.now()), remainingFen: 100, minimumFen: null };
  const given = { ...bill, statementDay: null, note: '', isMonthly: false };
  tell(browser.runtime.onMessage, { do: 'save-bill', billId: null, bill: given }, OWN);
  tell(browser.runtime.onMessage, { do: 'recipes', recipes: [recipe()] }, OWN);
  const isCopied = () => copy?.includes('Made up') && copy.includes(recipe().id);
  // What the copy is known by is counted beside these turns.
  for (let turn = 0; turn < 200 && !isCopied(); turn++) await goOn(100);
  expect(isCopied()).toBe(true);
  await vi.advanceTimersByTimeAsync(7 * HOUR_MS);
  browser.notifications.create.mockClear();
}

/** The browser is started anew with nothing left but the copy and what it registered itself. */
async function lose(): Promise<void> {
  await copied();
  Dexie.dependencies.indexedDB = new IDBFactory();
  const { scripts } = browser;
  browser = fakeBrowser();
  for (const [id, script] of scripts) browser.scripts.set(id, script);
}

const said = () => browser.notifications.create.mock.calls.length;

it('that is found empty at the start', async () => {
  await lose();
  await boot(browser);
  await goOn(MINUTE_MS);
  expect(said()).toBe(1);
  expect(browser.scripts.get('taught')?.matches).toEqual([`${recipe().origin}/*`]);
  // No pass went before it: nothing was ever taken for empty.
  expect(browser.scripting.unregisterContentScripts).not.toHaveBeenCalled();
});

/** As of a disk that is busy: the database is opened late, and the file read later still. */
function slowDisk(): void {
  const { indexedDB } = Dexie.dependencies;
  const open = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    let real: IDBOpenDBRequest | undefined;
    const asked = {
      get result() {
        return real?.result;
      },
      get transaction() {
        return real?.transaction;
      },
    };
    setTimeout(() => {
      real = open(name, version);
      const { onsuccess, onerror, onblocked, onupgradeneeded } = asked as IDBOpenDBRequest;
      Object.assign(real, { onsuccess, onerror, onblocked, onupgradeneeded });
    }, 12_000);
    return asked as IDBOpenDBRequest;
  });
  readMs = 2000;
}

it('whose copy is found when the pass has begun', async () => {
  await lose();
  slowDisk();
  await boot(browser);
  await goOn(MINUTE_MS);
  expect(said()).toBe(1);
  expect(reads).toBe(1);
  expect(browser.scripts.get('taught')?.matches).toEqual([`${recipe().origin}/*`]);
});

it('and one whose next copy is never written holds up no reminder', async () => {
  await copied();
  isStuck = true;
  await boot(browser);
  await goOn(MINUTE_MS);
  expect(said()).toBe(1);
});
