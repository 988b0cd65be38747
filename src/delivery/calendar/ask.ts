/** The one way to a calendar server: bounded in time and size, no redirects, and the login goes to the owner's server alone. */
import type { CalendarFailure } from '../../app/calendar-ports.ts';
import type { CalendarLogin } from '../../core/calendar-state.ts';
import { retryAfterMs } from '../../core/pause.ts';
import { isTrusted, serverAddress } from '../../core/server-address.ts';

export interface CalendarTools {
  readonly fetch: typeof fetch;
  /** Whether the browser lets us ask these pages. */
  readonly isAllowed: (patterns: readonly string[]) => Promise<boolean>;
  /** How long one answer may take; the tests' servers are slow in less. */
  readonly answerMs?: number;
}

/** A stable code and nothing of the server's own words, which may hold the owner's. */
export class CalendarTrouble extends Error {
  readonly code: string;
  readonly pauseMs: number | undefined;

  constructor(code: string, pauseMs?: number) {
    super(code);
    this.name = 'CalendarTrouble';
    this.code = code;
    this.pauseMs = pauseMs;
  }
}

/** What came of it, or the code of its trouble. */
export async function told<T>(work: () => Promise<T>): Promise<T | CalendarFailure> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CalendarTrouble)) return { kind: 'failed', code: 'calendar-not-understood' };
    const { code, pauseMs } = error;
    return { kind: 'failed', code, ...(pauseMs === undefined ? {} : { pauseMs }) };
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Asked {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Throws `CalendarTrouble` where there is no answer; a refusal by status is an answer. */
export type Ask = (url: string, asked: Asked) => Promise<Answer>;

const ANSWER_MS = 10_000;
const MOST_BYTES = 1024 * 1024;

export function askerFor(login: CalendarLogin, tools: CalendarTools): Ask {
  const address = serverAddress(login.server);
  const authorization = `Basic ${base64(`${login.user}:${login.password}`)}`;
  return async (url, { method, headers = {}, body }) => {
    if (!address) throw new CalendarTrouble('calendar-address');
    const { origin } = new URL(url);
    if (!isTrusted(origin, new URL(address.url).origin)) throw new CalendarTrouble('calendar-elsewhere');
    if (!(await tools.isAllowed(address.patterns))) throw new CalendarTrouble('calendar-not-allowed');
    return timed(tools, async (signal) => {
      const response = await tools.fetch(url, {
        method,
        headers: { ...headers, Authorization: authorization },
        ...(body === undefined ? {} : { body }),
        // Never followed with the login in hand; `manual` tells a redirect from a dead server.
        redirect: 'manual',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        signal,
      });
      if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
        throw new CalendarTrouble('calendar-redirected');
      return { status: response.status, headers: response.headers, text: await bounded(response) };
    });
  };
}

/** Where `url` leads in the end, asked without the login; null when it leads nowhere. */
export async function whereTo(url: string, tools: CalendarTools): Promise<string | null> {
  try {
    return await timed(tools, async (signal) => {
      const response = await tools.fetch(url, {
        // As the request that was sent elsewhere: to a browser's GET some servers show their own pages (Radicale).
        method: 'PROPFIND',
        headers: { Depth: '0' },
        redirect: 'follow',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        signal,
      });
      await response.body?.cancel();
      return response.url || null;
    });
  } catch {
    return null; // A page that the browser may not ask, or none at all: there is no other place.
  }
}

async function timed<T>(
  { answerMs = ANSWER_MS }: CalendarTools,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const late = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(new CalendarTrouble('calendar-timeout')), { once: true });
  });
  late.catch(() => undefined); // heard through the race below, or by nobody when the answer came first
  const timer = setTimeout(() => stop.abort(), answerMs);
  try {
    return await Promise.race([work(stop.signal), late]);
  } catch (error) {
    if (error instanceof CalendarTrouble) throw error;
    // The browser's own words name the address: only what happened is kept.
    throw new CalendarTrouble(stop.signal.aborted ? 'calendar-timeout' : 'calendar-offline');
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

async function bounded(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read().catch(() => {
      throw new CalendarTrouble('calendar-cut-off');
    });
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > MOST_BYTES) throw new CalendarTrouble('calendar-too-large');
    text += decoder.decode(value, { stream: true });
  }
}

/** What a status means when it is not the one that was hoped for. */
export function troubleOf({ status, headers }: Pick<Answer, 'status' | 'headers'>): CalendarTrouble {
  if (status === 401) return new CalendarTrouble('calendar-wrong-login');
  if (status === 403) return new CalendarTrouble('calendar-forbidden');
  if (status === 404 || status === 410) return new CalendarTrouble('calendar-not-found');
  if (status === 412) return new CalendarTrouble('calendar-conflict');
  if (status === 507) return new CalendarTrouble('calendar-full');
  if (status === 405 || status === 501 || status < 300) return new CalendarTrouble('calendar-not-caldav');
  if (status === 429 || status === 503) return new CalendarTrouble('calendar-busy', retryAfterMs(headers) ?? undefined);
  return new CalendarTrouble(status >= 500 ? 'calendar-server-error' : 'calendar-refused');
}

/** Of the UTF-8 octets, as RFC 7617 §2.1 has it. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join(''));
}
