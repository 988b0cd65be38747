/** The pages of the contact check, as the browser registers their script: only while the owner allows them. */
import type { ContactPages } from '../app/check-contact.ts';
import { CONTACT_PAGES } from '../core/contact.ts';
import { browser } from './api.ts';
import { type OwnScript, runScriptOn } from './registered-script.ts';

const CONTACT: OwnScript = { id: 'contact', file: 'contact.js', runAt: 'document_idle' };

export const contactPages: ContactPages = {
  isAllowed: (patterns) => browser.permissions.contains({ origins: [...patterns] }),
  // Only the two pages, though a permission is for the whole host.
  read: (patterns) => runScriptOn(CONTACT, patterns.length ? CONTACT_PAGES.map((page) => `${page}*`) : []),
  giveBack: async (patterns) => {
    await browser.permissions.remove({ origins: [...patterns] });
  },
};
