/** Which requests of the page are looked at, and how their answers are told. */
import { MOST_BODY, MOST_REQUEST, type Told } from './names.ts';
import { attempt, nativeOf } from './natives.ts';
import type { Page } from './page-side.ts';

export interface Watch {
  /** A first guess from what the page asked for: text, URL or Request. Only the answer's own address decides. */
  readonly mayBeListed: (input: unknown) => boolean;
  readonly isListed: (url: string) => boolean;
  /** Short text and URLSearchParams; empty for anything else. Nothing of the page's is called. */
  readonly bodyText: (body: unknown) => string;
  readonly tell: (...told: Told) => void;
}

/** `addresses` are `https://host/path`. */
export function watchOver(page: Page, port: MessagePort, addresses: readonly string[]): Watch {
  const indexOf = nativeOf(page.String, 'indexOf');
  const postMessage = nativeOf(page.MessagePort, 'postMessage');
  const href = nativeOf(page.URL, 'href');
  const requestUrl = nativeOf(page.Request, 'url');
  const toText = nativeOf(page.URLSearchParams, 'toString');
  // A page may ask by an address that is relative to its own.
  const names = addresses.map((address) => address.slice(address.lastIndexOf('/') + 1));
  let isHeard = true;
  // The isolated side has nobody left to tell.
  port.onmessage = () => {
    isHeard = false;
  };
  const textOf = (value: unknown, read: typeof href): string =>
    typeof value === 'string' ? value : attempt(read, value) || attempt(href, value) || '';
  return {
    mayBeListed: (input) => {
      const url = textOf(input, requestUrl);
      for (let at = 0; isHeard && at < names.length; at++) if (indexOf(url, names[at]) >= 0) return true;
      return false;
    },
    isListed: (url) => {
      for (let at = 0; isHeard && at < addresses.length; at++)
        if (!indexOf(`${url}?`, `${addresses[at]}?`)) return true;
      return false;
    },
    bodyText: (body) => {
      const text = textOf(body, toText);
      return text.length > MOST_REQUEST ? '' : text;
    },
    tell: (url, status, body, requestBody) => {
      if (body.length <= MOST_BODY) postMessage(port, [url, status, body, requestBody]);
    },
  };
}
