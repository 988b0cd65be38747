/** The one way to ask a service or a server of the owner's: bounded in time and size, no cookies, and no redirects. */
import { within } from '../app/within.ts';

export interface Limits {
  readonly mostBytes: number;
  readonly answerMs: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it came from, redirects followed. */
  readonly url: string;
}

/** Why there is no answer. The browser's own words name the address, and with it the key: only what happened is kept. */
export type Silence = 'timeout' | 'offline' | 'cut-off' | 'too-long' | 'redirected';

/** Never throws. A fetch that does not heed its signal is left behind all the same. */
export async function request(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  { mostBytes, answerMs }: Limits,
): Promise<Answer | Silence> {
  const stop = new AbortController();
  const answer = asked(fetch, url, { ...init, signal: stop.signal }, mostBytes);
  return within(answerMs, answer, 'timeout' as const).finally(() => stop.abort());
}

async function asked(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  mostBytes: number,
): Promise<Answer | Silence> {
  let silence: Silence = 'offline';
  try {
    const response = await fetch(url, {
      // `manual` follows nothing either, and unlike `error` it tells a redirect from a dead server.
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      ...init,
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) return 'redirected';
    silence = 'cut-off';
    const text = await bounded(response, mostBytes);
    return text === null ? 'too-long' : { status: response.status, headers: response.headers, text, url: response.url };
  } catch {
    return silence;
  }
}

/** Null when the body is longer than that; the rest is not read. */
async function bounded(response: Response, mostBytes: number): Promise<string | null> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > mostBytes) return null;
    text += decoder.decode(value, { stream: true });
  }
}
