/** Made-up notices of banks and lenders whose wording no saved mail has. All names and numbers are invented. */
import { describe, expect, it } from 'vitest';
import { DAYS, OWED, p, table, told, WHOLE } from './told.ts';

const ONE = '2026-09-01 123456 ? open';

describe('the day of a notice', () => {
  it.each([
    ['自动还款提醒', '8月账单金额为1,234.56元，我行将于还款日2026年9月1日从您绑定的借记卡（尾号7788）自动扣款。'],
    ['微粒贷还款提醒', '您的微粒贷借款本期应还款合计1,234.56元，将于9月1日从尾号1357的卡自动扣款。'],
    ['还款日提醒', '您的借款将于后日（2026-09-01）到期，本期应还金额为 1,234.56 元，请提前存入。'],
    ['抖音月付账单', '本月应还 1,234.56 元，还款日：09-01'],
    ['还款日调整通知', '本期应还款额为1,234.56元。本期到期还款日由2026年9月3日提前至2026年9月1日。'],
    ['还款日调整通知', '本期应还款额为1,234.56元。本期到期还款日由2026年8月30日顺延至2026年9月1日。'],
    ['自动还款提醒', '本期应还款额1,234.56元，最低还款额61.73元，我行将于2026年9月1日自动扣收61.73元。'],
    ['个人贷款扣款提醒', '您的住房贷款将于2026年9月1日扣款，本期应扣金额1,234.56元，请确保余额充足。'],
    ['车贷还款提醒', '本期还款金额：1,234.56元，本期还款日：2026年9月1日'],
    ['花呗还款提醒', '您的花呗账单已自动还款800.00元，剩余1,234.56元未还，请于9月1日前还清。'],
    ['还款日变更', '本期应还 1,234.56，原还款日：2026-09-05，新还款日：2026-09-01'],
    ['花呗账单', '您8月花呗账单应还 1,234.56 元，最后还款日 2026-09-01'],
    ['账单调整通知', '因商户退款，您8月账单的应还金额由1,500.00元调整为1,234.56元，到期还款日仍为2026年9月1日。'],
  ])('%s: %s', (subject, words) => expect(told(p(words), { subject })).toBe(words.includes('61.73') ? WHOLE : ONE));

  it.each([
    ['还款通知', '您已成功还款，本期还款金额 1,234.56 元，还款日 2026-08-15', '2026-08-15 ? ? unknown'],
    ['工资单', '本月应发 10,000.00，应扣 2,000.00', 'none'],
    ['账单分期优惠', '首期应还 718.67 元，首期还款日 2026-10-01', 'none'],
    ['存款到期提醒', '您的定期存款50,000.00元将于2026年9月1日到期', 'none'],
    ['还款提醒', '本期应还 1,234.56，还款日 1.20 版规则，最后还款日 2026-09-01', '2026-09-01 ? ? unknown'],
    ['借款提醒', '本期应还1,234.56元，还款日2026-09-01，剩余40,000.00元未还', ONE],
  ])('and no other: %s: %s', (subject, words, expected) => expect(told(p(words), { subject })).toBe(expected));

  it('is none of a debit beside no debt', () =>
    expect(told(p('您的年费将于2026年12月31日扣款'), { subject: '还款提醒' })).toBe('none'));
});

it('dots lead from a label to its value', () => {
  const text = '到期还款日......2026年09月01日\n本期应还款额....1,234.56\n最低还款额......61.73';
  expect(told(null, { text })).toBe(WHOLE);
});

it('a review of the year is no statement', () =>
  expect(told(p('2025年您按时还款12次，累计还款120,000.00元'), { subject: '您的2025年度账单' })).toBe('none'));

describe('what was paid is no bill', () => {
  it.each([
    [
      'payments',
      table(['还款日', '还款金额', '结果'], ['2026-07-01', '900.00', '成功'], ['2026-06-01', '800.00', '成功']),
    ],
    ['payments line by line', p('还款记录', '还款日 2026-07-01 还款金额 900.00', '还款日 2026-06-01 还款金额 800.00')],
    ['payments under a title', p('还款记录') + table(['还款日', '金额'], ['2026-07-01', '900.00'])],
    ['bills that are called so', table(['到期还款日', '账单金额', '状态'], ['2026-07-01', '900.00', '已还清'])],
    ['bills whose sum was paid', table(['还款日', '应还金额', '已还金额'], ['2026-07-01', '900.00', '900.00'])],
    ['a former month in a sentence', p('7月账单金额 900.00元，已还 900.00元')],
  ])('%s', (_, html) => {
    expect(told(DAYS + OWED + html)).toBe(WHOLE);
    expect(told(html + DAYS + OWED)).toBe(WHOLE);
  });

  it('however much it is like the bill', () => {
    const former = '7月账单金额 1,234.56元，已还 1,234.56元。';
    expect(told(DAYS + p('账单金额 1,234.56元') + p(former))).toBe(ONE);
    expect(told(p(`8月账单金额 1,234.56元，到期还款日 2026-09-01。${former}`))).toBe(ONE);
  });

  it.each([
    [
      'the last bill was',
      table(['还款日', '上期应还', '已还金额', '本期应还'], ['2026-08-10', '80.00', '80.00', '90.00']),
    ],
    ['as much was', table(['还款日', '上期已还', '本期应还'], ['2026-08-10', '90.00', '90.00'])],
    ['it may be', p('白条还款日 2026-08-10，应还 90.00 元，如已还清请忽略')],
    ['another was', p('还款日 2026-08-10，本期应还 90.00 元，上期账单已还清')],
  ])('but a bill is, where %s', (_, html) => expect(told(DAYS + OWED + html)).toContain('2026-08-10 9000 '));

  it.each([
    [
      'a part',
      table(['还款日', '应还金额', '已还金额'], ['2026-08-01', '900.00', '500.00']),
      '2026-08-01 90000 ? open',
    ],
    ['nothing', table(['还款日', '应还金额', '已还金额'], ['2026-08-01', '900.00', '0.00']), '2026-08-01 90000 ? open'],
    ['a payment to come', table(['还款日', '还款金额'], ['2026-09-10', '900.00']), '2026-09-10 ? ? unknown'],
    ['what is late', table(['还款日', '还款金额', '状态'], ['2026-08-01', '900.00', '逾期']), '2026-08-01 ? ? unknown'],
    ['what is told alone', table(['到期还款日', '账单金额', '状态'], ['2026-08-01', '900.00', '已还清']), ''],
  ])('but %s is', (_, html, expected) => {
    if (expected) expect(told(DAYS + OWED + html)).toContain(expected);
    else expect(told(html)).toBe('2026-08-01 ? ? unknown');
  });
});

describe('a late bill is no payment', () => {
  const LATE = '2026-08-10 50000 ? open';
  const BOTH = '2026-08-10 50000 5000 open';
  const AMOUNTS = p('本期应还 500.00', '最低还款额 50.00');
  const AMOUNT_ROW = ['本期应还', '500.00', '最低还款', '50.00'];

  it.each([
    ['a way to pay', p('到期还款日：2026-08-10，还款方式：等额本息', '应还金额：500.00'), LATE],
    ['a way to pay above', p('查看还款渠道', '还款日 2026-08-10', '本期应还 500.00'), LATE],
    ['a way to pay in a row', table(['还款方式', '自动还款'], ['还款日', '2026-08-10'], ['本期应还', '500.00']), LATE],
    ['the last payment', table(['上期还款金额', '300.00', '还款日', '2026-08-10'], AMOUNT_ROW), BOTH],
    ['the last bill', table(['到期还款日', '2026-08-10', '上期账单', '已还清'], AMOUNT_ROW), BOTH],
    [
      'the last bill, which was paid',
      table(['到期还款日', '上期账单金额', '已还金额'], ['2026-08-10', '300.00', '300.00']) + AMOUNTS,
      BOTH,
    ],
  ])('beside %s', (_, html, expected) => expect(told(html)).toBe(expected));

  it.each([
    ['of another month', '<p>到期还款日 2026-08-10，应还 500.00 元。7月账单<b>已结清</b></p>', '50000'],
    ['in a column of the last', table(['还款日', '应还金额', '上期账单'], ['2026-08-10', '500.00', '已还清']), '50000'],
    ['as its principal', table(['还款日', '应还本金', '利息', '已还金额'], ['2026-08-10', '500', '20', '500']), '?'],
    ['which failed', table(['还款日', '还款金额', '状态'], ['2026-08-10', '500.00', '扣款失败']), '?'],
    ['of a part', table(['还款日', '还款金额', '状态'], ['2026-08-10', '500.00', '部分还款']), '?'],
    ['that is asked for', table(['到期还款日', '还款金额'], ['2026-08-10', '500.00']), '?'],
    ['of the month', table(['还款日', '本期还款金额'], ['2026-08-10', '500.00']), '?'],
    ['of loans', p('请尽快还款') + table(['还款日', '还款金额'], ['2026-08-10', '500.00']), '?'],
    ['in a line', p('借款A：还款日 2026-08-10，还款金额 500.00 元，请立即还款'), '?'],
    [
      'without its penalty',
      table(['还款日', '应还金额', '违约金', '已还金额'], ['2026-08-10', '500.00', '20', '500.00']),
      '50000',
    ],
    ['to come', p('待还款明细') + table(['还款日', '金额'], ['2026-08-10', '500.00']), '?'],
  ])('%s', (_, html, fen) => expect(told(DAYS + OWED + html)).toContain(`2026-08-10 ${fen} `));
});

describe('the day and the amount stay', () => {
  it.each([
    ['假日顺延通知', '本期应还1,234.56元，到期还款日由2026年9月1日顺延至下一个工作日。', ONE],
    ['还款提醒', '本期应还1,234.56元，请于2026年9月1日提前到网点还款', ONE],
    ['还款提醒', '到期还款日2026年9月1日，本期应还1,234.56元。可将本期应还1,234.56元提前至8月30日存入。', ONE],
    ['车贷还款提醒', '您的还款信息如下：第3期应还1,234.56元，还款日2026-09-01', ONE],
    ['贷款提醒', '您的贷款剩余40,000.00元未还，本期还款金额1,234.56元，还款日2026-09-01', '2026-09-01 ? ? unknown'],
    ['还款提醒', '还款日 5-10 日可还，到期还款日 2026-09-01，应还 1,234.56', ONE],
    ['还款日变更', '原还款日：每月1日；新还款日：每月5日。本期应还1,234.56元，到期还款日2026-09-01', ONE],
    ['扣款提醒', '本期应还1,234.56元，本期应扣金额61.73元，到期还款日2026-09-01', ONE],
    ['2026年度信用卡账单', '到期还款日 2026-09-01，应还 ****', '2026-09-01 ? ? unknown'],
  ])('%s: %s', (subject, words, expected) => expect(told(p(words), { subject })).toBe(expected));
});

describe('the sum of several bills is none of them', () => {
  const DUE = p('到期还款日 2026-09-01');
  const TWO = '2026-09-01 30000 ? open; 2026-09-01 50000 ? open';
  it.each([
    ['above cards', p('信用卡账单总额 800.00', '信用卡(1234)应还 300.00', '信用卡(5678)待还 500.00'), TWO],
    ['above cards by their ends', p('账单总额 800.00', '信用卡尾号1234应还 300.00', '尾号5678待还 500.00'), TWO],
    ['above products', p('本期应还总额 800.00', '白条应还 300.00', '金条应还 500.00'), TWO],
    ['below products', p('白条应还 300.00', '金条应还 500.00', '合计应还 800.00'), TWO],
    ['in a row', table(['借据', '应还金额'], ['甲', '300.00'], ['乙', '500.00'], ['总计', '800.00']), TWO],
  ])('%s', (_, html, expected) => expect(told(DUE + html)).toBe(expected));
});

it('products in brackets are as many bills', () => {
  const lines = p('【白条】待还 300.00 元', '【金条】本期应还 500.00 元', '最后还款日 2026-09-08');
  expect(told(lines, { subject: '京东账单' })).toBe('2026-09-08 30000 ? open; 2026-09-08 50000 ? open');
});

it('former months are written with a point too', () => {
  const rows = table(['时间', '应还金额'], ['2026.07', '900.00'], ['2026.06', '800.00']);
  expect(told(DAYS + OWED + rows)).toBe(WHOLE);
});
