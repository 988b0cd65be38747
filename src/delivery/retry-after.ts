/** How long a server asks to be left alone, wherever it says so. */
const LONGEST_PAUSE_MS = 24 * 3_600_000;

/**
 * Milliseconds, nothing longer than a day; null when the answer names no time. Seconds or an HTTP date (RFC 9110
 * §10.2.3): a date counts from the server's own `Date`, whatever the clock here says.
 */
export function retryAfterMs(headers: Headers): number | null {
  const asked = headers.get('Retry-After')?.trim() ?? '';
  const pauseMs = /^\d+(?:\.\d+)?$/.test(asked)
    ? Number(asked) * 1000
    : Date.parse(asked) - Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(pauseMs) ? null : Math.min(Math.max(0, Math.ceil(pauseMs)), LONGEST_PAUSE_MS);
}
