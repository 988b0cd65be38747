/** What our pages send of bills that no page was read for: typed by hand, or out of a file. */
import * as z from 'zod/mini';
import { type Instant, isInstant } from '../core/day.ts';
import type { ImportedBill } from '../core/import/rows.ts';
import { day, fen, filled, readFields, text } from './fields.ts';

export const billGiven = z.strictObject({
  title: filled(200),
  dueDay: z.nullable(day),
  remainingFen: z.nullable(fen),
  minimumFen: z.nullable(fen),
  statementDay: z.nullable(day),
  note: text(500),
  isMonthly: z.boolean(),
});

export const importedBill: z.ZodMiniType<ImportedBill> = z.strictObject({
  ...readFields,
  siteId: z.enum(['file', 'statement']),
  account: filled(200),
  note: z.optional(text(500)),
  family: z.literal('issued'),
  key: filled(200),
  dueDayIs: z.literal('stated'),
  source: z.literal('file'),
  sentAt: z.optional(z.nullable(z.custom<Instant>(isInstant))),
});
