/**
 * The promise where two browsers share it. Each tells what it surely knows and nobody silenced, whatever the other does;
 * neither tells what was silenced anywhere, once it could know. What it may or may not know by then is not judged.
 */
import { addDays, dayOf, endOf, HOUR_MS, type Instant, MINUTE_MS, startOf } from '../../../src/core/day.ts';
import { DEFAULT_RULES } from '../../../src/core/rules.ts';
import { BROWSERS, DEATH, dueDayOf, type Life, momentOf, SILENCES, type Silence, SNOOZE_MS } from './life.ts';
import { type Diary, type Fact, isOn, type Rung } from './live.ts';

export class Broken extends Error {
  constructor(law: string, facts: unknown) {
    super(`${law}: ${JSON.stringify(facts)}`);
    this.name = 'Broken';
  }
}

const when = (at: Instant): string => new Date(at + 8 * HOUR_MS).toISOString().slice(5, 16);

/** A wake, and what it takes. */
const SOON_MS = 6 * MINUTE_MS;
/** An edit is on its way after half a minute; one that failed, after a quarter of an hour. */
const PUSHED_MS = 17 * MINUTE_MS;
/** Whoever has nothing to say wakes and looks this seldom. */
const PULLED_MS = 6 * HOUR_MS + PUSHED_MS;
/** A debt that is due on the second day is late for so long. */
const LATE_DAYS = 10;

type Stretch = readonly [from: Instant, until: Instant];

/** When it was there; `isLinked`: and could reach the folder. */
function peace({ troubles }: Life, who: number, isLinked: boolean): Stretch[] {
  const bad = troubles.filter((each) => (each.who ?? who) === who && (isLinked || each.what !== 'offline'));
  const free: Stretch[] = [];
  let from = momentOf(0);
  for (const { minute, hours } of bad) {
    if (momentOf(minute) > from) free.push([from, momentOf(minute)]);
    from = Math.max(from, momentOf(minute) + hours * HOUR_MS);
  }
  if (from < DEATH) free.push([from, DEATH]);
  return free;
}

/** The first moment by which there was peace for `ms`, from `at` on. */
function first(stretches: readonly Stretch[], at: Instant, ms: number): Instant {
  for (const [from, until] of stretches) if (Math.max(from, at) + ms <= until) return Math.max(from, at) + ms;
  return Number.POSITIVE_INFINITY;
}

/** Gives how many promises it held the life against. */
export function judge(diary: Diary): number {
  const { life, facts, rung } = diary;
  const there = Array.from({ length: BROWSERS }, (_, who) => peace(life, who, false));
  const linked = Array.from({ length: BROWSERS }, (_, who) => peace(life, who, true));
  const sentBy = ({ who, at }: Fact): Instant => first(linked[who]!, at, PUSHED_MS);
  /** By when `who` knows it for certain; `isTelling`: at a moment when it looks before it speaks. */
  const knownBy = (fact: Fact, who: number): Instant =>
    fact.who === who ? fact.at : first(linked[who]!, sentBy(fact), PULLED_MS);
  const isKnown = (fact: Fact, who: number, at: Instant): boolean =>
    knownBy(fact, who) <= at ||
    (sentBy(fact) <= at && !life.troubles.some((each) => (each.who ?? who) === who && isOn(each, at)));
  const of = (debt: number, at: Instant, ...whats: readonly Fact['do'][]): Fact[] =>
    facts.filter((fact) => fact.debt === debt && fact.at <= at && whats.includes(fact.do));

  /** Nothing that silences it, or nothing that was not undone. */
  const isSurelyLoudAt = (debt: number, who: number, at: Instant): boolean =>
    (Object.keys(SILENCES) as Silence[]).every((silence) => {
      const last = of(debt, at, silence, SILENCES[silence])
        .filter((fact) => silence !== 'hide' || fact.who === who)
        .at(-1);
      const isUndone = last && last.do !== silence && isKnown(last, who, at);
      return !last || isUndone || (silence === 'snooze' && last.at + SNOOZE_MS + HOUR_MS < at);
    }) && of(debt, at, 'settled', 'delete').length === 0;
  /** All the while from its slot on, and nobody heard it on any browser. */
  const isSurelyLoud = (debt: number, who: number, slot: Instant, by: Instant): boolean => {
    const isNews = ({ at }: Fact): boolean => at > slot;
    const isHeard = ({ at, reminders }: Fact): boolean =>
      at >= startOf(dayOf(slot)) || reminders.some(({ day, kind }) => kind === 'due-today' && day === dayOf(slot));
    return (
      isSurelyLoudAt(debt, who, slot) &&
      isSurelyLoudAt(debt, who, by) &&
      !of(debt, by, ...(Object.keys(SILENCES) as Silence[])).some(isNews) &&
      !of(debt, by, 'acknowledge').some(isHeard)
    );
  };

  let judged = 0;
  for (let debt = 0; debt < life.dueAfterDays.length; debt++) {
    const dueDay = dueDayOf(life, debt);
    const { leadDays, beforeHour, dueHours, overdueHour } = DEFAULT_RULES;
    const slots = [
      ...leadDays.map((lead) => startOf(addDays(dueDay, -lead)) + beforeHour * HOUR_MS),
      ...dueHours.map((hour) => startOf(dueDay) + hour * HOUR_MS),
      ...Array.from({ length: LATE_DAYS }, (_, late) => startOf(addDays(dueDay, late + 1)) + overdueHour * HOUR_MS),
    ];
    for (let who = 0; who < BROWSERS; who++) {
      const known = Math.min(...of(debt, DEATH, 'read').map((fact) => knownBy(fact, who)));
      for (const slot of slots) {
        const by = first(there[who]!, slot, SOON_MS);
        const isPast = slot <= endOf(dueDay) && by > endOf(dueDay);
        if (slot < known || by >= DEATH || isPast || !isSurelyLoud(debt, who, slot, by)) continue;
        judged++;
        if (!rung.some((each) => each.who === who && each.debt === debt && each.at >= slot && each.at <= by))
          throw new Broken('no notice', { debt, who, dueDay, slot: when(slot), by: when(by) });
      }
    }
  }

  const once = new Set<string>();
  for (const each of rung) {
    judged += silenced(each);
    const key = `${each.who} ${each.reminder.id}`;
    if (once.has(key)) throw new Broken('told twice', { ...each, at: when(each.at) });
    once.add(key);
  }

  /** What was silenced anywhere is silent here, as soon as it could be known. */
  function silenced({ debt, who, at, reminder, isHeld }: Rung): number {
    // Deleted and read again, it is another bill: what silenced the former went with it.
    if (isHeld || reminder.id.includes('|disputed') || of(debt, at, 'delete').length > 0) return 0;
    let held = 0;
    for (const silence of Object.keys(SILENCES) as Silence[]) {
      const last = of(debt, at, silence, SILENCES[silence])
        .filter((fact) => silence !== 'hide' || fact.who === who)
        .at(-1);
      if (last?.do !== silence || last.at === at) continue;
      held++;
      if (!isKnown(last, who, at) || (silence === 'snooze' && last.at + SNOOZE_MS <= at)) continue;
      throw new Broken(`rings though: ${silence}`, { debt, who, at: when(at), reminder, since: when(last.at) });
    }
    for (const fact of of(debt, at, 'acknowledge')) {
      const isOf = fact.reminders.some(
        ({ id, kind, day }) =>
          id === reminder.id || (kind === 'due-today' && kind === reminder.kind && day === reminder.day),
      );
      if (!isOf || fact.at === at) continue;
      held++;
      if (isKnown(fact, who, at))
        throw new Broken('rings though acknowledged', { debt, who, at: when(at), reminder, since: when(fact.at) });
    }
    return held;
  }

  const [here, ...others] = diary.ends;
  for (const other of others) {
    judged++;
    const odd = here!.find((rec, at) => rec !== other[at]) ?? (here!.length === other.length ? undefined : 'more');
    if (odd !== undefined)
      throw new Broken('they do not agree at the end', { here: odd, there: other[here!.indexOf(odd)] });
  }
  return judged;
}
