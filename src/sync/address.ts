/** The folder that the owner typed. */
export type Address =
  | {
      readonly kind: 'address' /** Ends with a slash; no name, no password in it. */;
      readonly url: string;
      readonly isNutstore: boolean;
    }
  | { readonly kind: 'refused'; readonly code: 'sync-address-bad' | 'sync-address-plain' | 'sync-address-root' };

/** Encrypted transport, but for machines of the owner's own network: those are named by their address. */
export function readAddress(typed: string): Address {
  let url: URL;
  try {
    url = new URL(typed.trim());
  } catch {
    // No address at all.
    return { kind: 'refused', code: 'sync-address-bad' };
  }
  if (url.username || url.password || url.search || url.hash) return { kind: 'refused', code: 'sync-address-bad' };
  if (url.protocol === 'http:' ? !isPrivate(url.hostname) : url.protocol !== 'https:')
    return { kind: 'refused', code: url.protocol === 'http:' ? 'sync-address-plain' : 'sync-address-bad' };
  const isNutstore = url.hostname === 'dav.jianguoyun.com';
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  // 坚果云 and 群晖 take no file at the root: it must be a folder below.
  if (isNutstore && /^\/(?:dav\/)?$/.test(path)) return { kind: 'refused', code: 'sync-address-root' };
  return { kind: 'address', url: `${url.origin}${path}`, isNutstore };
}

function isPrivate(host: string): boolean {
  if (host === 'localhost' || host === '[::1]' || /\.(?:local|lan|home\.arpa)$/.test(host)) return true;
  if (/^\[f[cd][0-9a-f]{2}:|^\[fe80:/.test(host)) return true;
  const parts = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
  if (!parts) return false;
  const [a, b] = [Number(parts[1]), Number(parts[2])];
  return (
    a === 127 || a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b <= 31) || (a === 169 && b === 254)
  );
}
