/**
 * Which channel comes next: pure, from the ledger alone. The desktop speaks first; a reminder that nobody acknowledged
 * within its patience goes to the next channel in the owner's order, at once where the former failed. Only the newest
 * reminder of a bill goes on: a later one takes its place, and begins with the desktop again.
 */
import { type Bill, type BillId, isWatched, staysOnDesk } from '../bill.ts';
import type { Loudness } from '../channel/setting.ts';
import { HOUR_MS, type Instant, isAhead, MINUTE_MS } from '../day.ts';
import { believedPause } from '../pause.ts';
import type { Rules } from '../rules.ts';
import { type Patience, waitOf } from './patience.ts';
import { deferred } from './quiet.ts';
import { isSnoozeId, KINDS, type Kind, type LedgerEntry, type Reminder } from './reminder.ts';
import { heldUntil, holdsBack } from './snooze.ts';

/** One channel of the owner's order, behind the desktop. */
export interface Link {
  readonly channel: string;
  /** The service asked for silence until then, or had. */
  readonly pausedUntil: Instant | null;
  /** The last resort: on the due day and after, as loud as its service can. */
  readonly isLast: boolean;
}

export interface Chain {
  /** The channel that speaks first. */
  readonly first: string;
  readonly links: readonly Link[];
  readonly patience: Patience;
}

export interface Step {
  readonly reminder: Reminder;
  readonly channel: string;
  readonly loudness: Loudness;
  /** When it is to be sent. */
  readonly at: Instant;
}

export interface Escalation {
  /** To be sent now, one at most for each reminder and channel. */
  readonly due: readonly Step[];
  /** To be sent later unless somebody acknowledges. */
  readonly next: readonly Step[];
  /** Ledger ids of messages that a service holds, and that still stand. */
  readonly held: ReadonlySet<string>;
}

/** A channel that failed is tried again after 5, 10, 20, 40 and 80 minutes, and then left for this reminder. */
const FIRST_RETRY_MS = 5 * MINUTE_MS;
const MOST_TRIES = 6;
/** A worker that ended before the channel had answered: it may have been sent. */
const NO_ANSWER_MS = 5 * MINUTE_MS;
/** What the clock made late by more than this is no longer worth another channel: the next slot speaks. */
const TOO_OLD_MS = 72 * HOUR_MS;

export function escalate(
  bills: readonly Bill[],
  rules: Rules,
  ledger: readonly LedgerEntry[],
  device: string,
  chain: Chain,
  now: Instant,
): Escalation {
  const steps: Step[] = [];
  const held = new Set<string>();
  if (chain.links.length > 0) {
    // One that has ended counts still: what it held back keeps the silence that has begun since.
    const links = chain.links.map((link) => ({ ...link, pausedUntil: believedPause(link.pausedUntil, now) }));
    const byBill = new Map<BillId, LedgerEntry[]>();
    for (const entry of ledger) {
      const known = byBill.get(entry.billId);
      if (known) known.push(entry);
      else byBill.set(entry.billId, [entry]);
    }
    for (const bill of bills) {
      const live = liveOf(bill, byBill.get(bill.id) ?? [], device, chain.first, now);
      if (live) walk(live, bill, rules, { ...chain, links }, now, steps, held);
    }
  }
  return { due: steps.filter(({ at }) => at <= now), next: steps.filter(({ at }) => at > now), held };
}

/** What was done under a clock that ran ahead counts from the moment that it was promised for. */
function soundly(at: Instant, promisedFor: Instant, now: Instant): Instant {
  return isAhead(at, now) ? Math.min(promisedFor, now) : at;
}

interface Live {
  /** What the first channel did with it on this device. */
  readonly opening: LedgerEntry;
  /** The same reminder over every channel and device. */
  readonly entries: readonly LedgerEntry[];
}

/** The newest reminder of the bill that the first channel was asked for, unless somebody has heard it. */
function liveOf(bill: Bill, entries: readonly LedgerEntry[], device: string, first: string, now: Instant): Live | null {
  if (!isWatched(bill) || staysOnDesk(bill)) return null;
  let opening: LedgerEntry | null = null;
  for (const each of entries) {
    // Told under a clock that ran ahead: it goes on once its own moment has come.
    if (each.channel !== first || each.device !== device || isAhead(each.plannedAt, now)) continue;
    const entry = { ...each, firedAt: soundly(each.firedAt, each.plannedAt, now) };
    if (!opening || isNewer(entry, opening)) opening = entry;
  }
  if (!opening) return null;
  const { reminderId, kind, day, firedAt } = opening;
  // Whoever chose "later" has heard it; the end of the snooze is a reminder of its own.
  const isToldSince = firedAt > (bill.owner.snoozedAt ?? 0) && !holdsBack(bill, { kind, at: opening.plannedAt }, now);
  if (heldUntil(bill, now) !== null && !isToldSince) return null;
  const isHeard = entries.some(
    (entry) =>
      entry.seen === 'acknowledged' &&
      (entry.reminderId === reminderId ||
        (kind === 'due-today' &&
          entry.kind === 'due-today' &&
          entry.day === day &&
          (entry.seenAt ?? 0) >= openedAt(opening))),
  );
  return isHeard ? null : { opening, entries: entries.filter((entry) => entry.reminderId === reminderId) };
}

/** Of two that were told together, the more urgent one, then the one promised later, then the end of a snooze before what it held back. */
function isNewer(a: LedgerEntry, b: LedgerEntry): boolean {
  if (a.noticeId !== b.noticeId && a.firedAt !== b.firedAt) return a.firedAt > b.firedAt;
  const urgency = KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (urgency !== 0) return urgency < 0;
  return a.plannedAt === b.plannedAt ? isSnoozeId(a.reminderId) : a.plannedAt > b.plannedAt;
}

/** When the reminder was first given to the channel, however often it was tried since. */
function openedAt({ firedAt, formerFailures }: LedgerEntry): Instant {
  return formerFailures?.[0]?.at ?? firedAt;
}

/**
 * From one channel to the next, as far as the ledger tells; the first that was not asked yet ends the walk. What a
 * service holds for one behind it stays there: the browser may be closed before its turn comes.
 */
function walk(
  { opening, entries }: Live,
  bill: Bill,
  rules: Rules,
  { links, patience }: Chain,
  now: Instant,
  steps: Step[],
  held: Set<string>,
): void {
  const wait = waitOf(opening.kind, opening.day, openedAt(opening));
  if (wait === null || opening.outcome === 'fired') return;
  const patienceMs = patience[wait];
  let from = opening.outcome === 'accepted' ? opening.firedAt + patienceMs : openedAt(opening);
  let hasEnded = false;
  for (const link of links) {
    const tried = latestOf(entries.filter((entry) => entry.channel === link.channel && entry.outcome !== 'withdrawn'));
    const promised = from;
    const done = (at: Instant): Instant => soundly(at, promised, now);
    const allowed = (at: Instant): Instant => deferred(at, rules, bill.dueDay);
    const step = (from: Instant): void => {
      if (from < now - TOO_OLD_MS) return;
      const soonest = allowed(Math.max(from, link.pausedUntil ?? from));
      // What comes late, as after a full disk, keeps the silence that has begun since.
      const at = soonest <= now && allowed(now) > now ? allowed(now) : soonest;
      const { reminderId: id, billId, kind, day } = opening;
      const reminder = { id, billId, kind, day, at };
      steps.push({ reminder, channel: link.channel, loudness: loudnessOf(kind, link), at });
    };
    if (hasEnded) {
      if (tried?.outcome === 'armed' && tried.plannedAt > now) held.add(tried.id);
    } else if (!tried) {
      step(from);
      // One that was asked to be silent is passed over, and still asked when it may speak again.
      hasEnded = (link.pausedUntil ?? now) <= now;
    } else if (tried.outcome === 'armed') {
      // Who stood before it failed: it does not wait for the moment that it was armed for.
      if (tried.plannedAt > now && allowed(from) < tried.plannedAt) step(from);
      else held.add(tried.id);
      hasEnded = tried.plannedAt > now;
      from = Math.max(from, tried.plannedAt + patienceMs);
    } else if (tried.outcome === 'accepted') {
      from = Math.max(from, done(tried.firedAt) + patienceMs);
    } else if (tried.outcome === 'fired') {
      // Perhaps it was sent. Asked again once before the next is asked too.
      if (triesOf(tried) < MOST_TRIES) step(Math.max(from, done(tried.firedAt) + NO_ANSWER_MS));
      hasEnded = !tried.formerFailures?.length;
    } else {
      const tries = triesOf(tried);
      if (tries < MOST_TRIES)
        step(Math.max(from, done(tried.settledAt ?? tried.firedAt) + FIRST_RETRY_MS * 2 ** (tries - 1)));
    }
  }
}

/** The last resort is as loud as its service can, on the due day and after. */
export function loudnessOf(kind: Kind, { isLast }: Pick<Link, 'isLast'>): Loudness {
  return isLast && (kind === 'due-today' || kind === 'overdue') ? 'loudest' : 'normal';
}

function triesOf({ formerFailures }: LedgerEntry): number {
  return (formerFailures?.length ?? 0) + 1;
}

function latestOf(entries: readonly LedgerEntry[]): LedgerEntry | null {
  // What a channel accepted on another device was sent: it is not sent again from here.
  const sent = entries.filter((entry) => entry.outcome === 'accepted' || entry.outcome === 'armed');
  return (sent.length > 0 ? sent : entries).reduce<LedgerEntry | null>(
    (a, b) => (a && a.firedAt >= b.firedAt ? a : b),
    null,
  );
}
