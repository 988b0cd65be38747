/**
 * When this browser looks at the others: after edits, at start, at a wake after a quiet while, and before anything is
 * said on the hour. It stands beside the pass; what it brings is told to the next one.
 */
import { DAY_MS, type Instant } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import { DESKTOP } from '../core/reminder/chain.ts';
import { asQuestion, isSyncDue, type Sync, type SyncTold, sendAtOf } from '../core/sync-setting.ts';
import { lookAhead } from './look-ahead.ts';
import type { Ports } from './ports.ts';
import type { SyncOptions, SyncReport } from './sync-ports.ts';
import { within } from './within.ts';

/** A reminder that is due waits for the others' word no longer than this. */
const LOOK_MS = 8_000;
/** A notice that was shown this long ago is closed by now. */
const SHOWN_MS = 7 * DAY_MS;
const MOST_SHOWN = 200;

/** One sync, and its outcome kept for people; null when none is set up. What breaks down here is kept too, and thrown; never for what the store does. */
export async function syncOnce(ports: Ports, options: SyncOptions = {}): Promise<SyncReport | null> {
  const { store, clock, sync: door } = ports;
  if (!door) return null;
  const began = clock.now();
  const change = (to: (sync: Sync) => Sync) => store.changeSync((sync) => (sync.place === null ? sync : to(sync)));
  const known = await change((sync) => ({ ...sync, triedAt: began }));
  if (known.place === null) return null;
  const broken = (failure: string) =>
    change((sync) => ({ ...sync, failure, failingSince: since(sync.failingSince, clock.now()) }));
  let report: SyncReport;
  try {
    const done = await door.now(known, options);
    if (done === null) {
      // The place stands, and what was known of the vault there is gone.
      await broken('sync-not-set-up');
      return null;
    }
    report = done;
    const [held, device, isWaiting] = [await door.held(), await door.device(), await door.isWaiting()];
    const told = toldOf(report, device, isWaiting);
    await change((sync) => after(sync, done, told, asQuestion(held), clock.now()));
  } catch (error) {
    await broken('sync-broken');
    throw error;
  }
  if (report.pulled.applied > 0) await takeBackShown(ports);
  await compactDaily(ports);
  return report;
}

function after(sync: Sync, report: SyncReport, told: SyncTold, question: Sync['question'], now: Instant): Sync {
  const { pausedUntil } = report;
  // A pause that still lasts: nothing was tried, and why the server asked for it stands.
  const failure = report.failure ?? (pausedUntil === null ? null : sync.failure);
  const isThrough = failure === null && pausedUntil === null;
  // In a closed vault nothing is sent any more; in one that lost to another nobody else may read it.
  const isDone = isThrough && !report.isClosed && !told.shouldMove;
  return {
    ...sync,
    doneAt: isDone ? now : sync.doneAt,
    failure,
    pausedUntil,
    failingSince: isDone ? null : since(sync.failingSince, now),
    told: isThrough ? told : { ...told, ...stillTold(sync.told, told) },
    question,
    askedAt: question === null ? null : since(sync.askedAt, now),
  };
}

/** The first moment stands, unless it was written while the clock ran ahead: it would keep its notice back until then. */
function since(first: Instant | null, now: Instant): Instant {
  return Math.min(first ?? now, now);
}

/** Who did not come to look knows nothing new of the others: what the look before told stands. */
function stillTold(before: SyncTold | null, told: SyncTold): Partial<SyncTold> {
  if (before === null) return {};
  const { devices, refused, isClosed } = told.devices.length === 0 ? before : told;
  const strangers = told.strangers || before.strangers;
  return { devices, refused, strangers, isClosed, shouldMove: told.shouldMove || before.shouldMove };
}

function toldOf(report: SyncReport, device: string, isWaiting: boolean): SyncTold {
  const { devices, refused, waiting, deferred, strangers, renamed, isClosed, otherVaults } = report;
  return {
    ...{ device, devices, refused, deferred, strangers, renamed, isClosed },
    waiting: waiting.objects,
    hasUnsealed: waiting.hasUnsealed || (isWaiting && waiting.objects === 0),
    shouldMove: otherVaults.some((each) => each.shouldMove),
  };
}

/** At a wake, when one is due. True when it brought something that the next pass must know. */
export async function syncAtWake(ports: Ports): Promise<boolean> {
  const { store, sync: door, clock, alarm } = ports;
  const sync = await store.sync();
  if (!door || sync.place === null) return false;
  try {
    const report = isSyncDue(sync, await door.hasChanges(), clock.now()) ? await syncOnce(ports) : null;
    return (report?.pulled.applied ?? 0) > 0;
  } finally {
    const [at, armedFor] = [await sendAt(ports), await alarm.armedFor()];
    if (at !== null && (armedFor === null || armedFor > at)) await alarm.arm(at);
  }
}

/** When to wake for what waits to be sent; null where nothing waits. */
export async function sendAt({ store, sync: door, clock }: Ports): Promise<Instant | null> {
  const sync = await store.sync();
  if (!door || sync.place === null) return null;
  return sendAtOf(sync, { hasChanges: await door.hasChanges(), isWaiting: await door.isWaiting() }, clock.now());
}

/**
 * Before something is said: whoever heard it or paid elsewhere is believed. The database has to be looked at again
 * whatever this brought: a sync that was under way already, or the owner, may have written meanwhile.
 */
export async function lookElsewhere(ports: Ports): Promise<Look> {
  const isNews = syncOnce(ports).then(
    (report) => (report?.pulled.applied ?? 0) > 0,
    (error: unknown) => {
      ports.log.warn('sync-look-failed', { name: errorName(error) });
      return false;
    },
  );
  return { late: (await within<boolean, 'late'>(LOOK_MS, isNews, 'late')) === 'late' ? isNews : null };
}

export interface Look {
  /** Not null: the store had not answered in time. Whether its answer, when it comes, is worth another pass. */
  readonly late: Promise<boolean> | null;
}

/** Notices of this browser that stand on the screen and are over: paid, muted, deleted or acknowledged elsewhere. */
async function takeBackShown(ports: Ports): Promise<void> {
  const { store, clock, channels, log } = ports;
  const desktop = channels.find(({ id }) => id === DESKTOP);
  if (!desktop) return;
  const { bills, ledger, device } = await lookAhead(ports);
  const since = clock.now() - SHOWN_MS;
  const shown = (await store.latestEntries(MOST_SHOWN)).filter(
    (entry) =>
      entry.device === device &&
      entry.channel === DESKTOP &&
      entry.outcome === 'accepted' &&
      entry.seen !== 'closed' &&
      entry.firedAt >= since,
  );
  const open = new Set(bills.map(({ id }) => id));
  const heard = new Set(ledger.filter(({ seen }) => seen === 'acknowledged').map(({ reminderId }) => reminderId));
  const stands = new Set(
    shown
      .filter(({ billId, reminderId }) => open.has(billId) && !heard.has(reminderId))
      .map(({ noticeId }) => noticeId),
  );
  for (const noticeId of new Set(shown.map((entry) => entry.noticeId)))
    if (!stands.has(noticeId) && !(await desktop.withdraw(noticeId))) log.warn('withdraw-failed');
}

async function compactDaily({ store, clock, sync: door }: Ports): Promise<void> {
  const now = clock.now();
  const { compactedAt } = await store.sync();
  if (compactedAt !== null && Math.abs(now - compactedAt) < DAY_MS) return;
  await door?.compact(now);
  await store.changeSync((sync) => (sync.place === null ? sync : { ...sync, compactedAt: now }));
}

/** The owner's word on what the failsafe held back: on what they were shown. What came to it since is shown first. */
export async function releaseHeld(ports: Ports, word: 'apply' | 'refuse'): Promise<void> {
  const { store, sync: door, clock } = ports;
  const heldNow = async () => asQuestion((await door?.held()) ?? []);
  const ask = (question: Sync['question']) =>
    store.changeSync((sync) => ({ ...sync, question, askedAt: question && since(sync.askedAt, clock.now()) }));
  const held = await heldNow();
  const shown = new Map((await store.sync()).question?.map(({ billId, what }) => [billId, what]));
  if (held?.some(({ billId, what }) => shown.get(billId) !== what)) {
    await ask(held);
    return;
  }
  await door?.release(word, clock.now(), shown);
  await ask(await heldNow());
  if (word === 'apply') await takeBackShown(ports);
}
