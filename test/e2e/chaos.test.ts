/** Kills around due slots in real browsers, a few of those that `npm run chaos` makes: nothing lost, nothing twice without excuse. */
import { describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { dayOf } from '../../src/core/day.ts';
import { launchChromium } from './browsers/chromium.ts';
import { createClock } from './browsers/clock.ts';
import { eventually, sleep } from './browsers/process.ts';
import { type Kind, runChaos } from './chaos/chaos.ts';
import { chromiumChaos, firefoxChaos } from './chaos/strikes.ts';
import { isWhole } from './chaos/tally.ts';
import { duly, rulesAt } from './duly.ts';

const SEED = 20_261_124;
/** It bounds a run on a machine that is busy with something else; the usual one takes a fifth of it. */
const MOST_MS = 480_000;

async function killed(kind: Kind, kills: number, extensionDir: string): Promise<void> {
  const lines: string[] = [];
  const figures = await runChaos(kind, {
    seed: SEED,
    bills: 5,
    kills,
    mostMs: MOST_MS,
    extensionDir,
    say: (line) => lines.push(line),
  });
  const story = `seed ${SEED}\n${lines.join('\n')}\n${JSON.stringify(figures)}`;
  expect(isWhole(figures), story).toBe(true);
  expect(figures.slots, story).toBeGreaterThan(0);
  expect(figures.browserKills + figures.workerStops, story).toBeGreaterThan(0);
}

describe('the doorbell', () => {
  it('rings again when its ring reached a worker that died before it could answer', async () => {
    const clock = createClock('faketime');
    const browser = await launchChromium({ extensionDir: BUILT.chrome, env: clock.env });
    try {
      const page = await browser.openExtensionPage('manifest.json');
      const extension = duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));
      const worker = await browser.serviceWorker();
      const slot = Date.now() + 6000;
      const bill = { title: '铃声', dueDay: dayOf(slot), remainingFen: 100, minimumFen: null };
      // Before the bill is there: in the late evening the usual hours have passed, and it would be told at once.
      await extension.ask({ do: 'rules', rules: rulesAt(slot, bill.dueDay) });
      await extension.ask({
        do: 'save-bill',
        billId: null,
        bill: { ...bill, statementDay: null, note: '', isMonthly: false },
      });
      await sleep(slot - 1500 - Date.now());
      // Too busy to hear: the ring waits in its queue and goes down with it.
      void worker.evaluate(busyUntil, slot + 30_000).catch(() => {});
      await sleep(slot + 2500 - Date.now());
      await browser.stopServiceWorker();
      await sleep(3000);
      expect(await extension.rows('ledger')).toEqual([]);
      clock.advance(320_000);
      const isAccepted = async () => (await extension.rows('ledger')).some(({ outcome }) => outcome === 'accepted');
      await eventually(isAccepted, 'the reminder', 60_000);
    } finally {
      await browser.close();
      clock.close();
    }
  });
});

function busyUntil(instant: number): void {
  while (Date.now() < instant);
}

describe('killed at random moments around due slots', () => {
  it('Chromium loses no reminder in ten kills', () => killed(chromiumChaos, 10, BUILT.chrome), MOST_MS + 120_000);
  it('Firefox loses no reminder in five kills', () => killed(firefoxChaos, 5, BUILT.firefox), MOST_MS + 120_000);
});
