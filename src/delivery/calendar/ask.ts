/** One request to a calendar server: the login goes to the owner's server alone, and never after a redirect. */
import type { CalendarFailure } from '../../app/calendar-ports.ts';
import { within } from '../../app/within.ts';
import type { CalendarLogin } from '../../core/calendar-state.ts';
import { retryAfterMs } from '../../core/pause.ts';
import { isTrusted, serverAddress } from '../../core/server-address.ts';
import { type Answer, request, type Silence } from '../request.ts';

export interface CalendarTools {
  readonly fetch: typeof fetch;
  /** Whether the browser lets us ask these pages. */
  readonly isAllowed: (patterns: readonly string[]) => Promise<boolean>;
  /** How long one answer may take; the tests' servers are slow in less. */
  readonly answerMs?: number;
}

/** A stable code and nothing of the server's own words, which may hold the owner's. */
export class CalendarTrouble extends Error {
  readonly failure: CalendarFailure;

  constructor(code: string, pauseMs?: number) {
    super(code);
    this.name = 'CalendarTrouble';
    this.failure = { kind: 'failed', code, ...(pauseMs === undefined ? {} : { pauseMs }) };
  }
}

/** What came of it, or the code of its trouble. */
export async function told<T>(work: () => Promise<T>): Promise<T | CalendarFailure> {
  try {
    return await work();
  } catch (error) {
    return error instanceof CalendarTrouble ? error.failure : { kind: 'failed', code: 'calendar-not-understood' };
  }
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

const CODES: Readonly<Record<Silence, string>> = {
  timeout: 'calendar-timeout',
  offline: 'calendar-offline',
  'cut-off': 'calendar-cut-off',
  'too-long': 'calendar-too-large',
  redirected: 'calendar-redirected',
};

export function askerFor(login: CalendarLogin, tools: CalendarTools): Ask {
  const { fetch, isAllowed, answerMs = ANSWER_MS } = tools;
  const address = serverAddress(login.server);
  const authorization = `Basic ${base64(`${login.user}:${login.password}`)}`;
  return async (url, { headers, ...asked }) => {
    if (!address) throw new CalendarTrouble('calendar-address');
    if (!isTrusted(new URL(url).origin, new URL(address.url).origin)) throw new CalendarTrouble('calendar-elsewhere');
    const isLet = await within(answerMs, isAllowed(address.patterns), null);
    if (!isLet) throw new CalendarTrouble(isLet === null ? CODES.timeout : 'calendar-not-allowed');
    const sent = { ...asked, headers: { ...headers, Authorization: authorization } };
    const answer = await request(fetch, url, sent, { mostBytes: MOST_BYTES, answerMs });
    if (typeof answer === 'string') throw new CalendarTrouble(CODES[answer]);
    return answer;
  };
}

/** Where `url` leads in the end, asked without the login; null when it leads nowhere. */
export async function whereTo(url: string, { fetch, answerMs = ANSWER_MS }: CalendarTools): Promise<string | null> {
  // As the request that was sent elsewhere: to a browser's GET some servers show their own pages (Radicale).
  const asked: RequestInit = { method: 'PROPFIND', headers: { Depth: '0' }, redirect: 'follow' };
  const answer = await request(fetch, url, asked, { mostBytes: MOST_BYTES, answerMs });
  // A page that the browser may not ask, or none at all: there is no other place.
  return typeof answer === 'string' ? null : answer.url || null;
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
