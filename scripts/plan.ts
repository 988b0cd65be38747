/** `npm run --silent plan -- SCENARIO.json`: one JSON line per notice that the real planner raises. */
import { readFileSync } from 'node:fs';
import { play } from '../test/scenarios/play.ts';
import { parseScenario, ScenarioError } from '../test/scenarios/scenario.ts';

const [file, ...rest] = process.argv.slice(2);
if (!file || rest.length) fail('usage', 'npm run plan -- SCENARIO.json');

try {
  const { notices } = await play(parseScenario(JSON.parse(readFileSync(file, 'utf8'))));
  for (const notice of notices) console.log(JSON.stringify(notice));
} catch (error) {
  if (error instanceof ScenarioError) fail(error.code, error.message);
  if (error instanceof SyntaxError) fail('scenario-json', `${file} is not JSON: ${error.message}`);
  fail('scenario-file', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}

function fail(code: string, message: string): never {
  console.error(`plan: ${code}: ${message}`);
  process.exit(2);
}
