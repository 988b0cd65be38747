/**
 * The promise, over a whole life: no bill that was read passes its due date without its owner's word or a visible trail
 * of delivered, escalating attempts. Written apart from the planner on purpose, day by day.
 */
import {
  addDays,
  addMonths,
  DAY_MS,
  type Day,
  dayOf,
  endOf,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  startOf,
} from '../../../src/core/day.ts';
import { type Asked, Broken, type Diary, isOf, type Mind, type Spell, type Told, when } from './diary.ts';
import { DEATH, type Life, momentOf, type Trouble } from './life.ts';

/** Longer than the five minutes after which everything that failed is tried again. */
const SOON_MS = 6 * MINUTE_MS;
const LEADS = [7, 3, 1];
const EXPECTED_DAYS = [-7, -3, -1, 0, 1];
const DUE_HOURS = [10, 18, 21];
const HOUR = 10;
/** A habit moves the notice of a lead day no further than this, within its day. */
const LATEST_HOUR = 22;
/** Patience on the due day, and a pass. */
const PATIENCE_MS = 30 * MINUTE_MS;

type Stretch = readonly [from: Instant, until: Instant];

/** When none of these was in the way. */
function without(life: Life, whats: readonly Trouble['what'][]): Stretch[] {
  const bad = life.troubles
    .filter(({ what }) => whats.includes(what))
    .map(({ minute, hours }): Stretch => [momentOf(minute), momentOf(minute) + hours * HOUR_MS])
    .sort((a, b) => a[0] - b[0]);
  const free: Stretch[] = [];
  let from = momentOf(0);
  for (const [start, end] of bad) {
    if (start > from) free.push([from, start]);
    from = Math.max(from, end);
  }
  if (from < DEATH) free.push([from, DEATH]);
  return free;
}

const AWAY = ['asleep', 'closed', 'browser-dies', 'disk-full', 'storage-dead', 'clock-wrong'] as const;
const MUTE_DESKTOP = ['desktop-refuses', 'desktop-hangs'] as const;

/** The first moment by which everything had `ms` to happen in peace, from `at` on. */
function first(stretches: readonly Stretch[], at: Instant, ms = SOON_MS): Instant {
  for (const [from, until] of stretches) if (Math.max(from, at) + ms <= until) return Math.max(from, at) + ms;
  return Number.POSITIVE_INFINITY;
}

const momentIn = (day: Day, hour: number): Instant => startOf(day) + hour * HOUR_MS;

/** One notice that the rules promise of a spell. `since`: an earlier one is none of it. */
interface Promised {
  readonly what: 'before' | 'due-today' | 'overdue' | 'dayless';
  readonly at: Instant;
  readonly since: Instant;
  /** Where it may come later than `at`. */
  readonly latest: Instant;
}

function promisedIn({ day, from, until, isMet }: Spell, isClockRight: boolean): Promised[] {
  const promised: Promised[] = [];
  if (day === null) {
    // A day after it was met, and then every third day, counted from a reading that may lie further back.
    for (let ask = addDays(dayOf(from), 1); momentIn(ask, HOUR) < until; ask = addDays(ask, 3)) {
      const at = momentIn(addDays(ask, 3), HOUR);
      promised.push({ what: 'dayless', at, since: startOf(ask), latest: at });
    }
    return promised;
  }
  for (const lead of LEADS) {
    const on = addDays(day, -lead);
    promised.push({ what: 'before', at: momentIn(on, HOUR), since: startOf(on), latest: momentIn(on, LATEST_HOUR) });
  }
  const last = momentIn(day, DUE_HOURS.at(-1)!);
  const isMetLate = isMet && isClockRight && dayOf(from) === day && from > last;
  for (const at of [...DUE_HOURS.map((hour) => momentIn(day, hour)), ...(isMetLate ? [from] : [])])
    promised.push({ what: 'due-today', at, since: at, latest: at });
  for (let on = addDays(day, 1); momentIn(on, HOUR) < until; on = addDays(on, 1)) {
    const at = momentIn(on, HOUR);
    promised.push({ what: 'overdue', at, since: at, latest: at });
  }
  return promised.filter(({ at }) => at >= from);
}

/** Gives how many promises it held the life against: a law that never did proves nothing. */
export function judge(diary: Diary): number {
  const { life } = diary;
  const good = without(life, [...AWAY, ...MUTE_DESKTOP]);
  const awake = without(life, AWAY);
  const isClockRight = (at: Instant): boolean => without(life, ['clock-wrong']).some(([a, b]) => a <= at && at < b);
  let judged = 0;
  for (const spell of diary.spells) {
    for (const promised of promisedIn(spell, isClockRight(spell.from))) {
      const by = heldBack(diary, spell, good, first(good, promised.latest));
      if (isOver(diary, spell, promised, by)) continue;
      judged++;
      if (!diary.told.some((told) => isTelling(told, spell, promised.since, by)))
        throw new Broken(`no notice: ${promised.what}`, factsOf(diary, spell, promised, by));
    }
    if (life.hasPhone) judged += handedOn(diary, spell, awake, isClockRight(spell.from));
  }
  for (const asked of diary.asked) judged += askedFor(diary, asked, good);
  nothingTwice(diary);
  return judged;
}

/** A snooze loses none: what it holds back comes at its end. */
function heldBack({ snoozes }: Diary, { mind }: Spell, good: readonly Stretch[], at: Instant): Instant {
  const held = snoozes.find(
    (each) => each.mind === mind && each.from <= at && at < each.until + SOON_MS && at <= each.endedAt + SOON_MS,
  );
  if (!held) return at;
  const next = first(good, held.until);
  return next > at ? heldBack({ snoozes } as Diary, { mind } as Spell, good, next) : at;
}

/** Nothing of it is owed any more: the spell, its day or the life had ended, or the owner had said that they heard it. */
function isOver(
  { acks }: Diary,
  { mind, day, until, appFrom }: Spell,
  { what, at, since }: Promised,
  by: Instant,
): boolean {
  const isPast = day !== null && (what === 'before' || what === 'due-today') && by >= endOf(day);
  const isHeard = acks.some(
    (ack) =>
      ack.mind === mind &&
      ack.at <= by &&
      (ack.at >= since || (what === 'due-today' && ack.dueDays.some((each) => each === day))),
  );
  const isBeforeMet = at < appFrom && appFrom <= by;
  return isBeforeMet || by >= until || by >= DEATH || isPast || isHeard;
}

/** A clock that ran up to a day ahead has told for that day. */
function isTelling(
  told: Told,
  { mind, day, offDays }: Spell,
  since: Instant,
  by: Instant,
  channel: string | null = null,
): boolean {
  return (
    (channel === null || told.channel === channel) &&
    told.isAccepted &&
    told.appAt >= since &&
    told.at <= by &&
    told.appAt <= by + DAY_MS &&
    told.notice.bills.some((bill) => bill.asks === null && isOf(mind, day ?? bill.dueDay, bill, offDays))
  );
}

/** The desktop refused throughout, or was not answered: the phone is asked, and the ledger tells of the failure. */
function handedOn(diary: Diary, spell: Spell, awake: readonly Stretch[], isClockRight: boolean): number {
  const { life, told } = diary;
  const isFree = (at: Instant, by: Instant, whats: readonly Trouble['what'][]): boolean =>
    without(life, whats).some(([from, until]) => from <= at && by <= until);
  let judged = 0;
  for (const promised of promisedIn(spell, isClockRight)) {
    const by = heldBack(diary, spell, awake, first(awake, promised.latest));
    if (isOver(diary, spell, promised, by) || promised.what === 'dayless') continue;
    if (!isFree(promised.since, by, ['phone-fails']) || !isFree(promised.since, by, ['clock-wrong', 'disk-full']))
      continue;
    const isRefused = MUTE_DESKTOP.some((what) =>
      life.troubles.some(
        (each) =>
          each.what === what &&
          momentOf(each.minute) <= promised.since &&
          momentOf(each.minute) + each.hours * HOUR_MS >= by,
      ),
    );
    if (!isRefused) continue;
    judged++;
    if (!told.some((each) => isTelling(each, spell, promised.since, by, 'phone')))
      throw new Broken(`refused and not handed on: ${promised.what}`, factsOf(diary, spell, promised, by));
  }
  for (const each of told) {
    const by = each.at + PATIENCE_MS + MINUTE_MS;
    const isDueToday = each.notice.reminders.some(({ kind, day }) => kind === 'due-today' && day === spell.day);
    const isOwn =
      isDueToday && isTelling(each, spell, each.appAt, each.at) && each.at >= spell.from && by < spell.until;
    const isCalm =
      awake.some(([from, until]) => from <= each.at && by <= until) &&
      isFree(each.at, by, ['phone-fails', ...MUTE_DESKTOP]);
    const isDisturbed =
      told.some((other) => other !== each && other.at >= each.at && other.at <= by && other.channel === 'desktop') ||
      diary.acks.some(({ mind, at }) => mind === spell.mind && at <= by && at >= startOf(spell.day ?? dayOf(at))) ||
      diary.acks.some(({ mind, dueDays }) => mind === spell.mind && dueDays.some((day) => day === spell.day)) ||
      diary.snoozes.some(({ mind, from, until }) => mind === spell.mind && from <= by && until >= each.at) ||
      by >= endOf(spell.day ?? dayOf(by));
    if (!isOwn || !isCalm || isDisturbed) continue;
    judged++;
    if (!told.some((other) => isTelling(other, spell, each.appAt, by, 'phone')))
      throw new Broken('not answered and not handed on', { told: when(each.at), name: spell.mind.debt.name });
  }
  return judged;
}

/** What has no day of its own, or was never read, asks the owner to look. */
function askedFor(
  { told, life }: Diary,
  { what, siteId, from, appFrom, until, day }: Asked,
  good: readonly Stretch[],
): number {
  const isAsking = ({ notice, isAccepted }: Told): boolean =>
    isAccepted &&
    notice.bills.some(
      ({ id, asks, dueDay }) =>
        id.startsWith(`${siteId}/`) && (what === 'nameless' ? asks === null && dueDay === null : asks === what),
    );
  const hold = (since: Instant, latest: Instant): number => {
    const by = first(good, latest);
    if (by >= until || by >= DEATH || (since < appFrom && appFrom <= by)) return 0;
    if (!told.some((each) => each.appAt >= since && each.at <= by && isAsking(each)))
      throw new Broken(`nobody was asked: ${what}`, { siteId, from: when(from), by: when(by), day });
    return 1;
  };
  let judged = 0;
  if (what === 'expected') {
    // Which of two days the page is believed is told by the laws of the bill itself.
    if (life.estimateOffDays > 0 || life.events.some((event) => event.do === 'revise')) return 0;
    const days = EXPECTED_DAYS.map((offset) => momentIn(addDays(addMonths(day!, 1), offset), HOUR));
    for (const at of days.filter((each) => each >= from)) judged += hold(at, at);
    return judged;
  }
  for (let ask = addDays(dayOf(from), 1); momentIn(ask, HOUR) < until; ask = addDays(ask, 3))
    judged += hold(startOf(ask), momentIn(addDays(ask, 3), HOUR));
  return judged;
}

function nothingTwice({ told }: Diary): void {
  const seen = new Map<string, Told>();
  for (const each of told.filter(({ isAccepted }) => isAccepted)) {
    for (const { id } of each.notice.reminders) {
      const key = `${each.channel} ${id}`;
      const before = seen.get(key);
      seen.set(key, each);
      if (before && !before.mayRepeat && !each.mayRepeat)
        throw new Broken('told twice', { key, first: when(before.at), again: when(each.at) });
    }
  }
}

function factsOf({ told }: Diary, { mind, day, from, until }: Spell, promised: Promised, by: Instant): unknown {
  const { name, siteId }: Mind['debt'] = mind.debt;
  const ofBill = told.filter(({ notice }) => notice.bills.some((bill) => isOf(mind, day, bill)));
  return {
    ...{ name, siteId, day, from: when(from), until: when(until) },
    ...{ at: when(promised.at), by: when(by) },
    told: ofBill.map(({ at, channel, isAccepted }) => `${when(at)} ${channel} ${isAccepted ? 'ok' : 'no'}`).slice(-12),
  };
}
