/** The doors of syncing: what is merged, what stores the sealed objects, what is remembered in between. */
import type { BillId } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import type { FailsafeWould } from '../core/record/failsafe.ts';
import type { Shown } from '../core/record/replica.ts';
import type { Sync } from '../core/sync-setting.ts';

/** One object of the folder as a listing shows it. */
export interface RemoteEntry {
  readonly name: string;
  /** Bytes; null where the store does not say. */
  readonly size: number | null;
  /** Changes when the content does, as far as the store tells (ETag, or time of change); null where it tells nothing. */
  readonly stamp: string | null;
}

/** A code with its sentence in `failure_…`, never the server's own words. */
export interface BackendFailure {
  readonly kind: 'failed';
  readonly code: string;
  /** Be silent for this long. */
  readonly pauseMs?: number;
}

/** Dumb storage: one flat folder. Nothing here throws; no method assumes locks or conditional writes. */
export interface Backend {
  readonly id: string;
  /** Above this `put` would fail for certain. */
  readonly mostObjectBytes: number;
  /** How many deltas of one device may lie in the folder before a snapshot takes their place. */
  readonly deltasBeforeSnapshot: number;
  /** The store holds little: send live records only, and clear own old objects when it is full. */
  readonly isSmall: boolean;
  list(): Promise<{ readonly kind: 'listed'; readonly entries: readonly RemoteEntry[] } | BackendFailure>;
  /** Never buffers more than `mostBytes`. */
  get(name: string, mostBytes: number): Promise<RemoteBytes | { readonly kind: 'absent' } | BackendFailure>;
  /** Whole or not at all where the store can; the engine reads back either way. */
  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<{ readonly kind: 'done' } | BackendFailure>;
  /** An absent name is removed already. */
  remove(names: readonly string[]): Promise<{ readonly kind: 'done' } | BackendFailure>;
  /** Makes the folder where that is needed. Set-up only. */
  prepare(): Promise<{ readonly kind: 'done' } | BackendFailure>;
}

/** The browser's own `storage.sync`. Rejects with the browser's own words. */
export interface SyncArea {
  get(keys: readonly string[] | null): Promise<Record<string, unknown>>;
  set(items: Readonly<Record<string, string>>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

export interface RemoteBytes {
  readonly kind: 'got';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type ObjectKind = 'delta' | 'snapshot' | 'head';

/** What the seal binds to an object; travels readable and unchangeable beside it. */
export interface ObjectHeader {
  readonly vault: string;
  readonly device: string;
  readonly sequence: number;
  /** Hash of the object before it in its device's chain; empty for the first. A snapshot names the head that it stands for. */
  readonly previous: string;
  readonly kind: ObjectKind;
}

/** What is sealed. Unknown fields of a newer version are ignored. */
export interface ObjectBody {
  /** When its device sealed it, by its own clock. */
  readonly at: Instant;
  /** What the owner calls the device. */
  readonly label: string;
  /** The last object that its device had read of each other device: sequence and hash. */
  readonly seen: Readonly<Record<string, readonly [number, string]>>;
  readonly records: readonly unknown[];
  /** The owner closed this vault: the name of the one that took its place. */
  readonly closedFor?: string;
}

export type Opened =
  | { readonly kind: 'opened'; readonly header: ObjectHeader; readonly body: ObjectBody }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

export type RefusalCode =
  | 'sync-plaintext'
  | 'sync-wrong-vault'
  | 'sync-foreign-name'
  | 'sync-replayed'
  | 'sync-gap'
  | 'sync-rolled-back'
  | 'sync-device-gone'
  | 'sync-chain'
  | 'sync-truncated'
  | 'sync-damaged'
  | 'sync-object-too-large'
  | 'sync-newer-format'
  | 'sync-content';

/** Seals and opens with the key of one vault. */
export interface Vault {
  readonly id: string;
  seal(header: ObjectHeader, body: ObjectBody): Promise<Uint8Array<ArrayBuffer>>;
  /** `expected` is what the name says. Refuses whatever does not fit it; the chain is the caller's. */
  open(
    expected: Pick<ObjectHeader, 'device' | 'sequence'> & { isSnapshot: boolean },
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<Opened>;
  hash(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
}

/** The records of this browser. */
export interface Replica {
  /**
   * Turns what changed in the store since the last call into records, and merges what was kept until its time came. The
   * engine calls it before `pendingSince`.
   */
  capture(now: Instant): Promise<Absorbed>;
  /** What was changed here (not what was absorbed) since the mark, null for all of it; the mark is opaque, kept by the engine. */
  pendingSince(mark: unknown): Promise<{ readonly records: readonly unknown[]; readonly mark: unknown }>;
  /** Everything, or what a small store needs: what may still cost money, and what was over or deleted lately. */
  whole(scope: 'all' | 'live'): Promise<{ readonly records: readonly unknown[]; readonly mark: unknown }>;
  /**
   * Merges in one transaction; the same records twice change nothing. What was stamped too far ahead (`deferred`) and
   * what the failsafe holds back are kept by the replica: nothing of it needs to be read again.
   */
  absorb(records: readonly unknown[], options: { readonly now: Instant }): Promise<Absorbed>;
}

export interface Absorbed {
  readonly applied: number;
  /** All that is kept until its time comes. */
  readonly deferred: number;
}

/** Where this browser remembers how far it has come. One value, written whole. */
export interface SyncStore<State> {
  load(): Promise<State | null>;
  save(state: State): Promise<void>;
  clear(): Promise<void>;
}

export interface Refused {
  readonly name: string;
  readonly code: RefusalCode;
}

export interface DeviceSeen {
  readonly device: string;
  readonly label: string;
  readonly sequence: number;
  /** When it sealed its last object that was read here, by its own clock. */
  readonly sentAt: Instant | null;
  /** When that was read here. */
  readonly readAt: Instant | null;
}

/** What one sync did; all that a page needs to say. */
export interface SyncReport {
  readonly at: Instant;
  /** Objects that the store has taken; records in them. */
  readonly pushed: { readonly objects: number; readonly records: number };
  readonly pulled: { readonly objects: number; readonly records: number; readonly applied: number };
  /** Records kept until their time has come. */
  readonly deferred: number;
  readonly devices: readonly DeviceSeen[];
  readonly refused: readonly Refused[];
  /** Sealed objects that the store has not confirmed, and whether changes are not even sealed. */
  readonly waiting: { readonly objects: number; readonly hasUnsealed: boolean };
  /** The store asked for silence. */
  readonly pausedUntil: Instant | null;
  /** The first thing that went wrong with the store; null when all went through. */
  readonly failure: string | null;
  /** Other vaults whose key lies in the folder, and whether this browser should move to it. */
  readonly otherVaults: readonly { readonly vault: string; readonly shouldMove: boolean }[];
  /** The owner closed this vault from another browser: the new code is asked for. */
  readonly isClosed: boolean;
  /** This browser took a new device name, because another one uses its old name. */
  readonly renamed: boolean;
  /** Objects of the folder that are not ours to read. */
  readonly strangers: number;
}

export interface SyncOptions {
  /** The owner knows that the folder was emptied, and wants everything sent again. */
  readonly refill?: boolean;
  /** The owner pressed the button: not even a store that asked for silence holds it up. */
  readonly isAsked?: boolean;
}

/** Syncing as the use cases see it. One thing at a time; nothing here throws for what the store does. */
export interface SyncDoor {
  /** Null when no vault is set up. */
  now(sync: Sync, options: SyncOptions): Promise<SyncReport | null>;
  /** Something was written here that no sync has looked at. */
  hasChanges(): Promise<boolean>;
  /** Something that a sync has looked at did not reach the store. */
  isWaiting(): Promise<boolean>;
  /** What the failsafe holds back. */
  held(): Promise<readonly FailsafeWould[]>;
  release(word: 'apply' | 'refuse', now: Instant, shown: Shown): Promise<void>;
  /** What this browser is called in the vault; empty without one. */
  device(): Promise<string>;
  /** What each browser of the ledger is called in the vault, this one too. */
  names(): Promise<ReadonlyMap<string, string>>;
  compact(now: Instant): Promise<void>;
}

/** What a page is told of what it asked; a new code is shown once and kept nowhere. */
export type SyncAnswer =
  | { readonly kind: 'done'; readonly code?: string; readonly oldCodeOpens?: true }
  | { readonly kind: 'refused'; readonly code: string };

/** Accounts from before this browser took a vault's or a backup's salt over (docs/decisions/0010). */
export interface FormerAccounts {
  /** A marker hashed with one of these is the same person's former account. */
  formerSalts(): Promise<readonly string[]>;
  /** Makes one account of two; ledger entries of bills that get another id go with them. In a vault the failsafe asks first. */
  rekey(siteId: string, former: string, account: string, now: Instant): Promise<void>;
  /** What was told and done of bills that are now known by another id (former id → that one) goes with them. */
  renameTrail(renamed: ReadonlyMap<BillId, BillId>): Promise<void>;
}
