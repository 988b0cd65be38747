/** The browsers that this machine has. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of the first of these commands on PATH; null when there is none. */
export function findCommand(...names: readonly string[]): string | null {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return null;
}

/** A Chromium that still takes `--load-extension`; branded Chrome has ignored it since 137. */
export function findChromium(): string | null {
  return process.env.DULY_CHROMIUM ?? findCommand('chromium', 'chromium-browser');
}

export function findFirefox(): string | null {
  return process.env.DULY_FIREFOX ?? findCommand('firefox-esr', 'firefox');
}

/** Only good for telling its owner how to load the folder by hand. */
export function findBrandedChrome(): string | null {
  return findCommand('google-chrome-stable', 'google-chrome', 'microsoft-edge', 'brave-browser');
}
