/** `npm run build [chrome|firefox]`: the unpacked extension in `.output/`, for both browsers unless one is named. */
import { join } from 'node:path';
import { ROOT, tool } from './command.ts';

export type Browser = 'chrome' | 'firefox';

export const BUILT: Readonly<Record<Browser, string>> = {
  chrome: join(ROOT, '.output/chrome-mv3'),
  firefox: join(ROOT, '.output/firefox-mv3'),
};

/** Throws when WXT fails. */
export async function build(browser: Browser, output: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
  const args = browser === 'firefox' ? ['build', '-b', 'firefox', '--mv3'] : ['build'];
  // CI keeps the spinner away.
  const code = await tool('wxt', args, { output, timeoutMs: 180_000, env: { CI: 'true' } });
  if (code !== 0) throw new Error(`wxt ${args.join(' ')} ended with ${code}`);
}

if (process.argv[1] === import.meta.filename) {
  const named = process.argv[2];
  try {
    for (const browser of ['chrome', 'firefox'] as const) {
      if (!named || named === browser) await build(browser);
    }
  } catch (error) {
    console.error(`build: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
