/** What the ledger says that the planner must know: what was delivered here, and what was acknowledged anywhere. */
import type { BillId } from '../bill.ts';
import { DAY_MS, type Day, type Instant } from '../day.ts';
import type { LedgerEntry } from './reminder.ts';

export interface History {
  /** Accepted by a channel on this device, or acknowledged on any. */
  isDelivered(reminderId: string): boolean;
  /** A channel was called for it on this device, with whatever end. */
  wasTried(reminderId: string): boolean;
  /** A notice of the due day itself was delivered. */
  isDueDayTold(billId: BillId, dueDay: Day): boolean;
  /** When a notice of the due day itself was acknowledged; null when none was. */
  dueDayAcknowledgedAt(billId: BillId, dueDay: Day): Instant | null;
  /** Any notice of this bill's due day, or of the days before it, was acknowledged. */
  isHeard(billId: BillId, dueDay: Day): boolean;
  /** The latest overdue day that was delivered, counted from the due day; 0 when none was. */
  overdueDelivered(billId: BillId, dueDay: Day | null): number;
}

/** A clock that is set right by a zone or by a date steps back no further. */
const MOST_AHEAD_MS = DAY_MS;

/**
 * What counts as told. A clock that ran further ahead told days that have not come: neither that nor the owner's word
 * on it keeps them silent. What was told on time is believed again before its own moment comes again.
 */
export function believed(entries: readonly LedgerEntry[], now: Instant): LedgerEntry[] {
  return entries.filter(({ firedAt }) => firedAt - now <= MOST_AHEAD_MS);
}

export function historyOf(entries: Iterable<LedgerEntry>, device: string): History {
  const delivered = new Set<string>();
  const tried = new Set<string>();
  const told = new Set<string>();
  const acknowledged = new Map<string, Instant>();
  const heard = new Set<string>();
  const overdue = new Map<string, number>();
  for (const entry of entries) {
    const key = `${entry.billId}|${entry.day}`;
    const isAcknowledged = entry.seen === 'acknowledged';
    if (entry.device === device) tried.add(entry.reminderId);
    if (!isAcknowledged && (entry.outcome !== 'accepted' || entry.device !== device)) continue;
    delivered.add(entry.reminderId);
    if (isAcknowledged) heard.add(key);
    if (entry.kind === 'due-today') told.add(key);
    if (isAcknowledged && entry.kind === 'due-today') {
      acknowledged.set(key, Math.max(acknowledged.get(key) ?? 0, entry.seenAt ?? 0));
    }
    const late = entry.kind === 'overdue' ? /\|\+(\d+)$/.exec(entry.reminderId) : null;
    if (late) overdue.set(key, Math.max(overdue.get(key) ?? 0, Number(late[1])));
  }
  return {
    isDelivered: (id) => delivered.has(id),
    wasTried: (id) => tried.has(id),
    isDueDayTold: (billId, dueDay) => told.has(`${billId}|${dueDay}`),
    dueDayAcknowledgedAt: (billId, dueDay) => acknowledged.get(`${billId}|${dueDay}`) ?? null,
    isHeard: (billId, dueDay) => heard.has(`${billId}|${dueDay}`),
    overdueDelivered: (billId, dueDay) => overdue.get(`${billId}|${dueDay}`) ?? 0,
  };
}
