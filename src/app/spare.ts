/**
 * A copy of what this browser knows, outside its database. A browser that finds a database damaged begins an empty one
 * and tells nobody: then the bills come back from the copy, and the owner is told. (docs/decisions/0013)
 */
import * as z from 'zod/mini';
import { HOUR_MS, type Instant } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import { type Backup, readBackup, readSecrets, writeBackup, writeSecrets } from './backup-file.ts';
import type { ImportPlan, Secrets } from './backup-ports.ts';
import type { Ports } from './ports.ts';
import { within } from './within.ts';

/** One text, outside the database. */
export interface SparePlace {
  /** Null: there is none yet. */
  firstLine(): Promise<string | null>;
  read(): Promise<string | null>;
  /** All of it, or what was there before. */
  write(text: string): Promise<void>;
}

/** The database, as far as it is copied. */
export interface SpareSource {
  look(): Promise<{
    /** Null in a database that was just begun. */
    readonly device: string | null;
    /** What is reminded, and what the owner typed: here the copy is never behind. */
    readonly content: string;
    readonly isSyncing: boolean;
  }>;
  /** Without the stamps that only syncing needs. */
  take(now: Instant): Promise<{ readonly backup: Backup; readonly secrets: Secrets }>;
  /** What is here already stays. */
  bringBack(backup: Backup, secrets: Secrets | null, now: Instant): Promise<ImportPlan | null>;
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

const head = z.object({
  /** The browser whose database was copied: a database that is begun anew gets another name. */
  device: z.string(),
  at: z.number(),
  /** Of `content`. */
  digest: z.string(),
  isSyncing: z.boolean(),
});
type Head = z.infer<typeof head>;

/** Keeps the copy up to date; where the database is not the one that was copied, brings the copy back. True: it did. */
export async function mindSpare(doors: SpareDoors): Promise<boolean> {
  const { place, source, store, clock, ids, log } = doors;
  try {
    const last = headIn(await answered(place.firstLine()));
    const { device, content, isSyncing } = await source.look();
    if (last && last.device !== device) {
      await bringBack(doors, last);
      return true;
    }
    const now = clock.now();
    const digest = await ids.hash(content);
    if (last?.digest === digest && Math.abs(now - last.at) < BEHIND_MS) return false;
    const { backup, secrets } = await source.take(now);
    const named: Head = { device: device ?? (await store.deviceId()), at: now, digest, isSyncing };
    await place.write(written(named, writeSecrets(secrets), writeBackup(backup)));
  } catch (error) {
    // A full disk, a place that does not answer: the database stands, and the next pass tries again.
    log.warn('spare-failed', { name: errorName(error) });
  }
  return false;
}

/** Told before the copy is counted as this database's: who dies in between brings it back once more, which changes nothing. */
async function bringBack({ store, clock, place, source, log, isRecipe }: SpareDoors, last: Head): Promise<void> {
  const now = clock.now();
  const [, secrets = '', ...rest] = ((await answered(place.read())) ?? '').split('\n');
  const copy = rest.join('\n');
  const read = readBackup(copy, isRecipe);
  const plan = read.kind === 'backup' ? await source.bringBack(read.backup, readSecrets(secrets), now) : null;
  const bills = plan?.added ?? 0;
  await store.saveLost({ at: now, copiedAt: plan && last.at, bills, wasSyncing: last.isSyncing });
  log.warn('database-lost', { bills });
  const device = await store.deviceId();
  await place.write(written({ ...last, device, digest: '', isSyncing: false }, secrets, copy));
}

const written = (named: Head, secrets: string, copy: string): string =>
  [JSON.stringify(named), secrets, copy].join('\n');

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
