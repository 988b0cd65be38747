/** What may happen in a person's life with bills: random, small enough to be lived thousands of times, and to be shrunk. */
import fc from 'fast-check';
import { MINUTE_MS } from '../../../src/core/day.ts';
import type { BillRules, Quiet } from '../../../src/core/rules.ts';
import { at } from '../../core/made-up.ts';

export const BIRTH = at('2026-09-01 00:00');
export const LIFE_DAYS = 50;
const DAY_MINUTES = 24 * 60;

/** What a page shows of the account, and with which reader it is read. */
export const VIEWS = [
  'full',
  'open-only',
  'issued',
  'paid-keys',
  'detail',
  'labels',
  'labels-plain',
  'statement-days',
  'h5',
  'overview',
  'sum',
  'dayless',
  'amountless',
  'doubtful',
  'taught',
] as const;
export type View = (typeof VIEWS)[number];

const ACTS = ['acknowledge', 'paid', 'unpaid', 'mute', 'unmute', 'hide', 'unhide', 'snooze', 'unsnooze'] as const;
const REFUSALS = ['signed-out', 'challenge', 'layout-unknown', 'still-loading', 'no-access', 'no-account'] as const;

export type LifeEvent =
  | { readonly do: 'read'; readonly view: View; readonly isNamed: boolean }
  | { readonly do: 'refused'; readonly what: (typeof REFUSALS)[number] }
  /** On the site, seen by nobody until a page is read. */
  | { readonly do: 'pay'; readonly debt: number; readonly isWhole: boolean }
  | { readonly do: 'revise'; readonly debt: number; readonly days: number }
  | { readonly do: 'charge'; readonly debt: number; readonly fen: number }
  | { readonly do: 'rekey' }
  | { readonly do: (typeof ACTS)[number]; readonly debt: number; readonly hours: number }
  | { readonly do: 'import'; readonly month: number; readonly isLater: boolean; readonly fen: number | null }
  | { readonly do: 'write'; readonly debt: number; readonly days: number | null; readonly fen: number | null }
  | { readonly do: 'delete' | 'restore'; readonly debt: number }
  | { readonly do: 'rules'; readonly hours: BillRules; readonly quiet: Quiet | null }
  | { readonly do: 'bill-rules'; readonly debt: number; readonly own: BillRules | null };

export type Timed<T> = T & { readonly minute: number };

/** Times at which something does not work: of several, each has its effect. */
export interface Trouble {
  readonly minute: number;
  readonly hours: number;
  readonly what:
    | 'asleep'
    | 'closed'
    | 'desktop-refuses'
    | 'desktop-hangs'
    | 'browser-dies'
    | 'disk-full'
    | 'storage-dead'
    | 'phone-fails'
    /** The service asks to be left alone until it is over, a day at most. */
    | 'phone-busy'
    | 'clock-wrong';
  /** Of a clock that is wrong: by how much. */
  readonly offHours: number;
}

export interface Life {
  /** Day of the month on which the site issues the bill. */
  readonly statementDate: number;
  readonly dueAfterDays: number;
  readonly hasLoan: boolean;
  readonly hasLongKeys: boolean;
  /** The same amount in every month. */
  readonly isSteady: boolean;
  /** How far the day of an unissued bill is off. */
  readonly estimateOffDays: number;
  readonly hasPhone: boolean;
  readonly adapts: boolean;
  /** The browser forgets its alarms when it is closed. */
  readonly forgetsAlarms: boolean;
  readonly events: readonly Timed<LifeEvent>[];
  readonly troubles: readonly Trouble[];
}

const minute = fc.oneof(
  fc.integer({ min: 0, max: LIFE_DAYS * DAY_MINUTES - 1 }),
  // In the hours around the notices of a day.
  fc
    .tuple(fc.integer({ min: 0, max: LIFE_DAYS - 1 }), fc.integer({ min: 8 * 60, max: 23 * 60 }))
    .map(([day, ofDay]) => day * DAY_MINUTES + ofDay),
);
const debt = fc.nat({ max: 9 });
const fen = fc.option(fc.integer({ min: 1, max: 90_000 }));

const read = fc.record({
  do: fc.constant('read' as const),
  view: fc.constantFrom(...VIEWS),
  isNamed: fc.boolean(),
  minute,
});
/** Some longer than anyone may. */
const snoozeHours = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 72 }) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 2000 }) },
);
const other: fc.Arbitrary<Timed<LifeEvent>> = fc.oneof(
  fc.record({ do: fc.constant('refused' as const), what: fc.constantFrom(...REFUSALS), minute }),
  fc.record({ do: fc.constant('pay' as const), debt, isWhole: fc.boolean(), minute }),
  fc.record({ do: fc.constant('revise' as const), debt, days: fc.integer({ min: -4, max: 6 }), minute }),
  fc.record({ do: fc.constant('charge' as const), debt, fen: fc.integer({ min: 1, max: 9000 }), minute }),
  fc.record({ do: fc.constant('rekey' as const), minute }),
  fc.record({ do: fc.constantFrom(...ACTS), debt, hours: snoozeHours, minute }),
  fc.record({ do: fc.constantFrom(...ACTS), debt, hours: snoozeHours, minute }),
  fc.record({
    do: fc.constant('import' as const),
    month: fc.nat({ max: 2 }),
    isLater: fc.boolean(),
    fen,
    minute,
  }),
  fc.record({
    do: fc.constant('write' as const),
    debt: fc.nat({ max: 1 }),
    days: fc.option(fc.integer({ min: -2, max: 25 })),
    fen,
    minute,
  }),
  fc.record({ do: fc.constantFrom('delete' as const, 'restore' as const), debt, minute }),
);

const hour = fc.oneof(
  fc.integer({ min: 7, max: 22 }),
  fc.nat({ max: 47 }).map((half) => half / 2),
);
const hours: fc.Arbitrary<BillRules> = fc.record({
  leadDays: fc.uniqueArray(fc.integer({ min: 1, max: 14 }), { maxLength: 4 }),
  beforeHour: hour,
  dueHours: fc.uniqueArray(hour, { minLength: 1, maxLength: 3 }),
  overdueHour: hour,
});
const quiet: fc.Arbitrary<Quiet | null> = fc.oneof(
  fc.constant(null),
  fc.record({ fromHour: fc.constantFrom(20, 22, 23.5), toHour: fc.constantFrom(7, 8.5, 11) }),
  fc.record({ fromHour: hour, toHour: hour }),
);
const wish: fc.Arbitrary<Timed<LifeEvent>> = fc.oneof(
  fc.record({ do: fc.constant('rules' as const), hours, quiet, minute }),
  fc.record({ do: fc.constant('bill-rules' as const), debt, own: fc.option(hours, { freq: 4 }), minute }),
);

const some = fc.integer({ min: 1, max: 12 });
const offHours = fc.oneof(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -2000, max: 2000 }));
/** A machine may be off for weeks; what fails is tried every few minutes, and needs no more than days. */
const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({
    minute,
    hours: fc.oneof(some, fc.integer({ min: 12, max: 72 }), fc.integer({ min: 72, max: 500 })),
    what: fc.constantFrom('asleep' as const, 'closed' as const, 'phone-fails' as const, 'clock-wrong' as const),
    offHours,
  }),
  fc.record({
    minute,
    hours: fc.oneof(some, some, fc.integer({ min: 12, max: 40 })),
    what: fc.constantFrom(
      'desktop-refuses' as const,
      'desktop-hangs' as const,
      'browser-dies' as const,
      'disk-full' as const,
      'storage-dead' as const,
      'phone-busy' as const,
    ),
    offHours,
  }),
);

const byMinute = <T extends { readonly minute: number }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => a.minute - b.minute);

export const lives: fc.Arbitrary<Life> = fc.record({
  statementDate: fc.integer({ min: 1, max: 28 }),
  dueAfterDays: fc.integer({ min: 9, max: 20 }),
  hasLoan: fc.boolean(),
  hasLongKeys: fc.boolean(),
  isSteady: fc.boolean(),
  estimateOffDays: fc.nat({ max: 1 }),
  hasPhone: fc.boolean(),
  adapts: fc.nat({ max: 3 }).map((one) => one === 0),
  forgetsAlarms: fc.boolean(),
  events: fc
    .tuple(fc.array(read, { maxLength: 10 }), fc.array(other, { maxLength: 12 }), fc.array(wish, { maxLength: 3 }))
    .map(([reads, others, wishes]) => byMinute<Timed<LifeEvent>>([...reads, ...others, ...wishes])),
  troubles: fc.array(trouble, { maxLength: 6 }).map(byMinute),
});

export const momentOf = (minute: number): number => BIRTH + minute * MINUTE_MS;
export const DEATH = momentOf(LIFE_DAYS * DAY_MINUTES);
