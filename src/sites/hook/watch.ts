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
  const names = addresses.map((address) => address.split('/').pop());
  let isHeard = true;
  // The isolated side has nobody left to tell.
  port.onmessage = () => {
    isHeard = false;
  };
  const textOf = (value: unknown, read: typeof href): string =>
    typeof value === 'string' ? value : attempt(read, value) || attempt(href, value) || '';
  const some = (is: (at: number) => boolean): boolean => {
    for (let at = 0; isHeard && at < names.length; at++) if (is(at)) return true;
    return false;
  };
  return {
    mayBeListed: (input) => {
      const url = textOf(input, requestUrl);
      return some((at) => indexOf(url, names[at]) >= 0);
    },
    isListed: (url) => some((at) => !indexOf(`${url}?`, `${addresses[at]}?`)),
    bodyText: (body) => {
      const text = textOf(body, toText);
      return text.length > MOST_REQUEST ? '' : text;
    },
    tell: (url, status, body, requestBody) => {
      if (body.length <= MOST_BODY) postMessage(port, [url, status, body, requestBody]);
    },
  };
}
