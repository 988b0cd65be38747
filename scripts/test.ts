/** `npm test [-- vitest's filters]`: everything, in real browsers too. The last line is `N passed, N failed`. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, tool } from './command.ts';
import { setUp } from './setup.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

await setUp('test');
const reportPath = join(ROOT, '.output/test/report.json');
rmSync(reportPath, { force: true });
const code = await tool(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`, ...process.argv.slice(2)],
  { env: { TZ: process.env.TZ ?? 'UTC' }, timeoutMs: 28 * 60_000 },
);

const report: Report = existsSync(reportPath)
  ? JSON.parse(readFileSync(reportPath, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 0, testResults: [] };
const passed = report.numPassedTests;
// A file that could not be loaded has run no test and still counts; so does an error outside every test.
const unloaded = report.testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
);
let failed = report.numFailedTests + unloaded.length;
if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
for (const file of unloaded) console.log(`could not run ${file.name.replace(`${ROOT}/`, '')}`);
if (code === 124) console.log('the tests ran into the time limit of 28 minutes');
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
