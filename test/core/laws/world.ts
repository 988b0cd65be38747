/** Random worlds for the laws: a few days of one owner's life, small enough for thousands of them. */
import fc from 'fast-check';

export interface WorldRules {
  readonly leadDays: readonly number[];
  readonly beforeHour: number;
  readonly dueHours: readonly number[];
  readonly overdueHour: number;
}

/** Amounts: a count, a known zero, `unknown`, or `open` (the page says open and shows no amount). */
export type WorldAmount = number | 'unknown' | 'open';

export interface WorldBill {
  readonly bill: number;
  /** Days from the first day of the world to the due day; null when the page shows none. */
  readonly due: number | null;
  readonly owed: WorldAmount;
}

export type WorldEvent =
  | { readonly do: 'read'; readonly bills: readonly WorldBill[]; readonly isWhole: boolean }
  | { readonly do: 'signed-out' }
  | { readonly do: 'sleep' | 'restart'; readonly hours: number }
  | { readonly do: 'clock'; readonly hours: number }
  /** For one pass the clock stands in 2001, as with an empty battery before the network has set it. */
  | { readonly do: 'lapse' }
  | {
      readonly do: 'acknowledge' | 'unacknowledge' | 'paid' | 'unpaid' | 'mute' | 'unmute' | 'unsnooze';
      readonly bill: number;
    }
  | { readonly do: 'snooze'; readonly bill: number; readonly hours: number }
  | { readonly do: 'close' | 'click' }
  | { readonly do: 'rules'; readonly rules: WorldRules }
  | { readonly do: 'wake' };

export interface World {
  readonly firstDay: string;
  readonly days: number;
  readonly zone: string;
  readonly rules: WorldRules;
  readonly quiet: { readonly fromHour: number; readonly toHour: number } | null;
  /** `minute` counts from the first midnight in Shanghai. */
  readonly events: readonly (WorldEvent & { readonly minute: number })[];
  /** What the channel does, send by send; afterwards it accepts. `shown` and `lost`: the browser dies in the call. */
  readonly sends: readonly ('accepted' | 'failed' | 'shown-crash' | 'lost-crash')[];
  /** Firefox forgets its alarms at a restart. */
  readonly keepsAlarms: boolean;
}

/** Month ends, leap days, year ends, and weeks without a jump in any zone below. */
const FIRST_DAYS = [
  '2028-02-25',
  '2027-02-25',
  '2026-12-28',
  '2026-01-28',
  '2026-04-27',
  '2026-06-08',
  '2026-08-28',
  '2026-07-30',
];
const ZONES = [
  'Asia/Shanghai',
  'Asia/Shanghai',
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
];

const hour = fc.constantFrom(0, 0.25, 6.5, 8, 10, 10, 12.75, 18, 21, 23.75);
const rules: fc.Arbitrary<WorldRules> = fc.record({
  leadDays: fc.constantFrom([7, 3, 1], [1], [], [2, 1], [3, 0]),
  beforeHour: hour,
  dueHours: fc.constantFrom([10, 18, 21], [10], [0, 23.75], [], [6.5, 12.75], [18, 18, 8]),
  overdueHour: hour,
});
const quiet = fc.constantFrom(
  null,
  null,
  { fromHour: 22, toHour: 7 },
  { fromHour: 0, toHour: 9.5 },
  { fromHour: 12, toHour: 14 },
  { fromHour: 9, toHour: 8.75 },
  { fromHour: 5, toHour: 5 },
);

const bill = fc.nat({ max: 1 });
const amount = fc.constantFrom<WorldAmount[]>(38620, 38620, 1, 0, 'unknown', 'open');
const readBill = fc.record({ bill, due: fc.option(fc.integer({ min: -3, max: 6 }), { freq: 6 }), owed: amount });
const read = fc.record({
  do: fc.constant('read' as const),
  bills: fc.uniqueArray(readBill, { minLength: 1, maxLength: 2, selector: (each) => each.bill }),
  isWhole: fc.boolean(),
});

const event: fc.Arbitrary<WorldEvent> = fc.oneof(
  { weight: 4, arbitrary: read },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('signed-out' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('sleep' as const, 'restart' as const),
      hours: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clock' as const), hours: fc.integer({ min: -60, max: 60 }) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'acknowledge',
        'acknowledge',
        'unacknowledge',
        'paid',
        'unpaid',
        'mute',
        'unmute',
        'unsnooze',
      ),
      bill,
    }) as fc.Arbitrary<WorldEvent>,
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('snooze' as const), bill, hours: fc.integer({ min: -2, max: 40 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'click' as const, 'wake' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rules' as const), rules }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lapse' as const) }) },
);

const DAY_MINUTES = 24 * 60;

export const worlds: fc.Arbitrary<World> = fc
  .record({
    firstDay: fc.constantFrom(...FIRST_DAYS),
    days: fc.integer({ min: 1, max: 5 }),
    zone: fc.constantFrom(...ZONES),
    rules,
    quiet,
    first: fc.tuple(read, fc.integer({ min: 0, max: DAY_MINUTES })),
    events: fc.array(fc.tuple(event, fc.integer({ min: 0, max: 5 * DAY_MINUTES })), { maxLength: 9 }),
    sends: fc.array(
      fc.constantFrom(
        'accepted' as const,
        'accepted' as const,
        'failed' as const,
        'shown-crash' as const,
        'lost-crash' as const,
      ),
      { maxLength: 6 },
    ),
    keepsAlarms: fc.boolean(),
  })
  .map(({ first, events, ...rest }) => ({
    ...rest,
    events: [first, ...events].map(([each, minute]) => ({ ...each, minute })).sort((a, b) => a.minute - b.minute),
  }));
