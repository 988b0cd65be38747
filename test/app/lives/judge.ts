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
import type { BillRules } from '../../../src/core/rules.ts';
import { SITE } from '../../core/made-up.ts';
import { type Asked, Broken, type Diary, isOf, type Mind, type Snooze, type Spell, type Told, when } from './diary.ts';
import { DEATH, type Life, momentOf, type Trouble } from './life.ts';
import { afterSilence, isSilent, type Term, termAt, termsOf } from './wishes.ts';

/** Longer than the five minutes after which everything that failed is tried again. */
const SOON_MS = 6 * MINUTE_MS;
const EXPECTED_DAYS = [-7, -3, -1, 0, 1];
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

const AWAY = ['asleep', 'closed', 'browser-dies', 'storage-dead', 'clock-wrong'] as const;
const MUTE_DESKTOP = ['desktop-refuses', 'desktop-hangs'] as const;

/** The first moment by which everything had `ms` to happen in peace, from `at` on. */
function first(stretches: readonly Stretch[], at: Instant, ms = SOON_MS): Instant {
  for (const [from, until] of stretches) if (Math.max(from, at) + ms <= until) return Math.max(from, at) + ms;
  return Number.POSITIVE_INFINITY;
}

const momentIn = (day: Day, hour: number): Instant => startOf(day) + hour * HOUR_MS;

/** One moment that the owner's hours name for a spell. `since`: an earlier notice is none of it. */
interface Slot {
  readonly what: 'before' | 'due-today' | 'overdue' | 'dayless';
  readonly at: Instant;
  readonly since: Instant;
  /** No silence carries it past this day. */
  readonly lastDay: Day | null;
}

interface Promised extends Slot {
  readonly term: Term;
  /** Where it may come later than `at`. */
  readonly latest: Instant;
}

/** `metAt`: when the clock was right at first. */
function slotsIn({ mind, day, from, until, isMet }: Spell, hours: BillRules, metAt: Instant): Slot[] {
  const { leadDays, beforeHour, dueHours, overdueHour } = hours;
  const slots: Slot[] = [];
  if (day === null) {
    // A day after it was met, and then every third day, counted from a reading that may lie further back.
    if (metAt === Number.POSITIVE_INFINITY) return [];
    for (let ask = addDays(dayOf(metAt), 1); momentIn(ask, beforeHour) < until; ask = addDays(ask, 3))
      slots.push({ what: 'dayless', at: momentIn(addDays(ask, 3), beforeHour), since: startOf(ask), lastDay: null });
    return slots;
  }
  for (const on of leadDays.map((lead) => addDays(day, -lead)))
    slots.push({ what: 'before', at: momentIn(on, beforeHour), since: startOf(on), lastDay: day });
  const last = momentIn(day, Math.max(...dueHours));
  const isMetLate = isMet && metAt === from && dayOf(from) === day && from > last;
  for (const at of [...dueHours.map((hour) => momentIn(day, hour)), ...(isMetLate ? [from] : [])])
    slots.push({ what: 'due-today', at, since: at, lastDay: day });
  // Overdue when a page told it first, with the hour of that day behind it.
  const metOn = dayOf(from);
  if (isMet && mind.debt.siteId === SITE && metAt === from && metOn > day && momentIn(metOn, overdueHour) < from)
    slots.push({ what: 'overdue', at: from, since: from, lastDay: null });
  for (let on = addDays(day, 1); momentIn(on, overdueHour) < until; on = addDays(on, 1)) {
    const at = momentIn(on, overdueHour);
    slots.push({ what: 'overdue', at, since: at, lastDay: null });
  }
  return slots.filter(({ at }) => at >= from);
}

function promisedIn(diary: Diary, spell: Spell, isClockRight: (at: Instant) => boolean): Promised[] {
  const terms = termsOf(diary, spell.mind).filter(({ isUnsure }) => !isUnsure);
  return terms.flatMap((term) => promisedUnder(diary.life, spell, term, isClockRight));
}

function promisedUnder(life: Life, spell: Spell, term: Term, isClockRight: (at: Instant) => boolean): Promised[] {
  const metAt = first(without(life, ['clock-wrong']), spell.from, MINUTE_MS) - MINUTE_MS;
  const hadWrongClock = life.troubles.some(({ what }) => what === 'clock-wrong');
  const former = term.former ? slotsIn(spell, term.former.hours, metAt) : [];
  /** Of those before, and held back by their silence until these began. */
  const isHeld = ({ what, at, lastDay }: Slot): boolean =>
    former.some((each) => each.what === what && each.at === at) &&
    afterSilence(at, term.former!.quiet, lastDay) >= term.from;
  return slotsIn(spell, term.hours, metAt).flatMap((slot) => {
    const { what, at, lastDay } = slot;
    const isSameDay = dayOf(at) === dayOf(term.from);
    const isEarlier = at < term.from;
    if (isEarlier && !(isClockRight(term.from) && what !== 'dayless' && (isSameDay || isHeld(slot)))) return [];
    if (what === 'dayless' && slot.since < term.from) return [];
    // Told at the hours of before, it is not owed once more; but a due day has each of its hours. So it is with a day
    // that a clock has shown before, and with a bill that stood twice, once without the hours of its own.
    const isToldBefore = isEarlier && term.former !== null && dayOf(at) === dayOf(term.former.from);
    const isTold =
      isToldBefore || (what === 'overdue' ? isSameDay || hadWrongClock || term.isOwn : isSameDay && isEarlier);
    const moved = what === 'before' && life.adapts && !term.isOwn ? momentIn(dayOf(at), LATEST_HOUR) : at;
    const latest = Math.max(afterSilence(at, term.quiet, lastDay), moved, isEarlier ? term.from : at);
    return { ...slot, term, latest, since: isTold ? startOf(dayOf(at)) : slot.since };
  });
}

/** Gives how many promises it held the life against: a law that never did proves nothing. */
export function judge(diary: Diary): number {
  const { life } = diary;
  const good = without(life, [...AWAY, ...MUTE_DESKTOP]);
  // What cannot be written down goes to no other channel: it would ring there at every wake.
  const awake = without(life, [...AWAY, 'disk-full']);
  const isClockRight = (at: Instant): boolean => without(life, ['clock-wrong']).some(([a, b]) => a <= at && at < b);
  let judged = 0;
  for (const spell of diary.spells) {
    for (const promised of promisedIn(diary, spell, isClockRight)) {
      const by = heldBack(diary, spell, good, first(good, promised.latest));
      if (isOver(diary, spell, promised, by)) continue;
      judged++;
      if (!diary.told.some((told) => isTelling(told, spell, promised.since, by)))
        throw new Broken(`no notice: ${promised.what}`, factsOf(diary, spell, promised, by));
    }
    if (life.hasPhone) judged += handedOn(diary, spell, awake, isClockRight);
  }
  for (const snooze of diary.snoozes) judged += calledAgain(diary, snooze, good, isClockRight);
  for (const dispute of diary.disputes) judged += doubted(diary, dispute, good, isClockRight);
  for (const asked of diary.asked) judged += askedFor(diary, asked, good);
  nothingTwice(diary);
  noPauseBroken(diary);
  nothingUnasked(diary, good);
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

/** A snooze raises one notice at its end, whether or not it held any back. */
function calledAgain(
  { spells, acks, told }: Diary,
  { mind, at, until, endedAt }: Snooze,
  good: readonly Stretch[],
  isClockRight: (at: Instant) => boolean,
): number {
  const by = first(good, until);
  const spell = spells.find((each) => each.mind === mind && each.from <= at && by < each.until);
  const isHeard = acks.some((ack) => ack.mind === mind && ack.at >= at && ack.at <= by);
  if (!spell || isHeard || by >= DEATH || endedAt <= by || !isClockRight(at)) return 0;
  if (!told.some((each) => isTelling(each, spell, until, by)))
    throw new Broken('no notice at the end of a snooze', { name: mind.debt.name, at: when(at), until: when(until) });
  return 1;
}

/** Marked as paid, and still owed on a page: it is said, unless something else came to pass before that. */
function doubted(
  diary: Diary,
  { mind, day, at }: Diary['disputes'][number],
  good: readonly Stretch[],
  isClockRight: (at: Instant) => boolean,
): number {
  const { quiet } = termAt(diary, null, at);
  const sound = afterSilence(at, quiet, null);
  const by = first(good, sound);
  const isOther = diary.life.events.some(({ minute }) => momentOf(minute) > at && momentOf(minute) <= by);
  if (isOther || by >= DEATH || !isClockRight(at)) return 0;
  const isSaid = ({ at: toldAt, notice, isAccepted }: Told): boolean =>
    isAccepted &&
    toldAt >= startOf(dayOf(at)) &&
    toldAt <= by &&
    notice.bills.some(
      (bill) => bill.isPaidDisputed && isOf(mind, day ?? bill.dueDay, bill, diary.life.estimateOffDays),
    );
  const isEarly = (each: Told): boolean =>
    each.at >= at && each.at < sound && each.notice.reminders.every(({ id }) => id.includes('|disputed'));
  if (diary.told.some(isEarly)) throw new Broken('a payment is doubted in the silence', { at: when(at), quiet });
  if (!diary.told.some(isSaid))
    throw new Broken('a payment that no page shows', { name: mind.debt.name, at: when(at), by: when(by) });
  return 1;
}

/** Nothing of it is owed any more: the spell, its day or the life had ended, or the owner had said that they heard it. */
function isOver(
  { acks }: Diary,
  { mind, day, until, appFrom }: Spell,
  { what, term, at, since }: Promised,
  by: Instant,
): boolean {
  const isPast = day !== null && (what === 'before' || what === 'due-today') && by >= endOf(day);
  const isHeard = acks.some(
    (ack) =>
      ack.mind === mind &&
      ack.at <= by &&
      (ack.at >= since ||
        (what === 'due-today' && ack.dueDays.some((each) => each === day) && !isOfLess(mind, ack.at, since))),
  );
  const isBeforeMet = at < appFrom && appFrom <= by;
  // A clock that ran ahead: what lies before these terms is not owed under them once it shows their beginning.
  const isOfOthers = by >= term.until || (at >= term.from && at < term.appFrom && term.appFrom <= by);
  return isOfOthers || isBeforeMet || by >= until || by >= DEATH || isPast || isHeard;
}

/** What was acknowledged was less than what the bill has grown to since. */
function isOfLess({ grown }: Mind, ackAt: Instant, at: Instant): boolean {
  return grown.some((grewAt) => ackAt < grewAt && grewAt <= at);
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

/** A service that asked to be left alone is asked when that is over. */
function afterPause({ troubles }: Life, since: Instant, by: Instant, awake: readonly Stretch[]): Instant {
  const ends = troubles.flatMap(({ what, minute, hours }) => {
    const [from, until] = [momentOf(minute), momentOf(minute) + hours * HOUR_MS];
    return what === 'phone-busy' && from <= by && until >= since ? first(awake, until) : [];
  });
  const next = Math.max(by, ...ends);
  return next > by ? afterPause({ troubles } as Life, since, next, awake) : by;
}

/** The desktop refused throughout, or was not answered: the phone is asked, and the ledger tells of the failure. */
function handedOn(
  diary: Diary,
  spell: Spell,
  awake: readonly Stretch[],
  isClockRight: (at: Instant) => boolean,
): number {
  const { life, told } = diary;
  const isFree = (at: Instant, by: Instant, whats: readonly Trouble['what'][]): boolean =>
    without(life, whats).some(([from, until]) => from <= at && by <= until);
  let judged = 0;
  for (const promised of promisedIn(diary, spell, isClockRight)) {
    const asked = heldBack(diary, spell, awake, first(awake, promised.latest));
    const free = afterPause(life, promised.since, asked, awake);
    const sound = afterSilence(free, promised.term.quiet, promised.lastDay);
    const by = sound > free ? first(awake, sound) : free;
    if (isOver(diary, spell, promised, by) || promised.what === 'dayless') continue;
    if (!isFree(promised.since, by, ['phone-fails']) || !isFree(promised.since, by, ['clock-wrong', 'disk-full']))
      continue;
    const isRefused = MUTE_DESKTOP.some((what) =>
      life.troubles.some(
        (each) =>
          each.what === what &&
          momentOf(each.minute) <= promised.since &&
          momentOf(each.minute) + each.hours * HOUR_MS >= asked,
      ),
    );
    // A clock that ran ahead may have told it before.
    if (!isRefused || told.some((each) => isTelling(each, spell, promised.since, by, 'desktop'))) continue;
    judged++;
    if (!told.some((each) => isTelling(each, spell, promised.since, by, 'phone')))
      throw new Broken(`refused and not handed on: ${promised.what}`, factsOf(diary, spell, promised, by));
  }
  for (const each of told) {
    const { quiet, until } = termAt(diary, spell.mind, each.at);
    const by = afterSilence(each.at + PATIENCE_MS, quiet, spell.day) + MINUTE_MS;
    const isDueToday = each.notice.reminders.some(({ kind, day }) => kind === 'due-today' && day === spell.day);
    const isOwn =
      isDueToday && isTelling(each, spell, each.appAt, each.at) && each.at >= spell.from && by < spell.until;
    const isCalm =
      awake.some(([from, until]) => from <= each.at && by <= until) &&
      isFree(each.at, by, ['phone-fails', 'phone-busy', ...MUTE_DESKTOP]);
    const heard = diary.acks.filter(({ mind, at }) => mind === spell.mind && !isOfLess(mind, at, each.at));
    const isDisturbed =
      told.some((other) => other !== each && other.at >= each.at && other.at <= by && other.channel === 'desktop') ||
      heard.some(({ at }) => at <= by && at >= startOf(spell.day ?? dayOf(at))) ||
      heard.some(({ dueDays }) => dueDays.some((day) => day === spell.day)) ||
      diary.snoozes.some(({ mind, from, until }) => mind === spell.mind && from <= by && until >= each.at) ||
      by >= endOf(spell.day ?? dayOf(by)) ||
      by >= until;
    if (!isOwn || !isCalm || isDisturbed) continue;
    judged++;
    if (!told.some((other) => isTelling(other, spell, each.appAt, by, 'phone')))
      throw new Broken('not answered and not handed on', { told: when(each.at), name: spell.mind.debt.name });
  }
  return judged;
}

/** What has no day of its own, or was never read, asks the owner to look. */
function askedFor(diary: Diary, asked: Asked, good: readonly Stretch[]): number {
  return termsOf(diary, null).reduce((judged, term) => judged + askedUnder(diary, asked, term, good), 0);
}

function askedUnder(
  { told, life }: Diary,
  { what, siteId, from, appFrom, until, day }: Asked,
  { hours: { beforeHour }, quiet, ...term }: Term,
  good: readonly Stretch[],
): number {
  const isAsking = ({ notice, isAccepted }: Told): boolean =>
    isAccepted &&
    notice.bills.some(
      ({ id, asks, dueDay }) =>
        id.startsWith(`${siteId}/`) && (what === 'nameless' ? asks === null && dueDay === null : asks === what),
    );
  const hold = (since: Instant, at: Instant, lastDay: Day | null): number => {
    const by = first(good, afterSilence(at, quiet, lastDay));
    if (since < term.from || by >= term.until || (since < term.appFrom && term.appFrom <= by)) return 0;
    if (by >= until || by >= DEATH || (since < appFrom && appFrom <= by)) return 0;
    // Asked at the hours of before, it is not asked once more on that day.
    const from = dayOf(since) === dayOf(term.from) ? startOf(dayOf(since)) : since;
    if (!told.some((each) => each.appAt >= from && each.at <= by && isAsking(each)))
      throw new Broken(`nobody was asked: ${what}`, { siteId, since: when(since), by: when(by), day });
    return 1;
  };
  let judged = 0;
  if (what === 'expected') {
    // Which of two days the page is believed is told by the laws of the bill itself.
    if (life.estimateOffDays > 0 || life.events.some((event) => event.do === 'revise')) return 0;
    const due = addMonths(day!, 1);
    for (const offset of EXPECTED_DAYS) {
      const at = momentIn(addDays(due, offset), beforeHour);
      if (at >= from) judged += hold(at, at, offset > 0 ? null : due);
    }
    return judged;
  }
  for (let ask = addDays(dayOf(from), 1); momentIn(ask, beforeHour) < until; ask = addDays(ask, 3))
    judged += hold(startOf(ask), momentIn(addDays(ask, 3), beforeHour), null);
  return judged;
}

const hasReminder = ({ notice }: Told, id: string): boolean => notice.reminders.some((each) => each.id === id);

function nothingTwice({ told }: Diary): void {
  const seen = new Map<string, Told>();
  for (const each of told.filter(({ isAccepted }) => isAccepted)) {
    for (const { id } of each.notice.reminders) {
      const key = `${each.channel} ${id}`;
      const before = seen.get(key);
      seen.set(key, each);
      const facts = { key, first: when(before?.at ?? 0), again: when(each.at) };
      if (before && !before.mayRepeat && !each.mayRepeat) throw new Broken('told twice', facts);
      const isWithinHour = before?.isUnwritten && each.session === before.session && each.at < before.at + HOUR_MS;
      const isKnown = isWithinHour && each.notice.reminders.every((one) => hasReminder(before, one.id));
      if (isKnown) throw new Broken('told twice within the hour for want of a disk', facts);
    }
  }
}

/** Nor is a service asked while it wants to be left alone. */
function noPauseBroken({ life, told }: Diary): void {
  if (life.troubles.some(({ what }) => what === 'clock-wrong')) return;
  for (const { at, channel, pausedUntil } of told) {
    const asked = told.find((each) => each.channel === channel && each.at > at && each.at < (pausedUntil ?? at));
    if (asked)
      throw new Broken('asked in its pause', { at: when(at), until: when(pausedUntil!), asked: when(asked.at) });
  }
}

/** In peace, nothing rings in the silence that its owner asked for, nor a number of days before that they did not. */
function nothingUnasked(diary: Diary, good: readonly Stretch[]): void {
  const { life, told, snoozes } = diary;
  // What could not be written down is told again, after the silence, on whatever day that is.
  const written = without(life, [...AWAY, ...MUTE_DESKTOP, 'disk-full']);
  const isPeace = (from: Instant, until: Instant, stretches = good): boolean =>
    stretches.some(([a, b]) => a <= from && until < b) &&
    !life.events.some(({ minute }) => momentOf(minute) >= from && momentOf(minute) <= until) &&
    !snoozes.some((each) => each.until >= from && each.until <= until);
  for (const each of told) {
    const { at, notice } = each;
    const { quiet } = termAt(diary, null, at);
    let begun = at;
    while (isSilent(begun - MINUTE_MS, quiet)) begun -= MINUTE_MS;
    // The silence outlasts a due day: it is not kept.
    const mustRing = notice.bills.some(
      ({ dueDay }) => dueDay !== null && dayOf(at) <= dueDay && afterSilence(at, quiet, dueDay) === at,
    );
    // On a full disk a phone is not asked at all: what waited for it is late, as after a sleep.
    const free = each.channel === 'desktop' ? good : written;
    // What a clock that ran ahead has told goes on whenever its own day comes.
    const isOdd = told.some(
      (other) => other.appAt !== other.at && notice.reminders.some(({ id }) => hasReminder(other, id)),
    );
    if (isSilent(at, quiet) && !mustRing && !isOdd && isPeace(begun - SOON_MS, at, free))
      throw new Broken('rings in the silence', { at: when(at), quiet, channel: each.channel, notice });
    for (const { kind, billId } of notice.reminders) {
      const bill = notice.bills.find(({ id }) => id === billId)!;
      const isNew = each.channel === 'desktop' && kind === 'before';
      if (!isNew || bill.asks !== null || life.adapts || !isPeace(at - DAY_MS - HOUR_MS, at, written)) continue;
      const own = diary.wishes.find((wish) => wish.ids.includes(billId));
      const { hours, isUnsure } = termAt(diary, own?.mind ?? null, at);
      const asked = quiet === null ? [bill.daysLeft!] : [bill.daysLeft!, bill.daysLeft! + 1];
      if (!isUnsure && !asked.some((lead) => hours.leadDays.includes(lead)))
        throw new Broken('rings on a day that nobody asked for', { at: when(at), hours, bill });
    }
  }
}

function factsOf({ told }: Diary, { mind, day, from, until }: Spell, promised: Promised, by: Instant): unknown {
  const { name, siteId }: Mind['debt'] = mind.debt;
  const ofBill = told.filter(({ notice }) => notice.bills.some((bill) => isOf(mind, day, bill)));
  return {
    ...{ name, siteId, day, from: when(from), until: when(until) },
    ...{ at: when(promised.at), by: when(by), hours: promised.term.hours, quiet: promised.term.quiet },
    told: ofBill.map(({ at, channel, isAccepted }) => `${when(at)} ${channel} ${isAccepted ? 'ok' : 'no'}`).slice(-12),
  };
}
