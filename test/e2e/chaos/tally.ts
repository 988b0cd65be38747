/** What a chaos run counts: the ledger against the promises, and the notices on the bus against the ledger. */
import type { Promised } from '../../core/laws/promises.ts';

/** A row of the ledger, as far as the count asks. */
export interface Kept {
  readonly reminderId: string;
  readonly billId: string;
  readonly noticeId: string;
  readonly outcome: string;
  readonly firedAt: number;
}

export interface Figures {
  /** Promised reminders whose moment passed in the run. */
  readonly slots: number;
  /** Different moments among them. */
  readonly moments: number;
  readonly browserKills: number;
  readonly workerStops: number;
  /** Promised, and never accepted. */
  readonly lost: number;
  /** Accepted, but not at the first wake after the slot. */
  readonly missedWakes: number;
  /** In the ledger for a bill of the world, and promised by no rule. */
  readonly unpromised: number;
  /** Notices on the bus that the ledger does not know and no kill explains. */
  readonly duplicates: number;
  /** Notices shown again because a kill fell between acceptance and record: at most one for each kill. */
  readonly allowedDuplicates: number;
  /** Accepted in the ledger, and never seen on the bus. */
  readonly unshown: number;
}

export interface Tally {
  browserKills: number;
  workerStops: number;
  readonly missed: Set<string>;
  /**
   * Closes a step that has come to rest: what was shown and recorded since the last one, and how many kills fell in it.
   * Returns what is worth a line.
   */
  close(kept: readonly Kept[], shownCount: number): string;
  figures(promises: readonly Promised[], kept: readonly Kept[], until: number): Figures;
}

export function tallyOf(): Tally {
  let [sends, shown, strikes] = [0, 0, 0];
  let [duplicates, allowed, unshown] = [0, 0, 0];
  const missed = new Set<string>();
  const tally: Tally = {
    browserKills: 0,
    workerStops: 0,
    missed,
    close: (kept, shownCount) => {
      const sendsNow = new Set(accepted(kept).map(({ noticeId, firedAt }) => `${noticeId}@${firedAt}`)).size;
      const strikesNow = tally.browserKills + tally.workerStops;
      const extra = shownCount - shown - (sendsNow - sends);
      const explained = Math.min(Math.max(0, extra), strikesNow - strikes);
      allowed += explained;
      duplicates += Math.max(0, extra) - explained;
      unshown += Math.max(0, -extra);
      const line = `${sendsNow - sends} recorded, ${shownCount - shown} shown`;
      [sends, shown, strikes] = [sendsNow, shownCount, strikesNow];
      return line;
    },
    figures: (promises, kept, until) => {
      const due = promises.filter(({ at }) => at <= until);
      const billIds = new Set(promises.map(({ id }) => id.split('|')[0]));
      const ids = new Set(
        accepted(kept).flatMap(({ reminderId, billId }) => (billIds.has(billId) ? [reminderId] : [])),
      );
      const promisedIds = new Set(promises.map(({ id }) => id));
      return {
        slots: due.length,
        moments: new Set(due.map(({ at }) => at)).size,
        browserKills: tally.browserKills,
        workerStops: tally.workerStops,
        lost: due.filter(({ id }) => !ids.has(id)).length,
        missedWakes: [...missed].filter((id) => ids.has(id)).length,
        unpromised: [...ids].filter((id) => !promisedIds.has(id)).length,
        duplicates,
        allowedDuplicates: allowed,
        unshown,
      };
    },
  };
  return tally;
}

export function accepted(kept: readonly Kept[]): Kept[] {
  return kept.filter(({ outcome }) => outcome === 'accepted');
}

/** Nothing lost, nothing late by a wake, nothing twice, nothing out of thin air, nothing recorded that was not shown. */
export function isWhole(figures: Figures): boolean {
  const { lost, missedWakes, unpromised, duplicates } = figures;
  return lost + missedWakes + unpromised + duplicates === 0;
}
