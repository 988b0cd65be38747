/** How long a server that asked for it is left alone. Pure. */
import { DAY_MS, type Instant } from './day.ts';

/** No server is heeded for longer. */
const LONGEST_PAUSE_MS = DAY_MS;

/** Until when; null when it may be asked. */
export function pauseEnd(until: Instant | null, now: Instant): Instant | null {
  return until !== null && until > now ? believedPause(until, now) : null;
}

/** When it ends or ended; null for none. A pause that ends later than any was written while the clock ran ahead. */
export function believedPause(until: Instant | null, now: Instant): Instant | null {
  return until !== null && until <= now + LONGEST_PAUSE_MS ? until : null;
}

/**
 * Milliseconds of a `Retry-After`, nothing longer than a day; null when it names no time. Seconds or an HTTP date
 * (RFC 9110 §10.2.3): a date counts from the answer's own `Date`, whatever the clock here says.
 */
export function retryAfterMs(headers: { get(name: string): string | null }): number | null {
  const asked = headers.get('Retry-After')?.trim() ?? '';
  const pauseMs = /^\d+(?:\.\d+)?$/.test(asked)
    ? Number(asked) * 1000
    : Date.parse(asked) - Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(pauseMs) ? null : Math.min(Math.max(0, Math.ceil(pauseMs)), LONGEST_PAUSE_MS);
}
