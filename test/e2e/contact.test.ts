/** The contact check in real browsers: the two pages are read for seven digits alone, and only once it is switched on. */
import { dirname } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { CONTACT_PAGES, CONTACT_PATTERNS, type Contact } from '../../src/core/contact.ts';
import { type Replica, startReplica } from '../replica/server.ts';
import { allowedCopy } from './allowed-copy.ts';
import { launchChromium } from './browsers/chromium.ts';
import { ADDON_ID, ADDON_ORIGIN, launchFirefox, setOrigins } from './browsers/firefox.ts';
import { eventually, sleep } from './browsers/process.ts';
import { removeFolder } from './browsers/temporary-folder.ts';
import { duly } from './duly.ts';

const [REAL_NAME, SAFETY] = CONTACT_PAGES;
const CARDS = 'https://authpay.jd.com/card/queryBindCard.action';

let replica: Replica;
beforeAll(async () => {
  replica = await startReplica();
});
beforeEach(() => replica.setPhone('138****1234'));
afterAll(() => replica.close());

async function contactOf({ rows }: Pick<ReturnType<typeof duly>, 'rows'>): Promise<Contact | undefined> {
  return (await rows('settings')).find(({ name }) => name === 'contact')?.value as Contact | undefined;
}

describe('Chromium', () => {
  it('switched on in the settings it reads the number, and asks again when another one is shown', async () => {
    const extensionDir = allowedCopy(BUILT.chrome, CONTACT_PATTERNS);
    const browser = await launchChromium({ extensionDir, replicaPort: replica.port });
    try {
      const settings = await browser.openExtensionPage('dashboard.html#settings');
      const { rows } = duly((remote, arg) => settings.evaluate(remote as (arg: unknown) => unknown, arg));
      const page = await browser.context.newPage();
      await page.goto(REAL_NAME);
      await sleep(1500);
      expect((await contactOf({ rows }))?.phone ?? null).toBeNull();

      await settings.bringToFront();
      await settings.click('section[aria-labelledby=contact] button.main');
      await eventually(async () => (await contactOf({ rows }))?.onSince, 'the check to be on');
      for (const cards of [CARDS, REAL_NAME]) await page.goto(cards);
      const read = await eventually(async () => (await contactOf({ rows }))?.phone, 'the number');
      expect(read).toEqual({ first: '138', last: '1234' });
      await settings.getByText('138****1234').waitFor();
      await settings.getByRole('button', { name: '还在用' }).click();
      await settings.getByText('你确认过').waitFor();

      replica.setPhone('139****5678');
      await page.goto(SAFETY);
      await settings.getByText('和你上次确认的 138****1234 不一样').waitFor();
      await settings.getByRole('button', { name: '换了' }).click();
      await settings.getByRole('link', { name: '去京东改手机号' }).waitFor();
      const kept = JSON.stringify(await rows('settings'));
      for (const text of ['示例用户', '1101', '9999', '0001', 'example.com']) expect(kept).not.toContain(text);
    } finally {
      await browser.close();
      await removeFolder(dirname(extensionDir));
    }
  });

  it('says that the browser no longer allows the account pages, keeps the bills, and is over once it does', async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port });
    try {
      const page = await browser.context.newPage();
      await page.goto('https://baitiao.jd.com/v3/ious/list');
      const popup = await browser.openPopup();
      await popup.waitForSelector('.next .amount');
      expect(await popup.locator('.trouble').count()).toBe(0);
      const extensions = await browser.context.newPage();
      await extensions.goto('chrome://extensions');
      const access = (hostAccess: string) => extensions.evaluate(setAccess, [browser.extensionId, hostAccess]);
      await access('ON_CLICK');
      await popup.reload();
      await popup.getByText('浏览器不让 Duly 读取京东白条').waitFor();
      expect(await popup.getByRole('button', { name: '允许读取' }).count()).toBe(1);
      expect(await popup.textContent('.next .amount')).toBe('¥386.20');
      await access('ON_ALL_SITES');
      await popup.locator('.trouble').waitFor({ state: 'detached' });
    } finally {
      await browser.close();
    }
  });
});

describe('Firefox', () => {
  it('reads the number once the pages are allowed, and stops when that is taken back', async () => {
    const firefox = await launchFirefox({ replicaPort: replica.port });
    const { rows, ask } = duly((remote, arg) => firefox.exec(remote as (arg: unknown) => unknown, arg));
    const own = () => firefox.navigate(`${ADDON_ORIGIN}/dashboard.html#settings`);
    try {
      await firefox.install(BUILT.firefox);
      await firefox.execChrome(setOrigins, ADDON_ID, [...CONTACT_PATTERNS], 'add');
      await own();
      await ask({ do: 'contact-watch', isOn: true });
      await firefox.navigate(CARDS);
      await firefox.navigate(REAL_NAME);
      await sleep(1500);
      await own();
      const contact = await eventually(async () => (await contactOf({ rows }))?.phone && contactOf({ rows }), 'it');
      expect(contact.phone).toEqual({ first: '138', last: '1234' });

      await firefox.execChrome(setOrigins, ADDON_ID, [...CONTACT_PATTERNS], 'remove');
      replica.setPhone('139****5678');
      await firefox.navigate(SAFETY);
      await sleep(1500);
      await own();
      expect((await contactOf({ rows }))?.phone).toEqual({ first: '138', last: '1234' });
      await eventually(
        () => firefox.exec(() => document.body.textContent?.includes('浏览器不再允许读取')),
        'the words',
      );
    } finally {
      await firefox.close();
    }
  });

  it('says that the account pages may not be read any more, and is over once they may', async () => {
    const firefox = await launchFirefox({ replicaPort: replica.port });
    const trouble = () => firefox.exec(() => document.querySelector('.trouble')?.textContent ?? '');
    try {
      await firefox.install(BUILT.firefox);
      await firefox.navigate('https://baitiao.jd.com/v3/ious/list');
      await sleep(2500);
      await firefox.openPopup();
      await eventually(() => firefox.exec(() => document.querySelector('.next .amount')?.textContent), 'the bill');
      expect(await trouble()).toBe('');
      await firefox.execChrome(setOrigins, ADDON_ID, ['https://baitiao.jd.com/*'], 'remove');
      expect(await eventually(trouble, 'the words')).toContain('浏览器不让 Duly 读取京东白条');
      expect(await firefox.exec(() => document.querySelector('.next .amount')?.textContent)).toBe('¥386.20');
      await firefox.execChrome(setOrigins, ADDON_ID, ['https://baitiao.jd.com/*'], 'add');
      await eventually(async () => (await trouble()) === '', 'the words to go');
    } finally {
      await firefox.close();
    }
  });
});

function setAccess([extensionId, hostAccess]: string[]): Promise<void> {
  // biome-ignore lint/suspicious/noExplicitAny: the API of chrome://extensions.
  return (globalThis as any).chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess });
}
