/** Made-up mails in which another amount stands where the one to pay is looked for. All names and numbers are invented. */
import { expect, it } from 'vitest';
import { DAYS, OWED, p, table, told, WHOLE } from './told.ts';

const ONE = '2026-09-01 123456 ? open';
const UNKNOWN = '2026-09-01 ? ? unknown';

it.each([
  ['a deposit, called so before', p('本期应还款额 （存款）100.00'), '2026-09-01 0 ? settled'],
  ['the number of a note', p('本期应还款额(1) 1,234.56', '最低还款额（注2） 61.73'), WHOLE],
  ['one above the line', table(['本期应还款额<sup>1</sup>', '1,234.56'], ['最低还款额<sup>[2]</sup>', '61.73']), WHOLE],
  ['decimals above the line', p('本期应还款额 1,234<sup>.56</sup>'), ONE],
  ['a bill of which a part was paid', p('本期账单金额：1,434.56元（已还 200.00元）'), UNKNOWN],
  ['in a sentence', p('本期账单金额：1,434.56元，已还款200.00元'), UNKNOWN],
  ['of which nothing was paid', p('本期账单金额：1,234.56元，已还0.00元'), ONE],
  ['a discount', p('本期应还 1,244.56', '优惠 10.00', '实际应还 1,234.56'), ONE],
  ['a discount in a row', table(['账单金额', '优惠金额', '优惠后应还'], ['1,244.56', '10.00', '1,234.56']), ONE],
  ['the principal of what is late', p('逾期本金 1,200.00', '逾期利息 34.56', '逾期应还总额 1,234.56'), ONE],
  ['the principal, and no sum', p('逾期本金 1,200.00', '罚息 34.56'), UNKNOWN],
  ['what is late beside the bill', p('逾期应还 200.00', '本期应还 1,234.56'), ONE],
  ['a column that is not billed', table(['', '未出账', '已出账'], ['待还金额', '300.00', '1,234.56']), ONE],
  ['a row that is not billed', table(['', '待还金额'], ['未出账', '300.00'], ['已出账', '1,234.56']), ONE],
  ['all that is left', p('待还总额 4,234.56', '其中本期应还 1,234.56'), ONE],
  ['all that is left, in brackets', p('待还总额 4,234.56（其中本期待还 1,234.56）'), UNKNOWN],
  ['all of a loan', p('应还总额 12,000.00', '本期应还 1,234.56'), `${UNKNOWN}; ${ONE}`],
  ['a part of the bill', p('应还总额 1,234.56', '本期应还利息 34.56'), ONE],
  ['what it was spent for', OWED + table(['类别', '应还金额'], ['消费', '1,000.00'], ['取现', '234.56']), WHOLE],
])('%s', (_, html, expected) => expect(told(DAYS + html)).toBe(expected));

it('a former bill that is called paid is not owed', () => {
  const rows = table(['账单日', '到期还款日', '账单金额', '状态'], ['2026-07-13', '2026-08-01', '900.00', '已还清']);
  expect(told(DAYS + OWED + rows)).toBe(WHOLE);
});

it('and neither is one settled whose own words may be of something else', () => {
  const paid = table(['分期', '状态'], ['手机分期', '已结清']);
  expect(told(p('还款日 2026-08-01', '账单金额 1,234.56') + paid)).not.toContain('settled');
});
