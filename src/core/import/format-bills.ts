/** Bills → the columns that `table.ts` reads, for a spreadsheet and back again. */
import type { Bill } from '../bill.ts';
import { type Fen, formatFen } from '../money.ts';
import { formatCsv, guarded } from './csv.ts';

const HEADINGS = ['标题', '最后还款日', '剩余应还', '最低还款', '账单总额', '账单日', '备注'];

/** With the mark at the beginning by which Excel knows UTF-8. A bill that the owner marked as paid says so in no column: its amounts are the page's. */
export function csvOfBills(bills: readonly Bill[]): string {
  const rows = bills.map(({ title, dueDay, remainingFen, minimumFen, totalFen, statementDay, owner }) => [
    guarded(title),
    dueDay ?? '未知',
    amount(remainingFen),
    amount(minimumFen),
    amount(totalFen),
    statementDay ?? '',
    guarded(owner.note ?? ''),
  ]);
  return `\ufeff${formatCsv([HEADINGS, ...rows])}`;
}

function amount(fen: Fen | null): string {
  return fen === null ? '' : formatFen(fen).replaceAll(',', '');
}
