/** The opt-in refresh in real Chromium, counted in the site's own log: one page load, one tab, none left open. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import { BILL_PAGE, type Replica, startReplica } from '../replica/server.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { createClock } from './browsers/clock.ts';
import { ADDON_ORIGIN, launchFirefox } from './browsers/firefox.ts';
import { eventually, sleep } from './browsers/process.ts';
import { duly } from './duly.ts';

let replica: Replica;
beforeAll(async () => {
  replica = await startReplica();
});
beforeEach(() => replica.setAccount('two-bills'));
afterAll(() => replica.close());

const loads = (): number => replica.requests.filter(({ path }) => path === '/v3/ious/list').length;
const tabs = ({ context }: ChromiumSession): Page[] =>
  context.pages().filter((page) => /jd\.com|^about:blank$|\/refresh\.html$/.test(page.url()));
const on = (page: Page) => duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));

/** As if everything had happened so much earlier. */
function age(ms: number): Promise<void> {
  return new Promise((done, failed) => {
    const opening = indexedDB.open('duly');
    opening.onsuccess = () => {
      const change = opening.result.transaction(['sites', 'settings'], 'readwrite');
      const [sites, settings] = [change.objectStore('sites'), change.objectStore('settings')];
      sites.getAll().onsuccess = ({ target }) => {
        for (const state of (target as IDBRequest).result)
          sites.put({ ...state, at: state.at - ms, billsReadAt: state.billsReadAt - ms });
      };
      settings.get('refresh').onsuccess = ({ target }) => {
        const row = (target as IDBRequest).result;
        if (!row) return;
        for (const site of Object.values<{ openedAt: number; stopped: { at: number } | null }>(row.value.sites)) {
          site.openedAt -= ms;
          if (site.stopped) site.stopped.at -= ms;
        }
        settings.put(row);
      };
      change.oncomplete = () => done(opening.result.close());
      change.onerror = () => failed(change.error);
    };
  });
}

/** As a background leaves it that dies between opening the tab and noting its number. */
const unnoted = () => {
  const openedAt = Date.now() - 2 * MINUTE_MS;
  const site = { openedAt, stopped: null };
  return { isOn: true, tab: { siteId: 'jd-baitiao', tabId: null, openedAt }, sites: { 'jd-baitiao': site } };
};

/** The bills were read in a tab of the owner's, 21 hours ago, and the refresh is on. */
async function readLongAgo(browser: ChromiumSession): Promise<{ own: Page; opened: () => number }> {
  const page = browser.context.pages()[0]!;
  await page.goto(BILL_PAGE);
  const own = await browser.openExtensionPage('notice.html');
  await eventually(async () => (await on(own).status()).bills.length >= 2, 'the bills');
  await page.goto('about:blank');
  await page.close();
  await own.evaluate(age, 21 * HOUR_MS);
  let opened = 0;
  browser.context.on('page', () => opened++);
  await on(own).ask({ do: 'refresh', isOn: true });
  return { own, opened: () => opened };
}

/** The tab is closed before that is written. */
async function isOver(extension: ReturnType<typeof duly>): Promise<boolean> {
  const row = (await extension.rows('settings')).find(({ name }) => name === 'refresh');
  return (row?.value as { tab: unknown } | undefined)?.tab === null;
}

describe('Chromium', () => {
  it('opens one inactive tab, reads it, closes it, and stays away for 20 hours', async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port });
    try {
      const before = loads();
      const { own, opened } = await readLongAgo(browser);
      const readAt = async () => Number((await on(own).rows('sites'))[0]!.billsReadAt);
      await eventually(async () => (await readAt()) > Date.now() - HOUR_MS, 'the reading');
      await eventually(() => opened() === 1 && tabs(browser).length === 0, 'the tab to be gone');
      await eventually(() => isOver(on(own)), 'the visit to be over');
      for (let time = 0; time < 5; time++) await on(own).ask({ do: 'check' });
      await own.evaluate(age, 19 * HOUR_MS);
      await on(own).ask({ do: 'check' });
      await sleep(1500);
      expect([loads() - before, opened()]).toEqual([2, 1]);
    } finally {
      await browser.close();
    }
  });

  it('stops at the sign-in page, and goes on once the owner was there', async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port });
    try {
      const before = loads();
      replica.setAccount('two-bills');
      const { own, opened } = await readLongAgo(browser);
      await eventually(() => opened() === 1 && tabs(browser).length === 0, 'the tab to be gone');
      replica.setAccount('signed-out');
      for (let day = 0; day < 3; day++) {
        await eventually(() => isOver(on(own)), 'the visit to be over');
        await own.evaluate(age, 21 * HOUR_MS);
        await on(own).ask({ do: 'check' });
        await eventually(() => opened() === 2 && tabs(browser).length === 0, 'the second tab to be gone');
        await sleep(700);
      }
      expect([loads() - before, opened()]).toEqual([3, 2]);
      const settings = await browser.openExtensionPage('dashboard.html#settings');
      await settings.getByText('账单页要求登录，自动读取停下了').waitFor();

      replica.setAccount('two-bills');
      const page = await browser.context.newPage();
      await page.goto(BILL_PAGE);
      await settings.getByText('自动读取停下了').waitFor({ state: 'detached' });
    } finally {
      await browser.close();
    }
  });

  it('closes a tab that tells nothing after a minute, although the worker was stopped meanwhile', async () => {
    const clock = createClock('faketime');
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port, env: clock.env });
    try {
      const page = browser.context.pages()[0]!;
      await page.goto(BILL_PAGE);
      const own = await browser.openExtensionPage('notice.html');
      await eventually(async () => (await on(own).status()).bills.length >= 2, 'the bills');
      await page.goto('about:blank');
      await page.close();
      replica.setAccount('rebuilt');
      const before = loads();
      await own.evaluate(age, 21 * HOUR_MS);
      await on(own).ask({ do: 'refresh', isOn: true });
      await eventually(() => tabs(browser).some((tab) => tab.url().includes('jd.com')), 'the tab');
      await browser.stopServiceWorker();
      clock.advance(MINUTE_MS);
      await eventually(() => tabs(browser).length === 0, 'the tab to be gone');
      expect(loads() - before).toBe(1);
      const [row] = (await on(own).rows('settings')).filter(({ name }) => name === 'refresh');
      expect((row!.value as { tab: unknown }).tab).toBeNull();
    } finally {
      await browser.close();
      clock.close();
    }
  });

  it('closes a tab that was opened and not noted, and none of the owner’s', async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port });
    try {
      await browser.context.pages()[0]!.goto(BILL_PAGE);
      const own = await browser.openExtensionPage('notice.html');
      await browser.openExtensionPage('refresh.html');
      await on(own).putSetting('refresh', unnoted());
      await on(own).ask({ do: 'check' });
      const open = () => browser.context.pages().map((page) => new URL(page.url()).pathname);
      await eventually(() => !open().includes('/refresh.html'), 'the tab to be gone');
      expect(open().sort()).toEqual(['/notice.html', '/v3/ious/list']);
    } finally {
      await browser.close();
    }
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a global of the browser, used in functions that run there.
declare const chrome: any;

it('Firefox opens one tab, reads it and closes it, and closes one that was opened and not noted', async () => {
  const browser = await launchFirefox({ replicaPort: replica.port });
  try {
    await browser.install(BUILT.firefox);
    const page = await browser.currentTab();
    await browser.navigate(BILL_PAGE);
    const own = await browser.newTab(`${ADDON_ORIGIN}/notice.html`);
    const firefox = duly((remote, arg) => browser.exec(remote as (arg: unknown) => unknown, arg));
    await eventually(async () => (await firefox.status()).bills.length >= 2, 'the bills');
    const before = loads();
    const count = () => browser.exec(async () => (await chrome.tabs.query({})).length as number);
    await browser.newTab(`${ADDON_ORIGIN}/refresh.html`);
    await browser.switchTo(own);
    expect(await count()).toBe(3);
    await firefox.putSetting('refresh', unnoted());
    await firefox.ask({ do: 'check' });
    await eventually(async () => (await count()) === 2 && (await isOver(firefox)), 'the tab to be gone');
    await browser.switchTo(page);
    await browser.navigate('about:blank');
    await browser.switchTo(own);
    await browser.exec(age, 21 * HOUR_MS);
    await firefox.ask({ do: 'check' });
    const readAt = async () => Number((await firefox.rows('sites'))[0]!.billsReadAt);
    await eventually(async () => (await readAt()) > Date.now() - HOUR_MS, 'the reading');
    await eventually(async () => (await count()) === 2, 'the second tab to be gone');
    expect(loads() - before).toBe(1);
  } finally {
    await browser.close();
  }
});
