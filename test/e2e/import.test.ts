/** An import, from the file to its undo, in real Chromium, by keyboard. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { addDays, dayOf } from '../../src/core/day.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';

/** A busy machine draws late. */
const PATIENT = { timeout: 20_000 };
const due = addDays(dayOf(Date.now()), 20);

let browser: ChromiumSession;
beforeAll(async () => {
  browser = await launchChromium({ extensionDir: BUILT.chrome });
});
afterAll(() => browser.close());

async function bring(page: Page, rows: readonly string[]): Promise<void> {
  const buffer = Buffer.from(`标题,还款日,金额\n${rows.join('\n')}\n`);
  await page.locator('input[type="file"]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: `导入 ${rows.length} 笔` }).press('Enter');
  // Its rows are named as the bills are, which may be there before it goes.
  await page.getByRole('region', { name: '导入预览' }).waitFor({ state: 'detached' });
}

it('is taken back whole, but for the bill that the owner marked meanwhile', async () => {
  const page = await browser.openExtensionPage('dashboard.html#bills');
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const row = (title: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: title }) });
  await bring(page, [`房租,${due},3000`]);
  await row('房租').getByText('¥3,000.00').waitFor();
  await bring(page, [`房租,${due},3200`, `车贷,${due},88`, `水费,${due},9`]);
  const bar = page.locator('.bar').filter({ hasText: '导入' });
  await bar.getByText('已导入 3 笔（新增 2，更新 1）。').waitFor();
  await expect.poll(focused, PATIENT).toContain('已导入 3 笔');
  await row('房租').getByText('¥3,200.00').waitFor();

  await row('水费').getByRole('button', { name: '已还款' }).press('Enter');
  const paid = page.locator('.bar').filter({ hasText: '水费' });
  const [above, below] = [await paid.boundingBox(), await bar.boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);

  await bar.focus();
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('撤销');
  await page.keyboard.press('Enter');
  await bar.getByText('已撤销导入，2 笔恢复原样；1 笔导入后又改过，没有动。').waitFor();
  await expect.poll(focused, PATIENT).toContain('已撤销导入');
  await row('房租').getByText('¥3,000.00').waitFor();
  await row('车贷').waitFor({ state: 'detached' });
  await row('水费').waitFor();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await bar.waitFor({ state: 'detached' });
  await expect.poll(focused, PATIENT).toContain('导入账单');
});
