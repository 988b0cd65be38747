/** All records of this browser, as a snapshot or an export tells them. */
import type { Collection } from 'dexie';
import { elsewhere, watchDayOf } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import { isOver } from '../core/record/ack-record.ts';
import { mergeAll, mergeRecord } from '../core/record/merge.ts';
import { keyOf, type Rec, type State } from '../core/record/record.ts';
import { billIn } from './bill-row.ts';
import type { BillRow, Database, RecordRow } from './database.ts';
import { recOf } from './record-rows.ts';

const CHUNK = 1000;

export async function* wholeOf(db: Database, since?: Instant): AsyncGenerator<readonly Rec[]> {
  const waiting: State = mergeAll(
    new Map(),
    (await db.waiting.toArray()).map(({ rec }) => rec),
  ).state;
  const open = since === undefined ? null : new Set<string>(await db.bills.filter(isAskedSomewhere).primaryKeys());
  const isNeeded = (rec: Rec): boolean => !open || !isOver(rec, (billId) => open.has(billId), since!);
  let from: [string, string] | null = null;
  for (;;) {
    const above: Collection<RecordRow> =
      from === null ? db.records.orderBy('[kind+id]') : db.records.where('[kind+id]').above(from);
    const found: readonly RecordRow[] = await above.limit(CHUNK).toArray();
    const last = found.at(-1);
    if (!last) break;
    from = [last.kind, last.id];
    const merged = found.map((row) => {
      const more = waiting.get(keyOf(row));
      waiting.delete(keyOf(row));
      return more ? mergeRecord(recOf(row), more) : recOf(row);
    });
    yield merged.filter(isNeeded);
  }
  if (waiting.size > 0) yield [...waiting.values()];
}

function isAskedSomewhere(row: BillRow): boolean {
  return watchDayOf(elsewhere(billIn(row))) !== undefined;
}
