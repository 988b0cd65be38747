/** Which table holds which kind of record, and how a row becomes one and back. Rules and channels are settings, and stand apart. */
import type { IndexableType, Table } from 'dexie';
import type { SiteState } from '../app/ports.ts';
import type { Recipe } from '../core/recipe.ts';
import { ACK, ackFrom, ackProjected, unacknowledged } from '../core/record/ack-record.ts';
import { BILL, billFrom, billProjected, billValues } from '../core/record/bill-record.ts';
import { type Projected, type Values, valuesOf } from '../core/record/capture.ts';
import { isLive, type Rec } from '../core/record/record.ts';
import {
  RECIPE,
  recipeFrom,
  recipeProjected,
  SITE,
  siteFrom,
  siteKey,
  siteProjected,
} from '../core/record/settings-records.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import { billIn, billRow } from './bill-row.ts';
import type { BillRow, Database } from './database.ts';
import { soundBill } from './sound.ts';

export type Key = string | [string, string];

export interface Shelf {
  readonly kind: string;
  readonly table: Table<unknown, IndexableType>;
  keyOf(row: unknown): Key;
  idOf(key: Key): string;
  keyFor(id: string): Key;
  /** `shadow`: the record as it was last captured or merged. */
  projected(row: unknown, shadow: Rec | undefined): Projected;
  /** A row that is no more was deleted by the owner; else it only grew old, and the record stays. */
  readonly endsWithRow: boolean;
  /** The row that a live record makes of `former`; null where it tells too little for one. */
  from(id: string, values: Values, former: unknown): unknown;
  /** What a deleted record leaves of a row; null: nothing. */
  after(former: unknown): unknown;
}

interface Typed<Row> {
  kind: string;
  table: Table<Row, never>;
  keyOf(row: Row): Key;
  idOf?(key: Key): string;
  keyFor?(id: string): Key;
  projected(row: Row, shadow: Rec | undefined): Projected;
  endsWithRow?: boolean;
  from(id: string, values: Values, former: Row | null): Row | null;
  after?(former: Row): Row | null;
}

export function shelvesOf(db: Database): readonly Shelf[] {
  return [
    shelf<BillRow>({
      kind: BILL,
      table: db.bills as never,
      keyOf: (row) => row.id,
      projected: (row, shadow) => billProjected(billIn(row), shadow && (() => understoodBill(shadow))),
      from: (id, values, former) => {
        // Marks of this browser alone are kept as they stand.
        const bill = billFrom(id, values, former && { ...billIn(former), owner: former.owner ?? {} });
        return bill && billRow(bill);
      },
    }),
    shelf<LedgerEntry>({
      kind: ACK,
      table: db.ledger as never,
      keyOf: (row) => row.id,
      projected: ackProjected,
      endsWithRow: false,
      from: ackFrom,
      after: unacknowledged,
    }),
    shelf<Recipe>({
      kind: RECIPE,
      table: db.recipes as never,
      keyOf: (row) => row.id,
      projected: recipeProjected,
      from: recipeFrom,
    }),
    shelf<SiteState>({
      kind: SITE,
      table: db.sites as never,
      keyOf: (row) => [row.siteId, row.account],
      idOf: ([siteId, account]) => siteKey({ siteId: siteId!, account: account! }),
      keyFor: (id) => {
        const cut = id.indexOf('/');
        return [id.slice(0, cut), id.slice(cut + 1)];
      },
      projected: siteProjected,
      from: siteRow,
    }),
  ];
}

function shelf<Row>(typed: Typed<Row>): Shelf {
  return {
    idOf: String,
    keyFor: (id: string) => id,
    endsWithRow: true,
    after: () => null,
    ...typed,
  } as unknown as Shelf;
}

function understoodBill(shadow: Rec): Values {
  if (!isLive(shadow)) return {};
  const bill = billFrom(shadow.id, valuesOf(shadow), null);
  return bill ? billValues(soundBill(bill)) : {};
}

function siteRow(id: string, values: Values, former: SiteState | null): SiteState | null {
  const account = siteFrom(id, values, former);
  if (!account) return null;
  const at = Math.max(account.billsReadAt ?? 0, account.issuedReadAt ?? 0);
  const look = former ?? { kind: 'bills' as const, why: null, at };
  return { ...look, ...account };
}
