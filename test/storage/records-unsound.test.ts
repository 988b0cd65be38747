/** What another version or a damaged machine sends under a name that is known here: kept, passed on, and never a bill of its own. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { canonical, type Json, keyOf, type Rec, soundRec } from '../../src/core/record/record.ts';
import { put } from '../contracts/store-contract.ts';
import { at, bill } from '../core/made-up.ts';
import { browser, wholeOf } from './replicas.ts';

const NOW = at('2026-09-12 09:00');
const STAMP = `${NOW.toString(16).padStart(12, '0')}-0000-other`;
const ID = 'made-up/default/k1';
const ACK_ID = `${ID}|due-today|2026-09-14|10|desktop|other`;

/** As `JSON.parse` gives them, numbers without an end too. */
const UNSOUND: readonly [string, Json][] = [
  ['a number', 7],
  ['a sum below nothing', -5],
  ['a number without an end', JSON.parse('1e400')],
  ['a text', 'abc'],
  ['a day that no month has', '2026-02-30'],
  ['yes', true],
  ['an object', { a: 1 }],
  ['a list', ['x', null, 3]],
  ['a long text', 'x'.repeat(100_000)],
];

const KNOWN: Record<string, { id: string; fields: readonly string[] }> = {
  bill: {
    id: ID,
    fields: ['account', 'owed', 'paidAt', 'mutedAt', 'snooze', 'note', 'statement', 'rules', 'of-tomorrow'],
  },
  ack: { id: ACK_ID, fields: ['ack'] },
  rules: { id: 'rules', fields: ['leadDays', 'beforeHour', 'dueHours', 'overdueHour', 'quiet', 'zone', 'since'] },
  recipe: { id: 'r', fields: ['recipe'] },
  site: { id: 'made-up/default', fields: ['lastMonthly'] },
  channel: { id: 'c', fields: ['setting'] },
  channels: { id: 'channels', fields: ['order', 'patience'] },
};

describe.each(UNSOUND)('%s in every field', (_, value) => {
  it('ends no merge, is kept as it came, and takes no bill out of sight', async () => {
    const b = browser();
    await put(b.store, bill());
    await b.replica.shareChannels(true, NOW - 1000);
    const sent = Object.entries(KNOWN).map(([kind, { id, fields }]): Rec => {
      const given = fields.map((name) => [name, [value, STAMP] as const]);
      return soundRec({ kind, id, fields: Object.fromEntries(given) })!;
    });
    await b.replica.absorb(structuredClone(sent), { now: NOW });
    await b.replica.recheck();
    expect((await b.replica.capture(NOW + 1)).changed).toBe(0);
    const after = new Map((await wholeOf(b)).map((rec) => [keyOf(rec), rec]));
    for (const rec of sent)
      for (const name in rec.fields)
        expect(canonical(after.get(keyOf(rec))?.fields[name]?.[0]) === canonical(value), name).toBe(true);
    const found = await b.store.bill(ID);
    for (const fen of [found?.remainingFen, found?.totalFen, found?.minimumFen])
      expect(fen === null || Number.isSafeInteger(fen)).toBe(true);
    const [rules, states, channels] = [b.store.rules(), b.store.siteStates(), b.store.channels()];
    await expect(Promise.all([rules, states, channels])).resolves.toHaveLength(3);
    // A mark that is a moment is the owner's own word, whatever moment it tells.
    const isMoment = typeof value === 'number' && Number.isFinite(value);
    expect((await b.store.watchedBills()).map(({ id }) => id)).toEqual(isMoment ? [] : [ID]);
  });
});

it.each(UNSOUND)('%s as a fact of the page makes it unknown', async (_, value) => {
  const b = browser();
  const facts = ['dueDay', 'statementDay', 'totalFen', 'remainingFen', 'minimumFen', 'overdueFeeFen', 'standing'];
  for (const name of facts) {
    const {
      id,
      account: __,
      owedSince: ___,
      owner: ____,
      ...page
    } = bill({ key: name, id: `made-up/default/${name}` });
    const fields = { page: [{ ...page, [name]: value } as unknown as Json, STAMP] as const };
    await b.replica.absorb([{ kind: 'bill', id, fields }], { now: NOW });
    const isAmount = value === 7 && name.endsWith('Fen');
    expect((await b.store.bill(id))?.[name as 'totalFen'], name).toBe(
      isAmount ? 7 : name === 'standing' ? 'unknown' : null,
    );
  }
  expect((await b.store.watchedBills()).length).toBe(facts.length);
});
