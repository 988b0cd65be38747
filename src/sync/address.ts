/** The folder that the owner typed. */
import { isAllowed, patternOf } from '../core/channel/address.ts';

export type Address =
  | {
      readonly kind: 'address' /** Ends with a slash; no name, no password in it. */;
      readonly url: string;
      /** What the browser must allow; never none. */
      readonly patterns: readonly string[];
      readonly isNutstore: boolean;
    }
  | { readonly kind: 'refused'; readonly code: 'sync-address-bad' | 'sync-address-plain' | 'sync-address-root' };

/** Encrypted transport, but for machines of the owner's own network: those are named by their address. */
export function readAddress(typed: string): Address {
  let url: URL;
  try {
    url = new URL(typed.trim());
    decodeURIComponent(url.pathname);
  } catch {
    // No address at all, or one that the names of a listing cannot be told from.
    return { kind: 'refused', code: 'sync-address-bad' };
  }
  if (url.username || url.password || url.search || url.hash) return { kind: 'refused', code: 'sync-address-bad' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { kind: 'refused', code: 'sync-address-bad' };
  const server = { scheme: url.protocol === 'https:' ? 'https' : 'http', host: url.hostname } as const;
  if (!isAllowed(server)) return { kind: 'refused', code: 'sync-address-plain' };
  const isNutstore = url.hostname === 'dav.jianguoyun.com';
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  // 坚果云 and 群晖 take no file at the root: it must be a folder below.
  if (isNutstore && /^\/(?:dav\/)?$/.test(path)) return { kind: 'refused', code: 'sync-address-root' };
  return { kind: 'address', url: `${url.origin}${path}`, patterns: [patternOf(server)], isNutstore };
}
