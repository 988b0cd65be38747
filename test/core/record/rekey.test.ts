/** Two accounts that turn out to be one: what the owner typed on either side is still there. */
import { describe, expect, it } from 'vitest';
import { type Bill, isWatched, type OwnerMarks } from '../../../src/core/bill.ts';
import {
  joinedAccount,
  rekeyed,
  renamedAct,
  renamedEntry,
  sameAccounts,
  twinsOf,
} from '../../../src/core/record/rekey.ts';
import type { Account } from '../../../src/core/reminder/expected.ts';
import { actOf, entry } from '../../contracts/store-contract.ts';
import { bill, day, READ_AT } from '../made-up.ts';

const of = (account: string, owner: OwnerMarks) =>
  bill({ id: `made-up/${account}/4711-0815`, account, key: '4711-0815', owner });
const joined = (mine: OwnerMarks, theirs: OwnerMarks) => {
  const { put, remove } = rekeyed([of('mine', mine), of('theirs', theirs)], 'made-up', 'mine', 'theirs');
  expect(remove).toEqual([of('mine', {}).id]);
  return put.map(({ owner }) => owner);
};

it.each([
  ['only here', { note: 'mine' }, {}, { note: 'mine' }],
  ['only there', {}, { note: 'theirs' }, { note: 'theirs' }],
  ['the same', { note: 'same' }, { note: 'same' }, { note: 'same' }],
  ['on both sides', { note: 'mine' }, { note: 'theirs' }, { note: 'theirs\nmine' }],
  ['joined before', { note: 'mine' }, { note: 'theirs\nmine' }, { note: 'theirs\nmine' }],
  [
    'a statement on both sides',
    { statement: 'mine', statementAt: 2 },
    { statement: 'theirs', statementAt: 1 },
    { statement: 'theirs\nmine', statementAt: 2 },
  ],
])('%s', (_, mine, theirs, expected) => {
  expect(joined(mine, theirs)).toEqual([expected]);
});

it.each([
  ['current', {}, 2],
  ['current', { statementDay: day('2026-09-05') }, 1],
  ['statement:2026-09-05', { statementDay: day('2026-09-05') }, 1],
  ['due:2026-09-14', { dueDay: day('2026-09-14') }, 1],
  ['4711-0815', {}, 1],
])('%s: without a day two placeholders may be two months’ %#', (key, days, left) => {
  const each = (account: string, owner: OwnerMarks) =>
    bill({ id: `made-up/${account}/${key}`, account, key, dueDay: null, statementDay: null, ...days, owner });
  const { put, remove } = rekeyed([each('mine', { mutedAt: 1 }), each('theirs', {})], 'made-up', 'mine', 'theirs');
  expect(remove).toHaveLength(2 - left);
  expect(put).toHaveLength(1);
});

describe('two bills that are one debt', () => {
  const HOUR = 3_600_000;
  const twins = (mine: Partial<Bill>, twin: Partial<Bill>, held: string[] = [], isAsked = true) => {
    const [own, other] = [
      { ...of('mine', {}), ...mine },
      { ...of('theirs', {}), ...twin },
    ];
    const { put } = rekeyed([own, other], 'made-up', 'mine', 'theirs', new Set(held.map(() => own.id)), isAsked);
    return put;
  };
  const paid = { owner: { paidAt: 5 } };

  it('the newer reading stays, on either side, and of one promise the earlier', () => {
    const [older, newer] = [
      { title: 'older', readAt: READ_AT, owedSince: READ_AT - HOUR },
      { title: 'newer', readAt: READ_AT + HOUR, owedSince: READ_AT },
    ];
    for (const [mine, twin] of [
      [older, newer],
      [newer, older],
    ] as const)
      expect(twins(mine, twin)).toMatchObject([{ title: 'newer', account: 'theirs', owedSince: READ_AT - HOUR }]);
    const moved = { ...newer, dueDay: day('2026-09-20') };
    expect(twins(older, moved), 'another day is another promise').toMatchObject([{ owedSince: READ_AT }]);
  });

  it('a newer reading without a day takes away none, and no promise of it', () => {
    const dated = {
      dueDay: day('2026-09-14'),
      dueDayIs: 'stated' as const,
      readAt: READ_AT,
      owedSince: READ_AT - HOUR,
    };
    const dayless = { dueDay: null, dueDayIs: 'estimated' as const, readAt: READ_AT + HOUR, owedSince: READ_AT + HOUR };
    const { readAt: _, ...kept } = dated;
    for (const put of [twins(dated, dayless), twins(dayless, dated)]) expect(put).toMatchObject([kept]);
  });

  it('of a mark that both bear the vault’s stays', () => {
    expect(twins({ owner: { paidAt: 3 } }, paid)).toMatchObject([paid]);
  });

  it('one that is silent here, beside one that asks, stays as it is while the owner is asked', () => {
    expect(twins(paid, {}, ['held'])).toMatchObject([{ id: of('mine', {}).id, account: 'theirs', ...paid }]);
  });

  it.each(['paidAt', 'mutedAt', 'hiddenAt'])(
    'one that asks goes on asking while it is held, whatever %s says',
    (mark) => {
      const [bill, ...more] = twins({ owner: { note: 'n' } }, { owner: { [mark]: 5 } }, ['held']);
      expect([bill?.owner, isWatched(bill!), more]).toEqual([{ note: 'n' }, true, []]);
    },
  );

  it('under one word on two days they are two months’, and under one key of two sites two debts', () => {
    const under = (part: Partial<Bill>) => {
      const mine = bill({ id: 'made-up/mine/k', account: 'mine', key: 'current', ...part });
      const twin = bill({ id: 'made-up/theirs/k', account: 'theirs', key: 'current', dueDay: day('2026-10-14') });
      return rekeyed([mine, { ...twin, ...(part.key && { key: part.key }) }], 'made-up', 'mine', 'theirs');
    };
    expect(under({})).toMatchObject({ put: [{ account: 'theirs' }], remove: [] });
    const elsewhere = { id: 'other/mine/4711-0815', siteId: 'other', key: '4711-0815' };
    expect(under(elsewhere)).toMatchObject({ put: [], remove: [] });
    const both = ['mine', 'theirs'].map((account) => bill({ ...elsewhere, account }));
    expect(twinsOf(both, 'made-up', 'mine', 'theirs')).toEqual([]);
  });
});

it('a notice that is named after another bill keeps its name, and so does an act', () => {
  const [mine, other] = ['made-up/mine/1', 'made-up/mine/12'];
  const renamed = new Map([[mine, 'made-up/theirs/1']]);
  const told = entry({ id: `${mine}|r|desktop|b`, reminderId: `${mine}|r`, billId: mine, noticeId: `${other}|r` });
  expect(renamedEntry(told, { renamed })).toEqual({
    ...told,
    id: 'made-up/theirs/1|r|desktop|b',
    reminderId: 'made-up/theirs/1|r',
    billId: 'made-up/theirs/1',
  });
  const act = actOf({ id: `statement|x${mine}`, billId: mine });
  expect(renamedAct(act, { renamed })).toEqual({ ...act, billId: 'made-up/theirs/1' });
});

it('accounts are one by a key that nobody else can have, by a short one only on the same day, and never nobody’s', () => {
  const of = (account: string, key: string, dueDay = '2026-09-14') =>
    bill({ id: `made-up/${account}/${key}`, account, key, dueDay: day(dueDay) });
  const long = '900000000000000101';
  const same = (...bills: Bill[]) => sameAccounts(bills, new Set(['mine'])).map(({ account }) => account);
  expect(same(of('mine', long), of('theirs', long, '2026-10-14'))).toEqual(['theirs']);
  expect(same(of('mine', '3'), of('theirs', '3'))).toEqual(['theirs']);
  expect(same(of('mine', '3'), of('theirs', '3', '2026-09-20'))).toEqual([]);
  expect(same(of('mine', long), of('default', long))).toEqual([]);
  expect(same(of('mine', long), of('default', long), of('theirs', long))).toEqual(['theirs']);
  const least = '900000000001';
  expect(same(of('mine', least), of('theirs', least, '2026-10-14'))).toEqual(['theirs']);
  expect(same(of('mine', 'due:2026-09-14'), of('theirs', 'due:2026-09-14')), 'a day is no key').toEqual([]);
  expect(same(of('mine', 'current'), of('theirs', 'current')), 'nor is a word').toEqual([]);
  const elsewhere = { ...of('theirs', long), siteId: 'other' };
  expect(same(of('mine', long), elsewhere), 'another site’s').toEqual([]);
  expect(same(of('mine', long), of('theirs', long), of('third', long)), 'of two it is nobody’s').toEqual([]);
  const other = '900000000000000202';
  const two = [of('mine', long), of('theirs', long), of('mine', other), of('third', other)];
  expect(same(...two), 'two keys, two people').toEqual([]);
});

describe('what two accounts that are one leave to expect', () => {
  const of = (part: Partial<Account>): Account => ({
    siteId: 'made-up',
    account: 'x',
    lastMonthly: null,
    billsReadAt: null,
    issuedReadAt: null,
    signedOutSince: null,
    ...part,
  });
  const monthly = (dueDay: string) => ({ title: dueDay, statementDay: null, dueDay: day(dueDay) });

  it.each([
    ['only one was read', { lastMonthly: monthly('2026-09-14'), billsReadAt: 5 }, {}],
    ['the later month', { lastMonthly: monthly('2026-09-14'), billsReadAt: 5 }, { lastMonthly: monthly('2026-08-14') }],
    ['the later reading', { lastMonthly: monthly('2026-09-14'), billsReadAt: 5 }, { billsReadAt: 3 }],
    [
      'the later issued bills',
      { lastMonthly: monthly('2026-09-14'), billsReadAt: 5, issuedReadAt: 4 },
      { issuedReadAt: 2 },
    ],
  ])('%s, on either side', (_, one, other) => {
    for (const joined of [joinedAccount(of(one), of(other)), joinedAccount(of(other), of(one))])
      expect(joined).toEqual(of(one));
  });

  it('signed out here stays so, unless a later reading answered it', () => {
    expect(joinedAccount(of({ signedOutSince: 7 }), of({ billsReadAt: 5 })).signedOutSince).toBe(7);
    expect(joinedAccount(of({ signedOutSince: 7 }), of({ billsReadAt: 9 })).signedOutSince).toBeNull();
    expect(joinedAccount(of({ signedOutSince: 7 }), of({ signedOutSince: 6 })).signedOutSince).toBe(6);
    const [earlier, later] = [of({ signedOutSince: 3 }), of({ billsReadAt: 5, signedOutSince: 7 })];
    for (const joined of [joinedAccount(earlier, later), joinedAccount(later, earlier)])
      expect(joined.signedOutSince, 'read once between, and signed out again').toBe(7);
  });
});
