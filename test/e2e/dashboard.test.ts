/** Every tab of the dashboard that no other file drives, in real Chromium: what is pressed there is kept, and shown again. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { billId } from '../../src/core/bill.ts';
import { addDays, type Day, dayOf } from '../../src/core/day.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { eventually } from './browsers/process.ts';
import { duly } from './duly.ts';
import { hardRows, homeRows, putRows } from './made-up-home.ts';

const on = (page: Page) => duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));
const madeUpId = (key: string): string => billId('jd-baitiao', 'default', key);
/** A busy machine draws late. */
const PATIENT = { timeout: 20_000 };
/** The bill of which the made-up ledger tells. */
const TOLD = madeUpId('m0');

let browser: ChromiumSession;
const today = dayOf(Date.now());
beforeAll(async () => {
  browser = await launchChromium({ extensionDir: BUILT.chrome });
  const page = await browser.openExtensionPage('dashboard.html');
  await page.getByRole('button', { name: '手动添加账单' }).waitFor();
  const [hard] = hardRows(Date.now()).bills!;
  const home = homeRows(Date.now());
  await page.evaluate(putRows, { ...home, bills: [...home.bills!, hard!] } as Record<string, object[]>);
  await page.close();
});
afterAll(() => browser.close());

async function tab(name: string): Promise<Page> {
  for (const page of browser.context.pages().slice(1)) await page.close();
  const page = await browser.openExtensionPage(`dashboard.html#${name}`);
  await page.locator('h2').waitFor();
  return page;
}

describe('账单', () => {
  it('a bill is written by hand, changed, deleted, and brought back with all that it had', async () => {
    const page = await tab('bills');
    await page.getByRole('button', { name: '手动添加账单' }).click();
    const form = page.getByRole('form');
    await form.getByLabel('名称').fill('房租');
    await form.getByLabel('剩余应还（元').fill('3 千');
    await form.getByRole('button', { name: '保存' }).click();
    await form.getByText('选一个还款日').waitFor();
    await form.getByText('金额没看懂').waitFor();
    await form.getByLabel('最后还款日').fill(addDays(today, 20));
    await form.getByLabel('剩余应还（元').fill('3000');
    await form.getByLabel('备注').fill('转给房东');
    await form.getByRole('button', { name: '保存' }).click();
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '房租' }) });
    await row.getByText('¥3,000.00').waitFor();
    await row.getByText('转给房东').waitFor();

    await page.getByRole('button', { name: '编辑：房租' }).click();
    await form.getByLabel('剩余应还（元').fill('3200.5');
    await form.getByRole('button', { name: '保存' }).click();
    await row.getByText('¥3,200.50').waitFor();

    await page.getByRole('button', { name: '删除：房租' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '撤销删除' }).click();
    await row.getByText('¥3,200.50').waitFor();
    await row.getByText('转给房东').waitFor();
    await page.reload();
    await row.getByText('¥3,200.50').waitFor();
  });

  it('the list is narrowed by words and by standing, and tells one bill’s history', async () => {
    const page = await tab('bills');
    const titles = async () => (await page.getByRole('rowheader').allTextContents()).map((text) => text.slice(0, 6));
    await page.getByLabel('状态').selectOption({ label: '已逾期' });
    await expect.poll(titles, PATIENT).toEqual(['逾期的账单']);
    await page.getByLabel('状态').selectOption({ label: '已还清' });
    await expect.poll(async () => (await titles()).sort(), PATIENT).toEqual(['白条 10 ', '白条 9 月']);
    await page.getByLabel('查找账单').fill('10 月');
    await expect.poll(titles, PATIENT).toEqual(['白条 10 ']);
    await page.getByLabel('查找账单').fill('没有这样的');
    await page.getByText('没有符合的账单').waitFor();
    await page.getByLabel('状态').selectOption({ label: '全部' });
    await page.getByLabel('查找账单').fill('11 月账单');
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
    await row.getByRole('button', { name: /经过/ }).click();
    await page.getByText('发出提醒（到期前）').first().waitFor();
    await page.getByRole('link', { name: '整理成申诉材料' }).click();
    await page.locator('.paper').getByText('白条 11 月账单').first().waitFor();
  });
});

describe('日历', () => {
  it('shows due days and planned reminders, goes by the arrow keys into other months, and opens a day', async () => {
    const page = await tab('calendar');
    const cell = (day: Day) => page.locator(`[data-day="${day}"]`);
    const due = addDays(today, 2);
    await cell(today).focus();
    // Two keys within one frame: the focus follows both.
    await page.evaluate(async () => {
      for (let count = 0; count < 2; count += 1) {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
        await new Promise((resume) => setTimeout(resume, 0));
      }
    });
    await expect.poll(() => cell(due).evaluate((one) => one === document.activeElement), PATIENT).toBe(true);
    expect(await cell(due).textContent()).toMatch(/到期账单 1 笔，计划提醒 [1-9]/);
    await page.keyboard.press('Enter');
    const list = page.locator('.day-list');
    await list.getByRole('listitem').filter({ hasText: '白条 11 月账单 · ¥1,280.55' }).waitFor();
    await list.getByRole('listitem').filter({ hasText: '到期当天' }).first().waitFor();

    const name = page.locator('#month-name');
    const [year, month] = due.split('-').map(Number) as [number, number];
    await page.keyboard.press('PageDown');
    await expect
      .poll(() => name.textContent(), PATIENT)
      .toBe(month === 12 ? `${year + 1}年1月` : `${year}年${month + 1}月`);
    await page.keyboard.press('PageUp');
    await expect.poll(() => name.textContent(), PATIENT).toBe(`${year}年${month}月`);
    await page.getByRole('button', { name: '上个月' }).click();
    await page.getByRole('button', { name: '上个月' }).click();
    await expect.poll(() => page.locator('.mark.planned').count(), PATIENT).toBe(0);
    await page.getByRole('button', { name: '回到今天' }).click();
    await cell(today).and(page.locator('[aria-current="date"]')).waitFor();
  });
});

describe('逾期成本', () => {
  it('reckons with the rate that the page’s own late fee comes to, and with one that is chosen', async () => {
    const page = await tab('cost');
    await page.getByLabel('选择账单').selectOption({ label: `${addDays(today, -10)} · 逾期的账单` });
    await page.getByText('页面显示的违约金折合每天约 0.07%').waitFor();
    const cost = page.getByRole('region', { name: '晚还费用表' });
    const row = (days: string) => cost.getByRole('row').filter({ hasText: days }).first();
    await expect.poll(() => row('30 天').textContent(), PATIENT).toBe('30 天¥15.00¥21.00¥30.00');

    await page.getByLabel('选择账单').selectOption(TOLD);
    await page.getByText('页面显示的违约金').waitFor({ state: 'detached' });
    await page.getByRole('slider').fill('8');
    await expect.poll(() => row('1 天').textContent(), PATIENT).toBe('1 天¥0.64¥1.02¥1.28');
    await page.getByText('只还最低还款 ¥128.06，还欠 ¥1,152.49').waitFor();
    await page
      .getByRole('img', { name: /90 天以内的费用曲线/ })
      .locator('canvas')
      .waitFor();
    await page
      .getByRole('img', { name: /每月已知金额/ })
      .locator('canvas')
      .waitFor();
  });

  it('sets every month beside a budget, which is kept; what is no amount is refused', async () => {
    const page = await tab('cost');
    const months = page.getByRole('region', { name: '每月应还表' });
    await months.getByText('未设预算').first().waitFor();
    await page.getByLabel('每月还款预算').fill('很多');
    await page.getByRole('button', { name: '保存预算' }).click();
    await page.getByText('这不是金额').waitFor();
    await page.getByLabel('每月还款预算').fill('100');
    await page.getByRole('button', { name: '保存预算' }).click();
    await months
      .getByText(/超出预算 ¥/)
      .first()
      .waitFor();
    await page.reload();
    await months
      .getByText(/超出预算 ¥/)
      .first()
      .waitFor();
    expect(await page.getByLabel('每月还款预算').inputValue()).toBe('100.00');
  });
});

describe('申诉材料', () => {
  it('tells one bill’s story with the chosen fields and the owner’s words, on paper and in a file whose chain holds', async () => {
    const page = await tab(`evidence/${encodeURIComponent(TOLD)}`);
    const paper = page.locator('.paper');
    await paper.getByText('剩余应还 ¥1,280.55').first().waitFor();
    await page.getByRole('checkbox', { name: '金额' }).uncheck();
    await paper.getByText('没有包含：金额').waitFor();
    expect(await paper.textContent()).not.toContain('1,280.55');
    await page.getByLabel('补充说明', { exact: true }).last().fill('九月换了手机号，<b>短信</b>没收到。');
    await page.getByText('已保存', { exact: true }).waitFor();
    await page.reload();
    await paper.getByText('补充说明：九月换了手机号，<b>短信</b>没收到。').waitFor();
    await page.getByRole('checkbox', { name: '金额' }).uncheck();
    await paper.getByText('没有包含：金额').waitFor();

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 JSON' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    const { entries, finalHash, ...head } = JSON.parse(text);
    expect(head).toMatchObject({ schema: 'duly-evidence', count: entries.length, leftOut: ['amounts', 'devices'] });
    // The hashes aside: one of them may hold these digits by chance.
    expect(text.replace(/"[0-9a-f]{64}"/g, '')).not.toMatch(/1,?280|made-up/);
    // As docs/evidence.md tells it, in lines of our own.
    let previous = hashOf(head);
    for (const { hash, ...entry } of entries) {
      expect([entry.previous, hashOf(entry)]).toEqual([previous, hash]);
      previous = hash;
    }
    expect(finalHash).toBe(previous);
    const check = page.getByLabel('选择文件');
    const file = (buffer: string) => ({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(buffer) });
    await check.setInputFiles(file(text));
    await page.getByText(`完整：共 ${entries.length} 条`).waitFor();
    await check.setInputFiles(file(text.replace('九月换了', '八月换了')));
    await page.getByText('有改动').waitFor();

    await page.emulateMedia({ media: 'print' });
    const isVisible = (selector: string) => page.locator(selector).first().isVisible();
    expect([await isVisible('.paper'), await isVisible('nav'), await isVisible('.no-print')]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });
});

describe('提醒', () => {
  it('a rule that is changed moves the next reminders; the ledger says why one was late', async () => {
    const page = await tab('reminders');
    const next = page.getByRole('region', { name: '接下来的提醒' });
    await next.getByRole('button', { name: /^再显示/ }).click();
    const ofPhone = next.getByRole('row').filter({ hasText: '手机分期' }).filter({ hasText: '到期前' });
    await expect.poll(() => ofPhone.count(), PATIENT).toBe(3);
    await page.getByLabel('提前几天提醒').fill('5');
    await page.getByRole('button', { name: '保存规则' }).click();
    await page.getByText('已保存。').waitFor();
    await expect.poll(() => ofPhone.count(), PATIENT).toBe(1);
    await page.getByLabel('提前几天提醒').fill('许多天');
    await page.getByRole('button', { name: '保存规则' }).click();
    await page.getByText('有一项没能识别').waitFor();
    const ledger = page.getByRole('region', { name: '提醒记录' });
    await ledger.getByText('浏览器已接收，晚了 1 小时（电脑休眠或浏览器没有响应）').waitFor();
  });

  it('a reminder that never came is said so, answered with what is known, put into the story, and taken back', async () => {
    const page = await tab('reminders');
    const ledger = page.getByRole('region', { name: '提醒记录' });
    await ledger
      .getByRole('button', { name: /^没收到/ })
      .last()
      .click();
    await ledger.getByText('系统不会告诉我们它有没有显示出来').waitFor();
    const missed = async () => (await on(page).rows('ledger')).filter(({ missedAt }) => missedAt !== undefined).length;
    expect(await missed()).toBe(1);
    const story = await browser.openExtensionPage(`dashboard.html#evidence/${encodeURIComponent(TOLD)}`);
    await story.locator('.paper').getByText('本人说：没有收到这条提醒').waitFor();
    await ledger.getByRole('button', { name: '撤销' }).click();
    await ledger.getByText('系统不会告诉我们').waitFor({ state: 'detached' });
    expect(await missed()).toBe(0);
    await story.locator('.paper').getByText('本人说：没有收到这条提醒').waitFor({ state: 'detached' });
  });
});

describe('网页', () => {
  it('says of each page how it was last read, and opens it', async () => {
    const page = await tab('sites');
    const own = page.getByRole('region', { name: '自带的网站' });
    await own.getByText(/读到账单 · .* · 读自页面数据/).waitFor();
    const opening = browser.context.waitForEvent('page');
    await own.getByRole('button', { name: '打开' }).click();
    await eventually(async () => (await opening).url() !== 'about:blank', 'the page to go its way');
    const optional = page.getByRole('region', { name: '银行的账单页' });
    expect(await optional.getByRole('button', { name: '允许读取' }).count()).toBe(
      await optional.getByRole('listitem').count(),
    );
  });
});

describe('设置与备份', () => {
  it('what Duly does only when asked is off until it is switched on, and stays on', async () => {
    const page = await tab('settings');
    const refresh = page.getByRole('checkbox', { name: '自动看账单页' });
    expect(await refresh.isChecked()).toBe(false);
    await refresh.check();
    await page.getByText('还没有自动打开过').waitFor();
    await page.reload();
    await page.getByText('还没有自动打开过').waitFor();
    await page.getByRole('checkbox', { name: '自动看账单页' }).uncheck();
    await page.getByRole('link', { name: '再看一遍开始页' }).click();
    await page.getByRole('heading', { level: 1, name: '不再因为没收到短信而逾期' }).waitFor();
  });
});

/** SHA-256 over JSON without spaces, every object's keys in order. */
function hashOf(value: unknown): string {
  const sorted = (one: unknown): unknown =>
    one === null || typeof one !== 'object'
      ? one
      : Array.isArray(one)
        ? one.map(sorted)
        : Object.fromEntries(
            Object.entries(one)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          );
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}
