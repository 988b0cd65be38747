/** What the steps of one sync share: the state being changed, the folder as it was listed, the report being written. */
import type { BackendFailure, SyncReport, Vault } from '../app/sync-ports.ts';
import type { Instant } from '../core/day.ts';
import type { Folder } from './layout.ts';
import type { SyncDeps, SyncState } from './state.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface Run {
  readonly deps: SyncDeps;
  readonly state: SyncState;
  readonly vault: Vault;
  readonly at: Instant;
  readonly folder: Folder;
  readonly report: Writable<SyncReport>;
  /** Another browser was seen under our name. */
  isForked: boolean;
  /** Whether the store gives anything, where it was asked: it did not give an object. */
  isGiving?: boolean;
}

export function emptyReport(at: Instant): Writable<SyncReport> {
  return {
    at,
    pushed: { objects: 0, records: 0 },
    pulled: { objects: 0, records: 0, applied: 0 },
    deferred: 0,
    devices: [],
    refused: [],
    waiting: { objects: 0, hasUnsealed: false },
    pausedUntil: null,
    failure: null,
    otherVaults: [],
    isClosed: false,
    renamed: false,
    strangers: 0,
  };
}

/** Keeps the first failure, and the silence that was asked for. */
export function fail({ report, state, at }: Pick<Run, 'report' | 'state' | 'at'>, failure: BackendFailure): void {
  report.failure ??= failure.code;
  if (failure.pauseMs) state.pausedUntil = Math.max(state.pausedUntil ?? 0, at + failure.pauseMs);
}
