/**
 * Merging is field by field, the greater stamp wins. Commutative, associative and idempotent over whole records in
 * normal form, so that copies agree whatever came in whatever order, once or often.
 */
import { canonical, type Field, keyOf, type Rec, type State } from './record.ts';

/** Two copies of one record. Gives `a` itself when `b` brings nothing. */
export function mergeRecord(a: Rec, b: Rec): Rec {
  const next = overlaid(a, b);
  return next ?? a;
}

/** A record's fields while a merge that made them is still at work on it. */
type Draft = { kind: string; id: string; fields: Record<string, Field>; gone?: string };

/** Null when `b` brings nothing. */
function overlaid(a: Rec, b: Rec): Draft | null {
  let draft: Draft | null = null;
  const gone = a.gone;
  if (b.gone !== undefined && (gone === undefined || b.gone > gone)) {
    const fields: Record<string, Field> = {};
    for (const name in a.fields) if (a.fields[name]![1] > b.gone) fields[name] = a.fields[name]!;
    draft = { kind: a.kind, id: a.id, fields, gone: b.gone };
  }
  for (const name in b.fields) {
    const theirs = b.fields[name]!;
    if (gone !== undefined && theirs[1] <= gone) continue;
    const ours = (draft ?? a).fields[name];
    if (ours !== undefined && !isNewer(theirs, ours)) continue;
    draft ??= { ...a, fields: { ...a.fields } };
    draft.fields[name] = theirs;
  }
  return draft;
}

/** Equal stamps come only from one device that lives twice (a copied profile): then the greater text wins everywhere. */
function isNewer([value, stamp]: Field, [otherValue, otherStamp]: Field): boolean {
  if (stamp !== otherStamp) return stamp > otherStamp;
  return value !== otherValue && canonical(value) > canonical(otherValue);
}

export interface Merged {
  /** The map that was given. */
  readonly state: State;
  /** The records that are now other than before, each once, as they are now. */
  readonly changed: readonly Rec[];
}

/** Takes the map over: it is changed in place. The records in it never are. `recs` are in normal form. */
export function mergeAll(state: State, recs: Iterable<Rec>): Merged {
  const drafts = new Map<string, Draft>();
  for (const rec of recs) {
    const key = keyOf(rec);
    const draft = drafts.get(key);
    if (draft !== undefined && rec.gone === undefined) {
      overlay(draft, rec);
      continue;
    }
    const known = state.get(key);
    const next = known === undefined ? { ...rec, fields: { ...rec.fields } } : overlaid(known, rec);
    if (next === null) continue;
    drafts.set(key, next);
    state.set(key, next);
  }
  return { state, changed: [...drafts.values()] };
}

/** As `overlaid`, into a draft that nobody else holds yet. */
function overlay(draft: Draft, { fields }: Rec): void {
  const { gone } = draft;
  for (const name in fields) {
    const theirs = fields[name]!;
    if (gone !== undefined && theirs[1] <= gone) continue;
    const ours = draft.fields[name];
    if (ours === undefined || isNewer(theirs, ours)) draft.fields[name] = theirs;
  }
}
