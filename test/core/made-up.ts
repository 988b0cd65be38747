/** Made-up bills and readings for tests: right in every field, so that a test names only what it is about. */
import { type Bill, billId } from '../../src/core/bill.ts';
import { type Day, type Instant, toDay } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { ReadBill, Reading } from '../../src/core/reading.ts';

export const at = (text: string): Instant => Date.parse(`${text.replace(' ', 'T')}+08:00`);

export function day(text: string): Day {
  const read = toDay(text);
  if (!read) throw new Error(`no day of the calendar: ${text}`);
  return read;
}

export function readBill(part: Partial<ReadBill> = {}): ReadBill {
  return {
    family: 'issued',
    key: 'k1',
    title: '九月账单',
    dueDay: day('2026-09-14'),
    dueDayIs: 'stated',
    statementDay: day('2026-09-05'),
    totalFen: 40000 as Fen,
    remainingFen: 38620 as Fen,
    minimumFen: 4000 as Fen,
    overdueFeeFen: null,
    standing: 'open',
    doubts: [],
    source: 'responses',
    ...part,
  };
}

export const SITE = 'made-up';
export const READ_AT = at('2026-09-10 12:00');

export function bill(part: Partial<Bill> = {}): Bill {
  const read = readBill(part);
  return {
    ...read,
    id: billId(SITE, 'default', read.key),
    siteId: SITE,
    account: 'default',
    owedSince: READ_AT,
    readAt: READ_AT,
    owner: {},
    ...part,
  };
}

export function billsReading(
  bills: readonly ReadBill[],
  covered: Extract<Reading, { kind: 'bills' }>['covered'] = [],
): Extract<Reading, { kind: 'bills' }> {
  return { kind: 'bills', bills, covered, accountMarker: null };
}
