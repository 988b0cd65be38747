import { describe, expect, it } from 'vitest';
import { lenderPage } from '../../replica/lender.ts';
import { documentOf, read, TODAY, teach } from './made-up.ts';

const bodyOf = (html: string): string => html.slice(html.indexOf('<body>') + 6, html.indexOf('</body>'));
const usual = (look?: 'usual' | 'rebuilt' | 'unknown'): Document => documentOf(bodyOf(lenderPage(TODAY, look)));
const must = <T>(value: T | null): T => {
  if (value === null) throw new Error('not taught');
  return value;
};

describe('a page that was taught once', () => {
  const lender = must(teach(usual(), '2026年9月14日', '¥1,286.40', '¥128.64'));
  const bill = { day: '2026-09-14', fen: 128_640, minimum: 12_864 };

  it('reads what was pointed at, the amount in three pieces too', () => {
    expect(read(usual(), lender)).toEqual([bill]);
  });
  it.each([
    ['386<i>.20</i>', 38_620],
    ['<b>386</b>.<i>20</i>', 38_620],
    ['<b>386.</b><i>20</i>', 38_620],
    ['<b>1,386</b><u>.</u><i>20</i>元', 138_620],
    ['<b>386</b><sup>20</sup>', null],
    ['<b>386.2</b><i>5</i>', null],
    ['<b>1</b>,<b>386</b>.20', null],
    ['<b>1</b><b>0</b><b>0</b>', null],
    ['<b>1</b><b>2</b><b>.</b><b>5</b><b>0</b>', null],
  ])('never takes half of an amount in pieces: %s', (amount, fen) => {
    const row = (text: string): Document => documentOf(`<p>应还日 2026-09-14</p><p>要还的钱 ¥${text}</p>`);
    const recipe = must(teach(row('97.40'), '2026-09-14', '¥97.40'));
    expect(read(row(amount), recipe)).toEqual([{ day: '2026-09-14', fen, minimum: null }]);
  });
  it.each([
    '<div>1</div><div>2</div><div>8</div>',
    '<div>1</div><div>2</div><div>.</div><div>5</div><div>0</div>',
    '<ul><li>1</li><li>,</li><li>286</li><li>.40</li></ul>',
    '<div>1,</div><div>286</div><div>.40</div>',
    '<div>0<br>1<br>2</div><div>0<br>1<br>2</div>',
    '<div>0 1 2 3 4 5 6 7 8 9</div>',
  ])('takes no digit of a counter for the amount: %s', (digits) => {
    for (const row of ['<div>要还的钱', '<div>要还的钱 ¥', '<p>要还的钱 ¥</p><div>']) {
      const page = (text: string): Document => documentOf(`<p>应还日 2026-09-14</p>${row}${text}</div>`);
      const recipe = must(teach(page('97.40'), '2026-09-14', row.endsWith('¥') ? '¥97.40' : '97.40'));
      expect(read(page(digits), recipe)).toEqual([{ day: '2026-09-14', fen: null, minimum: null }]);
    }
  });
  it.each([
    '1.2万',
    '1.2 万元',
    '100~200元',
    '12.00元~30.00元',
    '100 - 200',
    '1 234.56',
    '12.00元/期',
    '3 笔',
    '3.5 %',
    '100积分',
    '-¥12.00',
    '¥ -12.00',
    '- 12.00',
    '−12.00',
    '12.00 USD',
    '12.00美元',
    '日元 1,200',
    '12.00€',
  ])('takes nothing for an amount of yuan that is none: %s', (amount) => {
    const row = (text: string): Document => documentOf(`<p>应还日 2026-09-14</p><p>要还的钱 ${text}</p>`);
    const recipe = must(teach(row('¥97.40'), '2026-09-14', '¥97.40'));
    expect(read(row(amount), recipe)).toEqual([{ day: '2026-09-14', fen: null, minimum: null }]);
  });
  it.each([
    ['<p>应还本金 100.00</p>', '<p>应还利息 3.00</p>'],
    ['<p><span>应还本金</span><b>100.00</b></p>', '<p><span>应还利息</span><b>3.00</b></p>'],
    ['<p>本期应还 100.00</p>', '<p>上期应还 3.00</p>'],
    ['<p>本期应还 100.00</p>', '<p>本期应还利息 3.00</p>'],
  ])('does not take another row that begins alike for the taught one, which is gone: %s', (taught, other) => {
    const day = '<p>还款日 2026-09-14</p>';
    const recipe = must(teach(documentOf(day + taught + other), '2026-09-14', '100.00'));
    expect(read(documentOf(day + other), recipe)).toEqual([{ day: '2026-09-14', fen: null, minimum: null }]);
  });
  it.each(['<p>待还款</p><p>已结清</p>', '<p>如已还清请忽略</p>', '<a>已结清账单</a>'])(
    'says that it no longer fits, though words of payment stand there: %s',
    (words) => {
      const rebuilt = documentOf(`${words}<p>自动划走 2026-10-14</p><p>本次付 12.00</p>`);
      expect(read(rebuilt, lender)).toBe('layout-unknown');
    },
  );
  it('takes a page that says the bill is paid for no broken one', () => {
    expect(read(documentOf('<p>本期账单</p><p>已还清</p>'), lender)).toEqual([]);
  });
  it('costs a page of one long text no more than its length', () => {
    const page = documentOf(`<p>${'本期应还账单日到期还款日最低还款额，'.repeat(100_000)}</p>`);
    expect(read(page, lender)).toBe('layout-unknown');
  });
  it('reads the next month', () => {
    const html = bodyOf(lenderPage(TODAY)).replace('9月14日', '10月14日').replace('1,286', '97');
    expect(read(documentOf(html), lender)).toEqual([{ day: '2026-10-14', fen: 9_740, minimum: 12_864 }]);
  });
  it('reads it with other classes, wrapped values and advertisements', () => {
    expect(read(usual('rebuilt'), lender)).toEqual([bill]);
  });
  it('says that it no longer fits when the words are others', () => {
    expect(read(usual('unknown'), lender)).toBe('layout-unknown');
  });
  it('says that the page asks to sign in', () => {
    expect(read(documentOf('<form>账号 <input><input type="password"></form>'), lender)).toBe('signed-out');
  });
  it('says that the numbers are hidden', () => {
    const html = bodyOf(lenderPage(TODAY))
      .replace(/¥<b>.*?<\/small>/, '****')
      .replace(/2026年9月14日/, '--');
    expect(read(documentOf(html), lender)).toBe('amounts-hidden');
  });
  it('keeps a bill whose amount is hidden, the amount unknown', () => {
    const html = bodyOf(lenderPage(TODAY)).replace(/¥<b>.*?<\/small>/, '****');
    expect(read(documentOf(html), lender)).toEqual([{ ...bill, fen: null }]);
  });
  it('does not take the credit line for the amount when the amount is gone', () => {
    const html = bodyOf(lenderPage(TODAY)).replace(/<em class="value">¥<b>.*?<\/em>/, '');
    expect(read(documentOf(html), lender)).toEqual([{ ...bill, fen: null }]);
  });
  it('claims nothing when the page says that nothing is owed', () => {
    expect(read(documentOf('<p>暂无待还账单</p>'), lender)).toEqual([]);
  });
  it('holds no value, no digit but 0 and no address beyond its own', () => {
    const text = JSON.stringify({
      ...lender,
      id: '',
      taughtAt: 0,
      dueDay: lender.dueDay.near,
      remaining: lender.remaining.near,
      minimum: lender.minimum?.near,
      version: 0,
      apart: 0,
    });
    expect(text).not.toMatch(/[1-9]/);
    expect(text).not.toContain('user=');
  });
});

describe('one row of a table taught', () => {
  const table = (rows: string): Document =>
    documentOf(
      `<h3>待还</h3><table><thead><tr><th>产品</th><th>划扣日期</th><th>本次要还</th><th>额度</th></tr></thead><tbody>${rows}</tbody></table>`,
    );
  const row = (name: string, day: string, amount: string): string =>
    `<tr><td>${name}</td><td>${day}</td><td>${amount}</td><td>9,000.00</td></tr>`;
  const recipe = must(
    teach(table(row('甲', '2026-09-14', '386.20') + row('乙', '2026-09-20', '51.00')), '2026-09-14', '386.20'),
  );

  it('reads every row', () => {
    expect(
      read(
        table(row('甲', '2026-09-14', '386.20') + row('乙', '2026-09-20', '51.00') + row('丙', '2026-10-02', '7.05')),
        recipe,
      ),
    ).toEqual([
      { day: '2026-09-14', fen: 38_620, minimum: null },
      { day: '2026-09-20', fen: 5_100, minimum: null },
      { day: '2026-10-02', fen: 705, minimum: null },
    ]);
  });
  it('never makes one bill of two rows that each lack a value', () => {
    expect(read(table(row('甲', '2026-09-14', '--') + row('乙', '--', '51.00')), recipe)).toEqual([
      { day: '2026-09-14', fen: null, minimum: null },
      { day: null, fen: 5_100, minimum: null },
    ]);
  });
  it('keeps two bills of one day apart', () => {
    const two = read(table(row('甲', '2026-09-14', '1.00') + row('乙', '2026-09-14', '2.00')), recipe);
    expect(two).toHaveLength(2);
  });
  it('follows the columns when they change places', () => {
    const html =
      '<table><tr><th>本次要还</th><th>额度</th><th>划扣日期</th></tr><tr><td>12.00</td><td>9,000.00</td><td>2026-09-30</td></tr></table>';
    expect(read(documentOf(html), recipe)).toEqual([{ day: '2026-09-30', fen: 1_200, minimum: null }]);
  });
});

describe('other layouts', () => {
  it('cards: one taught, all read, and a lost amount is unknown, not a neighbour', () => {
    const card = (day: string, amount: string): string =>
      `<section><p><span>还款时间</span><b>${day}</b></p><p><span>要还</span><b>${amount}</b></p></section>`;
    const recipe = must(
      teach(documentOf(card('9月14日', '10.00元') + card('9月20日', '20.00元')), '9月14日', '10.00元'),
    );
    expect(
      read(documentOf(card('9月15日', '11.00元') + card('9月21日', '--') + card('9月28日', '31.00元')), recipe),
    ).toEqual([
      { day: '2026-09-15', fen: 1_100, minimum: null },
      { day: '2026-09-21', fen: null, minimum: null },
      { day: '2026-09-28', fen: 3_100, minimum: null },
    ]);
  });
  it('a flat list of terms, in turn; not where one lacks its value', () => {
    const pair = (day: string, amount: string): string =>
      `<dt>扣款日</dt><dd>${day}</dd><dt>要还</dt><dd>${amount}</dd>`;
    const recipe = must(teach(documentOf(`<dl>${pair('9月14日', '10.00')}</dl>`), '9月14日', '10.00'));
    expect(read(documentOf(`<dl>${pair('9月14日', '10.00')}${pair('9月20日', '20.00')}</dl>`), recipe)).toEqual([
      { day: '2026-09-14', fen: 1_000, minimum: null },
      { day: '2026-09-20', fen: 2_000, minimum: null },
    ]);
    const lacking = read(documentOf(`<dl>${pair('9月14日', '--')}${pair('9月20日', '20.00')}</dl>`), recipe);
    expect(lacking).not.toContainEqual(expect.objectContaining({ day: '2026-09-14', fen: 2_000 }));
  });
  it('a caption under its number; on the other side of its day it is not trusted', () => {
    const tile = (value: string, caption: string): string =>
      `<div><strong>${value}</strong><span>${caption}</span></div>`;
    const page = (a: string, b: string): string =>
      `<div>${tile(a, '要还')}${tile('¥8,000.00', '还能借')}${tile(b, '扣款日')}</div>`;
    const recipe = must(teach(documentOf(page('¥10.00', '9月14日')), '9月14日', '¥10.00'));
    const turned = `<div>${tile('¥8,000.00', '还能借')}${tile('9月15日', '扣款日')}${tile('¥12.00', '要还')}</div>`;
    expect(read(documentOf(turned), recipe)).toEqual([{ day: '2026-09-15', fen: null, minimum: null }]);
  });
  it('words and values in one sentence', () => {
    const recipe = must(
      teach(documentOf('<p>请在 2026-09-14 前还 88.00 元，额度 900.00 元</p>'), '2026-09-14', '88.00 元'),
    );
    expect(read(documentOf('<p>请在 2026-10-14 前还 99.50 元，额度 900.00 元</p>'), recipe)).toEqual([
      { day: '2026-10-14', fen: 9_950, minimum: null },
    ]);
  });
  it('refuses a value without words beside it', () => {
    expect(teach(documentOf('<p>9月14日</p><p>88.00</p>'), '9月14日', '88.00')).toBeNull();
  });
});
