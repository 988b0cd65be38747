/** The pages of the contact check, as the browser registers their script: only while the owner allows them. */
import type { ContactPages } from '../app/check-contact.ts';
import { CONTACT_PAGES } from '../core/contact.ts';
import { browser } from './api.ts';

const SCRIPT_ID = 'contact';
const SCRIPT_FILE = 'contact.js';

export const contactPages: ContactPages = {
  isAllowed: (patterns) => browser.permissions.contains({ origins: [...patterns] }),
  read: async (patterns) => {
    const registered = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
    if (registered.length > 0 === patterns.length > 0) return;
    if (!patterns.length) return browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    await browser.scripting.registerContentScripts([
      {
        id: SCRIPT_ID,
        js: [SCRIPT_FILE],
        // Only the two pages, though a permission is for the whole host.
        matches: CONTACT_PAGES.map((page) => `${page}*`),
        runAt: 'document_idle',
        allFrames: false,
        persistAcrossSessions: true,
      },
    ]);
  },
  giveBack: async (patterns) => {
    await browser.permissions.remove({ origins: [...patterns] });
  },
};
