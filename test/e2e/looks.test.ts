/** Every page and tab as it is seen: axe, twice and four times the size, right to left, both languages, hostile words, no store, Firefox. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import type { LedgerEntry } from '../../src/core/reminder/reminder.ts';
import { violations, violationsIn } from './axe.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { ADDON_ORIGIN, type FirefoxSession, launchFirefox } from './browsers/firefox.ts';
import { eventually } from './browsers/process.ts';
import { HOSTILE, hardRows, homeRows, hostileRows, putRows, type Rows } from './made-up-home.ts';

// biome-ignore lint/suspicious/noExplicitAny: globals of Firefox, used in functions that run there.
declare const Services: any, Cc: any, Ci: any;

const TABS = ['bills', 'calendar', 'reminders', 'channels', 'sync', 'sites', 'cost', 'evidence', 'settings'];
const PAGES = ['popup.html', 'welcome.html', 'notice.html', ...TABS.map((tab) => `dashboard.html#${tab}`)];
const LONG_MS = 300_000;
const ENGLISH = {
  env: { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', LANGUAGE: 'en_US' },
  args: ['--lang=en-US'],
  locale: 'en-US',
};

async function moveIn(browser: ChromiumSession, rows: Rows): Promise<void> {
  const page = await browser.openExtensionPage('dashboard.html');
  await page.locator('h2').waitFor();
  await page.evaluate(putRows, rows as Record<string, object[]>);
  await page.close();
}

/** Opened and drawn; what the page complains of is thrown when it is closed. */
async function withPage(browser: ChromiumSession, path: string, look: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`chrome-extension://${browser.extensionId}/${path}`);
  await page.locator('h1').first().waitFor();
  await look(page);
  await page.close();
  expect(complaints, path).toEqual([]);
}

/**
 * What does not fit into the width of the page, and what is cut off or scrolls sideways within it. Two pictures may:
 * the plots, and the grid of a week's hours. What is there for the ear alone is one pixel wide.
 */
function overflowing(direction: string): string[] {
  document.documentElement.dir = direction;
  const { clientWidth, scrollWidth } = document.documentElement;
  const all = [...document.querySelectorAll('body *')].filter(
    (one) => !one.closest('.plot, .wide:has(.habit-week), input, select, textarea'),
  );
  const isOutside = (one: Element): boolean => {
    const { left, right, width } = one.getBoundingClientRect();
    return width > 1 && (left < -1 || right > clientWidth + 1);
  };
  const isCut = (one: Element): boolean =>
    one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible';
  const found = all.filter((one) => isCut(one) || (scrollWidth > clientWidth && isOutside(one)));
  const told = found.map((one) => `${direction} ${clientWidth}: ${one.outerHTML.slice(0, 120)}`);
  return scrollWidth > clientWidth && told.length === 0 ? [`${direction} ${clientWidth}: ${scrollWidth}`] : told;
}

/** 1280 wide at 200 % is 640 and at 400 % is 320 (WCAG 1.4.10), tables are narrowest at 500; the popup is as wide as it is. */
async function fits(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  for (const width of path === 'popup.html' ? [360, 320] : [640, 500, 320]) {
    await page.setViewportSize({ width, height: 720 });
    for (const direction of ['rtl', 'ltr']) expect(await page.evaluate(overflowing, direction), path).toEqual([]);
  }
  expect(await page.evaluate(() => document.getAnimations().length), path).toBe(0);
}

describe('every page and tab in Chromium', () => {
  it('with overdue, doubtful, unknown and disputed bills', { timeout: LONG_MS }, async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome });
    try {
      for (const path of ['popup.html', 'dashboard.html#bills', 'dashboard.html#cost']) {
        await withPage(browser, path, async (page) => expect(await violations(page), `empty ${path}`).toEqual([]));
      }
      await moveIn(browser, hardRows(Date.now()));
      for (const path of PAGES) {
        await withPage(browser, path, async (page) => {
          expect(await violations(page), path).toEqual([]);
          await fits(page, path);
        });
      }
    } finally {
      await browser.close();
    }
  });

  it.each(['zh', 'en'] as const)('in a font twice as large: %s', { timeout: LONG_MS }, async (language) => {
    const { args = [], ...spoken } = language === 'en' ? ENGLISH : {};
    const font = '--blink-settings=defaultFontSize=32';
    const browser = await launchChromium({ extensionDir: BUILT.chrome, ...spoken, args: [...args, font] });
    try {
      await moveIn(browser, language === 'en' ? homeRows(Date.now(), 'en') : hardRows(Date.now()));
      for (const path of PAGES) {
        await withPage(browser, path, async (page) => {
          expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('28px');
          await fits(page, path);
        });
      }
    } finally {
      await browser.close();
    }
  });

  it('in the colours of the system: what is chosen is told by its line', { timeout: LONG_MS }, async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome });
    try {
      await withPage(browser, 'dashboard.html#calendar', async (page) => {
        await page.emulateMedia({ forcedColors: 'active' });
        const lineOf = (selector: string) =>
          page
            .locator(selector)
            .first()
            .evaluate((one) => {
              const { borderTopWidth, borderTopColor } = getComputedStyle(one);
              return `${borderTopWidth} ${borderTopColor}`;
            });
        expect(await lineOf('[aria-selected="true"] .day')).not.toBe(await lineOf('[aria-selected="false"] .day'));
        expect(await lineOf('nav [aria-current]')).toMatch(/^1px rgb\(/);
        expect(await lineOf('[aria-current="date"] .date')).toMatch(/^1px rgb\(/);
      });
    } finally {
      await browser.close();
    }
  });

  it('in English', { timeout: LONG_MS }, async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome, ...ENGLISH });
    try {
      await moveIn(browser, homeRows(Date.now(), 'en'));
      for (const path of PAGES) {
        await withPage(browser, path, async (page) => {
          await fits(page, path);
          expect(
            (await page.textContent('body'))?.replace(/Duly 按时还|坚果云|账户信息|安全选项|第三方应用管理/g, ''),
            path,
          ).not.toMatch(/还款|提醒|账单/);
          if (path.startsWith('popup') || path.endsWith('bills')) expect(await violations(page), path).toEqual([]);
        });
      }
    } finally {
      await browser.close();
    }
  });
});

/** What a press opens, by the page that it is pressed on. */
const OPENED: readonly [path: string, open: (page: Page) => Promise<unknown>][] = [
  ['popup.html', (page) => page.locator('.bills summary').first().click()],
  ['dashboard.html#bills', (page) => page.getByRole('button', { name: '手动添加账单' }).click()],
  ['dashboard.html#bills', (page) => page.getByRole('button', { name: '单独设提醒' }).first().click()],
  [
    'dashboard.html#bills',
    (page) =>
      page
        .getByRole('button', { name: /^已还款：/ })
        .first()
        .click(),
  ],
  ['dashboard.html#bills', (page) => page.locator('input[type=file]').first().setInputFiles(TABLE)],
  ['dashboard.html#calendar', (page) => page.locator('.mark.due').first().click()],
  ['dashboard.html#reminders', (page) => page.getByRole('button', { name: '没收到' }).first().click()],
  ['dashboard.html#channels', (page) => page.getByRole('button', { name: '添加渠道' }).click()],
  ['dashboard.html#sync', (page) => page.getByLabel('WebDAV 网盘').check()],
];
const TABLE = {
  name: '账单.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('标题,还款日,剩余应还\n房租,2030-12-20,3000\n车贷,2030-12-12,1e9\n水电,2020-08-01,99999999.99\n'),
};

it('what is opened on a page fits and is seen as well as the page', { timeout: LONG_MS }, async () => {
  const browser = await launchChromium({ extensionDir: BUILT.chrome });
  try {
    const rows = homeRows(Date.now());
    await moveIn(browser, rows);
    const [told] = rows.ledger as readonly LedgerEntry[];
    const notice = `notice.html#${encodeURIComponent(told!.noticeId)}`;
    const onNotice: typeof OPENED = [
      [notice, (page) => page.getByText('稍后提醒').click()],
      [notice, (page) => page.getByRole('button', { name: '已还款' }).click()],
    ];
    for (const [path, open] of [...onNotice, ...OPENED]) {
      await withPage(browser, path, async (page) => {
        await open(page);
        await page.waitForTimeout(300);
        await fits(page, path);
        expect(await violations(page), path).toEqual([]);
      });
    }
  } finally {
    await browser.close();
  }
});

describe('bad input', () => {
  it('markup, marks that turn the text round and 500 characters are words, wherever a title stands', {
    timeout: LONG_MS,
  }, async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome });
    try {
      await moveIn(browser, hostileRows(Date.now()));
      for (const path of PAGES.filter((one) => !/welcome|notice|sync|sites|settings|calendar/.test(one))) {
        await withPage(browser, path, async (page) => {
          await page.getByText(HOSTILE.slice(0, 40)).first().waitFor({ state: 'attached' });
          expect(await page.title(), path).toBe('Duly 按时还');
          expect(await page.locator('img[src="x"]').count(), path).toBe(0);
          await fits(page, path);
        });
      }
      await withPage(browser, 'popup.html', async (page) => {
        await page.locator('.next .amount').getByText('¥99,999,999.99').waitFor();
        expect(await page.locator('.next').evaluate((card) => card.scrollWidth <= card.clientWidth)).toBe(true);
        expect(await page.locator('.next h1').textContent()).toBe(HOSTILE);
      });
    } finally {
      await browser.close();
    }
  });

  it('a store that does not open: every page says so and offers a way on', { timeout: LONG_MS }, async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome });
    try {
      // As Chromium fails where its files are damaged or the disk is full.
      await browser.context.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
        };
      });
      for (const path of ['popup.html', 'welcome.html', 'dashboard.html#bills']) {
        const page = await browser.openExtensionPage(path);
        await page.getByRole('alert').filter({ hasText: '账单数据打不开' }).waitFor();
        await page.getByRole('button', { name: '再试一次' }).waitFor();
        expect(await violations(page), path).toEqual([]);
        const opening = browser.context.waitForEvent('page');
        await page.getByRole('button', { name: '打开京东白条账单页' }).click();
        await (await opening).close();
      }
    } finally {
      await browser.close();
    }
  });
});

describe('every page and tab in Firefox', () => {
  let firefox: FirefoxSession;
  beforeAll(async () => {
    firefox = await launchFirefox();
  });
  afterAll(() => firefox.close());

  it('opens with its rows, complains of nothing, and axe finds nothing', { timeout: LONG_MS }, async () => {
    await firefox.install(BUILT.firefox);
    await firefox.navigate(`${ADDON_ORIGIN}/dashboard.html`);
    await drawn(firefox);
    await firefox.exec(putRows, homeRows(Date.now()) as Record<string, object[]>);
    await firefox.execChrome(() => Services.console.reset());
    for (const path of PAGES) {
      // A change of the hash alone would leave the page as it was drawn.
      await firefox.navigate('about:blank');
      await firefox.navigate(`${ADDON_ORIGIN}/${path}`);
      await drawn(firefox);
      if (SHOWN[path])
        await eventually(async () => (await text(firefox)).includes(SHOWN[path]!), `${SHOWN[path]} on ${path}`);
      expect(await violationsIn(firefox), path).toEqual([]);
    }
    expect(await firefox.execChrome(complaints, ADDON_ORIGIN)).toEqual([]);
  });
});

/** What tells that the rows are there. */
const SHOWN: Readonly<Record<string, string>> = {
  'popup.html': '¥1,280.55',
  'dashboard.html#bills': '招商银行信用卡',
  'dashboard.html#calendar': '计划提醒',
  'dashboard.html#reminders': '电脑休眠或浏览器没有响应',
  'dashboard.html#channels': '向小陈借的钱',
  'dashboard.html#sites': '读自页面数据',
  'dashboard.html#cost': '¥57.60',
  'dashboard.html#evidence': 'SHA-256',
};

const text = (firefox: FirefoxSession): Promise<string> => firefox.exec(() => document.body.textContent ?? '');
const drawn = (firefox: FirefoxSession) =>
  eventually(() => firefox.exec(() => document.querySelector('h1') !== null), 'the page to be drawn');

/** Errors of our own pages and background, uncaught or said. */
function complaints(origin: string): string[] {
  const uncaught = Services.console
    .getMessageArray()
    .map((one: unknown) => String(one))
    .filter((one: string) => one.includes('Error') && one.includes(origin))
    // A page that was left asks for nothing any more.
    .filter((one: string) => !/Promise (?:rejected|resolved) after context unloaded/.test(one));
  const said = Cc['@mozilla.org/consoleAPI-storage;1']
    .getService(Ci.nsIConsoleAPIStorage)
    .getEvents()
    .filter((one: { level: string; filename: string }) => one.level === 'error' && one.filename.startsWith(origin))
    .map((one: { arguments: unknown[] }) => one.arguments.map(String).join(' '));
  return [...uncaught, ...said];
}
