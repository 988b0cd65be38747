/** A database that the browser emptied without a word comes back from its copy, and the owner is told. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { readBackup } from '../../src/app/backup-file.ts';
import { saveBill } from '../../src/app/edit-bill.ts';
import { lookAhead } from '../../src/app/look-ahead.ts';
import { mindSpare, type SparePlace, type SpareSource } from '../../src/app/spare.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import { soundLost } from '../../src/core/lost.ts';
import { isRecipe } from '../../src/messages/recipe.ts';
import { openSpareSource } from '../../src/storage/spare.ts';
import { openStore } from '../../src/storage/store.ts';
import { actOf, entry, state } from '../contracts/store-contract.ts';
import { day } from '../core/made-up.ts';
import { emptyDatabase, fill, NOW, named, read, text, type World } from '../storage/full-database.ts';
import { portsOver } from './ports-over.ts';

interface MemoryPlace extends SparePlace {
  text: string | null;
  writes: number;
  isFull: boolean;
  unread: number | null;
}

const full = () => Promise.reject(new DOMException('made up', 'QuotaExceededError'));

function memoryPlace(): MemoryPlace {
  const place: MemoryPlace = {
    text: null,
    writes: 0,
    isFull: false,
    unread: null,
    unreadSince: async () => place.unread,
    keepUnread: async (since) => {
      place.unread = since;
    },
    firstLine: async () => place.text?.split('\n', 1)[0] ?? null,
    read: async () => place.text,
    write: async (next) => {
      if (place.isFull) return full();
      place.text = next;
      place.writes++;
    },
  };
  return place;
}

function minding({ db, store }: World, place: SparePlace, otherwise: Partial<SpareSource> = {}) {
  const { ports, warnings } = portsOver(store, { now: NOW });
  const hash = async (given: string): Promise<string> => `${given.length}:${given}`;
  const source = { ...openSpareSource(db), ...otherwise };
  const doors = { ...ports, ids: { ...ports.ids, hash }, place, source, isRecipe };
  const mind = (now: number): Promise<boolean> => {
    ports.at(now);
    return mindSpare(doors);
  };
  return { mind, ports, warnings };
}

/** Filled, with a name of its own, and copied. */
async function copied(place: SparePlace): Promise<World> {
  const world = emptyDatabase();
  await fill(world);
  await world.store.deviceId();
  expect(await minding(world, place).mind(NOW)).toBe(false);
  return world;
}

const LATER = NOW + 3 * HOUR_MS;

describe('a database that was lost', () => {
  it('comes back whole with the channels’ keys, and says what it held', async () => {
    const place = memoryPlace();
    const before = await copied(place);
    const after = emptyDatabase();
    const { mind } = minding(after, place);
    expect(await mind(LATER)).toBe(true);

    // Silent on one browser alone is not taken from a file.
    await before.db.bills.delete(named('hidden').id);
    await after.db.bills.delete(named('hidden').id);
    const { records: _a, exportedAt: _b, ...was } = read(await text(before, LATER));
    const { records: _c, exportedAt: _d, ...is } = read(await text(after, LATER));
    expect(is).toEqual(was);
    expect((await after.store.channels()).list.map(({ values, confirmedAt }) => [values, confirmedAt])).toEqual(
      (await before.store.channels()).list.map(({ values, confirmedAt }) => [values, confirmedAt]),
    );
    expect((await after.store.calendar()).account).toEqual((await before.store.calendar()).account);
    expect(await after.store.lost()).toEqual({ at: LATER, copiedAt: NOW, bills: 9, wasSyncing: false });
  });

  it('is brought back once: from then on it is the one that is copied', async () => {
    const place = memoryPlace();
    await copied(place);
    const after = emptyDatabase();
    const { mind } = minding(after, place);
    await mind(LATER);
    await after.store.saveLost(null);
    await after.store.rewriteBills(() => ({ remove: [named('open').id] }));
    expect(await mind(LATER + 1)).toBe(false);
    expect(await after.store.bill(named('open').id)).toBeUndefined();
    expect(await after.store.lost()).toBeNull();
    expect(place.text).not.toContain(`"${named('open').id}"`);
  });

  it('keeps what was read or typed before the copy was found, and gets back the rest', async () => {
    const place = memoryPlace();
    await copied(place);
    const after = emptyDatabase();
    const newer = named('open', { title: 'read anew', readAt: LATER });
    await after.store.rewriteBills(() => ({ put: [newer, named('new')] }));
    await after.store.deviceId();
    await minding(after, place).mind(LATER);
    expect((await after.store.bill(newer.id))?.title).toBe('read anew');
    expect(await after.store.bill(named('new').id)).toBeDefined();
    expect(await after.store.bill(named('noted').id)).toBeDefined();
  });

  it('gets back the owner’s word on all bills that were read anew', async () => {
    const place = memoryPlace();
    const before = emptyDatabase();
    const bills = [1, 2, 3, 4, 5, 6].map((key) => named(`bill-${key}`));
    const muted = bills.map((bill) => ({ ...bill, owner: { mutedAt: NOW - 1 } }));
    await before.store.rewriteBills(() => ({ put: muted }));
    await minding(before, place).mind(NOW);
    const after = emptyDatabase();
    await after.store.rewriteBills(() => ({ put: bills.map((bill) => ({ ...bill, readAt: LATER })) }));
    await minding(after, place).mind(LATER);
    expect(await after.store.watchedBills()).toEqual([]);
  });

  it('changes nothing more when it died before it could say that it is back', async () => {
    const place = memoryPlace();
    await copied(place);
    const after = emptyDatabase();
    expect(await minding(after, place, { adopt: full }).mind(LATER)).toBe(false);
    const first = await text(after, LATER);
    const { mind } = minding(after, place);
    expect(await mind(LATER)).toBe(true);
    expect(await text(after, LATER)).toBe(first);
    expect(await after.store.lost()).toMatchObject({ copiedAt: NOW, bills: 9 });
    expect(await mind(LATER + 1)).toBe(false);
  });

  // The store knows its name by heart.
  it.each<[string, (text: string) => string]>([
    ['comes back once and is told once', (text) => text],
    ['is told once, though nothing is left of the copy', (text) => '\0'.repeat(text.length)],
  ])('under a background that goes on %s', async (_how, damaged) => {
    const place = memoryPlace();
    const world = await copied(place);
    place.text = damaged(place.text!);
    await Promise.all(world.db.tables.map((table) => table.clear()));
    const { mind } = minding(world, place);
    expect(await mind(LATER)).toBe(true);
    await world.store.saveLost(null);
    for (const minutes of [1, 2, 61]) expect(await mind(LATER + minutes * MINUTE_MS)).toBe(false);
    expect(await world.store.lost()).toBeNull();
    expect(await minding({ ...world, store: openStore(world.db) }, place).mind(LATER + 5 * HOUR_MS)).toBe(false);
  });

  it('comes back once although the disk is full, and the copy stays until there is another', async () => {
    const place = memoryPlace();
    await copied(place);
    const old = place.text;
    const after = emptyDatabase();
    place.isFull = true;
    const { mind } = minding(after, place);
    expect(await mind(LATER)).toBe(true);
    await after.store.saveLost(null);
    await after.store.rewriteBills(() => ({ remove: [named('open').id] }));
    for (const minutes of [1, 2]) expect(await mind(LATER + minutes * MINUTE_MS)).toBe(false);
    expect([await after.store.lost(), await after.store.bill(named('open').id)]).toEqual([null, undefined]);
    expect(place.text).toBe(old);
    place.isFull = false;
    await mind(LATER + 3 * MINUTE_MS);
    const again = emptyDatabase();
    expect(await minding(again, place).mind(LATER + HOUR_MS)).toBe(true);
    expect(await again.store.lost()).toMatchObject({ copiedAt: LATER + 3 * MINUTE_MS, bills: 8 });
  });

  it.each([
    ['cannot be brought back', { bringBack: full }, {}],
    ['cannot be read', {}, { read: full }],
    ['never comes', {}, { read: () => new Promise<never>(() => undefined) }],
  ])('of which the copy %s is told, and tried again', async (_how, source, broken) => {
    const place = memoryPlace();
    await copied(place);
    const old = place.text;
    const after = emptyDatabase();
    const { mind, warnings } = minding(after, { ...place, ...broken }, source);
    const untold = { at: LATER, copiedAt: null, bills: 0, wasSyncing: false };
    for (const minutes of [0, 1]) {
      expect(await mind(LATER + minutes * MINUTE_MS)).toBe(false);
      expect(await after.store.lost()).toEqual(untold);
    }
    expect(warnings).toEqual(['spare-failed', 'spare-failed']);
    expect(place.text).toBe(old);
    expect(await minding(after, place).mind(LATER + 2 * MINUTE_MS)).toBe(true);
    expect(await after.store.lost()).toMatchObject({ copiedAt: NOW, bills: 9 });
  });

  it('says again what the other database had said, but not what the owner had heard', async () => {
    const place = memoryPlace();
    const before = emptyDatabase();
    const [due, heard] = ['due', 'heard'].map((key) => named(key, { dueDay: day('2026-09-12') }));
    await before.store.rewriteBills(() => ({ put: [due!, heard!] }));
    const device = await before.store.deviceId();
    const told = async ({ ports }: Pick<ReturnType<typeof minding>, 'ports'>) => {
      const { plan } = await lookAhead(ports);
      return plan.due.filter(({ kind }) => kind === 'due-today');
    };
    const { mind, ports } = minding(before, place);
    ports.at(LATER - HOUR_MS);
    const first = await told({ ports });
    expect(first.map(({ billId }) => billId)).toEqual([due!.id, heard!.id]);
    await before.store.record(
      first.map(({ id, billId, kind, day, at }) =>
        entry({
          ...{ id: `${id}|desktop|${device}`, reminderId: id, billId, kind, day, device, plannedAt: at },
          ...{
            firedAt: LATER - HOUR_MS,
            seen: billId === heard!.id ? 'acknowledged' : 'closed',
            seenAt: LATER - HOUR_MS,
          },
        }),
      ),
    );
    expect(await told({ ports })).toEqual([]);
    await mind(LATER - HOUR_MS);
    const again = minding(emptyDatabase(), place);
    await again.mind(LATER);
    expect((await told(again)).map(({ billId }) => billId)).toEqual([due!.id]);
  });

  it.each<[string, (text: string) => string]>([
    ['of something else', (text) => `${text.split('\n')[0]}\nnothing\nof ours`],
    ['nothing but the first line', (text) => text.split('\n')[0]!],
    ['cut in the middle', (text) => text.slice(0, text.length / 2)],
    ['no text', (text) => `${text.split('\n')[0]}\n${'\ufffd'.repeat(3000)}`],
  ])('is told, though the copy is %s; and the next copy is of what is here', async (_what, damaged) => {
    const place = memoryPlace();
    await copied(place);
    place.text = damaged(place.text!);
    const after = emptyDatabase();
    const { mind } = minding(after, place);
    expect(await mind(LATER)).toBe(true);
    expect(await after.store.lost()).toEqual({ at: LATER, copiedAt: null, bills: 0, wasSyncing: false });
    await after.store.rewriteBills(() => ({ put: [named('again')] }));
    expect(await mind(LATER + 1)).toBe(false);
    expect(place.text).toContain(named('again').id);
  });

  it('says that it synced: the key of a vault is in no copy', async () => {
    const place = memoryPlace();
    const before = await copied(place);
    await before.store.changeSync((sync) => ({ ...sync, place: { kind: 'area' } }));
    await minding(before, place).mind(NOW + 1);
    const after = emptyDatabase();
    await minding(after, place).mind(LATER);
    expect(await after.store.lost()).toMatchObject({ wasSyncing: true });
    expect((await after.store.sync()).place).toBeNull();
  });

  it('asks for the owner in a notice until they have seen it', async () => {
    const place = memoryPlace();
    await copied(place);
    const after = emptyDatabase();
    const { mind, ports } = minding(after, place);
    await mind(LATER);
    const asked = async () => (await lookAhead(ports)).plan.due.map(({ billId }) => billId.split('/')[0]);
    expect(await asked()).toContain('duly-lost');
    await after.store.saveLost(null);
    expect(await asked()).not.toContain('duly-lost');
  });
});

describe('a database that the browser leaves damaged, and cannot open', () => {
  const QUARTER_MS = 15 * MINUTE_MS;
  /** Refuses by `name` until it is emptied. */
  function damaged(world: World, name: string) {
    const real = openSpareSource(world.db);
    let isDamaged = true;
    const source: Partial<SpareSource> = {
      look: () => (isDamaged ? Promise.reject(new DOMException('made up', name)) : real.look()),
      empty: async () => {
        isDamaged = false;
        await real.empty();
      },
    };
    return { source, isEmptied: () => !isDamaged };
  }

  it('is begun anew from the copy when that has gone on for a quarter of an hour', async () => {
    const place = memoryPlace();
    await copied(place);
    const after = emptyDatabase();
    await after.store.rewriteBills(() => ({ put: [named('unreadable')] }));
    const { source, isEmptied } = damaged(after, 'UnknownError');
    const { mind, warnings } = minding(after, place, source);
    expect(await mind(LATER)).toBe(false);
    expect(await mind(LATER + QUARTER_MS - 1)).toBe(false);
    expect(isEmptied()).toBe(false);
    expect(await mind(LATER + QUARTER_MS)).toBe(true);
    expect(warnings).toEqual(['spare-failed', 'spare-failed', 'database-unread', 'database-lost']);
    expect(await after.store.bill(named('unreadable').id)).toBeUndefined();
    expect(await after.store.bill(named('open').id)).toBeDefined();
    expect(await after.store.lost()).toMatchObject({ copiedAt: NOW, bills: 9 });
    expect(await mind(LATER + QUARTER_MS + 1)).toBe(false);
    expect(place.unread).toBeNull();
  });

  it.each<[string, string, (place: MemoryPlace) => void]>([
    ['what is short of room', 'QuotaExceededError', () => undefined],
    ['what is newer than this version', 'VersionError', () => undefined],
    [
      'what has no copy',
      'UnknownError',
      (place) => {
        place.text = null;
      },
    ],
    [
      'what has a damaged copy',
      'UnknownError',
      (place) => {
        place.text = `${place.text!.split('\n')[0]}\n{}\nnothing of ours`;
      },
    ],
  ])('%s is left alone', async (_what, name, harm) => {
    const place = memoryPlace();
    await copied(place);
    harm(place);
    const { source, isEmptied } = damaged(emptyDatabase(), name);
    const { mind } = minding(emptyDatabase(), place, source);
    for (let hours = 0; hours < 3; hours++) expect(await mind(LATER + hours * HOUR_MS)).toBe(false);
    expect(isEmptied()).toBe(false);
  });

  it('waits anew after it could be read in between, or when the clock was set back', async () => {
    const place = memoryPlace();
    const world = await copied(place);
    const { source, isEmptied } = damaged(world, 'UnknownError');
    const [unreadable, readable] = [minding(world, place, source), minding(world, place)];
    await unreadable.mind(LATER);
    await readable.mind(LATER + 1);
    await unreadable.mind(LATER + HOUR_MS);
    await unreadable.mind(NOW);
    await unreadable.mind(NOW + MINUTE_MS);
    expect(isEmptied()).toBe(false);
  });
});

describe('the copy', () => {
  it('is made anew at once when a bill or a word of the owner changed, else after an hour', async () => {
    const place = memoryPlace();
    const world = await copied(place);
    const { mind } = minding(world, place);
    const written = async (now: number): Promise<boolean> => {
      const before = place.writes;
      expect(await mind(now)).toBe(false);
      return place.writes > before;
    };
    expect(await written(NOW + MINUTE_MS)).toBe(false);
    await world.store.rewriteBills(() => ({ put: [named('open', { readAt: NOW + MINUTE_MS })] }));
    expect(await written(NOW + 2 * MINUTE_MS)).toBe(false);
    await world.store.rewriteBills(() => ({ put: [named('another')] }));
    expect(await written(NOW + 2 * MINUTE_MS)).toBe(true);
    await world.store.saveBudget(null);
    expect(await written(NOW + 3 * MINUTE_MS)).toBe(true);
    expect(await written(NOW + 4 * MINUTE_MS)).toBe(false);
    expect(await written(NOW + 2 * HOUR_MS)).toBe(true);
    // A clock that was set back does not keep it from being made.
    expect(await written(NOW - 5 * HOUR_MS)).toBe(true);
  });

  it('has at once what was typed of a bill that is not reminded, and what is expected', async () => {
    const place = memoryPlace();
    const { store, ...world } = await copied(place);
    const { mind, ports } = minding({ ...world, store }, place);
    const given = { title: '', dueDay: null, remainingFen: null, minimumFen: null, statementDay: null };
    await saveBill(ports, named('paid').id, { ...given, note: 'typed later', isMonthly: false });
    await mind(NOW + 1);
    expect(place.text).toContain('typed later');
    const appeal = actOf({ id: 'a9', billId: named('muted').id, do: 'statement' });
    await store.mark(appeal, (owner) => ({ ...owner, statement: 'appealed later' }));
    await mind(NOW + 2);
    expect(place.text).toContain('appealed later');
    const lastMonthly = { title: 'expected later', statementDay: null, dueDay: day('2026-09-20') };
    await store.rewriteBills(() => ({ putStates: [state({ siteId: 'hand', account: 'x', lastMonthly })] }));
    await mind(NOW + 3);
    expect(place.text).toContain('expected later');
    const [taught] = await world.db.recipes.toArray();
    await store.saveRecipe({ ...taught!, title: 'taught later' });
    await mind(NOW + 4);
    expect(place.text).toContain('taught later');
  });

  it('can be read as a backup, without what was sealed', async () => {
    const place = memoryPlace();
    await copied(place);
    const backup = place.text!.split('\n').slice(2).join('\n');
    expect(readBackup(backup, () => true)).toMatchObject({ kind: 'backup', refused: 0 });
    expect(backup).not.toContain('SCT-very-secret-key');
  });

  it('begins with the newest: what is cut off is the oldest', async () => {
    const { db, store } = emptyDatabase();
    const times = [2, 3, 1];
    await store.record(times.map((firedAt) => entry({ id: `e${firedAt}`, firedAt })));
    await db.acts.bulkPut(times.map((at) => actOf({ id: `a${at}`, at })));
    const { ledger, acts } = (await openSpareSource(db).take(NOW)).backup;
    expect([ledger, acts].map((rows) => rows.map(({ id }) => id))).toEqual([
      ['e3', 'e2', 'e1'],
      ['a3', 'a2', 'a1'],
    ]);
  });

  it('a first one is made in a database that holds nothing, and nothing is called lost', async () => {
    const place = memoryPlace();
    const world = emptyDatabase();
    expect(await minding(world, place).mind(NOW)).toBe(false);
    expect(await minding(world, place).mind(NOW)).toBe(false);
    expect(await world.store.lost()).toBeNull();
  });

  it.each([
    ['refuses', () => Promise.reject(new Error('full'))],
    ['never answers', () => new Promise<never>(() => undefined)],
  ])('a place that %s is said in the log and costs nothing else', async (_how, how) => {
    const world = emptyDatabase();
    const { mind, warnings } = minding(world, { ...memoryPlace(), firstLine: how, read: how, write: how });
    expect(await mind(NOW)).toBe(false);
    expect(warnings).toEqual(['spare-failed']);
  });

  it.each(['{"device":7}', '', 'x'.repeat(5000)])(
    'with a damaged first line %# is no news to who has a name',
    async (line) => {
      const place = memoryPlace();
      place.text = `${line}\n\n`;
      const world = emptyDatabase();
      await world.store.deviceId();
      expect(await minding(world, place).mind(NOW)).toBe(false);
      expect(await world.store.lost()).toBeNull();
      expect(place.writes).toBe(1);
    },
  );

  it.each(['{"device":7}', '', 'x'.repeat(5000)])(
    'with a damaged first line %# comes back where nothing is',
    async (line) => {
      const place = memoryPlace();
      await copied(place);
      place.text = [line, ...place.text!.split('\n').slice(1)].join('\n');
      const after = emptyDatabase();
      const { mind } = minding(after, place);
      expect(await mind(LATER)).toBe(true);
      expect(await after.store.lost()).toEqual({ at: LATER, copiedAt: NOW, bills: 9, wasSyncing: false });
      await after.store.saveLost(null);
      for (const minutes of [1, 2]) expect(await mind(LATER + minutes * MINUTE_MS)).toBe(false);
      expect(await after.store.lost()).toBeNull();
    },
  );
});

it('a row that is damaged says nothing or as much as it may', () => {
  for (const raw of [null, 1, {}, { at: 'x' }]) expect(soundLost(raw)).toBeNull();
  expect(soundLost({ at: 5, bills: 'x', copiedAt: 'x' })).toEqual({
    at: 5,
    copiedAt: null,
    bills: 0,
    wasSyncing: false,
  });
});
