/** The promise as a law over whole lives: LAWS_RUNS=10000 FC_SEED=random for more of them. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { judge } from './lives/judge.ts';
import { lives } from './lives/life.ts';
import { live } from './lives/live.ts';
import { NAMED } from './lives/named.ts';

/** The store in memory copies every row that it gives: half of a life. Here a row is shared, and whoever writes into it throws. */
vi.stubGlobal('structuredClone', frozen);

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

const RUNS = Number(process.env.LAWS_RUNS ?? 24);

it('no bill that was read passes its due date in silence', { timeout: 7_200_000 }, async () => {
  let judged = 0;
  let passes = 0;
  const law = fc.asyncProperty(lives, async (life) => {
    const diary = await live(life);
    judged += judge(diary);
    passes += diary.passes;
  });
  // Making a long life small takes longer than thousands of others: `path` of the report does it afterwards.
  await fc.assert(law, { numRuns: RUNS, endOnFailure: RUNS > 100 });
  console.info(`lives: ${RUNS}, passes: ${passes}, promises judged: ${judged}`);
  expect(judged).toBeGreaterThan(RUNS);
});

it.each(Object.entries(NAMED))('nor this one: %s', async (_, life) => {
  expect(judge(await live(life))).toBeGreaterThan(0);
});
