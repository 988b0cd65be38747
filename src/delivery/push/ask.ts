/** The one way to ask a service: bounded in time and size, no cookies, no redirects, and no word of the answer in a code. */
import { isAllowed } from '../../core/channel/address.ts';
import { retryAfterMs } from '../../core/pause.ts';

export interface Asked {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** What becomes the JSON of the body; a text is sent as it is. */
  readonly body?: object | string;
}

export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly text: string;
      /** The `Retry-After` in milliseconds, bounded; null when there is none. */
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'failed'; readonly code: string };

export const ANSWER_MS = 15_000;
const MOST_BYTES = 64 * 1024;

/** Never throws. */
export async function ask(asked: Asked, tools: { fetch: typeof fetch }): Promise<Answer> {
  if (!mayGoTo(asked.url)) return { kind: 'failed', code: 'push-address-refused' };
  const stop = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop.abort();
  }, ANSWER_MS);
  let hasHeaders = false;
  try {
    const response = await orAbort(
      stop.signal,
      tools.fetch(asked.url, {
        method: asked.method ?? 'POST',
        headers: { ...(asked.body === undefined ? {} : { 'Content-Type': 'application/json' }), ...asked.headers },
        ...(asked.body === undefined
          ? {}
          : { body: typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body) }),
        signal: stop.signal,
        // `manual` follows nothing either, and unlike `error` it tells a redirect from a dead server.
        redirect: 'manual',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      }),
    );
    hasHeaders = true;
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
      return { kind: 'failed', code: 'push-redirected' };
    const text = await orAbort(stop.signal, bounded(response));
    if (text === null) return { kind: 'failed', code: 'push-answer-too-long' };
    return { kind: 'answer', status: response.status, text, retryAfterMs: retryAfterMs(response.headers) };
  } catch {
    // The browser's own words name the address, and with it the key: only what happened is kept.
    return { kind: 'failed', code: isLate ? 'push-timeout' : hasHeaders ? 'push-cut-off' : 'push-offline' };
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** A fetch that does not heed its signal is left behind all the same. */
function orAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    work.then(resolve, reject);
  });
}

/** https, or http within the owner's own network. Content security policies cannot say "private", so this does. */
function mayGoTo(url: string): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(url);
    const scheme = protocol === 'https:' ? 'https' : protocol === 'http:' ? 'http' : null;
    return scheme !== null && username === '' && password === '' && isAllowed({ scheme, host: hostname });
  } catch {
    return false;
  }
}

/** Null when the body is longer than any answer of these services; the rest is not read. */
async function bounded(response: Response): Promise<string | null> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > MOST_BYTES) return null;
    text += decoder.decode(value, { stream: true });
  }
}
