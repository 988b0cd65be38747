import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../../src/core/day.ts';
import { formatCsv } from '../../../src/core/import/csv.ts';
import { planImport, twinsAmong } from '../../../src/core/import/plan.ts';
import type { ImportedBill, ImportRow } from '../../../src/core/import/rows.ts';
import { readCsv, readJson } from '../../../src/core/import/table.ts';

const today = '2026-08-15' as Day;
const now = Date.parse('2026-08-15T10:00:00+08:00');

function rowsOf(text: string): readonly ImportRow[] {
  const table = readCsv(text, today);
  if (table.kind !== 'rows') throw new Error(table.code);
  return table.rows;
}

const billsOf = (rows: readonly ImportRow[]): ImportedBill[] =>
  rows.flatMap((row) => (row.kind === 'bill' ? [row.bill] : []));
const shown = (rows: readonly ImportRow[]) =>
  rows.map((row) =>
    row.kind === 'bill'
      ? [row.bill.title, row.bill.dueDay, row.bill.remainingFen, row.bill.minimumFen, row.bill.statementDay]
      : [row.line, row.code, row.text],
  );

describe('tables of bills', () => {
  it.each([
    ['Chinese headings', '标题,最后还款日,剩余应还,最低还款,账单日\n房租,2026-09-01,"1,234.50",,2026-08-20'],
    ['other Chinese headings', '名称;到期日;金额（元）;最低;出账日\n房租;2026年9月1日;￥1,234.50;-;2026/8/20'],
    ['English headings', 'Title\tDue Date\tAmount\tMinimum\tStatement Day\n房租\t2026.09.01\t1234.5\t\t20260820'],
    [
      'words above the header',
      '我的账单\n导出于 2026-08-15\n标题,还款日,金额,账单日\n房租,9月1日,1234.50元,2026-08-20',
    ],
    ['full-width', '标题，还款日，金额，账单日\n房租，２０２６-０９-０１，１２３４．５０，2026-08-20'],
  ])('%s', (_, text) => {
    expect(shown(rowsOf(text))).toEqual([['房租', '2026-09-01', 123450, null, '2026-08-20']]);
  });

  it('gives each row that it refuses a reason', () => {
    const text = [
      '标题,还款日,金额,账单日',
      ',2026-09-01,1',
      '无日,,1',
      '二月,2026-02-30,1',
      '远,2030-01-01,1',
      '字,2026-09-01,一百',
      '科学,2026-09-01,1e9',
      '负,2026-09-01,-5',
      '账,2026-09-01,1,昨天',
      '好,不知道,',
      '好二,2026-09-01,5',
      '好二,2026-09-01,5',
      '好二,2026-09-01,6',
    ].join('\n');
    expect(shown(rowsOf(text))).toEqual([
      [2, 'title-missing', ''],
      [3, 'due-missing', ''],
      [4, 'due-unreadable', '2026-02-30'],
      [5, 'due-unreadable', '2030-01-01'],
      [6, 'amount-unreadable', '一百'],
      [7, 'amount-unreadable', '1e9'],
      [8, 'amount-negative', '-5'],
      [9, 'statement-unreadable', '昨天'],
      ['好', null, null, null, null],
      ['好二', '2026-09-01', 500, null, null],
      [12, 'repeated-row', '好二'],
      ['好二', '2026-09-01', 600, null, null],
    ]);
  });

  it('reads lists of objects, in yuan or in fen', () => {
    const list = [
      { title: '房租', due: '2026-09-01', amount: 1234.5 },
      { 标题: '车贷', 还款日: null, 剩余应还: '88.00' },
      { title: '卡', dueDay: '2026-09-02', remainingFen: 1205, minimumFen: 100, statementDay: '2026-08-20', note: 'n' },
      7,
      null,
    ];
    const table = readJson(JSON.stringify({ bills: list }), today);
    expect(table.kind === 'rows' && shown(table.rows)).toEqual([
      ['房租', '2026-09-01', 123450, null, null],
      ['车贷', null, 8800, null, null],
      ['卡', '2026-09-02', 1205, 100, '2026-08-20'],
      [4, 'not-a-row', '7'],
      [5, 'not-a-row', 'null'],
    ]);
  });

  it.each([
    [
      'an amount whose comma no quotes hold',
      '标题,还款日,金额\n房租,2026-09-01,1,234.50',
      [2, 'too-many-cells', '234.50'],
    ],
    ['the same before a column', '标题,还款日,金额,最低还款\n房租,2026-09-01,1,234.50,9', [2, 'too-many-cells', '9']],
    [
      'empty cells behind the last column',
      '标题,还款日,金额\n房租,2026-09-01,1,, ',
      ['房租', '2026-09-01', 100, null, null],
    ],
    ["a bank's own words", '标题,到期还款日,本期应还金额\n房租,2026-09-01,1', ['房租', '2026-09-01', 100, null, null]],
  ])('%s', (_, text, expected) => expect(shown(rowsOf(text))).toEqual([expected]));

  it('a quote that is not closed costs no row behind it', () => {
    expect(shown(rowsOf('标题,还款日,金额\n"房租,2026-09-01,1\n车贷,2026-09-02,5'))).toEqual([
      ['"房租', '2026-09-01', 100, null, null],
      ['车贷', '2026-09-02', 500, null, null],
    ]);
  });

  it('an amount that is there and cannot be read is no unknown one', () => {
    const rows = [
      { remainingFen: 100.5 },
      { remainingFen: '1.00' },
      { amount: { value: 1 } },
      { amount: [1] },
      { amount: true },
    ];
    const table = readJson(JSON.stringify(rows.map((row) => ({ title: '卡', due: '2026-09-01', ...row }))), today);
    expect(table.kind === 'rows' && shown(table.rows)).toEqual([
      [1, 'amount-unreadable', '100.5'],
      [2, 'amount-unreadable', '1.00'],
      [3, 'amount-unreadable', '{"value":1}'],
      [4, 'amount-unreadable', '[1]'],
      [5, 'amount-unreadable', 'true'],
    ]);
  });

  it('ten thousand debts of one name and day are told apart, each in its turn', () => {
    const rows = rowsOf(
      `标题,还款日,金额\n${Array.from({ length: 10_000 }, (_, n) => `卡,2026-09-01,${n}`).join('\n')}`,
    );
    expect(new Set(billsOf(rows).map(({ key }) => key)).size).toBe(10_000);
    expect(billsOf(rows)[1]?.key).toBe('file:2026-09-01:卡:2');
  });

  it.each([
    ['empty', readCsv('', today)],
    ['empty', readCsv('标题,还款日\n', today)],
    ['no-header', readCsv('a,b\n1,2', today)],
    ['too-many-rows', readCsv(`标题,还款日\n${'a,2026-09-01\n'.repeat(10_001)}`, today)],
    ['not-json', readJson('{', today)],
    ['no-header', readJson('{}', today)],
    ['empty', readJson('[]', today)],
    ['too-many-rows', readJson(JSON.stringify(Array(10_001).fill({})), today)],
  ])('refuses a file as %s', (code, table) => {
    expect(table).toEqual({ kind: 'refused', code });
  });
});

const word = fc.constantFrom(
  '房租',
  '车贷',
  '卡',
  '',
  '2026-09-01',
  '2026-02-30',
  '12.30',
  '-1',
  '不知道',
  '"',
  '\n',
  '9月1日',
);
const rows = fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { maxLength: 30 });
const HEADER = ['标题', '还款日', '金额', '最低还款', '账单日'];

describe('laws', () => {
  it('no row is lost without a report', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const kept = cells.filter((row) => row.some((value) => value.trim() !== ''));
        const table = readCsv(formatCsv([HEADER, ...cells]), today);
        expect(table.kind === 'rows' ? table.rows.length : 0).toBe(kept.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('importing twice is importing once, and no two rows share a bill', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const table = readCsv(formatCsv([HEADER, ...cells]), today);
        const given = table.kind === 'rows' ? billsOf(table.rows) : [];
        const first = planImport(given, [], now);
        expect(first.every(({ change }) => change === 'new')).toBe(true);
        const stored = first.map(({ bill }) => bill);
        expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
        const second = planImport(given, stored, now + 1000);
        expect(second.every(({ change }) => change === 'same')).toBe(true);
        expect(second.map(({ bill }) => bill)).toEqual(stored);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (text, value) => {
        readCsv(text, today);
        readJson(text, today);
        readJson(JSON.stringify(value), today);
        readJson(JSON.stringify([value]), today);
      }),
      { numRuns: 300, examples: [['', [{ toString: 0 }]]] },
    );
  });
});

describe('what an import changes', () => {
  const given = billsOf(rowsOf('标题,还款日,金额,备注\n房租,2026-09-01,100,新'))[0]!;
  const stored = planImport([given], [], now)[0]!.bill;

  it('leaves what the owner said, and what the file does not say', () => {
    const paid = { ...stored, minimumFen: stored.remainingFen, owner: { paidAt: now, note: '旧' } };
    const [planned] = planImport([{ ...given, remainingFen: null, standing: 'unknown' }], [paid], now + 5);
    expect(planned).toEqual({ change: 'same', bill: paid, former: paid });
  });

  it('a changed amount is a change; its reminders since then stay owed', () => {
    const [planned] = planImport(billsOf(rowsOf('标题,还款日,金额\n房租,2026-09-01,90')), [stored], now + 5);
    expect(planned).toMatchObject({ change: 'changed', bill: { remainingFen: 9000, owedSince: now, readAt: now + 5 } });
    expect(planned?.bill.owner).toEqual({ note: '新' });
  });

  it("a second card's mail of the same day does not take the first one's place, in any order, however often", () => {
    const mail = (remaining: number, nth = ''): ImportedBill => ({
      ...given,
      siteId: 'statement',
      account: 'cmb',
      key: `statement:cmb:2026-09-01${nth}`,
      title: '招商银行8月账单',
      remainingFen: remaining as ImportedBill['remainingFen'],
    });
    const first = planImport([mail(100), mail(200, ':2'), mail(50)], [], now).map(({ bill }) => bill);
    expect(first.map(({ key, title, remainingFen }) => [key.slice(14), title.slice(8), remainingFen])).toEqual([
      ['2026-09-01', '', 100],
      ['2026-09-01:2', '（2）', 200],
      ['2026-09-01:3', '（3）', 50],
    ]);
    const again = planImport([mail(50), mail(100), mail(200, ':2')], first, now + 5);
    expect(again.map(({ change }) => change)).toEqual(['same', 'same', 'same']);
  });

  it('knows the bill that a page already shows', () => {
    const page = { ...stored, siteId: 'jd-baitiao', id: 'jd-baitiao/default/1' };
    expect(twinsAmong([stored, page]).of(stored)).toBe(page);
    expect(twinsAmong([stored]).of(stored)).toBeNull();
  });
});
