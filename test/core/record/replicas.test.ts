/** Many browsers, each with rows of its own, whose messages come late, twice, in any order, or only at the end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absorb, capture, type Projected, type Values, valuesOf } from '../../../src/core/record/capture.ts';
import { newClock, type RecordClock } from '../../../src/core/record/clock.ts';
import {
  canonical,
  type Field,
  isLive,
  type Json,
  keyOf,
  type Rec,
  type State,
} from '../../../src/core/record/record.ts';

/** An old version knows neither the kind `pledge` nor the field `mood`, and reads a number alone in `paidAt`. */
type Version = 'old' | 'new';
const NAMES: Record<Version, readonly string[]> = { old: ['page', 'paidAt'], new: ['page', 'paidAt', 'mood'] };
const KINDS: Record<Version, readonly string[]> = { old: ['bill'], new: ['bill', 'pledge'] };

interface Browser {
  readonly version: Version;
  /** What the app works with; edited without a word to anybody. */
  readonly rows: Map<
    string,
    { kind: string; id: string; values: Record<string, Json>; editedAt: Record<string, number> }
  >;
  state: State;
  later: readonly Rec[];
  clock: RecordClock;
  offset: number;
}

type Step =
  | { do: 'edit'; at: number; kind: string; id: string; name: string; value: Json; tellsWhen: boolean }
  | { do: 'delete'; at: number; kind: string; id: string }
  | { do: 'send' | 'pass'; at: number; ms: number }
  | { do: 'take'; at: number; message: number }
  | { do: 'turn'; at: number; offset: number };

const START = Date.parse('2026-09-12T09:00:00+08:00');
const HOUR = 3_600_000;

function read(version: Version, name: string, value: Json | undefined): Json {
  if (name === 'paidAt' && version === 'old' && typeof value !== 'number') return null;
  return value ?? null;
}

function reads(version: Version, values: Values): Values {
  return Object.fromEntries(NAMES[version].map((name) => [name, read(version, name, values[name])]));
}

class World {
  readonly browsers: Browser[];
  readonly messages: (readonly Rec[])[] = [];
  now = START;

  constructor(versions: readonly Version[]) {
    this.browsers = versions.map((version, index) => ({
      version,
      rows: new Map(),
      state: new Map(),
      later: [],
      clock: newClock(`browser-${index}`),
      offset: 0,
    }));
  }

  capture(browser: Browser): void {
    const { rows, state, version, clock } = browser;
    const known = [...state.values()].filter(({ kind }) => KINDS[version].includes(kind));
    const seen: Projected[] = [...rows.values()].map(({ kind, id, values, editedAt }) => {
      const shadow = state.get(keyOf({ kind, id }));
      const understood = shadow && (() => reads(version, valuesOf(shadow)));
      return { kind, id, values, editedAt, ...(understood && { understood }) };
    });
    const gone = known.filter((rec) => !rows.has(keyOf(rec))).map(({ kind, id }) => ({ kind, id, values: null }));
    const captured = capture(state, [...seen, ...gone], clock, this.now + browser.offset);
    browser.clock = captured.clock;
    for (const rec of captured.changed) state.set(keyOf(rec), rec);
    if (captured.changed.length > 0) this.messages.push(structuredClone(captured.changed));
  }

  take(browser: Browser, message: readonly Rec[]): void {
    this.capture(browser);
    const now = this.now + browser.offset;
    const taken = absorb(browser.state, structuredClone([...message, ...browser.later]), browser.clock, now);
    browser.clock = taken.clock;
    browser.later = taken.later;
    for (const rec of taken.changed) {
      if (!KINDS[browser.version].includes(rec.kind)) continue;
      const { kind, id } = rec;
      if (!isLive(rec)) browser.rows.delete(keyOf(rec));
      else
        browser.rows.set(keyOf(rec), { kind, id, values: { ...reads(browser.version, valuesOf(rec)) }, editedAt: {} });
    }
  }

  do(step: Step): void {
    const browser = this.browsers[step.at % this.browsers.length]!;
    const own = this.now + browser.offset;
    switch (step.do) {
      case 'edit': {
        const { kind, id, name, value, tellsWhen } = step;
        if (!KINDS[browser.version].includes(kind) || !NAMES[browser.version].includes(name)) return;
        const key = keyOf({ kind, id });
        const row = browser.rows.get(key) ?? { kind, id, values: { ...reads(browser.version, {}) }, editedAt: {} };
        row.values[name] = read(browser.version, name, value);
        if (tellsWhen) row.editedAt[name] = own;
        else delete row.editedAt[name];
        browser.rows.set(key, row);
        return;
      }
      case 'delete':
        browser.rows.delete(keyOf(step));
        return;
      case 'send':
        this.capture(browser);
        return;
      case 'take': {
        const message = this.messages[step.message % this.messages.length];
        if (message) this.take(browser, message);
        return;
      }
      case 'pass':
        this.now += step.ms;
        return;
      case 'turn':
        browser.offset = step.offset;
    }
  }

  /** Whatever was lost arrives, in an order of its own for each; then time passes, and what was stamped ahead has its turn. */
  settle(order: readonly number[]): void {
    for (const browser of this.browsers) this.capture(browser);
    const { messages } = this;
    this.browsers.forEach((browser, index) => {
      const mixed = messages
        .map((message, each) => ({ message, by: order[(each + 7 * index) % Math.max(1, order.length)] ?? 0 }))
        .sort((one, other) => one.by - other.by);
      for (const { message } of mixed) this.take(browser, message);
    });
    this.now += 10 * HOUR;
    for (const browser of this.browsers) this.take(browser, []);
  }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      at: fc.nat({ max: 4 }),
      kind: fc.constantFrom('bill', 'bill', 'bill', 'pledge'),
      id: fc.constantFrom('x', 'y'),
      name: fc.constantFrom('page', 'paidAt', 'mood'),
      value: fc.constantFrom<Json[]>(null, 1, 2, 'in-january', { a: 1 }),
      tellsWhen: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('delete' as const),
      at: fc.nat({ max: 4 }),
      kind: fc.constantFrom('bill', 'pledge'),
      id: fc.constantFrom('x', 'y'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('send' as const, 'send' as const, 'pass' as const),
      at: fc.nat({ max: 4 }),
      ms: fc.constantFrom(0, 1, 60_000, HOUR),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('take' as const), at: fc.nat({ max: 4 }), message: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('turn' as const),
      at: fc.nat({ max: 4 }),
      offset: fc.integer({ min: -2 * HOUR, max: 2 * HOUR }),
    }),
  },
);
const versions = fc.array(fc.constantFrom<Version[]>('old', 'new', 'new'), { minLength: 2, maxLength: 5 });
const lives = fc.tuple(versions, fc.array(step, { maxLength: 40, size: 'max' }), fc.array(fc.nat(), { maxLength: 20 }));

function lived([each, steps, order]: [Version[], Step[], number[]]): World {
  const world = new World(each);
  for (const one of steps) world.do(one);
  world.settle(order);
  return world;
}

/** By hand, without the code under test: the greatest stamp of every field that was ever sent, unless a later end covers it. */
function newest(messages: readonly (readonly Rec[])[]): Map<string, Rec> {
  const all = new Map<string, { kind: string; id: string; fields: Record<string, Field>; gone?: string }>();
  for (const { kind, id, fields, gone } of messages.flat()) {
    const rec = all.get(`${kind}\n${id}`) ?? { kind, id, fields: {} };
    all.set(`${kind}\n${id}`, rec);
    if (gone !== undefined && gone > (rec.gone ?? '')) rec.gone = gone;
    for (const [name, field] of Object.entries(fields)) {
      const had = rec.fields[name];
      const rank = ([value, stamp]: Field): string => stamp + canonical(value);
      if (!had || rank(field) > rank(had)) rec.fields[name] = field;
    }
  }
  for (const rec of all.values())
    for (const [name, [, stamp]] of Object.entries(rec.fields)) if (stamp <= (rec.gone ?? '')) delete rec.fields[name];
  return all;
}

describe('laws of many browsers', () => {
  it('all end with identical whole records, in which every field has its newest edit', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { browsers, messages } = lived(life);
        const expected = newest(messages);
        for (const { state, later } of browsers) {
          expect(state).toEqual(expected);
          expect(later).toEqual([]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('no edit is lost: what the app wrote and never overwrote is in the records, whenever it was written', () => {
    fc.assert(
      fc.property(lives, fc.nat({ max: 4 }), fc.constantFrom('x', 'y'), ([each, steps, order], at, id) => {
        const world = new World(each);
        for (const one of steps) world.do(one);
        // After every other edit, and between this browser's own capture and its absorb.
        for (const browser of world.browsers) world.capture(browser);
        world.do({ do: 'edit', at, kind: 'bill', id, name: 'page', value: 'the last word', tellsWhen: false });
        world.now += 5 * HOUR;
        world.do({ do: 'take', at, message: steps.length });
        world.settle(order);
        const sent = world.messages.flat().flatMap((rec) => (rec.id === id ? [rec.fields.page?.[0]] : []));
        expect(sent).toContain('the last word');
        for (const { state } of world.browsers)
          expect(state.get(keyOf({ kind: 'bill', id }))?.fields.page?.[0]).toBe('the last word');
      }),
      { numRuns: 500 },
    );
  });

  it('rows say what the records say, as far as their version understands them, and capturing them again finds nothing', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const world = lived(life);
        const sent = world.messages.length;
        for (const browser of world.browsers) {
          const { version, rows, state } = browser;
          const live = [...state.values()].filter((rec) => isLive(rec) && KINDS[version].includes(rec.kind));
          const said = [...rows].filter(([, { values }]) => Object.values(values).some((value) => value !== null));
          expect(live.map(keyOf)).toEqual(expect.arrayContaining(said.map(([key]) => key)));
          for (const rec of live) expect(rows.get(keyOf(rec))?.values).toEqual(reads(version, valuesOf(rec)));
          world.capture(browser);
        }
        expect(world.messages.length).toBe(sent);
      }),
      { numRuns: 500 },
    );
  });

  it('a version skew harms nothing: what only new ones wrote is what it would be without the old ones', () => {
    let [pledges, shared] = [0, 0];
    fc.assert(
      fc.property(lives, ([each, steps, order]) => {
        const world = lived([each, steps, order]);
        const fromNew = world.messages
          .flat()
          .flatMap(({ kind, id, fields }) =>
            Object.entries(fields).flatMap(([name, [value, stamp]]) =>
              kind === 'pledge' || name === 'mood' ? [canonical([kind, id, name, value, stamp])] : [],
            ),
          );
        for (const { state } of world.browsers)
          for (const { kind, id, fields } of state.values())
            for (const [name, [value, stamp]] of Object.entries(fields))
              if (kind === 'pledge' || name === 'mood')
                expect(fromNew).toContain(canonical([kind, id, name, value, stamp]));
        const writers = world.browsers.filter(({ version }) => version === 'old').map(({ clock }) => clock.device);
        for (const { kind, fields } of world.messages.flat()) {
          const odd = Object.entries(fields).filter(([name]) => kind === 'pledge' || name === 'mood');
          for (const [, [, stamp]] of odd) expect(writers).not.toContain(stamp.slice(18));
          if (kind === 'pledge' && writers.length > 0) pledges++;
          // An old one edited a record that holds what it does not know.
          else if (odd.length > 0 && Object.values(fields).some(([, stamp]) => writers.includes(stamp.slice(18))))
            shared++;
        }
      }),
      { numRuns: 500 },
    );
    expect(pledges).toBeGreaterThan(0);
    expect(shared).toBeGreaterThan(0);
  });
});
