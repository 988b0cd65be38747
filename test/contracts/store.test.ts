import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { remind } from '../../src/app/remind.ts';
import type { Fen } from '../../src/core/money.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { Database } from '../../src/storage/database.ts';
import { openGlance } from '../../src/storage/glance.ts';
import { openStore } from '../../src/storage/store.ts';
import { portsOver } from '../app/ports-over.ts';
import { at, bill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { put, storeContract } from './store-contract.ts';

let databases = 0;
const fresh = (): Database => new Database(`contract-${++databases}`);

storeContract('in memory', async () => memoryStore());
storeContract('over IndexedDB', async () => openStore(fresh()));
storeContract('over IndexedDB, its glances without Dexie', async () => {
  const db = fresh();
  return { ...openStore(db), ...openGlance(() => db.open(), db.name) };
});

describe('what only the one over IndexedDB can get wrong', () => {
  it('the watched bills come over the index: a row without its key is not read', async () => {
    const db = fresh();
    const store = openStore(db);
    await put(store, bill({ key: 'open' }), bill({ key: 'zero', remainingFen: 0 as Fen, standing: 'settled' }));
    expect(await db.bills.where('watchDay').above('').primaryKeys()).toEqual([bill({ key: 'open' }).id]);
    const { watchDay: _, ...unindexed } = (await db.bills.get(bill({ key: 'open' }).id))!;
    await db.bills.put(unindexed);
    expect(await store.watchedBills()).toEqual([]);
  });

  it('is still there when it is opened again', async () => {
    const db = fresh();
    await put(openStore(db), bill());
    const name = await openStore(db).deviceId();
    db.close();
    const again = openStore(new Database(db.name));
    expect(await again.watchedBills()).toEqual([bill()]);
    expect(await again.deviceId()).toBe(name);
  });

  const good = bill({ key: 'good' });
  const corrupt: readonly [string, Record<string, unknown>][] = [
    ['a day that no calendar has', { ...bill({ key: 'bad' }), dueDay: '2026-02-30' }],
    ['a day that is a number', { ...bill({ key: 'bad' }), dueDay: 20260914 }],
    ['no owner', { ...bill({ key: 'bad' }), owner: undefined }],
    ['no owedSince', { ...bill({ key: 'bad' }), owedSince: undefined, readAt: undefined }],
    ['a snooze that is no moment', { ...bill({ key: 'bad' }), owner: { snoozedAt: 'x', snoozedUntil: Number.NaN } }],
    ['a snooze past the end of time', { ...bill({ key: 'bad' }), owner: { snoozedAt: 1, snoozedUntil: 9e15 } }],
    ['an amount that is a text', { ...bill({ key: 'bad' }), remainingFen: '386.20' }],
    [
      'a statement day that no calendar has',
      { ...bill({ key: 'bad' }), statementDay: '2026-13-01', dueDayIs: 'estimated' },
    ],
    ['nothing but its id', { id: bill({ key: 'bad' }).id }],
  ];

  it.each(corrupt)('a corrupt row does not silence the others, and is reminded itself: %s', async (_, row) => {
    const db = fresh();
    const store = openStore(db);
    await put(store, good);
    await db.bills.put({ ...row, watchDay: '2026-09-14' } as never);
    const { ports, sent } = portsOver(store, { now: at('2026-09-14 10:00') });
    await remind(ports, 'alarm');
    expect(sent.flatMap((notice) => notice.bills.map((each) => each.id))).toContain(good.id);
    ports.at(at('2026-09-20 10:00'));
    await remind(ports, 'alarm');
    expect(sent.flatMap((notice) => notice.bills.map((each) => each.id))).toContain(row.id);
  });

  it.each([
    ['no such zone', { ...DEFAULT_RULES, zone: 'Mars/Olympus' }],
    [
      'hours that are no numbers',
      { ...DEFAULT_RULES, beforeHour: 'ten', dueHours: ['x', Number.NaN, 99, 10], overdueHour: null },
    ],
    ['lists that are missing', { ...DEFAULT_RULES, leadDays: undefined, dueHours: null }],
    ['quiet hours that are no hours', { ...DEFAULT_RULES, quiet: { fromHour: 'x' } }],
    ['a due day without an hour', { ...DEFAULT_RULES, dueHours: [] }],
    ['not even an object', 'rules'],
  ])('corrupt rules silence nothing: %s', async (_, value) => {
    const db = fresh();
    const store = openStore(db);
    await put(store, good);
    await db.settings.put({ name: 'rules', value });
    const { ports, sent } = portsOver(store, { now: at('2026-09-14 10:00') });
    await remind(ports, 'alarm');
    expect(sent.map(({ kind }) => kind)).toEqual(['due-today']);
  });
});
