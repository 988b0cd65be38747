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

const { since: _, ...usualRules } = DEFAULT_RULES;

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
  // From here on the usual hours again, as an owner would find them.
  await browser.ask({ do: 'rules', rules: usualRules });
  const { nextReminderAt } = await status();
  await picture('popup', (path) => browser.pictureOfPopup(path));

  return {
    billsRead: bills.length,
    nextReminderAt: nextReminderAt === null ? null : new Date(nextReminderAt).toISOString(),
    notified: after.notified,
    screenshots,
    browser: browser.name,
  };
}

/** The page loads its tabs one after the other: waits until its two open bills are there, or at least one stays alone. */
async function billsRead(status: () => Promise<Status>): Promise<Status> {
  const patienceUntil = performance.now() + 15_000;
  let last: Status | undefined;
  try {
    return await eventually(
      async () => {
        const now = await status();
        const isSettled = now.bills.length === last?.bills.length && now.bills.some((bill) => bill.dueDay !== null);
        last = now;
        return isSettled && (now.bills.length >= 2 || performance.now() > patienceUntil) ? now : null;
      },
      'the bills of the page',
      30_000,
      1000,
    );
  } catch (error) {
    throw new Error(`${(error as Error).message}; the background says ${JSON.stringify(last)}`);
  }
}

/** Ordinary rules whose slot for the earliest bill falls on this instant, on whatever side of midnight it lies. */
function rulesFor(slot: Instant, bills: Status['bills']): Omit<Rules, 'since'> {
  const day = dayOf(slot);
  const hour = (slot - startOf(day)) / HOUR_MS;
  const due =
    bills.flatMap((bill) => (bill.dueDay && bill.dueDay >= day ? [bill.dueDay] : [])).sort()[0] ?? addDays(day, 3);
  const ahead = daysBetween(day, due);
  if (ahead === 0)
    return { ...usualRules, dueHours: [...new Set([...usualRules.dueHours, hour])].sort((a, b) => a - b) };
  return {
    ...usualRules,
    leadDays: [...new Set([...usualRules.leadDays, ahead])].sort((a, b) => b - a),
    beforeHour: hour,
  };
}
