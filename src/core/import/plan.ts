/** What an import would change. Pure: the preview and the write ask the same question. */
import { type Bill, billId } from '../bill.ts';
import type { Instant } from '../day.ts';
import type { ImportedBill } from './rows.ts';

export type Change = 'new' | 'changed' | 'same';

export interface PlannedBill {
  readonly change: Change;
  /** As it will be stored. */
  readonly bill: Bill;
  /** The stored bill; null when the file brings a new one. */
  readonly former: Bill | null;
}

const FIELDS = [
  'title',
  'dueDay',
  'statementDay',
  'totalFen',
  'remainingFen',
  'minimumFen',
  'overdueFeeFen',
  'standing',
] as const satisfies readonly (keyof Bill)[];

/**
 * In the order of the file. What a file does not say keeps its former value, and the owner's marks pass through; a note
 * is written only where there is none. Importing the same again is `same` throughout.
 */
export function planImport(imported: readonly ImportedBill[], existing: readonly Bill[], now: Instant): PlannedBill[] {
  const stored = new Map(existing.map((bill) => [bill.id, bill]));
  return imported.map((said) => {
    const given = said.siteId === 'statement' ? apart(inFreeSlot(said, stored), stored) : said;
    const id = billId(given.siteId, given.account, given.key);
    const former = stored.get(id) ?? null;
    const planned = former
      ? updated(former, given, now)
      : { change: 'new' as const, bill: added(given, id, now), former };
    stored.set(id, planned.bill);
    return planned;
  });
}

/** `statement:<lender>:<day>`, and which of the lender's bills of that day it is. */
const SLOT = /^(statement:.*:(?:\d{4}-\d\d-\d\d|undated))(?::(\d+))?$/;

/**
 * What a statement says of its month does not change: another amount of the same lender and day is another card's, in
 * a mail of its own, and must not take the place of the first. It goes into the next slot that is free or the same.
 */
function inFreeSlot(given: ImportedBill, stored: ReadonlyMap<string, Bill>): ImportedBill {
  const [, base, own] = SLOT.exec(given.key) ?? [];
  if (base === undefined) return given;
  const first = Number(own ?? 1);
  for (let slot = first; ; slot++) {
    const key = slot === 1 ? base : `${base}:${slot}`;
    const there = stored.get(billId(given.siteId, given.account, key));
    const isOther =
      there && there.remainingFen !== null && given.remainingFen !== null && there.remainingFen !== given.remainingFen;
    if (isOther) continue;
    return slot === first ? given : { ...given, key };
  }
}

const NTH = /（\d+）$/;

/** Two cards of one lender are due on one day: they are told apart by a number, and keep it. */
function apart(given: ImportedBill, stored: ReadonlyMap<string, Bill>): ImportedBill {
  const plain = given.title.replace(NTH, '');
  const known = stored.get(billId(given.siteId, given.account, given.key));
  if (known?.title.replace(NTH, '') === plain) return { ...given, title: known.title };
  const taken = new Set<string>();
  for (const { siteId, dueDay, title } of stored.values())
    if (siteId === given.siteId && dueDay === given.dueDay) taken.add(title);
  let title = given.title;
  for (let nth = 2; taken.has(title); nth++) title = `${plain}（${nth}）`;
  return { ...given, title };
}

function added({ note, ...given }: ImportedBill, id: string, now: Instant): Bill {
  return { ...given, id, owedSince: now, readAt: now, owner: note ? { note } : {} };
}

function updated(former: Bill, { note, ...given }: ImportedBill, now: Instant): PlannedBill {
  const remainingFen = given.remainingFen ?? former.remainingFen;
  const bill: Bill = {
    ...former,
    ...given,
    dueDay: given.dueDay ?? former.dueDay,
    statementDay: given.statementDay ?? former.statementDay,
    totalFen: given.totalFen ?? former.totalFen,
    remainingFen,
    minimumFen: given.minimumFen ?? former.minimumFen,
    overdueFeeFen: given.overdueFeeFen ?? former.overdueFeeFen,
    standing: given.standing === 'unknown' && given.remainingFen === null ? former.standing : given.standing,
    owner: note && former.owner.note === undefined ? { ...former.owner, note } : former.owner,
  };
  const isSame = FIELDS.every((field) => bill[field] === former[field]) && bill.owner.note === former.owner.note;
  if (isSame) return { change: 'same', bill: former, former };
  const owedSince = bill.dueDay === former.dueDay ? former.owedSince : now;
  return { change: 'changed', bill: { ...bill, owedSince, readAt: now }, former };
}

/** Finds the bill of another source with the same day and amount: importing it too would remind twice. */
export function twinFinder(existing: readonly Bill[]): (bill: Bill) => Bill | null {
  const byDebt = new Map<string, Bill[]>();
  for (const bill of existing) {
    if (bill.dueDay === null || bill.remainingFen === null) continue;
    const debt = `${bill.dueDay} ${bill.remainingFen}`;
    byDebt.set(debt, [...(byDebt.get(debt) ?? []), bill]);
  }
  return ({ siteId, dueDay, remainingFen }) =>
    byDebt.get(`${dueDay} ${remainingFen}`)?.find((other) => other.siteId !== siteId) ?? null;
}
