/** Bills by the owner's own hand: written, changed, deleted and brought back. What a page said is never overwritten. */
import { type Bill, type BillId, billId, DEFAULT_ACCOUNT, MOST_BINNED } from '../core/bill.ts';
import { addDays, type Day, type Instant, startOf } from '../core/day.ts';
import type { Fen } from '../core/money.ts';
import { standingFrom } from '../core/reading.ts';
import type { BillsKnown, BinnedBill, Ports, SiteState } from './ports.ts';

/** What the form says. */
export interface BillGiven {
  readonly title: string;
  /** Null: the owner does not know it. */
  readonly dueDay: Day | null;
  readonly remainingFen: Fen | null;
  readonly minimumFen: Fen | null;
  readonly statementDay: Day | null;
  readonly note: string;
  /** It comes again every month: the next one is expected, and asked for. */
  readonly isMonthly: boolean;
}

export const HAND_SITE = 'hand';
/** Where no statement day is told, a bill is known of this long before its due day. */
const KNOWN_BEFORE_DAYS = 9;

type Doors = Pick<Ports, 'store' | 'clock' | 'ids'>;

/** Only what the owner wrote or brought may be changed whole; of a bill that a page read, the note alone. */
export function isOwners({ siteId }: Pick<Bill, 'siteId'>): boolean {
  return siteId === HAND_SITE || siteId === 'file';
}

/** `id` null: a new bill. Null when there is no such bill. */
export async function saveBill(
  { store, clock, ids }: Doors,
  id: BillId | null,
  given: BillGiven,
): Promise<BillId | null> {
  const now = clock.now();
  const key = ids.next();
  let saved: BillId | null = null;
  await store.rewriteBills(({ bills, states }) => {
    const former = id === null ? null : bills.find((bill) => bill.id === id);
    if (former === undefined) return null;
    const bill = former ? changed(former, given, now) : added(key, given, now);
    saved = bill.id;
    if (!isOwners(bill)) return { put: [bill] };
    const isMonthly = given.isMonthly && bill.dueDay !== null;
    const state = stateOf(states, bill);
    return {
      put: [bill],
      putStates: isMonthly ? [monthlyState(bill, bill.key, now)] : [],
      removeStates: !isMonthly && state ? [state] : [],
    };
  });
  return saved;
}

/** False when there is no such bill. It can be brought back with `restoreBill`. */
export async function deleteBill({ store, clock }: Doors, id: BillId): Promise<boolean> {
  let isDeleted = false;
  await store.rewriteBills(({ bills, states, bin }) => {
    const bill = bills.find((known) => known.id === id);
    if (!bill) return null;
    isDeleted = true;
    const state = isOwners(bill) ? stateOf(states, bill) : lastOfLender({ bills, states }, bill);
    const binned: BinnedBill = { bill, state, at: clock.now() };
    return {
      remove: [id],
      removeStates: state ? [state] : [],
      bin: [binned, ...bin.filter((other) => other.bill.id !== id)].slice(0, MOST_BINNED),
    };
  });
  return isDeleted;
}

/** False when nothing of that name was deleted, or the bill is there again. */
export async function restoreBill({ store }: Doors, id: BillId): Promise<boolean> {
  let isRestored = false;
  await store.rewriteBills(({ bills, bin }) => {
    const binned = bin.find(({ bill }) => bill.id === id);
    if (!binned) return null;
    const isBack = bills.some((bill) => bill.id === id);
    isRestored = !isBack;
    return {
      put: isBack ? [] : [binned.bill],
      putStates: isBack || !binned.state ? [] : [binned.state],
      bin: bin.filter((other) => other !== binned),
    };
  });
  return isRestored;
}

function fieldsOf(given: BillGiven): Pick<Bill, 'title' | 'dueDay' | 'remainingFen' | 'minimumFen' | 'statementDay'> {
  const { title, dueDay, remainingFen, minimumFen, statementDay } = given;
  return { title, dueDay, remainingFen, minimumFen, statementDay };
}

function added(key: string, given: BillGiven, now: Instant): Bill {
  return {
    ...fieldsOf(given),
    id: billId(HAND_SITE, DEFAULT_ACCOUNT, key),
    siteId: HAND_SITE,
    account: DEFAULT_ACCOUNT,
    family: 'issued',
    key,
    dueDayIs: 'stated',
    totalFen: null,
    overdueFeeFen: null,
    standing: standingFrom(given.remainingFen, false),
    doubts: [],
    source: 'hand',
    owedSince: now,
    readAt: now,
    owner: given.note ? { note: given.note } : {},
  };
}

function changed(former: Bill, given: BillGiven, now: Instant): Bill {
  const { note: _, ...marks } = former.owner;
  const owner = given.note ? { ...marks, note: given.note } : marks;
  if (!isOwners(former)) return { ...former, owner };
  const fields = fieldsOf(given);
  const isSame = (Object.keys(fields) as (keyof typeof fields)[]).every((name) => fields[name] === former[name]);
  if (isSame) return { ...former, owner };
  const isOtherDay = former.dueDay !== null && fields.dueDay !== former.dueDay;
  const isNextBill = fields.dueDay !== former.dueDay || fields.remainingFen !== former.remainingFen;
  // Another day or amount is another debt: the mark of the last one must not silence it.
  const { paidAt: _paid, ...unpaid } = owner;
  const { mutedAt: _muted, hiddenAt: _hidden, ...heard } = unpaid;
  return {
    ...former,
    ...fields,
    dueDayIs: 'stated',
    standing: standingFrom(fields.remainingFen, false),
    doubts: [],
    source: 'hand',
    owedSince: fields.dueDay === former.dueDay ? former.owedSince : now,
    readAt: now,
    owner: isOtherDay ? heard : isNextBill ? unpaid : owner,
  };
}

/** A debt of the owner's is an account of its own to `expectedBills`: each has its own next month. */
export function monthlyState(bill: Bill, account: string, now: Instant): SiteState {
  const { siteId, title, statementDay, dueDay } = bill;
  const known = statementDay ?? (dueDay && addDays(dueDay, -KNOWN_BEFORE_DAYS));
  return {
    siteId,
    account,
    kind: 'bills',
    why: null,
    at: now,
    billsReadAt: null,
    lastMonthly: dueDay && { title, statementDay, dueDay },
    // This bill says nothing of the next one, however late it was written down.
    issuedReadAt: known ? Math.min(now, startOf(known)) : now,
    signedOutSince: null,
  };
}

function stateOf(states: readonly SiteState[], bill: Bill): SiteState | null {
  return states.find((state) => state.siteId === bill.siteId && state.account === bill.key) ?? null;
}

/** A lender whose last imported statement is deleted is no longer asked after. A site's own state is the page's. */
function lastOfLender({ bills, states }: Pick<BillsKnown, 'bills' | 'states'>, bill: Bill): SiteState | null {
  if (bill.siteId !== 'statement') return null;
  const hasMore = bills.some(
    ({ id, siteId, account }) => id !== bill.id && siteId === bill.siteId && account === bill.account,
  );
  return hasMore
    ? null
    : (states.find(({ siteId, account }) => siteId === bill.siteId && account === bill.account) ?? null);
}
