/** The schema. Rows are the core's nouns; an index key that a noun lacks is derived when the row is written and never read back. */
import { Dexie, type PromiseExtended, type Table } from 'dexie';
import type { OwnerActEntry, SiteState } from '../app/ports.ts';
import type { Bill } from '../core/bill.ts';
import type { Day } from '../core/day.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Rec } from '../core/record/record.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import { markingDirty } from './dirty.ts';
import { DATABASE_NAME, SCHEMA_VERSION } from './schema.ts';

export interface BillRow extends Bill {
  /** Present while the bill is watched: the planner's queries touch no other row. */
  readonly watchDay?: Day;
}

export interface SettingRow {
  readonly name: string;
  readonly value: unknown;
}

/** A record as it was last captured here or merged. */
export interface RecordRow extends Rec {
  /** Counts up with every change that was made here; absent while there was none. */
  readonly changedSeq?: number;
}

/** A record that was sent but is not merged yet. */
export interface WaitingRow {
  /** `clock`: stamped ahead of this machine's clock. `failsafe`: the owner is asked first. */
  readonly why: 'clock' | 'failsafe';
  readonly kind: string;
  readonly id: string;
  readonly rec: Rec;
}

/** A row of the app's that was written or removed since the last capture. */
export interface DirtyRow {
  readonly table: string;
  readonly key: string | readonly string[];
}

export class Database extends Dexie {
  declare readonly bills: Table<BillRow, string>;
  declare readonly ledger: Table<LedgerEntry, string>;
  declare readonly acts: Table<OwnerActEntry, string>;
  declare readonly sites: Table<SiteState, [string, string]>;
  declare readonly recipes: Table<Recipe, string>;
  declare readonly settings: Table<SettingRow, string>;
  declare readonly records: Table<RecordRow, [string, string]>;
  declare readonly waiting: Table<WaitingRow, [string, string, string]>;
  declare readonly dirty: Table<DirtyRow, [string, string | readonly string[]]>;

  constructor(name = DATABASE_NAME) {
    super(name);
    this.version(1).stores({
      bills: 'id, watchDay, [siteId+account], [siteId+key], dueDay',
      ledger: 'id, billId, noticeId, firedAt',
      acts: 'id, billId, at',
      sites: '[siteId+account]',
      recipes: 'id',
      settings: 'name',
    });
    this.version(SCHEMA_VERSION).stores({
      records: '[kind+id], changedSeq',
      waiting: '[why+kind+id]',
      dirty: '[table+key]',
    });
    this.use({ stack: 'dbcore', name: 'marking-dirty', create: markingDirty });
  }

  /** Who asks after a failure opens it anew: Dexie would refuse everyone for as long as the background lives. */
  override open(): PromiseExtended<Dexie> {
    return super.open().catch((error: unknown) => {
      // Not before those who wait now were told.
      setTimeout(() => this.isOpen() || this.close({ disableAutoOpen: false }));
      throw error;
    });
  }
}
