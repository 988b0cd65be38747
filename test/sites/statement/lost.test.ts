/** Made-up mails in which what is left out beside the bill could be a bill. All names and numbers are invented. */
import { describe, expect, it } from 'vitest';
import { DAYS, OWED, p, table, told, WHOLE } from './told.ts';

const DUE = p('到期还款日 2026-09-01');
const MONTHS = ['2026年07月', '2026年08月'] as const;

describe('of a former month, what is left is owed, and its day is not told', () => {
  it.each([
    ['a column', table(['账单月份', '待还金额'], [MONTHS[0], '300.00'], [MONTHS[1], '1,234.56'])],
    ['one row', table(['账单月份', '未还金额'], [MONTHS[0], '300.00'])],
    [
      'a column of several',
      table(
        ['账单月份', '账单金额', '剩余应还'],
        [MONTHS[0], '900.00', '300.00'],
        [MONTHS[1], '1,234.56', '1,234.56'],
        ['2026年06月', '800.00', '0.00'],
      ),
    ],
    ['whole yuan', table(['账单月份', '待还金额'], [MONTHS[0], '300'], ['2026年06月', '0'])],
    ['by name', table(['', '待还金额'], ['上期', '300.00'], ['本期', '1,234.56'])],
    ['a line', p('7月账单待还 300.00')],
    ['a line that calls it late', p('7月账单逾期待还 300.00')],
    ['a line with all of it', p('7月账单金额 900.00 已还 600.00 待还 300.00')],
    ['a line that ends with it', '<ul><li>7月账单 300.00 待还</li><li>6月账单 800.00 已还清</li></ul>'],
  ])('%s', (_, html) => {
    expect(told(DAYS + OWED + html)).toBe(`${WHOLE}; ? 30000 ? open`);
    expect(told(html + DAYS + OWED)).toBe(`${WHOLE}; ? 30000 ? open`);
  });

  it.each([
    ['paragraphs', p('7月账单待还 300.00', '还款日 2026-08-10', '8月账单待还 500.00', '还款日 2026-09-10')],
    [
      'boxes',
      '<div><div><b>7月</b> 待还 300.00</div><p>还款日 2026-08-10</p></div><div><div><b>8月</b> 待还 500.00</div><p>还款日 2026-09-10</p></div>',
    ],
    ['lists', p('7月账单应还 300.00', '还款日 2026-08-10', '8月账单应还 500.00', '还款日 2026-09-10')],
  ])('with a day right behind it is a bill: %s', (_, html) =>
    expect(told(html)).toBe('2026-08-10 30000 ? open; 2026-09-10 50000 ? open'),
  );

  it('nothing is', () => {
    expect(told(DAYS + OWED + p('7月账单待还 0.00'))).toBe(WHOLE);
    const ROWS = [
      ['2026年06月', '-'],
      ['2026年07月', '0.00'],
    ];
    expect(told(DAYS + OWED + table(['账单月份', '待还金额'], ...ROWS))).toBe(WHOLE);
  });

  it('but where no other amount is told, it is the bill', () => {
    const subject = '白条账单';
    expect(told(p('7月账单待还 300.00', '还款日 8月20日'), { subject })).toBe('2026-08-20 30000 ? open');
    const rows = table(['月份', '待还金额'], ['6月', '200.00'], ['7月', '300.00']);
    expect(told(p('还款日 8月20日') + rows, { subject })).toBe('2026-08-20 20000 ? open; 2026-08-20 30000 ? open');
  });

  it('of days too', () =>
    expect(told(DAYS + OWED + table(['账单日', '待还金额'], ['2026-07-13', '300.00']))).toContain(' 30000 '));

  it('and no plan tells it', () => {
    const plan = table(['还款月份', '待还金额'], ['2026年09月', '300.00'], ['2026年10月', '200.00']);
    expect(told(DAYS + OWED + plan)).toBe(WHOLE);
    expect(told(DAYS + OWED + plan.replace('还款月份', '月份'))).toBe(WHOLE);
  });
});

describe('a list is left out of what it is beside alone', () => {
  const OTHER = p('京东金条 本期应还 500.00');
  it.each([
    [
      "the month's own amount, beside another debt",
      DUE + OTHER + table(['账单月份', '白条应还金额'], [MONTHS[0], '900.00'], [MONTHS[1], '1,234.56']),
      '2026-09-01 123456 ? open; 2026-09-01 50000 ? open',
    ],
    [
      'the parts of more than what is told',
      DUE + OTHER + table(['项目', '应还金额'], ['本金', '1,000.00'], ['利息', '20.00']),
      '2026-09-01 100000 ? open; 2026-09-01 2000 ? open; 2026-09-01 50000 ? open',
    ],
    [
      'columns with days, beside another debt',
      `<div>${OTHER}${p('还款日 2026-09-15')}</div>${table(['', '7月账单', '8月账单'], ['应还金额', '900.00', '1,234.56'], ['还款日', '2026-08-10', '2026-09-10'])}`,
      '2026-09-15 50000 ? open; 2026-09-10 123456 ? open',
    ],
    [
      'months of two products',
      DUE + table(['月份', '产品', '应还'], ['8月', '白条', '300.00'], ['9月', '金条', '500.00']),
      '2026-09-01 30000 ? open; 2026-09-01 50000 ? open',
    ],
    [
      'months of two cards',
      DUE +
        table(['账单月份', '卡号', '应还金额'], ['2026-08', '****1234', '300.00'], ['2026-07', '****5678', '500.00']),
      '2026-09-01 30000 ? open; 2026-09-01 50000 ? open',
    ],
    [
      'instalments of two loans',
      DUE + OTHER + table(['期次', '应还金额'], ['第3期', '100.00'], ['第7期', '300.00']),
      '2026-09-01 10000 ? open; 2026-09-01 30000 ? open; 2026-09-01 50000 ? open',
    ],
    [
      'instalments of two loans whose head alone says so',
      DUE + table(['产品', '分期', '应还金额'], ['甲', '3/12', '300.00'], ['乙', '5/12', '600.00']),
      '2026-09-01 30000 ? open; 2026-09-01 60000 ? open',
    ],
    [
      'months as values',
      table(
        ['账单月份', MONTHS[1], '还款月份', '2026年09月'],
        ['本期应还款额', '1,234.56', '到期还款日', '2026-09-01'],
      ),
      '2026-09-01 123456 ? open',
    ],
    [
      'of two cards, one has another statement day, and no due day',
      table(
        ['卡号', '账单日', '到期还款日', '本期应还'],
        ['****1234', '2026-08-13', '2026-09-01', '100.00'],
        ['****5678', '2026-07-18', '', '200.00'],
      ),
      '2026-09-01 10000 ? open; 2026-09-01 20000 ? open',
    ],
    [
      'two equal amounts and nothing',
      DAYS +
        table(
          ['名称', '本期应还款额', '最低还款额'],
          ['甲', '500.00', '25.00'],
          ['乙', '500.00', '25.00'],
          ['丙', '0.00', '0.00'],
        ),
      '2026-09-01 50000 2500 open; 2026-09-01 50000 2500 open; 2026-09-01 0 0 settled',
    ],
    [
      'the next month of another debt',
      p('白条本月应还 300.00', '金条9月应还 500.00', '还款日 2026-09-10'),
      '2026-09-10 30000 ? open; 2026-09-10 50000 ? open',
    ],
    [
      'a month, beside nothing in this',
      p('本期应还 0.00 元', '9月应还 500.00', '还款日 2026-09-10'),
      '2026-09-10 0 ? settled; 2026-09-10 50000 ? open',
    ],
    [
      'a month of the plan is none of the statement',
      DAYS + table(['月份', '应还金额'], ['8月', '90.00'], ['9月', '91.00']),
      '2026-09-01 ? ? unknown',
    ],
    [
      'a last bill that was not paid, and words of what is owed elsewhere',
      DAYS + p('本期账单金额 300.00', '本期应还 1,234.56', '分期未还 5,000.00', '逾期欠款请尽快还清'),
      '2026-09-01 123456 ? open',
    ],
  ])('%s', (_, html, expected) => expect(told(html)).toBe(expected));

  it.each([
    ['the last', '<p><b>上期</b>账单应还 900.00</p><p><b>上期</b>应还日期 2026-08-01</p>', WHOLE],
    ['a former', '<p><b>7月</b>账单应还 900.00</p>', WHOLE],
  ])('%s month is named in a text of its own', (_, html, expected) => expect(told(html + DAYS + OWED)).toBe(expected));

  it('a sentence that asks for it is no example', () => {
    const words = '如您本期应还款额1,234.56元尚未归还，请于2026-09-01前还款，最低还款额61.73元';
    expect(told(p(words), { subject: '还款提醒' })).toBe('2026-09-01 ? 6173 unknown');
  });

  it('and so may be the own', () =>
    expect(told(`${DUE}<h3>8月</h3>${p('账单应还 1,234.56')}`)).toBe('2026-09-01 123456 ? open'));

  it.each(['白条还款提醒', '京东图书订单还款提醒', '图书白条电子账单'])(
    'what was bought is no library: %s',
    (subject) =>
      expect(told(p('您购买的图书', '白条本期应还 30.00 元', '还款日 2026-09-10'), { subject })).toBe(
        '2026-09-10 3000 ? open',
      ),
  );
});

describe('dollars under a label and no yuan are not nothing', () => {
  const LABELS = ['本期应还款额(人民币)', '本期应还款额(美元)'] as const;
  it.each([
    ['columns', table([...LABELS], ['0.00', '99.00'])],
    ['rows', table([LABELS[0], '0.00'], [LABELS[1], '99.00'])],
    ['paragraphs', p(`${LABELS[0]} 0.00`, `${LABELS[1]} 99.00`)],
  ])('%s', (_, html) => {
    expect(told(DAYS + html)).toMatch(/^2026-09-01 \? \? unknown/);
    expect(told(DAYS + html.replace('99.00', '0.00'))).toBe('2026-09-01 0 ? settled');
  });
});

describe('a sheet that hides for some readers hides nothing', () => {
  it.each([
    ['of one program', '<!--[if mso]><style>.a{display:none}</style><![endif]-->'],
    ['of print', '<style media="print">.a{display:none}</style>'],
    ['of small screens', '<style type="text/css" media="(max-width:600px)">.a{display:none}</style>'],
    ['but by an id', '<style>.a{display:none} #bill{display:block}</style>'],
    ['but by an attribute', '<style>.a{display:none} @media (min-width:600px){*[class~="a"]{display:block}}</style>'],
  ])('%s', (_, sheet) => expect(told(`${sheet}<div id="bill" class="a">${DAYS}${OWED}</div>`)).toBe(WHOLE));

  it('nor one that hides all that is told', () => {
    const html = `<style>.a{opacity:0}</style><div class="a">${DAYS}${OWED}</div><p>还款提醒</p>`;
    expect(told(html, { subject: '还款提醒' })).toBe(WHOLE);
  });

  it('and a comment beside a sheet does not stop it', () => {
    const sheet = '<!-- a --><!--[if !mso]><!--><style><!-- .a{display:none} --></style><!--<![endif]-->';
    expect(told(`${sheet}<div class="a">${p('本期应还款额 777.00')}</div>${DAYS}${OWED}`)).toBe(WHOLE);
  });
});
