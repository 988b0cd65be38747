/** A sign-in page serves many sites: only the way back tells whose it is. */
import type { SiteManifest } from '../site.ts';

const PARAMETERS = ['returnurl', 'return_url', 'redirecturl'];

/** The sign-in page leads back to one of the site's own hosts. */
export function leadsBackTo(site: Pick<SiteManifest, 'matches'>, signIn: URL): boolean {
  const hosts = site.matches.map((pattern) => /^https:\/\/([^/*]+)\//.exec(pattern)?.[1]);
  for (const [name, value] of signIn.searchParams) {
    if (!PARAMETERS.includes(name.toLowerCase())) continue;
    const host = hostOf(value, signIn);
    if (host !== null && hosts.includes(host)) return true;
  }
  return false;
}

/** Addresses are sometimes encoded twice, and sometimes without a scheme. Null: no web address. */
function hostOf(text: string, base: URL): string | null {
  try {
    const { protocol, hostname } = new URL(/^https?%3a/i.test(text) ? decodeURIComponent(text) : text, base);
    return protocol === 'https:' || protocol === 'http:' ? hostname : null;
  } catch {
    return null; // Not an address.
  }
}
