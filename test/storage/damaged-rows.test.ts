/** A row that a crash, a hand or another version damaged, in any one place: the pass still ends, soon, and the other bills are told. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { remind } from '../../src/app/remind.ts';
import { takeReading } from '../../src/app/take-reading.ts';
import { isWatched } from '../../src/core/bill.ts';
import { DAY_MS, FIRST_LIVED, HOUR_MS } from '../../src/core/day.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { soundBill, soundEntry, soundRules, soundState } from '../../src/storage/sound.ts';
import { setting } from '../app/escalation/world.ts';
import { portsOver } from '../app/ports-over.ts';
import { entry, state } from '../contracts/store-contract.ts';
import { at, bill, billsReading, readBill } from '../core/made-up.ts';
import { emptyDatabase, fill, NOW, named } from './full-database.ts';

const RUBBISH: readonly unknown[] = [null, Number.NaN, -1, 2e14, 9e15, 1e300, 'x', [null], {}];
const AT = at('2026-09-14 18:30');
/** What the index or another row knows it by; what the pass does not read; and the phone's own question (core/contact). */
const KEYS = new Set(['id', 'siteId', 'account', 'name', 'watchDay']);
const NOT_READ = new Set([
  'records',
  'salt',
  'formerSalts',
  'formerAccounts',
  'device',
  'budget',
  'welcome',
  'bin',
  'contact',
]);

type Row = Record<string, unknown>;
type Path = readonly string[];

function pathsIn(value: unknown, depth = 0): Path[] {
  if (typeof value !== 'object' || value === null || depth > 3) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([name, part]) => pathsIn(part, depth + 1).map((path) => [name, ...path])),
  ];
}

function damaged(row: Row, path: Path, rubbish: unknown): Row {
  const copy = structuredClone(row);
  const place = path.slice(0, -1).reduce((on, name) => on[name] as Row, copy);
  place[path.at(-1)!] = rubbish;
  return copy;
}

describe('one damaged place', () => {
  it.each(['bills', 'ledger', 'sites', 'settings'])(
    'in %s',
    async (name) => {
      const { db, store } = emptyDatabase();
      await fill({ db, store } as never);
      await remind(portsOver(store, { now: AT }).ports, 'alarm');
      const rows = ((await db.table(name).toArray()) as Row[]).filter((row) => !NOT_READ.has(String(row.name)));
      const told: string[] = [];
      for (const row of name === 'ledger' ? rows.slice(0, 3) : rows)
        for (const path of pathsIn(row, row.name === 'habit' ? 2 : 0).filter(
          ([first]) => first !== undefined && !KEYS.has(first),
        ))
          for (const rubbish of RUBBISH) {
            await db.table(name).put(damaged(row, path, rubbish));
            // One that goes through the years day by day is ended by the test's own time.
            const ended = await remind(portsOver(store, { now: AT }).ports, 'alarm').then(() => null, String);
            if (ended) told.push(`${row.key ?? row.name ?? ''} ${path.join('.')} = ${String(rubbish)}: ${ended}`);
            await db.table(name).put(row);
          }
      expect(told).toEqual([]);
    },
    120_000,
  );
});

describe('what cannot be right', () => {
  it('rules: a lead beyond the earliest is none', () => {
    expect(soundRules({ leadDays: [9e15, 3, 61] }).leadDays).toEqual([3]);
    expect(soundRules({ leadDays: [9e15] }).leadDays).toEqual([7, 3, 1]);
  });

  it('an entry of the ledger that nobody can date was told to nobody, and ends no pass', async () => {
    const { db, store } = emptyDatabase();
    const week = bill({ owedSince: at('2026-09-01 08:00'), readAt: at('2026-09-01 08:00') });
    await store.rewriteBills(() => ({ put: [week] }));
    await store.changeChannels((channels) => ({ ...channels, list: [setting('a')] }));
    const early = at('2026-09-07 10:00');
    await remind(portsOver(store, { now: early }).ports, 'alarm');
    const [row] = await db.ledger.toArray();
    for (const rot of [
      { firedAt: undefined },
      { firedAt: Number.NaN, outcome: 'failed' },
      { formerFailures: 7, outcome: 'failed' },
      { formerFailures: [{ at: 'x' }] },
      { kind: 'of a later version' },
    ]) {
      await db.ledger.put({ ...row, ...rot } as never);
      await remind(portsOver(store, { now: early + 24 * HOUR_MS }).ports, 'alarm');
      const told = await store.ledgerOf([week.id]);
      expect(told.some(({ outcome, firedAt }) => outcome === 'accepted' && firedAt > early)).toBe(true);
      await db.ledger.clear();
    }
  });

  it('a doubt that is none ends no reading', async () => {
    const { store } = emptyDatabase();
    for (const doubts of [[null], [{ field: 'dueDay' }], [{ field: 'dueDay', values: [null] }]])
      await store.rewriteBills(() => ({ put: [bill({ doubts: doubts as never })] }));
    await takeReading(portsOver(store, { now: AT }).ports, 'made-up', billsReading([readBill()]));
    expect(await store.bill(bill().id)).toMatchObject({ readAt: AT, doubts: [] });
  });

  it('a snooze longer than any that can be said holds nothing back', () => {
    const snoozed = (ms: number) => soundBill(bill({ owner: { snoozedAt: NOW, snoozedUntil: NOW + ms } })).owner;
    expect(snoozed(60 * DAY_MS)).toEqual({ snoozedAt: NOW, snoozedUntil: NOW + 60 * DAY_MS });
    expect(snoozed(60 * DAY_MS + HOUR_MS)).toEqual({});
  });

  it('signed out since before there was a Duly: no years of questions', () => {
    expect(soundState(state({ signedOutSince: 5 })).signedOutSince).toBe(at('2026-01-01 00:00'));
    expect(soundState(state({ signedOutSince: NOW })).signedOutSince).toBe(NOW);
    expect(soundState(state({ lastMonthly: undefined as never })).lastMonthly).toBeNull();
  });

  it('of a restored backup: every bill is told all the same', async () => {
    const [a, b] = [emptyDatabase(), emptyDatabase()];
    await a.store.rewriteBills(() => ({ put: [named('x', { owner: { snoozedAt: NOW, snoozedUntil: 2e14 } })] }));
    const { backup } = await a.door.take(NOW);
    const settings = { ...backup.settings, rules: { leadDays: [9e15], since: NOW } };
    await b.door.apply('merge', { ...backup, settings }, null, NOW + 1, true);
    const { ports, sent } = portsOver(b.store, { now: AT });
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
    expect((await b.store.allBills()).filter(isWatched)).toHaveLength(1);
  });
});

describe('what cannot be right', () => {
  const READ = at('2026-09-10 12:00');
  it.each([
    ['a day that nobody states is estimated', { dueDayIs: 7 }, { dueDayIs: 'estimated' }],
    ['a standing that is none is unknown', { standing: 'paid' }, { standing: 'unknown' }],
    ['doubts that are none', { doubts: [{ field: 'dueDay' }, null] }, { doubts: [] }],
    ['owed since its reading', { owedSince: 'x', readAt: READ }, { owedSince: READ }],
    ['a snooze without an end', { owner: { snoozedAt: READ, snoozedUntil: READ + 900 * DAY_MS } }, { owner: {} }],
  ] as const)('of a bill: %s', (_, row, sound) => {
    expect(soundBill({ ...bill(), ...row } as never)).toMatchObject(sound);
  });

  it('of a bill that knows no moment at all: every promised hour binds', () => {
    const { owedSince } = soundBill({ ...bill(), owedSince: null, readAt: null } as never);
    expect(owedSince).toBeGreaterThan(at('2999-01-01 00:00'));
  });

  it.each([
    ['a due day that is told at no hour', { dueHours: [] }, { dueHours: DEFAULT_RULES.dueHours }],
    ['hours that are none', { dueHours: [25, 'x'] }, { dueHours: DEFAULT_RULES.dueHours }],
    ['a moment that is none', { since: 'x' }, { since: DEFAULT_RULES.since }],
    ['not to adapt stays', { adapts: false }, { adapts: false }],
  ])('of rules: %s', (_, row, sound) => {
    expect(soundRules({ ...DEFAULT_RULES, ...row })).toMatchObject(sound);
  });

  it('of an account: a monthly bill without a day is none, and nobody was signed out before Duly was', () => {
    const sound = soundState({ ...state(), lastMonthly: { title: '九月', dueDay: 'x' }, signedOutSince: 5 } as never);
    expect(sound).toMatchObject({ lastMonthly: null, signedOutSince: FIRST_LIVED });
  });

  it('of an entry: told at no moment, it was not told; a settling that is none did not come', () => {
    for (const name of ['firedAt', 'plannedAt']) expect(soundEntry({ ...entry(), [name]: 'x' } as never)).toEqual([]);
    const [sound] = soundEntry({ ...entry(), settledAt: 'x', formerFailures: [{ at: 'x' }, null] } as never);
    expect(sound).toMatchObject({ settledAt: null });
    expect(sound?.formerFailures ?? []).toEqual([]);
  });
});
