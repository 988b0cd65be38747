/** The two ways between the app's rows and the records, inside the transaction of the caller. */
import { Dexie } from 'dexie';
import { capture, type Projected, valuesOf } from '../core/record/capture.ts';
import { newClock, type RecordClock } from '../core/record/clock.ts';
import { isLive, keyOf, type Rec, type State } from '../core/record/record.ts';
import type { Captured } from '../core/record/replica.ts';
import {
  CHANNEL,
  CHANNELS,
  channelsFrom,
  channelsProjected,
  RULES,
  rulesFrom,
  rulesProjected,
} from '../core/record/settings-records.ts';
import { type Channels, NO_CHANNELS, soundChannels } from '../core/reminder/chain.ts';
import type { Rules } from '../core/rules.ts';
import type { Database, RecordRow } from './database.ts';
import { WHOLE } from './dirty.ts';
import { type Key, type Shelf, shelvesOf } from './shelves.ts';
import { soundRules } from './sound.ts';

/** The setting that says whether channels, keys and secrets among them, may be shared. */
const SHARES_CHANNELS = 'sharesChannels';
const MEMORY = 'records';

/** What is remembered between captures. */
interface Memory {
  readonly clock: RecordClock;
  /** The last change that was made here. */
  readonly seq: number;
  /** Every row was captured once, so that from then on the dirty ones are enough. */
  readonly isWhole: boolean;
}

type RecordKey = [string, string];

export interface RecordRows {
  readonly memory: () => Promise<Memory>;
  remember(memory: Memory): Promise<void>;
  /** Whatever was written since the last time. */
  captureAll(now: number): Promise<Captured>;
  /** Exactly these. */
  captureThese(seen: readonly Projected[], now: number): Promise<Captured>;
  stateOf(recs: Iterable<Pick<Rec, 'kind' | 'id'>>): Promise<State>;
  /** Writes records that came from others; what waits to be sent keeps waiting. */
  putMerged(recs: readonly Rec[]): Promise<void>;
  /** Brings the rows to what these records say, and gives what the rows say now. */
  apply(recs: readonly Rec[]): Promise<Projected[]>;
  shareChannels(isShared: boolean, now: number): Promise<void>;
  readonly shelves: readonly Shelf[];
}

export function recordRows(db: Database): RecordRows {
  const shelves = shelvesOf(db);
  const shelfOf = new Map(shelves.map((shelf) => [shelf.kind, shelf]));
  const setting = async (name: string): Promise<unknown> => (await db.settings.get(name))?.value;

  const memory = async (): Promise<Memory> => {
    const known = (await setting(MEMORY)) as Memory | undefined;
    if (known) return known;
    const device = ((await setting('device')) as string | undefined) ?? crypto.randomUUID();
    await db.settings.put({ name: 'device', value: device });
    return { clock: newClock(device), seq: 0, isWhole: false };
  };
  const remember = async (value: Memory): Promise<void> => {
    await db.settings.put({ name: MEMORY, value });
  };

  const stateOf = async (recs: Iterable<Pick<Rec, 'kind' | 'id'>>): Promise<State> => {
    const keys = [...recs].map(({ kind, id }): RecordKey => [kind, id]);
    const rows = await db.records.bulkGet(keys);
    return new Map(rows.flatMap((row) => (row ? [[keyOf(row), recOf(row)]] : [])));
  };

  const captureThese = async (seen: readonly Projected[], now: number, isWhole?: boolean): Promise<Captured> => {
    const before = await memory();
    const { changed, clock } = capture(await stateOf(seen), seen, before.clock, now);
    const rows = numbered(changed, before.seq);
    if (rows.length > 0) await db.records.bulkPut(rows);
    if (rows.length > 0 || (isWhole && !before.isWhole))
      await remember({ clock, seq: before.seq + rows.length, isWhole: isWhole ?? before.isWhole });
    return { changed: changed.length };
  };

  /** What the rows with these keys say now. */
  const seenOf = async (shelf: Shelf, keys: readonly Key[]): Promise<Projected[]> => {
    const [rows, shadows] = await Promise.all([
      shelf.table.bulkGet([...keys]),
      db.records.bulkGet(keys.map((key): RecordKey => [shelf.kind, shelf.idOf(key)])),
    ]);
    return rows.flatMap((row, index): Projected[] => {
      const shadow = shadows[index];
      if (row !== undefined) return [shelf.projected(row, shadow)];
      // What this version could make no row of was not deleted here.
      const hadRow = shadow && isLive(shadow) && shelf.from(shadow.id, valuesOf(shadow), null) !== null;
      return shelf.endsWithRow && hadRow ? [{ kind: shelf.kind, id: shadow.id, values: null }] : [];
    });
  };

  const kindsOf = (kind: string) => db.records.where('[kind+id]').between([kind, Dexie.minKey], [kind, Dexie.maxKey]);

  const wholeKeys = async (shelf: Shelf): Promise<Key[]> => {
    const [rows, known] = await Promise.all([
      shelf.table.toCollection().primaryKeys() as Promise<Key[]>,
      shelf.endsWithRow ? kindsOf(shelf.kind).primaryKeys() : [],
    ]);
    const ids = new Set(rows.map((key) => shelf.idOf(key)));
    return [...rows, ...known.filter(([, id]) => !ids.has(id)).map(([, id]) => shelf.keyFor(id))];
  };

  const rulesSeen = async (): Promise<Projected[]> => {
    const rules = (await setting('rules')) as Partial<Rules> | undefined;
    if (typeof rules !== 'object' || rules === null) return [];
    const shadow = await db.records.get([RULES, RULES]);
    const understood = shadow && (() => rulesProjected(soundRules(rulesFrom(valuesOf(shadow)))).values!);
    return [{ ...rulesProjected(rules), ...(understood && { understood }) }];
  };

  /** Channels as the records tell of them, and as this version reads that. */
  const sharedChannels = async (former: Channels): Promise<Channels> => {
    const live = (await kindsOf(CHANNEL).toArray()).filter(isLive);
    const general = await db.records.get([CHANNELS, CHANNELS]);
    const settings = new Map(live.map((rec) => [rec.id, valuesOf(rec)]));
    return soundChannels(channelsFrom(settings, general ? valuesOf(general) : {}, former));
  };

  const channelsSeen = async (): Promise<Projected[]> => {
    if ((await setting(SHARES_CHANNELS)) !== true) return [];
    const seen = channelsProjected(soundChannels(await setting('channels')));
    const shadow = channelsProjected(await sharedChannels(NO_CHANNELS));
    const understood = new Map(shadow.map(({ id, values }) => [id, values!]));
    const ids = new Set(seen.map(({ id }) => id));
    const gone = shadow.filter(({ id }) => !ids.has(id));
    return [
      ...seen.map((each) => ({ ...each, understood: () => understood.get(each.id) ?? {} })),
      ...gone.map(({ kind, id }): Projected => ({ kind, id, values: null })),
    ];
  };

  const captureAll = async (now: number): Promise<Captured> => {
    const { isWhole } = await memory();
    const marks = await db.dirty.toArray();
    if (isWhole && marks.length === 0) return { changed: 0 };
    const seen: Projected[] = [];
    for (const shelf of shelves) {
      const dirty = marks.filter(({ table }) => table === shelf.table.name).map(({ key }) => key as Key);
      const keys = !isWhole || dirty.includes(WHOLE) ? await wholeKeys(shelf) : dirty;
      if (keys.length > 0) seen.push(...(await seenOf(shelf, keys)));
    }
    const isSetting = (name: string): boolean =>
      !isWhole || marks.some(({ table, key }) => table === 'settings' && (key === name || key === WHOLE));
    if (isSetting('rules')) seen.push(...(await rulesSeen()));
    if (isSetting('channels')) seen.push(...(await channelsSeen()));
    await db.dirty.clear();
    return captureThese(seen, now, true);
  };

  const applyShelf = async (shelf: Shelf, recs: readonly Rec[]): Promise<Projected[]> => {
    const formers = await shelf.table.bulkGet(recs.map(({ id }) => shelf.keyFor(id)));
    const puts: unknown[] = [];
    const gone: Key[] = [];
    const seen: Projected[] = [];
    recs.forEach((rec, index) => {
      const former = formers[index];
      const row = rowFrom(shelf, rec, former);
      if (row !== null && row !== undefined) {
        puts.push(row);
        seen.push(shelf.projected(row, rec));
      } else if (former !== undefined && !isLive(rec)) gone.push(shelf.keyFor(rec.id));
    });
    await shelf.table.bulkPut(puts);
    await shelf.table.bulkDelete(gone);
    return seen;
  };

  const applyRules = async (rec: Rec): Promise<void> => {
    const former = (await setting('rules')) as Partial<Rules> | undefined;
    await db.settings.put({ name: 'rules', value: rulesFrom(valuesOf(rec), former) });
  };

  const applyChannels = async (): Promise<void> => {
    if ((await setting(SHARES_CHANNELS)) !== true) return;
    const value = await sharedChannels(soundChannels(await setting('channels')));
    await db.settings.put({ name: 'channels', value });
  };

  return {
    shelves,
    memory,
    remember,
    captureAll,
    captureThese,
    stateOf,
    putMerged: async (recs) => {
      const known = await db.records.bulkGet(recs.map(({ kind, id }): RecordKey => [kind, id]));
      await db.records.bulkPut(
        recs.map((rec, index): RecordRow => {
          const changedSeq = known[index]?.changedSeq;
          return changedSeq === undefined ? rec : { ...rec, changedSeq };
        }),
      );
    },
    shareChannels: async (isShared, now) => {
      const own = soundChannels(await setting('channels'));
      // What others shared comes to what stands here; neither ends the other.
      const [general, ...each] = channelsProjected(own);
      const { order, ...values } = general!.values!;
      if (isShared) await captureThese([{ ...general!, values: order ? { ...values, order } : values }, ...each], now);
      await db.settings.put({ name: SHARES_CHANNELS, value: isShared });
      if (isShared) await applyChannels();
    },
    apply: async (recs) => {
      const seen: Projected[] = [];
      for (const [kind, shelf] of shelfOf) {
        const own = recs.filter((rec) => rec.kind === kind);
        if (own.length > 0) seen.push(...(await applyShelf(shelf, own)));
      }
      const rules = recs.find(({ kind }) => kind === RULES);
      if (rules) await applyRules(rules);
      if (recs.some(({ kind }) => kind === CHANNEL || kind === CHANNELS)) await applyChannels();
      return seen;
    },
  };
}

export function rowFrom(shelf: Shelf, rec: Rec, former: unknown): unknown {
  if (isLive(rec)) return shelf.from(rec.id, valuesOf(rec), former ?? null);
  return former === undefined ? null : shelf.after(former);
}

/** As changes that were made here, the next ones after `seq`. */
export function numbered(recs: readonly Rec[], seq: number): RecordRow[] {
  return recs.map((rec, index) => ({ ...rec, changedSeq: seq + 1 + index }));
}

export function recOf({ changedSeq: _, ...rec }: RecordRow): Rec {
  return rec;
}
