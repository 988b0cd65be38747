/** Made-up mails that tell of several products line by line. All names and numbers are invented. */
import { expect, it } from 'vitest';
import { p, table, told } from './told.ts';

const DUE = p('还款日 2026-09-01');
const TWO = '2026-09-01 30000 ? open; 2026-09-01 50000 ? open';

it.each([
  ['whole yuan', DUE + p('白条8月待还 300', '金条本期应还 500'), TWO],
  ['behind', p('白条8月待还 300.00', '金条本期应还 500.00') + DUE, TWO],
  ['one line', DUE + p('白条待还 300.00 元，金条应还 500.00 元'), TWO],
  ['headings', DUE + p('京东白条', '本期应还 300.00', '京东金条', '待还 500.00'), TWO],
  ['rows', DUE + table(['白条待还', '300.00'], ['金条应还', '500.00']), TWO],
  ['cards', DUE + p('尾号1234信用卡 待还 300.00', '尾号5678信用卡 应还 500.00'), TWO],
  ['cards by number', DUE + p('信用卡(1234) 欠款 300.00', '信用卡(5678) 应还金额 500.00'), TWO],
  ['a card and a loan', DUE + p('信用卡应还 300.00', '贷款待还 500.00'), TWO],
  ['a minimum', DUE + p('白条待还 300.00', '最低还款额 30.00', '金条应还 500.00'), TWO.replace('?', '3000')],
  [
    'days of their own',
    p('白条账单金额 300.00', '还款日 2026-09-01', '金条应还 500.00', '还款日 2026-09-10'),
    '2026-09-01 30000 ? open; 2026-09-10 50000 ? open',
  ],
  ['three', DUE + p('白条待还 300.00', '金条应还 500.00', '花呗欠款 700.00'), `${TWO}; 2026-09-01 70000 ? open`],
  ['one of two names', DUE + p('白条账单金额 900.00', '白条待还 300.00', '金条应还 500.00'), TWO],
])('lines of several products are as many bills: %s', (_, html, expected) =>
  expect(told(html, { subject: '京东白条账单' })).toBe(expected),
);

it('plain text too', () => {
  const text = '还款日 2026-09-01\n白条8月待还 300\n金条本期应还 500';
  expect(told(null, { text, subject: '京东白条账单' })).toBe(TWO);
});

it.each([
  p('白条本期应还 300.00', '白条剩余待还 4,000.00'),
  p('白条账单金额 900.00', '白条待还 300.00'),
  p('白条待还 300.00', '金条可用额度 50,000.00'),
])('one product is one bill: %s', (html) =>
  expect(told(DUE + html, { subject: '京东白条账单' })).toBe('2026-09-01 30000 ? open'),
);
