/** What a reading changes in the bills that are already known. Pure: the owner's marks pass through, with their moments in the past. */
import { type Bill, type BillId, billId, isPaidDisputed, isWatched, type OwnerMarks } from './bill.ts';
import { addDays, DAY_MS, type Day, dayOf, daysBetween, type Instant, isAhead } from './day.ts';
import { fen } from './money.ts';
import { type Family, type ReadBill, type Reading, SUM_KEY } from './reading.ts';
import { wary, weighed } from './weigh.ts';

export interface Seat {
  readonly siteId: string;
  readonly account: string;
  readonly now: Instant;
  /** Ids that bills of other accounts took along when they moved: never given again. */
  readonly takenIds?: ReadonlySet<BillId>;
}

type BillsReading = Extract<Reading, { kind: 'bills' }>;

export interface Reconciled {
  /** Every bill that was read, every open one that a complete reading no longer lists, every one that is paid off. */
  readonly bills: readonly Bill[];
  /** Totals that single bills now explain, and a current bill that has become known: no debts of their own. */
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
  const unnamed = (test: (bill: Bill) => boolean): Bill[] =>
    existing.filter((bill) => !taken.has(bill.id) && !named.has(bill.key) && test(bill));
  const read: Bill[] = [];
  for (const seen of seenBills) {
    const known =
      latest(existing.filter((bill) => !taken.has(bill.id) && isSameKey(bill, seen, seat.now))) ??
      unnamed((bill) => isSameBill(bill, seen))[0] ??
      onlyOne(unnamed((bill) => isSameCurrent(bill, seen, seat.now)));
    if (known) taken.add(known.id);
    read.push(known ? updated(known, seen, seat.now) : added(seen, seat, [...existing, ...read]));
  }
  const isTold = (bill: Bill): boolean =>
    isDaylessCurrent(bill) &&
    Object.keys(bill.owner).length === 0 &&
    seenBills.some((seen) => isSameCurrent(bill, seen, seat.now));
  const gone = existing.filter((bill) => !taken.has(bill.id) && (isSum(bill) ? explains(bill) : isTold(bill)));
  const rest = existing.filter((bill) => !taken.has(bill.id) && !gone.includes(bill) && isPageSource(bill));
  const paidOff = rest.filter((bill) => !isPlaceholder(bill.key) && reading.paidKeys?.includes(bill.key));
  const owesNothing = rest.filter((bill) => isSum(bill) && isWatched(bill) && saysNothingIsOwed(reading, bill.family));
  const vanished = rest.filter(
    (bill) =>
      !owesNothing.includes(bill) &&
      !paidOff.includes(bill) &&
      (isWatched(bill) || isPaidDisputed(bill)) &&
      bill.missingSince === undefined &&
      reading.covered.includes(bill.family),
  );
  return {
    bills: [
      ...read,
      ...[...paidOff, ...owesNothing].map((bill) => settled(bill, seat.now)),
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

function settled({ missingSince: _, ...bill }: Bill, now: Instant): Bill {
  return { ...bill, standing: 'settled', remainingFen: fen(0), doubts: [], readAt: now };
}

const ISSUE: readonly Family[] = ['issued', 'unissued'];

/** A total is over all of its product: only a reading of all of it that lists no debt is evidence of zero. */
function saysNothingIsOwed({ covered, bills }: BillsReading, family: Family): boolean {
  const families: readonly Family[] = family === 'loan' ? ['loan'] : ISSUE;
  return (
    families.every((each) => covered.includes(each)) &&
    !bills.some((bill) => families.includes(bill.family) && bill.standing !== 'settled')
  );
}

/** A label reading has no site key: the day tells which bill it is. A loan has many with one day, and is told by key alone. */
function isSameBill(bill: Bill, seen: ReadBill): boolean {
  if (!ISSUE.includes(bill.family) || !ISSUE.includes(seen.family)) return false;
  if (isSiteKey(bill.key) && isSiteKey(seen.key)) return false;
  if (bill.statementDay && seen.statementDay) return bill.statementDay === seen.statementDay;
  return bill.dueDay !== null && bill.dueDay === seen.dueDay;
}

/** The current bill of a page that shows neither its day nor its key, as another page shows it: by its amount. */
function isSameCurrent(bill: Bill, seen: ReadBill, now: Instant): boolean {
  if (!bill.remainingFen || bill.remainingFen !== seen.remainingFen) return false;
  if (isDaylessCurrent(seen)) return isPageSource(bill) && isCurrentOn(bill, dayOf(now));
  return isDaylessCurrent(bill) && isWatched(bill) && isCurrentOn(seen, dayOf(bill.readAt));
}

function isDaylessCurrent({ key, dueDay, statementDay }: ReadBill): boolean {
  return key === 'current' && dueDay === null && statementDay === null;
}

/** It was issued, and the one after it was not. */
function isCurrentOn({ family, statementDay, dueDay }: ReadBill, day: Day): boolean {
  if (family !== 'issued' || dueDay === null) return false;
  return day >= (statementDay ?? addDays(dueDay, -SAME_BILL_DAYS)) && day <= addDays(dueDay, SAME_BILL_DAYS);
}

function onlyOne(bills: readonly Bill[]): Bill | undefined {
  return bills.length === 1 ? bills[0] : undefined;
}

/** Words that the readers put where a site gave neither id nor day: the same in every month, and for every person. */
const PLACEHOLDER = /^(?:(?:current|issued|unissued|loan)(?::\d{1,3})?|(?:sum|taught):.*)$/;

function isPlaceholder(key: string): boolean {
  return PLACEHOLDER.test(key);
}

/** The site's own. Keys made from a day (`due:…`, `statement:…`) and placeholders stand in for one. */
export function isSiteKey(key: string): boolean {
  return !key.includes(':') && !isPlaceholder(key);
}

/** Monthly bills lie at least 28 days apart: within these it is the same one. */
const SAME_BILL_DAYS = 20;

function isSameKey(bill: Bill, seen: ReadBill, now: Instant): boolean {
  return bill.key === seen.key && (!isPlaceholder(seen.key) || isSameMonth(bill, seen, now));
}

/** September's mark must not silence October's bill of the same placeholder. */
function isSameMonth(bill: Bill, seen: ReadBill, now: Instant): boolean {
  const near = (one: Day, other: Day): boolean => Math.abs(daysBetween(one, other)) <= SAME_BILL_DAYS;
  if (bill.statementDay && seen.statementDay) return near(bill.statementDay, seen.statementDay);
  if (bill.dueDay && seen.dueDay) return near(bill.dueDay, seen.dueDay);
  const isRecent = (then: Instant): boolean => now - then < SAME_BILL_DAYS * DAY_MS;
  const { paidAt, mutedAt } = bill.owner;
  if (isSum(bill) && paidAt === undefined && mutedAt === undefined) return true;
  // Paid, and the page still shows that very amount, or nothing left: it lags behind, or agrees.
  const isPaidOne = seen.remainingFen === 0 || seen.remainingFen === bill.remainingFen;
  if (paidAt !== undefined && !(isPaidOne && isRecent(paidAt))) return false;
  return isRecent(bill.readAt) && (mutedAt === undefined || isRecent(mutedAt));
}

function latest(bills: readonly Bill[]): Bill | undefined {
  return bills.reduce<Bill | undefined>((best, bill) => (best && best.readAt >= bill.readAt ? best : bill), undefined);
}

/** The ids that a new bill may get, in turn: a placeholder's second one tells the month. */
export function* idsFor({ siteId, account, now }: Seat, key: string): Generator<BillId> {
  const own = billId(siteId, account, key);
  yield own;
  const base = isPlaceholder(key) ? `${own}@${dayOf(now).slice(0, 7)}` : own;
  for (let extra = base === own ? '+' : ''; ; extra += '+') yield base + extra;
}

/** An id made from a day may have passed to a bill that since got the site's own key: it is never given twice. */
function added(seen: ReadBill, seat: Seat, others: readonly Bill[]): Bill {
  const { siteId, account, now, takenIds } = seat;
  const isTaken = (id: BillId): boolean =>
    takenIds?.has(id) || others.some((other) => other.id === id && (other.key !== seen.key || isPlaceholder(seen.key)));
  const ids = idsFor(seat, seen.key);
  let id: BillId = ids.next().value;
  while (isTaken(id)) id = ids.next().value;
  return wary({ ...seen, id, siteId, account, owedSince: now, readAt: now, owner: {} });
}

/** As far as the pages say: slots that passed while nothing was owed are not promised afterwards. */
function isOwed(bill: Bill): boolean {
  return isWatched({ ...bill, owner: {} });
}

/** A mark from ahead would outdo every reading until then: of its payment, or of the next month under the same words. */
function saidInTime(owner: OwnerMarks, now: Instant): OwnerMarks {
  const { paidAt, mutedAt } = owner;
  return {
    ...owner,
    ...(paidAt !== undefined && isAhead(paidAt, now) && { paidAt: now }),
    ...(mutedAt !== undefined && isAhead(mutedAt, now) && { mutedAt: now }),
  };
}

/** Next month's bill under the key of this one: no amount of this month's is its own, and no word that silenced it. */
function anew(bill: Bill): Bill {
  const {
    paidAt: _paid,
    mutedAt: _muted,
    hiddenAt: _hidden,
    snoozedAt: _at,
    snoozedUntil: _until,
    ...owner
  } = bill.owner;
  const unknown = { statementDay: null, totalFen: null, remainingFen: null, minimumFen: null, overdueFeeFen: null };
  return { ...bill, ...unknown, standing: 'unknown', owner };
}

/** A field that the new reading does not know keeps its former value: not seeing an amount does not undo it. */
function updated(former: Bill, seen: ReadBill, now: Instant): Bill {
  const keepsDay =
    seen.dueDay === null || (seen.dueDayIs === 'estimated' && former.dueDay !== null && former.dueDayIs === 'stated');
  const { doubts, source, disagrees, owedFen } = weighed(former, seen, keepsDay);
  const isEarlierKept = disagrees.includes('dueDay') && former.dueDay !== null && former.dueDay < (seen.dueDay ?? '');
  const dueDay = keepsDay || isEarlierKept ? former.dueDay : seen.dueDay;
  const isNextMonth = former.dueDay !== null && dueDay !== null && daysBetween(former.dueDay, dueDay) > SAME_BILL_DAYS;
  const known = isNextMonth ? anew(former) : former;
  const remainingFen =
    seen.remainingFen ?? (seen.standing === 'open' && known.remainingFen === 0 ? null : known.remainingFen);
  const { missingSince: _, ...rest } = known;
  const next = wary({
    ...rest,
    ...seen,
    key: isSiteKey(seen.key) || (isPlaceholder(known.key) && !isPlaceholder(seen.key)) ? seen.key : known.key,
    dueDay,
    dueDayIs: keepsDay ? known.dueDayIs : seen.dueDayIs,
    statementDay: seen.statementDay ?? known.statementDay,
    totalFen: seen.totalFen ?? known.totalFen,
    remainingFen: seen.standing === 'settled' ? seen.remainingFen : remainingFen,
    minimumFen: seen.minimumFen ?? known.minimumFen,
    overdueFeeFen: seen.overdueFeeFen ?? known.overdueFeeFen,
    standing: seen.standing === 'unknown' && remainingFen !== null ? known.standing : seen.standing,
    ...(owedFen !== undefined && { remainingFen: owedFen, standing: 'unknown' as const }),
    doubts,
    source,
    readAt: now,
    owner: saidInTime(known.owner, now),
  });
  const isPromisedStill = dueDay === known.dueDay && (isOwed(known) || !isOwed(next));
  return { ...next, owedSince: isPromisedStill ? Math.min(known.owedSince, now) : now };
}
