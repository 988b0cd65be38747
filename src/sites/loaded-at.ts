/** When the page of this script was loaded. */
import type { Instant } from '../core/day.ts';

/** Longer, and the script did not come with the page. A number: `day.ts` would bring its expressions into every page. */
const LOADING_MS = 600_000;

/**
 * `performance.now()` stands still while the machine sleeps, and by so much may `timeOrigin` lie too early in Firefox,
 * which reckons it from the start of the process: https://bugzilla.mozilla.org/show_bug.cgi?id=1710762
 */
export function loadedAt(now: Instant): Instant {
  const openMs = performance.now();
  return openMs < LOADING_MS ? now - openMs : Math.min(performance.timeOrigin, now - openMs);
}
