/** When the bills were last read: in days once that is longer ago, and a remark once they may be wrong. */
import { dayOf, daysBetween, type Instant } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';

const STALE_DAYS = 10;

interface LastReadProps {
  /** Null: never. */
  readonly at: Instant | null;
  readonly words: Words;
  readonly now: Instant;
}

export function LastRead({ at, words, now }: LastReadProps) {
  if (at === null) return <span>{words.say('popupNeverRead')}</span>;
  const isStale = daysBetween(dayOf(at), dayOf(now)) > STALE_DAYS;
  const said = words.say('popupLastRead', words.ago(at, now));
  return isStale ? (
    <span class="remark">
      {said} · {words.say('readLongAgo')}
    </span>
  ) : (
    <span>{said}</span>
  );
}

/** Over all sites that were ever read. */
export function lastReadAt(sites: readonly { readonly billsReadAt: Instant | null }[]): Instant | null {
  return sites.reduce<Instant | null>((latest, { billsReadAt }) => {
    return billsReadAt !== null && billsReadAt > (latest ?? 0) ? billsReadAt : latest;
  }, null);
}
