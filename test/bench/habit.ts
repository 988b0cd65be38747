/** What adapting to a person's hours is worth: made-up people over a year, the real planner, and no bill of anybody's. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { DEFAULT_PATIENCE } from '../../src/core/reminder/patience.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { PLAIN, type Policy } from './habit/life.ts';
import type { Population } from './habit/people.ts';
import { addUp, missedPercent, noticesPerBill, type Tally, tableOf } from './habit/table.ts';
import type { Bench, Row } from './row.ts';

const POPULATION = new URL('population.json', import.meta.url).pathname;
const SEED = 1;
const PEOPLE = 1000;
const PEOPLE_QUICK = 200;

const push = { channel: 'push', pausedUntil: null, isLast: true };
const chain = { first: 'desktop', patience: DEFAULT_PATIENCE, links: [push] };
/** (a) and (b) have the same slots; then what the product adds: the due day, a push channel, its cover while the browser is shut. */
const POLICIES: readonly Policy[] = [
  { name: '(a) 7/3/1 at 10', rules: PLAIN, adapts: false },
  { name: '(b) adaptive', rules: PLAIN, adapts: true },
  { name: 'all slots', rules: DEFAULT_RULES, adapts: true },
  { name: '(c) push', rules: DEFAULT_RULES, adapts: true, chain },
  { name: '(c) held ahead', rules: DEFAULT_RULES, adapts: true, chain, isHeldAhead: true },
  { name: '(c) and calendar', rules: DEFAULT_RULES, adapts: true, chain, isHeldAhead: true, isInCalendar: true },
];

export const habit: Bench = {
  name: 'habit',
  isPure: true,
  measure: async (quick, asked = {}) => {
    const file = asked.population ?? POPULATION;
    const count = asked.people === undefined ? (quick ? PEOPLE_QUICK : PEOPLE) : Number(asked.people);
    if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`--people ${asked.people} is no count`);
    const population: Population = JSON.parse(readFileSync(file, 'utf8'));
    const tallies = await inThreads(population, count);
    console.log(`\n${count} people of ${file.split('/').at(-1)}, one year, seed ${SEED}: bills without an`);
    console.log('acknowledgement or payment at the end of their due day, and notices for each bill until then\n');
    for (const line of tableOf(tallies)) console.log(line);
    console.log('');
    return rowsOf(tallies);
  },
};

/** (c) is judged whole, as it is shipped; the table shows what each part of it is worth. */
function rowsOf([a, b, , , , covered]: readonly Tally[]): Row[] {
  const round = (value: number): number => Number(value.toFixed(2));
  const missed = (tally: Tally | undefined): number => missedPercent(tally!.all);
  const plain = '(a), 7/3/1 at 10:00';
  const row = (name: string, figure: number, unit: string, against: Row['against'], aim: number): Row => ({
    name,
    figure,
    unit,
    against,
    aim,
  });
  return [
    row('(b) bills missed', missed(b), '%', { kind: 'peer', name: plain, figure: round(missed(a)) }, 0.5),
    row(
      '(b) notices a bill',
      noticesPerBill(b!.all),
      '',
      { kind: 'peer', name: plain, figure: round(noticesPerBill(a!.all)) },
      1.25,
    ),
    row('(c) bills missed', missed(covered), '%', { kind: 'floor', name: 'aim', figure: 0.5 }, 1),
  ];
}

async function inThreads(population: Population, count: number): Promise<Tally[]> {
  const parts = Math.min(availableParallelism(), 8);
  const all = await Promise.all(
    Array.from(
      { length: parts },
      (_, part) =>
        new Promise<Tally[]>((resolve, reject) => {
          const worker = new Worker(new URL('habit/worker.ts', import.meta.url), {
            workerData: { population, policies: POLICIES, count, seed: SEED, part, parts },
          });
          worker.once('message', resolve);
          worker.once('error', reject);
        }),
    ),
  );
  return addUp(all);
}
