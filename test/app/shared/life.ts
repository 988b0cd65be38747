/** What may happen to a person with two browsers that share their bills: random, and small enough to be shrunk. */
import fc from 'fast-check';
import { addDays, type Day, dayOf, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/core/day.ts';
import { at } from '../../core/made-up.ts';

export const BIRTH = at('2026-09-01 00:00');
export const LIFE_DAYS = 12;
/** From here on nothing happens, and nothing is in the way: whoever can agree has agreed by the end. */
export const CALM_DAY = 10;
export const BROWSERS = 2;
const DAY_MINUTES = 24 * 60;

export const momentOf = (minute: number): Instant => BIRTH + minute * MINUTE_MS;
export const DEATH = momentOf(LIFE_DAYS * DAY_MINUTES);

/** Each silences in its own way, and each has its undo. */
export const SILENCES = { paid: 'unpaid', mute: 'unmute', hide: 'unhide', snooze: 'unsnooze' } as const;
export type Silence = keyof typeof SILENCES;
export type Deed = Silence | (typeof SILENCES)[Silence] | 'acknowledge' | 'read' | 'pay' | 'delete';

export interface LifeEvent {
  readonly minute: number;
  /** On which browser; of a payment, which the site alone knows, nobody's. */
  readonly who: number;
  readonly do: Deed;
  readonly debt: number;
}

/** A time in which something is not there. */
export interface Trouble {
  readonly minute: number;
  readonly hours: number;
  /** Null: the server, for everyone. */
  readonly who: number | null;
  readonly what: 'asleep' | 'closed' | 'offline';
}

export interface Life {
  /** When each of them is due, in days after birth. */
  readonly dueAfterDays: readonly number[];
  readonly events: readonly LifeEvent[];
  readonly troubles: readonly Trouble[];
}

export const SNOOZE_MS = 5 * HOUR_MS;
export const dueDayOf = (life: Life, debt: number): Day => addDays(dayOf(BIRTH), life.dueAfterDays[debt]!);

const minute = fc.oneof(
  fc.integer({ min: 0, max: CALM_DAY * DAY_MINUTES - 1 }),
  // In the hours around the notices of a day.
  fc
    .tuple(fc.integer({ min: 0, max: CALM_DAY - 1 }), fc.integer({ min: 9 * 60, max: 22 * 60 }))
    .map(([day, ofDay]) => day * DAY_MINUTES + ofDay),
);
const who = fc.nat({ max: BROWSERS - 1 });
const debt = fc.nat({ max: 3 });
const read = fc.record({ minute, who, debt, do: fc.constant('read' as const) });
const deed = fc.record({
  minute,
  who,
  debt,
  do: fc.constantFrom<Deed>(
    ...(Object.keys(SILENCES) as Silence[]),
    ...Object.values(SILENCES),
    'acknowledge',
    'acknowledge',
    'acknowledge',
    'pay',
    'delete',
  ),
});
const trouble: fc.Arbitrary<Trouble> = fc.record({
  minute,
  hours: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 12, max: 96 })),
  who: fc.option(who, { freq: 4 }),
  what: fc.constantFrom('asleep', 'closed', 'offline'),
});

const CALM = CALM_DAY * DAY_MINUTES;

export const sharedLives: fc.Arbitrary<Life> = fc.record({
  dueAfterDays: fc.array(fc.integer({ min: 2, max: CALM_DAY - 1 }), { minLength: 1, maxLength: 4 }),
  events: fc
    .tuple(read, fc.array(read, { maxLength: 4 }), fc.array(deed, { maxLength: 10 }))
    .map(([first, more, deeds]) => [first, ...more, ...deeds].sort((a, b) => a.minute - b.minute)),
  troubles: fc.array(trouble, { maxLength: 5 }).map((all) =>
    all
      .map((each) => ({
        ...each,
        what: each.who === null ? ('offline' as const) : each.what,
        hours: Math.min(each.hours, (CALM - each.minute) / 60),
      }))
      .sort((a, b) => a.minute - b.minute),
  ),
});
