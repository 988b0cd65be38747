/** The ledger's part in the story of a bill: what was promised, and what became of it. */
import type { Instant } from './day.ts';
import type { EvidenceEventName, EvidenceSources, Facts, Has, Loose } from './evidence.ts';
import type { LedgerEntry } from './reminder/reminder.ts';

/** This browser or another one of the owner's. */
export type DeviceFacts = { readonly device: 'this' | 'other'; readonly deviceName?: string };

/** One promise for each reminder, however many ways it went; what was never sent has one too. */
export function promises({ planned, now, bill }: EvidenceSources, own: readonly LedgerEntry[]): Loose[] {
  const first = new Map<string, LedgerEntry>();
  for (const entry of own) {
    const known = first.get(entry.reminderId);
    const isEarlier = !known || entry.plannedAt < known.plannedAt;
    if (isEarlier || (entry.plannedAt === known.plannedAt && entry.id < known.id)) first.set(entry.reminderId, entry);
  }
  const kept = [...first.values()].map(({ plannedAt, reminderId, kind, day }): Loose => {
    return { at: plannedAt, what: 'promised', key: reminderId, facts: { reminder: kind, day } };
  });
  const open = planned
    .filter(({ id, billId }) => billId === bill.id && !first.has(id))
    .map(({ at, id, kind, day }): Loose => {
      const state = at > now ? 'ahead' : 'not-sent';
      return { at, what: 'promised', key: id, facts: { reminder: kind, day, state } };
    });
  return [...kept, ...open];
}

export function entryEvents(
  entry: LedgerEntry,
  { channelOf, deviceOf }: Pick<EvidenceSources, 'channelOf' | 'deviceOf'>,
  has: Has,
): Loose[] {
  const { id, kind, day, firedAt, settledAt, outcome, failure, lateMs, lateWhy, seen, seenAt, missedAt } = entry;
  const way: Facts = {
    reminder: kind,
    day,
    ...(has('channels') ? { channel: channelOf(entry.channel) } : {}),
    ...(has('devices') ? deviceOf(entry.device) : {}),
  };
  const why = (code: string | null): Facts => (has('failures') && code !== null ? { why: code } : {});
  const late: Facts = lateMs > 0 ? { lateMs, ...why(lateWhy) } : {};
  const event = (at: Instant, what: EvidenceEventName, facts: Facts, key = id): Loose => ({
    at,
    what,
    key,
    facts: { ...way, ...facts },
  });
  const former = (entry.formerFailures ?? []).map(({ at, code }, i) =>
    event(at, 'failed', why(code), `${id}|${String(i).padStart(4, '0')}`),
  );
  const end =
    outcome === 'fired' ? [] : [event(settledAt ?? firedAt, outcome, outcome === 'failed' ? why(failure) : {})];
  return [
    ...former,
    event(firedAt, 'fired', late),
    ...end,
    ...(seen === 'unknown' || seenAt === null ? [] : [event(seenAt, 'seen', { seen })]),
    ...(missedAt === undefined ? [] : [event(missedAt, 'not-received', {})]),
  ];
}
