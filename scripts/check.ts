/** `npm run check`: every question that needs no browser, in turn; all are asked even when one fails. */
import { build } from './build.ts';
import { tool } from './command.ts';

const steps: readonly [string, () => Promise<number>][] = [
  ['types', async () => (await tool('wxt', ['prepare'], { output: 'stderr' })) || tool('tsc', ['-p', '.', '--noEmit'])],
  ['core is pure', () => tool('tsc', ['-p', 'src/core', '--noEmit'])],
  ['lint and format', () => tool('biome', ['check', '.'])],
  ['architecture', () => tool('vitest', ['run', '--project', 'unit', 'test/architecture.test.ts'])],
  ['build for Chrome', () => built('chrome')],
  ['build for Firefox', () => built('firefox')],
  [
    'store lint',
    () => tool('web-ext', ['lint', '--self-hosted', '--no-config-discovery', '--source-dir', '.output/firefox-mv3']),
  ],
];

async function built(browser: 'chrome' | 'firefox'): Promise<number> {
  return build(browser).then(
    () => 0,
    () => 1,
  );
}

const failed: string[] = [];
for (const [name, step] of steps) {
  console.log(`── ${name}`);
  if ((await step()) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'check: all in order' : `check: failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
