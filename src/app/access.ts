/** Whether the browser lets us read the sites of the list: the owner may take that back at any time, or allow it on click alone. */
import { CONTACT_PATTERNS, CONTACT_SITE } from '../core/contact.ts';
import { BUILT_IN, SITES } from '../sites/index.ts';
import type { Ports } from './ports.ts';
import { takeReading } from './take-reading.ts';

/**
 * Asks `has` of every site, of an optional one once its bills were read, and of the contact check where it is on; writes
 * only what changed. That an optional site was taken back is its last look, until its next one.
 */
export async function checkAccess(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  has: (patterns: readonly string[]) => Promise<boolean>,
): Promise<void> {
  const { store } = ports;
  const closed: string[] = [];
  for (const site of BUILT_IN) if (!(await has(site.matches))) closed.push(site.id);
  const states = await store.siteStates();
  for (const { id, matches } of SITES.filter((site) => site.isOptional)) {
    const looks = states.filter(({ siteId }) => siteId === id);
    if (!looks.some(({ billsReadAt }) => billsReadAt !== null) || (await has(matches))) continue;
    closed.push(id);
    if (!looks.some(({ kind }) => kind === 'no-access'))
      await takeReading(ports, id, { kind: 'no-access', why: 'not-allowed' });
  }
  const { onSince } = await store.contact();
  if (onSince !== null && !(await has(CONTACT_PATTERNS))) closed.push(CONTACT_SITE);
  const known = await store.closedSites();
  if (known.join() !== closed.join()) await store.saveClosedSites(closed);
}
