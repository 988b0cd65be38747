/** Two accounts that turn out to be one: what the owner typed on either side is still there. */
import { expect, it } from 'vitest';
import type { OwnerMarks } from '../../../src/core/bill.ts';
import { rekeyed } from '../../../src/core/record/rekey.ts';
import { bill } from '../made-up.ts';

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
