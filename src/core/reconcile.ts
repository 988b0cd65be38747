/** What a reading changes in the bills that are already known. Pure: the owner's marks pass through untouched. */
import { type Bill, type BillId, billId, isWatched } from './bill.ts';
import type { Instant } from './day.ts';
import { fen } from './money.ts';
import { type Family, type ReadBill, type Reading, SOURCES, SUM_KEY } from './reading.ts';

export interface Seat {
  readonly siteId: string;
  readonly account: string;
  readonly now: Instant;
}

type BillsReading = Extract<Reading, { kind: 'bills' }>;

export interface Reconciled {
  /** Every bill that was read, every open one that a complete reading no longer lists, every one that is paid off. */
  readonly bills: readonly Bill[];
  /** Totals that single bills now explain: they were never debts of their own. */
  readonly goneIds: readonly BillId[];
}

export function reconcile(existing: readonly Bill[], reading: BillsReading, seat: Seat): Reconciled {
  const taken = new Set<string>();
  const explains = (sum: { readonly family: Family }): boolean =>
    [...reading.bills, ...existing.filter(isWatched)].some(
      (bill) => !isSum(bill) && bill.standing !== 'settled' && (bill.family === 'loan') === (sum.family === 'loan'),
    );
  const seenBills = reading.bills.filter((seen) => !isSum(seen) || !explains(seen));
  const named = new Set(seenBills.map((seen) => seen.key));
  const read: Bill[] = [];
  for (const seen of seenBills) {
    const known =
      existing.find((bill) => !taken.has(bill.id) && bill.key === seen.key) ??
      existing.find((bill) => !taken.has(bill.id) && !named.has(bill.key) && isSameBill(bill, seen));
    if (known) taken.add(known.id);
    read.push(known ? updated(known, seen, seat.now) : added(seen, seat, [...existing, ...read]));
  }
  const gone = existing.filter((bill) => isSum(bill) && !taken.has(bill.id) && explains(bill));
  const rest = existing.filter((bill) => !taken.has(bill.id) && !gone.includes(bill) && isPageSource(bill));
  const paidOff = rest.filter((bill) => reading.paidKeys?.includes(bill.key));
  const vanished = rest.filter(
    (bill) =>
      !paidOff.includes(bill) &&
      isWatched(bill) &&
      bill.missingSince === undefined &&
      reading.covered.includes(bill.family),
  );
  return {
    bills: [
      ...read,
      ...paidOff.map((bill): Bill => ({ ...bill, standing: 'settled', remainingFen: fen(0), readAt: seat.now })),
      ...vanished.map((bill): Bill => ({ ...bill, standing: 'unknown', missingSince: seat.now })),
    ],
    goneIds: gone.map((bill) => bill.id),
  };
}

function isSum({ key }: { readonly key: string }): boolean {
  return key.startsWith(SUM_KEY);
}

/** What the owner typed or brought from a file is not the page's to lose. */
function isPageSource(bill: Bill): boolean {
  return bill.source !== 'hand' && bill.source !== 'file';
}

const ISSUE: readonly Family[] = ['issued', 'unissued'];

/** A label reading has no site key: the day tells which bill it is. A loan has many with one day, and is told by key alone. */
function isSameBill(bill: Bill, seen: ReadBill): boolean {
  if (!ISSUE.includes(bill.family) || !ISSUE.includes(seen.family)) return false;
  if (isSiteKey(bill.key) && isSiteKey(seen.key)) return false;
  if (bill.statementDay && seen.statementDay) return bill.statementDay === seen.statementDay;
  return bill.dueDay !== null && bill.dueDay === seen.dueDay;
}

/** Keys made from a day (`due:…`, `statement:…`) stand in for a site's own. */
function isSiteKey(key: string): boolean {
  return !key.includes(':');
}

/** An id made from a day may have passed to a bill that since got the site's own key: it is never given twice. */
function added(seen: ReadBill, { siteId, account, now }: Seat, others: readonly Bill[]): Bill {
  let id = billId(siteId, account, seen.key);
  while (others.some((other) => other.id === id && other.key !== seen.key)) id += '+';
  return { ...seen, id, siteId, account, owedSince: now, readAt: now, owner: {} };
}

/** As far as the pages say: slots that passed while nothing was owed are not promised afterwards. */
function isOwed(bill: Bill): boolean {
  return isWatched({ ...bill, owner: {} });
}

/** A field that the new reading does not know keeps its former value: not seeing an amount does not undo it. */
function updated(known: Bill, seen: ReadBill, now: Instant): Bill {
  const keepsDay =
    seen.dueDay === null || (seen.dueDayIs === 'estimated' && known.dueDay !== null && known.dueDayIs === 'stated');
  const dueDay = keepsDay ? known.dueDay : seen.dueDay;
  const remainingFen =
    seen.remainingFen ?? (seen.standing === 'open' && known.remainingFen === 0 ? null : known.remainingFen);
  const { missingSince: _, ...rest } = known;
  const next: Bill = {
    ...rest,
    ...seen,
    key: isSiteKey(seen.key) ? seen.key : known.key,
    dueDay,
    dueDayIs: keepsDay ? known.dueDayIs : seen.dueDayIs,
    statementDay: seen.statementDay ?? known.statementDay,
    totalFen: seen.totalFen ?? known.totalFen,
    remainingFen: seen.standing === 'settled' ? seen.remainingFen : remainingFen,
    minimumFen: seen.minimumFen ?? known.minimumFen,
    overdueFeeFen: seen.overdueFeeFen ?? known.overdueFeeFen,
    standing: seen.standing === 'unknown' && remainingFen !== null ? known.standing : seen.standing,
    source: SOURCES[Math.min(SOURCES.indexOf(seen.source), SOURCES.indexOf(known.source))] ?? seen.source,
    readAt: now,
  };
  const isPromisedStill = dueDay === known.dueDay && (isOwed(known) || !isOwed(next));
  return { ...next, owedSince: isPromisedStill ? Math.min(known.owedSince, now) : now };
}
