/**
 * Lives one world through the real pass, with the store in memory, and holds every pass against the promises.
 * What it throws names the law that was broken.
 */
import { act, see } from '../../../src/app/owner-acts.ts';
import type { Channel, Ports } from '../../../src/app/ports.ts';
import { remind, type Wake } from '../../../src/app/remind.ts';
import { takeReading } from '../../../src/app/take-reading.ts';
import type { Day } from '../../../src/core/day.ts';
import type { Fen } from '../../../src/core/money.ts';
import type { ReadBill } from '../../../src/core/reading.ts';
import type { Notice } from '../../../src/core/reminder/notice.ts';
import type { Rules } from '../../../src/core/rules.ts';
import { type MemoryStore, memoryStore } from '../../fakes/memory-store.ts';
import { asksFor, beginOf, dayAfter, dayAt, type Promised, promisesFor } from './promises.ts';
import type { World, WorldAmount, WorldBill, WorldEvent } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HEARTBEAT_MS = 6 * HOUR_MS;
const RETRY_MS = 5 * MINUTE_MS;
/** What was told further ahead of the clock than this was not told. */
const AHEAD_MS = 24 * HOUR_MS;
/** No zone of the worlds changed its clock around it. */
const LAPSED = Date.parse('2001-01-03T04:01:00+08:00');
const SITE = 'made-up';
const SIGN_IN = `${SITE}/default/sign-in`;

class Crash extends Error {}

export class BrokenLaw extends Error {
  constructor(law: string, facts: unknown) {
    super(`${law}: ${JSON.stringify(facts)}`);
    this.name = 'BrokenLaw';
  }
}

interface Mind {
  readonly id: string;
  dueDay: string | null;
  /** null is unknown. */
  owed: number | null;
  owedSince: number;
  /** When more was read than was known. */
  grewAt: number | null;
  isPaid: boolean;
  /** What stood there then; null is unknown. */
  paidFen: number | null;
  isMuted: boolean;
  snoozedAt: number | null;
  snoozedUntil: number | null;
}

/** What the owner was told: one accepted notice. */
interface Told {
  readonly noticeId: string;
  readonly at: number;
  readonly ids: readonly string[];
}

export interface Life {
  readonly shown: readonly { readonly id: string; readonly at: number }[];
  readonly passes: number;
}

const billIdOf = (bill: number): string => `${SITE}/default/k${bill}`;
/** A snooze is one promise to one bill, whatever kind of notice it becomes. */
const plain = (id: string): string => {
  const [bill, kind, , slot] = id.split('|');
  return kind === 'snooze' ? `${bill}|snooze@${slot}` : id;
};

export async function live(world: World): Promise<Life> {
  const start = beginOf(world.firstDay);
  const end = start + world.days * 24 * HOUR_MS;
  const store: MemoryStore = memoryStore();
  // What is promised here is what the rules say; hours that are learnt have their own laws (habit.test.ts).
  let rules: Rules = { ...world.rules, quiet: world.quiet, zone: world.zone, since: 0, adapts: false };
  await store.saveRules(rules);

  let time = start;
  let shift = 0;
  let armed: number | null = null;
  let sends = 0;
  let names = 0;
  let attempt: { ids: string[]; notice: Notice } | null = null;
  let outcome: World['sends'][number] = 'accepted';
  const shown: { id: string; at: number }[] = [];
  const repeatsAllowed = new Map<string, number>();
  const allowRepeat = (id: string): void => void repeatsAllowed.set(id, (repeatsAllowed.get(id) ?? 0) + 1);
  const now = (): number => time + shift;

  // --- what the owner may expect
  const minds = new Map<string, Mind>();
  /** When it was told last. */
  const accepted = new Map<string, number>();
  const isBelieved = (firedAt: number): boolean => firedAt - now() <= AHEAD_MS;
  const isTold = (id: string): boolean => isBelieved(accepted.get(id) ?? Number.POSITIVE_INFINITY);
  const believedNods = (): typeof nods => nods.filter(({ firedAt }) => isBelieved(firedAt));
  /** What was acknowledged and not taken back, by bill and notice. */
  let nods: {
    readonly bill: string;
    readonly noticeId: string;
    readonly firedAt: number;
    readonly at: number;
    readonly ids: readonly string[];
  }[] = [];
  const told: Told[] = [];
  let signedOutSince: number | null = null;
  let hasRead = false;

  const toldAs = (id: string): string | undefined =>
    store.entries().find((entry) => plain(entry.reminderId) === id)?.kind;
  const isOfDueDay = (id: string, dueDay: string): boolean => {
    const [, kind, day] = id.split('|');
    return (
      (kind === 'due-today' && day === dueDay) ||
      // A snooze that ended before the day was known told of no due day.
      (kind!.startsWith('snooze@') && dayAt(Number(kind!.slice(7))) === dueDay && toldAs(id) === 'due-today')
    );
  };
  /** New rules cost no notice of the day on which they were saved, nor one that was tried; a due day is told once. */
  const isStillOwed = (mind: Mind, each: Promised): boolean => {
    const wasTried = store.entries().some((entry) => plain(entry.reminderId) === each.id && isBelieved(entry.firedAt));
    if (!wasTried && dayAt(each.promised) !== dayAt(rules.since)) return false;
    const isOfBill = (id: string): boolean => id.startsWith(`${mind.id}|`);
    const heard = [...accepted.keys()]
      .filter(isTold)
      .concat(believedNods().flatMap((nod) => nod.ids))
      .filter(isOfBill);
    return each.kind !== 'due-today' || !heard.some((id) => isOfDueDay(id, mind.dueDay ?? ''));
  };
  const naturalPromises = (mind: Mind, until: number): Promised[] => {
    const owedSince = mind.owedSince <= now() ? mind.owedSince : Number.NEGATIVE_INFINITY;
    const since = rules.since <= now() ? rules.since : Number.NEGATIVE_INFINITY;
    const promises =
      mind.dueDay === null
        ? asksFor(mind.id, mind.id === SIGN_IN ? 'sign-in' : 'stale-reading', mind.owedSince, rules, now(), until)
        : promisesFor(mind.id, mind.dueDay, rules, dayAfter(mind.dueDay, -8), until, {
            at: mind.owedSince,
            now: now(),
            grewAt: mind.grewAt,
          });
    // Where a moment was written under a clock that was ahead, being overdue is told from yesterday on.
    const yesterday = beginOf(dayAfter(dayAt(now()), -1));
    const isClockWrong = Math.max(mind.owedSince, rules.since) > now();
    return promises.filter(
      (each) =>
        each.promised >= owedSince &&
        (each.at >= since || mind.id === SIGN_IN || isStillOwed(mind, each)) &&
        !(isClockWrong && each.kind === 'overdue' && each.promised < yesterday),
    );
  };
  /** When the owner last acknowledged a notice of this bill's due day, or null. */
  const dueDayEndedAt = (bill: string, dueDay: string): number | null => {
    const ends = believedNods()
      .filter((nod) => nod.bill === bill && nod.ids.some((id) => isOfDueDay(id, dueDay)))
      .map((nod) => nod.at);
    return ends.length ? Math.max(...ends) : null;
  };
  const latestOverdue = (prefix: string): number =>
    Math.max(
      0,
      ...[...accepted.keys()]
        .filter((id) => id.startsWith(prefix) && isTold(id))
        .map((id) => Number(id.slice(prefix.length))),
    );
  const isAcknowledged = (id: string): boolean => believedNods().some((nod) => nod.ids.includes(id));
  /** What was acknowledged was less than what came to be owed: it ends nothing that comes after. */
  const isOfLess = ({ grewAt }: Mind, endedAt: number, at: number): boolean =>
    grewAt !== null && endedAt < grewAt && at >= grewAt;
  const isOver = ({ id, at }: { id: string; at: number }, mind: Mind): boolean => {
    const [bill = '', kind, day = '', slot] = id.split('|');
    // A later day of being overdue was told: an earlier one only comes up again when the clock was set back.
    if (kind === 'overdue' && Number(slot) < latestOverdue(`${bill}|overdue|${day}|`)) return true;
    const endedAt = kind === 'due-today' ? dueDayEndedAt(bill, day) : null;
    return isTold(id) || isAcknowledged(id) || (endedAt !== null && !isOfLess(mind, endedAt, at));
  };
  /** Every promise that still stands, past ones and those of the next two days. */
  const standing = (): { id: string; at: number }[] => {
    const until = now() + 2 * 24 * HOUR_MS;
    const all = [...minds.values()].filter((mind) => !mind.isPaid && !mind.isMuted && mind.owed !== 0);
    if (signedOutSince !== null && hasRead) all.push({ ...blankMind(SIGN_IN), owedSince: signedOutSince });
    return all.flatMap((mind) => {
      const { snoozedAt } = mind;
      // What was chosen under a clock that ran ahead holds nothing back.
      const isAhead = snoozedAt !== null && snoozedAt - now() > 5 * MINUTE_MS;
      const snoozedUntil = isAhead ? null : mind.snoozedUntil;
      const held = naturalPromises(mind, until)
        .map(({ id, kind, at }) => {
          // Chosen before the due day was known, a snooze does not put off the day itself; nor what it has grown to.
          const isOfDay = kind === 'due-today' || kind === 'overdue';
          const isMeantAll = (snoozedAt ?? 0) >= mind.owedSince && !isOfLess(mind, snoozedAt ?? 0, at);
          const isMeant = !isOfDay || mind.owedSince > now() || isMeantAll;
          return { id, at: snoozedUntil !== null && at < snoozedUntil && isMeant ? snoozedUntil : at };
        })
        .filter((each) => !isOver(each, mind));
      if (snoozedAt === null || snoozedUntil === null) return held;
      const id = `${mind.id}|snooze@${snoozedUntil}`;
      const endedAt = dayAt(snoozedUntil) === mind.dueDay ? dueDayEndedAt(mind.id, mind.dueDay) : null;
      const isSnoozeOver =
        isTold(id) ||
        isAcknowledged(id) ||
        (endedAt !== null && endedAt > snoozedAt && !isOfLess(mind, endedAt, snoozedUntil));
      return isSnoozeOver ? held : [...held, { id, at: snoozedUntil }];
    });
  };

  // --- the real thing
  const channel: Channel = {
    id: 'desktop',
    send: async (notice) => {
      outcome = world.sends[sends++] ?? 'accepted';
      const ids = notice.reminders.map((reminder) => plain(reminder.id));
      attempt = { ids, notice };
      for (const id of ids) {
        // Only what was told far ahead of the clock is told again, and its entry with it.
        if (accepted.delete(id)) allowRepeat(id);
        nods = nods.map((nod) => ({ ...nod, ids: nod.ids.filter((each) => each !== id) }));
      }
      nods = nods.filter(({ ids }) => ids.length > 0);
      if (outcome === 'accepted' || outcome === 'shown-crash') for (const id of ids) shown.push({ id, at: now() });
      if (outcome === 'shown-crash') for (const id of ids) allowRepeat(id);
      if (outcome === 'shown-crash' || outcome === 'lost-crash') throw new Crash();
      return outcome === 'accepted' ? { kind: 'accepted' } : { kind: 'failed', code: 'made-up' };
    },
    withdraw: async () => true,
  };
  const ports: Ports = {
    clock: { now },
    ids: { next: () => `id-${++names}`, hash: async (text) => text },
    store,
    alarm: {
      armedFor: async () => armed,
      arm: async (at) => {
        armed = at;
      },
    },
    channels: [channel],
    channelFor: () => channel,
    badge: { show: async () => {} },
    log: { warn: () => {} },
  };

  let passes = 0;
  /** False when the browser died in it. */
  const pass = async (wake: Wake): Promise<boolean> => {
    passes++;
    attempt = null;
    const before = standing();
    const owed = [...new Set(before.filter((each) => each.at <= now()).map((each) => each.id))].sort();
    let hasCrashed = false;
    let wakeAt = Number.NaN;
    try {
      ({ wakeAt } = await remind(ports, wake));
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      hasCrashed = true;
    }
    const made = attempt as { ids: string[]; notice: Notice } | null;
    const tried = [...(made?.ids ?? [])].sort();
    const lost = owed.filter((id) => !tried.includes(id));
    // A bill marked as paid that a later reading shows owed is said by a test of its own (bill-rules.test.ts).
    const extra = tried.filter((id) => !owed.includes(id) && !id.includes('|disputed'));
    const facts = { now: new Date(now()).toISOString(), wake };
    if (lost.length)
      throw new BrokenLaw('a promised slot had no notice and no attempt at its wake', { ...facts, lost });
    if (extra.length) throw new BrokenLaw('a notice came that nothing promised', { ...facts, extra });
    if (new Set(tried).size !== tried.length)
      throw new BrokenLaw('one reminder stands twice in a notice', { ...facts, tried });
    const ledger = new Map(store.entries().map((entry) => [plain(entry.reminderId), entry]));
    const recorded = hasCrashed ? 'fired' : outcome;
    for (const id of tried) {
      if (ledger.get(id)?.outcome !== recorded || ledger.get(id)?.firedAt !== now())
        throw new BrokenLaw('an attempt is not in the ledger', { ...facts, id, recorded, entry: ledger.get(id) });
    }
    if (made && !hasCrashed && outcome === 'accepted') {
      for (const id of tried) accepted.set(id, now());
      told.push({ noticeId: made.notice.id, at: now(), ids: tried });
    }
    // The doorbell.
    const isRetry = made !== null && (hasCrashed || outcome === 'failed');
    const coming = before.filter((each) => each.at > now()).map((each) => each.at);
    const latest = Math.min(now() + (isRetry ? RETRY_MS : HEARTBEAT_MS), ...coming);
    if (!hasCrashed && !(wakeAt > now())) throw new BrokenLaw('the next wake lies in the past', { ...facts, wakeAt });
    if (armed === null || armed <= now())
      throw new BrokenLaw('no alarm is armed for a later moment', { ...facts, armed });
    if (armed > latest)
      throw new BrokenLaw('the alarm is armed later than the next promise', {
        ...facts,
        armed: new Date(armed).toISOString(),
        latest: new Date(latest).toISOString(),
      });
    return !hasCrashed;
  };
  const settle = async (wake: Wake): Promise<void> => {
    if (!(await pass(wake))) {
      // The browser died; the person starts it again two minutes later.
      time += 2 * MINUTE_MS;
      if (!world.keepsAlarms) armed = null;
      return settle('start-up');
    }
    const isToldNow = attempt !== null && outcome === 'accepted';
    if (isToldNow || (attempt === null && passes % 4 === 0)) {
      const ledger = JSON.stringify(store.entries());
      await pass('message');
      if (attempt !== null || JSON.stringify(store.entries()) !== ledger)
        throw new BrokenLaw('planning twice changed something', { now: now(), attempt });
    }
  };

  const happen = async (event: WorldEvent): Promise<void> => {
    switch (event.do) {
      case 'read':
        signedOutSince = null;
        for (const seen of event.bills) learn(minds, seen, world.firstDay, now());
        hasRead ||= event.bills.length > 0;
        await takeReading(ports, SITE, {
          kind: 'bills',
          bills: event.bills.map((seen) => readBill(seen, world.firstDay)),
          covered: event.isWhole ? ['issued'] : [],
          accountMarker: null,
        });
        break;
      case 'signed-out':
        signedOutSince ??= now();
        await takeReading(ports, SITE, { kind: 'signed-out' });
        break;
      case 'snooze': {
        const until = now() + event.hours * HOUR_MS;
        const mind = minds.get(billIdOf(event.bill));
        if (mind) [mind.snoozedAt, mind.snoozedUntil] = [now(), until];
        await act(ports, { do: 'snooze', billId: billIdOf(event.bill), via: 'popup', until });
        break;
      }
      case 'paid':
      case 'unpaid':
      case 'mute':
      case 'unmute':
      case 'unsnooze': {
        const mind = minds.get(billIdOf(event.bill));
        if (mind && (event.do === 'paid' || event.do === 'unpaid'))
          [mind.isPaid, mind.paidFen] = [event.do === 'paid', mind.owed];
        if (mind && (event.do === 'mute' || event.do === 'unmute')) mind.isMuted = event.do === 'mute';
        if (mind && event.do === 'unsnooze') [mind.snoozedAt, mind.snoozedUntil] = [null, null];
        await act(ports, { do: event.do, billId: billIdOf(event.bill), via: 'popup' });
        break;
      }
      case 'acknowledge': {
        const bill = billIdOf(event.bill);
        const named = told.filter((each) => each.ids.some((id) => id.startsWith(`${bill}|`)));
        // After the clock was set back, notices of the future are not what the owner looks at.
        const candidates = named.some((each) => each.at <= now()) ? named.filter((each) => each.at <= now()) : named;
        const latest = candidates.reduce<Told | null>((a, b) => (a && a.at > b.at ? a : b), null);
        if (latest) {
          const { noticeId, at: firedAt } = latest;
          nods.push({ bill, noticeId, firedAt, at: now(), ids: latest.ids.filter((id) => id.startsWith(`${bill}|`)) });
        }
        const did = await act(ports, { do: 'acknowledge', billId: bill, via: 'popup' });
        if (did !== (latest !== null))
          throw new BrokenLaw('acknowledging found another notice than the owner saw', { bill });
        break;
      }
      case 'unacknowledge': {
        const bill = billIdOf(event.bill);
        const latest = nods
          .filter((nod) => nod.bill === bill)
          .reduce<(typeof nods)[number] | null>((a, b) => (a && a.firedAt > b.firedAt ? a : b), null);
        if (latest) nods = nods.filter((nod) => nod.bill !== bill || nod.noticeId !== latest.noticeId);
        await act(ports, { do: 'unacknowledge', billId: bill, via: 'popup' });
        break;
      }
      case 'close':
      case 'click': {
        const latest = told.at(-1);
        if (latest) await see(ports, latest.noticeId, event.do === 'close' ? 'closed' : 'clicked');
        break;
      }
      case 'rules':
        await settle('message');
        rules = { ...rules, ...event.rules, since: now() };
        await store.saveRules(rules);
        break;
      case 'lapse': {
        const right = shift;
        shift = LAPSED - time;
        await settle('start-up');
        shift = right;
        break;
      }
      case 'clock':
        shift += event.hours * HOUR_MS;
        return; // nothing wakes by it
      default:
        break;
    }
    await settle('message');
  };

  await settle('install');
  let next = 0;
  while (time <= end) {
    const event = world.events[next];
    const eventAt = event ? Math.max(time, start + event.minute * MINUTE_MS) : Number.POSITIVE_INFINITY;
    const alarmAt = armed === null ? Number.POSITIVE_INFINITY : Math.max(time, armed - shift);
    time = Math.min(eventAt, alarmAt);
    if (time > end) break;
    if (alarmAt <= eventAt) {
      armed = null;
      await settle('alarm');
      continue;
    }
    next++;
    if (event!.do === 'sleep' || event!.do === 'restart') {
      time += event!.hours * HOUR_MS;
      if (event!.do === 'restart' && !world.keepsAlarms) armed = null;
      // Nobody acts while the machine is off; the clock may still be moved.
      for (; world.events[next] && start + world.events[next]!.minute * MINUTE_MS < time; next++) {
        const slept = world.events[next]!;
        if (slept.do === 'clock') shift += slept.hours * HOUR_MS;
      }
      await settle(event!.do === 'sleep' ? 'active' : 'start-up');
      continue;
    }
    await happen(event!);
  }

  const times = new Map<string, number>();
  for (const { id } of shown) times.set(id, (times.get(id) ?? 0) + 1);
  for (const [id, count] of times) {
    if (count > 1 + (repeatsAllowed.get(id) ?? 0))
      throw new BrokenLaw('one reminder was shown again without a crash between', { id, count });
  }
  const entries = store.entries().filter((entry) => entry.outcome === 'accepted');
  if (new Set(entries.map((entry) => entry.reminderId)).size !== entries.length)
    throw new BrokenLaw('two accepted entries for one reminder', {});
  return { shown, passes };
}

function blankMind(id: string): Mind {
  return {
    id,
    dueDay: null,
    owed: null,
    owedSince: 0,
    isPaid: false,
    paidFen: null,
    grewAt: null,
    isMuted: false,
    snoozedAt: null,
    snoozedUntil: null,
  };
}

/** What a reading teaches the owner: a day that is not shown stays as it was, and so does an amount. */
function learn(minds: Map<string, Mind>, { bill, due, owed }: WorldBill, firstDay: string, now: number): void {
  const dueDay = due === null ? null : dayAfter(firstDay, due);
  const known = minds.get(billIdOf(bill));
  if (!known) {
    minds.set(billIdOf(bill), {
      ...blankMind(billIdOf(bill)),
      dueDay,
      owed: typeof owed === 'number' ? owed : null,
      owedSince: now,
    });
    return;
  }
  const isOwedAgain = known.owed === 0 && (owed === 'open' || (typeof owed === 'number' && owed > 0));
  const isMore = known.paidFen !== null && typeof owed === 'number' && owed > known.paidFen;
  // More than was paid is another debt.
  if (known.isPaid && (isOwedAgain || isMore)) [known.isPaid, known.owedSince, known.grewAt] = [false, now, now];
  else if (isOwedAgain || (known.owed !== null && typeof owed === 'number' && owed > known.owed)) known.grewAt = now;
  // While the page said zero nothing was promised.
  if (known.owed === 0) known.owedSince = now;
  if (dueDay !== null && dueDay !== known.dueDay) [known.dueDay, known.owedSince] = [dueDay, now];
  // Read again before it was first read: the clock was wrong then.
  known.owedSince = Math.min(known.owedSince, now);
  if (typeof owed === 'number') known.owed = owed;
  else if (owed === 'open' && known.owed === 0) known.owed = null;
  if (known.isPaid) known.paidFen ??= known.owed;
}

function readBill({ bill, due, owed }: WorldBill, firstDay: string): ReadBill {
  return {
    family: 'issued',
    key: `k${bill}`,
    title: `账单${bill}`,
    dueDay: due === null ? null : (dayAfter(firstDay, due) as Day),
    dueDayIs: 'stated',
    statementDay: null,
    totalFen: null,
    remainingFen: typeof owed === 'number' ? (owed as Fen) : null,
    minimumFen: null,
    overdueFeeFen: null,
    standing: standingOf(owed),
    doubts: [],
    source: 'responses',
  };
}

function standingOf(owed: WorldAmount): ReadBill['standing'] {
  if (owed === 'open') return 'open';
  return owed === 'unknown' ? 'unknown' : owed === 0 ? 'settled' : 'open';
}
