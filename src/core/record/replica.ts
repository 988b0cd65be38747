/** What syncing asks of the storage: this browser's copy of the records. Every method is one transaction. */
import type { BillId } from '../bill.ts';
import type { Instant } from '../day.ts';
import type { FailsafeWhat, FailsafeWould } from './failsafe.ts';
import type { Json, Rec } from './record.ts';

export interface Captured {
  /** Records that got a new stamp. */
  readonly changed: number;
}

export interface Absorbed extends Captured {
  /** Records that this browser did not know so. */
  readonly applied: readonly Pick<Rec, 'kind' | 'id'>[];
  /** Records (or parts) that were stamped more than 5 minutes ahead of now: kept, and merged in their time. */
  readonly deferred: number;
  /** Not null: these bills were held back, and wait for the owner's word (`release`). Everything else was applied. */
  readonly failsafe: readonly FailsafeWould[] | null;
}

/** What the owner was told that a merge would do. */
export type Shown = ReadonlyMap<BillId, FailsafeWhat>;

export interface Pending {
  readonly recs: readonly Rec[];
  /** To be given to the next `pendingSince` once these were sent. */
  readonly seq: number;
}

export interface Replica {
  /** Gives a new stamp to whatever the app changed since the last time. Costs nothing where nothing was changed. */
  capture(now: Instant): Promise<Captured>;
  /** Records that changed *here* after `seq` (0: ever), oldest change first, at most `most`. Captures nothing. */
  pendingSince(seq: number, most?: number): Promise<Pending>;
  /** The number of the last change that was made *here*; 0 while there was none. */
  latestSeq(): Promise<number>;
  /** Captures, merges and applies in one transaction. `recs` went through `soundRec`. */
  absorb(recs: readonly Rec[], options: { readonly now: Instant }): Promise<Absorbed>;
  /**
   * All records (waiting ones merged in), in chunks: a snapshot, an export. One chunk is of one moment; together they are
   * a state that merges soundly. `since`: without what is over (`isOver`) and was last stamped before it.
   */
  whole(since?: Instant): AsyncIterable<readonly Rec[]>;
  /** Writes fields of a record that has no row of the app (`device`, `vault` …). Unchanged values get no new stamp. */
  say(kind: string, id: string, values: Readonly<Record<string, Json>>, now: Instant): Promise<boolean>;
  /** Live records of one kind, unknown kinds too. */
  ofKind(kind: string): Promise<readonly Rec[]>;
  /** The bills that the failsafe holds back, and what would change. */
  held(): Promise<readonly FailsafeWould[]>;
  /**
   * The owner's word: `apply` them, or `refuse`, and what this browser has is written over them everywhere. `shown`: on
   * these alone; what came meanwhile goes on waiting.
   */
  release(word: 'apply' | 'refuse', now: Instant, shown?: Shown): Promise<Absorbed>;
  /** Drops what a removed device stamped ahead of time: it would come back long after. */
  forgetDevice(device: string): Promise<void>;
  /** On joining: what this browser holds from a clock that ran ahead is stamped anew, and who had it from here lets it go. */
  restamp(now: Instant): Promise<void>;
  /** Drops acknowledgements and tombstones past their retention; gives how many. */
  compact(now: Instant): Promise<number>;
  /** The owner allows the channel settings, with their keys, to be shared or no longer. What was shared stays where it is. */
  shareChannels(isShared: boolean, now: Instant): Promise<void>;
  /** On joining a vault, before its records are absorbed: accounts are hashed with its salt from now on. */
  adoptSalt(salt: string): Promise<void>;
  /** Salts of before, for the page that shows who is signed in: its hash under one of them is the same person's former account. */
  formerSalts(): Promise<readonly string[]>;
  /** Makes one account of two; ledger entries of bills that get another id go with them. In a vault the failsafe asks first. */
  rekey(siteId: string, former: string, account: string, now: Instant): Promise<void>;
  /** Ledger entries and acts of bills that are now known by another id (former id → that one) go with them. */
  renameTrail(renamed: ReadonlyMap<BillId, BillId>): Promise<void>;
  /** Before a first join, and after a restore from a backup: every row is looked at again at the next capture. */
  recheck(options?: {
    /** What others told counts as news of this browser: a vault that it comes to anew may not know it. */
    readonly tellsAll?: boolean;
  }): Promise<void>;
}
