/** Whether the browser lets us read the sites of the list: the owner may take that back at any time, or allow it on click alone. */
import { CONTACT_PATTERNS, CONTACT_SITE } from '../core/contact.ts';
import { BUILT_IN } from '../sites/index.ts';
import type { Ports } from './ports.ts';

/** Asks `has` of every site, and of the contact check where it is on; writes only what changed. */
export async function checkAccess(
  { store }: Pick<Ports, 'store'>,
  has: (patterns: readonly string[]) => Promise<boolean>,
): Promise<void> {
  const closed: string[] = [];
  for (const site of BUILT_IN) if (!(await has(site.matches))) closed.push(site.id);
  const { onSince } = await store.contact();
  if (onSince !== null && !(await has(CONTACT_PATTERNS))) closed.push(CONTACT_SITE);
  const known = await store.closedSites();
  if (known.join() !== closed.join()) await store.saveClosedSites(closed);
}

/** A site that may not be read, with what to ask the browser for. */
export interface ClosedSite {
  readonly siteId: string;
  readonly title: string;
  readonly patterns: readonly string[];
}

export async function closedSitesOf({ store }: Pick<Ports, 'store'>): Promise<ClosedSite[]> {
  const closed = await store.closedSites();
  return BUILT_IN.filter((site) => closed.includes(site.id)).map(({ id, title, matches }) => ({
    siteId: id,
    title,
    patterns: matches,
  }));
}
