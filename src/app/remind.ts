/**
 * The pass: what is due and not delivered, delivered. Every wake runs the same one, and running it twice changes
 * nothing: the truth is in the store, the alarm is a doorbell.
 */
import { DAY_MS, dayOf, FIRST_LIVED, type Instant, MINUTE_MS } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import { retainedSince } from '../core/record/ack-record.ts';
import { merge, type Notice } from '../core/reminder/notice.ts';
import { deferred } from '../core/reminder/quiet.ts';
import type { LateWhy, LedgerEntry } from '../core/reminder/reminder.ts';
import { type BadgeFacts, badgeFor, KNOWS_NOTHING } from './badge.ts';
import { cover } from './cover.ts';
import { deliver, STORE_MS } from './deliver.ts';
import { escalateNow } from './escalate.ts';
import { renewHabit } from './habit.ts';
import { type Ahead, lookAhead, wakeAtOf } from './look-ahead.ts';
import type { Ports } from './ports.ts';
import { lookElsewhere, sendAt } from './sync.ts';
import { keepUnwritten, shownUnwritten } from './unwritten.ts';
import { within } from './within.ts';

/** `session`: the first since the browser started, or the extension was switched on or updated. */
export type Wake = 'alarm' | 'session' | 'start-up' | 'install' | 'active' | 'message' | 'page';

export interface PassReport {
  readonly notice: Notice | null;
  readonly delivered: boolean;
  readonly wakeAt: Instant;
  /** Syncing is set up: a look at the others may be due. */
  readonly isSynced: boolean;
  /** Not null: the look before speaking goes on, and tells at its end whether it brought something. */
  readonly late: Promise<boolean> | null;
}

/** When delivery failed, or the pass died on the way: look again this soon. */
const RETRY_MS = 5 * MINUTE_MS;

export async function remind(ports: Ports, wake: Wake): Promise<PassReport> {
  const { clock, store } = ports;
  const now = clock.now();
  const looked = renewHabit(ports, wake, now).then(() => Promise.all([lookAhead(ports), store.lastPassAt()]));
  const hasAnswered = looked.then(
    () => true,
    () => false,
  );
  // A store that is only slow is waited for, and the badge set right.
  if (!(await within(STORE_MS, hasAnswered, false))) {
    // A browser that just started may have no alarm left to ring again.
    await attempt(ports, 'alarm-failed', () => ports.alarm.arm(now + RETRY_MS));
    await showBadge(ports, KNOWS_NOTHING);
  }
  const [first, lastPassAt] = await looked;
  const lateWhy = whyLate(wake, first.ledger, lastPassAt);
  const isBusy = first.plan.due.length > 0 || first.escalation.due.length > 0;
  await arm(ports, isBusy ? Math.min(first.wakeAt, now + RETRY_MS) : first.wakeAt);
  // Paid or heard on another browser: nothing is said here.
  const isShared = isBusy && first.sync.place !== null;
  const { late } = isShared ? await lookElsewhere(ports) : { late: null };
  const ahead = isShared ? await within(STORE_MS, lookAhead(ports), first) : first;
  const { bills, plan } = ahead;
  const notice = merge(plan.due, new Map(bills.map((bill) => [bill.id, bill])), now, lateWhy);
  const told = notice && (await overDesktop(ports, notice, ahead, now));
  const delivered = told === 'written';
  // What the desktop refused goes on at once; what it took, after its patience.
  const isQuiet = notice === null && ahead.escalation.due.length === 0;
  let hasFailed = false;
  const beyond = isQuiet
    ? ahead.escalation
    : await escalateNow(ports, ahead, now, lateWhy).catch((error: unknown) => {
        hasFailed = true;
        ports.log.warn('escalation-failed', { name: errorName(error) });
        return ahead.escalation;
      });
  const isCovered = await cover(ports, ahead, beyond, now).catch(() => {
    ports.log.warn('cover-failed');
    return false;
  });
  const wakeAt = wakeAtOf(plan, beyond);
  const isLeft = (notice !== null && !delivered) || hasFailed || !isCovered;
  await arm(ports, isLeft ? Math.min(wakeAt, now + RETRY_MS) : wakeAt);
  const isUntold = notice !== null && told === 'refused' && !(await wasTakenBeyond(ports, notice));
  await Promise.all([showBadge(ports, { ...badgeFor(bills, now), isUntold }), store.savePass(now)]);
  // A clock that runs ahead for once takes no evidence with it.
  const lived = Math.min(now, (lastPassAt ?? now) + DAY_MS);
  const isNewDay = lastPassAt === null || dayOf(lastPassAt) !== dayOf(now);
  // One that stood in 1970 has no day so long before.
  if (isNewDay && lived > FIRST_LIVED) await store.prune(retainedSince(lived));
  return { notice, delivered, wakeAt, isSynced: ahead.sync.place !== null, late };
}

/** What was shown and is not on paper stays due, as what was not shown. */
async function overDesktop(
  ports: Ports,
  notice: Notice,
  { ledger, device, rules }: Ahead,
  now: Instant,
): Promise<'written' | 'shown' | 'refused'> {
  const channel = ports.channels[0];
  if (!channel) {
    ports.log.warn('no-channel');
    return 'refused';
  }
  const isSilent = notice.bills.every(({ dueDay }) => deferred(now, rules, dueDay) > now);
  const shown = await shownUnwritten(ports, now, isSilent);
  const reminderIds = notice.reminders.map(({ id }) => id);
  if (reminderIds.every((id) => shown.has(id))) return 'shown';
  const delivery = await deliver(ports, { channel, notice, loudness: 'normal', ledger, device, now });
  if (delivery.kind === 'failed') return 'refused';
  if (!delivery.isUnwritten) return 'written';
  await keepUnwritten(ports, { reminderIds, shownAt: now });
  return 'shown';
}

/** Some other channel has it, now or since an earlier pass. */
async function wasTakenBeyond({ store }: Ports, { reminders }: Notice): Promise<boolean> {
  const entries = await store.ledgerOf(reminders.map(({ billId }) => billId));
  return entries.some(
    ({ reminderId, outcome }) => outcome === 'accepted' && reminders.some(({ id }) => id === reminderId),
  );
}

function showBadge(ports: Ports, facts: BadgeFacts): Promise<void> {
  return attempt(ports, 'badge-failed', () => ports.badge.show(facts));
}

/** For `wakeAt`, or sooner for what waits to be sent to the other browsers. */
function arm(ports: Ports, wakeAt: Instant): Promise<void> {
  return attempt(ports, 'alarm-failed', async () => {
    const at = Math.min(wakeAt, (await sendAt(ports)) ?? wakeAt);
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
    log.warn(code, { name: errorName(error) });
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
  if (wake === 'session' || wake === 'start-up' || wake === 'install') return 'browser-closed';
  return wake === 'alarm' || wake === 'active' ? 'asleep' : 'unknown';
}
