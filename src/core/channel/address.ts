/** Addresses that an owner types or pastes, read without the browser's URL: strict, so that nothing is read in two ways. */

export interface Address {
  readonly scheme: 'https' | 'http';
  /** Lower case; IPv6 in its brackets. */
  readonly host: string;
  /** `https://host[:port]`, without a slash. */
  readonly origin: string;
  /** Decoded where it can be; without empty parts. */
  readonly parts: readonly string[];
  /** As typed, from the first slash on, query included. */
  readonly rest: string;
  readonly query: ReadonlyMap<string, string>;
}

const ADDRESS = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(\/[^\s?#\\]*)?(\?[^\s#\\]*)?$/i;

/** Null for anything that is no plain web address: no user names, no fragments, no blanks. */
export function parseAddress(typed: string): Address | null {
  const match = ADDRESS.exec(typed.trim());
  if (!match) return null;
  const [, scheme = '', name = '', port = '', path = '', search = ''] = match;
  const host = name.toLowerCase();
  return {
    scheme: scheme.toLowerCase() as Address['scheme'],
    host,
    origin: `${scheme.toLowerCase()}://${host}${port}`,
    parts: path.split('/').filter(Boolean).map(decoded),
    rest: path + search,
    query: new Map(
      search
        .slice(1)
        .split('&')
        .filter(Boolean)
        .map((pair) => {
          const [key = '', ...value] = pair.split('=');
          return [decoded(key), decoded(value.join('='))];
        }),
    ),
  };
}

/** A broken escape stays as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** This machine and the owner's own network, by name or number: the only places that plain http may reach. */
export function isPrivateHost(host: string): boolean {
  if (/^(?:.+\.)?localhost$/.test(host) || /^.+\.local$/.test(host)) return true;
  if (/^\[f[cd][0-9a-f]{2}:[0-9a-f:]*\]$/.test(host) || host === '[::1]') return true;
  const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1);
  if (!bytes || bytes.some((byte) => Number(byte) > 255 || String(Number(byte)) !== byte)) return false;
  const [first, second] = bytes.map(Number) as [number, number, number, number];
  return (
    first === 127 ||
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168)
  );
}

export function isAllowed({ scheme, host }: Pick<Address, 'scheme' | 'host'>): boolean {
  return scheme === 'https' || isPrivateHost(host);
}

/** The match pattern to ask the browser for. It names no port: Firefox knows none in patterns, and without one every port matches. */
export function patternOf({ scheme, host }: Pick<Address, 'scheme' | 'host'>): string {
  return `${scheme}://${host}/*`;
}
