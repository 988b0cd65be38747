/** `npm run bench [-- --quick] [name…]`: one row per claim, each against a floor or a peer; exit code 1 when one falls SHORT. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCHES } from '../test/bench/index.ts';
import { BUILT, build } from './build.ts';

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (!values.quick || !existsSync(join(BUILT.chrome, 'manifest.json'))) {
  await build('chrome', 'stderr').catch((error) => {
    console.error(`bench: ${(error as Error).message}`);
    process.exit(1);
  });
}

const cells = (...texts: string[]) =>
  texts
    .map((text, index) => text.padEnd([28, 12, 52, 8, 8, 0][index] ?? 0))
    .join('')
    .trimEnd();
console.log(cells('claim', 'figure', 'floor or peer', 'ratio', 'aim', ''));
let short = 0;
for (const bench of BENCHES) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
  for (const row of await bench.measure(values.quick)) {
    const ratio = row.figure / row.against.figure;
    const isKept = ratio <= row.aim;
    if (!isKept) short++;
    const figure = `${row.figure.toFixed(row.figure < 10 ? 2 : 1)} ${row.unit}`;
    const against = `${row.against.kind} ${row.against.name}: ${row.against.figure}`;
    console.log(cells(row.name, figure, against, ratio.toFixed(2), `≤ ${row.aim}`, isKept ? 'ok' : 'SHORT'));
  }
}
process.exitCode = short === 0 ? 0 : 1;
