/**
 * From what the app has to records, and back from others' records. Whatever differs from the shadow (the records as
 * last captured or merged) was edited here: no write path of the app needs to know that syncing exists.
 */
import type { Instant } from '../day.ts';
import { isTooFarAhead, type RecordClock, raised, type Stamp, stampAt, tick } from './clock.ts';
import { mergeAll } from './merge.ts';
import {
  canonical,
  type Field,
  isLive,
  type Json,
  keyOf,
  newestIn,
  type Rec,
  type State,
  splitByDrift,
} from './record.ts';

/** Every field that this version knows of the kind; null where there is nothing. */
export type Values = Readonly<Record<string, Json>>;

/** One thing of the app's as it stands now. */
export interface Projected {
  readonly kind: string;
  readonly id: string;
  /** Null: it is no more. */
  readonly values: Values | null;
  /** When a field was edited, where the app knows: an edit that is captured late still loses to a later one elsewhere. */
  readonly editedAt?: Readonly<Record<string, Instant | undefined>>;
  /** The shadow's own values as this version reads them: what only a newer version understands counts as unchanged. */
  readonly understood?: () => Values;
}

export interface CapturedRecords {
  readonly changed: readonly Rec[];
  readonly clock: RecordClock;
}

/** Records with new stamps for all that differs from `shadow`; `shadow` is left as it is. */
export function capture(
  shadow: ReadonlyMap<string, Rec>,
  seen: Iterable<Projected>,
  clock: RecordClock,
  now: Instant,
): CapturedRecords {
  const changed: Rec[] = [];
  const pen = penOf(clock, now);
  for (const each of seen) {
    const known = shadow.get(keyOf(each));
    const rec = each.values === null ? ended(known, pen) : edited(known, each, each.values, pen);
    if (rec !== null) changed.push(rec);
  }
  return { changed, clock: pen.clock() };
}

interface Pen {
  /** A stamp greater than `above`; that of `at` where it is known and greater. */
  stamp(above: Stamp | undefined, at: Instant | undefined): Stamp;
  clock(): RecordClock;
}

function penOf(first: RecordClock, now: Instant): Pen {
  let clock = first;
  return {
    stamp: (above, at) => {
      if (at !== undefined && at <= now) {
        const own = stampAt(clock.device, at);
        if (above === undefined || own > above) return own;
      }
      const ticked = tick(above === undefined ? clock : raised(clock, above), now);
      clock = ticked.clock;
      return ticked.stamp;
    },
    clock: () => clock,
  };
}

function ended(known: Rec | undefined, pen: Pen): Rec | null {
  if (!known || !isLive(known)) return null;
  return { kind: known.kind, id: known.id, fields: {}, gone: pen.stamp(newestIn(known), undefined) };
}

function edited(known: Rec | undefined, seen: Projected, values: Values, pen: Pen): Rec | null {
  let fields: Record<string, Field> | null = null;
  for (const name in values) {
    const value = values[name]!;
    const had = known?.fields[name];
    if (had === undefined ? value === null : isSame(value, had[0], seen, name)) continue;
    const above = had?.[1] ?? known?.gone;
    fields ??= { ...known?.fields };
    fields[name] = [value, pen.stamp(above, value === null ? undefined : seen.editedAt?.[name])];
  }
  return fields && { kind: seen.kind, id: seen.id, fields, ...(known?.gone === undefined ? {} : { gone: known.gone }) };
}

function isSame(value: Json, had: Json, { understood }: Projected, name: string): boolean {
  if (value === had) return true;
  const text = canonical(value);
  return text === canonical(had) || (understood !== undefined && text === canonical(understood()[name]));
}

export interface AbsorbedRecords {
  /** The map that was given. */
  readonly state: State;
  readonly changed: readonly Rec[];
  /** Parts that were stamped too far ahead, to be absorbed again in their time. */
  readonly later: readonly Rec[];
  readonly clock: RecordClock;
}

/** Merges what others sent. Takes the map over, as `mergeAll` does. */
export function absorb(state: State, incoming: readonly Rec[], first: RecordClock, now: Instant): AbsorbedRecords {
  const newest = newestOf(incoming);
  if (!isTooFarAhead(newest, now)) return { ...mergeAll(state, incoming), later: [], clock: raised(first, newest) };
  const split = incoming.map((rec) => splitByDrift(rec, now));
  const soon = split.flatMap((part) => part.now ?? []);
  const later = split.flatMap((part) => part.later ?? []);
  return { ...mergeAll(state, soon), later, clock: raised(first, newestOf(soon)) };
}

function newestOf(recs: readonly Rec[]): Stamp {
  let newest = '';
  for (const rec of recs) {
    const own = newestIn(rec);
    if (own > newest) newest = own;
  }
  return newest;
}

/** The values of a record's live fields. */
export function valuesOf({ fields }: Rec): Values {
  const values: Record<string, Json> = {};
  for (const name in fields) values[name] = fields[name]![0];
  return values;
}
