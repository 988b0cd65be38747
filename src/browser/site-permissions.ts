/** Pages beyond the manifest: what the owner allows, and the script that reads them (facts/platform.md §1.6). */
import type { SiteAccess } from '../app/teach-site.ts';
import { browser } from './api.ts';

const SCRIPT_ID = 'taught';
const SCRIPT_FILE = 'taught.js';

export const siteAccess: SiteAccess = {
  has: (patterns) => browser.permissions.contains({ origins: [...patterns] }),
  readOrigins: async (patterns) => {
    const registered = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
    const wanted = patterns.join(' ');
    if (registered.length && registered[0]?.matches?.join(' ') === wanted) return;
    if (registered.length) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    if (!patterns.length) return;
    await browser.scripting.registerContentScripts([
      {
        id: SCRIPT_ID,
        js: [SCRIPT_FILE],
        matches: [...patterns],
        runAt: 'document_idle',
        allFrames: false,
        persistAcrossSessions: true,
      },
    ]);
  },
};

/** Only in a click, and before anything is awaited there: otherwise the browser refuses to ask. */
export function requestAccess(patterns: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: [...patterns] });
}

/** First turn only. The owner may change what is allowed at any time, also in the browser's own settings. */
export function onAccessChange(changed: () => void): void {
  browser.permissions.onAdded.addListener(changed);
  browser.permissions.onRemoved.addListener(changed);
}
