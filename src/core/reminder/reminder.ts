/** What a reminder is, and what the ledger remembers of it. */
import type { BillId } from '../bill.ts';
import { type Day, dayOf, type Instant } from '../day.ts';

/** Most urgent first. */
export const KINDS = ['overdue', 'due-today', 'before', 'sign-in', 'stale-reading', 'self-test'] as const;
export type Kind = (typeof KINDS)[number];

/** One thing that is owed to the owner: this bill, this kind, this day, this slot of it. */
export interface Reminder {
  /** `<billId>|<kind>|<day>|<slot>`: the key of the ledger, the same however often it is planned. */
  readonly id: string;
  readonly billId: BillId;
  readonly kind: Kind;
  readonly day: Day;
  /** The moment it was promised for, after quiet hours and snooze. */
  readonly at: Instant;
}

export function reminderId(billId: BillId, kind: Kind, day: Day, slot: string): string {
  return `${billId}|${kind}|${day}|${slot}`;
}

/** A snooze is one promise, whatever day or amount a later reading finds before it ends. */
export function snoozeId(billId: BillId, until: Instant): string {
  return `${billId}|snooze|${dayOf(until)}|${until}`;
}

export function isSnoozeId(id: string): boolean {
  return id.includes('|snooze|');
}

export type Seen = 'acknowledged' | 'clicked' | 'closed' | 'unknown';
export type LateWhy = 'asleep' | 'browser-closed' | 'notifications-off' | 'retried' | 'unknown';

export interface FailedAttempt {
  readonly at: Instant;
  /** `no-answer`: the browser or the worker ended before the channel had answered. */
  readonly code: string;
}

/** One reminder over one channel on one device. Written as `fired` before the channel is called, settled after it answered. */
export interface LedgerEntry {
  /** `<reminderId>|<channel>|<device>` */
  readonly id: string;
  readonly reminderId: string;
  readonly billId: BillId;
  readonly kind: Kind;
  readonly day: Day;
  readonly channel: string;
  readonly device: string;
  /** The notice that carried it: several reminders may share one. */
  readonly noticeId: string;
  readonly plannedAt: Instant;
  readonly firedAt: Instant;
  /** `armed`: the service holds it until `plannedAt`; `withdrawn`: it was taken back before that. */
  readonly outcome: 'fired' | 'accepted' | 'failed' | 'armed' | 'withdrawn';
  readonly settledAt: Instant | null;
  /** A stable code, when it failed. */
  readonly failure: string | null;
  /** Attempts before this one that were not accepted, oldest first; the newest 20. */
  readonly formerFailures?: readonly FailedAttempt[];
  /** The service's own name of the message. */
  readonly receipt?: string;
  readonly lateMs: number;
  readonly lateWhy: LateWhy | null;
  readonly seen: Seen;
  readonly seenAt: Instant | null;
  /** When the owner said that it never came; absent: they did not. */
  readonly missedAt?: Instant;
}

const STRENGTH: Record<Seen, number> = { unknown: 0, closed: 1, clicked: 2, acknowledged: 3 };

/** The entry after the owner did `seen` at `at`: a stronger word is never replaced by a weaker one. */
export function seenAs(entry: LedgerEntry, seen: Seen, at: Instant): LedgerEntry {
  return STRENGTH[seen] > STRENGTH[entry.seen] ? { ...entry, seen, seenAt: at } : entry;
}

/** The entry after an acknowledgement was taken back. */
export function unseen(entry: LedgerEntry): LedgerEntry {
  return { ...entry, seen: 'unknown', seenAt: null };
}
