/** How the owner's browsers are joined, and what the last sync told. The password and the key never leave the store for a page. */
import { askBill, type Bill, type BillId } from './bill.ts';
import { DAY_MS, type Day, HOUR_MS, type Instant } from './day.ts';
import type { Fen } from './money.ts';
import { pauseEnd } from './pause.ts';
import type { FailsafeWhat, FailsafeWould } from './record/failsafe.ts';

export type SyncPlace =
  | { readonly kind: 'area' }
  | { readonly kind: 'webdav'; readonly url: string; readonly user: string; readonly password: string };

/** Of the last sync, what the owner is told. */
export interface SyncTold {
  /** What this browser is called in the vault; empty before the first sync. */
  readonly device: string;
  readonly devices: readonly {
    readonly device: string;
    readonly label: string;
    readonly sequence: number;
    readonly sentAt: Instant | null;
    readonly readAt: Instant | null;
  }[];
  readonly refused: readonly { readonly name: string; readonly code: string }[];
  readonly waiting: number;
  readonly hasUnsealed: boolean;
  readonly deferred: number;
  readonly strangers: number;
  readonly renamed: boolean;
  readonly isClosed: boolean;
  /** Another vault lies in the folder, and this browser should move to it. */
  readonly shouldMove: boolean;
}

/** What the server was found to do when it was set up. Nothing but `readsBack` is needed. */
export interface SyncHonours {
  /** What was written came back whole. */
  readonly readsBack: boolean;
  /** `If-None-Match: *` keeps a second writer out. */
  readonly createsOnce: boolean;
  /** A wrong `If-Match` is refused. */
  readonly checksMatch: boolean;
  /** An answer carries an ETag. */
  readonly hasTags: boolean;
}

/** One bill that the failsafe holds back, as it stands here. */
export interface SyncQuestion {
  readonly billId: BillId;
  readonly what: FailsafeWhat;
  readonly title: string;
  readonly dueDay: Day | null;
  readonly remainingFen: Fen | null;
}

export interface Sync {
  /** Null: not set up. */
  readonly place: SyncPlace | null;
  readonly label: string;
  readonly sharesChannels: boolean;
  /** Null where there is no server. */
  readonly honours: SyncHonours | null;
  /** The last sync that was begun. */
  readonly triedAt: Instant | null;
  /** The last one that met no failure. */
  readonly doneAt: Instant | null;
  readonly failure: string | null;
  readonly pausedUntil: Instant | null;
  /** Since when syncs have met a failure. */
  readonly failingSince: Instant | null;
  readonly told: SyncTold | null;
  readonly question: readonly SyncQuestion[] | null;
  readonly askedAt: Instant | null;
  readonly compactedAt: Instant | null;
}

export const NO_SYNC: Sync = {
  place: null,
  label: '',
  sharesChannels: false,
  honours: null,
  triedAt: null,
  doneAt: null,
  failure: null,
  pausedUntil: null,
  failingSince: null,
  told: null,
  question: null,
  askedAt: null,
  compactedAt: null,
};

/** Of edits no more than one sync in this time; an idle browser looks this seldom. */
const EDITS_MS = 30_000;
const IDLE_MS = 15 * 60_000;

export function isSyncDue(sync: Sync, hasChanges: boolean, now: Instant): boolean {
  if (sync.place === null || pauseEnd(sync.pausedUntil, now) !== null) return false;
  return now >= lastTryOf(sync, now) + (hasChanges ? EDITS_MS : IDLE_MS);
}

function lastTryOf({ triedAt }: Sync, now: Instant): Instant {
  // A moment that lies ahead was written while the clock was wrong.
  return triedAt === null || triedAt > now ? Number.NEGATIVE_INFINITY : triedAt;
}

/** What did not reach the store. */
export interface Unsent {
  /** Edits that no sync has looked at. */
  readonly hasChanges: boolean;
  /** What a sync looked at and could not bring away. */
  readonly isWaiting: boolean;
}

/** No time mends these: what the owner does about them is a wake of its own. */
const OWNERS_TO_MEND: readonly (string | null)[] = [
  'sync-auth',
  'sync-no-permission',
  'sync-folder-emptied',
  'sync-not-set-up',
];

/** When to wake for what waits to be sent; null where nothing waits. */
export function sendAtOf(sync: Sync, { hasChanges, isWaiting }: Unsent, now: Instant): Instant | null {
  if (sync.place === null || !(hasChanges || isWaiting) || OWNERS_TO_MEND.includes(sync.failure)) return null;
  const at = lastTryOf(sync, now) + (hasChanges ? EDITS_MS : IDLE_MS);
  return Math.max(at, pauseEnd(sync.pausedUntil, now) ?? now, now + EDITS_MS);
}

export function asQuestion(would: readonly FailsafeWould[]): SyncQuestion[] | null {
  if (would.length === 0) return null;
  return would.map(({ billId, what, bill: { title, dueDay, remainingFen } }) => ({
    billId,
    what,
    title,
    dueDay,
    remainingFen,
  }));
}

export const SYNC_SITE = 'duly-sync';

/** The planner asks at ten on the day after: so the first question comes at the first ten o'clock after a whole day. */
const PENDING_MS = DAY_MS - 10 * HOUR_MS - 1;

/** What the owner has to see to, as the planner sees it. It is this browser's own: no other one hears of it. */
export function syncBills(sync: Sync, device: string, now: Instant): Bill[] {
  if (sync.place === null) return [];
  const ask = (asks: 'sync-pending' | 'sync-question', since: Instant): Bill =>
    askBill(asks, { siteId: SYNC_SITE, account: device, key: asks, title: '', since });
  const { failingSince, askedAt } = sync;
  const bills: Bill[] = [];
  if (sync.question !== null && askedAt !== null && askedAt <= now) bills.push(ask('sync-question', askedAt));
  if (failingSince !== null && failingSince + PENDING_MS <= now)
    bills.push(ask('sync-pending', failingSince + PENDING_MS));
  return bills;
}

/** A row as it may be believed. */
export function soundSync(raw: unknown): Sync {
  if (typeof raw !== 'object' || raw === null) return NO_SYNC;
  const sync = { ...NO_SYNC, ...(raw as Partial<Sync>) };
  return isPlace(sync.place) ? sync : { ...sync, place: null };
}

function isPlace(place: SyncPlace | null | undefined): boolean {
  return !!place && (place.kind === 'area' || (place.kind === 'webdav' && typeof place.url === 'string'));
}
