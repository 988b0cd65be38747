/** Content script → background. Untrusted: the sender is checked once, the payload is parsed, nothing else is believed. */
import * as z from 'zod/mini';
import { type Day, toDay } from '../core/day.ts';
import type { Fen } from '../core/money.ts';
import { FAMILIES, MOST_BILLS, type Reading, SOURCES } from '../core/reading.ts';

const day = z.custom<Day>((value) => typeof value === 'string' && toDay(value) !== null);
const amount = z.custom<Fen>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 1e12,
);
const source = z.enum(SOURCES);
const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const standing = z.enum(['open', 'settled', 'unknown']);

const doubt = z.strictObject({
  field: z.enum(['dueDay', 'remainingFen', 'totalFen', 'minimumFen', 'standing']),
  values: z
    .array(z.strictObject({ source, value: z.union([z.string().check(z.maxLength(40)), z.number()]) }))
    .check(z.maxLength(8)),
});

const bill = z.strictObject({
  family: z.enum(FAMILIES),
  key: text(120),
  title: text(200),
  dueDay: z.nullable(day),
  dueDayIs: z.enum(['stated', 'estimated']),
  statementDay: z.nullable(day),
  totalFen: z.nullable(amount),
  remainingFen: z.nullable(amount),
  minimumFen: z.nullable(amount),
  instalmentFen: z.optional(amount),
  overdueFeeFen: z.nullable(amount),
  standing,
  doubts: z.array(doubt).check(z.maxLength(8)),
  source,
});

const reading = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bills'),
    bills: z.array(bill).check(z.maxLength(MOST_BILLS)),
    covered: z.array(z.enum(FAMILIES)),
    accountMarker: z.nullable(z.string().check(z.maxLength(200))),
    paidKeys: z.optional(z.array(text(120)).check(z.maxLength(MOST_BILLS))),
  }),
  z.strictObject({ kind: z.literal('signed-out') }),
  z.strictObject({ kind: z.literal('no-account') }),
  z.strictObject({ kind: z.literal('no-access'), why: text(40) }),
  z.strictObject({
    kind: z.literal('unreadable'),
    why: z.enum([
      'layout-unknown',
      'answer-refused',
      'answer-not-json',
      'amounts-hidden',
      'page-too-large',
      'still-loading',
      'challenge',
    ]),
  }),
]);

const pageMessage = z.strictObject({ from: z.literal('page'), siteId: text(40), reading });

export interface PageMessage {
  readonly from: 'page';
  readonly siteId: string;
  readonly reading: Reading;
}

/** Null for anything that is not exactly a page message. */
export function parsePageMessage(raw: unknown): PageMessage | null {
  const parsed = pageMessage.safeParse(raw);
  return parsed.success ? parsed.data : null;
}
