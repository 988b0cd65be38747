/** How far this browser has come with one vault. Kept by a `SyncStore`, written whole. */
import type { Clock, Ids } from '../app/ports.ts';
import type { Backend, RefusalCode, Replica, SyncStore, Vault } from '../app/sync-ports.ts';
import type { Instant } from '../core/day.ts';
import { parseName } from './layout.ts';

/** A sealed object on its way: kept until a later sync has read it back, so that a crash repeats it byte for byte. */
export interface Outgoing {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly records: number;
  isPut: boolean;
  /** The store had taken it once, and has it no more, or not whole. */
  isLost?: boolean;
}

export interface Seen {
  sequence: number;
  hash: string;
  label: string;
  sentAt: Instant | null;
  readAt: Instant | null;
}

export interface RefusedBefore {
  readonly code: RefusalCode;
  readonly stamp: string | null;
  readonly at: Instant;
  readonly tries: number;
}

export interface SyncState {
  vault: string;
  /** Not extractable; null only where a test's vault needs none. */
  key: CryptoKey | null;
  /** The wrapped key as it lies in the folder, to lay it there again when the store has lost it. */
  keyName: string;
  keyText: string;
  /** The name of this browser in this vault. Never taken twice. */
  device: string;
  label: string;
  /** The last own object of the chain that was sealed; sequence 0 before the first. */
  head: { sequence: number; hash: string };
  /** Hashes of the last own objects, by sequence: what others say they read is compared with them. */
  hashes: Record<number, string>;
  /** The sequence of the last own snapshot that was sealed; -1 for none. */
  snapshotAt: number;
  /** The replica's mark: what came before is sealed. */
  mark: unknown;
  /** The next delta holds everything: the first one under a new name, or in a new vault. */
  isWholeNext: boolean;
  /** A snapshot is to be sealed out of turn: the store has lost what is behind it. */
  isSnapshotNext: boolean;
  outbox: Outgoing[];
  /** Own objects that were read back, with the stamp that their listing had. */
  checked: Record<string, { hash: string; stamp: string | null }>;
  seen: Record<string, Seen>;
  /** Names that were ours until another browser was seen under them, and how far we had come: the other one compares. */
  doubles: Record<string, readonly [number, string]>;
  /** What we have read is to be told even if nothing changed: a chain was broken, and its owner must hear where. */
  isToTell: boolean;
  /** The newest sequence of each device that any device says it has read. */
  heard: Record<string, number>;
  /** Devices that are gone and that the owner wants to hear no more of, until they write again. */
  forgotten: string[];
  refused: Record<string, RefusedBefore>;
  /** Syncs in a row in which own objects were missing from the listing. */
  missed: number;
  pausedUntil: Instant | null;
  closedFor: string | null;
  /** Earlier memberships of this browser: own names to clear away once the new ones are safe, not before `until`. */
  former: {
    vault: string;
    device: string;
    until: Instant;
    /** This browser closed the vault: its wrapped key goes too. */
    closes: boolean;
  }[];
}

export interface SyncDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly backend: Backend;
  readonly replica: Replica;
  readonly store: SyncStore<SyncState>;
  readonly vaultOf: (state: SyncState) => Vault;
}

/** A new name for a browser, a vault or a wrapping: 12 letters that no listing mangles. */
export function newName(ids: Ids): string {
  return ids
    .next()
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .slice(0, 12)
    .padEnd(12, '0');
}

export function newState(of: Pick<SyncState, 'vault' | 'key' | 'keyName' | 'keyText' | 'device' | 'label'>): SyncState {
  return {
    ...of,
    head: { sequence: 0, hash: '' },
    hashes: { 0: '' },
    snapshotAt: -1,
    mark: null,
    isWholeNext: false,
    isSnapshotNext: false,
    outbox: [],
    checked: {},
    seen: {},
    doubles: {},
    isToTell: false,
    heard: {},
    forgotten: [],
    refused: {},
    missed: 0,
    pausedUntil: null,
    closedFor: null,
    former: [],
  };
}

/** Whether anything is to be sealed, or sealed and not sent. `latest`: the replica's mark as it would be now. Into a closed vault nothing goes. */
export function isUnsent(state: SyncState, latest: number): boolean {
  if (state.closedFor !== null) return false;
  const isToSeal = state.isWholeNext || state.isSnapshotNext;
  const isSealed = !isToSeal && state.head.sequence > 0 && latest <= ((state.mark as number | null) ?? 0);
  return !isSealed || state.outbox.some(({ isPut }) => !isPut);
}

/** Another browser uses our name: leave it to that one, and send everything under a new one. Nothing was lost: all of it is here. */
export function takeNewName(state: SyncState, ids: Ids): void {
  const last = Object.keys(state.checked)
    .map(parseName)
    .filter((name) => name !== null && !name.isSnapshot)
    .reduce((most, name) => Math.max(most, name?.sequence ?? 0), 0);
  const hash = state.hashes[last];
  const doubles =
    last > 0 && hash !== undefined ? { ...state.doubles, [state.device]: [last, hash] as const } : state.doubles;
  Object.assign(state, {
    ...newState({ ...state, device: newName(ids) }),
    isWholeNext: true,
    seen: state.seen,
    doubles,
    heard: state.heard,
    forgotten: state.forgotten,
    refused: state.refused,
    closedFor: state.closedFor,
    former: state.former,
    mark: state.mark,
  } satisfies Partial<SyncState>);
}
