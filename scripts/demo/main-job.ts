/** The extension's main job, seen from outside: a page is read, a bill is stored, a reminder comes, the popup shows it. */
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { addDays, type Day, dayOf, daysBetween, HOUR_MS, type Instant, startOf } from '../../src/core/day.ts';
import { DEFAULT_RULES, type Rules } from '../../src/core/rules.ts';
import type { Display } from '../../test/e2e/browsers/display.ts';
import { eventually, sleep } from '../../test/e2e/browsers/process.ts';
import { ROOT } from '../command.ts';
import { type DemoBrowser, SCREEN, WINDOW } from './demo-browser.ts';

/** The part of the background's `status` reply that the demo looks at. */
interface Status {
  readonly bills: readonly {
    readonly title: string;
    readonly dueDay: Day | null;
    readonly remainingFen: number | null;
  }[];
  readonly nextReminderAt: Instant | null;
  readonly notified: number;
}

export interface DemoResult {
  readonly billsRead: number;
  readonly nextReminderAt: string | null;
  readonly notified: number;
  readonly screenshots: readonly string[];
  readonly browser: string;
}

/** How far ahead the reminder is set: long enough to let the background sleep first. */
const AHEAD_MS = 8000;
const FOLDER = join(ROOT, '.output/demo');

/** Throws when a step does not come about in time, with what was waited for. */
export async function runMainJob(
  browser: DemoBrowser,
  billPage: string,
  display: Display | null,
  say: (line: string) => void,
): Promise<DemoResult> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const screenshots: string[] = [];
  const picture = async (name: string, take: (path: string) => Promise<void> | void) => {
    const path = join(FOLDER, `${name}.png`);
    await take(path);
    screenshots.push(relative(ROOT, path));
  };
  const status = async () => (await browser.ask({ do: 'status' })) as Status;

  await browser.open(billPage);
  const { bills, notified: before } = await billsRead(status);
  await picture('page', (path) => browser.pictureOfPage(path));
  say(`read ${bills.length} bills from ${billPage}`);

  const slot = Date.now() + AHEAD_MS;
  await browser.ask({ do: 'rules', rules: rulesFor(slot, bills) });
  await browser.sleepBackground();
  say(`reminder set for ${new Date(slot).toISOString()}; the background sleeps until its alarm rings`);
  await sleep(slot + 500 - Date.now());
  const after = await eventually(
    async () => {
      const now = await status();
      return now.notified > before ? now : null;
    },
    'the notification',
    40_000,
    500,
  );
  if (display) {
    // The popup slides in.
    await sleep(1200);
    const crop = `${SCREEN.width - WINDOW.width}x${SCREEN.height}+${WINDOW.width}+0`;
    await picture('notification', (path) => display.screenshot(path, crop, true));
  }
  say('the notification has come');
  await picture('popup', (path) => browser.pictureOfPopup(path));

  return {
    billsRead: after.bills.length,
    nextReminderAt: after.nextReminderAt === null ? null : new Date(after.nextReminderAt).toISOString(),
    notified: after.notified,
    screenshots,
    browser: browser.name,
  };
}

/** The page loads its tabs one after the other: waits until two looks in a row see the same bills. */
function billsRead(status: () => Promise<Status>): Promise<Status> {
  let last = 0;
  return eventually(
    async () => {
      const now = await status();
      const isSettled =
        now.bills.length >= 2 && now.bills.length === last && now.bills.some((bill) => bill.dueDay !== null);
      last = now.bills.length;
      return isSettled ? now : null;
    },
    'the bills of the page',
    30_000,
    1000,
  );
}

/** Ordinary rules whose slot for the earliest bill falls on this instant, on whatever side of midnight it lies. */
function rulesFor(slot: Instant, bills: Status['bills']): Omit<Rules, 'since'> {
  const { since: _, ...usual } = DEFAULT_RULES;
  const day = dayOf(slot);
  const hour = (slot - startOf(day)) / HOUR_MS;
  const due =
    bills.flatMap((bill) => (bill.dueDay && bill.dueDay >= day ? [bill.dueDay] : [])).sort()[0] ?? addDays(day, 3);
  const ahead = daysBetween(day, due);
  if (ahead === 0) return { ...usual, dueHours: [...new Set([...usual.dueHours, hour])].sort((a, b) => a - b) };
  return { ...usual, leadDays: [...new Set([...usual.leadDays, ahead])].sort((a, b) => b - a), beforeHour: hour };
}
