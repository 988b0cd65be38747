/** Pages that were once read wrongly: a zero, a word or a piece that says less than it seems to. All data made up. */
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../scripts/read.ts';
import type { Day } from '../../src/core/day.ts';
import { readLabels } from '../../src/sites/labels/read.ts';

const TODAY = '2026-09-11' as Day;

/** Each bill as `due remaining standing`, then what is covered. */
function seen(html: string): string {
  const { part } = readLabels(parsePage(`<!doctype html><body>${html}</body>`), {
    today: TODAY,
    title: '白条',
    dueAfterStatementDays: 9,
  });
  const bills = part.bills.map((bill) => `${bill.dueDay} ${bill.remainingFen} ${bill.standing}`);
  return [...bills, part.covered.join('+')].join(' | ');
}

const DUE = '<p>最后还款日：2026-09-14</p>';
const UNKNOWN = '2026-09-14 null unknown | ';

describe('nothing overdue is not nothing owed', () => {
  it.each(['<p>逾期金额 0.00</p>', '<p>已逾期 0.00</p>', '<p>已逾期：0.00元</p>'])('%s', (html) => {
    expect(seen(`<div>${DUE}${html}</div>`)).toBe(UNKNOWN);
  });

  it('what is overdue is owed', () => {
    expect(seen(`<div>${DUE}<p>已逾期 12.00</p></div>`)).toBe('2026-09-14 1200 open | ');
    expect(seen(`<div>${DUE}<p>剩余应还 0.00</p><p>已逾期 12.00</p></div>`)).toBe('2026-09-14 1200 open | ');
  });
});

describe('an amount in pieces', () => {
  it.each([
    ['<p>剩余应还 <b>386</b>.<i>20</i></p>', 38620],
    ['<p>剩余应还</p><div>1,386</div><div>.20</div>', 138620],
    ['<p>剩余应还 <del>486.20</del><b>386.20</b></p>', 38620],
    ['<p>剩余应还 <s>486.20</s> 386.20</p>', 38620],
    ['<p>剩余应还 <span style="text-decoration: line-through">486.20</span> 386.20</p>', 38620],
    ['<p>剩余应还</p><div>386.</div><div>20</div>', 38620],
    ['<p>剩余应还</p><div>386</div><div>.</div><div>20</div>', 38620],
    ['<p>剩余应还 ¥</p><div>1</div><div>2</div><div>.</div><div>4</div><div>0</div>', null],
    ['<p>剩余应还</p><ul><li>1</li><li>,</li><li>286</li><li>.40</li></ul>', null],
    ['<p>剩余应还</p><div>1,</div><div>286</div><div>.40</div>', null],
    ['<p>剩余应还</p><div>0<br>1<br>2</div><div>0<br>1<br>2</div>', null],
    ['<p>剩余应还</p><div>0 1 2 3 4 5 6 7 8 9</div>', null],
    ['<p>剩余应还 <b>1</b><b>2</b><b>.</b><b>4</b><b>0</b></p>', null],
    ['<div><div>1</div><div>2</div><div>.40</div></div><p>剩余应还</p>', null],
    ['<table><tr><td>剩余应还</td><td>3.00</td><td>5</td></tr></table>', 300],
    ['<p>剩余应还 <b>386</b><sup>20</sup></p>', null],
  ])('%s', (html, fen) => {
    expect(seen(`<div>${DUE}${html}</div>`)).toBe(`2026-09-14 ${fen} ${fen === null ? 'unknown' : 'open'} | `);
  });
});

describe('an amount in several elements is read whole or not at all', () => {
  const LAYOUTS: ((value: string) => string)[] = [
    (value) => `<div>${DUE}<div><span>剩余应还</span>${value}</div></div>`,
    (value) => `<div>${DUE}<p>剩余应还</p><div>${value}</div></div>`,
    (value) => `<div>${DUE}<div><div>${value}</div><p>剩余应还</p></div></div>`,
    (value) => `<dl><dt>最后还款日</dt><dd>2026-09-14</dd><dt>剩余应还</dt><dd>${value}</dd></dl>`,
    (value) =>
      `<table><tr><th>最后还款日</th><th>剩余应还</th></tr><tr><td>2026-09-14</td><td>${value}</td></tr></table>`,
    (value) => `<div><div><i>最后还款日</i><i>剩余应还</i></div><div><i>2026-09-14</i><i>${value}</i></div></div>`,
    (value) =>
      `<div><div><div>最后还款日</div><div>剩余应还</div></div><div><div>2026-09-14</div><div>${value}</div></div></div>`,
    (value) => `<div><div><p>最后还款日</p><p>剩余应还</p></div><div><p>2026-09-14</p>${value}</div></div>`,
  ];
  const inEach = (parts: readonly string[]): string[] => [
    ...['b', 'div', 'li'].map((tag) => parts.map((part) => `<${tag}>${part}</${tag}>`).join('')),
    parts.map((part, at) => (at % 2 ? part : `<b>${part}</b>`)).join(''),
    parts.map((part, at) => (at % 2 ? `<div>${part}</div>` : `<b>${part}</b>`)).join(''),
    parts.map((part) => `<div><b>${part}</b></div>`).join(''),
  ];
  const read = (parts: readonly string[]): Set<string> =>
    new Set(
      LAYOUTS.flatMap((layout) => inEach(parts).flatMap((value) => seen(layout(value)).split(' | ').filter(Boolean))),
    );
  const amounts = (parts: readonly string[]): string[] =>
    [...new Set([...read(parts)].map((bill) => bill.split(' ')[1] as string))].sort();

  it.each([
    ...['1 286.40', '12 86.40', '1 286 .40', '1 ,286 .40', '1, 286.40', '1 , 286 . 40', '1 2 8 6 . 4 0', '1,28 6.40'],
    ...['¥1 286.40', '¥ 1 286.40', '1286 40', '1286.4 0', '1,286. 4 0', '12 345,678.90', '0 286.40', '1 286.40元'],
    ...['- 1286.40', '- ¥ 1286.40', '12 万', '1.2 万元', '1 万 2864', '1286 元 40 分', '1286元 4角', '1286元4角'],
    ...['$ 1286.40', '1286.40 USD', '100 ~ 200', '100- 200', '12.34 .56', '1286.40 / 天', '12 期', '3 / 12', '28 %'],
  ])('%s is not known', (text) => expect(amounts(text.split(' '))).toEqual(['null']));

  it.each(['¥ 1286 .40', '1286 . 40', '1286. 40', '1286.40 元', '¥ 1,286 .40 元'])('%s is that', (text) =>
    expect(amounts(text.split(' '))).toEqual(['128640']),
  );

  it.each([
    ['2026 年 9 月 14 日', '2026-09-14'],
    ['2026年 9月14日', '2026-09-14'],
    ['2025年 9月14日', '2025-09-14'],
    ['2026-09- 14', '2026-09-14'],
    ['2026 -09-14', '2026-09-14'],
    ['2026. 09. 14', '2026-09-14'],
    ['2026年9月1 4日', null],
    ['2026-09-1 4', null],
    ['1 2月14日', null],
    ['202 6年9月14日', null],
    ['2 0 2 6 - 0 9 - 1 4', null],
  ])('a day: %s', (text, day) => {
    const days = LAYOUTS.flatMap((layout) =>
      inEach(text.split(' ')).flatMap((value) => {
        const html = layout('386.20').replace(/2026-09-14/, value);
        const bills = seen(html).split(' | ').filter(Boolean);
        for (const bill of bills) expect(bill).toMatch(/ (?:38620|null) /);
        return bills.map((bill) => bill.split(' ')[0]);
      }),
    );
    expect([...new Set([...days, 'null'])].sort()).toEqual([...(day ? [day] : []), 'null']);
  });

  it.each(['div div', 'div span', 'ul li', 'p b'])('columns stay apart: %s', (tags) => {
    const [row, cell] = tags.split(' ');
    const rows = [
      ['期数', '剩余应还', '最后还款日', '状态'],
      ['1', '286.40', '2026-09-14', '-'],
      ['12', '86', '2026-10-14', '-'],
    ];
    const html = rows.map((cells) => `<${row}>${cells.map((text) => `<${cell}>${text}</${cell}>`).join('')}</${row}>`);
    expect(seen(`<div>${html.join('')}</div>`)).toBe('2026-09-14 28640 open | 2026-10-14 8600 open | ');
  });

  it.each([
    [
      `<div><div><p>386.00</p><p>剩余应还</p></div><div><p>12.00</p><p>最低还款额</p></div>${DUE}</div>`,
      '2026-09-14 38600 open | ',
    ],
    [`<table><tr><td>剩余应还</td><td>3</td><td>286.40</td></tr></table>${DUE}`, '2026-09-14 300 open | '],
  ])('what only stands beside it is no part of it: %s', (html, expected) => expect(seen(html)).toBe(expected));
});

describe('money that is not yuan', () => {
  it.each([
    '剩余应还 12.00美元',
    '剩余应还 12.00 USD',
    '剩余应还 €12.00',
    '剩余应还 £12.00',
    '剩余应还 US$ 12.00',
    '剩余应还 <i>USD</i> <b>12.00</b>',
    '剩余应还 <b>12.00</b> <i>USD</i>',
    '剩余应还（美元） 12.00',
    '剩余应还<i>（美元）</i> 12.00',
    '剩余应还(USD)：12.00',
    '美元剩余应还 12.00',
    '剩余应还</p><p>USD</p><p>12.00',
  ])('%s is not known', (text) => {
    expect(seen(`<div>${DUE}<p>${text}</p></div>`)).toBe(UNKNOWN);
  });

  it('a column of dollars beside one of yuan', () => {
    const head = '<tr><th>最后还款日</th><th>剩余应还(美元)</th><th>剩余应还(人民币)</th></tr>';
    expect(seen(`<table>${head}<tr><td>2026-09-14</td><td>12.00</td><td>386.20</td></tr></table>`)).toBe(
      '2026-09-14 38620 open | ',
    );
  });

  it.each(['美元', 'USD', '美元(USD)'])('a row of %s', (currency) => {
    const head = '<tr><th>最后还款日</th><th>剩余应还</th><th>币种</th></tr>';
    const dollars = `<tr><td>2026-09-14</td><td>12.00</td><td>${currency}</td></tr>`;
    expect(seen(`<table>${head}${dollars}</table>`)).toBe(UNKNOWN);
    const yuan = '<tr><td>2026-09-14</td><td>386.20</td><td>人民币</td></tr>';
    expect(seen(`<table>${head}${yuan}${dollars}</table>`)).toBe('2026-09-14 38620 open | ');
  });

  it('yuan beside dollars are yuan', () => {
    for (const text of [
      'RMB 386.20 USD 12.00',
      '386.20 USD 12.00',
      '386.20 / $12.00',
      '386.20元 12.00美元',
      '人民币386.20 / 美元12.00',
    ])
      expect(seen(`<div>${DUE}<p>剩余应还 ${text}</p></div>`)).toBe('2026-09-14 38620 open | ');
  });
});

describe('a number that is no amount of yuan', () => {
  it.each([
    ...['1.5 万', '3 期', '3 笔', '3.00 元/日', '¥3.00/天', '386.20-', '−386.20'],
    ...['100~200元', '100 至 200元', '100–200', '1 234.56', '12 345 678.90'],
  ])('%s', (text) => {
    expect(seen(`<div>${DUE}<p>剩余应还 ${text}</p></div>`)).toBe(UNKNOWN);
    expect(seen(`<div><p>${text}</p><p>剩余应还</p></div>${DUE}`)).toContain('null unknown');
  });
});

describe('words of payment', () => {
  const bill = `<div class="bill">${DUE}<p>剩余应还 **.**</p></div>`;

  it.each([
    ['a row of filters', `<ul><li>全部</li><li>待还款</li><li>已结清</li></ul>${bill}`],
    ['a filter beside the bill', `<section><div>全部</div><div>已结清</div>${DUE}<p>剩余应还 **.**</p></section>`],
    ['a filter of inline words', `<div><span>全部</span><span>已还清</span></div>${bill}`],
    ['one tab', `<div class="tab-item">已结清</div>${bill}`],
    ['a link', `<div>${DUE}<p>剩余应还 **.**</p><p><a href="#">已结清</a></p></div>`],
    ['the foot of the page', `${bill}<footer>已还清，请忽略</footer>`],
    ['a line under the bill', `<div>${DUE}<p>已还清，请忽略</p></div>`],
    ['a condition', `<div>${DUE}<p>如已还清，无需还款</p></div>`],
    ['another condition', `<div>${DUE}<p>若账单金额为零，则无需还款</p></div>`],
    ['a condition in pieces', `<div>${DUE}<p>如<b>已还清</b>，无需还款</p></div>`],
    ['a condition in the line of the day', '<p>最后还款日：2026-09-14，如已还清，无需还款</p>'],
    ['an advert', `<div>${DUE}<p>新用户首月 无需还款</p></div>`],
    ['seven days', `<div>${DUE}<p>近七日无须还款</p></div>`],
    ['seven days in pieces', `<div>${DUE}<p><span>近七日</span><span>无须还款</span></p></div>`],
    ['another box', `${bill}<div><p>已结清</p></div>`],
  ])('%s settles nothing', (_name, html) => {
    expect(seen(`<main>${html}</main>`)).toBe(UNKNOWN);
    expect(seen(html)).toBe(UNKNOWN);
  });

  it.each([
    `<div><p>9月账单 <em>已结清</em></p>${DUE}</div>`,
    `<div>${DUE}<p>状态：已还清</p></div>`,
    `<div>${DUE}<p>剩余应还 --</p><p>本期账单已结清</p></div>`,
    '<p>最后还款日：2026-09-14 已结清</p>',
    '<table><tr><th>最后还款日</th><th>剩余应还</th><th>状态</th></tr><tr><td>2026-09-14</td><td>--</td><td>已结清</td></tr></table>',
  ])('%s settles', (html) => {
    expect(seen(html)).toBe('2026-09-14 null settled | ');
  });
});

describe('words of nothing', () => {
  it.each([
    '<p>暂无账单</p>',
    '<div><h3>已出账单</h3><p>暂无账单</p></div><div><h3>还款流水</h3><p>暂无记录</p></div>',
    '<ul><li class="active">已出账单</li><li>未出账单</li><li>还款流水</li></ul><p>暂无账单</p>',
  ])('%s speaks of issued bills', (html) => {
    expect(seen(html)).toBe('issued');
  });

  it.each([
    '<p>近7日</p><p>暂无待还款</p>',
    '<p>近7日暂无待还款</p>',
    '<div><h3>还款流水</h3><p>没有账单</p></div>',
    '<ul><li>已出账单</li><li class="active">退款记录</li></ul><p>暂无账单</p>',
    '<ul><li>已出账单</li><li>未出账单</li><li>消费明细</li></ul><p>暂无账单</p>',
    '<ul><li>已出账单</li><li aria-selected="true">未出账单</li></ul><p>暂无账单</p>',
    '<p>如暂无账单，请稍后再看</p>',
  ])('%s says nothing of them', (html) => {
    expect(seen(html)).toBe('');
  });
});

describe('a row that its header does not fit', () => {
  const row = (...texts: string[]): string =>
    `<tr>${texts.map((text) => (text.startsWith('<td') ? text : `<td>${text}</td>`)).join('')}</tr>`;
  const table = (...rows: string[]): string => `${DUE}<table>${rows.join('')}</table>`;
  const HEAD = row('上期应还', '本期应还款额', '最低还款额');

  it.each([
    ['a cell too few', table(HEAD, row('1,234.56', '61.73'))],
    ['a cell too many', table(HEAD, row('0.00', '1,234.56', '61.73', '10.00'))],
    ['a cell of words too many', table(row('本期应还款额', '最低还款额'), row('0.00', '1,234.56', '还款'))],
    [
      'the word of the last cell under a label',
      table(HEAD.replace('</tr>', '<td>操作</td></tr>'), row('1,234.56', '61.73', '还款')),
    ],
    ['no word at all', table(HEAD.replace('</tr>', '<td>操作</td></tr>'), row('1,234.56', '61.73', ''))],
    ['a number in front left out', table(row('卡号', '本期应还', '期数', '操作'), row('386.20', '3', '还款'))],
    ['a box to tick left out', table(row('', '期数', '本期应还', '最低还款额'), row('3', '386.20', '38.62'))],
    [
      'a box to tick too many',
      table(row('上期应还', '本期应还款额'), row('<td><input type="checkbox"></td>', '1,234.56', '61.73')),
    ],
    ['half of a label', table(row('上期应还', '<td colspan="2">本期应还款额</td>'), row('1,234.56', '61.73'))],
    ['a cell too few beside one that spans', table(HEAD, row('<td rowspan="2">0.00</td>', '--', '--'), row('61.73'))],
  ])('%s', (_name, html) => expect(seen(html)).toBe(UNKNOWN));

  it('keeps its day, and the rows beside it their amounts', () => {
    const rows = [row('2026-09-14', '1,234.56', '61.73'), row('2026-10-14', '0.00', '1,234.56', '61.73')];
    const html = `<table>${row('最后还款日', '上期应还', '本期应还', '最低还款额')}${rows.join('')}</table>`;
    expect(seen(html)).toBe('2026-09-14 null unknown | 2026-10-14 123456 open | ');
    const more = Array.from({ length: 30 }, () => rows[1]).join('');
    expect(seen(html.replace('</table>', `${more}</table>`))).toContain(
      '2026-09-14 null unknown | 2026-10-14 123456 open',
    );
  });

  it.each([
    ['the last cell, an action', table(row('本期应还', '最低还款额', '操作'), row('386.20', '38.62'))],
    ['the last two', table(row('账单', '本期应还', '状态', '备注'), row('9月账单', '386.20'))],
    ['a last cell without a head', table(row('上期应还', '本期应还', ''), row('0.00', '386.20'))],
    ['cells in one', table(row('期数', '上期应还', '本期应还'), row('<td colspan="2">合计</td>', '386.20'))],
    ['a head over two', table(row('本期应还', '<td colspan="2">操作</td>'), row('386.20', '还款', '详情'))],
    [
      'a cell from above, at the end',
      table(row('本期应还', '操作'), row('386.20', '<td rowspan="2">还款</td>'), row('386.20')),
    ],
  ])('is understood: %s', (_name, html) => expect(seen(html)).toBe('2026-09-14 38620 open | '));
});

describe('numbers over their captions', () => {
  const rows = [
    ['1,234.56', '61.73'],
    ['本期应还款额', '最低还款额'],
    ['50,000.00', '48,765.44'],
    ['信用额度', '可用额度'],
    ['200.00', '12.00'],
    ['消费金额', '积分'],
  ];
  const inTable = (all: readonly string[][]): string =>
    `<table>${all.map((cells) => `<tr>${cells.map((text) => `<td>${text}</td>`).join('')}</tr>`).join('')}</table>`;
  const inBoxes = (all: readonly string[][]): string =>
    all.map((cells) => `<div>${cells.map((text) => `<p>${text}</p>`).join('')}</div>`).join('');
  const [first, second, third] = [rows.slice(0, 2), rows.slice(2, 4), rows.slice(4)];

  it.each([
    [...first, ...second],
    [...second, ...first, ...third],
    [...third, ...second, ...first],
    [...first, ...second, ...third],
    [['', '61.73'], ...rows.slice(1, 4)],
    [...first, ...second].map(([text]) => [text as string]),
    [...first, ...second].map(([text, other]) => [text as string, '', other as string]),
  ])('%j', (...all) => {
    expect(seen(`${DUE}${inTable(all)}`)).toBe(UNKNOWN);
    if (all[0]?.length === 2) expect(seen(`${DUE}<section>${inBoxes(all)}</section>`)).toBe(UNKNOWN);
  });

  it('one table below another is none of that', () => {
    const all = [rows[3], rows[2], rows[1], rows[0]] as string[][];
    for (const html of [
      inTable(all),
      inTable(all.slice(0, 2)) + inTable(all.slice(2)),
      `<section>${inBoxes(all)}</section>`,
    ])
      expect(seen(DUE + html)).toBe('2026-09-14 123456 open | ');
  });

  it('nor is the one number under a label of its own', () => {
    const html = `<p>剩余应还</p><div><b>386</b><i>.20</i></div>${inBoxes([
      ['最低还款额', '积分'],
      ['38.62', '12'],
    ])}`;
    expect(seen(`<section>${html}${DUE}</section>`)).toBe('2026-09-14 38620 open | ');
  });
});
