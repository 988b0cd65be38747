/** A ledger entry that was acknowledged: all of the ledger that other browsers need, since it silences them. */
import { addMonths, type Day, dayOf, type Instant, startOf } from '../day.ts';
import { KINDS, type LedgerEntry, unseen } from '../reminder/reminder.ts';
import { SYNC_SITE } from '../sync-setting.ts';
import { BILL } from './bill-record.ts';
import type { Projected, Values } from './capture.ts';
import { msOf } from './clock.ts';
import { isLive, type Json, newestIn, type Rec } from './record.ts';

export const ACK = 'ack';

/** As long as the ledger keeps entries of bills that are no longer watched. */
export const RETAINED_MONTHS = 24;

/** An entry that is not acknowledged is not shared. One that the ledger dropped for its age is no change: call this for rows alone. */
export function ackProjected(entry: LedgerEntry): Projected {
  // What a browser asks about its own syncing is nobody else's.
  const isAcknowledged = entry.seen === 'acknowledged' && !entry.billId.startsWith(`${SYNC_SITE}/`);
  return {
    kind: ACK,
    id: entry.id,
    values: isAcknowledged ? ackValues(entry) : null,
    ...(isAcknowledged && entry.seenAt !== null && { editedAt: { ack: entry.seenAt } }),
  };
}

/** Only what does not change after the acknowledgement, and what the entry's id does not tell. */
function ackValues(entry: LedgerEntry): Values {
  const { kind, day, plannedAt, firedAt, lateMs, seenAt } = entry;
  const told = toldBy(entry.id);
  const untold = Object.entries(told).flatMap(([name, text]) => {
    const own = entry[name as keyof Told];
    return own === text ? [] : [[name, own] as const];
  });
  return { ack: { kind, day, plannedAt, firedAt, lateMs, seenAt, ...Object.fromEntries(untold) } };
}

type Told = Pick<LedgerEntry, 'reminderId' | 'billId' | 'channel' | 'device' | 'noticeId'>;

/** `<billId>|<kind>|<day>|<slot>|<channel>|<device>`; a notice is named after its first reminder. */
function toldBy(id: string): Told {
  const parts = id.split('|');
  const reminderId = parts.slice(0, -2).join('|');
  return {
    reminderId,
    billId: parts.slice(0, -5).join('|'),
    channel: parts.at(-2) ?? '',
    device: parts.at(-1) ?? '',
    noticeId: reminderId,
  };
}

/** The entry of a record over `former`; null where the record tells too little to be one. */
export function ackFrom(id: string, values: Values, former: LedgerEntry | null): LedgerEntry | null {
  const ack = values.ack as unknown as Partial<LedgerEntry> | null | undefined;
  const seenAt = typeof ack?.seenAt === 'number' ? ack.seenAt : null;
  if (former) return ack ? { ...former, seen: 'acknowledged', seenAt } : unacknowledged(former);
  const told = { ...toldBy(id), ...ack };
  if (!ack || !isText(told.reminderId) || !isText(told.billId) || !isText(told.device) || !isText(ack.day)) return null;
  const firedAt = numberOr(ack.firedAt, seenAt ?? 0);
  return {
    id,
    reminderId: told.reminderId,
    billId: told.billId,
    kind: KINDS.find((kind) => kind === ack.kind) ?? 'before',
    day: ack.day as Day,
    channel: isText(told.channel) ? told.channel : '',
    device: told.device,
    noticeId: isText(told.noticeId) ? told.noticeId : told.reminderId,
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
function billOfAck({ id, fields }: Rec): string | null {
  const ack = fields.ack?.[0] as { readonly billId?: Json } | null | undefined;
  const billId = ack?.billId ?? toldBy(id).billId;
  return isText(billId) ? billId : null;
}

/** Past its retention: a tombstone of long ago, or an acknowledgement of a bill that nobody is reminded of. */
export function isPastRetention(rec: Rec, isBillWatched: (billId: string) => boolean, now: Instant): boolean {
  const isBill = rec.kind === BILL && isLive(rec);
  return !isBill && isOver(rec, isBillWatched, retainedSince(now));
}

/** Costs nobody anything any more, and was last stamped before: a tombstone, a bill that nobody is reminded of, its acknowledgement. */
export function isOver(rec: Rec, isBillWatched: (billId: string) => boolean, before: Instant): boolean {
  const newest = newestIn(rec);
  if (newest === '' || msOf(newest) >= before) return false;
  if (!isLive(rec)) return true;
  const billId = rec.kind === BILL ? rec.id : rec.kind === ACK ? billOfAck(rec) : null;
  return billId !== null && !isBillWatched(billId);
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
