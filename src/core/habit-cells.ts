/**
 * What the ledger tells of a person's hours: for each of the 168 hours of a week, how often a notice was raised in it
 * and how often it was acknowledged, smoothed, with recent weeks counting more.
 */
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from './day.ts';
import { CELLS, cellOf, isWeekend } from './habit-hours.ts';
import { chancesThere, type Presence } from './habit-presence.ts';
import { DESKTOP } from './reminder/chain.ts';
import type { LedgerEntry } from './reminder/reminder.ts';

/** One notice on the desktop, however many bills it named. */
export interface Told {
  readonly plannedAt: Instant;
  readonly firedAt: Instant;
  /** When its owner acknowledged it or opened it; null when neither came before `before`. */
  readonly seenAt: Instant | null;
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

/** One pass over the entries. Those fired at or after `before` are left out: a day is planned from what came before it. */
export function toldOf(entries: Iterable<LedgerEntry>, before: Instant): Told[] {
  const notices = new Map<string, Told>();
  for (const { channel, kind, outcome, firedAt, plannedAt, noticeId, seen, seenAt, missedAt } of entries) {
    if (channel !== DESKTOP || kind === 'self-test' || outcome !== 'accepted' || firedAt >= before) continue;
    const key = `${noticeId}|${firedAt}`;
    const former = notices.get(key);
    // The owner says that it never came: whatever was pressed, it reached nobody at that hour.
    const isAnswer = (seen === 'acknowledged' || seen === 'clicked') && missedAt === undefined;
    const answer = isAnswer && seenAt !== null && seenAt < before ? Math.max(seenAt, firedAt) : null;
    notices.set(key, {
      plannedAt: Math.min(plannedAt, former?.plannedAt ?? plannedAt),
      firedAt,
      seenAt: former?.seenAt == null ? answer : Math.min(former.seenAt, answer ?? former.seenAt),
    });
  }
  return [...notices.values()];
}

export interface Cells {
  /** How often a notice was acknowledged and raised, neighbours counted by how near they are. */
  readonly seen: Float64Array;
  readonly raised: Float64Array;
  /** The chance of an acknowledgement by who is there when, and how often they answer then. */
  readonly believed: Float64Array;
  /** The share of notices that came half a day late or more: the machine is opened on some days only. */
  readonly lateShare: number;
  /** One of them at least was acknowledged. */
  readonly isEverSeen: boolean;
}

const HOURS_APART = [1, 0.8, 0.5, 0.2];
const OTHER_WEEKDAY = 0.9;
/** Between a working day and a weekend. */
const OTHER_HALF = 0.2;

/** How much one hour of the week says about another: 1 for itself. */
function kinOf(a: number, b: number): number {
  const apart = Math.abs((a % 24) - (b % 24));
  const near = HOURS_APART[Math.min(apart, 24 - apart)] ?? 0;
  if (Math.floor(a / 24) === Math.floor(b / 24)) return near;
  return near * (isWeekend(a) === isWeekend(b) ? OTHER_WEEKDAY : OTHER_HALF);
}

const KIN = Float64Array.from({ length: CELLS * CELLS }, (_, i) => kinOf(Math.floor(i / CELLS), i % CELLS));

/** Before anything is known: who is there acknowledges every second notice. */
const BASE_CHANCE = 0.54;
const BASE_WEIGHT = 7;
/** Of the notices of an hour in which nobody is there: some are found later. */
const FOUND_LATER = 0.05;
const MOST_BELIEVED = 0.95;

export function cellsOf(told: readonly Told[], presence: Presence, zone: string, now: Instant): Cells {
  const [rawSeen, rawRaised] = [new Float64Array(CELLS), new Float64Array(CELLS)];
  const reachable = chancesThere(presence).map((there) => there + FOUND_LATER);
  let [weight, answered, late, met] = [0, 0, 0, 0];
  const count = (at: Instant, trial: number, worth: number): void => {
    const cell = cellOf(zone, at);
    rawRaised[cell]! += trial;
    rawSeen[cell]! += trial * worth;
  };
  for (const { plannedAt, firedAt, seenAt } of told) {
    const trial = 0.5 ** (Math.max(0, now - firedAt) / HALF_LIFE_MS);
    const worth = seenAt === null ? 0 : seenAt - firedAt <= PROMPT_MS ? 1 : LATE_WORTH;
    weight += trial;
    answered += trial * worth;
    met += trial * reachable[cellOf(zone, firedAt)]!;
    if (firedAt - plannedAt >= HALF_DAY_MS) late += trial;
    count(firedAt, trial, worth);
    // The machine slept: what was planned for that hour is told when it wakes, and with the same end.
    if (firedAt - plannedAt > OTHER_HOUR_MS) count(plannedAt, trial, worth);
    if (seenAt !== null && seenAt - firedAt > OTHER_HOUR_MS) count(seenAt, trial * PRESENCE_WORTH, 1);
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
  const reach = (BASE_CHANCE * BASE_WEIGHT + answered) / (BASE_WEIGHT + met);
  const believed = reachable.map((chance) => Math.min(MOST_BELIEVED, reach * chance));
  return { seen, raised, believed, lateShare: weight > 0 ? late / weight : 0, isEverSeen: answered > 0 };
}

/** How much the belief weighs against what was seen in an hour. */
const BELIEF_WEIGHT = 8;

/**
 * The chance that a notice raised in `cell` is missed although those of `before` were missed too: the hours that were
 * in vain speak against their neighbours, so that three notices at one uncertain hour are worth less than at three.
 */
export function missAt({ seen, raised, believed }: Cells, cell: number, before: readonly number[] = []): number {
  let missed = 0;
  for (const each of before) missed += KIN[cell * CELLS + each]!;
  const all = BELIEF_WEIGHT + raised[cell]! + missed;
  return 1 - (BELIEF_WEIGHT * believed[cell]! + seen[cell]!) / all;
}
