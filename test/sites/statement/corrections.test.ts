/** Made-up mails that correct an earlier one. All names and numbers are invented. */
import { describe, expect, it } from 'vitest';
import { DAYS, OWED, p, table, told, WHOLE } from './told.ts';

const OWES = ['本期应还款额', '最低还款额'] as const;
const BOTH = '2026-09-01 90000 9000 open';
const ONE = '2026-09-01 90000 ? open';
const UNKNOWN = '2026-09-01 ? ? unknown';

describe('of what was and what is, what is is told', () => {
  const [owed, minimum] = OWES;
  const columns = (...head: readonly string[]): string =>
    table(['项目', ...head], [owed, '1,000.00', '900.00'], [minimum, '100.00', '90.00']);
  const was = [`${owed} 1,000.00`, `${minimum} 100.00`];
  const is = [`${owed} 900.00`, `${minimum} 90.00`];

  it.each([
    ['更正前', '更正后'],
    ['调整前', '调整后'],
    ['变更前金额', '变更后金额'],
    ['原金额', '现金额'],
    ['原', '现'],
    ['原账单', '新账单'],
    ['错误金额', '正确金额'],
    ['此前', '现在'],
    ['Before', 'After'],
    ['更正前', '更正后', '差额'],
  ])('columns %s, %s', (...head) => expect(told(DAYS + columns(...head))).toBe(BOTH));

  it.each([
    ['columns the other way round', table(['', '更正后', '更正前'], [owed, '900.00', '1,000.00']), ONE],
    ['columns under a heading', p('更正前 / 更正后') + columns('更正前', '更正后'), BOTH],
    [
      'columns of cards',
      table(
        ['卡号', `${owed}（更正前）`, `${owed}（更正后）`],
        ['****1234', '1,000.00', '900.00'],
        ['****5678', '500.00', '450.00'],
      ),
      `${ONE}; 2026-09-01 45000 ? open`,
    ],
    [
      'columns of both',
      table(
        [...OWES, ...OWES].map((owes, at) => `${owes}（更正${'前后'[at >> 1]}）`),
        ['1,000.00', '100.00', '900.00', '90.00'],
      ),
      BOTH,
    ],
    ['rows', table(['', ...OWES], ['更正前', '1,000.00', '100.00'], ['更正后', '900.00', '90.00']), BOTH],
    [
      'rows the other way round',
      table(['', ...OWES], ['更正后', '900.00', '90.00'], ['更正前', '1,000.00', '100.00']),
      BOTH,
    ],
    ['sections', `<h3>更正前</h3>${p(...was)}<h3>更正后</h3>${p(...is)}`, BOTH],
    ['labels', p(`更正前${was[0]}`, `更正后${is[0]}`), ONE],
    ['brackets', p(`${owed}（更正前） 1,000.00`, `${owed}（更正后） 900.00`), ONE],
    ['brackets behind', p(`${owed}：1,000.00元（更正前），900.00元（更正后）`), ONE],
    ['a sentence', p('更正前应还 1,000.00 元，更正后应还 900.00 元'), ONE],
    ['another', p('原应还金额：1,000.00元，现应还金额：900.00元'), ONE],
    ['one without any label of its own', p(`您的${owed}由原来的1,000.00元更正为900.00元`), ONE],
    ['a mistake', p(`您的${owed}1,000.00元有误，应为900.00元`), ONE],
    ['beside the whole bill', OWED + table(['', '更正前', '更正后'], [owed, '1,234.00', '1,234.56']), WHOLE],
    ['from nothing', table(['', '更正前', '更正后'], [owed, '0.00', '900.00']), ONE],
    ['to nothing', table(['', '更正前', '更正后'], [owed, '1,000.00', '0.00']), '2026-09-01 0 ? settled'],
  ])('%s', (_, html, expected) => expect(told(DAYS + html)).toBe(expected));

  it('in lines of plain text', () => {
    for (const text of [
      ['更正前', ...was, '更正后', ...is],
      ['项目  更正前  更正后', `${owed} 1,000.00 900.00`, `${minimum} 100.00 90.00`],
    ])
      expect(told(null, { text: ['到期还款日 2026-09-01', ...text].join('\n') })).toBe(BOTH);
  });

  it.each([
    ['a column', table(['', '更正前', '更正后'], ['到期还款日', '2026-09-05', '2026-09-01'])],
    ['labels', p('原到期还款日 2026-09-05，现到期还款日 2026-09-01')],
    ['lines', p('调整前到期还款日 2026-09-05', '调整后到期还款日 2026-09-01')],
    ['a sentence', p('到期还款日由2026年9月5日调整为2026年9月1日')],
  ])('and the day: %s', (_, html) => expect(told(p(`${owed} 900.00`) + html)).toBe(ONE));

  it('a bill with its day is one bill', () => {
    const of = (day: string, owes: readonly string[]): string => p(`到期还款日 ${day}`, ...owes);
    expect(told(`<h3>更正前</h3>${of('2026-09-05', was)}<h3>更正后</h3>${of('2026-09-01', is)}`)).toBe(BOTH);
  });

  it('and what stays as it was stays', () => {
    const rows = [
      ['到期还款日', '2026-09-01', '不变'],
      [owed, '1,000.00', '900.00'],
    ] as const;
    expect(told(table(['', '更正前', '更正后'], ...rows))).toBe(ONE);
  });
});

it.each([
  ['is not known yet', table(['', '更正前', '更正后'], [OWES[0], '1,000.00', '待定'])],
  ['is to be had', table(['', '更正前', '更正后'], [OWES[0], '1,000.00', '-50.00'])],
  ['is of something else', p('更正前：本期应还款额 1,000.00', '更正后：可用额度 5,000.00')],
])('the amount is unknown where what is %s, and the bill stays', (_, html) => expect(told(DAYS + html)).toBe(UNKNOWN));

it.each([
  p('额度调整前 20,000.00 元，调整后 30,000.00 元'),
  p('费率调整前申请的分期不受影响') + p('费率调整后申请的，手续费 3.00 元'),
  p('请以更正后的账单为准，更正前的账单请忽略'),
  p('您的账单日已变更，变更后账单日为每月13日'),
  p('自2026年9月1日起，额度由10,000.00元调整为20,000.00元'),
  table(['交易日', '原币金额', '人民币金额'], ['2026-08-02', '10.00', '71.00']),
  table(['', '调整前', '调整后'], ['信用额度', '10,000.00', '20,000.00']),
])('a change of something else changes nothing: %s', (html) => {
  expect(told(DAYS + OWED + html)).toBe(WHOLE);
  expect(told(html + DAYS + OWED)).toBe(WHOLE);
});
