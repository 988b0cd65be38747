/** Made-up mails with words of a correction, a discount or a payment that are of something else. All names are invented. */
import { describe, expect, it } from 'vitest';
import { DAYS, OWED, p, table, told, WHOLE } from './told.ts';

const ONE = '2026-09-01 123456 ? open';
const LIMITS = table(['', '调整前', '调整后'], ['信用额度', '10,000.00', '20,000.00']);
const LOAN = { subject: '青禾银行贷款账单' };
const DUE = p('还款日 2026-09-01');

it.each([
  ['the minimum first', table(['最低还款额', '本期应还款额'], ['61.73', '1,234.56']), WHOLE],
  ['no minimum', table(['应还金额', '消费金额'], ['1,234.56', '500.00']), ONE],
  ['two currencies', table(['', '人民币', '美元'], ['本期应还款额', '1,234.56', '0.00']), ONE],
  ['no head', table(['本期应还款额', '1,234.56', '0.00'], ['最低还款额', '61.73', '0.00']), WHOLE],
])('a table below changed limits stays what it is: %s', (_, html, expected) =>
  expect(told(DAYS + LIMITS + html)).toBe(expected),
);

it('a limit in the row of the bill too', () => {
  const rows = table(
    ['本期应还款额', '最低还款额', '调整前额度', '调整后额度'],
    ['1,234.56', '61.73', '20,000.00', '30,000.00'],
  );
  expect(told(DAYS + rows)).toBe(WHOLE);
});

it('what a loan is made of stands below its changed rate', () => {
  const rate = table(['', '调整前', '调整后'], ['年利率', '3.95%', '3.60%']);
  const rows = table(['应还总额', '应还本金', '应还利息'], ['1,234.56', '1,000.00', '234.56']);
  expect(told(DUE + rate + rows, LOAN)).toBe(ONE);
});

describe('a change of something else changes no bill', () => {
  it.each([
    ['a limit, by its former one', p('调整前额度 20,000.00') + OWED],
    ['a limit around the bill', p('调整前信用额度：20,000.00') + OWED + p('调整后信用额度：30,000.00')],
    ['a bill that is void', p('更正前账单作废。') + OWED],
    ['another', p('原账单请忽略，以本邮件为准') + OWED],
    ['a limit as high as the bill', OWED + table(['', '调整前', '调整后'], ['固定额度', '1,234.56', '2,000.00'])],
    ['in a sentence', OWED + p('固定额度由1,234.56元调整为2,000.00元')],
    ['a purchase', OWED + table(['交易日', '原金额', '入账金额'], ['2026-08-02', '1,234.56', '1,234.56'])],
    ['a price', OWED + table(['商户', '原金额', '优惠', '现金额'], ['超市', '61.73', '0.00', '61.73'])],
    ['a bill in instalments', OWED + p('账单分期：原账单金额 1,234.56，分 12 期，每期 102.88')],
    ['rules', OWED + p('还款顺序变更前（2026年9月1日前）按原规则，变更后（2026年9月10日起）按新规则')],
    ['a contract', OWED + p('《领用合约》由2026年9月1日修改为2026年9月10日起生效')],
    ['the day of another month', OWED + p('因国庆假期，到期还款日由2026年10月1日调整为2026年10月8日')],
    ['a day by a month', OWED + table(['', '调整前', '调整后'], ['还款日', '2026-09-01', '2026-10-01'])],
    ['an instalment', OWED + p('每期应还由1,234.56元调整为1,000.00元')],
    ['a former bill', OWED + p('上期账单金额由1,234.56元更正为1,000.00元')],
    ['a correction that is in the bill', OWED + table(['', '更正前', '更正后'], ['上期应还款额', '1,234.56', '90.00'])],
  ])('%s', (_, html) => expect(told(DAYS + html)).toBe(WHOLE));
});

it.each([
  ['of the whole bill', p('如您8月20日前还款：', '立减后应还 1,204.56')],
  ['for points', p('积分可抵扣 100.00，抵扣后应还 1,134.56')],
  ['of a purchase', table(['消费', '优惠', '实际应还'], ['61.73', '0.00', '61.73'])],
])('an offer or a discount %s is none that was taken off', (_, html) => expect(told(DAYS + OWED + html)).toBe(WHOLE));

it('what is left without the sum that was taken off', () => {
  const parts = table(['应还本金', '应还利息', '优惠', '实际应还'], ['1,000.00', '244.56', '10.00', '1,234.56']);
  expect(told(DUE + parts, LOAN)).toBe(ONE);
  expect(told(DAYS + p('本期应还 1,244.56', '实际应还 1,234.56'))).toBe(ONE);
});

it.each([
  ['a request', '本期账单金额：1,234.56元，已还请忽略，9月1日为最后还款日'],
  ['an offer', '本期账单金额1,234.56元，已还款的客户9折'],
  ['a former bill', '上期账单金额1,234.56元，已还1,234.56元</p><p>本期账单金额 1,234.56元'],
])('no part of the bill is paid by %s', (_, words) => expect(told(DAYS + p(words))).toBe(ONE));

it.each(['罚息按日0.05%计收', '罚息按日利率0.05%收取，逾期利息 0.00'])('a rate is no interest: %s', (words) =>
  expect(told(p('还款日 2026-08-01', '逾期本金 200.00', words))).toBe('2026-08-01 20000 ? open'),
);

it('what is late is due with the bill', () => {
  const lines = p('应还总额：1,434.56', '其中本期应还：1,234.56', '逾期金额：200.00');
  expect(told(DAYS + lines)).toBe('2026-09-01 143456 ? open');
});

it.each([
  ['its own loan', p('您的贷款本期应还 1,234.56', '该笔贷款剩余待还 40,000.00')],
  ['of no more words', p('个人贷款本期应还 1,234.56', '贷款剩余应还 40,000.00')],
  ['of a house', p('您的房贷本期应还 1,234.56', '住房贷款待还 400,000.00')],
  ['rows', table(['贷款本期应还', '1,234.56'], ['该贷款未还', '40,000.00'])],
  ['a bill of which a part was paid', p('美团月付账单金额 1,334.56', '您的月付待还 1,234.56')],
])('all that is left of a debt is no other one: %s', (_, html) => expect(told(DUE + html, LOAN)).toBe(ONE));

it('neither of a card, nor of a loan that it gave', () => {
  const card = p('您的信用卡账单金额 1,434.56', '本卡待还金额 1,234.56', '最低还款额 61.73');
  expect(told(DAYS + card)).toBe(WHOLE);
  const loan = p('信用卡本期应还 1,234.56', '最低还款额 61.73', '现金分期贷款剩余未还 4,000.00');
  expect(told(DAYS + loan)).toBe(WHOLE);
});

it('cards below what they come to are bills', () => {
  const lines = p('信用卡(1234)应还 300.00', '信用卡(5678)待还 500.00', '信用卡(9012)应还 700.00');
  const cards = ['300', '500', '700'].map((yuan) => `2026-09-01 ${yuan}00 ? open`);
  expect(told(DAYS + p('信用卡账单总额 1,500.00') + lines)).toContain(cards.join('; '));
});

it('a product whose amount is corrected is one', () => {
  const lines = p('白条待还由300.00元更正为280.00元', '金条应还 500.00');
  expect(told(DUE + lines, LOAN)).toBe('2026-09-01 28000 ? open; 2026-09-01 50000 ? open');
});

it('the card whose bill is corrected alone is changed', () => {
  const lines = p('尾号1234信用卡本期应还 500.00', '尾号5678信用卡本期应还由500.00元更正为450.00元');
  expect(told(DAYS + lines)).toBe('2026-09-01 50000 ? open; 2026-09-01 45000 ? open');
});

it('two loans are two', () => {
  const lines = p('房贷本期应还 3,000.00', '车贷待还 1,000.00');
  expect(told(DUE + lines, LOAN)).toBe('2026-09-01 300000 ? open; 2026-09-01 100000 ? open');
});
