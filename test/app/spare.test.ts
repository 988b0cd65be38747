/** A database that the browser emptied without a word comes back from its copy, and the owner is told. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { readBackup } from '../../src/app/backup-file.ts';
import { lookAhead } from '../../src/app/look-ahead.ts';
import { mindSpare, type SparePlace } from '../../src/app/spare.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import { soundLost } from '../../src/core/lost.ts';
import { recipeSchema } from '../../src/messages/recipe.ts';
import { openSpareSource } from '../../src/storage/spare.ts';
import { emptyDatabase, fill, NOW, named, read, text, type World } from '../storage/full-database.ts';
import { portsOver } from './ports-over.ts';

interface MemoryPlace extends SparePlace {
  text: string | null;
  writes: number;
}

function memoryPlace(): MemoryPlace {
  const place: MemoryPlace = {
    text: null,
    writes: 0,
    firstLine: async () => place.text?.split('\n', 1)[0] ?? null,
    read: async () => place.text,
    write: async (next) => {
      place.text = next;
      place.writes++;
    },
  };
  return place;
}

function minding({ db, store }: World, place: SparePlace) {
  const { ports, warnings } = portsOver(store, { now: NOW });
  const hash = async (given: string): Promise<string> => `${given.length}:${given}`;
  const isRecipe = (raw: unknown): boolean => recipeSchema.safeParse(raw).success;
  const doors = { ...ports, ids: { ...ports.ids, hash }, place, source: openSpareSource(db), isRecipe };
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

  it('changes nothing more when it died before it could say that it is back', async () => {
    const place = memoryPlace();
    await copied(place);
    const old = place.text;
    const after = emptyDatabase();
    await minding(after, place).mind(LATER);
    const first = await text(after, LATER);
    place.text = old;
    expect(await minding(after, place).mind(LATER)).toBe(true);
    expect(await text(after, LATER)).toBe(first);
  });

  it('is told, though the copy is damaged; and the next copy is of what is here', async () => {
    const place = memoryPlace();
    await copied(place);
    const [head] = place.text!.split('\n');
    place.text = `${head}\nnothing\nof ours`;
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

  it('can be read as a backup, without what was sealed', async () => {
    const place = memoryPlace();
    await copied(place);
    const backup = place.text!.split('\n').slice(2).join('\n');
    expect(readBackup(backup, () => true)).toMatchObject({ kind: 'backup', refused: 0 });
    expect(backup).not.toContain('SCT-very-secret-key');
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
    const { mind, warnings } = minding(world, { firstLine: how, read: how, write: how });
    expect(await mind(NOW)).toBe(false);
    expect(warnings).toEqual(['spare-failed']);
  });

  it('a head that is none of ours is no copy', async () => {
    const place = memoryPlace();
    place.text = '{"device":7}\n\n';
    const world = emptyDatabase();
    expect(await minding(world, place).mind(NOW)).toBe(false);
    expect(await world.store.lost()).toBeNull();
    expect(place.writes).toBe(1);
  });
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
