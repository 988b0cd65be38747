/** A bill as its row, and back. The popup loads this: nothing heavier than the bill itself. */
import { type Bill, watchDayOf } from '../core/bill.ts';
import type { BillRow } from './database.ts';
import { soundBill } from './sound.ts';

export function billIn({ watchDay: _, ...row }: BillRow): Bill {
  return soundBill(row);
}

/** Kept as it was given, so that a newer version's values pass through; the index goes by what this version makes of it. */
export function billRow(bill: Bill): BillRow {
  const watchDay = watchDayOf(soundBill(bill));
  return watchDay === undefined ? bill : { ...bill, watchDay };
}
