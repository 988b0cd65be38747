/** Which bill that is known already a bill of a reading is. */
import { type Bill, type BillId, isWatched } from './bill.ts';
import { addDays, DAY_MS, type Day, dayOf, daysBetween, type Instant } from './day.ts';
import { type Family, type ReadBill, SAME_BILL_DAYS, SUM_KEY } from './reading.ts';

/** Each bill of the reading with the one that it is; a bill that nobody knows is not in it. No known bill is taken twice. */
export function matched(
  existing: readonly Bill[],
  seenBills: readonly ReadBill[],
  now: Instant,
): ReadonlyMap<ReadBill, Bill> {
  const named = new Set(seenBills.map((seen) => seen.key));
  const taken = new Set<BillId>();
  const known = new Map<ReadBill, Bill>();
  type Test = (bill: Bill, seen: ReadBill) => boolean;
  const match = (choose: (bills: readonly Bill[]) => Bill | undefined, is: Test): void => {
    for (const seen of seenBills) {
      if (known.has(seen)) continue;
      const bill = choose(existing.filter((each) => !taken.has(each.id) && is(each, seen)));
      if (!bill) continue;
      taken.add(bill.id);
      known.set(seen, bill);
    }
  };
  // The surest first, for all of them: else two bills of one statement day change places at every reading.
  match(latest, (bill, seen) => isSameKey(bill, seen, now));
  const isUnnamed = (bill: Bill): boolean => !named.has(bill.key);
  match(first, (bill, seen) => isUnnamed(bill) && isSameDue(bill, seen) && isSameBill(bill, seen));
  match(first, (bill, seen) => isUnnamed(bill) && isSameBill(bill, seen));
  match(onlyOne, (bill, seen) => isUnnamed(bill) && isSameCurrent(bill, seen, now));
  return known;
}

export function isSum({ key }: { readonly key: string }): boolean {
  return key.startsWith(SUM_KEY);
}

/** What the owner typed or brought from a file is not the page's to lose. */
export function isPageSource(bill: Bill): boolean {
  return bill.source !== 'hand' && bill.source !== 'file';
}

export const ISSUE: readonly Family[] = ['issued', 'unissued'];

/** A label reading has no site key: the day tells which bill it is. A loan has many with one day, and is told by key alone. */
function isSameBill(bill: Bill, seen: ReadBill): boolean {
  if (!ISSUE.includes(bill.family) || !ISSUE.includes(seen.family)) return false;
  if (isSiteKey(bill.key) && isSiteKey(seen.key)) return false;
  if (bill.statementDay && seen.statementDay) return bill.statementDay === seen.statementDay;
  return isSameDue(bill, seen);
}

function isSameDue(bill: Bill, seen: ReadBill): boolean {
  return bill.dueDay !== null && bill.dueDay === seen.dueDay;
}

/** The current bill of a page that shows neither its day nor its key, as another page shows it: by its amount. */
export function isSameCurrent(bill: Bill, seen: ReadBill, now: Instant): boolean {
  if (!bill.remainingFen || bill.remainingFen !== seen.remainingFen) return false;
  if (isDaylessCurrent(seen)) return isPageSource(bill) && isCurrentOn(bill, dayOf(now));
  return isDaylessCurrent(bill) && isWatched(bill) && isCurrentOn(seen, dayOf(bill.readAt));
}

export function isDaylessCurrent({ key, dueDay, statementDay }: ReadBill): boolean {
  return key === 'current' && dueDay === null && statementDay === null;
}

/** It was issued, and the one after it was not. */
function isCurrentOn({ family, statementDay, dueDay }: ReadBill, day: Day): boolean {
  if (family !== 'issued' || dueDay === null) return false;
  return day >= (statementDay ?? addDays(dueDay, -SAME_BILL_DAYS)) && day <= addDays(dueDay, SAME_BILL_DAYS);
}

function first(bills: readonly Bill[]): Bill | undefined {
  return bills[0];
}

function onlyOne(bills: readonly Bill[]): Bill | undefined {
  return bills.length === 1 ? bills[0] : undefined;
}

/** Words that the readers put where a site gave neither id nor day: the same in every month, and for every person. */
const PLACEHOLDER = /^(?:(?:current|issued|unissued|loan)(?::\d{1,3})?|(?:sum|taught):.*)$/;

export function isPlaceholder(key: string): boolean {
  return PLACEHOLDER.test(key);
}

/** The site's own. Keys made from a day (`due:…`, `statement:…`) and placeholders stand in for one. */
export function isSiteKey(key: string): boolean {
  return !key.includes(':') && !isPlaceholder(key);
}

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
