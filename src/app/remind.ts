/**
 * The pass: what is due and not delivered, delivered. Every wake runs the same one, and running it twice changes
 * nothing: the truth is in the store, the alarm is a doorbell.
 */
import { addMonths, dayOf, type Instant, MINUTE_MS, startOf } from '../core/day.ts';
import { merge, type Notice } from '../core/reminder/notice.ts';
import type { FailedAttempt, LateWhy, LedgerEntry } from '../core/reminder/reminder.ts';
import { badgeFor } from './badge.ts';
import { lookAhead } from './look-ahead.ts';
import type { Channel, Delivery, Ports } from './ports.ts';
import { within } from './within.ts';

export type Wake = 'alarm' | 'start-up' | 'install' | 'active' | 'message' | 'page';

export interface PassReport {
  readonly notice: Notice | null;
  readonly delivered: boolean;
  readonly wakeAt: Instant;
}

/** When delivery failed, or the pass died on the way: look again this soon. */
const RETRY_MS = 5 * MINUTE_MS;

/** How long the ledger is kept; longer for bills that are still open. */
const LEDGER_MONTHS = 24;

export async function remind(ports: Ports, wake: Wake): Promise<PassReport> {
  const { clock, store } = ports;
  const now = clock.now();
  const [{ bills, ledger, device, plan }, lastPassAt] = await Promise.all([lookAhead(ports), store.lastPassAt()]);
  const { due, wakeAt } = plan;
  const notice = merge(due, new Map(bills.map((bill) => [bill.id, bill])), now, whyLate(wake, ledger, lastPassAt));
  await arm(ports, notice ? Math.min(wakeAt, now + RETRY_MS) : wakeAt);
  const delivered = notice !== null && (await deliver(ports, notice, ledger, device, now));
  if (delivered) await arm(ports, wakeAt);
  await Promise.all([
    attempt(ports, 'badge-failed', () => ports.badge.show(badgeFor(bills, now))),
    store.savePass(now),
  ]);
  if (lastPassAt === null || dayOf(lastPassAt) !== dayOf(now))
    await store.prune(startOf(addMonths(dayOf(now), -LEDGER_MONTHS)));
  return { notice, delivered, wakeAt };
}

function arm(ports: Ports, at: Instant): Promise<void> {
  return attempt(ports, 'alarm-failed', async () => {
    if ((await ports.alarm.armedFor()) !== at) await ports.alarm.arm(at);
  });
}

/** Doorbell and badge answer at once, or not at all. */
const DOOR_MS = 5_000;

/** Neither doorbell nor badge may cost a notice: what they refuse is said in the log, and the pass goes on. */
async function attempt({ log }: Ports, code: string, job: () => Promise<void>): Promise<void> {
  try {
    if ((await within(DOOR_MS, job(), 'late')) === 'late') log.warn(code, { name: 'no answer' });
  } catch (error) {
    log.warn(code, { name: error instanceof Error ? error.name : typeof error });
  }
}

function whyLate(wake: Wake, ledger: readonly LedgerEntry[], lastPassAt: Instant | null): LateWhy {
  if (
    ledger.some(
      (entry) => entry.outcome === 'failed' && entry.failure === 'notifications-off' && entry.firedAt === lastPassAt,
    )
  )
    return 'notifications-off';
  if (ledger.some((entry) => entry.outcome !== 'accepted' && entry.firedAt === lastPassAt)) return 'retried';
  if (wake === 'start-up' || wake === 'install') return 'browser-closed';
  return wake === 'alarm' || wake === 'active' ? 'asleep' : 'unknown';
}

/** Over the first channel. Written as fired before it is called and as accepted only after it accepted. */
async function deliver(
  { channels, store, clock, log }: Ports,
  notice: Notice,
  ledger: readonly LedgerEntry[],
  device: string,
  now: Instant,
): Promise<boolean> {
  const channel = channels[0];
  if (!channel) {
    log.warn('no-channel');
    return false;
  }
  const former = new Map(ledger.map((entry) => [entry.id, entry]));
  const fired = notice.reminders.map((reminder) => {
    const entry = entryOf(reminder, notice, channel, device, now);
    return { ...entry, formerFailures: failuresBefore(former.get(entry.id)) };
  });
  await store.record(fired);
  const delivery: Delivery = await channel.send(notice);
  const settledAt = clock.now();
  await store.record(
    fired.map((entry) =>
      delivery.kind === 'accepted'
        ? { ...entry, outcome: 'accepted', settledAt }
        : { ...entry, outcome: 'failed', failure: delivery.code, settledAt },
    ),
  );
  if (delivery.kind === 'failed') log.warn('delivery-failed', { channel: channel.id, code: delivery.code });
  return delivery.kind === 'accepted';
}

/** As many attempts as are worth reading; a broken channel is tried every few minutes. */
const MOST_FAILURES = 20;

function failuresBefore(former: LedgerEntry | undefined): readonly FailedAttempt[] {
  if (!former || former.outcome === 'accepted') return former?.formerFailures ?? [];
  const last = { at: former.firedAt, code: former.failure ?? 'no-answer' };
  return [...(former.formerFailures ?? []), last].slice(-MOST_FAILURES);
}

function entryOf(
  reminder: Notice['reminders'][number],
  notice: Notice,
  channel: Channel,
  device: string,
  firedAt: Instant,
): LedgerEntry {
  return {
    id: `${reminder.id}|${channel.id}|${device}`,
    reminderId: reminder.id,
    billId: reminder.billId,
    kind: reminder.kind,
    day: reminder.day,
    channel: channel.id,
    device,
    noticeId: notice.id,
    plannedAt: reminder.at,
    firedAt,
    outcome: 'fired',
    settledAt: null,
    failure: null,
    lateMs: Math.max(0, firedAt - reminder.at),
    lateWhy: notice.lateWhy,
    seen: 'unknown',
    seenAt: null,
  };
}
