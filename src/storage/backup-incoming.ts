/** A backup's rows as records: each field stamped with its last edit, so that merging knows what is newer. */
import type { Backup } from '../app/backup-file.ts';
import type { BinnedBill, OwnerActEntry } from '../app/ports.ts';
import { BILL } from '../core/record/bill-record.ts';
import { capture, type Projected, valuesOf } from '../core/record/capture.ts';
import { msOf, newClock } from '../core/record/clock.ts';
import { keyOf, type Rec, splitByDrift } from '../core/record/record.ts';
import { RULES, rulesFrom, rulesProjected } from '../core/record/settings-records.ts';
import { billRow } from './bill-row.ts';
import type { Shelf } from './shelves.ts';
import { soundBill, soundRules } from './sound.ts';

/** Stamps that a file got of no browser: of rows that it holds without a record, or otherwise than the record says. */
const FILE_DEVICE = 'backup';

/** The rows of the file by kind, each as it may be believed. */
export function rowsByKind({ bills, ledger, recipes, sites }: Backup): Readonly<Record<string, readonly unknown[]>> {
  return { bill: bills.map((bill) => billRow(soundBill(bill))), ack: ledger, recipe: recipes, site: sites };
}

/** The rows are what counts: where a record says otherwise, the row was written last, when the file was. */
export function incomingOf(backup: Backup, shelves: readonly Shelf[], now: number): Rec[] {
  const shadow = new Map<string, Rec>();
  for (const rec of backup.records) {
    const soon = splitByDrift(rec, now).now;
    if (soon) shadow.set(keyOf(soon), soon);
  }
  const rows = rowsByKind(backup);
  const seen = shelves.flatMap((shelf) =>
    (rows[shelf.kind] ?? []).map((row) => {
      const id = shelf.idOf(shelf.keyOf(row));
      return shelf.projected(row, shadow.get(keyOf({ kind: shelf.kind, id })));
    }),
  );
  if (backup.settings.rules) seen.push(rulesSeen(backup.settings.rules, shadow));
  const { changed } = capture(shadow, seen, newClock(FILE_DEVICE), Math.min(backup.exportedAt, now));
  for (const rec of changed) shadow.set(keyOf(rec), rec);
  return [...shadow.values()];
}

function rulesSeen(raw: unknown, shadow: ReadonlyMap<string, Rec>): Projected {
  const known = shadow.get(keyOf({ kind: RULES, id: RULES }));
  const understood = known && (() => rulesProjected(soundRules(rulesFrom(valuesOf(known)))).values!);
  return { ...rulesProjected(soundRules(raw)), ...(understood && { understood }) };
}

const TAKEN_BACK: Readonly<Partial<Record<OwnerActEntry['do'], string>>> = {
  unpaid: 'paidAt',
  unmute: 'mutedAt',
  unsnooze: 'snooze',
};

/**
 * What the owner took back or deleted here while nothing was captured yet has no stamp of its own: their acts and the
 * bin know when. Gives the records without what is older than that.
 */
export function withoutTakenBack(
  recs: readonly Rec[],
  acts: readonly OwnerActEntry[],
  bin: readonly BinnedBill[],
): { readonly recs: readonly Rec[]; readonly passedOver: ReadonlySet<string> } {
  const takenBack = new Map<string, number>();
  for (const act of acts) {
    const field = TAKEN_BACK[act.do];
    const at = `${act.billId}\n${field}`;
    if (field) takenBack.set(at, Math.max(act.at, takenBack.get(at) ?? 0));
  }
  const deleted = new Map(bin.map(({ bill, at }) => [bill.id, at]));
  const passedOver = new Set<string>();
  const kept = recs.flatMap((rec) => {
    if (rec.kind !== BILL) return [rec];
    const stamps = Object.values(rec.fields).map(([, stamp]) => msOf(stamp));
    const goneAt = deleted.get(rec.id);
    if (goneAt !== undefined && stamps.every((at) => at <= goneAt)) {
      passedOver.add(rec.id);
      return [];
    }
    const fields = Object.entries(rec.fields).filter(
      ([name, [, stamp]]) => msOf(stamp) >= (takenBack.get(`${rec.id}\n${name}`) ?? 0),
    );
    return [fields.length === stamps.length ? rec : { ...rec, fields: Object.fromEntries(fields) }];
  });
  return { recs: kept, passedOver };
}
