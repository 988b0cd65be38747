/** What our pages send of bills that no page was read for: typed by hand, or out of a file. */
import * as z from 'zod/mini';
import { type Day, type Instant, isInstant, toDay } from '../core/day.ts';
import type { ImportedBill } from '../core/import/rows.ts';
import { type Fen, fen as toFen } from '../core/money.ts';
import { SOURCES } from '../core/reading.ts';

const day = z.custom<Day>((value) => typeof value === 'string' && toDay(value) !== null);
export const fen = z.custom<Fen>(isFen);
export const text = (most: number) => z.string().check(z.maxLength(most));
export const named = text(200).check(z.minLength(1));

export const billGiven = z.strictObject({
  title: named,
  dueDay: z.nullable(day),
  remainingFen: z.nullable(fen),
  minimumFen: z.nullable(fen),
  statementDay: z.nullable(day),
  note: text(500),
  isMonthly: z.boolean(),
});

export const importedBill: z.ZodMiniType<ImportedBill> = z.strictObject({
  siteId: z.enum(['file', 'statement']),
  account: named,
  note: z.optional(text(500)),
  family: z.literal('issued'),
  key: named,
  title: named,
  dueDay: z.nullable(day),
  dueDayIs: z.literal('stated'),
  statementDay: z.nullable(day),
  totalFen: z.nullable(fen),
  remainingFen: z.nullable(fen),
  minimumFen: z.nullable(fen),
  overdueFeeFen: z.nullable(fen),
  standing: z.enum(['open', 'settled', 'unknown']),
  doubts: z
    .array(
      z.strictObject({
        field: z.enum(['dueDay', 'remainingFen', 'totalFen', 'minimumFen', 'standing']),
        values: z
          .array(z.strictObject({ source: z.enum(SOURCES), value: z.union([text(40), z.number()]) }))
          .check(z.maxLength(8)),
      }),
    )
    .check(z.maxLength(8)),
  source: z.literal('file'),
  sentAt: z.optional(z.nullable(z.custom<Instant>(isInstant))),
});

function isFen(value: unknown): value is Fen {
  try {
    return typeof value === 'number' && value >= 0 && toFen(value) === value;
  } catch {
    return false; // RangeError: no count of fen
  }
}
