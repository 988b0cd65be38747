/** Sites that may not be read now, as our pages show them. */
import { SITES } from '../sites/index.ts';
import type { Glance } from './glance.ts';

/** A site that may not be read, with what to ask the browser for. */
export interface ClosedSite {
  readonly siteId: string;
  readonly title: string;
  readonly patterns: readonly string[];
}

export async function closedSitesOf({ store }: { readonly store: Pick<Glance, 'closedSites'> }): Promise<ClosedSite[]> {
  return closedSitesAmong(await store.closedSites());
}

export function closedSitesAmong(siteIds: readonly string[]): ClosedSite[] {
  return SITES.filter((site) => siteIds.includes(site.id)).map(({ id, title, matches }) => ({
    siteId: id,
    title,
    patterns: matches,
  }));
}
