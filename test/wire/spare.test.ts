/** The background over a database that was emptied: what comes back is reminded by the same background, however late it came. */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dayOf, HOUR_MS, MINUTE_MS, startOf } from '../../src/core/day.ts';
import { recipe } from '../sites/taught/recipe-made.ts';
import { fakeBrowser, tell } from './fake-browser.ts';

let browser: ReturnType<typeof fakeBrowser>;
let copy: string | null;
let readMs = 0;

/** The extension's own file system, with one file that is replaced whole. */
function fakeFolder() {
  const write = async (text: string): Promise<void> => {
    copy = text;
  };
  const writing = { write, close: async () => undefined };
  const read = async () => {
    await new Promise((done) => setTimeout(done, readMs));
    return copy;
  };
  const getFile = async () => ({ slice: () => new Blob([copy ?? '']), text: read });
  const file = { getFile, createWritable: async () => writing };
  return {
    getFileHandle: async (_name: string, { create }: { create: boolean }) => {
      if (copy === null && !create) throw new DOMException('made up', 'NotFoundError');
      return file;
    },
  };
}

async function boot(): Promise<void> {
  vi.resetModules();
  vi.stubEnv('FIREFOX', '');
  vi.doMock('webextension-polyfill', () => ({ default: browser }));
  (await import('../../src/wire/background.ts')).startBackground();
}

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  browser = fakeBrowser();
  copy = null;
  readMs = 0;
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
    for (let turn = 0; turn < 30; turn++) await new Promise((done) => setImmediate(done));
  }
}

const OWN = { id: 'duly', url: 'chrome-extension://duly/dashboard.html' };

/** A bill of today and a taught page, copied; then the browser is started anew, at seven in the evening, with nothing left. */
async function lose(): Promise<void> {
  await boot();
  const bill = { title: 'Made up', dueDay: dayOf(Date.now()), remainingFen: 100, minimumFen: null };
  const given = { ...bill, statementDay: null, note: '', isMonthly: false };
  tell(browser.runtime.onMessage, { do: 'save-bill', billId: null, bill: given }, OWN);
  tell(browser.runtime.onMessage, { do: 'recipes', recipes: [recipe()] }, OWN);
  await goOn(2 * MINUTE_MS);
  expect(copy).toContain('Made up');
  expect(copy).toContain(recipe().id);
  Dexie.dependencies.indexedDB = new IDBFactory();
  const { scripts } = browser;
  browser = fakeBrowser();
  for (const [id, script] of scripts) browser.scripts.set(id, script);
  await vi.advanceTimersByTimeAsync(7 * HOUR_MS);
}

const said = () => browser.notifications.create.mock.calls.length;

it('that is found empty at the start', async () => {
  await lose();
  await boot();
  await goOn(MINUTE_MS);
  expect(said()).toBe(1);
  expect(browser.scripts.get('taught')?.matches).toEqual([`${recipe().origin}/*`]);
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
  await boot();
  await goOn(MINUTE_MS);
  expect(said()).toBe(1);
  expect(browser.scripts.get('taught')?.matches).toEqual([`${recipe().origin}/*`]);
});
