/** Real notices on a real bus and screen: what they say, and what becomes of a press, a click and a closing. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { ROOT } from '../../scripts/command.ts';
import { type Day, dayOf } from '../../src/core/day.ts';
import { BILL_PAGE, type Replica, startReplica } from '../replica/server.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { type Display, openDisplay } from './browsers/display.ts';
import { ADDON_ORIGIN, type FirefoxSession, launchFirefox } from './browsers/firefox.ts';
import { eventually, sleep } from './browsers/process.ts';
import { dueToday, duly, rulesAt } from './duly.ts';

const SHOTS = join(ROOT, '.output/shots');
mkdirSync(SHOTS, { recursive: true });
const shot = (name: string): string => join(SHOTS, `desktop-notice-${name}.png`);

const PATIENCE_MS = 60_000;
type Extension = ReturnType<typeof duly>;
type Row = Record<string, unknown>;

const onPage = (page: Page) => duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));
const onFirefox = (firefox: FirefoxSession) =>
  duly((remote, arg) => firefox.exec(remote as (arg: unknown) => unknown, arg));

const shownDay = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** The first row of this table of which `is` holds, as soon as there is one. */
function row(extension: Extension, table: string, is: (row: Row) => boolean): Promise<Row> {
  return eventually(async () => (await extension.rows(table)).find(is) ?? null, `a row of ${table}`, PATIENCE_MS);
}

const acceptedOf = (extension: Extension, billId: string): Promise<Row> =>
  row(extension, 'ledger', (entry) => entry.billId === billId && entry.outcome === 'accepted');

const notified = (display: Display, count: number) =>
  eventually(() => (display.notified.length >= count ? display.notified.at(-1) : null), 'the Notify call', PATIENCE_MS);

/** How long each notice that is gone was to stay, newest first; 0 is until it is dealt with. */
function staysMs(display: Display): number[] {
  const history = JSON.parse(display.dunstctl('history')) as { data: { timeout: { data: number } }[][] };
  return (history.data[0] ?? []).map(({ timeout }) => timeout.data / 1000);
}

let replica: Replica;
beforeAll(async () => {
  replica = await startReplica();
});
afterAll(() => replica.close());

describe('Chromium', () => {
  async function withChromium(dunst: boolean, test: (browser: ChromiumSession, display: Display) => Promise<void>) {
    const display = await openDisplay({ dunst });
    try {
      const browser = await launchChromium({
        extensionDir: BUILT.chrome,
        replicaPort: replica.port,
        headless: false,
        env: display.env,
      });
      try {
        await test(browser, display);
      } finally {
        await browser.close();
      }
    } finally {
      await display.close();
    }
  }

  it('sends title, amount and day over the bus; a click opens the bill page; a closed notice ends nothing', () =>
    withChromium(true, async (browser, display) => {
      const page = await browser.context.newPage();
      await page.goto(BILL_PAGE);
      const extension = onPage(await browser.openExtensionPage('manifest.json'));
      const bills = await eventually(
        async () => {
          const { bills } = await extension.status();
          return bills.length >= 2 ? bills : null;
        },
        'the bills of the page',
        PATIENCE_MS,
      );
      const first = [...bills].sort((a, b) => (a.dueDay! < b.dueDay! ? -1 : 1))[0]!;
      await page.goto('about:blank');
      await extension.ask({ do: 'rules', rules: rulesAt(Date.now() + 6000, first.dueDay!) });
      const notice = await notified(display, 1);
      expect(notice.app).toBe('Chromium');
      expect(notice.title).toContain('还有 3 天到期');
      expect(notice.body).toContain('剩余应还 ¥386.20');
      expect(notice.body).toContain(`最后还款日 ${shownDay(first.dueDay!)}`);
      expect(notice.actions).toEqual(expect.arrayContaining(['已还款', '稍后提醒']));
      await acceptedOf(extension, first.id);
      display.screenshot(shot('chromium-dunst'));

      display.dunstctl('action', '0');
      await row(extension, 'ledger', (entry) => entry.billId === first.id && entry.seen === 'clicked');
      await eventually(
        () => browser.context.pages().some((each) => each.url().startsWith(BILL_PAGE)),
        'the bill page',
        PATIENCE_MS,
      );

      // dunst keeps what was clicked, and `close` takes the oldest.
      display.dunstctl('close-all');
      const billId = await dueToday(extension, '京东白条 今日到期');
      const today = await notified(display, 2);
      expect(today.title).toBe('京东白条 今日到期：今天到期');
      expect(today.body).toContain('¥1,280.55');
      expect(today.body).toContain('最低还款 ¥128.06');
      await acceptedOf(extension, billId);
      display.dunstctl('close');
      await row(extension, 'ledger', (entry) => entry.billId === billId && entry.seen === 'closed');
      const [onTheDay, before] = staysMs(display);
      expect(onTheDay).toBe(0);
      expect(before).not.toBe(0);

      const slot = Date.now() + 6000;
      await extension.ask({ do: 'rules', rules: rulesAt(slot, dayOf(slot)) });
      expect((await notified(display, 3)).title).toContain('今天到期');
    }));

  it('takes a press on 已还款 as paid, and one on 稍后提醒 as a snooze that shows how to change it', () =>
    withChromium(false, async (browser, display) => {
      const extension = onPage(await browser.openExtensionPage('manifest.json'));
      const paidId = await dueToday(extension, '京东白条 十一月');
      await acceptedOf(extension, paidId);
      await sleep(2500); // the popup slides in
      display.screenshot(shot('chromium-own'), '420x260+860+540');
      display.click(954, 763);
      const act = await row(extension, 'acts', (each) => each.billId === paidId);
      expect(act).toMatchObject({ do: 'paid', via: 'notice' });
      const paid = await row(extension, 'bills', ({ id }) => id === paidId);
      expect(paid.owner).toMatchObject({ paidAt: act.at });
      expect(paid.watchDay).toBeUndefined();

      const laterId = await dueToday(extension, '京东白条 十二月');
      await acceptedOf(extension, laterId);
      await sleep(2500);
      display.click(1044, 763);
      const snooze = await row(extension, 'acts', (each) => each.billId === laterId);
      expect(snooze).toMatchObject({ do: 'snooze', via: 'notice' });
      const held = await row(extension, 'bills', ({ id }) => id === laterId);
      expect(held.owner).toMatchObject({ snoozedUntil: snooze.until });
      const page = await eventually(
        () => browser.context.pages().find((each) => each.url().includes('/notice.html#')),
        'the page of the notice',
        PATIENCE_MS,
      );
      await page.waitForSelector('.undo');
      await page.screenshot({ path: shot('page') });
    }));
});

describe('Firefox', () => {
  it('opens the page of the notice at a click, where 知道了 acknowledges it', async () => {
    const display = await openDisplay({ dunst: true });
    try {
      const firefox = await launchFirefox({ headless: false, env: display.env });
      try {
        await firefox.install(BUILT.firefox);
        await firefox.navigate(`${ADDON_ORIGIN}/manifest.json`);
        const extension = onFirefox(firefox);
        const billId = await dueToday(extension, '京东白条 今日到期');
        const notice = await notified(display, 1);
        expect(notice.app).toBe('Firefox');
        expect(notice.title).toBe('京东白条 今日到期：今天到期');
        expect(notice.body).toContain('剩余应还 ¥1,280.55');
        expect(notice.body).toContain(`最后还款日 ${shownDay(dayOf(Date.now()))}`);
        await acceptedOf(extension, billId);
        display.screenshot(shot('firefox-dunst'));

        display.dunstctl('action', '0');
        const url = await eventually(
          async () => (await firefox.execChrome(tabUrls)).find((each) => each.includes('/notice.html#')),
          'the page of the notice',
          PATIENCE_MS,
        );
        await firefox.newTab(url);
        await eventually(() => firefox.exec(press, '知道了'), 'the button', PATIENCE_MS);
        const entry = await row(extension, 'ledger', (each) => each.seen === 'acknowledged');
        expect(entry).toMatchObject({ billId, outcome: 'accepted' });
        await eventually(() => firefox.exec(isUndoable), 'the undo', PATIENCE_MS);
        await firefox.screenshot(shot('firefox-page'));
      } finally {
        await firefox.close();
      }
    } finally {
      await display.close();
    }
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a global of the browser, where this runs.
declare const Services: any;
const tabUrls = (): string[] =>
  [...Services.wm.getMostRecentWindow('navigator:browser').gBrowser.tabs].map(
    (tab) => tab.linkedBrowser.currentURI.spec as string,
  );

const press = (label: string): boolean => {
  const button = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === label);
  button?.click(); // absent until the page has drawn
  return button !== undefined;
};

const isUndoable = (): boolean => document.querySelector('.undo button') !== null;
