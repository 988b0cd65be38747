/** What a life knows by itself: no planner, no reconciling. The oracle judges what Duly did by this alone. */
import { type Day, daysBetween, type Instant } from '../../../src/core/day.ts';
import type { Notice, NoticeBill } from '../../../src/core/reminder/notice.ts';
import type { Life } from './life.ts';
import { type Debt, NAMELESS, type Shown } from './site.ts';
import type { Wish } from './wishes.ts';

/** A time in which one debt was owed as far as any page said, with one day, and its owner had not silenced it. */
export interface Spell {
  readonly mind: Mind;
  /** Null: no page told it. */
  readonly day: Day | null;
  readonly from: Instant;
  /** What the clock showed then: once that has come, nothing is promised of what lies before it. */
  readonly appFrom: Instant;
  until: Instant;
  /** How much later it may be reminded of: by an estimate of its day. */
  readonly offDays: number;
  /** It begins with a reading that told its day. */
  readonly isMet: boolean;
}

/** What pages and owner said of one debt. */
export interface Mind {
  readonly debt: Pick<Debt, 'siteId' | 'name' | 'family' | 'statementDay'>;
  day: Day | null;
  isEstimated: boolean;
  isOwed: boolean;
  isPaid: boolean;
  /** The most that any of its rows showed then; 0 is unknown. */
  paidFen: number;
  isMuted: boolean;
  isHidden: boolean;
  isDeleted: boolean;
  /** Of the most trusted reader that ever spoke of it. */
  best: number;
  /** The same, of those that said how much is owed. */
  bestOwed: number;
  /** What the reader that is trusted most said last; null is unknown. */
  owedFen: number | null;
  /** When that came to be more. */
  readonly grown: Instant[];
  /** The site's key under which a page said that nothing is left. */
  freeKey: string | null;
  /** The site's keys under which pages listed it. */
  readonly keys: Set<string>;
  readonly fens: Set<number | null>;
  readonly days: Set<Day | null>;
  spell: Spell | null;
}

/** One notice that a channel was asked for. Moments are the true ones; `appAt` is what the clock showed. */
export interface Told {
  readonly at: Instant;
  readonly appAt: Instant;
  readonly channel: string;
  readonly notice: Notice;
  readonly isAccepted: boolean;
  /** It may come again: the browser died on it, nothing could be written, or the clock was wrong. */
  readonly mayRepeat: boolean;
  /** It may for want of a disk alone: then once an hour, as long as the browser runs. */
  readonly isUnwritten: boolean;
  /** How often the browser was started before. */
  readonly session: number;
  /** Until when the service asked to be left alone. */
  readonly pausedUntil: Instant | null;
}

/** Something is asked for that is no bill with a day. */
export interface Asked {
  readonly what: 'expected' | 'sign-in' | 'nameless';
  readonly siteId: string;
  readonly from: Instant;
  readonly appFrom: Instant;
  until: Instant;
  /** Of the last monthly bill. */
  readonly day: Day | null;
}

export interface Snooze {
  readonly mind: Mind;
  readonly at: Instant;
  /** A clock that is set right steps back by so much: then it holds still. */
  readonly from: Instant;
  readonly until: Instant;
  endedAt: Instant;
}

export interface Diary {
  readonly life: Life;
  readonly appNow: () => Instant;
  readonly minds: Mind[];
  readonly spells: Spell[];
  readonly told: Told[];
  readonly asked: Asked[];
  readonly acks: { readonly mind: Mind; readonly at: Instant; readonly dueDays: readonly Day[] }[];
  readonly snoozes: Snooze[];
  /** A page went on listing what its owner had marked as paid. */
  readonly disputes: { readonly mind: Mind; readonly day: Day | null; readonly at: Instant }[];
  readonly wishes: Wish[];
  passes: number;
}

export class Broken extends Error {
  constructor(law: string, facts: unknown) {
    super(
      `${law}: ${JSON.stringify(facts, (key, value) => (key === 'spell' || value instanceof Set ? undefined : value))}`,
    );
    this.name = 'Broken';
  }
}

export const when = (at: Instant): string => new Date(at + 8 * 3_600_000).toISOString().slice(5, 16);

/** As a person would: by the lender, the title and the day, which may be off by what an estimate is. */
export function isOf(
  { debt }: Mind,
  day: Day | null,
  bill: Pick<NoticeBill, 'id' | 'title' | 'dueDay'>,
  offDays = 0,
): boolean {
  const isTitled = bill.title === debt.name || (debt.family === 'issued' && NAMELESS.includes(bill.title));
  const off = day === null || bill.dueDay === null ? null : daysBetween(day, bill.dueDay);
  const isOnDay = off === null ? day === bill.dueDay : off >= 0 && off <= offDays;
  return bill.id.startsWith(`${debt.siteId}/`) && isTitled && isOnDay;
}

export function mindOf(diary: Diary, debt: Mind['debt']): Mind {
  const known = diary.minds.find((mind) => mind.debt.name === debt.name && mind.debt.siteId === debt.siteId);
  if (known) return known;
  const mind: Mind = { debt, keys: new Set(), fens: new Set(), days: new Set(), grown: [], spell: null, ...unheard() };
  diary.minds.push(mind);
  return mind;
}

function unheard(): Omit<Mind, 'debt' | 'keys' | 'fens' | 'days' | 'grown' | 'spell'> {
  const silence = { isOwed: false, isPaid: false, isMuted: false, isHidden: false, isDeleted: false };
  return {
    ...silence,
    paidFen: 0,
    day: null,
    isEstimated: true,
    best: Number.POSITIVE_INFINITY,
    bestOwed: Number.POSITIVE_INFINITY,
    owedFen: null,
    freeKey: null,
  };
}

/** What its owner had asked for this bill alone is gone with its row, or may be. */
export function wishAnew(diary: Diary, mind: Mind, hours: 'unsure' | null, now: Instant): void {
  diary.wishes.push({ mind, ids: [], hours, quiet: null, from: now, appFrom: diary.appNow() });
}

/** Begins and ends the mind's spells as what is known of it changes. */
export function turn(diary: Diary, mind: Mind, now: Instant, isMet = false): void {
  const isOn = mind.isOwed && !mind.isPaid && !mind.isMuted && !mind.isHidden && !mind.isDeleted;
  const { spell, day } = mind;
  const offDays = diary.life.estimateOffDays;
  if (isOn && spell?.day === day) return;
  if (spell) spell.until = now;
  mind.spell = isOn
    ? { mind, day, from: now, appFrom: diary.appNow(), until: Number.POSITIVE_INFINITY, offDays, isMet }
    : null;
  if (mind.spell) diary.spells.push(mind.spell);
}

/**
 * A short key may be a count that every account has. Where some pages show nobody and others who is signed in, a bill on
 * another day stays two there: the own hours stand on the one that was told so, and nobody knows that both are one.
 */
function isOneAccount({ events }: Life): boolean {
  return new Set(events.flatMap((event) => (event.do === 'read' ? event.isNamed : []))).size <= 1;
}

/** A page spoke of the debt. */
export function learn(diary: Diary, { debt, day, isEstimated, fen, rank, key, isKeyOnly }: Shown, now: Instant): void {
  const mind = mindOf(diary, debt);
  // Deleted by its owner, it is read as if for the first time.
  if (mind.isDeleted) {
    Object.assign(mind, unheard());
    wishAnew(diary, mind, null, now);
  }
  // A key alone says nothing of a bill that was never listed under it.
  if (isKeyOnly && !mind.keys.has(key!)) return;
  const isOneRow = diary.life.hasLongKeys || isOneAccount(diary.life);
  const isKnownKey = key !== null && mind.keys.has(key) && isOneRow;
  if (key !== null) mind.keys.add(key);
  const isTrusted = rank <= mind.best;
  const isBelieved = rank <= mind.bestOwed;
  // Under a wrong clock nobody knows which came first, the owner's word or this.
  const isInOrder = isOneRow && !diary.life.troubles.some(({ what }) => what === 'clock-wrong');
  if (isInOrder && rank === mind.best && fen !== null && mind.owedFen !== null && fen > mind.owedFen)
    mind.grown.push(now);
  if (isTrusted && fen !== null) mind.owedFen = fen;
  mind.fens.add(fen);
  mind.days.add(day);
  const { day: before, isOwed: wasOwed } = mind;
  const isNew = mind.best === Number.POSITIVE_INFINITY;
  if (day !== null && (fen !== 0 || isBelieved) && !(isEstimated && mind.day !== null && !mind.isEstimated)) {
    // Of two readers that are not trusted alike, the earlier day is planned for.
    const isDoubted = mind.day !== null && !isTrusted && !isEstimated && !mind.isEstimated && mind.day < day;
    if (!isDoubted) mind.day = day;
    mind.isEstimated = isEstimated;
  }
  if (fen === 0) {
    // Less trusted, it settles nothing; with another day, which bill it means is anybody's guess.
    if (isBelieved || (day !== null && day !== mind.day)) mind.isOwed = false;
    if (isBelieved) mind.bestOwed = Number.POSITIVE_INFINITY;
    if (rank === 0) mind.freeKey = key;
  } else if (fen !== null || isNew) {
    mind.isOwed = true;
    mind.freeKey = null;
  }
  mind.best = Math.min(mind.best, rank);
  // Without a day it may be of the other row: that one goes on asking for its day.
  if (fen !== null && fen > 0 && (isOneRow || day !== null)) mind.bestOwed = Math.min(mind.bestOwed, rank);
  // On another day or owed again, and under no key that is known: whose hours it has is anybody's guess.
  const hasOwn = diary.wishes.findLast((wish) => wish.mind === mind)?.hours;
  if (hasOwn && !isKnownKey && (mind.day !== before || !wasOwed)) wishAnew(diary, mind, 'unsure', now);
  turn(diary, mind, now, mind.day !== before);
}
