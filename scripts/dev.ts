/** `npm run dev [-- -b firefox]`: WXT's development mode, rebuilt at every change. */
import { tool } from './command.ts';

process.exitCode = await tool('wxt', ['--mv3', ...process.argv.slice(2)], { timeoutMs: 24 * 3_600_000 });
