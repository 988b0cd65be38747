/** What a reading changes in the bills that are already known. Pure: the owner's marks pass through, with their moments in the past. */
import {
  type Bill,
  type BillId,
  billId,
  isPaidDisputed,
  isSaidOwed,
  isWatched,
  type OwnerMarks,
  SETTLES_WITHIN_MS,
} from './bill.ts';
import { type Day, dayOf, daysBetween, type Instant, isAhead } from './day.ts';
import { type Fen, fen } from './money.ts';
import { type Family, type ReadBill, type Reading, SAME_BILL_DAYS } from './reading.ts';
import {
  ISSUE,
  isDaylessCurrent,
  isPageSource,
  isPlaceholder,
  isSameCurrent,
  isSiteKey,
  isSum,
  matched,
} from './same-bill.ts';
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
  const explains = (sum: ReadBill): boolean =>
    [...reading.bills, ...existing.filter(isWatched)].some((bill) => isPartOf(bill, sum));
  const seenBills = reading.bills.filter((seen) => !isSum(seen) || !explains(seen));
  const known = matched(existing, seenBills, seat.now);
  const taken = new Set([...known.values()].map(({ id }) => id));
  const read: Bill[] = [];
  for (const seen of seenBills) {
    const former = known.get(seen);
    read.push(former ? updated(former, seen, seat.now) : added(seen, seat, [...existing, ...read]));
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
  // What the owner wrote beside a total goes on beside the first bill that explains it and has room for it.
  const kept = new Set<BillId>();
  for (const sum of gone.filter(hasWords)) {
    const heir = read.findIndex((bill) => isPartOf(bill, sum) && !(sum.owner.statement && bill.owner.statement));
    if (heir < 0) kept.add(sum.id);
    else read[heir] = withWordsOf(sum, read[heir] as Bill);
  }
  return {
    bills: [
      ...read,
      ...[...paidOff, ...owesNothing].map((bill) => settled(bill, seat.now)),
      ...vanished.map((bill): Bill => ({ ...bill, standing: 'unknown', missingSince: seat.now })),
    ],
    goneIds: gone.map(({ id }) => id).filter((id) => !kept.has(id)),
  };
}

const hasWords = ({ owner }: Bill): boolean => owner.note !== undefined || owner.statement !== undefined;

function isPartOf(bill: ReadBill, sum: ReadBill): boolean {
  return !isSum(bill) && bill.standing !== 'settled' && (bill.family === 'loan') === (sum.family === 'loan');
}

function withWordsOf({ owner: { note, statement, statementAt } }: Bill, bill: Bill): Bill {
  const notes = [bill.owner.note, note].filter((each) => each !== undefined);
  const noted = notes.length > 0 && { note: notes.join('\n') };
  return { ...bill, owner: { ...bill.owner, ...noted, ...(statement !== undefined && { statement, statementAt }) } };
}

function settled({ missingSince: _, ...bill }: Bill, now: Instant): Bill {
  return { ...bill, standing: 'settled', remainingFen: fen(0), doubts: [], readAt: now };
}

/** A total is over all of its product: only a reading of all of it that lists no debt is evidence of zero. */
function saysNothingIsOwed({ covered, bills }: BillsReading, family: Family): boolean {
  const families: readonly Family[] = family === 'loan' ? ['loan'] : ISSUE;
  return (
    families.every((each) => covered.includes(each)) &&
    !bills.some((bill) => families.includes(bill.family) && bill.standing !== 'settled')
  );
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

/** A mark from ahead would outdo every reading until then: of its payment, or of the next month under the same words. */
function saidInTime(owner: OwnerMarks, now: Instant): OwnerMarks {
  const { paidAt, mutedAt } = owner;
  return {
    ...owner,
    ...(paidAt !== undefined && isAhead(paidAt, now) && { paidAt: now }),
    ...(mutedAt !== undefined && isAhead(mutedAt, now) && { mutedAt: now }),
  };
}

function isOwedAgain(next: Bill, former: Bill): boolean {
  return isSaidOwed(next) && !isSaidOwed(former);
}

/** More than stood there when it was paid is another debt (bought since, charged for being late): that mark is not about it. */
function isMore(next: Bill, former: Bill): boolean {
  return isOwedAgain(next, former) || (next.remainingFen ?? 0) > (next.paidFen ?? Number.POSITIVE_INFINITY);
}

/** Paid while it was unissued, and the bill that was issued since lists an amount: that was bought after. */
function isBoughtSince({ owner: { paidAt }, family }: Bill, seen: ReadBill, now: Instant): boolean {
  const isIssued = family === 'unissued' && seen.family === 'issued';
  return isIssued && now - (paidAt ?? now) >= SETTLES_WITHIN_MS && (seen.remainingFen ?? 0) > 0;
}

/** More than the reader that is trusted most had said of it. What was unknown has not grown: it is known only now. */
function hasGrown(next: Bill, former: Bill): boolean {
  const said = former.doubts.find(({ field }) => field === 'remainingFen')?.values[0]?.value;
  const before = typeof said === 'number' ? said : (former.remainingFen ?? Number.POSITIVE_INFINITY);
  return isOwedAgain(next, former) || (next.remainingFen ?? 0) > before;
}

/** What stood there when it was paid, by whichever reader: pages may show less in between, and that again. */
function paidFenOf({ owner: { paidAt }, readAt, paidFen, remainingFen, doubts }: Bill): Pick<Bill, 'paidFen'> {
  if (paidAt === undefined) return {};
  if (paidFen !== undefined && readAt >= paidAt) return { paidFen };
  const said = doubts.filter(({ field }) => field === 'remainingFen').flatMap(({ values }) => values);
  const fens = [remainingFen, ...said.map(({ value }) => value)].filter((each) => Number.isSafeInteger(each));
  return fens.length === 0 ? {} : { paidFen: Math.max(...fens.map(Number)) as Fen };
}

function unpaid({ owner: { paidAt: _, ...owner }, paidFen: __, ...bill }: Bill): Bill {
  return { ...bill, owner };
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
  const { grewAt: _grew, ...rest } = bill;
  const unknown = { statementDay: null, totalFen: null, remainingFen: null, minimumFen: null, overdueFeeFen: null };
  return { ...rest, ...unknown, standing: 'unknown', owner };
}

/** A field that the new reading does not know keeps its former value: not seeing an amount does not undo it. */
function updated(former: Bill, seen: ReadBill, now: Instant): Bill {
  const isLaterMonth = (day: Day): boolean =>
    former.dueDay !== null && daysBetween(former.dueDay, day) > SAME_BILL_DAYS;
  const isGuess = seen.dueDayIs === 'estimated' && former.dueDay !== null && former.dueDayIs === 'stated';
  const keepsDay = seen.dueDay === null || (isGuess && !isLaterMonth(seen.dueDay));
  const { doubts, source, disagrees, owedFen } = weighed(former, seen, keepsDay);
  const isEarlierKept = disagrees.includes('dueDay') && former.dueDay !== null && former.dueDay < (seen.dueDay ?? '');
  const dueDay = keepsDay || isEarlierKept ? former.dueDay : seen.dueDay;
  const known = dueDay !== null && isLaterMonth(dueDay) ? anew(former) : former;
  const remainingFen =
    seen.remainingFen ?? (seen.standing === 'open' && known.remainingFen === 0 ? null : known.remainingFen);
  const { missingSince: _, paidFen: __, ...rest } = known;
  const next = wary({
    ...rest,
    ...paidFenOf(known),
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
  // Slots that passed while nothing was owed are not promised afterwards.
  const isPromisedStill = dueDay === known.dueDay && (isSaidOwed(known) || !isSaidOwed(next));
  const isSure = !disagrees.includes('remainingFen') && !disagrees.includes('standing');
  const isOther = isMore(next, known) || isBoughtSince(known, seen, now);
  if (known.owner.paidAt !== undefined && isSure && isOther) return { ...unpaid(next), owedSince: now, grewAt: now };
  const grown = isSure && hasGrown(next, known) && { grewAt: now };
  // Whether it was bought since is asked again, until a reading is sure of it.
  const isUndecided = known.owner.paidAt !== undefined && known.family === 'unissued' && (next.remainingFen ?? 0) > 0;
  const asked = isUndecided && { family: known.family };
  return { ...next, ...asked, ...grown, owedSince: isPromisedStill ? Math.min(known.owedSince, now) : now };
}
