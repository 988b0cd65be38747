/**
 * A copy of what this browser knows, outside its database. A browser that finds a database damaged begins an empty one
 * and tells nobody: then the bills come back from the copy, and the owner is told. (docs/decisions/0013)
 */
import * as z from 'zod/mini';
import { HOUR_MS, type Instant, MINUTE_MS } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import { type Backup, readBackup, readSecrets, writeBackup, writeSecrets } from './backup-file.ts';
import type { Secrets } from './backup-ports.ts';
import type { Ports } from './ports.ts';
import { within } from './within.ts';

/** One text, outside the database. */
export interface SparePlace {
  /** Null: there is none yet. */
  firstLine(): Promise<string | null>;
  read(): Promise<string | null>;
  /** All of it, or what was there before. */
  write(text: string): Promise<void>;
  /** Since when the database cannot be read; null: it can. */
  unreadSince(): Promise<Instant | null>;
  keepUnread(since: Instant | null): Promise<void>;
}

/** The database, as far as it is copied. */
export interface SpareSource {
  look(): Promise<{
    /** Null in a database that was just begun. */
    readonly device: string | null;
    /** The browser whose copy was brought back into it; null: none was. */
    readonly former: string | null;
    /** What is reminded, and what the owner typed: here the copy is never behind. */
    readonly content: string;
    readonly isSyncing: boolean;
  }>;
  /** Without the stamps that only syncing needs. */
  take(now: Instant): Promise<{ readonly backup: Backup; readonly secrets: Secrets }>;
  /** What is here already stays. */
  bringBack(backup: Backup, secrets: Secrets | null, now: Instant): Promise<unknown>;
  /** Removes the database; the next look begins a new one. */
  empty(): Promise<void>;
  /** The copy of `former` is from now on its own. */
  adopt(former: string): Promise<void>;
}

export interface SpareDoors extends Pick<Ports, 'store' | 'clock' | 'ids' | 'log'> {
  readonly place: SparePlace;
  readonly source: SpareSource;
  readonly isRecipe: (raw: unknown) => boolean;
}

/** So far may the ledger and what was learnt be behind. */
const BEHIND_MS = HOUR_MS;
/** A place that does not answer holds up no reminder. */
const PLACE_MS = 3000;

/** What is only locked or short of room for a moment can be read again by then. */
const UNREAD_MS = 15 * MINUTE_MS;

const head = z.object({
  /** The browser whose database was copied: a database that is begun anew gets another name. */
  device: z.string(),
  at: z.number(),
  /** Of `content`. */
  digest: z.string(),
  isSyncing: z.boolean(),
});
type Head = z.infer<typeof head>;
const UNNAMED: Head = { device: '', at: 0, digest: '', isSyncing: false };

/** Keeps the copy up to date; where the database is not the one that was copied, brings the copy back. True: it did. */
export async function mindSpare(doors: SpareDoors): Promise<boolean> {
  const { place, source, store, clock, ids, log } = doors;
  try {
    const line = await answered(place.firstLine());
    const last = headIn(line);
    const { device, former, content, isSyncing } = await lookOrBeginAnew(doors, last);
    // Of a copy whose first line is damaged only a database without any name knows that it is not its own.
    const isLost = last
      ? last.device !== device && last.device !== former
      : line !== null && device === null && former === null;
    if (isLost) {
      await bringBack(doors, last ?? UNNAMED);
      return true;
    }
    const now = clock.now();
    const digest = await ids.hash(content);
    if (last?.digest === digest && Math.abs(now - last.at) < BEHIND_MS) return false;
    const { backup, secrets } = await source.take(now);
    const named: Head = { device: device ?? (await store.deviceId()), at: now, digest, isSyncing };
    // The store knows its name by heart, though the database that had it is gone.
    if (device === null) await source.adopt(named.device);
    await place.write([JSON.stringify(named), writeSecrets(secrets), writeBackup(backup)].join('\n'));
  } catch (error) {
    // A full disk, a place that does not answer: the database stands, and the next pass tries again.
    log.warn('spare-failed', { name: errorName(error) });
  }
  return false;
}

/**
 * A browser may leave a damaged database as it is, and refuse to open it for ever. When that has gone on for a while and
 * all of it can be had from the copy, it is begun anew.
 */
async function lookOrBeginAnew({ place, source, clock, isRecipe, log }: SpareDoors, last: Head | null) {
  const since = await answered(place.unreadSince());
  try {
    const seen = await source.look();
    if (since !== null) await place.keepUnread(null);
    return seen;
  } catch (error) {
    if (errorName(error) !== 'UnknownError') throw error;
    const now = clock.now();
    // A clock that was set back begins to wait anew.
    if (since === null || since > now) await place.keepUnread(now);
    else if (last && now - since >= UNREAD_MS && (await copyIn(place, isRecipe))) {
      log.warn('database-unread');
      await source.empty();
      return source.look();
    }
    throw error;
  }
}

async function copyIn(place: SparePlace, isRecipe: SpareDoors['isRecipe']) {
  const [, secrets = '', ...rest] = ((await answered(place.read())) ?? '').split('\n');
  const copy = readBackup(rest.join('\n'), isRecipe);
  return copy.kind === 'backup' ? { backup: copy.backup, secrets: readSecrets(secrets) } : null;
}

/** Told before the copy counts as this database's: who dies in between brings it back once more, which changes nothing. */
async function bringBack({ store, clock, place, source, log, isRecipe }: SpareDoors, of: Head): Promise<void> {
  const now = clock.now();
  const tell = (back: Backup | null): Promise<void> =>
    store.saveLost({
      at: now,
      copiedAt: back?.exportedAt ?? null,
      bills: back?.bills.length ?? 0,
      wasSyncing: of.isSyncing,
    });
  let back: Backup | null = null;
  try {
    const copy = await copyIn(place, isRecipe);
    if (copy) await source.bringBack(copy.backup, copy.secrets, now);
    back = copy?.backup ?? null;
  } catch (error) {
    // Tried again after the next pass; until then the owner does not believe that nothing is owed.
    if (!(await store.lost())) await tell(null);
    throw error;
  }
  await tell(back);
  log.warn('database-lost', { bills: back?.bills.length ?? 0 });
  await source.adopt(of.device);
}

function headIn(line: string | null): Head | null {
  try {
    const parsed = head.safeParse(JSON.parse(line ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // SyntaxError is how JSON.parse says so: no copy of ours
  }
}

async function answered<T>(asked: Promise<T>): Promise<T> {
  const answer = await within(PLACE_MS, asked, 'late' as const);
  if (answer === 'late') throw new DOMException('no answer', 'TimeoutError');
  return answer as T;
}
