/** The promise where two browsers share their bills: LAWS_RUNS=1000 FC_SEED=random for more lives. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { judge } from './shared/judge.ts';
import { sharedLives } from './shared/life.ts';
import { live } from './shared/live.ts';
import { NAMED } from './shared/named.ts';

vi.mock('../../src/browser/storage-sync.ts', () => ({}));
vi.mock('../../src/browser/site-permissions.ts', () => ({}));

const RUNS = Number(process.env.LAWS_RUNS ?? 5);

it('two browsers: each tells what nobody silenced, and neither tells what anyone did', {
  timeout: 7_200_000,
}, async () => {
  let judged = 0;
  let passes = 0;
  const law = fc.asyncProperty(sharedLives, async (life) => {
    const diary = await live(life);
    judged += judge(diary);
    passes += diary.passes;
  });
  await fc.assert(law, { numRuns: RUNS, endOnFailure: RUNS > 100 });
  console.info(`shared lives: ${RUNS}, passes: ${passes}, promises judged: ${judged}`);
  expect(judged).toBeGreaterThan(RUNS);
});

it.each(Object.entries(NAMED))('so too: %s', async (_, life) => {
  expect(judge(await live(life))).toBeGreaterThan(0);
});
