/** An import that is taken back: exactly what it did goes, and nothing that was said since. All made up. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deleteBill, monthlyState, restoreBill, saveBill } from '../../src/app/edit-bill.ts';
import { importBills, undoImport } from '../../src/app/import-bills.ts';
import { lookAhead } from '../../src/app/look-ahead.ts';
import { act } from '../../src/app/owner-acts.ts';
import type { SiteState, Store } from '../../src/app/ports.ts';
import { type Bill, billId, MOST_BINNED } from '../../src/core/bill.ts';
import type { ImportedBill } from '../../src/core/import/rows.ts';
import { isLive } from '../../src/core/record/record.ts';
import { Database } from '../../src/storage/database.ts';
import { recordRows } from '../../src/storage/record-rows.ts';
import { openStore } from '../../src/storage/store.ts';
import { at, bill, day, readBill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const NOW = at('2026-08-15 10:00');
const MINUTE_MS = 60_000;

type Part = Partial<ImportedBill> & { readonly key: string };
const given = ({ siteId = 'statement', account = 'cmb', ...part }: Part): ImportedBill => ({
  ...readBill({ statementDay: null, source: 'file', ...part }),
  siteId,
  account,
  ...(part.note === undefined ? {} : { note: part.note }),
});
const ofCmb = (dueDay: string, remainingFen: number): ImportedBill =>
  given({ key: `statement:cmb:c7:${dueDay}`, dueDay: day(dueDay), remainingFen: remainingFen as never, sentAt: NOW });
const storedAs = ({ note, ...read }: ImportedBill, part: Partial<Bill> = {}): Bill => ({
  ...read,
  id: billId(read.siteId, read.account, read.key),
  owedSince: NOW - MINUTE_MS,
  readAt: NOW - MINUTE_MS,
  owner: note ? { note } : {},
  ...part,
});

let databases = 0;
const stores: [string, () => Store][] = [
  ['in memory', () => memoryStore()],
  ['over IndexedDB', () => openStore(new Database(`undo-${++databases}`))],
];

async function everything(store: Store): Promise<{ bills: Bill[]; states: SiteState[] }> {
  const bills = (await store.allBills()).sort((a, b) => a.id.localeCompare(b.id));
  const states = (await store.siteStates()).sort((a, b) => a.account.localeCompare(b.account));
  return { bills, states };
}

describe.each(stores)('an import taken back, %s', (_, open) => {
  const begin = () => {
    const store = open();
    const { ports } = portsOver(store, { now: NOW });
    const asked = async () => (await lookAhead(ports)).bills.filter((one) => one.asks === 'expected');
    return { store, ports, asked };
  };
  const [AUGUST, SEPTEMBER] = [ofCmb('2026-08-26', 100), ofCmb('2026-09-26', 200)];
  const idOf = ({ siteId, account, key }: ImportedBill) => billId(siteId, account, key);

  it('new bills go, changed ones are as they were, and the next statement is not asked for; once', async () => {
    const { store, ports, asked } = begin();
    const known = storedAs(
      { ...AUGUST, remainingFen: 50 as never, sentAt: NOW - 1 },
      { owner: { note: '旧', paidAt: NOW - MINUTE_MS } },
    );
    await store.rewriteBills(() => ({ put: [known] }));
    const { id, ...counts } = await importBills(ports, [AUGUST, SEPTEMBER], true);
    expect(counts).toEqual({ added: 1, changed: 1 });
    expect(await store.bill(known.id)).toMatchObject({ remainingFen: 100, owner: { note: '旧' } });
    expect(await asked()).not.toEqual([]);
    expect(await undoImport(ports, id!)).toEqual({ undone: 2, kept: 0 });
    expect(await everything(store)).toEqual({ bills: [known], states: [] });
    expect(await undoImport(ports, id!)).toBeNull();
    expect((await importBills(ports, [AUGUST, SEPTEMBER], true)).added).toBe(1);
  });

  it('what the owner marked or another file told since stays as it is, and the next statement of its lender is asked for', async () => {
    const { store, ports, asked } = begin();
    const [paid, noted, other, alone] = [AUGUST, SEPTEMBER, ofCmb('2026-07-26', 300), ofCmb('2026-06-26', 400)];
    const { id } = await importBills(ports, [paid, noted, other, { ...alone, account: 'icbc' }], true);
    ports.at(NOW + MINUTE_MS);
    await act(ports, { do: 'paid', billId: idOf(paid), via: 'popup' });
    await saveBill(ports, idOf(noted), { title: '', note: '问客服' } as never);
    await store.rewriteBills(({ bills }) => ({
      put: bills.filter((each) => each.id === idOf(other)).map((each) => ({ ...each, readAt: NOW + MINUTE_MS })),
    }));
    const before = await everything(store);
    expect(await undoImport(ports, id!)).toEqual({ undone: 1, kept: 3 });
    const after = await everything(store);
    expect(after.bills).toEqual(before.bills.filter(({ account }) => account === 'cmb'));
    expect(after.states).toEqual(before.states.filter(({ account }) => account === 'cmb'));
    expect(await asked()).not.toEqual([]);
    expect((await store.actsOf(idOf(paid))).map((each) => each.do)).toEqual(['paid']);
  });

  it('a mark that was taken back again keeps nothing', async () => {
    const { store, ports } = begin();
    const { id } = await importBills(ports, [AUGUST], false);
    await act(ports, { do: 'paid', billId: idOf(AUGUST), via: 'popup' });
    await act(ports, { do: 'unpaid', billId: idOf(AUGUST), via: 'popup' });
    expect(await undoImport(ports, id!)).toEqual({ undone: 1, kept: 0 });
    expect(await store.allBills()).toEqual([]);
  });

  it('what the owner deleted since does not come back', async () => {
    const { store, ports } = begin();
    await store.rewriteBills(() => ({ put: [storedAs({ ...AUGUST, remainingFen: 50 as never, sentAt: NOW - 1 })] }));
    const { id } = await importBills(ports, [AUGUST, SEPTEMBER], false);
    for (const one of [AUGUST, SEPTEMBER]) await deleteBill(ports, idOf(one));
    expect(await undoImport(ports, id!)).toEqual({ undone: 0, kept: 1 });
    expect(await store.allBills()).toEqual([]);
  });

  it('only the last one: what another import wrote in between is not taken for its own', async () => {
    const { store, ports } = begin();
    const first = await importBills(ports, [AUGUST], false);
    const second = await importBills(ports, [SEPTEMBER], false);
    expect(await undoImport(ports, first.id!)).toBeNull();
    expect((await store.allBills()).length).toBe(2);
    expect((await importBills(ports, [SEPTEMBER], false)).id).toBeNull();
    expect(await undoImport(ports, second.id!)).toEqual({ undone: 1, kept: 0 });
  });

  it('new bills lie in the bin like deleted ones, and push nothing out of it', async () => {
    const { store, ports } = begin();
    const rent = bill({ owner: { note: '我的' } });
    await store.rewriteBills(() => ({ put: [rent] }));
    const many = Array.from({ length: MOST_BINNED + 5 }, (_, n) =>
      given({ siteId: 'file', account: 'default', key: `file:${n}`, title: `第${n}笔` }),
    );
    const { id } = await importBills(ports, many, false);
    await deleteBill(ports, rent.id);
    await undoImport(ports, id!);
    expect(await store.allBills()).toEqual([]);
    expect(await restoreBill(ports, idOf(many[0]!))).toBe(true);
    expect(await restoreBill(ports, rent.id)).toBe(true);
    expect(await store.bill(rent.id)).toEqual(rent);
  });
});

it('other browsers hear of it: the new bill ends, the changed one gets its former facts', async () => {
  const db = new Database('undo-records');
  const { ports } = portsOver(openStore(db), { now: NOW });
  const [known, added] = [ofCmb('2026-08-26', 50), ofCmb('2026-09-26', 200)];
  await ports.store.rewriteBills(() => ({ put: [storedAs({ ...known, sentAt: NOW - 1 })] }));
  const { id } = await importBills(ports, [{ ...known, remainingFen: 70 as never }, added], false);
  const capture = (now: number) =>
    db.transaction(
      'rw',
      [db.bills, db.ledger, db.acts, db.sites, db.recipes, db.settings, db.records, db.dirty],
      async () => recordRows(db).captureAll(now),
    );
  await capture(NOW);
  await undoImport(ports, id!);
  await capture(NOW + MINUTE_MS);
  const recs = (await db.records.toArray()).filter(({ kind }) => kind === 'bill');
  const ofKey = (key: string) => recs.find((rec) => rec.id.endsWith(key))!;
  expect(isLive(ofKey(added.key))).toBe(false);
  expect(isLive(ofKey(known.key))).toBe(true);
  expect(JSON.stringify(ofKey(known.key).fields)).toContain('50');
});

describe('laws', () => {
  const DUE = ['2026-07-26', '2026-08-26', '2026-09-26', null];
  const fen = fc.constantFrom(null, 0, 100, 250);
  const imported = fc
    .record({
      site: fc.constantFrom('file', 'statement'),
      lender: fc.constantFrom('cmb', 'icbc'),
      card: fc.constantFrom('', 'c7:', 'c8:'),
      dueDay: fc.constantFrom(...DUE),
      remainingFen: fen,
      minimumFen: fen,
      sentAt: fc.constantFrom(null, NOW - 3, NOW - 2),
      note: fc.constantFrom(undefined, '说明'),
    })
    .map(({ site, lender, card, ...part }) => {
      const amounts = { remainingFen: part.remainingFen as never, minimumFen: part.minimumFen as never };
      const dueDay = part.dueDay === null ? null : day(part.dueDay);
      return site === 'file'
        ? given({ ...amounts, dueDay, siteId: 'file', account: 'default', key: `file:${dueDay}`, note: part.note })
        : given({
            ...amounts,
            dueDay,
            account: lender,
            key: `statement:${lender}:${card}${dueDay ?? 'undated'}`,
            sentAt: part.sentAt,
          });
    });
  const owner = fc.constantFrom({}, { paidAt: NOW - 5 }, { mutedAt: NOW - 5 }, { note: '我的', hiddenAt: NOW - 9 });
  const world = fc.record({
    known: fc.array(fc.tuple(imported, owner), { maxLength: 6 }),
    monthly: fc.array(imported, { maxLength: 2 }),
    files: fc.array(imported, { maxLength: 8 }),
    isMonthly: fc.boolean(),
  });
  const started = async ({ known, monthly }: { known: [ImportedBill, Bill['owner']][]; monthly: ImportedBill[] }) => {
    const store = memoryStore();
    const { ports } = portsOver(store, { now: NOW });
    await store.rewriteBills(() => ({
      put: [bill(), ...known.map(([each, marks]) => storedAs(each, { owner: marks }))],
      putStates: monthly.map((each) => monthlyState(storedAs(each), each.account, NOW - MINUTE_MS)),
    }));
    return { store, ports };
  };
  const runs = { numRuns: Number(process.env.LAWS_RUNS ?? 1000) };

  it('an import and its undo leave everything as it was', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ files, isMonthly, ...before }) => {
        const { store, ports } = await started(before);
        const then = await everything(store);
        const { id, added, changed } = await importBills(ports, files, isMonthly);
        if (id) expect(await undoImport(ports, id)).toEqual({ undone: added + changed, kept: 0 });
        else expect((await everything(store)).bills).toEqual(then.bills);
        if (id) expect(await everything(store)).toEqual(then);
      }),
      runs,
    );
  });

  it('a bill that was changed in between is left alone, every other one is as it was before', async () => {
    const deeds = fc.array(
      fc.tuple(fc.nat(9), fc.constantFrom('paid', 'mute', 'hide', 'note', 'delete', 'import' as const)),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(world, deeds, imported, async ({ files, isMonthly, ...before }, done, other) => {
        const { store, ports } = await started(before);
        const then = new Map((await store.allBills()).map((each) => [each.id, each]));
        const { id } = await importBills(ports, files, isMonthly);
        const written = new Map((await store.allBills()).map((each) => [each.id, each]));
        ports.at(NOW + MINUTE_MS);
        for (const [nth, what] of done) {
          const all = await store.allBills();
          const billId = all[nth % Math.max(1, all.length)]?.id ?? '';
          if (what === 'delete') await deleteBill(ports, billId);
          else if (what === 'note') await saveBill(ports, billId, { title: 'x', note: '新' } as never);
          // As a browser that imported another file tells it.
          else if (what === 'import') await store.rewriteBills(() => ({ put: [storedAs(other, { readAt: NOW + 1 })] }));
          else await act(ports, { do: what, billId, via: 'popup' });
        }
        const since = new Map((await store.allBills()).map((each) => [each.id, each]));
        if (!id) return;
        const undone = await undoImport(ports, id);
        const now = new Map((await store.allBills()).map((each) => [each.id, each]));
        let kept = 0;
        for (const key of new Set([...then.keys(), ...written.keys(), ...since.keys(), ...now.keys()])) {
          const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
          const isImports = !same(then.get(key), written.get(key));
          const isTouched = !same(written.get(key), since.get(key));
          expect(now.get(key)).toEqual(isImports && !isTouched ? then.get(key) : since.get(key));
          if (isImports && isTouched && (since.has(key) || then.has(key))) kept++;
        }
        expect(undone?.kept).toBe(kept);
      }),
      runs,
    );
  });
});
