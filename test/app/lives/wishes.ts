/** What the owner asked for, and since when: days, hours and silence of all bills, days and hours of one. */
import { DAY_MS, type Day, endOf, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/core/day.ts';
import type { BillRules, Quiet } from '../../../src/core/rules.ts';
import type { Diary, Mind } from './diary.ts';

export interface Wish {
  /** Null: of all bills. */
  readonly mind: Mind | null;
  /** Null: this bill goes with the others again. `unsure`: it may be taken for another one. */
  readonly hours: BillRules | 'unsure' | null;
  /** The rows that were told so. */
  readonly ids: readonly string[];
  /** What one bill has of its own tells nothing of it. */
  readonly quiet: Quiet | null;
  readonly from: Instant;
  /** What the clock showed then. */
  readonly appFrom: Instant;
}

/** A time in which the owner asked for the same. */
export interface Term {
  readonly hours: BillRules;
  readonly isOwn: boolean;
  readonly isUnsure: boolean;
  readonly quiet: Quiet | null;
  /** Until then; null: since birth. */
  readonly former: Pick<Term, 'hours' | 'quiet' | 'from'> | null;
  readonly from: Instant;
  readonly appFrom: Instant;
  readonly until: Instant;
}

const UNASKED: BillRules = { leadDays: [7, 3, 1], beforeHour: 10, dueHours: [10, 18, 21], overdueHour: 10 };

/** In force at a moment. */
export function termAt(diary: Diary, mind: Mind | null, at: Instant): Term {
  return termsOf(diary, mind).findLast(({ from }) => from <= at)!;
}

/** Of one bill, or of what has no row. */
export function termsOf({ wishes }: Diary, mind: Mind | null): Term[] {
  const terms: Term[] = [];
  let hours = UNASKED;
  let own: Wish['hours'] = null;
  let quiet: Quiet | null = null;
  const begin = (from: Instant, appFrom: Instant): void => {
    const former = terms.pop() ?? null;
    if (former) terms.push({ ...former, until: from });
    const until = Number.POSITIVE_INFINITY;
    const isUnsure = own === 'unsure';
    const asked = own === null || own === 'unsure' ? hours : own;
    terms.push({ hours: asked, isOwn: own !== null, isUnsure, quiet, former, from, appFrom, until });
  };
  begin(0, 0);
  for (const wish of wishes) {
    if (wish.mind !== null && wish.mind !== mind) continue;
    if (wish.mind !== null) own = wish.hours;
    else if (wish.hours !== 'unsure') [hours, quiet] = [wish.hours ?? UNASKED, wish.quiet];
    begin(wish.from, wish.appFrom);
  }
  return terms;
}

const QUARTER_MS = 15 * MINUTE_MS;

export function isSilent(at: Instant, quiet: Quiet | null): boolean {
  if (quiet === null || quiet.fromHour === quiet.toHour) return false;
  const hour = ((at + 8 * HOUR_MS) % DAY_MS) / HOUR_MS;
  const { fromHour, toHour } = quiet;
  return fromHour < toHour ? fromHour <= hour && hour < toHour : hour >= fromHour || hour < toHour;
}

/** Quarter by quarter until the silence is over. Where that lies beyond `lastDay`, it is not kept. */
export function afterSilence(at: Instant, quiet: Quiet | null, lastDay: Day | null): Instant {
  let sound = at;
  while (isSilent(sound, quiet)) sound = (Math.floor(sound / QUARTER_MS) + 1) * QUARTER_MS;
  return lastDay !== null && sound >= endOf(lastDay) ? at : sound;
}
