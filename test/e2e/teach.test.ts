/**
 * A made-up lender's page is taught in real browsers, by real presses: the toolbar's menu, the popup's offer, the
 * browser's own question, the page. Then it is loaded anew, and the bill is there.
 */
import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { addDays, type Day, dayOf } from '../../src/core/day.ts';
import { LENDER_HOST, LENDER_PAGE, type Lender, startLender } from '../replica/lender.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { type Display, openDisplay } from './browsers/display.ts';
import { ADDON_ID, ADDON_ORIGIN, type FirefoxSession, launchFirefox, setOrigins } from './browsers/firefox.ts';
import { eventually, sleep } from './browsers/process.ts';

// biome-ignore lint/suspicious/noExplicitAny: a global of the browser, used in functions that run there.
declare const chrome: any;

const today = dayOf(Date.now());
const dueDay = addDays(today as Day, 6);
const BILL = {
  title: '行云贷演示',
  dueDay,
  remainingFen: 128_640,
  minimumFen: 12_864,
  source: 'taught',
  standing: 'open',
};

interface Status {
  readonly bills: readonly { readonly dueDay: string; readonly remainingFen: number; readonly readAt: number }[];
  readonly sites: readonly { readonly siteId: string; readonly kind: string; readonly why: string | null }[];
  readonly recipes: readonly { readonly id: string }[];
}

describe('Chromium', () => {
  let [display, lender, session]: [Display?, Lender?, ChromiumSession?] = [];
  let own: Page | undefined;
  const status = async (): Promise<Status> => {
    own ??= await session!.openExtensionPage('dashboard.html');
    return own.evaluate(() => chrome.runtime.sendMessage({ do: 'status' }));
  };
  const key = (name: string): void =>
    void execFileSync('xdotool', ['key', name], { env: { ...process.env, ...display!.env } });
  const isPopupOpen = async (): Promise<boolean> =>
    (await session!.serviceWorker()).evaluate(
      async () => (await chrome.runtime.getContexts({ contextTypes: ['POPUP'] })).length > 0,
    );
  const isAllowed = async (): Promise<boolean> =>
    (await session!.serviceWorker()).evaluate(
      (origin) => chrome.permissions.contains({ origins: [origin] }),
      `https://${LENDER_HOST}/*`,
    );

  beforeAll(async () => {
    display = await openDisplay();
    lender = await startLender(today);
    session = await launchChromium({
      extensionDir: BUILT.chrome,
      replicaPort: lender.port,
      headless: false,
      env: display.env,
      args: [
        '--window-position=0,0',
        '--window-size=1280,800',
        '--test-type',
        `--host-resolver-rules=MAP ${LENDER_HOST} 127.0.0.1:${lender.port}, MAP * ~NOTFOUND`,
      ],
    });
  });
  afterAll(async () => {
    await session?.close();
    await lender?.close();
    await display?.close();
  });

  it('teaches the page by pointing, asks once, and reads it after a reload', async () => {
    const page = session!.context.pages()[0]!;
    await page.goto(LENDER_PAGE);
    await session!.serviceWorker();
    expect(await isAllowed()).toBe(false);

    // The toolbar's menu and its first entry, in a window of 1280 × 800 at 0, 0; all else by keyboard.
    await sleep(2500);
    await eventually(
      async () => {
        display!.click(1166, 63);
        await sleep(1200);
        display!.click(957, 234);
        await sleep(1500);
        return isPopupOpen();
      },
      'the popup',
      25_000,
    );
    key('Tab');
    key('Tab');
    key('Return');
    await sleep(2500);
    key('Tab');
    key('Return');
    await eventually(isAllowed, 'the permission of this site');
    await eventually(() => page.evaluate(() => document.documentElement.children.length === 3), 'the overlay');
    await sleep(800);

    const point = async (selector: string) => {
      const box = (await page.locator(selector).boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await sleep(300);
    };
    await point('#pay');
    expect(await page.title()).toBe('我的还款 - 行云贷演示');
    await point('.cell:nth-child(1) em');
    await point('.cell:nth-child(2) em');
    // The likeliest minimum has the focus; then the button that saves; then the one that ends it.
    for (const _ of ['minimum', 'save', 'done']) {
      await page.keyboard.press('Enter');
      await sleep(700);
    }
    const read = await eventually(async () => (await status()).bills.length > 0 && status(), 'the bill');
    expect(read.bills).toMatchObject([BILL]);

    // The page has its clicks and keys again, and had none of the overlay's.
    expect(await page.evaluate(() => document.body.dataset.keys ?? '')).toBe('');
    expect(await page.evaluate(() => document.documentElement.children.length)).toBe(2);
    await page.locator('#pay').click();
    expect(await page.title()).toBe('付款了');

    await sleep(1100);
    lender!.setLook('rebuilt');
    await page.reload();
    const again = await eventually(async () => {
      const now = await status();
      return (now.bills[0]?.readAt ?? 0) > (read.bills[0]?.readAt ?? 0) && now;
    }, 'the reading after the reload');
    expect(again.bills).toMatchObject([BILL]);
  });

  it('says that the recipe no longer fits, and keeps the bill', async () => {
    lender!.setLook('unknown');
    await session!.context.pages()[0]!.goto(LENDER_PAGE);
    const now = await eventually(
      async () => {
        const seen = await status();
        return seen.sites.some(({ kind }) => kind === 'unreadable') && seen;
      },
      'the page to be unreadable',
      25_000,
    );
    expect(now.sites).toMatchObject([{ kind: 'unreadable', why: 'layout-unknown' }]);
    expect(now.bills).toMatchObject([BILL]);
    const popup = await session!.openPopup();
    await popup.getByText('行云贷演示：教过的方式读不到了，请重新教一次。').waitFor();
    await popup.close();
  });

  it('gives the structure of the page without its numbers', async () => {
    const page = await session!.openPopup();
    const report = await page.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://*/*' });
      const [first] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ['report.js'] });
      return first.result as string;
    });
    await page.close();
    expect(report).toContain(`https://${LENDER_HOST}/account/repay`);
    expect(report).toContain('0,000.00');
    expect(report).not.toContain('286');
  });

  it('says that the browser no longer allows the page, once it is taken back', async () => {
    const popup = await session!.openPopup();
    await popup.evaluate(
      (origin: string) => chrome.permissions.remove({ origins: [origin] }),
      `https://${LENDER_HOST}/*`,
    );
    await popup.getByText('行云贷演示：浏览器不允许读取这个网站，账单没有更新。').waitFor();
    const worker = await session!.serviceWorker();
    // The popup hears of it at once; the scripts are taken off right after.
    await expect.poll(() => worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).toEqual([]);
    await popup.close();
  });
});

describe('Firefox', () => {
  let [lender, session]: [Lender?, FirefoxSession?] = [];
  const ask = <R>(message: object): Promise<R> =>
    session!.exec((text: unknown) => chrome.runtime.sendMessage(text), message) as Promise<R>;

  beforeAll(async () => {
    lender = await startLender(today);
    session = await launchFirefox({
      replicaPort: lender.port,
      prefs: { 'extensions.webextOptionalPermissionPrompts': false },
    });
    await session.install(BUILT.firefox);
  });
  afterAll(async () => {
    await session?.close();
    await lender?.close();
  });

  it('teaches the page by keyboard, and reads it after a reload', async () => {
    const firefox = session!;
    const page = await firefox.currentTab();
    await firefox.navigate(LENDER_PAGE);
    const own = await firefox.newTab(`${ADDON_ORIGIN}/popup.html`);
    const tabId = await firefox.exec(async (host: string) => {
      const tabs = await chrome.tabs.query({});
      return tabs.find((tab: { title?: string; id: number }) => tab.title?.includes(host))?.id ?? tabs[0].id;
    }, '行云贷');
    await ask({ do: 'teach', tabId, origin: `https://${LENDER_HOST}` });
    await firefox.execChrome(setOrigins, ADDON_ID, [`https://${LENDER_HOST}/*`], 'add');
    await firefox.switchTo(page);
    await sleep(2500);
    // The date, the amount, the minimum, save, done: each has the focus when its turn comes.
    for (const _ of ['dueDay', 'remaining', 'minimum', 'save', 'done']) {
      await firefox.execChrome(press, 'Enter');
      await sleep(800);
    }
    await firefox.switchTo(own);
    const read = await eventually(async () => {
      const now = await ask<Status>({ do: 'status' });
      return now.bills.length > 0 && now;
    }, 'the bill');
    expect(read.bills).toMatchObject([BILL]);

    await firefox.switchTo(page);
    expect(await firefox.exec(() => document.body.dataset.keys ?? '')).toBe('');
    expect(await firefox.exec(() => document.documentElement.children.length)).toBe(2);
    await sleep(1100);
    lender!.setLook('rebuilt');
    await firefox.navigate(LENDER_PAGE);
    await firefox.switchTo(own);
    const again = await eventually(async () => {
      const now = await ask<Status>({ do: 'status' });
      return (now.bills[0]?.readAt ?? 0) > (read.bills[0]?.readAt ?? 0) && now;
    }, 'the reading after the reload');
    expect(again.bills).toMatchObject([BILL]);

    const report = await firefox.exec(async () => {
      const tabs = await chrome.tabs.query({ url: 'https://*/*' });
      const [first] = await chrome.scripting.executeScript({ target: { tabId: tabs[0].id }, files: ['report.js'] });
      return first.result as string;
    });
    expect(report).toContain('0,000');
    expect(report).not.toContain('286');

    await firefox.exec(
      (origin: string) => chrome.permissions.remove({ origins: [origin] }),
      `https://${LENDER_HOST}/*`,
    );
    await eventually(
      async () => (await ask<Status>({ do: 'status' })).sites.some(({ kind }) => kind === 'no-access'),
      'the page to be shut',
    );
  });
});

// biome-ignore lint/suspicious/noExplicitAny: globals of the browser's own context.
declare const Services: any, Components: any;

/** A real key press in the window, as from the keyboard. */
function press(key: string): void {
  const window = Services.wm.getMostRecentWindow('navigator:browser');
  window.gBrowser.selectedBrowser.focus();
  const tip = Components.classes['@mozilla.org/text-input-processor;1'].createInstance(
    Components.interfaces.nsITextInputProcessor,
  );
  tip.beginInputTransactionForTests(window);
  const event = new window.KeyboardEvent('', { key, code: key, keyCode: 13 });
  tip.keydown(event);
  tip.keyup(event);
}
