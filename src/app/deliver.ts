/** One notice over one channel: written as fired before it is called, and as accepted only after it accepted. */
import type { Loudness } from '../core/channel/setting.ts';
import type { Instant } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import { DESKTOP } from '../core/reminder/chain.ts';
import type { Notice } from '../core/reminder/notice.ts';
import type { FailedAttempt, LedgerEntry, Reminder } from '../core/reminder/reminder.ts';
import type { Channel, Delivery, Ports, Store } from './ports.ts';
import { within } from './within.ts';

/** The store that does not answer so long may never. */
export const STORE_MS = 30_000;

export interface Errand {
  readonly channel: Channel;
  readonly notice: Notice;
  readonly loudness: Loudness;
  /** What is known of these reminders: former attempts are kept with the new one. */
  readonly ledger: readonly LedgerEntry[];
  readonly device: string;
  readonly now: Instant;
  /** Hand it over now, to be delivered then. */
  readonly armFor?: Instant;
}

/** The ledger entry of `reminder` over this channel on this device. */
export function entryId(reminderId: string, channelId: string, device: string): string {
  return `${reminderId}|${channelId}|${device}`;
}

/**
 * Browsers that share their channels by the owner's word hear of each other what is over: their messages are one, and
 * any of them takes it back. Others that have the same channel, from one backup, each have their own.
 */
export async function whoseMessages(store: Pick<Store, 'sync' | 'deviceId'>): Promise<string> {
  return (await store.sync()).sharesChannels ? '' : store.deviceId();
}

/** `isUnwritten`: the channel took it, and the ledger does not know. */
export type Delivered = Delivery & { readonly isUnwritten?: true };

export async function deliver({ store, clock, log }: Ports, errand: Errand): Promise<Delivered> {
  const { channel, notice, loudness, ledger, armFor } = errand;
  const former = new Map(ledger.map((entry) => [entry.id, entry]));
  const fired = notice.reminders.map((reminder) => {
    const entry = entryOf(reminder, errand);
    const known = former.get(entry.id);
    return { ...entry, formerFailures: failuresBefore(known), ...(known ? seenOf(known) : {}) };
  });
  let isUnwritten = false;
  // A full disk costs the trail, not the notice: on the desktop the next try takes its place. A push would ring every time.
  const onPaper = async (writing: Promise<void>): Promise<void> => {
    try {
      const hasAnswered = writing.then(() => true);
      if (!(await within(STORE_MS, hasAnswered, false))) throw new Error('no answer');
    } catch (error) {
      if (channel.id !== DESKTOP) throw error;
      log.warn('ledger-failed', { name: errorName(error) });
      isUnwritten = true;
    }
  };
  // An armed message is no attempt to tell until the service has it: a crash on the way leaves nothing to settle.
  if (armFor === undefined) await onPaper(store.record(fired));
  const delivery =
    armFor === undefined
      ? await channel.send(notice, loudness)
      : ((await channel.arm?.(notice, armFor, loudness)) ?? { kind: 'failed', code: 'push-cannot-wait' });
  const settledAt = clock.now();
  if (delivery.kind === 'failed') log.warn('delivery-failed', { channel: channel.id, code: delivery.code });
  if (armFor !== undefined) {
    if (delivery.kind === 'accepted')
      await store.record(fired.map((entry) => ({ ...entry, ...receiptOf(delivery), outcome: 'armed', settledAt })));
    return delivery;
  }
  await onPaper(
    store.amend(
      fired.map(({ id }) => id),
      (entry) =>
        delivery.kind === 'accepted'
          ? { ...entry, ...receiptOf(delivery), outcome: 'accepted', settledAt }
          : { ...entry, outcome: 'failed', failure: delivery.code, settledAt },
    ),
  );
  return isUnwritten ? { ...delivery, isUnwritten } : delivery;
}

function receiptOf({ receipt }: Extract<Delivery, { kind: 'accepted' }>): { readonly receipt?: string } {
  return receipt === undefined ? {} : { receipt };
}

/** What the owner did with it stays, however often it is sent. */
function seenOf({ seen, seenAt, missedAt }: LedgerEntry): Pick<LedgerEntry, 'seen' | 'seenAt' | 'missedAt'> {
  return { seen, seenAt, ...(missedAt === undefined ? {} : { missedAt }) };
}

/** As many attempts as are worth reading; a broken channel is tried every few minutes. */
const MOST_FAILURES = 20;

function failuresBefore(former: LedgerEntry | undefined): readonly FailedAttempt[] {
  if (!former || (former.outcome !== 'fired' && former.outcome !== 'failed')) return former?.formerFailures ?? [];
  const last = { at: former.firedAt, code: former.failure ?? 'no-answer' };
  return [...(former.formerFailures ?? []), last].slice(-MOST_FAILURES);
}

function entryOf(reminder: Reminder, { notice, channel, device, now, armFor }: Errand): LedgerEntry {
  const plannedAt = armFor ?? reminder.at;
  return {
    id: entryId(reminder.id, channel.id, device),
    reminderId: reminder.id,
    billId: reminder.billId,
    kind: reminder.kind,
    day: reminder.day,
    channel: channel.id,
    device,
    noticeId: notice.id,
    plannedAt,
    firedAt: now,
    outcome: 'fired',
    settledAt: null,
    failure: null,
    lateMs: Math.max(0, now - plannedAt),
    lateWhy: notice.lateWhy,
    seen: 'unknown',
    seenAt: null,
  };
}
