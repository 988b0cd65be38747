/** Pages as their makers build them today, each of them once read wrongly or not at all. All data made up. */
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../scripts/read.ts';
import type { Day } from '../../src/core/day.ts';
import { readLabels } from '../../src/sites/labels/read.ts';

/** Each bill as `due remaining standing`. */
function seen(html: string): string {
  const profile = { today: '2026-12-01' as Day, title: '白条', dueAfterStatementDays: 9 };
  const { bills } = readLabels(parsePage(`<!doctype html><body>${html}</body>`), profile).part;
  return bills
    .map((bill) => `${bill.dueDay} ${bill.remainingFen} ${bill.standing}${bill.doubts.length ? '?' : ''}`)
    .join(' | ');
}

const OPEN = '2026-12-14 38620 open';
const HIDDEN = '2026-12-14 null unknown';
const row = (...texts: string[]): string => `<tr>${texts.map((text) => `<td>${text}</td>`).join('')}</tr>`;
const list = (tag: string, ...texts: string[]): string => texts.map((text) => `<${tag}>${text}</${tag}>`).join('');

describe('a number over its caption, and other labels behind', () => {
  it.each([
    ['a day in one line', list('div', '￥386.20', '本月待还', '还款日 12月14日')],
    [
      'a day beside its label',
      `<div>${list('div', '386<i>.20</i>', '剩余应还(元)')}</div><p>最后还款日</p><p>12月14日</p>`,
    ],
    ['a day that is no date', `${list('div', '386.20', '剩余应还', '还款日12.14')}<p>最后还款日：2026-12-14</p>`],
  ])('%s', (_name, html) => expect(seen(`<section>${html}</section>`)).toContain('38620 open'));

  it('two captions in a row, of which one may have lost its number', () => {
    const captions = `<div>${list('p', '剩余应还', '最低还款额')}</div><p>最后还款日 12月14日</p>`;
    for (const numbers of [list('p', '386.20', '38.62'), list('p', '', '38.62')])
      expect(seen(`<div>${numbers}</div>${captions}`)).toBe(HIDDEN);
  });

  it.each([
    ['nothing', list('div', '优惠券', '0', '剩余应还', '还款日 12月14日')],
    ['an offer', list('div', '优惠', '5.00', '剩余应还', '还款日 12月14日')],
    ['a price', '<dl><dt>商品价</dt><dd>500.00</dd><dt>剩余应还</dt><dd></dd><dt>还款日</dt><dd>12月14日</dd></dl>'],
    ['a number in another box', `<div><b>20.00</b></div><div>${list('p', '剩余应还', '还款日 12月14日')}</div>`],
  ])('%s of other words before it is not its own', (_name, html) =>
    expect(seen(`<section>${html}</section>`)).toBe(HIDDEN),
  );

  it('nor is a day', () => {
    const html = list('div', '下单', '2026-11-02', '还款日', '剩余应还 386.20');
    expect(seen(`<section>${html}</section>`)).toBe('null 38620 open');
  });

  it('in two cards', () => {
    const card = (amount: string, day: string): string =>
      `<div>${list('div', amount, '本月待还', `还款日 ${day}`)}</div>`;
    expect(seen(card('￥386.20', '12月14日') + card('￥12.00', '12月20日'))).toBe(`${OPEN} | 2026-12-20 1200 open`);
  });
});

describe('columns', () => {
  const head = list('div', '账单', '最后还款日', '剩余应还');

  it('a header with a cell more, for the bar of its scrolling rows', () => {
    const header = `<table><tr><th>账单</th><th>最后还款日</th><th>剩余应还</th><th class="gutter"></th></tr></table>`;
    const rows = `<table>${row('12月', '2026-12-14', '386.20')}${row('11月', '2026-11-14', '0.00')}</table>`;
    const fixed = header.replace('<th class="gutter"></th>', '');
    const bills = `${OPEN} | 2026-11-14 0 settled`;
    expect(seen(header + rows)).toBe(bills);
    expect(seen(header + rows + fixed + rows)).toBe(bills);
  });

  it('a header with rows of its own has none in another table', () => {
    const bills = row('最后还款日', '剩余应还', '状态', '') + row('2026-12-14', '386.20', '待还', '还款');
    const orders = row('日期', '价格', '状态') + row('2026-11-20', '59.00', '已完成');
    expect(seen(`<table>${bills}</table><table>${orders}</table>`)).toBe(OPEN);
  });

  it('a list whose header stands outside of it', () => {
    const rows = `<li>${list('div', '12月', '2026-12-14', '386.20')}</li><li>${list('div', '11月', '2026-11-14', '0.00')}</li>`;
    expect(seen(`<section><div>${head}</div><ul>${rows}</ul></section>`)).toBe(`${OPEN} | 2026-11-14 0 settled`);
  });

  it('another list of as many columns is none of it', () => {
    const rows = `<div>${list('div', '12月', '2026-12-14', '386.20')}</div>`;
    const others = `<ul><li>${list('div', '手机壳', '2026-11-20', '59.00')}</li></ul>`;
    expect(seen(`<section><div>${head}</div>${rows}${others}</section>`)).toBe(OPEN);
  });

  it('a sum right above a header is not under captions', () => {
    const rows =
      row('合计', '', '586.20') + row('账单', '最后还款日', '剩余应还') + row('12月', '2026-12-14', '386.20');
    expect(seen(`<table>${rows}</table>`)).toBe(OPEN);
  });
});

describe('the days of a row that its header does not fit', () => {
  const table = (...rows: string[]): string =>
    `<table>${row('账单日', '最后还款日', '剩余应还', '状态')}${rows.join('')}</table>`;

  it('are told where each column of days has one', () => {
    expect(seen(table(row('12月', '2026-12-05', '2026-12-14', '386.20', '待还')))).toBe(HIDDEN);
  });

  it('are unknown otherwise, and the bill stays', () => {
    const stray = row('2026-12-14', '386.20', '待还');
    expect(seen(table(stray))).toBe('null null unknown');
    expect(seen(table(stray, row('2026-11-05', '2026-11-14', '12.00', '待还')))).toBe(
      'null null unknown | 2026-11-14 1200 open',
    );
  });

  it('are told in their own columns alone where a cell is left out', () => {
    const head = row('商品', '下单', '最后还款日', '剩余应还');
    expect(seen(`<table>${head}${row('壳', '2026-11-02', '386.20')}</table>`)).toBe('null null unknown');
    expect(seen(`<table>${head}${row('2026-11-02', '2026-12-14', '386.20')}</table>`)).toBe('null null unknown');
  });

  it('a column of other days counts', () => {
    const head = row('账单日', '最后还款日', '交易日期', '剩余应还', '最低还款额');
    expect(seen(`<table>${head}${row('2026-12-14', '2026-12-20', '386.20', '38.62')}</table>`)).toBe(
      'null null unknown',
    );
  });
});

describe('words of payment about something else', () => {
  it('a tab that is named as a label is none', () => {
    const tabs = `<div>${list('span', '未还', '已还')}</div>`;
    const open = `<div>${list('p', '应还金额 386.20元', '还款日 2026-12-14')}</div>`;
    const paid = `<div>${list('p', '11月账单', '还款金额 210.00元', '还款时间 2026-11-12', '已还清')}</div>`;
    expect(seen(`<section>${tabs}${open}${paid}</section>`)).toBe(OPEN);
  });

  it('a bill whose one label of an amount is such a word stays', () => {
    const hidden = `<div>${list('p', '待还款', '账单日 2026-12-05')}</div>`;
    const paid = `<div>${list('p', '账单日 2026-11-05', '应还金额 0.00')}</div>`;
    expect(seen(`<section>${hidden}${paid}</section>`)).toBe(`${HIDDEN} | 2026-11-14 0 settled`);
  });

  it('one of several instalments', () => {
    const parts = `<ul><li>${list('p', '第1/3期', '已还清')}</li><li>${list('p', '第2/3期', '待还')}</li></ul>`;
    expect(seen(`<div>${list('p', '剩余应还 ****', '最后还款日 2026-12-14')}${parts}</div>`)).toBe(HIDDEN);
  });
});

describe('a day in a sentence', () => {
  it.each([
    '请在2026年12月14日 24:00前还款',
    '请于12月14日前还清',
    '请于12月14日24时前完成还款',
    '请于12月14日20时30分前还款',
    '请于12月14日前用本人银行卡还款',
    '最晚于<b>2026年12月14日</b>（含）23:59前足额还款',
  ])('%s', (text) => expect(seen(`<div><p>${text}</p><p>待还金额 386.20元</p></div>`)).toBe(OPEN));

  it.each([
    '请于12月31日前领取20元还款券',
    '请于2026年12月31日前使用还款券',
    '请于12月31日前使用优惠券还款',
    '请于12月31日前申请分期还款',
  ])('no due day: %s', (text) =>
    expect(seen(`<div><p>${text}</p><p>待还金额 386.20元</p><p>最后还款日 12月14日</p></div>`)).toBe(OPEN),
  );
});
