/** A restored backup, and what it ends: the owner sees every bill of it before they say yes, however it comes to end. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportPlan } from '../../src/app/backup-ports.ts';
import { type Bill, isWatched } from '../../src/core/bill.ts';
import { HOUR_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import { isUnusual } from '../../src/core/record/failsafe.ts';
import { endingIn } from '../../src/storage/backup-plan.ts';
import { openBackups } from '../../src/wire/backup.ts';
import { actOf, entry, state } from '../contracts/store-contract.ts';
import { bill, READ_AT } from '../core/made-up.ts';
import { emptyDatabase, NOW, named, read, text, type World } from './full-database.ts';
import { send, wholeOf } from './replicas.ts';

const of = (account: string, key: string, part: Partial<Bill> = {}): Bill =>
  bill({ key, account, id: `made-up/${account}/${key}`, ...part });

async function salted(salt: string, account: string, bills: readonly Bill[]): Promise<World> {
  const world = emptyDatabase();
  await world.db.settings.put({ name: 'salt', value: salt });
  await world.store.takeReading('made-up', account, () => ({ bills, state: state({ account }) }));
  return world;
}

const askingOf = async ({ store }: World): Promise<string[]> =>
  (await store.allBills())
    .filter(isWatched)
    .map(({ key }) => key)
    .sort();
const ends = ({ changes }: ImportPlan) =>
  changes
    .filter(({ what }) => what !== 'new' && what !== 'changed')
    .map(({ billId, what }) => `${billId.split('/').at(-1)} ${what}`)
    .sort();

const KEYS = ['J1', 'J2', 'J3', 'J4', 'J5'];
const SILENT: Readonly<Record<string, Partial<Bill>>> = {
  paid: { owner: { paidAt: READ_AT + 1 } },
  mute: { owner: { mutedAt: READ_AT + 1 } },
  settle: { remainingFen: 0 as Fen, standing: 'settled', readAt: READ_AT + HOUR_MS },
};
const both = async (part: Partial<Bill>): Promise<[World, World]> => [
  await salted(
    'of-a',
    'hash-a',
    KEYS.map((key) => of('hash-a', key, part)),
  ),
  await salted(
    'of-b',
    'hash-b',
    KEYS.map((key) => of('hash-b', key)),
  ),
];

describe('a backup of another salt, whose bills turn out to be those that stand here', () => {
  it.each(Object.entries(SILENT))('%s: is not taken without a yes to exactly these', async (what, part) => {
    const [a, b] = await both(part);
    const [file, before] = [read(await text(a)), await text(b)];
    const plan = await b.door.preview('merge', file, null, NOW + 1);
    expect([plan.asks, ends(plan)]).toEqual([true, KEYS.map((key) => `${key} ${what}`)]);
    expect([plan.added, plan.changed, plan.same]).toEqual([0, 5, 0]);
    expect(await b.door.apply('merge', file, null, NOW + 1, false)).toBeNull();
    expect([await text(b), await askingOf(b)]).toEqual([before, KEYS]);
    expect(ends((await b.door.apply('merge', file, null, NOW + 1, true))!)).toEqual(ends(plan));
    expect(await askingOf(b)).toEqual([]);
  });

  it('that say no more than what is known become one, and none counts as deleted', async () => {
    const [a, b] = await both({});
    await b.store.record([entry({ id: 'made-up/hash-b/J1|r|desktop|b', billId: 'made-up/hash-b/J1' })]);
    const plan = await b.door.apply('merge', read(await text(a)), null, NOW + 1, false);
    expect([plan?.added, plan?.changed, plan?.same, plan && ends(plan)]).toEqual([0, 0, 5, []]);
    expect((await b.store.allBills()).map(({ account }) => account)).toEqual(KEYS.map(() => 'hash-b'));
  });

  it('the vault hears of it: the bills that became one are told as gone', async () => {
    const [a, b] = await both({ owner: { note: 'of a' } });
    await b.door.apply('merge', read(await text(a)), null, NOW + 1, false);
    await b.replica.capture(NOW + 2);
    const { recs } = await b.replica.pendingSince(0);
    const told = (id: string) => recs.find((rec) => rec.id === id);
    expect(told('made-up/hash-a/J1')).toMatchObject({ fields: {}, gone: expect.any(String) });
    expect(told('made-up/hash-b/J1')?.fields.note?.[0]).toBe('of a');
  });

  it('a write that fails while they become one leaves everything as it was', async () => {
    const [a, b] = await both(SILENT.paid!);
    const [file, before] = [read(await text(a)), await text(b)];
    b.db.bills.hook('deleting', () => {
      throw new Error('the disk is full');
    });
    await expect(b.door.apply('merge', file, null, NOW + 1, true)).rejects.toThrow();
    expect(await text(b)).toBe(before);
  });

  it('whatever two histories hold: no import ends more than the share, unasked, and the preview names all that ends', async () => {
    const standing = fc.constantFrom('none', 'open', 'paid', 'mute', 'settle');
    const parts: Readonly<Record<string, Partial<Bill>>> = { ...SILENT, open: {} };
    const debts = fc.array(fc.record({ here: standing, there: standing }), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(debts, fc.boolean(), async (all, isAllowed) => {
        const bills = (account: string, side: 'here' | 'there') =>
          all.flatMap((each, index) =>
            each[side] === 'none' ? [] : [of(account, `J${index}`, parts[each[side]] as Partial<Bill>)],
          );
        const a = await salted('of-a', 'hash-a', bills('hash-a', 'there'));
        const b = await salted('of-b', 'hash-b', bills('hash-b', 'here'));
        const file = read(await text(a));
        const before = await askingOf(b);
        const plan = await b.door.preview('merge', file, null, NOW + 1);
        const done = await b.door.apply('merge', file, null, NOW + 1, isAllowed);
        const still = new Set(await askingOf(b));
        const ended = before.filter((key) => !still.has(key)).sort();
        if (!isAllowed) expect(isUnusual(ended.length, before.length)).toBe(false);
        if (done) expect(ends(plan).map((each) => each.split(' ')[0])).toEqual(ended);
        else expect(ended).toEqual([]);
        a.db.close();
        b.db.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe('the yes', () => {
  const many = (count: number, owner: Bill['owner'] = {}) =>
    Array.from({ length: count }, (_, n) => named(`m${n}`, { owner }));
  const holding = async (bills: readonly Bill[]): Promise<World> => {
    const world = emptyDatabase();
    await world.store.rewriteBills(() => ({ put: bills }));
    return world;
  };

  it('is said to every bill that ends, however many: none is cut from the list', async () => {
    const [a, b] = [await holding(many(700, { paidAt: NOW })), await holding(many(700))];
    const plan = await b.door.preview('merge', read(await text(a)), null, NOW + 1);
    expect(ends(plan)).toHaveLength(700);
  });

  it.each(['merge', 'replace'] as const)('%s: does not hold for a bill that was not shown', async (mode) => {
    const [a, b] = [await holding(many(12, { paidAt: NOW })), await holding(many(11))];
    const file = read(await text(a));
    const shown = endingIn(await b.door.preview(mode, file, null, NOW + 1));
    await b.store.rewriteBills(() => ({ put: [named('m11'), ...(mode === 'replace' ? [named('read since')] : [])] }));
    const before = await askingOf(b);
    expect(await b.door.apply(mode, file, null, NOW + 2, true, shown)).toBeNull();
    expect(await askingOf(b)).toEqual(before);
    const again = endingIn(await b.door.preview(mode, file, null, NOW + 3));
    expect(await b.door.apply(mode, file, null, NOW + 3, true, again)).not.toBeNull();
    expect(await askingOf(b)).toEqual([]);
  });
});

describe('a backup that replaces all, in a vault', () => {
  const KEPT = ['x1', 'x2', 'x3', 'x4'];
  const there = async (): Promise<[World, World]> => {
    const [a, b] = [emptyDatabase(), emptyDatabase()];
    for (const each of [a, b]) await each.store.rewriteBills(() => ({ put: KEPT.map((key) => named(key)) }));
    return [a, b];
  };
  const paid = async ({ store }: World, now: number) => {
    for (const key of KEPT)
      await store.mark(actOf({ id: `${key}-${now}`, billId: named(key).id, at: now }), () => ({ paidAt: now }));
  };

  it('answers what the failsafe asks: both browsers have what the file says', async () => {
    const [a, b] = await there();
    const file = (await b.door.take(NOW)).backup;
    await paid(a, NOW + 1);
    await send(a, b, NOW + 2);
    expect(await b.replica.held()).toHaveLength(4);
    await b.door.apply('replace', file, null, NOW + 3, true);
    expect([await askingOf(b), await b.replica.held()]).toEqual([KEPT, []]);
    await send(b, a, NOW + 4);
    await send(a, b, NOW + 5);
    expect([await askingOf(a), await askingOf(b)]).toEqual([KEPT, KEPT]);
    expect(await wholeOf(a)).toEqual(await wholeOf(b));
  });

  it('loses nothing of what waits for the clock', async () => {
    const [a, b] = await there();
    const file = (await b.door.take(NOW)).backup;
    await paid(a, NOW + HOUR_MS);
    await a.replica.capture(NOW + HOUR_MS);
    await b.replica.absorb(structuredClone(await wholeOf(a)), { now: NOW + 1 });
    await b.door.apply('replace', file, null, NOW + 2, true);
    await b.replica.absorb([], { now: NOW + HOUR_MS });
    expect(await b.replica.held()).toHaveLength(4);
  });
});

describe('undoing an import', () => {
  const imported = async () => {
    const [a, b] = [emptyDatabase(), emptyDatabase()];
    await a.store.rewriteBills(() => ({ put: [named('of-a'), named('both', { owner: { paidAt: NOW } })] }));
    await b.store.rewriteBills(() => ({ put: [named('of-b'), named('both')] }));
    const backups = openBackups((async () => ({ ok: true })) as never, { db: b.db, now: () => NOW + 1 });
    const file = new File([await text(a)], 'backup.json');
    const opened = await backups.open(file, null);
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    const done = await backups.take(opened, 'merge', false);
    if (done.kind !== 'done') throw new Error(done.kind);
    return { b, backups, done };
  };

  it('ends what the import brought', async () => {
    const { b, backups, done } = await imported();
    expect(await askingOf(b)).toEqual(['of-a', 'of-b']);
    expect(await backups.undo(done)).toBe('undone');
    expect(await askingOf(b)).toEqual(['both', 'of-b']);
  });

  it.each([
    ['was read since', named('since')],
    ['is owed again since', named('of-b', { readAt: NOW + 9 })],
  ])('does not end a bill that %s', async (_, since) => {
    const { b, backups, done } = await imported();
    if (since.key === 'of-b') {
      // Settled before the import, as the state to go back to has it.
      const bills = done.before.backup.bills.map((each) =>
        each.key === 'of-b' ? { ...each, remainingFen: 0 as Fen, standing: 'settled' as const } : each,
      );
      Object.assign(done.before.backup, { bills });
      Object.assign(done.plan, { asking: done.plan.asking.filter((id) => id !== since.id) });
    }
    await b.store.rewriteBills(() => ({ put: [since] }));
    const before = await text(b);
    expect(await backups.undo(done)).toBe('ends');
    expect(await text(b)).toBe(before);
  });
});

describe('silent on this browser alone', () => {
  it('of the browser that wrote the file: the one that takes it reminds; its own mark stays', async () => {
    const [a, b] = [emptyDatabase(), emptyDatabase()];
    const hidden = { owner: { hiddenAt: NOW, note: 'kept' } };
    await a.store.rewriteBills(() => ({ put: [named('x', hidden), named('y')] }));
    await b.store.rewriteBills(() => ({ put: [named('y', hidden)] }));
    const file = read(await text(a));
    await b.door.apply('merge', file, null, NOW + 1, false);
    expect((await b.store.bill(named('x').id))?.owner).toEqual({ note: 'kept' });
    expect((await b.store.watchedBills()).map(({ key }) => key)).toEqual(['x']);
    expect((await b.store.bill(named('y').id))?.owner.hiddenAt).toBe(NOW);
    await a.door.apply('replace', file, null, NOW + 1, true);
    expect((await a.store.bill(named('x').id))?.owner).toEqual(hidden.owner);
  });
});

it('a backup that an editor saved in another encoding is damaged, not half of its words', async () => {
  const a = emptyDatabase();
  await a.store.rewriteBills(() => ({ put: [named('open', { title: '京东白条' })] }));
  const parts = (await text(a)).split('京东白条');
  const gbk = new Uint8Array([0xbe, 0xa9, 0xb6, 0xab, 0xb0, 0xd7, 0xcc, 0xf5]);
  const backups = openBackups((async () => ({ ok: true })) as never, { db: emptyDatabase().db, now: () => NOW });
  const file = new File(parts.flatMap((part) => [part, gbk]).slice(0, -1), 'backup.json');
  expect(await backups.open(file, null)).toEqual({ kind: 'refused', code: 'damaged' });
});
