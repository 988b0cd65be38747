/** Kills around due slots in real browsers, a few of those that `npm run chaos` makes: nothing lost, nothing twice without excuse. */
import { describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { type Kind, runChaos } from './chaos/chaos.ts';
import { chromiumChaos, firefoxChaos } from './chaos/strikes.ts';
import { isWhole } from './chaos/tally.ts';

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

describe('killed at random moments around due slots', () => {
  it('Chromium loses no reminder in ten kills', () => killed(chromiumChaos, 10, BUILT.chrome), MOST_MS + 120_000);
  it('Firefox loses no reminder in five kills', () => killed(firefoxChaos, 5, BUILT.firefox), MOST_MS + 120_000);
});
