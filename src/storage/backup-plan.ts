/** What an import changed, from the bills before and after it: the same for the preview and for the deed. */
import type { Backup } from '../app/backup-file.ts';
import type { ImportPlan, PlannedChange } from '../app/backup-ports.ts';
import { type Bill, type BillId, isWatched } from '../core/bill.ts';
import { failsafe } from '../core/record/failsafe.ts';
import { canonical, type Json } from '../core/record/record.ts';
import type { Rekeyed } from '../core/record/rekey.ts';
import type { SettingNeeds } from './backup-settings.ts';

/** More than a person reads, beside what would end: that is named whole, and the counts name them all. */
const MOST_CHANGES = 300;

export type Counts = Pick<ImportPlan, 'ledger' | 'acts' | 'recipes'>;

export function planOf(
  before: ReadonlyMap<string, Bill>,
  after: ReadonlyMap<string, Bill>,
  backup: Backup,
  { renamed, ...rest }: Counts & SettingNeeds & Pick<ImportPlan, 'passedOver'> & Pick<Rekeyed, 'renamed'>,
): ImportPlan {
  const idAfter = (id: BillId): BillId => renamed.get(id) ?? id;
  const pairs = [...before.values()].map((bill) => ({ before: bill, after: after.get(idAfter(bill.id)) ?? null }));
  const { stops, would } = failsafe(pairs, [...before.values()].filter(isWatched).length);
  const text = (bill: Bill): string => canonical(bill as unknown as Json);
  const differs = pairs.filter((pair) => pair.after !== null && text(pair.before) !== text(pair.after));
  const known = new Set([...before.keys()].map(idAfter));
  const news = [...after.values()].filter(({ id }) => !known.has(id));
  const ended = new Set(would.map(({ billId }) => billId));
  const told = ({ id, title, dueDay, remainingFen }: Bill, what: PlannedChange['what']): PlannedChange => ({
    billId: id,
    title,
    dueDay,
    remainingFen,
    what,
  });
  const inFile = new Set(backup.bills.map(({ id }) => idAfter(id)));
  return {
    ...rest,
    added: news.length,
    changed: differs.length,
    same: Math.max(0, backup.bills.length - news.length - differs.length - rest.passedOver),
    onlyHere: [...before.keys()].filter((id) => !inFile.has(idAfter(id))).length,
    changes: [
      ...would.map(({ bill, what }) => told(bill, what)),
      ...news.map((bill) => told(bill, 'new')),
      ...differs.flatMap(({ after: bill }) => (bill && !ended.has(bill.id) ? [told(bill, 'changed')] : [])),
    ].slice(0, Math.max(would.length, MOST_CHANGES)),
    asks: stops,
    asking: [...after.values()].filter(isWatched).map(({ id }) => id),
  };
}

/** The bills that would no longer be reminded. */
export function endingIn({ changes }: ImportPlan): ReadonlySet<BillId> {
  const ending = changes.filter(({ what }) => what !== 'new' && what !== 'changed');
  return new Set(ending.map(({ billId }) => billId));
}
