/** Quiet hours defer a notice to their end. They never drop one, and never carry it past the end of the due day. */
import { type Day, endOf, HOUR_MS, hourIn, type Instant } from '../day.ts';
import type { Quiet, Rules } from '../rules.ts';

export function isQuiet({ fromHour, toHour }: Quiet, hour: number): boolean {
  return fromHour <= toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
}

/**
 * The moment at which a notice promised for `at` may sound. Where the silence outlasts the due day, the notice keeps its
 * own moment; what has no due day, or one that has passed, waits.
 */
export function deferred(at: Instant, rules: Rules, dueDay: Day | null): Instant {
  if (!rules.quiet) return at;
  const hour = hourIn(rules.zone, at);
  if (!isQuiet(rules.quiet, hour)) return at;
  const later = at + Math.round((((rules.quiet.toHour - hour + 24) % 24) * HOUR_MS) / 1000) * 1000;
  return dueDay && at < endOf(dueDay) && later >= endOf(dueDay) ? at : later;
}
