/** The records of `core/record` as the engine sees them. */
import type { Absorbed, Replica } from '../app/sync-ports.ts';
import { DAY_MS, type Instant } from '../core/day.ts';
import { type Rec, soundRec } from '../core/record/record.ts';
import type { Replica as Records } from '../core/record/replica.ts';

/** In a small store what is over is told for so long; a browser that was away longer may ask for the bill again. */
const SMALL_OVER_MS = 90 * DAY_MS;

export function replicaOver(records: Records, now: () => Instant): Replica {
  const absorb = async (recs: readonly Rec[], at: Instant): Promise<Absorbed> => {
    const { applied, deferred } = await records.absorb(recs, { now: at });
    return { applied: applied.length, deferred };
  };
  return {
    capture: (at) => absorb([], at),
    pendingSince: async (from) => {
      const all: Rec[] = [];
      for (let mark = typeof from === 'number' ? from : 0; ; ) {
        const { recs, seq } = await records.pendingSince(mark);
        for (const rec of recs) all.push(rec);
        if (recs.length === 0 || seq === mark) return { records: all, mark: seq };
        mark = seq;
      }
    },
    whole: async (scope) => {
      // The mark first: what changes while the chunks are read is told once more.
      const mark = await records.latestSeq();
      const all: Rec[] = [];
      const since = scope === 'all' ? undefined : now() - SMALL_OVER_MS;
      for await (const chunk of records.whole(since)) for (const rec of chunk) all.push(rec);
      return { records: all, mark };
    },
    absorb: (given, { now: at }) =>
      absorb(
        given.map(soundRec).filter((rec) => rec !== null),
        at,
      ),
  };
}
