/** One request to the owner's server: bounded in time and size, without cookies, never redirected. */
import type { BackendFailure } from '../app/sync-ports.ts';
import { HOUR_MS, MINUTE_MS } from '../core/day.ts';
import { retryAfterMs } from '../core/pause.ts';
import { joined } from './bytes.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  readonly mostBytes: number;
  /** What it means when the answer is longer. */
  readonly tooLong: string;
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** However long a server asks to be left alone: its owner wants to hear of the others before that. */
const MOST_PAUSE_MS = HOUR_MS;
const PATIENCE_MS = 30_000;
/** A body that still comes is waited for, but not for ever. */
const MOST_PATIENCE_MS = 120_000;

export async function ask(fetch: Fetch, asked: Asked, patienceMs = PATIENCE_MS): Promise<Answered | BackendFailure> {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), patienceMs);
  const whole = setTimeout(() => stop.abort(), Math.max(MOST_PATIENCE_MS, patienceMs));
  try {
    const response = await fetch(asked.url, {
      method: asked.method,
      headers: { ...asked.headers, authorization: asked.authorization },
      body: asked.body,
      signal: stop.signal,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      return { kind: 'failed', code: 'sync-redirect' };
    }
    const bytes = await bounded(response, asked.mostBytes, () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), patienceMs);
    });
    if (!bytes) return { kind: 'failed', code: asked.tooLong };
    return { kind: 'answered', status: response.status, headers: response.headers, bytes };
  } catch {
    // What fetch throws tells no more than this; its text may hold the address.
    return { kind: 'failed', code: stop.signal.aborted ? 'sync-timeout' : 'sync-offline' };
  } finally {
    clearTimeout(timer);
    clearTimeout(whole);
  }
}

/** Null when there is more than `mostBytes`: the rest is never read. */
async function bounded(
  response: Response,
  mostBytes: number,
  isAlive: () => void,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  const isAnnounced = Number(response.headers.get('content-length') ?? 0) > mostBytes;
  for (let part = isAnnounced ? null : await reader.read(); ; part = await reader.read()) {
    if (!part || (!part.done && length + part.value.length > mostBytes)) {
      await reader.cancel();
      return null;
    }
    if (part.done) break;
    isAlive();
    length += part.value.length;
    parts.push(part.value);
  }
  return joined(parts, length);
}

/** What a refusal means, whatever the server's words. */
export function failureOf({ status, headers, bytes }: Answered): BackendFailure {
  const isBlocked = bytes.length < 10_000 && new TextDecoder().decode(bytes).includes('BlockedTemporarily');
  if (isBlocked) return { kind: 'failed', code: 'sync-busy', pauseMs: 30 * MINUTE_MS };
  const failed = (code: string, pauseMs?: number): BackendFailure => ({ kind: 'failed', code, pauseMs });
  if (status === 429 || status === 503)
    return failed('sync-busy', Math.min(retryAfterMs(headers) || MINUTE_MS, MOST_PAUSE_MS));
  if (status === 401 || status === 403) return failed('sync-auth');
  if (status === 404 || status === 409) return failed('sync-folder-missing');
  if (status === 412 || status === 423) return failed('sync-precondition');
  if (status === 413 || status === 507) return failed('sync-quota');
  return failed(status >= 500 ? 'sync-server' : 'sync-not-webdav');
}
