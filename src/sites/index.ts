/** THE LIST: every site that Duly reads, one line each. */
import { jdBaitiao } from './jd-baitiao/index.ts';
import { matchesUrl, type Site } from './site.ts';

export const SITES: readonly Site[] = [jdBaitiao];

/** The site that claims this address, its sign-in page included; null when none does. */
export function siteFor(url: URL): Site | null {
  return (
    SITES.find(
      (site) => site.signInHosts.includes(url.hostname) || site.matches.some((pattern) => matchesUrl(pattern, url)),
    ) ?? null
  );
}

export function siteById(id: string): Site | null {
  return SITES.find((site) => site.id === id) ?? null;
}
