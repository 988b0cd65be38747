/** What an import would change. Pure: the preview and the write ask the same question. */
import { type Bill, billId, isSaidOwed } from '../bill.ts';
import { type Instant, isInstant } from '../day.ts';
import type { ImportedBill } from './rows.ts';
import { areOtherCards, freeKey, isMarked, isNewer, met } from './statement-versions.ts';

export type Change = 'new' | 'changed' | 'same';

/** What a statement mail is to the bills that are known: a later word on one of them, an earlier one, or nobody can tell. */
export type Standpoint = 'corrects' | 'older' | 'in-doubt';

export interface PlannedBill {
  readonly change: Change;
  /** As it will be stored. */
  readonly bill: Bill;
  /** The stored bill; null when the file brings a new one. */
  readonly former: Bill | null;
  readonly standpoint?: Standpoint;
}

const FIELDS = [
  'key',
  'title',
  'dueDay',
  'statementDay',
  'totalFen',
  'remainingFen',
  'minimumFen',
  'overdueFeeFen',
  'standing',
  'sentAt',
] as const satisfies readonly (keyof Bill)[];

/**
 * In the order of the file. What a file does not say keeps its former value, and the owner's marks pass through; a note
 * is written only where there is none. Importing the same again is `same` throughout.
 */
export function planImport(imported: readonly ImportedBill[], existing: readonly Bill[], now: Instant): PlannedBill[] {
  const stored = new Map(existing.map((bill) => [bill.id, bill]));
  return imported.map((given) => {
    const planned = given.siteId === 'statement' ? ofStatement(given, stored, now) : ofRow(given, stored, now);
    stored.set(planned.bill.id, planned.bill);
    return planned;
  });
}

type Stored = ReadonlyMap<string, Bill>;

function ofRow(given: ImportedBill, stored: Stored, now: Instant): PlannedBill {
  const former = stored.get(billId(given.siteId, given.account, given.key));
  return former ? changed(former, filled(former, given), now) : added(given, now);
}

function ofStatement(said: ImportedBill, stored: Stored, now: Instant): PlannedBill {
  const ofSite = [...stored.values()].filter(({ siteId }) => siteId === said.siteId);
  const ofLender = ofSite.filter(({ account }) => account === said.account);
  const { former, isInDoubt } = met(said, ofLender);
  const isTaken = (key: string): boolean =>
    stored.has(billId(said.siteId, said.account, key)) || ofLender.some((bill) => bill.key === key);
  const keepsKey = former !== null && (isMarked(former) || !isMarked(said));
  const key = keepsKey ? former.key : freeKey(said.key, isTaken);
  const given = { ...said, key, title: titleApart(said, former, ofSite) };
  if (!former) return { ...added(given, now), ...(isInDoubt && { standpoint: 'in-doubt' }) };
  const isOther =
    said.remainingFen !== null && former.remainingFen !== null && said.remainingFen !== former.remainingFen;
  if (!isNewer(said, former)) {
    const dueDay = former.dueDay ?? said.dueDay;
    const statementDay = former.statementDay ?? said.statementDay;
    return { ...changed(former, { ...former, dueDay, statementDay }, now), ...(isOther && { standpoint: 'older' }) };
  }
  const isLater = isInstant(former.sentAt) && said.sentAt !== former.sentAt;
  const bill = isLater ? replaced(former, given) : filled(former, given);
  return { ...changed(former, bill, now), ...(isOther && { standpoint: 'corrects' }) };
}

const NTH = /（\d+）$/;

/** Two cards of one lender are due on one day: they are told apart by a number, and keep it. */
function titleApart(given: ImportedBill, former: Bill | null, ofSite: readonly Bill[]): string {
  const plain = given.title.replace(NTH, '');
  if (former?.title.replace(NTH, '') === plain) return former.title;
  const taken = new Set(ofSite.filter(({ dueDay }) => dueDay === given.dueDay).map(({ title }) => title));
  let { title } = given;
  for (let nth = 2; taken.has(title); nth++) title = `${plain}（${nth}）`;
  return title;
}

function added({ note, ...given }: ImportedBill, now: Instant): PlannedBill {
  const id = billId(given.siteId, given.account, given.key);
  const bill = { ...given, id, owedSince: now, readAt: now, owner: note ? { note } : {} };
  return { change: 'new', bill, former: null };
}

/** What is not said now keeps its former value. */
function filled(former: Bill, { note, ...given }: ImportedBill): Bill {
  return {
    ...former,
    ...given,
    dueDay: given.dueDay ?? former.dueDay,
    statementDay: given.statementDay ?? former.statementDay,
    totalFen: given.totalFen ?? former.totalFen,
    remainingFen: given.remainingFen ?? former.remainingFen,
    minimumFen: given.minimumFen ?? former.minimumFen,
    overdueFeeFen: given.overdueFeeFen ?? former.overdueFeeFen,
    standing: given.standing === 'unknown' && given.remainingFen === null ? former.standing : given.standing,
    owner: note && former.owner.note === undefined ? { ...former.owner, note } : former.owner,
  };
}

/** No amount of an earlier mail belongs to a later one. */
function replaced(former: Bill, { note: _, ...given }: ImportedBill): Bill {
  const { dueDay, statementDay } = filled(former, given);
  return { ...former, ...given, dueDay, statementDay };
}

/**
 * A higher amount than the one that was paid is another debt, which the mark must not silence. Any other one leaves the
 * mark in peace: a statement knows of no payment. A spreadsheet does, and is a reading as any other.
 */
function changed(former: Bill, next: Bill, now: Instant): PlannedBill {
  const isSame = FIELDS.every((field) => next[field] === former[field]) && next.owner.note === former.owner.note;
  if (isSame) return { change: 'same', bill: former, former };
  const { paidAt, ...unpaid } = next.owner;
  const isMore = paidAt !== undefined && former.remainingFen !== null && (next.remainingFen ?? 0) > former.remainingFen;
  const isPaid = paidAt !== undefined && !isMore && next.siteId === 'statement';
  const isPromisedStill = next.dueDay === former.dueDay && !isMore && (isSaidOwed(former) || !isSaidOwed(next));
  const bill = {
    ...next,
    owedSince: isPromisedStill ? former.owedSince : now,
    readAt: isPaid ? former.readAt : now,
    owner: isMore ? unpaid : next.owner,
  };
  return { change: 'changed', bill, former };
}

export interface Twins {
  of(bill: Bill): Bill | null;
  add(bill: Bill): void;
}

/**
 * Bills of another source with the same day and amount, or of another mail of the same lender that names no other card:
 * importing such a one too would remind twice.
 */
export function twinsAmong(bills: readonly Bill[]): Twins {
  const byDebt = new Map<string, Bill[]>();
  const alike = ({ dueDay, remainingFen }: Bill): Bill[] => byDebt.get(`${dueDay} ${remainingFen}`) ?? [];
  const isTwin = (bill: Bill, other: Bill): boolean =>
    other.siteId !== bill.siteId ||
    (bill.siteId === 'statement' && other.account === bill.account && !areOtherCards(bill, other));
  const twins: Twins = {
    of: (bill) => alike(bill).find((other) => other.id !== bill.id && isTwin(bill, other)) ?? null,
    add: (bill) => {
      if (bill.dueDay === null || bill.remainingFen === null) return;
      // One of each other source is enough, however many rows say the same.
      const isKnown = bill.siteId !== 'statement' && alike(bill).some(({ siteId }) => siteId === bill.siteId);
      if (!isKnown) byDebt.set(`${bill.dueDay} ${bill.remainingFen}`, [...alike(bill), bill]);
    },
  };
  for (const bill of bills) twins.add(bill);
  return twins;
}
