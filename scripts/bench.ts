/** `npm run bench [-- --quick] [-- --people N --population FILE] [name…]`: one row per claim, each against a floor or a peer; exit code 1 when one falls SHORT. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCHES } from '../test/bench/index.ts';
import { BUILT, build } from './build.ts';

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    population: { type: 'string' },
    people: { type: 'string' },
  },
  allowPositionals: true,
});
const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.some(({ isPure }) => !isPure) && (!values.quick || !existsSync(join(BUILT.chrome, 'manifest.json')))) {
  await build('chrome', 'stderr').catch((error) => {
    console.error(`bench: ${(error as Error).message}`);
    process.exit(1);
  });
}

const cells = (...texts: string[]) =>
  texts
    .map((text, index) => text.padEnd([40, 15, 54, 6, 7, 0][index] ?? 0))
    .join('  ')
    .trimEnd();
console.log(cells('claim', 'figure', 'floor or peer', 'ratio', 'aim', ''));
let short = 0;
for (const bench of chosen) {
  for (const row of await bench.measure(values.quick, values)) {
    const ratio = row.figure / row.against.figure;
    const isKept = row.aim === null || ratio <= row.aim;
    if (!isKept) short++;
    const figure = `${row.figure.toFixed(row.figure < 10 ? 2 : 1)} ${row.unit}`;
    const against = `${row.against.kind} ${row.against.name}: ${Number(row.against.figure.toFixed(2))}`;
    console.log(
      cells(
        row.name,
        figure,
        against,
        ratio.toFixed(2),
        ...(row.aim === null ? ['none', ''] : [`≤ ${row.aim}`, isKept ? 'ok' : 'SHORT']),
      ),
    );
  }
}
process.exitCode = short === 0 ? 0 : 1;
