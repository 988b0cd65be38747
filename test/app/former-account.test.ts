import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { takeReading } from '../../src/app/take-reading.ts';
import type { Reading } from '../../src/core/reading.ts';
import { Database } from '../../src/storage/database.ts';
import { openReplica } from '../../src/storage/records.ts';
import { openStore } from '../../src/storage/store.ts';
import { actOf, entry } from '../contracts/store-contract.ts';
import { billsReading, readBill } from '../core/made-up.ts';

const NOW = Date.parse('2026-09-06T10:00:00+08:00');
const ids = { next: () => 'id', hash: async (text: string) => `hash(${text})` };
const under = (salt: string, marker = '甲') => `hash(${salt}|jd-baitiao|${marker})`;

const read = (marker: string | null, ...keys: string[]): Reading => ({
  ...billsReading(
    keys.map((key) => readBill({ key })),
    ['issued'],
  ),
  accountMarker: marker,
});

let count = 0;
function browser() {
  const db = new Database(`former-${++count}`);
  const store = openStore(db);
  const accounts = openReplica(db);
  const take = (reading: Reading) =>
    takeReading({ clock: { now: () => NOW }, store, ids, accounts }, 'jd-baitiao', reading);
  const owners = async () => (await store.allBills()).map(({ key, account }) => `${key} ${account}`).sort();
  return { db, store, accounts, take, owners };
}

it('a bill that was read while nobody was shown takes along what was told and done of it', async () => {
  const { db, store, take } = browser();
  await take(read('甲', '900000000000000101'));
  await take({ ...billsReading([readBill({ key: 'due:2026-09-14' })]) });
  const [own, stray] = (await store.allBills()).sort((a) => (a.account === 'default' ? 1 : -1)).map(({ id }) => id);
  const told = entry({ id: `${stray}|r|desktop|b`, reminderId: `${stray}|r`, billId: stray!, seen: 'acknowledged' });
  await store.record([told]);
  await db.acts.put(actOf({ billId: stray! }));
  await take(read('甲', '900000000000000101'));
  expect((await store.allBills()).map(({ id }) => id)).toEqual([own]);
  expect(await store.ledgerOf([own!])).toMatchObject([{ id: `${own}|r|desktop|b`, seen: 'acknowledged' }]);
  expect(await store.actsOf(own!)).toHaveLength(1);
});

describe('after a salt was taken over', () => {
  it('the page that shows its person brings the former account home, and no bill stands twice', async () => {
    const { store, accounts, take, owners } = browser();
    const own = await store.salt();
    await take(read('甲', '101', '102'));
    await accounts.adoptSalt('the-vault');
    await take(read('甲', '101'));
    expect(await owners()).toEqual([`101 ${under('the-vault')}`, `102 ${under('the-vault')}`]);
    expect((await store.siteStates()).map(({ account }) => account)).toEqual([under('the-vault')]);
    expect(under(own)).not.toBe(under('the-vault'));
  });

  it('every salt of before is tried, and another person keeps their account', async () => {
    const { store, accounts, take, owners } = browser();
    const own = await store.salt();
    await take(read('甲', '101'));
    await take(read('乙', '201'));
    await accounts.adoptSalt('first');
    await accounts.adoptSalt('second');
    await take(read('甲', '101'));
    expect(await owners()).toEqual([`101 ${under('second')}`, `201 ${under(own, '乙')}`]);
    await take(read('乙', '201'));
    expect(await owners()).toEqual([`101 ${under('second')}`, `201 ${under('second', '乙')}`]);
  });

  it('a page that shows nobody joins nothing', async () => {
    const { store, accounts, take, owners } = browser();
    const own = await store.salt();
    await take(read('甲', '101'));
    await accounts.adoptSalt('the-vault');
    await take(read(null, '102'));
    expect(await owners()).toContain(`101 ${under(own)}`);
  });

  it('marks and what was acknowledged are kept', async () => {
    const { db, store, accounts, take } = browser();
    await take(read('甲', '101'));
    const [bill] = await store.allBills();
    await store.mark({ id: 'act', billId: bill!.id, do: 'mute', via: 'popup', at: NOW, until: null }, (owner) => ({
      ...owner,
      note: '工资卡',
    }));
    await accounts.adoptSalt('the-vault');
    await take(read('甲', '101'));
    const all = await store.allBills();
    expect(all.map(({ id, owner }) => [id, owner.note])).toEqual([[bill!.id, '工资卡']]);
    expect(await db.bills.count()).toBe(1);
  });
});
