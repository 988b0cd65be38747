/** The schema. Rows are the core's nouns; an index key that a noun lacks is derived when the row is written and never read back. */
import { Dexie, type Table } from 'dexie';
import type { OwnerActEntry, SiteState } from '../app/ports.ts';
import type { Bill } from '../core/bill.ts';
import type { Day } from '../core/day.ts';
import type { Recipe } from '../core/recipe.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';

export interface BillRow extends Bill {
  /** Present while the bill is watched: the planner's queries touch no other row. */
  readonly watchDay?: Day;
}

export interface SettingRow {
  readonly name: string;
  readonly value: unknown;
}

export class Database extends Dexie {
  declare readonly bills: Table<BillRow, string>;
  declare readonly ledger: Table<LedgerEntry, string>;
  declare readonly acts: Table<OwnerActEntry, string>;
  declare readonly sites: Table<SiteState, [string, string]>;
  declare readonly recipes: Table<Recipe, string>;
  declare readonly settings: Table<SettingRow, string>;

  constructor(name = 'duly') {
    super(name);
    this.version(1).stores({
      bills: 'id, watchDay, [siteId+account], [siteId+key], dueDay',
      ledger: 'id, billId, noticeId, firedAt',
      acts: 'id, billId, at',
      sites: '[siteId+account]',
      recipes: 'id',
      settings: 'name',
    });
  }
}
