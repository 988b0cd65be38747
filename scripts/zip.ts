/** `npm run zip`: the store packages of both browsers in `.output/`. */
import { tool } from './command.ts';

for (const args of [['zip'], ['zip', '-b', 'firefox', '--mv3']]) {
  process.exitCode = await tool('wxt', args);
  if (process.exitCode !== 0) break;
}
