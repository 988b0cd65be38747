/** One request to a service, and no word of its answer in a code. */
import { isAllowed } from '../../core/channel/address.ts';
import { retryAfterMs } from '../../core/pause.ts';
import { request, type Silence } from '../request.ts';

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
const LIMITS = { mostBytes: 64 * 1024, answerMs: ANSWER_MS };

const CODES: Readonly<Record<Silence, string>> = {
  timeout: 'push-timeout',
  offline: 'push-offline',
  'cut-off': 'push-cut-off',
  'too-long': 'push-answer-too-long',
  redirected: 'push-redirected',
};

/** Never throws. */
export async function ask(
  { url, method = 'POST', headers, body }: Asked,
  tools: { fetch: typeof fetch },
): Promise<Answer> {
  if (!mayGoTo(url)) return { kind: 'failed', code: 'push-address-refused' };
  const sent = {
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
  const answer = await request(tools.fetch, url, { method, ...(body === undefined ? { headers } : sent) }, LIMITS);
  if (typeof answer === 'string') return { kind: 'failed', code: CODES[answer] };
  return { kind: 'answer', status: answer.status, text: answer.text, retryAfterMs: retryAfterMs(answer.headers) };
}

/** https, or http within the owner's own network. Content security policies cannot say "private", so this does. */
function mayGoTo(url: string): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(url);
    const scheme = protocol === 'https:' ? 'https' : protocol === 'http:' ? 'http' : null;
    return scheme !== null && username === '' && password === '' && isAllowed({ scheme, host: hostname });
  } catch {
    return false; // no address at all
  }
}
