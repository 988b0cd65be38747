/** What several messages are made of. */
import * as z from 'zod/mini';
import { type Day, toDay } from '../core/day.ts';
import { type Fen, fen as toFen } from '../core/money.ts';
import { SOURCES } from '../core/reading.ts';

export const text = (most: number) => z.string().check(z.maxLength(most));
export const filled = (most: number) => text(most).check(z.minLength(1));
export const day = z.custom<Day>((value) => typeof value === 'string' && toDay(value) !== null);
export const fen = z.custom<Fen>(isFen);

/** What a page and a file tell of a bill alike. */
export const readFields = {
  title: filled(200),
  dueDay: z.nullable(day),
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
};

/** Null for anything that is not exactly such a message. */
export function parserOf<Message>(schema: z.ZodMiniType<Message>): (raw: unknown) => Message | null {
  return (raw) => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? parsed.data : null;
  };
}

function isFen(value: unknown): value is Fen {
  try {
    return typeof value === 'number' && value >= 0 && toFen(value) === value;
  } catch {
    return false; // RangeError: no count of fen
  }
}
