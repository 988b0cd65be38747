/**
 * What the ledger tells of a person's hours: for each of the 168 hours of a week, how often a notice was raised in it
 * and how often it was acknowledged, smoothed, with recent weeks counting more.
 */
import { DAY_MS, HOUR_MS, hourIn, type Instant, MINUTE_MS, SHANGHAI } from './day.ts';
import { DESKTOP } from './reminder/chain.ts';
import type { LedgerEntry } from './reminder/reminder.ts';

export const CELLS = 168;

/** One notice on the desktop, however many bills it named. */
export interface Told {
  readonly plannedAt: Instant;
  readonly firedAt: Instant;
  /** When its owner acknowledged it or opened it; null when neither came before `before`. */
  readonly seenAt: Instant | null;
  /** When its owner closed it; null when nobody did. Whoever closes a notice is there. */
  readonly closedAt: Instant | null;
}

/** An answer within this time came to the notice; a later one came to what was left of it. */
const PROMPT_MS = 3 * HOUR_MS;
/** A later answer still counts this much for the hour in which the notice was raised. */
const LATE_WORTH = 0.4;
/** An answer that came later than this says that its owner was there in another hour too. */
const OTHER_HOUR_MS = 50 * MINUTE_MS;
const HALF_DAY_MS = 12 * HOUR_MS;
const PRESENCE_WORTH = 0.7;
const HALF_LIFE_MS = 18 * 7 * DAY_MS;
/** A closed notice counts as this part of what the person answers of all that is answered or closed. */
const CLOSED_WORTH = 0.7;

/** One pass over the entries. Those fired at or after `before` are left out: a day is planned from what came before it. */
export function toldOf(entries: Iterable<LedgerEntry>, before: Instant): Told[] {
  const notices = new Map<string, Told>();
  for (const { channel, kind, outcome, firedAt, plannedAt, noticeId, seen, seenAt, missedAt } of entries) {
    if (channel !== DESKTOP || kind === 'self-test' || outcome !== 'accepted' || firedAt >= before) continue;
    const key = `${noticeId}|${firedAt}`;
    const former = notices.get(key);
    // The owner says that it never came: whatever was pressed, it reached nobody at that hour.
    const isTold = missedAt === undefined && seenAt !== null && seenAt < before;
    const reactedAt = isTold ? Math.max(seenAt, firedAt) : null;
    const answer = seen === 'acknowledged' || seen === 'clicked' ? reactedAt : null;
    notices.set(key, {
      plannedAt: Math.min(plannedAt, former?.plannedAt ?? plannedAt),
      firedAt,
      seenAt: former?.seenAt == null ? answer : Math.min(former.seenAt, answer ?? former.seenAt),
      closedAt: former?.closedAt ?? (seen === 'closed' ? reactedAt : null),
    });
  }
  return [...notices.values()];
}

/** 0 is the hour from midnight on Sunday, as a clock in `zone` shows it. */
export function cellOf(zone: string, at: Instant): number {
  const hour = hourIn(zone, at);
  const here = hourIn(SHANGHAI, at);
  // No zone is further from Shanghai's clock than 18 hours behind and 6 ahead.
  const ahead = ((hour - here + 18 + 24) % 24) - 18;
  // The first of January 1970 was a Thursday.
  const day = Math.round((at - here * HOUR_MS) / DAY_MS + 1 / 3) + 4 + Math.floor((here + ahead + 1e-6) / 24);
  return (((day % 7) + 7) % 7) * 24 + Math.min(23, Math.floor(hour));
}

export interface Cells {
  /** How often a notice was acknowledged and raised, neighbours counted by how near they are. */
  readonly seen: Float64Array;
  readonly raised: Float64Array;
  /** What is believed of an hour of which nothing is known. */
  readonly prior: number;
  /** Notices, recent ones counting as one. */
  readonly weight: number;
  /** The share of them that came half a day late or more: the machine is opened on some days only. */
  readonly lateShare: number;
  /** One of them at least was acknowledged. */
  readonly isEverSeen: boolean;
}

const HOURS_APART = [1, 0.8, 0.5, 0.2];
const OTHER_WEEKDAY = 0.9;
/** Between a working day and a weekend. */
const OTHER_HALF = 0.2;

const isWeekend = (cell: number): boolean => cell < 24 || cell >= 144;

/** How much one hour of the week says about another: 1 for itself. */
function kinOf(a: number, b: number): number {
  const apart = Math.abs((a % 24) - (b % 24));
  const near = HOURS_APART[Math.min(apart, 24 - apart)] ?? 0;
  if (Math.floor(a / 24) === Math.floor(b / 24)) return near;
  return near * (isWeekend(a) === isWeekend(b) ? OTHER_WEEKDAY : OTHER_HALF);
}

const KIN = Float64Array.from({ length: CELLS * CELLS }, (_, i) => kinOf(Math.floor(i / CELLS), i % CELLS));

/** Before anything is known: a person acknowledges somewhat more than every third notice. */
const BASE_CHANCE = 0.38;
const BASE_WEIGHT = 10;

/** What a closed notice says of the hour, for one who answers often more than for one who closes them all. */
function closedWorth(told: readonly Told[]): number {
  let [answered, closed] = [0, 0];
  for (const { seenAt, closedAt } of told) {
    if (seenAt !== null) answered++;
    else if (closedAt !== null) closed++;
  }
  return (CLOSED_WORTH * (answered + 2)) / (answered + closed + 4);
}

export function cellsOf(told: readonly Told[], zone: string, now: Instant): Cells {
  const [rawSeen, rawRaised] = [new Float64Array(CELLS), new Float64Array(CELLS)];
  let [weight, answered, late] = [0, 0, 0];
  const count = (at: Instant, trial: number, worth: number): void => {
    const cell = cellOf(zone, at);
    rawRaised[cell]! += trial;
    rawSeen[cell]! += trial * worth;
  };
  const ofClosed = closedWorth(told);
  for (const { plannedAt, firedAt, seenAt, closedAt } of told) {
    const trial = 0.5 ** (Math.max(0, now - firedAt) / HALF_LIFE_MS);
    const thereAt = seenAt ?? closedAt;
    const isPrompt = thereAt !== null && thereAt - firedAt <= PROMPT_MS;
    const worth = seenAt !== null ? (isPrompt ? 1 : LATE_WORTH) : isPrompt ? ofClosed : 0;
    weight += trial;
    if (seenAt !== null) answered += trial * worth;
    if (firedAt - plannedAt >= HALF_DAY_MS) late += trial;
    count(firedAt, trial, worth);
    // The machine slept: what was planned for that hour is told when it wakes, and with the same end.
    if (firedAt - plannedAt > OTHER_HOUR_MS) count(plannedAt, trial, worth);
    if (thereAt !== null && thereAt - firedAt > OTHER_HOUR_MS)
      count(thereAt, trial * PRESENCE_WORTH, seenAt !== null ? 1 : ofClosed);
  }
  const [seen, raised] = [new Float64Array(CELLS), new Float64Array(CELLS)];
  for (let from = 0; from < CELLS; from++) {
    if (rawRaised[from] === 0) continue;
    for (let to = 0; to < CELLS; to++) {
      const share = KIN[from * CELLS + to]!;
      if (share === 0) continue;
      seen[to]! += share * rawSeen[from]!;
      raised[to]! += share * rawRaised[from]!;
    }
  }
  const prior = (BASE_CHANCE * BASE_WEIGHT + answered) / (BASE_WEIGHT + weight);
  return { seen, raised, prior, weight, lateShare: weight > 0 ? late / weight : 0, isEverSeen: answered > 0 };
}

/** How much the general belief weighs against what was seen in an hour. */
const PRIOR_WEIGHT = 2;
/** Of an hour of which nothing is known, the evening is believed a little more: most people are back by then. */
const leaning = (hour: number): number => (hour >= 19 && hour <= 21 ? 1.1 : hour < 9 ? 0.7 : 1);

/**
 * The chance that a notice raised in `cell` is missed although those of `before` were missed too: the hours that were
 * in vain speak against their neighbours, so that three notices at one uncertain hour are worth less than at three.
 */
export function missAt({ seen, raised, prior }: Cells, cell: number, before: readonly number[] = []): number {
  let missed = 0;
  for (const each of before) missed += KIN[cell * CELLS + each]!;
  const all = PRIOR_WEIGHT + raised[cell]! + missed;
  return 1 - (PRIOR_WEIGHT * Math.min(0.95, prior * leaning(cell % 24)) + seen[cell]!) / all;
}
