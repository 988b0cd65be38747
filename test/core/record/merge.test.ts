import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DRIFT_MS, stampAt } from '../../../src/core/record/clock.ts';
import { mergeAll, mergeRecord } from '../../../src/core/record/merge.ts';
import {
  canonical,
  keyOf,
  normal,
  type Rec,
  type State,
  soundRec,
  splitByDrift,
} from '../../../src/core/record/record.ts';

const NOW = 1_000_000;

/** Few stamps around the limit of the drift guard, few names: what can collide does. A copied profile gives two values under one stamp. */
const stamp = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('a', 'b'))
  .map(([ms, device]) => stampAt(device, NOW + DRIFT_MS - 5 + ms));
const value = fc.constantFrom<Rec['fields'][string][0]>(null, 0, 1, 'x', 'y', [1], { p: 1, q: 2 }, { q: 2, p: 3 });
const field = fc.tuple(value, stamp);
const fields = fc.dictionary(fc.constantFrom('page', 'paidAt', 'note', 'from-the-future'), field, {
  maxKeys: 4,
});
const recOf = (id: fc.Arbitrary<string>): fc.Arbitrary<Rec> =>
  fc
    .record({
      kind: fc.constantFrom('bill', 'unheard-of'),
      id,
      fields,
      gone: fc.option(stamp, { freq: 2, nil: undefined }),
    })
    .map(({ gone, ...rec }) => normal(gone === undefined ? rec : { ...rec, gone }));
const same = recOf(fc.constant('x')).map((rec): Rec => ({ ...rec, kind: 'bill' }));
const RUNS = { numRuns: 2000 };

function stampsOf(rec: Rec | null): string[] {
  if (!rec) return [];
  return [...Object.values(rec.fields).map(([, at]) => at), ...(rec.gone === undefined ? [] : [rec.gone])];
}

describe('laws of merging, over whole records', () => {
  it('commutative', () => {
    fc.assert(
      fc.property(same, same, (a, b) => {
        expect(mergeRecord(a, b)).toEqual(mergeRecord(b, a));
      }),
      RUNS,
    );
  });

  it('associative', () => {
    fc.assert(
      fc.property(same, same, same, (a, b, c) => {
        expect(mergeRecord(mergeRecord(a, b), c)).toEqual(mergeRecord(a, mergeRecord(b, c)));
      }),
      RUNS,
    );
  });

  it('idempotent: what is known brings nothing, and gives the very same record', () => {
    fc.assert(
      fc.property(same, same, (a, b) => {
        expect(mergeRecord(a, a)).toBe(a);
        const both = mergeRecord(a, b);
        expect(mergeRecord(both, b)).toBe(both);
        expect(mergeRecord(both, structuredClone(a))).toBe(both);
      }),
      RUNS,
    );
  });

  it('stays normal, and leaves both as they were', () => {
    fc.assert(
      fc.property(same, same, (a, b) => {
        const [wasA, wasB] = [structuredClone(a), structuredClone(b)];
        const both = mergeRecord(a, b);
        expect(normal(both)).toBe(both);
        expect([a, b]).toEqual([wasA, wasB]);
      }),
      RUNS,
    );
  });

  it('many at once are as one after the other, in any order, in any portions', () => {
    const recs = fc.array(recOf(fc.constantFrom('x', 'y')), { maxLength: 12 });
    fc.assert(
      fc.property(recs, fc.array(fc.nat()), fc.nat({ max: 12 }), (all, shuffle, cut) => {
        const one: State = new Map();
        for (const rec of all) {
          const known = one.get(keyOf(rec));
          one.set(keyOf(rec), known ? mergeRecord(known, rec) : rec);
        }
        const mixed = all.map((rec, index) => ({ rec, by: shuffle[index] ?? 0 })).sort((a, b) => a.by - b.by);
        const was = structuredClone(all);
        const first = mergeAll(
          new Map(),
          mixed.slice(0, cut).map(({ rec }) => rec),
        );
        const second = mergeAll(
          first.state,
          mixed.slice(cut).map(({ rec }) => rec),
        );
        expect(second.state).toEqual(one);
        expect(all).toEqual(was);
        for (const rec of second.changed) expect(second.state.get(keyOf(rec))).toBe(rec);
        expect(mergeAll(second.state, all).changed).toEqual([]);
      }),
      RUNS,
    );
  });

  it('what is parted by drift and merged again is what it was', () => {
    fc.assert(
      fc.property(same, (rec) => {
        const { now: soon, later } = splitByDrift(rec, NOW);
        const [first, second] = [soon, later].filter((part) => part !== null);
        // A record that says nothing at all is a part too.
        expect(first).toBeDefined();
        expect(second ? mergeRecord(normal(first!), normal(second)) : first).toEqual(rec);
        const limit = stampAt('z', NOW + DRIFT_MS);
        expect(stampsOf(soon).filter((each) => each > limit)).toEqual([]);
        expect(stampsOf(later).filter((each) => each < limit)).toEqual([]);
        expect([...stampsOf(soon), ...stampsOf(later)].sort()).toEqual(stampsOf(rec).sort());
      }),
      RUNS,
    );
  });
});

describe('a record from outside', () => {
  const good = { kind: 'bill', id: 'x', fields: { note: ['n', stampAt('a', 5)] } };

  it.each([
    ['nothing', null],
    ['a text', 'rec'],
    ['no kind', { ...good, kind: undefined }],
    ['an empty id', { ...good, id: '' }],
    ['an id beyond measure', { ...good, id: 'x'.repeat(2001) }],
    ['no fields', { ...good, fields: undefined }],
    ['a field without a stamp', { ...good, fields: { note: ['n'] } }],
    ['a stamp that is none', { ...good, fields: { note: ['n', '2026-09-12'] } }],
    ['a tombstone that is none', { ...good, gone: 5 }],
    [
      'a value that nests without an end, on which every walk would break',
      { ...good, fields: { note: [JSON.parse('['.repeat(9000) + ']'.repeat(9000)), stampAt('a', 5)] } },
    ],
    ['a field named as a method of every object', { ...good, fields: { toString: good.fields.note } }],
    [
      'a field that would be the prototype',
      JSON.parse(`{"kind":"bill","id":"x","fields":{"__proto__":["n","${stampAt('a', 5)}"]}}`),
    ],
  ])('is refused: %s', (_, raw) => {
    expect(soundRec(raw)).toBeNull();
  });

  it('is kept with all its fields, and no more than that', () => {
    expect(soundRec({ ...good, extra: 1 })).toEqual(good);
    expect(soundRec({ ...good, gone: stampAt('a', 5) })).toEqual({ ...good, fields: {}, gone: stampAt('a', 5) });
  });

  it('canonical text tells values apart, not the order of their keys', () => {
    expect(canonical({ b: 1, a: [null, { d: 'x', c: undefined as never }] })).toBe('{"a":[null,{"d":"x"}],"b":1}');
  });
});
