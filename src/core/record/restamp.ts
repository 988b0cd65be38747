/** The way back of a browser whose clock ran ahead: the others would take its edits no sooner than that time. */
import { FIRST_LIVED, type Instant } from '../day.ts';
import type { CapturedRecords } from './capture.ts';
import { isTooFarAhead, type RecordClock, raised, type Stamp, tick } from './clock.ts';
import { type Field, newestIn, type Rec } from './record.ts';

/** A record of this kind tells which stamps are a browser's, by its random name. */
export const DEVICE = 'device';
/** Its field that tells when the browser took back what it had stamped ahead of time. */
const TAKEN_BACK = 'takenBackAt';

/** Stamps of now, in the same order, for what is stamped ahead of time. None where the clock itself stands still. */
export function restamped(recs: readonly Rec[], { device }: RecordClock, now: Instant): CapturedRecords | null {
  const ahead = recs.filter((rec) => isTooFarAhead(newestIn(rec), now));
  if (ahead.length === 0 || now < FIRST_LIVED) return null;
  const all = recs.flatMap(stampsOf).sort();
  const first = all.findIndex((stamp) => isTooFarAhead(stamp, now));
  let clock = raised({ device, ms: 0, counter: 0 }, all[first - 1] ?? '0');
  const after = new Map<Stamp, Stamp>();
  for (const stamp of all.slice(first)) {
    if (after.has(stamp)) continue;
    const ticked = tick(clock, now);
    clock = ticked.clock;
    after.set(stamp, ticked.stamp);
  }
  const as = (stamp: Stamp): Stamp => after.get(stamp) ?? stamp;
  const changed = ahead.map(({ kind, id, fields, gone }): Rec => {
    const entries = Object.entries(fields).map(([name, [value, stamp]]): [string, Field] => [name, [value, as(stamp)]]);
    return { kind, id, fields: Object.fromEntries(entries), ...(gone === undefined ? {} : { gone: as(gone) }) };
  });
  return { changed, clock };
}

function stampsOf({ fields, gone }: Rec): Stamp[] {
  const stamps = Object.values(fields).map(([, stamp]) => stamp);
  return gone === undefined ? stamps : [...stamps, gone];
}

export function takingBack(device: string, now: Instant) {
  return { kind: DEVICE, id: device, values: { [TAKEN_BACK]: now } };
}

/** The browsers that these records say have taken it back, which `known` did not say. */
export function whoTookBack(recs: readonly Rec[], known: (rec: Rec) => Rec | undefined): string[] {
  const at = (rec: Rec | undefined): Stamp => rec?.fields[TAKEN_BACK]?.[1] ?? '';
  return recs.filter((rec) => rec.kind === DEVICE && at(rec) > at(known(rec))).map(({ id }) => id);
}
