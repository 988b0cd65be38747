/** What is shared between browsers: records whose every field carries the stamp of its last edit. */
import type { Instant } from '../day.ts';
import { isStamp, isTooFarAhead, type Stamp } from './clock.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type Field = readonly [value: Json, stamp: Stamp];

/** Kinds and fields that this version does not know are kept and passed on. A field that is null was taken back. */
export interface Rec {
  readonly kind: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** When it was deleted. Only fields that are newer are left: with one the record lives again. */
  readonly gone?: Stamp;
}

/** Records by `keyOf`. */
export type State = Map<string, Rec>;

export function keyOf({ kind, id }: Pick<Rec, 'kind' | 'id'>): string {
  return `${kind}\n${id}`;
}

export function isLive({ fields }: Rec): boolean {
  for (const _ in fields) return true;
  return false;
}

/** Of all its stamps; empty where it has none. */
export function newestIn({ fields, gone = '' }: Rec): Stamp {
  let newest = gone;
  for (const name in fields) {
    const stamp = fields[name]![1];
    if (stamp > newest) newest = stamp;
  }
  return newest;
}

/** Text that is equal for equal values, however their keys are ordered. Keys without a value count as absent. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const given = value as Readonly<Record<string, Json | undefined>>;
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(given[name])}`)
    .join(',')}}`;
}

/** Fields that the tombstone covers are dropped, so that equal knowledge is an equal record. */
export function normal(rec: Rec): Rec {
  const { gone } = rec;
  if (gone === undefined || Object.values(rec.fields).every(([, stamp]) => stamp > gone)) return rec;
  const kept = Object.entries(rec.fields).filter(([, [, stamp]]) => stamp > gone);
  return { ...rec, fields: Object.fromEntries(kept) };
}

const MOST_NAME = 2000;

/** What every object has (`toString`, `__proto__` …): no field may be named so. */
const OF_EVERY_OBJECT: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A record as it came from outside, normal; null when it is none. Values are any JSON: a newer version may mean more by them. */
export function soundRec(raw: unknown): Rec | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { kind, id, fields, gone } = raw as Partial<Rec>;
  if (!isName(kind) || !isName(id) || typeof fields !== 'object' || fields === null) return null;
  for (const name in fields) {
    const field: unknown = fields[name];
    if (OF_EVERY_OBJECT.has(name) || !Array.isArray(field) || field.length !== 2 || !isStamp(field[1])) return null;
    if (!isShallow(field[0])) return null;
  }
  if (gone === undefined) return { kind, id, fields };
  return isStamp(gone) ? normal({ kind, id, fields, gone }) : null;
}

/** No version nests so deep, and whatever walks through a value goes by recursion. */
const MOST_DEPTH = 64;

function isShallow(value: unknown, depth = MOST_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  for (const name in value) if (!isShallow((value as Record<string, unknown>)[name], depth - 1)) return false;
  return true;
}

function isName(text: unknown): text is string {
  return typeof text === 'string' && text !== '' && text.length <= MOST_NAME;
}

export interface Split {
  /** What may be merged now. */
  readonly now: Rec | null;
  /** What was stamped by a clock that runs ahead. */
  readonly later: Rec | null;
}

/** Parts the fields that lie too far ahead from the others: neither waits for the other. */
export function splitByDrift(rec: Rec, now: Instant): Split {
  if (!isTooFarAhead(newestIn(rec), now)) return { now: rec, later: null };
  const { kind, id, gone } = rec;
  const isLate = (stamp: Stamp): boolean => isTooFarAhead(stamp, now);
  const isGoneLate = gone !== undefined && isLate(gone);
  const entries = Object.entries(rec.fields);
  const late = entries.filter(([, [, stamp]]) => isLate(stamp));
  const soon = entries.filter(([, [, stamp]]) => !isLate(stamp));
  const part = (fields: [string, Field][], stone: Stamp | undefined): Rec | null =>
    fields.length === 0 && stone === undefined
      ? null
      : { kind, id, fields: Object.fromEntries(fields), ...(stone === undefined ? {} : { gone: stone }) };
  return {
    now: part(soon, isGoneLate ? undefined : gone),
    later: part(late, isGoneLate ? gone : undefined),
  };
}
