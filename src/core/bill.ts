/** A debt that Duly watches: what the pages said, beside what the owner said. Neither ever overwrites the other. */
import { type Day, HOUR_MS, type Instant, isInstant } from './day.ts';
import type { Fen } from './money.ts';
import type { ReadBill } from './reading.ts';
import type { BillRules } from './rules.ts';

/** `site/account/key`: the account part is a salted hash, or `default` until a page shows who is signed in. */
export type BillId = string;

/** Until a page shows who is signed in; and of bills that the owner brought. */
export const DEFAULT_ACCOUNT = 'default';

/** Deleted bills that can still be brought back. */
export const MOST_BINNED = 50;

/** What the owner said of a bill. */
export interface OwnerMarks {
  readonly paidAt?: Instant;
  readonly mutedAt?: Instant;
  /** Silent on this browser alone: a mark that is never shared. */
  readonly hiddenAt?: Instant;
  readonly snoozedAt?: Instant;
  readonly snoozedUntil?: Instant;
  readonly note?: string;
  /** What the owner wrote for an appeal (补充说明), and when it was last changed. */
  readonly statement?: string;
  readonly statementAt?: Instant;
  /** This bill's own rules, in place of the general ones. */
  readonly rules?: BillRules;
  /** When it got them, or gave them back. */
  readonly rulesSince?: Instant;
}

export interface Bill extends ReadBill {
  readonly id: BillId;
  readonly siteId: string;
  readonly account: string;
  /** The first reading that knew this due day: slots before it are not owed. */
  readonly owedSince: Instant;
  readonly readAt: Instant;
  /** Since when a reading that covered its family no longer lists it. It is then unknown, not settled. */
  readonly missingSince?: Instant;
  /** What stood there when its owner marked it as paid, once it was read again. */
  readonly paidFen?: Fen;
  /** When a reading that is sure of it showed more than before, or owed again: what its owner said until then was of less. */
  readonly grewAt?: Instant;
  /** When the statement mail that told it was sent; null where the mail does not say. */
  readonly sentAt?: Instant | null;
  /** Not a debt that was read, but a reason to open the page. Never stored. */
  readonly asks?: 'expected' | 'sign-in' | 'self-test' | DeskAsk;
  readonly owner: OwnerMarks;
}

/** What no other channel and no other browser is told of. */
const DESK_ASKS = ['contact-phone', 'contact-sms', 'sync-pending', 'sync-question', 'records-lost'] as const;
export type DeskAsk = (typeof DESK_ASKS)[number];

export function staysOnDesk({ asks }: Pick<Bill, 'asks'>): boolean {
  return (DESK_ASKS as readonly unknown[]).includes(asks);
}

export function billId(siteId: string, account: string, key: string): BillId {
  return `${siteId}/${account}/${key}`;
}

/** True while the bill may still cost its owner money: unknown is reminded, a known zero is not. */
export function isWatched(bill: Pick<Bill, 'owner' | 'remainingFen' | 'standing'>): boolean {
  const { paidAt, mutedAt, hiddenAt } = bill.owner;
  if (paidAt !== undefined || mutedAt !== undefined || hiddenAt !== undefined) return false;
  return bill.remainingFen === null ? bill.standing !== 'settled' : bill.remainingFen > 0;
}

/** When more came to be owed; before all time where it never did. */
export function grownAt({ grewAt }: Pick<Bill, 'grewAt'>): Instant {
  return isInstant(grewAt) ? grewAt : Number.NEGATIVE_INFINITY;
}

/** As every other browser may see it: what is silent on this one alone asks there. */
export function elsewhere(bill: Bill): Bill {
  const { hiddenAt: _, ...owner } = bill.owner;
  return { ...bill, owner };
}

/** As far as pages and files say: whatever the owner said of it. */
export function isSaidOwed(bill: Pick<Bill, 'remainingFen' | 'standing'>): boolean {
  return isWatched({ ...bill, owner: {} });
}

/** Sorts before every day: the index key of a watched bill whose day is unknown. */
export const DAYLESS = '0000-00-00' as Day;

/** The key of the index of bills that the planner must see; undefined keeps the bill out of it. */
export function watchDayOf(bill: Bill): Day | undefined {
  return isWatched(bill) || isPaidDisputed(bill) ? (bill.dueDay ?? DAYLESS) : undefined;
}

/** After a payment a page may need this long to show it. */
export const SETTLES_WITHIN_MS = 12 * HOUR_MS;

/** The owner said it is paid, and a later reading still shows money owed. */
export function isPaidDisputed(bill: Bill): boolean {
  const { paidAt, mutedAt, hiddenAt } = bill.owner;
  return (
    mutedAt === undefined &&
    hiddenAt === undefined &&
    paidAt !== undefined &&
    bill.readAt > paidAt &&
    bill.missingSince === undefined &&
    (bill.remainingFen ?? 0) > 0
  );
}

/** What is asked for instead of read, as a bill that the planner takes like any other. It knows nothing but since when. */
export function askBill(
  asks: NonNullable<Bill['asks']>,
  {
    siteId,
    account,
    key,
    title,
    since,
  }: Pick<Bill, 'siteId' | 'account' | 'key' | 'title'> & { readonly since: Instant },
): Bill {
  return {
    id: billId(siteId, account, key),
    siteId,
    account,
    family: 'issued',
    key,
    title,
    asks,
    dueDay: null,
    dueDayIs: 'estimated',
    statementDay: null,
    totalFen: null,
    remainingFen: null,
    minimumFen: null,
    overdueFeeFen: null,
    standing: 'unknown',
    doubts: [],
    source: 'hand',
    owedSince: since,
    readAt: since,
    owner: {},
  };
}
