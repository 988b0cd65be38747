/** What the owner does to a bill or a notice. Each act has its undo, is kept in the bill's story, and is never a guess of ours. */
import type { BillId, OwnerMarks } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import type { LedgerEntry, Seen } from '../core/reminder/reminder.ts';
import { LONGEST_SNOOZE_MS } from '../core/reminder/snooze.ts';
import type { BillRules } from '../core/rules.ts';
import type { OwnerActEntry, OwnerActName, Ports } from './ports.ts';

export interface OwnerAct {
  readonly do: OwnerActName;
  readonly billId: BillId;
  readonly via: OwnerActEntry['via'];
  /** When a snooze ends. */
  readonly until?: Instant | undefined;
}

type Doors = Pick<Ports, 'store' | 'clock' | 'ids'>;

/** False when there is no such bill, nothing to acknowledge, or a snooze that does not end within the next 60 days. */
export async function act(ports: Doors, owner: OwnerAct): Promise<boolean> {
  const { store, clock, ids } = ports;
  const now = clock.now();
  const { do: name, billId, via, until } = owner;
  if (name === 'snooze' && !(until !== undefined && until - now <= LONGEST_SNOOZE_MS)) return false;
  const entry: OwnerActEntry = { id: ids.next(), billId, do: name, via, at: now, until: until ?? null };
  if (name === 'acknowledge' && !(await acknowledge(ports, billId, now))) return false;
  if (name === 'unacknowledge' && !(await unacknowledge(ports, billId))) return false;
  // What is only asked for has no row to mark: its acknowledgement stands in the ledger alone.
  return (
    (await store.mark(entry, (marks) => marksAfter(marks, owner, now))) ||
    name === 'acknowledge' ||
    name === 'unacknowledge'
  );
}

function marksAfter(marks: OwnerMarks, { do: name, until }: OwnerAct, now: Instant): OwnerMarks {
  const { paidAt, mutedAt, snoozedAt, snoozedUntil, ...rest } = marks;
  const { hiddenAt: _, ...shown } = marks;
  const kept = { ...(paidAt === undefined ? {} : { paidAt }), ...(mutedAt === undefined ? {} : { mutedAt }) };
  const held = snoozedUntil === undefined ? {} : { snoozedAt, snoozedUntil };
  switch (name) {
    case 'paid':
      return { ...marks, paidAt: now };
    case 'unpaid':
      return { ...rest, ...held, ...(mutedAt === undefined ? {} : { mutedAt }) };
    case 'mute':
      return { ...marks, mutedAt: now };
    case 'unmute':
      return { ...rest, ...held, ...(paidAt === undefined ? {} : { paidAt }) };
    case 'hide':
      return { ...marks, hiddenAt: now };
    case 'unhide':
      return shown;
    case 'snooze':
      return { ...marks, snoozedAt: now, snoozedUntil: until ?? now };
    case 'unsnooze':
      return { ...rest, ...kept };
    case 'acknowledge':
    case 'unacknowledge':
      return marks;
  }
}

/** This bill's own rules, owed from now on; null gives it the general ones again. False when there is no such bill. */
export function setBillRules({ store, clock, ids }: Doors, billId: BillId, given: BillRules | null): Promise<boolean> {
  const now = clock.now();
  const entry: OwnerActEntry = { id: ids.next(), billId, do: 'rules', via: 'dashboard', at: now, until: null };
  return store.mark(entry, ({ rules: _, ...marks }) => ({
    ...marks,
    ...(given ? { rules: given } : {}),
    rulesSince: now,
  }));
}

/** What became of a notice, and the bills that it named. Closing it acknowledges nothing. */
export async function see(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  noticeId: string,
  seen: Seen,
): Promise<BillId[]> {
  const entries = await store.recordSeen(noticeId, seen, clock.now());
  return [...new Set(entries.map((entry) => entry.billId))];
}

/** What an acknowledgement at `now` is of: the bill's part of the latest notice that named it. */
export async function acknowledgeable(
  { store }: Pick<Ports, 'store'>,
  billId: BillId,
  now: Instant,
): Promise<LedgerEntry | null> {
  const delivered = (await store.ledgerOf([billId])).filter((entry) => entry.outcome === 'accepted');
  // After the clock was set back, the notices of its future are not the ones the owner looks at.
  return latestOf(delivered.filter((entry) => entry.firedAt <= now)) ?? latestOf(delivered);
}

async function acknowledge(ports: Doors, billId: BillId, now: Instant): Promise<boolean> {
  const latest = await acknowledgeable(ports, billId, now);
  if (latest) await ports.store.recordSeen(latest.noticeId, 'acknowledged', now, billId);
  return latest !== null;
}

async function unacknowledge({ store }: Doors, billId: BillId): Promise<boolean> {
  const latest = latestOf((await store.ledgerOf([billId])).filter((entry) => entry.seen === 'acknowledged'));
  if (latest) await store.forgetSeen(latest.noticeId, billId);
  return latest !== null;
}

function latestOf(entries: readonly LedgerEntry[]): LedgerEntry | null {
  return entries.reduce<LedgerEntry | null>((a, b) => (a && a.firedAt >= b.firedAt ? a : b), null);
}
