/** How soon the popup is there with 10 000 bills stored, beside a static page of the same extension; and how the bills of the dashboard answer. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { BUILT } from '../../scripts/build.ts';
import { type ChromiumSession, launchChromium } from '../e2e/browsers/chromium.ts';
import { removeFolder, temporaryFolder } from '../e2e/browsers/temporary-folder.ts';
import { manyRows, putRows } from '../e2e/made-up-home.ts';
import type { Bench } from './row.ts';

const BILLS = 10_000;
/** A popup asks the background for a look at everything: the next page is not opened into the middle of that. */
const REST_MS = 2500;
/** The least that a page of an extension can be: one word, no script, no style. */
const EMPTY = '<!doctype html><meta charset="utf-8"><title>empty</title><p>Duly</p>';

export const popup: Bench = {
  name: 'popup',
  measure: async (quick) => {
    const folder = temporaryFolder('bench-popup');
    const extensionDir = join(folder, 'extension');
    cpSync(BUILT.chrome, extensionDir, { recursive: true });
    writeFileSync(join(extensionDir, 'empty.html'), EMPTY);
    const browser = await launchChromium({ extensionDir });
    try {
      const first = await browser.openExtensionPage('popup.html');
      await first.waitForSelector('.empty');
      await first.evaluate(putRows, manyRows(BILLS, Date.now()) as Record<string, object[]>);
      await first.close();
      const [empty, shell, bills] = await paints(browser, quick ? 5 : 21);
      const against = { kind: 'floor', name: 'an empty static page of the extension', figure: empty } as const;
      const paint = { unit: 'ms', against };
      return [
        { name: 'popup, first paint', figure: shell, aim: 1.2, ...paint },
        { name: 'popup, the bills on screen', figure: bills, aim: 1.5, ...paint },
        {
          name: 'dashboard, input to paint',
          figure: await inputToPaint(browser, quick ? 5 : 12),
          unit: 'ms',
          against: { kind: 'floor', name: `the budget, ${BILLS} bills`, figure: 50 },
          aim: 1,
        },
      ];
    } finally {
      await browser.close();
      await removeFolder(folder);
    }
  },
};

/** Over rounds in which the two pages take turns. The bills count when the frame after them was drawn. */
async function paints(browser: ChromiumSession, rounds: number): Promise<[number, number, number]> {
  const empty: number[] = [];
  const shell: number[] = [];
  const bills: number[] = [];
  // The first round warms the disk and the code up for both.
  for (let round = -1; round < rounds; round++) {
    const floor = await fcpOf(browser, 'empty.html');
    const page = await browser.context.newPage();
    await page.addInitScript(markBills);
    await page.goto(urlOf(browser, 'popup.html'));
    const shown = await page.waitForFunction(() => (globalThis as { billsAt?: number }).billsAt);
    const own = [await firstPaint(page), (await shown.jsonValue()) ?? Number.NaN] as const;
    await page.close();
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    if (round < 0) continue;
    empty.push(floor);
    shell.push(own[0]);
    bills.push(own[1]);
  }
  return [middle(empty), middle(shell), middle(bills)];
}

async function fcpOf(browser: ChromiumSession, path: string): Promise<number> {
  const page = await browser.context.newPage();
  await page.goto(urlOf(browser, path));
  const at = await firstPaint(page);
  await page.close();
  return at;
}

async function firstPaint(page: Page): Promise<number> {
  const paint = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
  );
  return (await paint.jsonValue()) ?? Number.NaN;
}

/** In the page, before anything else runs there. */
function markBills(): void {
  const watch = new MutationObserver(() => {
    if (!document.querySelector('.next .amount')) return;
    watch.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => {
        (globalThis as { billsAt?: number }).billsAt = performance.now();
      }),
    );
  });
  watch.observe(document, { childList: true, subtree: true });
}

/** From a press or a key in the list of bills to the next frame, by the browser's own event timing; the median. */
async function inputToPaint(browser: ChromiumSession, presses: number): Promise<number> {
  const page = await browser.openExtensionPage('dashboard.html#bills');
  // A list that does not come is no reason to lose the other figures: it falls short by far.
  const rows = await page.waitForSelector('tbody tr', { timeout: 60_000 }).catch(() => null);
  if (!rows) return Number.POSITIVE_INFINITY;
  await page.waitForTimeout(1500);
  await page.evaluate(() => {
    const durations: number[] = [];
    (globalThis as { durations?: number[] }).durations = durations;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.name === 'click' || entry.name === 'keydown') durations.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  const next = page.locator('.pages button').last();
  const find = page.locator('.filter input');
  let inputs = 0;
  for (let press = 0; press < presses; press += 3) {
    await next.click();
    await page.waitForTimeout(300);
    await find.press(String(press % 10));
    await page.waitForTimeout(300);
    await find.press('Backspace');
    await page.waitForTimeout(300);
    inputs += 3;
  }
  const durations = await page.evaluate(() => (globalThis as { durations?: number[] }).durations ?? []);
  await page.close();
  // What was quicker than 16 ms the browser does not tell.
  return median([...durations, ...Array.from({ length: Math.max(0, inputs - durations.length) }, () => 16)]);
}

function urlOf({ extensionId }: ChromiumSession, path: string): string {
  return `chrome-extension://${extensionId}/${path}`;
}

/** The mean of the middle half: Chrome tells a first paint in steps of 4 ms, so a median jumps by a tenth. */
function middle(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const cut = Math.floor(sorted.length / 4);
  const half = sorted.slice(cut, sorted.length - cut);
  return half.reduce((sum, each) => sum + each, 0) / half.length;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}
