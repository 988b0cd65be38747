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

/** A run that hangs must end before the 30 minutes of a CI job do. */
const MOST_MS = 28 * 60_000;
/** Browsers wait most of the time: what only computes fills the gaps, and gives way. */
const GIVES_WAY = 5;

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

async function ran(name: string, args: readonly string[], priority = 0): Promise<Outcome> {
  const reportPath = join(ROOT, `.output/test/${name}.json`);
  rmSync(reportPath, { force: true });
  const code = await tool(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`, ...args],
    { env: { TZ: process.env.TZ ?? 'UTC' }, timeoutMs: MOST_MS, priority },
  );
  if (code === 124) console.log(`${name}: ran into the time limit of ${MOST_MS / 60_000} minutes`);
  const report: Report = existsSync(reportPath)
    ? JSON.parse(readFileSync(reportPath, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  // A file that could not be loaded has run no test and still counts; so does an error outside every test.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  );
  for (const file of unloaded) console.log(`could not run ${file.name.replace(`${ROOT}/`, '')}`);
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + unloaded.length;
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}

await setUp('test');
const filters = process.argv.slice(2);
const outcomes = await (filters.length > 0
  ? Promise.all([ran('report', filters)])
  : Promise.all([ran('e2e', ['--project', 'e2e']), ran('unit', ['--project', 'unit'], GIVES_WAY)]));
const passed = outcomes.reduce((sum, each) => sum + each.passed, 0);
const failed = outcomes.reduce((sum, each) => sum + each.failed, 0);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
