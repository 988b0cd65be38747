/** THE LIST: every site that Duly reads, one line each. How each is read stands in `readers.ts`. */
import { BANKS } from './banks/manifests.ts';
import { jdBaitiao } from './jd-baitiao/manifest.ts';
import { matchesUrl, type Place, type SiteManifest } from './site.ts';

export const SITES: readonly SiteManifest[] = [jdBaitiao, ...BANKS];

/** Sites that the manifest names: read from the first day, and the only ones that are ever opened by themselves. */
export const BUILT_IN: readonly SiteManifest[] = SITES.filter((site) => !site.isOptional);

/** The site that claims this place, its sign-in page included; null when none does. */
export function siteFor(place: Place): SiteManifest | null {
  return (
    SITES.find(
      (site) => site.signInHosts.includes(place.hostname) || site.matches.some((pattern) => matchesUrl(pattern, place)),
    ) ?? null
  );
}

export function siteById(id: string): SiteManifest | null {
  return SITES.find((site) => site.id === id) ?? null;
}
