/** Values of this site's answers: yuan as number or text, days as `yyyy-MM-dd HH:mm:ss` (facts §2.0). */
import { addDays, type Day, parseDay } from '../../core/day.ts';
import { type Fen, parseFen } from '../../core/money.ts';
import type { Doubt, Standing } from '../../core/reading.ts';
import { standingFrom } from '../../core/reading.ts';
import { DUE_AFTER_STATEMENT_DAYS } from './manifest.ts';

/** The first of the fields that is an amount; null when none is. */
export function yuan(...values: readonly unknown[]): Fen | null {
  for (const value of values) {
    const amount = parseFen(value);
    if (amount !== null) return amount;
  }
  return null;
}

/** The due day as stated; reckoned from the statement day, and marked so, where it is not. */
export function dueDays(
  stated: unknown,
  statement: unknown,
  today: Day,
): { dueDay: Day | null; dueDayIs: 'stated' | 'estimated'; statementDay: Day | null } {
  const statementDay = parseDay(statement, today);
  const dueDay = parseDay(stated, today);
  if (dueDay || !statementDay) return { dueDay, dueDayIs: 'stated', statementDay };
  return { dueDay: addDays(statementDay, DUE_AFTER_STATEMENT_DAYS), dueDayIs: 'estimated', statementDay };
}

/**
 * Open or settled by what is left to pay. A status code never decides; one that contradicts is kept as a doubt.
 * `"2"` = 已结清 is the only code known (facts §2.2).
 */
export function standingBeside(remaining: Fen | null, status: unknown): { standing: Standing; doubts: Doubt[] } {
  const standing = standingFrom(remaining, false);
  const says = typeof status !== 'string' || status === '' ? null : status === '2' ? 'settled' : 'open';
  if (standing === 'unknown' || says === null || says === standing) return { standing, doubts: [] };
  return {
    standing,
    doubts: [
      {
        field: 'standing',
        values: [
          { source: 'responses', value: standing },
          { source: 'responses', value: says },
        ],
      },
    ],
  };
}

/** The part that was moved to instalments, where there is one. */
export function instalment(raw: unknown): { readonly instalmentFen?: Fen } {
  const instalmentFen = yuan(raw);
  return instalmentFen ? { instalmentFen } : {};
}
