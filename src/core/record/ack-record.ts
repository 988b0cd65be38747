/** A ledger entry that was acknowledged: all of the ledger that other browsers need, since it silences them. */
import { addMonths, type Day, dayOf, type Instant, startOf } from '../day.ts';
import { KINDS, type LedgerEntry, unseen } from '../reminder/reminder.ts';
import type { Projected, Values } from './capture.ts';
import { isLive, type Json, type Rec } from './record.ts';

export const ACK = 'ack';

/** As long as the ledger keeps entries of bills that are no longer watched. */
export const RETAINED_MONTHS = 24;

/** An entry that is not acknowledged is not shared. One that the ledger dropped for its age is no change: call this for rows alone. */
export function ackProjected(entry: LedgerEntry): Projected {
  const isAcknowledged = entry.seen === 'acknowledged';
  return {
    kind: ACK,
    id: entry.id,
    values: isAcknowledged ? ackValues(entry) : null,
    ...(isAcknowledged && entry.seenAt !== null && { editedAt: { ack: entry.seenAt } }),
  };
}

/** Only what does not change after the acknowledgement. */
export function ackValues(entry: LedgerEntry): Values {
  const { reminderId, billId, kind, day, channel, device, noticeId, plannedAt, firedAt, lateMs, seenAt } = entry;
  return { ack: { reminderId, billId, kind, day, channel, device, noticeId, plannedAt, firedAt, lateMs, seenAt } };
}

/** The entry of a record over `former`; null where the record tells too little to be one. */
export function ackFrom(id: string, values: Values, former: LedgerEntry | null): LedgerEntry | null {
  const ack = values.ack as unknown as Partial<LedgerEntry> | null | undefined;
  const seenAt = typeof ack?.seenAt === 'number' ? ack.seenAt : null;
  if (former) return ack ? { ...former, seen: 'acknowledged', seenAt } : unacknowledged(former);
  if (!ack || !isText(ack.reminderId) || !isText(ack.billId) || !isText(ack.device) || !isText(ack.day)) return null;
  const firedAt = numberOr(ack.firedAt, seenAt ?? 0);
  return {
    id,
    reminderId: ack.reminderId,
    billId: ack.billId,
    kind: KINDS.find((kind) => kind === ack.kind) ?? 'before',
    day: ack.day as Day,
    channel: isText(ack.channel) ? ack.channel : '',
    device: ack.device,
    noticeId: isText(ack.noticeId) ? ack.noticeId : ack.reminderId,
    plannedAt: numberOr(ack.plannedAt, firedAt),
    firedAt,
    outcome: 'accepted',
    settledAt: firedAt,
    failure: null,
    lateMs: numberOr(ack.lateMs, 0),
    lateWhy: null,
    seen: 'acknowledged',
    seenAt,
  };
}

/** The acknowledgement was taken back somewhere: the entry stays, the ledger only grows. */
export function unacknowledged(entry: LedgerEntry): LedgerEntry {
  return entry.seen === 'acknowledged' ? unseen(entry) : entry;
}

/** The bill of an acknowledgement; null for what this version cannot read. */
export function billOfAck({ fields }: Rec): string | null {
  const ack = fields.ack?.[0] as { readonly billId?: Json } | null | undefined;
  return isText(ack?.billId) ? ack.billId : null;
}

/** Past its retention: a tombstone of long ago, or an acknowledgement of a bill that nobody is reminded of. */
export function isPastRetention(rec: Rec, isBillWatched: (billId: string) => boolean, now: Instant): boolean {
  const before = retainedSince(now);
  const at = (stamp: string): Instant => Number.parseInt(stamp.slice(0, 12), 16);
  if (!isLive(rec)) return rec.gone !== undefined && at(rec.gone) < before;
  if (rec.kind !== ACK) return false;
  const billId = billOfAck(rec);
  const stamps = Object.values(rec.fields).map(([, stamp]) => stamp);
  return billId !== null && !isBillWatched(billId) && stamps.every((stamp) => at(stamp) < before);
}

/** What was stamped before this may leave. */
export function retainedSince(now: Instant): Instant {
  return startOf(addMonths(dayOf(now), -RETAINED_MONTHS));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
