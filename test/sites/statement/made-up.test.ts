/** Mails of lenders and forms that no saved mail has. All names and numbers are invented. */
import { describe, expect, it } from 'vitest';
import { parseMail } from '../../../src/sites/statement/mail.ts';
import { DAYS, OWED, p, readingOf, table, told, WHOLE } from './told.ts';

const DUE = p('到期还款日 2026-09-01');

describe('months that are listed beside the bill are not due with it', () => {
  const ROWS = [
    ['2026年06月', '800.00'],
    ['2026年07月', '900.00'],
    ['2026年08月', '1,234.56'],
  ];
  const HISTORY = table(['账单月份', '应还金额'], ...ROWS);
  it.each([
    ['behind it', DAYS + OWED + HISTORY],
    ['before it', HISTORY + DAYS + OWED],
    ['newest first', DAYS + OWED + table(['账单月', '应还金额'], ...ROWS.toReversed())],
    ['of other months alone', DAYS + OWED + table(['账单月份', '应还金额'], ...ROWS.slice(0, 2))],
    [
      'with more columns',
      DAYS +
        OWED +
        table(['月份', '应还金额', '最低还款额'], ['2026-07', '900.00', '45.00'], ['2026-06', '800.00', '40.00']),
    ],
    [
      'paid',
      DAYS + OWED + table(['账单月份', '账单金额', '状态'], ['7月', '900.00', '已还清'], ['6月', '800.00', '已还清']),
    ],
    ['as columns', DAYS + OWED + table(['月份', '6月', '7月', '8月'], ['应还金额', '800.00', '900.00', '1,234.56'])],
    [
      'under a head of their own',
      `${DAYS + OWED}<table><thead><tr><th>账单月份</th><th>应还金额</th></tr></thead><tbody><tr><td>202606</td><td>800.00</td></tr><tr><td>202607</td><td>900.00</td></tr></tbody></table>`,
    ],
    [
      'in boxes',
      `${DAYS + OWED}<div><div><b>账单月份</b><b>应还金额</b></div><div><b>2026年06月</b><b>800.00</b></div><div><b>2026年07月</b><b>900.00</b></div></div>`,
    ],
    ['as lines', DAYS + OWED + p('6月应还金额 800.00', '7月应还金额 900.00')],
    ['by their names', DAYS + OWED + table(['期数', '应还金额'], ['上期', '900.00'], ['上上期', '800.00'])],
    [
      'and its own among them',
      DAYS + table(['账期', '应还金额', '最低还款额'], ['本期', '1,234.56', '61.73'], ['上期', '900.00', '45.00']),
    ],
    ['by their cycles', DAYS + OWED + table(['账单周期', '应还金额'], ['2026/06/14-2026/07/13', '900.00'])],
    ['by their days', DAYS + OWED + table(['账单日', '应还金额'], ['2026-07-13', '900.00'], ['2026-06-13', '800.00'])],
    ['as one line', DAYS + OWED + p('10月应还 300.00')],
    ['of a plan', DAYS + OWED + table(['还款月份', '应还金额'], ['2026年09月', '1,234.56'], ['2026年10月', '500.00'])],
    ['by number', DAYS + OWED + table(['期次', '应还金额'], ['第1期', '100.00'], ['第2期', '101.00'])],
  ])('%s', (_, html) => expect(told(html)).toBe(WHOLE));

  it.each([
    ["the month's own row is the bill where nothing else tells it", DAYS + HISTORY, '2026-09-01 123456 ? open'],
    [
      'and its own column',
      DAYS + table(['月份', '7月', '8月'], ['应还金额', '900.00', '1,234.56']),
      '2026-09-01 123456 ? open',
    ],
    ['by when it was sent, where it has no statement day', DUE + HISTORY, '2026-09-01 123456 ? open'],
    ['no other is', DAYS + table(['账单月份', '应还金额'], ...ROWS.slice(0, 2)), '2026-09-01 ? ? unknown'],
    [
      'nor any of a plan',
      DUE + table(['还款月份', '应还金额'], ['2026年08月', '90.00'], ['2026年09月', '91.00']),
      '2026-09-01 ? ? unknown',
    ],
    [
      'a single one is no list',
      DAYS + table(['账单月份', '应还金额'], ['2026年07月', '900.00']),
      '2026-09-01 90000 ? open',
    ],
    [
      'what is left of one is owed',
      DUE + p('7月账单待还 300.00', '8月账单待还 1,234.56'),
      '2026-09-01 123456 ? open; ? 30000 ? open',
    ],
    [
      'a name that begins as one does is none',
      DUE + table(['卡片', '应还金额'], ['8月联名卡', '100.00'], ['9月联名卡', '200.00']),
      '2026-09-01 10000 ? open; 2026-09-01 20000 ? open',
    ],
    [
      'one that is late is owed',
      DAYS +
        OWED +
        table(
          ['账单月份', '应还金额', '状态'],
          ['2026年06月', '800.00', '已逾期'],
          ['2026年07月', '900.00', '已还清'],
          ['2026年05月', '700.00', '已还清'],
        ),
      `2026-09-01 80000 ? open; ${WHOLE}`,
    ],
    [
      'with a day of its own each is a bill',
      DAYS +
        table(['期次', '还款日', '应还金额'], ['第1期', '2026-09-01', '100.00'], ['第2期', '2026-10-01', '101.00']),
      '2026-09-01 10000 ? open; 2026-10-01 10100 ? open',
    ],
    [
      'what it is made of is in it',
      DUE + table(['项目', '应还金额'], ['本金', '1,000.00'], ['利息', '234.56'], ['合计', '1,234.56']),
      '2026-09-01 123456 ? open',
    ],
    [
      'and stays where nothing tells the whole',
      DUE + table(['项目', '应还金额'], ['本金', '1,000.00'], ['利息', '234.56']),
      '2026-09-01 100000 ? open; 2026-09-01 23456 ? open',
    ],
  ])('%s', (_, html, expected) => expect(told(html)).toBe(expected));
});

describe('what lenders call the amount', () => {
  it.each([
    '账单待还 1,234.56',
    '本月账单待还：1,234.56元',
    '第3/12期应还金额 1,234.56',
    '第3期应还金额：1,234.56元',
    '账单应还金额 1,234.56',
    '账单剩余应还 1,234.56',
    '已出账单应还 1,234.56',
    '全额应还款：1,234.56元',
    '本次应还 1,234.56',
    '合计应还 1,234.56',
    '应还余额 1,234.56',
    '本期需还款金额 ￥1,234.56',
    '您本期应还金额1,234.56元',
    '您的信用卡本期应还款额为人民币1,234.56元',
    '您尾号1234的信用卡2026年08月账单人民币应还款额1,234.56元',
    '您的贷款本期应还1,234.56元',
  ])('%s', (words) => expect(told(DAYS + p(words))).toBe('2026-09-01 123456 ? open'));

  it.each(['最低需还', '最低应付款额', '最低付款额', '最低缴款额'])('the least of it: %s', (label) =>
    expect(told(DAYS + p('本期应还款额 1,234.56', `${label} 61.73`))).toBe(WHOLE),
  );

  it.each(['应还日期', '应还日', '约定还款日', '账单还款日', '最后付款日', '还款日期', '扣款日', '自动扣款日'])(
    'its day: %s',
    (label) =>
      expect(told(p('本期应还 1,234.56', `${label}：2026-09-01`), { subject: '还款提醒' })).toBe(
        '2026-09-01 123456 ? open',
      ),
  );

  it.each([
    ['of another month', '上期账单应还 900.00'],
    ['of the last but named so far before', '您上期信用卡应还 900.00'],
    ['of all that came before', '历史账单待还 900.00'],
    ['that is not out yet', '未出账单应还 300.00'],
    ['of a month that is named', '2026年7月账单应还金额 900.00'],
    ['of a case', '若您本期应还款额为10,000.00元，最低还款额为500.00元，则收利息'],
    ['of an example', '例如，您本期应还款额1,000.00元'],
    ['the day of a payment that was made', '还款日期 2026-08-01 还款金额 900.00'],
    ['the day it is taken from an account', '自动扣款日 2026-08-30'],
  ])('but not one %s', (_, words) => {
    expect(told(DAYS + OWED + p(words))).toBe(WHOLE);
    expect(told(p(words) + DAYS + OWED)).toBe(WHOLE);
  });

  it('nor the day of a payment for that of the next', () => {
    expect(told(p('还款日期 2026-08-01', '还款金额 900.00', '本期应还 1,234.56'))).toBe('unreadable');
    const html = p('请于2026-09-01前还款', '还款日期 2026-08-01', '应还 1,234.56');
    expect(told(html)).toBe('2026-09-01 123456 ? open');
  });
});

describe('what the sheet of a mail hides is not read', () => {
  const hidden = p('到期还款日 2026-08-01', '本期应还款额 777.00');
  const shownBy = (sheet: string, attributes: string): string =>
    told(`<style>${sheet}</style><div ${attributes}>${hidden}</div>${DAYS}${OWED}`);
  it.each([
    ['.preheader{display:none}', 'class=preheader'],
    ['.a, .preheader { color: red; display: none !important }', 'class="x preheader"'],
    ['<!-- /* a { */ .preheader{mso-hide:all;display:none} -->', "class='preheader'"],
    ['@import url(a.css); @media (max-width:600px){.a{color:red}} .preheader{display:none}', 'class="preheader"'],
    ['.preheader{font-size:1px} .preheader{visibility:hidden}', 'class="preheader"'],
  ])('%s', (sheet, attributes) => expect(shownBy(sheet, attributes)).toBe(WHOLE));

  it.each([
    ['on a small screen alone', '@media (max-width:600px){.preheader{display:none}}', 'class="preheader"'],
    [
      'but on a small screen',
      '.preheader{display:none} @media (max-width:600px){.preheader{display:block}}',
      'class="preheader"',
    ],
    ['within another', '.a .preheader{display:none}', 'class="preheader"'],
    ['but shown by another class', '.preheader{display:none} .open{display:block}', 'class="preheader open"'],
    ['but shown by its own style', '.preheader{display:none}', 'class="preheader" style="display:block"'],
  ])('what it hides %s is', (_, sheet, attributes) => expect(shownBy(sheet, attributes)).toMatch(/^2026-08-01 77700 /));
});

describe('several cards, currencies and sums', () => {
  const CARDS = [
    ['1234', '1,000.00', '50.00'],
    ['5678', '234.56', '11.73'],
  ];
  const HEAD = ['卡号末四位', '本期应还款额', '最低还款额'];
  const BOTH = '2026-09-01 100000 5000 open; 2026-09-01 23456 1173 open';
  it.each([
    ['a total under them', DAYS + table(HEAD, ...CARDS, ['合计', '1,234.56', '61.73']), BOTH],
    [
      'a total over them',
      DAYS +
        p('本期应还总额 1,234.56', '本期最低还款总额 61.73') +
        table(['卡号', '应还金额', '最低还款额'], ['**** 1234', '1,000.00', '50.00'], ['**** 5678', '234.56', '11.73']),
      BOTH,
    ],
    [
      'two days',
      table(['卡种', '到期还款日', '应还款额'], ['标准卡', '2026-09-01', '100.00'], ['商务卡', '2026-09-05', '200.00']),
      '2026-09-01 10000 ? open; 2026-09-05 20000 ? open',
    ],
    [
      'tables in tables',
      `<table><tr><td>${['1234', '5678'].map((card, at) => `<table><tr><td>卡号 ****${card}</td></tr><tr><td>${table(['到期还款日', '2026-09-01'], ['本期应还款额', CARDS[at]?.[1] ?? ''], ['最低还款额', CARDS[at]?.[2] ?? ''])}</td></tr></table>`).join('')}</td></tr></table>`,
      BOTH,
    ],
    [
      'dollars behind',
      DAYS + p('本期应还款额 RMB 1,234.56 USD 99.00', '最低还款额 RMB 61.73 USD 9.90'),
      `${WHOLE}; foreign-amount`,
    ],
    [
      'dollars in full width',
      DAYS + p('本期应还金额 ￥1,234.56 ＄99.00', '最低还款额 ￥61.73 ＄9.90'),
      `${WHOLE}; foreign-amount`,
    ],
    [
      'labels of dollars',
      DAYS + p('人民币应还款额 1,234.56', '人民币最低还款额 61.73', '美元应还款额 99.00', '美元最低还款额 9.90'),
      `${WHOLE}; foreign-amount`,
    ],
    [
      'three currencies',
      table(
        ['币种', '本期应还款额', '最低还款额', '到期还款日'],
        ['CNY', '1,234.56', '61.73', '2026-09-01'],
        ['USD', '10.00', '1.00', '2026-09-01'],
        ['JPY', '5000', '500', '2026-09-01'],
      ),
      `${WHOLE}; foreign-amount`,
    ],
    [
      'dollars and no yuan are owed',
      DUE + table(['币种', '本期应还', '最低还款'], ['人民币', '0.00', '0.00'], ['美元', '99.00', '9.90']),
      '2026-09-01 ? ? unknown; foreign-amount',
    ],
    [
      'the last bill was not paid',
      DAYS + p('本期账单金额 1,000.00', '本期应还款额 1,900.00', '最低还款额 95.00'),
      '2026-09-01 190000 9500 open',
    ],
    [
      'instalments in a table whose head alone says so',
      DAYS + OWED + table(['商户', '分期金额', '期数', '本期应还金额'], ['手机', '6,000.00', '2/12', '500.00']),
      `${WHOLE}; instalment-within`,
    ],
    [
      'what each of two cards was billed',
      DAYS + OWED + table(['卡号', '本期账单金额'], ['****1234', '1,000.00'], ['****5678', '234.56']),
      '2026-09-01 100000 6173 open; 2026-09-01 23456 ? open',
    ],
    [
      'all that is left beside the month',
      DAYS + p('8月账单金额 300.00', '本期应还 300.00', '剩余待还 900.00'),
      '2026-09-01 30000 ? open',
    ],
    [
      'what is left under heads that do not tell of what',
      DAYS + table(['本期账单金额', '剩余待还'], ['300.00', '900.00']),
      '2026-09-01 ? ? unknown',
    ],
    [
      'words of payment beside dollars',
      DUE + p('您本期无需还款', '美元账户', '本期应还款额 99.00'),
      '2026-09-01 ? ? unknown; foreign-amount',
    ],
    [
      'how it is reckoned',
      DAYS +
        table(
          ['本期应还金额', '=', '上期应还金额', '-', '上期还款金额', '+', '本期账单金额', '+', '循环利息'],
          ['1,234.56', '=', '900.00', '-', '900.00', '+', '1,230.00', '+', '4.56'],
        ),
      '2026-09-01 123456 ? open',
    ],
    [
      'last month beside it',
      DAYS +
        table(
          ['上期应还款额', '上期已还款额', '本期新增', '本期应还款额', '最低还款额'],
          ['900.00', '900.00', '1,234.56', '1,234.56', '61.73'],
        ),
      WHOLE,
    ],
    [
      'limits beside it',
      DAYS +
        table(['信用额度', '可用额度', '本期应还款额', '最低还款额'], ['50,000.00', '48,765.44', '1,234.56', '61.73']),
      WHOLE,
    ],
    [
      'an offer of instalments',
      DAYS + OWED + table(['分期期数', '每期应还', '手续费'], ['3期', '420.00', '9.00']),
      WHOLE,
    ],
    ['a refund', DAYS + OWED + table(['交易日', '摘要', '金额'], ['2026-08-01', '退款', '-300.00']), WHOLE],
    ['a refund that leaves a credit', DAYS + p('本期应还款额 ¥-56.00'), '2026-09-01 ? ? unknown; sign-unclear'],
    [
      'paid in part',
      DAYS + p('本期账单金额 1,234.56', '已还金额 234.56', '剩余应还 1,000.00'),
      '2026-09-01 100000 ? open',
    ],
    ['paid', DAYS + p('本期账单金额 1,234.56', '已还金额 1,234.56', '剩余应还 0.00'), '2026-09-01 0 ? settled'],
    ['the minimum alone', DAYS + p('最低还款额 61.73'), '2026-09-01 ? 6173 unknown'],
    ['the minimum first', DAYS + table(['最低还款额', '本期应还款额'], ['61.73', '1,234.56']), WHOLE],
    ['debited itself', DAYS + OWED + p('您已开通自动还款，将于2026年08月31日从尾号8888的储蓄卡扣款'), WHOLE],
  ])('%s', (_, html, expected) => expect(told(html)).toBe(expected));
});

describe('reminders of other lenders', () => {
  it.each([
    ['花呗8月账单', '您的8月花呗账单共1,234.56元，请于9月10日前还清', '2026-09-10 ? ? unknown'],
    ['美团月付账单通知', '账单金额 ¥1,234.56，还款日 2026年9月8日', '2026-09-08 123456 ? open'],
    ['微粒贷还款提醒', '您的微粒贷本月应还款1,234.56元，还款日为2026年09月15日', '2026-09-15 123456 ? open'],
    ['白条还款提醒', '您的白条本期账单待还234.56元，还款日09月10日，请及时还款', '2026-09-10 23456 ? open'],
    ['自动还款失败提醒', '您的白条自动还款失败，待还金额234.56元，请于2026年09月10日前还款', '2026-09-10 23456 ? open'],
    [
      '逾期通知',
      '应还本金1,000.00元，逾期利息12.00元，应还总额1,012.00元，应还日期2026-08-10',
      '2026-08-10 101200 ? open',
    ],
    [
      '消费贷扣款提醒',
      '本期应还本息：1,234.56元（本金 1,000.00 元，利息 234.56 元），扣款日：20260901',
      '2026-09-01 123456 ? open',
    ],
    ['催收通知', '您已逾期5天，欠款总额 1,234.56 元，最低还款额 61.73 元', 'unreadable'],
    ['花呗还款提醒', '您的花呗账单明日到期，应还1,234.56元', 'unreadable'],
    ['图书馆到期提醒', '应还日期 2026-09-01', 'none'],
    [
      '还款日期',
      table(['应还本金', '应还利息', '应还总额', '还款日期'], ['1,000.00', '234.56', '1,234.56', '2026-09-01']),
      '2026-09-01 123456 ? open',
    ],
    [
      '汽车金融还款提醒',
      table(
        ['期数', '还款日', '应还本金', '应还利息', '应还金额'],
        ['10', '2026-09-05', '2,000.00', '300.00', '2,300.00'],
      ),
      '2026-09-05 230000 ? open',
    ],
    [
      '京东账单',
      `<div><h3>京东白条</h3>${p('还款日 2026-09-10', '账单待还 ¥300.00')}</div><div><h3>京东金条</h3>${p('应还日期 2026-09-15', '本期应还 ¥500.00')}</div>`,
      '2026-09-10 30000 ? open; 2026-09-15 50000 ? open',
    ],
  ])('%s: %s', (subject, html, expected) => expect(told(html, { subject })).toBe(expected));
});

describe('plain text', () => {
  it.each([
    ['one sentence', '您好，您本期账单应还1,234.56元，最低还款61.73元，请于2026年09月01日前还款。'],
    [
      'another',
      '您尾号1234的信用卡2026年08月账单人民币应还款额1,234.56元，最低还款额61.73元，到期还款日2026年09月01日。',
    ],
    [
      'columns',
      '账单日       到期还款日    本期应还款额   最低还款额\n2026-08-13   2026-09-01    1,234.56       61.73',
    ],
    [
      'a frame',
      '+------------+--------------+------------+\n| 到期还款日 | 本期应还款额 | 最低还款额 |\n+------------+--------------+------------+\n| 2026-09-01 | 1,234.56 | 61.73 |\n+------------+--------------+------------+',
    ],
    ['rules', '到期还款日\n==========\n2026-09-01\n本期应还款额\n----------\n1,234.56\n最低还款额\n━━━━━━\n61.73'],
    ['a quotation', '看一下\n\n> 到期还款日：2026-09-01\n> 本期应还款额：1,234.56\n> 最低还款额：61.73'],
    [
      'a list of months',
      '到期还款日：2026-09-01\n本期应还款额：1,234.56\n最低还款额：61.73\n账单月份  应还金额\n2026年06月  800.00\n2026年07月  900.00',
    ],
  ])('%s', (_, text) => expect(told(null, { text })).toBe(WHOLE));
});

it.each(['base64', 'quoted-printable'] as const)('the same, however it is sent: %s', async (encoding) => {
  const html = `${DAYS + OWED}${table(['账单月份', '应还金额'], ['2026年06月', '800.00'], ['2026年07月', '900.00'])}`;
  const bytes = Buffer.from(html);
  const quoted = Array.from(bytes, (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
    .replace(/(.{72})(?=.)/g, '$1=\r\n');
  const body = encoding === 'base64' ? bytes.toString('base64') : quoted;
  const head = 'Subject: bill\r\nDate: Fri, 14 Aug 2026 08:00:00 +0800\r\nContent-Type: text/html; charset=utf-8\r\n';
  const mail = await parseMail(
    new TextEncoder().encode(`${head}Content-Transfer-Encoding: ${encoding}\r\n\r\n${body}`),
  );
  expect(readingOf(mail)).toBe(WHOLE);
});
