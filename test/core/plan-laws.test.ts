/** The laws of issue 4 over random worlds: LAWS_RUNS=100000 for more of them, LAWS_SEED=… to see one run again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FOUND } from './laws/found.ts';
import { live } from './laws/live.ts';
import { worlds } from './laws/world.ts';

const RUNS = Number(process.env.LAWS_RUNS ?? 10_000);
const SEED = process.env.LAWS_SEED;

it('no promised slot passes in silence, and nothing is told twice', { timeout: 1_200_000 }, async () => {
  let passes = 0;
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const life = await live(world);
      passes += life.passes;
      shown += life.shown.length;
    }),
    { numRuns: RUNS, ...(SEED ? { seed: Number(SEED) } : {}) },
  );
  console.info(`laws: ${RUNS} worlds, ${passes} passes, ${shown} reminders shown`);
  expect(shown).toBeGreaterThan(RUNS);
});

it.each(Object.entries(FOUND))('never again: %s', async (_, world) => {
  await live(world);
});
