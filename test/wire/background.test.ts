/** The background over a browser whose doors hang, refuse or come too late: a reminder is said all the same. */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dayOf, HOUR_MS, MINUTE_MS, startOf } from '../../src/core/day.ts';
import { Database } from '../../src/storage/database.ts';
import { openStore } from '../../src/storage/store.ts';
import { recipe } from '../sites/taught/recipe-made.ts';
import { boot, fakeBrowser, tell } from './fake-browser.ts';

let browser: ReturnType<typeof fakeBrowser>;

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  browser = fakeBrowser();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  // The first notice of a bill that is read at noon is owed at six in the evening.
  const now = startOf(dayOf(Date.now())) + 12 * HOUR_MS;
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const OWN = { id: 'duly', url: 'chrome-extension://duly/dashboard.html' };

function ask(message: object, sender: object = OWN): Promise<never> {
  const [answer] = tell(browser.runtime.onMessage, message, sender);
  return answer as Promise<never>;
}

function saveBill(): void {
  const bill = { title: 'Made up', dueDay: dayOf(Date.now()), remainingFen: 100, minimumFen: null };
  void ask({ do: 'save-bill', billId: null, bill: { ...bill, statementDay: null, note: '', isMonthly: false } });
}

const isSaid = (): boolean => browser.notifications.create.mock.calls.length > 0;

/** The clock and the database take turns. */
async function goOn(ms: number): Promise<void> {
  for (let step = 0; step < 20; step++) {
    await vi.advanceTimersByTimeAsync(ms / 20);
    for (let turn = 0; turn < 30; turn++) await new Promise((done) => setImmediate(done));
  }
}

/** Rings as the browser would, for as long as the day's slots last. */
async function ringUntilSaid(): Promise<void> {
  for (let at = 0; at < 9 * 60 && !isSaid(); at += 5) {
    tell(browser.alarms.onAlarm, { name: 'duly' });
    await goOn(5 * MINUTE_MS);
  }
}

const DOORS: readonly [string, () => { mockImplementation(how: () => Promise<never>): unknown }][] = [
  ['permissions.contains', () => browser.permissions.contains],
  ['tabs.create', () => browser.tabs.create],
  ['scripting', () => browser.scripting.getRegisteredContentScripts],
  ['storage.session', () => browser.storage.session.get],
  ['alarms.get', () => browser.alarms.get],
  ['the badge', () => browser.action.setBadgeText],
];

describe.each([
  ['never answers', () => new Promise<never>(() => undefined)],
  ['refuses', () => Promise.reject(new Error('made up'))],
])('a door of the browser that %s costs no reminder', (_how, how) => {
  it.each(DOORS)('%s', async (_door, door) => {
    door().mockImplementation(how);
    await boot(browser);
    saveBill();
    tell(browser.runtime.onInstalled, { reason: 'install' });
    await ringUntilSaid();
    expect(isSaid()).toBe(true);
  });
});

it('a database that cannot be opened at first is opened by a later wake of the same background', async () => {
  await boot(browser);
  saveBill();
  await goOn(MINUTE_MS);
  browser = fakeBrowser();
  const { indexedDB } = Dexie.dependencies;
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('made up', 'UnknownError');
  });
  await boot(browser);
  await goOn(MINUTE_MS);
  expect(open).toHaveBeenCalled();
  open.mockRestore();
  await ringUntilSaid();
  expect(isSaid()).toBe(true);
});

it('is kept awake while it works, and not by a door that never answers', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const callsIn = async (ms: number): Promise<number> => {
    browser.runtime.getPlatformInfo.mockClear();
    await goOn(ms);
    return browser.runtime.getPlatformInfo.mock.calls.length;
  };
  await boot(browser);
  await goOn(HOUR_MS);
  expect(await callsIn(HOUR_MS)).toBe(0);
  browser.permissions.contains.mockImplementation(() => new Promise<never>(() => undefined));
  tell(browser.alarms.onAlarm, { name: 'duly' });
  expect(await callsIn(MINUTE_MS)).toBeGreaterThan(1);
  await goOn(HOUR_MS);
  expect(await callsIn(HOUR_MS)).toBe(0);
});

// Browsers update extensions while nobody is there.
it('an update tells of nobody at the machine, a start of the browser does', async () => {
  const hours = async () => (await openStore(new Database()).habit())?.presence.today.length;
  await boot(browser);
  tell(browser.runtime.onInstalled, { reason: 'update' });
  await goOn(MINUTE_MS);
  expect(await hours()).toBe(0);
  tell(browser.runtime.onStartup);
  await goOn(MINUTE_MS);
  expect(await hours()).toBe(1);
});

describe('a click on a notice', () => {
  const click = async (): Promise<void> => {
    await boot(browser);
    saveBill();
    await ringUntilSaid();
    tell(browser.notifications.onClicked, browser.notifications.create.mock.calls[0]![0]);
    await goOn(MINUTE_MS);
  };
  const OPENED = [[{ url: expect.stringContaining('notice.html#') }]];

  it('opens its page where there is none to pay on', async () => {
    await click();
    expect(browser.tabs.create.mock.calls).toEqual(OPENED);
  });

  // Shown while the disk was full.
  it('that is not on paper opens the bills', async () => {
    await boot(browser);
    tell(browser.notifications.onClicked, 'made-up');
    await goOn(MINUTE_MS);
    expect(browser.tabs.create.mock.calls).toEqual([[{ url: expect.stringContaining('dashboard.html') }]]);
  });

  it('on a disk that has become full opens the bills', async () => {
    await boot(browser);
    saveBill();
    await ringUntilSaid();
    const write = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('made up', 'QuotaExceededError');
    });
    tell(browser.notifications.onClicked, browser.notifications.create.mock.calls[0]![0]);
    await goOn(MINUTE_MS);
    expect(write).toHaveBeenCalled();
    expect(browser.tabs.create.mock.calls).toEqual([[{ url: expect.stringContaining('dashboard.html') }]]);
  });

  it('opens a window where none stands open', async () => {
    browser.tabs.create.mockRejectedValue(new Error('No current window'));
    await click();
    expect(browser.windows.create.mock.calls).toEqual(OPENED);
  });
});

describe('taught pages', () => {
  const [one, other] = [recipe(), recipe({ id: 'fedcba9876543210', origin: 'https://other.example' })];

  it('are read although the message that brings them and the event of their permission come together', async () => {
    const registered = browser.scripting.registerContentScripts.getMockImplementation()!;
    browser.scripting.registerContentScripts.mockImplementation(async (given) => {
      for (let turn = 0; turn < 50; turn++) await new Promise((done) => setImmediate(done));
      await registered(given);
    });
    await boot(browser);
    await goOn(MINUTE_MS);
    const saved = ask({ do: 'recipes', recipes: [one] });
    tell(browser.permissions.onAdded, {});
    const savedToo = ask({ do: 'recipes', recipes: [other] });
    await goOn(MINUTE_MS);
    expect(await Promise.all([saved, savedToo])).toEqual([{ ok: true }, { ok: true }]);
    expect(browser.scripts.get('taught')?.matches).toEqual([`${one.origin}/*`, `${other.origin}/*`]);
  });
});

describe('a page that stands open', () => {
  const ran = () => browser.scripting.executeScript.mock.calls.map(([{ target, files }]) => [target.tabId, ...files]);
  const open = (pattern: RegExp): void =>
    void browser.tabs.query.mockImplementation(async ({ url }) =>
      url.some((each) => pattern.test(each)) ? [{ id: 5 }, { id: 6, discarded: true }] : [],
    );

  it.each(['install', 'update'])(
    'is read after an %s: its own script is none, or has lost its extension',
    async (reason) => {
      open(/jd\.com/);
      await boot(browser);
      tell(browser.runtime.onInstalled, { reason });
      await goOn(MINUTE_MS);
      expect(ran()).toEqual([[5, 'jd.js']]);
    },
  );

  it('is left alone when the browser was updated: it is loaded anew then', async () => {
    open(/jd\.com/);
    await boot(browser);
    tell(browser.runtime.onInstalled, { reason: 'chrome_update' });
    await goOn(MINUTE_MS);
    expect(ran()).toEqual([]);
  });

  it('of a taught origin is read once the browser knows it, and not again at the next start', async () => {
    open(/xingyun/);
    // The banks that may be allowed are not, here.
    browser.permissions.contains.mockImplementation(async ({ origins }) =>
      origins.every((each) => /xingyun/.test(each)),
    );
    await boot(browser);
    void ask({ do: 'recipes', recipes: [recipe()] });
    await goOn(MINUTE_MS);
    await boot(browser);
    await goOn(MINUTE_MS);
    expect(ran()).toEqual([[5, 'taught.js']]);
  });
});

it('the overlay begins with the permission of its page, and not again with one for something else', async () => {
  const { origin } = recipe();
  const overlays = () => browser.scripting.executeScript.mock.calls.filter(([{ files }]) => files[0] === 'teach.js');
  browser.permissions.contains.mockResolvedValue(false);
  await boot(browser);
  void ask({ do: 'teach', tabId: 7, origin });
  await goOn(MINUTE_MS);
  expect(overlays()).toHaveLength(0);
  browser.permissions.contains.mockResolvedValue(true);
  tell(browser.permissions.onAdded, {});
  await goOn(MINUTE_MS);
  expect(overlays()).toHaveLength(1);
  tell(browser.permissions.onAdded, {});
  await goOn(MINUTE_MS);
  expect(overlays()).toHaveLength(1);
  // What is taught there is still taken.
  const { id: _, taughtAt: __, ...draft } = recipe();
  const page = { id: 'duly', url: `${origin}/account/repay`, tab: { id: 7 }, frameId: 0 };
  expect(await Promise.all([ask({ from: 'taught', do: 'save', recipe: draft }, page), goOn(MINUTE_MS)])).toEqual([
    { ok: true },
    undefined,
  ]);
});
