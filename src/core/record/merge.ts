/**
 * Merging is field by field, the greater stamp wins. Commutative, associative and idempotent over whole records in
 * normal form, so that copies agree whatever came in whatever order, once or often.
 */
import type { Stamp } from './clock.ts';
import { canonical, type Field, keyOf, type Rec, type State } from './record.ts';

/** Two copies of one record. Gives `a` itself when `b` brings nothing. */
export function mergeRecord(a: Rec, b: Rec): Rec {
  if (!brings(a, b)) return a;
  const merged: Draft = { ...a, fields: { ...a.fields } };
  overlay(merged, b);
  return merged;
}

function brings(a: Rec, b: Rec): boolean {
  if (b.gone !== undefined && (a.gone === undefined || b.gone > a.gone)) return true;
  for (const name in b.fields) if (isNews(a, name, b.fields[name]!)) return true;
  return false;
}

type Draft = { kind: string; id: string; fields: Record<string, Field>; gone?: Stamp };

/** Into a record that nobody else holds. Gives whether it is now another. */
function overlay(draft: Draft, { fields, gone }: Rec): boolean {
  let isOther = false;
  if (gone !== undefined && (draft.gone === undefined || gone > draft.gone)) {
    isOther = true;
    draft.gone = gone;
    draft.fields = fieldsAfter(draft.fields, gone);
  }
  for (const name in fields) {
    const theirs = fields[name]!;
    if (!isNews(draft, name, theirs)) continue;
    draft.fields[name] = theirs;
    isOther = true;
  }
  return isOther;
}

function fieldsAfter(fields: Rec['fields'], gone: Stamp): Record<string, Field> {
  const kept: Record<string, Field> = {};
  for (const name in fields) if (fields[name]![1] > gone) kept[name] = fields[name]!;
  return kept;
}

/** Equal stamps come only from one device that lives twice (a copied profile): then the greater text wins everywhere. */
function isNews({ fields, gone }: Rec, name: string, theirs: Field): boolean {
  const stamp = theirs[1];
  if (gone !== undefined && stamp <= gone) return false;
  const ours = fields[name];
  if (ours === undefined) return true;
  if (stamp > ours[1]) return true;
  return stamp === ours[1] && theirs[0] !== ours[0] && canonical(theirs[0]) > canonical(ours[0]);
}

export interface Merged {
  /** The map that was given. */
  readonly state: State;
  /** The records that are now other than before, each once, as they are now. */
  readonly changed: readonly Rec[];
}

/** Takes the map over, and with it the records in it: both are changed in place. `recs` stay as they are; they are in normal form. */
export function mergeAll(state: State, recs: Iterable<Rec>): Merged {
  const changed = new Set<Rec>();
  for (const rec of recs) {
    const key = keyOf(rec);
    const known = state.get(key);
    if (known === undefined) {
      const own = { ...rec, fields: { ...rec.fields } };
      state.set(key, own);
      changed.add(own);
    } else if (overlay(known as Draft, rec)) changed.add(known);
  }
  return { state, changed: [...changed] };
}
