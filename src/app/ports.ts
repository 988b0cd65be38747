/** Every door to the outside, on one page. */
import type { Bill, BillId, OwnerMarks } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import type { Reading } from '../core/reading.ts';
import type { LedgerEntry, Seen } from '../core/reminder/reminder.ts';
import type { Notice } from '../core/reminder/notice.ts';
import type { Rules } from '../core/rules.ts';

export interface Clock {
  now(): Instant;
}

/** The last look at one site's account page. */
export interface SiteState {
  readonly siteId: string;
  readonly account: string;
  readonly kind: Reading['kind'];
  readonly why: string | null;
  readonly at: Instant;
  /** The last time bills were read; null while there was none. */
  readonly billsReadAt: Instant | null;
}

export interface Store {
  /** Bills that may still cost their owner money, by due day; read over an index, never a full scan. */
  watchedBills(): Promise<Bill[]>;
  bill(id: BillId): Promise<Bill | undefined>;
  accountBills(siteId: string, account: string): Promise<Bill[]>;
  /** One transaction: all of it or nothing. */
  saveReading(bills: readonly Bill[], state: SiteState): Promise<void>;
  /** Changes the owner's marks alone; false when there is no such bill. */
  mark(id: BillId, change: (owner: OwnerMarks) => OwnerMarks): Promise<boolean>;
  siteStates(): Promise<SiteState[]>;

  rules(): Promise<Rules>;
  saveRules(rules: Rules): Promise<void>;
  /** A random name of this browser, made once. */
  deviceId(): Promise<string>;
  lastPassAt(): Promise<Instant | null>;
  savePass(at: Instant): Promise<void>;

  ledgerOf(billIds: readonly BillId[]): Promise<LedgerEntry[]>;
  /** Adds or replaces, in one transaction. */
  record(entries: readonly LedgerEntry[]): Promise<void>;
  /** Settles what the owner did with a notice; the strongest word stays (acknowledged > clicked > closed). */
  recordSeen(noticeId: string, seen: Seen, at: Instant): Promise<LedgerEntry[]>;
}

/** The doorbell. It carries no truth: losing it costs at most a heartbeat. */
export interface Alarm {
  /** When it will next ring; null when none is set. */
  armedFor(): Promise<Instant | null>;
  arm(at: Instant): Promise<void>;
}

export type Delivery = { readonly kind: 'accepted' } | { readonly kind: 'failed'; readonly code: string };

export interface Channel {
  readonly id: string;
  /** Never throws: what went wrong comes back as a code. */
  send(notice: Notice): Promise<Delivery>;
  withdraw(noticeId: string): Promise<void>;
}

export interface Badge {
  show(text: string, urgency: 'calm' | 'soon' | 'urgent', title: string): Promise<void>;
}

/** Codes and facts only: no amount, no name, no secret. */
export interface Log {
  warn(code: string, facts?: Record<string, string | number>): void;
}
