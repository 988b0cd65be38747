import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { type BillGiven, deleteBill, monthlyState, restoreBill, saveBill } from '../../src/app/edit-bill.ts';
import { importBills } from '../../src/app/import-bills.ts';
import { lookAhead } from '../../src/app/look-ahead.ts';
import { act } from '../../src/app/owner-acts.ts';
import type { Store } from '../../src/app/ports.ts';
import { isPaidDisputed } from '../../src/core/bill.ts';
import type { ImportedBill } from '../../src/core/import/rows.ts';
import type { Fen } from '../../src/core/money.ts';
import { Database } from '../../src/storage/database.ts';
import { openStore } from '../../src/storage/store.ts';
import { at, bill, day, readBill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const NOW = at('2026-08-15 10:00');
const RENT: BillGiven = {
  title: '房租',
  dueDay: day('2026-09-01'),
  remainingFen: 300000 as Fen,
  minimumFen: null,
  statementDay: null,
  note: '',
  isMonthly: false,
};
const statement = (dueDay: string): ImportedBill => ({
  ...readBill({ key: `statement:cmb:${dueDay}`, dueDay: day(dueDay), statementDay: null, source: 'file' }),
  siteId: 'statement',
  account: 'cmb',
});

let databases = 0;
const stores: [string, () => Store][] = [
  ['in memory', () => memoryStore()],
  ['over IndexedDB', () => openStore(new Database(`edit-${++databases}`))],
];

it('a monthly bill speaks for its own month alone, from about when its statement came', () => {
  const since = (dueDay: string, statementDay: string | null) =>
    monthlyState(bill({ dueDay: day(dueDay), statementDay: statementDay ? day(statementDay) : null }), 'a', NOW)
      .issuedReadAt;
  expect(since('2026-08-20', null)).toBe(at('2026-08-11 00:00'));
  expect(since('2026-08-20', '2026-08-03')).toBe(at('2026-08-03 00:00'));
  expect(since('2026-09-20', null)).toBe(NOW);
});

describe.each(stores)('bills by hand, %s', (_, open) => {
  const begin = () => {
    const store = open();
    const { ports } = portsOver(store, { now: NOW });
    const asked = async () => (await lookAhead(ports)).bills.filter((one) => one.asks === 'expected');
    return { store, ports, asked };
  };
  const put = (store: Store, ...bills: ReturnType<typeof bill>[]) => store.rewriteBills(() => ({ put: bills }));

  it('a new bill is watched from now on', async () => {
    const { store, ports } = begin();
    const id = await saveBill(ports, null, RENT);
    expect(await store.watchedBills()).toMatchObject([
      {
        id,
        siteId: 'hand',
        account: 'default',
        source: 'hand',
        family: 'issued',
        title: '房租',
        standing: 'open',
        owedSince: NOW,
      },
    ]);
    expect(await lookAhead(ports).then(({ plan }) => plan.next.length)).toBeGreaterThan(0);
  });

  it('a bill that does not exist is not made by changing it', async () => {
    const { store, ports } = begin();
    expect(await saveBill(ports, 'hand/default/gone', RENT)).toBeNull();
    expect(await store.allBills()).toEqual([]);
  });

  it('what a page said is not overwritten: the note alone', async () => {
    const { store, ports } = begin();
    await put(store, bill());
    await saveBill(ports, bill().id, { ...RENT, note: '问客服' });
    expect(await store.bill(bill().id)).toEqual({ ...bill(), owner: { note: '问客服' } });
    await saveBill(ports, bill().id, RENT);
    expect(await store.bill(bill().id)).toEqual(bill());
  });

  it('the next month typed over the last one is owed again, though the last one was paid', async () => {
    const { store, ports } = begin();
    const id = (await saveBill(ports, null, RENT))!;
    await act(ports, { do: 'paid', billId: id, via: 'dashboard' });
    await saveBill(ports, id, { ...RENT, note: '现金' });
    expect(await store.watchedBills()).toEqual([]);
    ports.at(NOW + 1000);
    await saveBill(ports, id, { ...RENT, dueDay: day('2026-10-01') });
    const [watched] = await store.watchedBills();
    expect(watched).toMatchObject({ dueDay: '2026-10-01', owedSince: NOW + 1000, owner: {} });
    expect(isPaidDisputed(watched!)).toBe(false);
  });

  it('another day is not silenced by a mute of the last one; a day that only became known is', async () => {
    const { store, ports } = begin();
    const id = (await saveBill(ports, null, { ...RENT, dueDay: null }))!;
    await act(ports, { do: 'mute', billId: id, via: 'dashboard' });
    await saveBill(ports, id, RENT);
    await saveBill(ports, id, { ...RENT, note: '现金' });
    expect(await store.watchedBills()).toEqual([]);
    await saveBill(ports, id, { ...RENT, dueDay: day('2026-10-01') });
    expect(await store.watchedBills()).toMatchObject([{ dueDay: '2026-10-01', owner: {} }]);
  });

  it('monthly: the next one is asked for, until it is not monthly or not there', async () => {
    const { ports, asked } = begin();
    const id = (await saveBill(ports, null, { ...RENT, isMonthly: true }))!;
    expect((await asked()).map(({ dueDay }) => dueDay)).toContain('2026-10-01');
    await saveBill(ports, id, RENT);
    expect(await asked()).toEqual([]);
    await saveBill(ports, id, { ...RENT, isMonthly: true });
    await deleteBill(ports, id);
    expect(await asked()).toEqual([]);
    await restoreBill(ports, id);
    expect((await asked()).map(({ dueDay }) => dueDay)).toContain('2026-10-01');
  });

  it('deleted and brought back as it was, once', async () => {
    const { store, ports } = begin();
    const known = bill({ owner: { note: '旧', mutedAt: NOW } });
    await put(store, known);
    expect(await deleteBill(ports, known.id)).toBe(true);
    expect(await deleteBill(ports, known.id)).toBe(false);
    expect(await store.allBills()).toEqual([]);
    expect(await restoreBill(ports, known.id)).toBe(true);
    expect(await store.bill(known.id)).toEqual(known);
    expect(await restoreBill(ports, known.id)).toBe(false);
  });

  it('several deleted ones wait side by side, whatever is written meanwhile', async () => {
    const { store, ports } = begin();
    const [one, other] = [(await saveBill(ports, null, RENT))!, (await saveBill(ports, null, RENT))!];
    for (const id of [one, other]) await deleteBill(ports, id);
    await saveBill(ports, null, RENT);
    for (const id of [one, other]) expect(await restoreBill(ports, id)).toBe(true);
    expect(await store.watchedBills()).toHaveLength(3);
  });

  it('a bill that a page read again meanwhile is not replaced by the deleted one', async () => {
    const { store, ports } = begin();
    await put(store, bill());
    await deleteBill(ports, bill().id);
    const again = bill({ remainingFen: 5 as Fen });
    await put(store, again);
    expect(await restoreBill(ports, bill().id)).toBe(false);
    expect(await store.bill(bill().id)).toEqual(again);
  });

  it('importing twice is importing once, and the owner keeps the last word', async () => {
    const { store, ports } = begin();
    const bills = [statement('2026-08-26'), statement('2026-09-26')];
    expect(await importBills(ports, bills, false)).toMatchObject({ added: 2, changed: 0 });
    await act(ports, { do: 'paid', billId: 'statement/cmb/statement:cmb:2026-08-26', via: 'dashboard' });
    const before = await store.allBills();
    ports.at(NOW + 1000);
    expect(await importBills(ports, bills, false)).toEqual({ id: null, added: 0, changed: 0 });
    expect(await store.allBills()).toEqual(before);
  });

  it("a lender's next statement is asked for when the owner wants it, and until the last one is deleted", async () => {
    const { ports, asked } = begin();
    await importBills(ports, [{ ...statement('2026-08-20'), account: 'abc' }], true);
    await importBills(ports, [statement('2026-08-26'), statement('2026-07-26')], true);
    expect((await asked()).map(({ account, dueDay }) => [account, dueDay])).toContainEqual(['cmb', '2026-09-26']);
    await deleteBill(ports, 'statement/cmb/statement:cmb:2026-07-26');
    expect(await asked()).not.toEqual([]);
    await deleteBill(ports, 'statement/cmb/statement:cmb:2026-08-26');
    expect(new Set((await asked()).map(({ account }) => account))).toEqual(new Set(['abc']));
  });

  it('nothing is kept when the change throws in the middle', async () => {
    const { store } = begin();
    await expect(
      store.rewriteBills(() => {
        throw new Error('made up');
      }),
    ).rejects.toThrow('made up');
    expect(await store.allBills()).toEqual([]);
  });
});
