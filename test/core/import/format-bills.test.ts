import { describe, expect, it } from 'vitest';
import { guarded, unguarded } from '../../../src/core/import/csv.ts';
import { csvOfBills } from '../../../src/core/import/format-bills.ts';
import { readCsv } from '../../../src/core/import/table.ts';
import type { Fen } from '../../../src/core/money.ts';
import { bill, day } from '../made-up.ts';

const back = (text: string) => {
  const table = readCsv(text, day('2026-09-10'));
  if (table.kind === 'refused') throw new Error(table.code);
  return table.rows.map((row) => (row.kind === 'bill' ? row.bill : row.code));
};

describe('bills as CSV', () => {
  it('the import reads every column back', () => {
    const bills = [
      bill({ title: '信用卡，"金"\n分期', remainingFen: 123456789 as Fen, owner: { note: '工资卡\n第二行' } }),
      bill({
        title: '不知道哪天',
        dueDay: null,
        remainingFen: null,
        minimumFen: null,
        totalFen: null,
        statementDay: null,
      }),
      bill({ title: '还清了', remainingFen: 0 as Fen }),
    ];
    const text = csvOfBills(bills);
    expect(text.startsWith('\ufeff标题,最后还款日,')).toBe(true);
    expect(text).toContain('1234567.89');
    expect(back(text)).toMatchObject([
      {
        title: '信用卡，"金" 分期',
        dueDay: '2026-09-14',
        remainingFen: 123456789,
        minimumFen: 4000,
        totalFen: 40000,
        statementDay: '2026-09-05',
        note: '工资卡 第二行',
      },
      { title: '不知道哪天', dueDay: null, remainingFen: null },
      { title: '还清了', remainingFen: 0, standing: 'settled' },
    ]);
  });

  it.each(['=1+1', '+86', '-2', '@cmd', ' =1', '＝1', "'=1", "''=1", '\t=1'])(
    '%j is no formula in a spreadsheet',
    (text) => {
      expect(guarded(text)).toBe(`'${text}`);
      expect(unguarded(guarded(text))).toBe(text);
      const [read] = back(csvOfBills([bill({ title: text, owner: { note: text } })]));
      expect(read).toMatchObject({ title: text.trim(), note: text.trim() });
    },
  );

  it.each(['标题', "it's", "'quoted'", 'a=b', ''])('%j stays as it is', (text) => {
    expect(guarded(text)).toBe(text);
    expect(unguarded(text)).toBe(text);
  });
});
