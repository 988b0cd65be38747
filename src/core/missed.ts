/** The owner says that a reminder never came: what is known of that very entry, so that the next one does. */
import type { Instant } from './day.ts';
import { DESKTOP } from './reminder/chain.ts';
import type { LateWhy, LedgerEntry } from './reminder/reminder.ts';

export function missed(entry: LedgerEntry, at: Instant): LedgerEntry {
  return { ...entry, missedAt: at };
}

export function unmissed({ missedAt: _, ...entry }: LedgerEntry): LedgerEntry {
  return entry;
}

export type KnownOfEntry =
  /** The browser or the service took it, and nobody says whether it was shown. */
  | { readonly kind: 'accepted'; readonly at: Instant; readonly isDesktop: boolean }
  | { readonly kind: 'failed'; readonly code: string | null; readonly times: number }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'armed' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'late'; readonly lateMs: number; readonly why: LateWhy }
  /** It was on the screen: somebody dealt with it. */
  | { readonly kind: 'seen'; readonly seen: 'closed' | 'clicked' | 'acknowledged'; readonly at: Instant }
  /** What to look at: the system's own switches, which no extension can see. */
  | { readonly kind: 'hint'; readonly hint: 'focus' | 'browser-notices' | 'phone-app' | 'keep-open' | 'channel' };

export function knownOf(entry: LedgerEntry): KnownOfEntry[] {
  const { channel, outcome, settledAt, firedAt, failure, formerFailures = [], lateMs, lateWhy, seen, seenAt } = entry;
  const isDesktop = channel === DESKTOP;
  const known: KnownOfEntry[] = [];
  if (outcome === 'accepted') known.push({ kind: 'accepted', at: settledAt ?? firedAt, isDesktop });
  if (outcome === 'fired') known.push({ kind: 'no-answer' });
  if (outcome === 'armed' || outcome === 'withdrawn') known.push({ kind: outcome });
  const times = formerFailures.length + (outcome === 'failed' ? 1 : 0);
  const code = outcome === 'failed' ? failure : (formerFailures.at(-1)?.code ?? null);
  if (times > 0) known.push({ kind: 'failed', code, times });
  if (lateWhy !== null) known.push({ kind: 'late', lateMs, why: lateWhy });
  if (seen !== 'unknown' && seenAt !== null) known.push({ kind: 'seen', seen, at: seenAt });
  const isOff = code === 'notifications-off' || lateWhy === 'notifications-off';
  if (isOff) known.push({ kind: 'hint', hint: 'browser-notices' });
  if (isDesktop && seen === 'unknown' && !isOff) known.push({ kind: 'hint', hint: 'focus' });
  if (!isDesktop && outcome !== 'failed') known.push({ kind: 'hint', hint: 'phone-app' });
  if (lateWhy === 'asleep' || lateWhy === 'browser-closed') known.push({ kind: 'hint', hint: 'keep-open' });
  if (isDesktop) known.push({ kind: 'hint', hint: 'channel' });
  return known;
}
