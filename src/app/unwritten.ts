/** What the desktop showed and the ledger could not take: a full disk rings once an hour outside the silence, not at every wake. */
import { HOUR_MS, type Instant } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import type { Ports } from './ports.ts';
import { within } from './within.ts';

/** Until a reminder that is not on paper is shown again: a missed bill is worse than a repeated notice. */
const AGAIN_MS = HOUR_MS;

export interface Unwritten {
  readonly reminderIds: readonly string[];
  readonly shownAt: Instant;
}

/** Lives as long as the browser runs, and needs no disk. No truth: losing it costs a repeated notice. */
export interface UnwrittenMemory {
  last(): Promise<Unwritten | null>;
  keep(shown: Unwritten): Promise<void>;
}

type Doors = Pick<Ports, 'unwritten' | 'log'>;

/** Reminders that were shown although nothing could be written: within the hour, or whenever it was, while `isSilent`. */
export async function shownUnwritten(
  { unwritten, log }: Doors,
  now: Instant,
  isSilent = false,
): Promise<ReadonlySet<string>> {
  const last = unwritten ? await attempt(log, unwritten.last()) : null;
  const isHeld = last !== null && (isSilent || Math.abs(now - last.shownAt) < AGAIN_MS);
  return new Set(isHeld ? last.reminderIds : []);
}

export async function keepUnwritten({ unwritten, log }: Doors, shown: Unwritten): Promise<void> {
  if (unwritten) await attempt(log, unwritten.keep(shown));
}

const DOOR_MS = 2_000;

/** Null where the browser refuses or does not answer: then a notice may be repeated, and none is lost. */
function attempt<T>(log: Ports['log'], asked: Promise<T>): Promise<T | null> {
  return within(DOOR_MS, asked, null).catch((error: unknown) => {
    log.warn('unwritten-failed', { name: errorName(error) });
    return null;
  });
}
