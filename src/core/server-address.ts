/** The address of a calendar server that the owner types: https, or plain http where it does not leave the house. */
import { isAllowed, parseAddress, patternOf } from './channel/address.ts';

export interface ServerAddress {
  /** With a path, without a query. */
  readonly url: string;
  /** What the browser is asked to allow. */
  readonly patterns: readonly string[];
}

/** Services that answer from many hosts of one name: the login may go to these, and to no other host. */
const MANY_HOSTS: readonly string[] = ['icloud.com'];

/** Null: no address, or plain http to a public one. Without a scheme it is https. */
export function serverAddress(typed: string): ServerAddress | null {
  const text = typed.trim();
  const address = parseAddress(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (!address || !isAllowed(address)) return null;
  const path = address.rest.replace(/\?.*$/, '');
  const family = MANY_HOSTS.find((name) => address.host.endsWith(`.${name}`));
  return {
    url: `${address.origin}${path || '/'}`,
    patterns: [patternOf(address), ...(family && address.scheme === 'https' ? [`https://*.${family}/*`] : [])],
  };
}

/** May a login for `server` be sent to `origin`? Both as `URL` writes them. */
export function isTrusted(origin: string, server: string): boolean {
  if (origin === server) return true;
  const ends = (text: string, name: string): boolean => text.startsWith('https://') && text.endsWith(`.${name}`);
  return MANY_HOSTS.some((name) => ends(origin, name) && ends(server, name));
}
