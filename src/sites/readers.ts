/** How each site of the list is read: apart from it, so that only the content script carries the readers. */
import { MOST_BILLS, type Reading } from '../core/reading.ts';
import { BANKS } from './banks/manifests.ts';
import { readBank } from './banks/read.ts';
import { SITES, siteFor } from './index.ts';
import { readJdBaitiao } from './jd-baitiao/read.ts';
import type { PageView, Site } from './site.ts';

const READERS: Record<string, Site['read']> = {
  'jd-baitiao': readJdBaitiao,
  ...Object.fromEntries(BANKS.map((bank) => [bank.id, (page: PageView) => readBank(bank, page)])),
};

/** The site of this address with its reader; null when no site claims it. Throws when a site of the list has none. */
export function readerFor(url: URL): Site | null {
  const manifest = siteFor(url);
  if (!manifest) return null;
  const read = READERS[manifest.id];
  if (!read) throw new Error(`${manifest.id} is in the list of ${SITES.length} sites but has no reader`);
  return { ...manifest, read: (page) => bounded(read(page)) };
}

/** What the background would refuse is said here. */
function bounded(reading: Reading | null): Reading | null {
  const isTooMuch = reading?.kind === 'bills' && reading.bills.length > MOST_BILLS;
  return isTooMuch ? { kind: 'unreadable', why: 'page-too-large' } : reading;
}
