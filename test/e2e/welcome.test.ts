/** The first page of all and the popup in real Chromium: opened once, left and resumed, acted on; axe finds nothing in either theme. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { MINUTE_MS } from '../../src/core/day.ts';
import { BILL_PAGE, type Replica, startReplica } from '../replica/server.ts';
import { violations } from './axe.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { createClock } from './browsers/clock.ts';
import { eventually } from './browsers/process.ts';
import { duly } from './duly.ts';
import { homeRows, manyRows, putRows } from './made-up-home.ts';

const on = (page: Page) => duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));

let replica: Replica;
beforeAll(async () => {
  replica = await startReplica();
});
afterAll(() => replica.close());

const acts = async (page: Page) => (await on(page).rows('acts')).sort((a, b) => Number(a.at) - Number(b.at));
const welcomes = ({ context }: ChromiumSession) =>
  context.pages().filter((page) => page.url().includes('welcome.html'));

describe('the welcome page', () => {
  it('opens once, goes through with the keyboard alone, and is resumed where it was left', async () => {
    const before = replica.requests.length;
    const clock = createClock('faketime');
    const launch = { extensionDir: BUILT.chrome, replicaPort: replica.port, keepsWelcome: true };
    const browser = await launchChromium({ ...launch, env: clock.env });
    try {
      const page = await eventually(() => welcomes(browser)[0] ?? null, 'the welcome page');
      await page.getByRole('heading', { level: 1, name: '不再因为没收到短信而逾期' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: '下一步' }).press('Enter');
      await page.getByRole('heading', { level: 1, name: '先确认你看得到提醒' }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
      await page.getByRole('button', { name: '一分钟后提醒我' }).press('Enter');
      await page.getByText('请留意屏幕').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: '下一步' }).press('Enter');
      await page.getByLabel('提前几天提醒').fill('5, 2');
      await page.getByLabel('提前几天提醒').press('Enter');
      await page.getByText('比如还有').waitFor();
      await page.getByRole('button', { name: '上一步' }).press('Enter');
      expect(await page.getByLabel('提前几天提醒').inputValue()).toBe('5, 2');
      expect(await violations(page)).toEqual([]);
      await page.close();
      expect(replica.requests.length).toBe(before);

      const again = await browser.openExtensionPage('welcome.html');
      await again.getByRole('heading', { level: 1, name: '什么时候提醒你' }).waitFor();
      expect(await again.getByLabel('提前几天提醒').inputValue()).toBe('5, 2');
      await again.getByRole('button', { name: '下一步' }).click();
      await again.getByText('比如还有').waitFor();
      expect(await violations(again)).toEqual([]);
      const opening = browser.context.waitForEvent('page');
      await again.getByRole('button', { name: '打开京东白条账单页' }).click();
      expect((await opening).url()).toContain('jd.com');
      await again.getByText(/已经读到 \d+ 笔/).waitFor();
      clock.advance(MINUTE_MS);
      await again.getByText('提醒已交给系统。你看到了吗？').waitFor();
      await again.getByRole('button', { name: '看到了' }).click();
      await again.getByRole('button', { name: '完成' }).click();
      await again.getByRole('heading', { level: 1, name: '准备好了' }).waitFor();
      expect(await again.getByText('还没有确认你看得到提醒').count()).toBe(0);
      expect(await violations(again)).toEqual([]);
      await browser.stopServiceWorker();
      await on(again).ask({ do: 'check' });
      expect(welcomes(browser)).toHaveLength(1);
    } finally {
      await browser.close();
      clock.close();
    }
  });
});

describe('the popup', () => {
  it('draws the bills that its first frame has no room for after it', async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome });
    try {
      const empty = await browser.openExtensionPage('popup.html');
      await empty.waitForSelector('.empty');
      await empty.evaluate(putRows, manyRows(30, Date.now()) as Record<string, object[]>);
      await empty.close();
      const popup = await browser.openExtensionPage('popup.html');
      await eventually(async () => (await popup.locator('.bills > li').count()) === 19 || null, 'all twenty');
      expect(await popup.getByText('还有 10 笔').count()).toBe(1);
    } finally {
      await browser.close();
    }
  });

  it('every act on any bill, and the way back after the popup was closed', async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port });
    try {
      const empty = await browser.openPopup();
      await empty.waitForSelector('.empty');
      // The page and its styles find each other by name alone.
      expect(await empty.evaluate(() => getComputedStyle(document.body).maxWidth)).toBe('480px');
      expect(await violations(empty)).toEqual([]);
      await empty.evaluate(putRows, homeRows(Date.now()) as Record<string, object[]>);
      await empty.close();

      const popup = await browser.openPopup();
      await popup.locator('.next').getByText('¥1,280.55').waitFor();
      await popup.getByText(/下一次提醒：\d/).waitFor();
      const second = popup.getByRole('listitem').nth(1);
      await second.locator('summary').press('Enter');
      await second.getByRole('button', { name: '已还款' }).waitFor();
      expect(await violations(popup)).toEqual([]);
      await second.getByRole('button', { name: '已还款' }).press('Enter');
      await popup.getByText('标记为已还款').waitFor();
      expect(await popup.evaluate(() => document.activeElement?.textContent)).toBe('撤销');
      expect(await violations(popup)).toEqual([]);
      await popup.close();

      const later = await browser.openPopup();
      await later.getByRole('button', { name: '撤销' }).press('Enter');
      await eventually(async () => ((await acts(later)).at(-1)?.do === 'unpaid' ? true : null), 'the undo');
      await later.getByText('招商银行信用卡').waitFor();
      await later.getByRole('button', { name: '撤销' }).waitFor({ state: 'detached' });
      await later.locator('.next summary').first().press('Enter');
      await later.locator('.next').getByRole('button', { name: /^明天/ }).click();
      await later.locator('.next').getByText('已推迟到').waitFor();
      await later.locator('.next').getByRole('button', { name: '取消推迟' }).click();
      await later.locator('.next').getByText('已推迟到').waitFor({ state: 'detached' });
      await later.locator('.next').getByRole('button', { name: '知道了' }).click();
      await later.locator('.undo').getByText('知道了').waitFor();
      expect((await acts(later)).map((act) => act.do)).toEqual(['paid', 'unpaid', 'snooze', 'unsnooze', 'acknowledge']);

      const page = await browser.context.newPage();
      await page.goto(BILL_PAGE);
      const loads = () => replica.requests.filter(({ path }) => path === '/v3/ious/list').length;
      const before = loads();
      const now = await browser.openPopup();
      await now.locator('.next').getByRole('button', { name: '立即读取' }).click();
      await eventually(() => (loads() === before + 1 ? true : null), 'the page to be loaded anew');
      expect(browser.context.pages().filter((each) => each.url().startsWith(BILL_PAGE))).toHaveLength(1);
    } finally {
      await browser.close();
    }
  });
});
