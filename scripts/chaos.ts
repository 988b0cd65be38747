/**
 * `npm run chaos [-- --seed N] [--bills N] [--kills N] [--minutes N] [--only chromium|firefox]`: real browsers killed around due
 * slots under a moved clock. Prints its figures; exit code 1 when a reminder was lost or came twice without excuse.
 */
import { parseArgs } from 'node:util';
import { type ChaosOptions, type Kind, runChaos } from '../test/e2e/chaos/chaos.ts';
import { chromiumChaos, firefoxChaos } from '../test/e2e/chaos/strikes.ts';
import { type Figures, isWhole } from '../test/e2e/chaos/tally.ts';
import { BUILT, build } from './build.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    bills: { type: 'string', default: '15' },
    kills: { type: 'string' },
    minutes: { type: 'string', default: '45' },
    only: { type: 'string' },
    quiet: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const mostMs = Number(values.minutes) * 60_000;
console.log(`chaos: seed ${seed} (the same throws again: npm run chaos -- --seed ${seed})`);

let hasFailed = false;
for (const [kind, browser, usualKills] of [
  [chromiumChaos, 'chrome', Number.POSITIVE_INFINITY],
  [firefoxChaos, 'firefox', 5],
] as const) {
  if (values.only && values.only !== kind.name) continue;
  await build(browser, 'stderr');
  const kills = values.kills === undefined ? usualKills : Number(values.kills);
  const figures = await run(kind, { seed, bills: Number(values.bills), kills, mostMs, extensionDir: BUILT[browser] });
  if (!isWhole(figures)) hasFailed = true;
}
process.exitCode = hasFailed ? 1 : 0;

async function run(kind: Kind, options: ChaosOptions): Promise<Figures> {
  const figures = await runChaos(kind, { ...options, ...(values.quiet ? {} : { say: (line) => console.log(line) }) });
  console.log(`${kind.name}: ${isWhole(figures) ? 'whole' : 'NOT WHOLE'}`);
  for (const [name, figure] of Object.entries(figures)) console.log(`  ${name.padEnd(20)}${figure}`);
  return figures;
}
