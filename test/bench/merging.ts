/**
 * Merging beside Yjs: the same edits of the same bills by one browser; another, which has the base, takes the one message
 * that carries them, from its bytes to the merged state. Either message carries the changed fields alone; the app's own
 * carry the whole of a record that changed. Ours is also checked field by field and guarded against clocks that run
 * ahead, for which Yjs has no like. Neither is sealed or compressed; making the base is in neither figure.
 */
import * as Y from 'yjs';
import { absorb } from '../../src/core/record/capture.ts';
import { newClock, type RecordClock, tick } from '../../src/core/record/clock.ts';
import { mergeAll } from '../../src/core/record/merge.ts';
import { type Json, keyOf, type Rec, type State, soundRec } from '../../src/core/record/record.ts';
import type { Bench, Row } from './row.ts';

const BILLS = 10_000;
const FIELDS = 12;
const EDITED_AT = 1_789_000_100_000;

interface Edit {
  readonly bill: string;
  readonly field: string;
  readonly value: Json;
}

export const merging: Bench = {
  name: 'merging',
  isPure: true,
  measure: async (quick) => [
    beside(10_000, quick ? { warm: 15, rounds: 7 } : { warm: 30, rounds: 25 }),
    beside(100_000, quick ? { warm: 2, rounds: 5 } : { warm: 4, rounds: 11 }),
  ],
};

/** In turns, and the median of each. Both warm up as often, on other edits, so that neither's code is compiled within its figure. */
function beside(many: number, { warm, rounds }: { readonly warm: number; readonly rounds: number }): Row {
  inTurns(editsOf(many, 20261123), warm);
  const [ours, theirs] = inTurns(editsOf(many, 20261124), rounds);
  return {
    name: `merging ${many / 1000}k edits, decoded and checked`,
    figure: (ours / many) * 1000,
    unit: 'µs an edit',
    against: { kind: 'peer', name: 'Yjs 13.6', figure: (theirs / many) * 1000 },
    aim: 0.2,
  };
}

function inTurns(edits: readonly Edit[], rounds: number): [ours: number, theirs: number] {
  const [ours, theirs] = [oursOf(edits), yjsOf(edits)];
  const took = Array.from({ length: rounds }, () => [ours(), theirs()] as const);
  const middle = (side: 0 | 1): number => took.map((each) => each[side]).sort((a, b) => a - b)[rounds >> 1]!;
  return [middle(0), middle(1)];
}

/** Fixed by the seed, so that every run merges the same. */
function editsOf(many: number, seed: number): Edit[] {
  let dice = seed;
  const roll = (below: number): number => {
    dice = (Math.imul(dice, 1664525) + 1013904223) >>> 0;
    // The lower bits of such dice come round after a few throws.
    return (dice >>> 8) % below;
  };
  return Array.from({ length: many }, (_, index) => ({
    bill: `jd-baitiao/default/${roll(BILLS)}`,
    field: `f${roll(FIELDS)}`,
    value: index,
  }));
}

function baseValues(bill: number): [string, Json][] {
  return Array.from({ length: FIELDS }, (_, field) => [`f${field}`, field % 2 ? bill * 100 + field : `文字 ${bill}`]);
}

/** Gives a run: milliseconds from the bytes of the message to the merged state. */
function oursOf(edits: readonly Edit[]): () => number {
  let clock: RecordClock = newClock('device-of-b');
  const stampNow = (now: number): string => {
    const ticked = tick(clock, now);
    clock = ticked.clock;
    return ticked.stamp;
  };
  const base: Rec[] = Array.from({ length: BILLS }, (_, bill) => ({
    kind: 'bill',
    id: `jd-baitiao/default/${bill}`,
    fields: Object.fromEntries(baseValues(bill).map(([name, value]) => [name, [value, stampNow(1_789_000_000_000)]])),
  }));
  const recs = new Map<string, Rec & { fields: Record<string, [Json, string]> }>();
  edits.forEach(({ bill, field, value }, index) => {
    const rec = recs.get(bill) ?? { kind: 'bill', id: bill, fields: {} };
    rec.fields[field] = [value, stampNow(EDITED_AT + index)];
    recs.set(bill, rec);
  });
  const message = new TextEncoder().encode(JSON.stringify([...recs.values()]));
  // As a database gives them.
  const stored = JSON.stringify(base);
  const expected = lastOf(edits);
  return () => {
    const state: State = mergeAll(new Map(), JSON.parse(stored)).state;
    const start = performance.now();
    const text = new TextDecoder('utf-8', { fatal: true }).decode(message);
    const sound = (JSON.parse(text) as unknown[]).map(soundRec).filter((rec) => rec !== null);
    absorb(state, sound, clock, EDITED_AT + edits.length);
    const took = performance.now() - start;
    for (const [at, value] of expected) {
      const [bill, field] = at.split('|') as [string, string];
      if (state.get(keyOf({ kind: 'bill', id: bill }))?.fields[field]?.[0] !== value)
        throw new Error(`not merged: ${at}`);
    }
    return took;
  };
}

function yjsOf(edits: readonly Edit[]): () => number {
  const b = new Y.Doc({ gc: true });
  const bills = b.getMap<Y.Map<Json>>('bills');
  b.transact(() => {
    for (let bill = 0; bill < BILLS; bill++) bills.set(`jd-baitiao/default/${bill}`, new Y.Map<Json>(baseValues(bill)));
  });
  const base = Y.encodeStateAsUpdate(b);
  for (const { bill, field, value } of edits) bills.get(bill)!.set(field, value);
  const message = Y.encodeStateAsUpdate(b, Y.encodeStateVectorFromUpdate(base));
  const expected = lastOf(edits);
  return () => {
    const a = new Y.Doc({ gc: true });
    Y.applyUpdate(a, base);
    const start = performance.now();
    Y.applyUpdate(a, message);
    const took = performance.now() - start;
    const merged = a.getMap<Y.Map<Json>>('bills');
    for (const [at, value] of expected) {
      const [bill, field] = at.split('|') as [string, string];
      if (merged.get(bill)?.get(field) !== value) throw new Error(`Yjs did not merge: ${at}`);
    }
    return took;
  };
}

function lastOf(edits: readonly Edit[]): Map<string, Json> {
  return new Map(edits.map(({ bill, field, value }) => [`${bill}|${field}`, value]));
}
