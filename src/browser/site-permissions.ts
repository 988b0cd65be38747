/** Pages beyond the manifest: what the owner allows, and the scripts that read them (facts/platform.md §1.6). */
import type { Permissions } from 'webextension-polyfill';
import type { ContactPages } from '../app/check-contact.ts';
import type { SiteAccess } from '../app/teach-site.ts';
import { CONTACT_PAGES } from '../core/contact.ts';
import { browser, IS_FIREFOX } from './api.ts';
import { type OwnScript, runScriptOn } from './registered-script.ts';

const TAUGHT: OwnScript = { id: 'taught', file: 'taught.js', runAt: 'document_idle' };
/** The reader of the list's own sites, on those that no manifest names. */
const LISTED: OwnScript = { id: 'listed', file: 'jd.js', runAt: 'document_start' };
const CONTACT: OwnScript = { id: 'contact', file: 'contact.js', runAt: 'document_idle' };

const isAllowed = (patterns: readonly string[]) => browser.permissions.contains({ origins: [...patterns] });

export const siteAccess: SiteAccess = {
  has: isAllowed,
  readTaught: (patterns) => runScriptOn(TAUGHT, patterns),
  readListed: (patterns) => runScriptOn(LISTED, patterns),
};

export const contactPages: ContactPages = {
  isAllowed,
  // Only the two pages, though a permission is for the whole host.
  read: (patterns) => runScriptOn(CONTACT, patterns.length ? CONTACT_PAGES.map((page) => `${page}*`) : []),
  giveBack: async (patterns) => {
    await browser.permissions.remove({ origins: [...patterns] });
  },
};

/** What the manifest names as data that is sent only where the owner says so (Firefox 140 and later). */
const SENT: Permissions.Permissions = { data_collection: ['financialAndPaymentInfo'] };

/**
 * Only in a click, and before anything is awaited there: otherwise the browser refuses to ask. `sends`: what the owner
 * owes goes to these servers, and Firefox asks for that in the same question.
 */
export function requestAccess(patterns: readonly string[], sends = false): Promise<boolean> {
  return browser.permissions.request({ origins: [...patterns], ...(IS_FIREFOX && sends ? SENT : {}) });
}

/** First turn only. The owner may change what is allowed at any time, also in the browser's own settings. */
export function onAccessChange(changed: () => void): void {
  browser.permissions.onAdded.addListener(changed);
  browser.permissions.onRemoved.addListener(changed);
}
