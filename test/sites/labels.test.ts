/** The generic label reader on the layouts of statement mails (facts/statements.md) and bill pages. All data made up. */
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../scripts/read.ts';
import type { Day } from '../../src/core/day.ts';
import type { LabelProfile } from '../../src/sites/labels/profile.ts';
import { readLabels } from '../../src/sites/labels/read.ts';

const at = (today: string, more: Partial<LabelProfile> = {}): LabelProfile => ({
  today: today as Day,
  title: '信用卡',
  dueAfterStatementDays: null,
  ...more,
});

/** Each bill as `due / statement / remaining / minimum / total`, in fen; `-` is unknown. */
function read(html: string, profile: LabelProfile): string[] {
  const { part } = readLabels(parsePage(`<!doctype html><body>${html}</body>`), profile);
  return part.bills
    .filter((bill) => !bill.isSum)
    .map((bill) =>
      [bill.dueDay, bill.statementDay, bill.remainingFen, bill.minimumFen, bill.totalFen]
        .map((v) => v ?? '-')
        .join(' / '),
    );
}

const cell = (...texts: string[]): string => `<tr>${texts.map((text) => `<td>${text}</td>`).join('')}</tr>`;

describe('statement mails', () => {
  it('中信: the value between the Chinese and the English label, five amounts in a card row', () => {
    const html = `<table>${cell('账单日 2026年08月13日 Statement Date', '到期还款日 2026年09月01日 Payment Due Date')}</table>
      <table>${cell('卡号', '币种', '上期应还', '上期已还', '本期新增', '账户账单金额', '最低还款额')}
      ${cell('6229-19**-****-0000', 'CNY', '120.00', '120.00', '300.50', '300.50', '30.05')}</table>`;
    expect(read(html, at('2026-08-20'))).toEqual(['2026-09-01 / 2026-08-13 / - / 3005 / 30050']);
  });

  it('中信, two cards: each card is a bill due on the one due day', () => {
    const html = `<p>账单日 2026年08月13日 Statement Date</p><p>到期还款日 2026年09月01日 Payment Due Date</p>
      <table>${cell('卡号', '币种', '上期应还', '上期已还', '本期新增', '账户账单金额', '最低还款额')}
      ${cell('6229-19**-****-0000', 'CNY', '120.00', '120.00', '300.50', '300.50', '30.05')}
      ${cell('6229-19**-****-0001', 'CNY', '0.00', '0.00', '41.00', '41.00', '41.00')}</table>`;
    expect(read(html, at('2026-08-20'))).toEqual([
      '2026-09-01 / 2026-08-13 / - / 3005 / 30050',
      '2026-09-01 / 2026-08-13 / - / 4100 / 4100',
    ]);
  });

  it('中信 as plain text: all labels on one line, all values on the next', () => {
    const html = `<pre>账单日 2026年08月13日 Statement Date
到期还款日 2026年09月01日 Payment Due Date
上期应还 上期已还 本期新增 账户账单金额 最低还款额
6229-19**-****-0000 CNY 120.00 120.00 300.50 300.50 30.05</pre>`;
    expect(read(html, at('2026-08-20'))).toEqual(['2026-09-01 / 2026-08-13 / - / 3005 / 30050']);
  });

  it('民生: dollars beside yuan in one row are not taken', () => {
    const html = `<p>本期账单日 Statement Date 2026/08/05</p><p>本期最后还款日 Payment Due Date 2026/08/25</p>
      <table>${cell('', '本期应还款额 New Balance', '', '最低还款额 Min. Payment', '')}
      ${cell('人民币/美元账户 RMB/USD Account', 'RMB 528.96', 'USD 0.00', 'RMB 100.00', 'USD 0.00')}</table>`;
    expect(read(html, at('2026-08-10'))).toEqual(['2026-08-25 / 2026-08-05 / 52896 / 10000 / -']);
  });

  it('民生 as text: labels, then one line of both currencies', () => {
    const html = `<pre>本期账单日 Statement Date 2026/08/05
本期最后还款日 Payment Due Date 2026/08/25
本期应还款额 New Balance 最低还款额 Min. Payment
人民币/美元账户 RMB/USD Account RMB 528.96 USD 0.00 RMB 100.00 USD 0.00</pre>`;
    expect(read(html, at('2026-08-10'))).toEqual(['2026-08-25 / 2026-08-05 / 52896 / 10000 / -']);
  });

  it('农业: debt is a negative number, and the cycle ends on the statement day', () => {
    const html = `<p>账单周期 Statement Cycle 2026/07/20-2026/08/19</p><p>到期还款日 Payment Due Date 2026/09/13</p>
      <p>本期应还款额(欠款为-) New Balance 人民币(CNY) -1,399.80</p><p>最低还款额(欠款为-) Min Payment 人民币(CNY) -70.00</p>`;
    expect(read(html, at('2026-08-21'))).toEqual(['2026-09-13 / 2026-08-19 / 139980 / 7000 / -']);
  });

  it('农业, overpaid: a positive number is nothing to pay', () => {
    const html = `<p>到期还款日 Payment Due Date 2026/09/13</p><p>本期应还款额(欠款为-) New Balance 人民币(CNY) 12.00</p>`;
    expect(read(html, at('2026-08-21'))).toEqual(['2026-09-13 / - / 0 / - / -']);
  });

  it('建设: two date formats in one mail', () => {
    const html = `<p>本期账单日 Statement Date 2026-08-14</p><p>本期到期还款日 Payment Due Date 2026/09/03</p>
      <table>${cell('卡号', '币种', '本期应还款额', '本期最低还款额')}${cell('62270816****0000', '人民币(CNY)', '857.90', '200.00')}</table>`;
    expect(read(html, at('2026-08-21'))).toEqual(['2026-09-03 / 2026-08-14 / 85790 / 20000 / -']);
  });

  it('建设, nothing due: a dash is no day', () => {
    const html = `<p>本期账单日 Statement Date 2026-08-14</p><p>本期到期还款日 Payment Due Date -</p>
      <table>${cell('卡号', '币种', '本期应还款额', '本期最低还款额')}${cell('62270816****0000', '人民币(CNY)', '0.00', '0.00')}</table>`;
    expect(read(html, at('2026-08-21'))).toEqual(['- / 2026-08-14 / 0 / 0 / -']);
  });

  it('兴业: the currency word before the number', () => {
    const html = `<table>${cell('账单日 Statement Date', '2026年07月25日')}${cell('到期还款日 Payment Due Date', '2026年08月14日')}
      ${cell('本期应还款总额 New Balance', 'RMB 6,542.97')}${cell('本期最低还款额 Minimum Payment', 'RMB 327.15')}</table>`;
    expect(read(html, at('2026-07-28'))).toEqual(['2026-08-14 / 2026-07-25 / 654297 / 32715 / -']);
  });

  it('工商, older: the amount before the currency', () => {
    const html = `<p>账单日 Statement Date 2026/06/04</p><p>到期还款日 Payment Due Date 2026/06/24</p>
      <p>本期应还金额 New Balance 12.30/RMB</p><p>最低还款额 Min.Payment 10.00/RMB</p>`;
    expect(read(html, at('2026-06-10'))).toEqual(['2026-06-24 / 2026-06-04 / 1230 / 1000 / -']);
  });

  it('招商: the limit looks like an amount owed and is not taken', () => {
    const html = `<table>${cell('账单周期', '信用额度', '本期应还金额', '本期最低还款额', '到期还款日')}
      ${cell('2026/07/09-2026/08/08', '￥ 35,000.00', '￥ 1,927.79', '￥ 96.39', '2026/08/26')}</table>`;
    expect(read(html, at('2026-08-10'))).toEqual(['2026-08-26 / 2026-08-08 / 192779 / 9639 / -']);
  });

  it('招商, overpaid: a negative number is unknown without a profile, and nothing to pay with one', () => {
    const html = `<table>${cell('账单周期', '信用额度', '本期应还金额', '本期最低还款额', '到期还款日')}
      ${cell('2026/07/09-2026/08/08', '￥ 35,000.00', '￥ -5.00', '￥ 0.00', '2026/08/26')}</table>`;
    expect(read(html, at('2026-08-10'))).toEqual(['2026-08-26 / 2026-08-08 / - / 0 / -']);
    expect(read(html, at('2026-08-10', { debtIsNegative: false }))).toEqual(['2026-08-26 / 2026-08-08 / 0 / 0 / -']);
  });

  it('北京: spaces inside labels, full- and half-width colons', () => {
    const html = `<p>账    单    日 : 2022-01-20</p><p>最 后 还 款 日: 2022-02-09</p><p>本期应还款金额： ￥2,741.50</p><p>本期最低还款金额: ￥274.15</p>`;
    expect(read(html, at('2022-01-25'))).toEqual(['2022-02-09 / 2022-01-20 / 274150 / 27415 / -']);
  });

  it('北京 2026: the unit after the number', () => {
    const html = `<table>${cell('账    单    日 :', '2026-01-20')}${cell('最 后 还 款 日:', '2026-02-09')}${cell('本期应还款金额：', '2,741.50元')}</table>`;
    expect(read(html, at('2026-01-25'))).toEqual(['2026-02-09 / 2026-01-20 / 274150 / - / -']);
  });

  it('光大 2023: labels first, then the values, the limit among them', () => {
    const html = `<div><p>账单日</p><p>到期还款日</p><p>信用额度</p><p>本期应还款额</p><p>最低还款额</p></div>
      <div><p>2023/01/12</p><p>2023/01/31</p><p>￥4,400.00</p><p>￥3,156.46</p><p>￥157.82</p></div>`;
    expect(read(html, at('2023-01-15'))).toEqual(['2023-01-31 / 2023-01-12 / 315646 / 15782 / -']);
    const text = `<pre>账单日 到期还款日 信用额度 本期应还款额 最低还款额\n2023/01/12 2023/01/31 ￥4,400.00 ￥3,156.46 ￥157.82</pre>`;
    expect(read(text, at('2023-01-15'))).toEqual(['2023-01-31 / 2023-01-12 / 315646 / 15782 / -']);
  });

  it('光大 2016: the due day in a sentence', () => {
    const html = `<p>尊敬的客户，您2016年04月13日至2016年05月12日的账单已出，您最晚于2016年05月31日还款。</p><p>本期应还款额：￥3,156.46</p>`;
    expect(read(html, at('2016-05-14'))).toEqual(['2016-05-31 / - / 315646 / - / -']);
  });

  it('（存款） after an amount: the bank owes the person', () => {
    const html = `<p>到期还款日：2026/09/13</p><p>本期应还款额：123.45（存款）</p>`;
    expect(read(html, at('2026-08-21'))).toEqual(['2026-09-13 / - / 0 / - / -']);
  });
});

describe('what a number counts under', () => {
  const today = at('2026-09-11');

  it.each([
    ['a limit', '<p>最后还款日 2026-09-14</p><p>信用额度 8,000.00</p>'],
    ['a label in a sentence', '<p>最后还款日 2026-09-14</p><p>最低还款额不得低于10.00元</p>'],
    ['last month’s amount', '<p>最后还款日 2026-09-14</p><p>上期应还 200.00</p>'],
    ['an instalment’s fee', '<p>最后还款日 2026-09-14</p><p>剩余应还</p><p>手续费 3.20</p>'],
    ['an advertisement between label and amount', '<p>最后还款日 2026-09-14</p><p>剩余应还</p><p>立减5.00元</p>'],
    ['an amount behind words of its own', '<p>最后还款日 2026-09-14</p><p>剩余应还</p><p>红包：5.00</p>'],
    ['an amount behind a cell of words', '<p>最后还款日 2026-09-14</p><p>剩余应还</p><p>详情</p><p>5.00</p>'],
    ['digits of a font of its own', '<p>最后还款日 2026-09-14</p><p>剩余应还 \ue001\ue002.\ue003</p>'],
    ['an amount within seven days', '<p>最后还款日 2026-09-14</p><p>近7日待还款 20.00 元</p>'],
    ['what was paid', '<p>最后还款日 2026-09-14</p><p>已还金额 20.00 元</p>'],
    ['a dropped cell', `<p>最后还款日 2026-09-14</p><dl><dt>剩余应还</dt><dt>违约金</dt><dd>0.10</dd></dl>`],
  ])('%s is not what is owed', (_name, html) => {
    expect(read(html, today)).toEqual(['2026-09-14 / - / - / - / -']);
  });

  it('a column that lost a value does not move the others', () => {
    const html = `<table>${cell('账单日', '最后还款日', '账单金额', '剩余应还', '最低还款')}${cell('2026-09-05', '2026-09-14', '486.20', '', '48.62')}</table>`;
    expect(read(html, today)).toEqual(['2026-09-14 / 2026-09-05 / - / 4862 / 48620']);
  });

  it('a block of values that lost one gives none', () => {
    const html = `<div><p>最后还款日</p><p>账单金额</p><p>剩余应还</p></div><div><p>2026-09-14</p><p>486.20</p></div>`;
    expect(read(html, today)).toEqual([]);
  });

  it('cards that lost different values do not lend each other theirs', () => {
    const html = `<div><p>最后还款日 2026-08-14</p></div><div><p>剩余应还 386.20</p><p>最后还款日 2026-09-14</p></div>`;
    expect(read(html, today)).toEqual(['2026-08-14 / - / - / - / -', '2026-09-14 / - / 38620 / - / -']);
  });

  it('a payment history is no bill', () => {
    const html = `<table>${cell('还款日期', '还款金额', '状态')}${cell('2026-09-08', '100.00', '已还款')}</table>`;
    expect(read(html, today)).toEqual([]);
  });

  it('本期应还 beside 剩余应还 is the whole bill', () => {
    expect(read('<p>最后还款日 2026-09-14</p><p>本期应还 486.20</p><p>剩余应还 386.20</p>', today)).toEqual([
      '2026-09-14 / - / 38620 / - / 48620',
    ]);
  });

  it('招商 on the web: full-width signs and a bill day without its month', () => {
    const html = `<p>本期到期还款日 <span id="DQHQ">2026-09-14</span></p><p>每月账单日 <span>27日</span></p><p>本期账单金额 <span> ￥1,234.56</span></p>
      <p>本期剩余应还 <span> ￥1,034.56</span> <span> ＄12.00</span></p><p>本期剩余最低还款 <span> ￥61.72</span></p><p>信用额度 <span> ￥20,000.00</span></p>`;
    expect(read(html, today)).toEqual(['2026-09-14 / - / 103456 / 6172 / 123456']);
  });

  it('several bills in one list without containers', () => {
    const html = `<dl><dt>最后还款日</dt><dd>2026-09-14</dd><dt>剩余应还</dt><dd>386.20</dd><dt>最后还款日</dt><dd>2026-10-14</dd><dt>剩余应还</dt><dd>20.00</dd></dl>`;
    expect(read(html, today)).toEqual(['2026-09-14 / - / 38620 / - / -', '2026-10-14 / - / 2000 / - / -']);
  });

  it('a grid of plain elements with its header', () => {
    const row = (...texts: string[]): string => `<div>${texts.map((text) => `<span>${text}</span>`).join('')}</div>`;
    const html = `${row('账单日', '最后还款日', '剩余应还')}${row('2026-09-05', '2026-09-14', '386.20')}${row('2026-08-05', '2026-08-14', '0.00')}`;
    expect(read(html, today)).toEqual([
      '2026-09-14 / 2026-09-05 / 38620 / - / -',
      '2026-08-14 / 2026-08-05 / 0 / - / -',
    ]);
  });

  it('a grid of plain elements with words between the values, and one lost', () => {
    const row = (...texts: string[]): string => `<div>${texts.map((text) => `<span>${text}</span>`).join('')}</div>`;
    const html = `${row('账单', '账单日', '最后还款日', '剩余应还', '最低还款', '操作')}<div>${row('9月账单', '2026-09-05', '2026-09-14', '386.20', '48.62', '立即还款')}
      ${row('8月账单', '2026-08-05', '2026-08-14', '', '12.00', '待还款')}</div>`;
    expect(read(html, today)).toEqual([
      '2026-09-14 / 2026-09-05 / 38620 / 4862 / -',
      '2026-08-14 / 2026-08-05 / - / 1200 / -',
    ]);
  });

  it('a header in a table of its own', () => {
    const html = `<table>${cell('账单', '最后还款日', '剩余应还', '操作')}</table><div><table>${cell('9月账单', '2026-09-14', '386.20', '还款')}${cell('8月账单', '2026-08-14', '', '还款')}</table></div>`;
    expect(read(html, today)).toEqual(['2026-09-14 / - / 38620 / - / -', '2026-08-14 / - / - / - / -']);
  });

  it('a cell that spans rows does not move the columns beside it', () => {
    const html = `<table>${cell('月份', '最后还款日', '剩余应还')}<tr><td rowspan="2">9月</td><td>2026-09-14</td><td>386.20</td></tr><tr><td>2026-09-20</td><td>12.00</td></tr></table>`;
    expect(read(html, today)).toEqual(['2026-09-14 / - / 38620 / - / -', '2026-09-20 / - / 1200 / - / -']);
  });

  it('an amount split over inline elements and by comments', () => {
    const html =
      '<p>最后还款日 2026-09-14</p><p>剩余应还 <i>￥</i><b>386</b><small>.20</small></p><p>最低还款 ￥<!-- -->48<!-- -->.62</p>';
    expect(read(html, today)).toEqual(['2026-09-14 / - / 38620 / 4862 / -']);
  });

  it('scripts, templates and hidden parts are not the page', () => {
    const html = `<script>"最后还款日 2026-09-01 剩余应还 1.00"</script><template><p>剩余应还 2.00</p></template>
      <p hidden>剩余应还 3.00</p><p>最后还款日 2026-09-14</p>`;
    expect(read(html, today)).toEqual(['2026-09-14 / - / - / - / -']);
  });
});

describe('two bills of one day and one amount', () => {
  const today = at('2026-09-11');
  const A = '2026-09-14 / - / 38620 / - / -';
  const head = cell('卡', '最后还款日', '剩余应还');
  const table = (...rows: string[]): string => `<table>${head}${rows.join('')}</table>`;
  const row = (name: string, amount = '386.20'): string => cell(name, '2026-09-14', amount);
  const box = (name: string): string =>
    `<section><h3>${name}</h3><div><p>最后还款日 2026-09-14</p><p>剩余应还 386.20</p></div></section>`;
  const plain = (...texts: string[]): string => `<div>${texts.map((text) => `<p>${text}</p>`).join('')}</div>`;

  it.each([
    ['ends of their numbers', table(row('尾号1234'), row('尾号5678'))],
    ['masked numbers', table(row('6229-19**-****-0000'), row('6229-19**-****-0001'))],
    ['bare ends', table(row('1234'), row('5678'))],
    ['names', table(row('青禾白金卡'), row('青禾标准卡'))],
    [
      'names, in rows of plain elements',
      plain('卡', '最后还款日', '剩余应还') + ['甲', '乙'].map((name) => plain(name, '2026-09-14', '386.20')).join(''),
    ],
    ['boxes of their own', box('尾号1234') + box('尾号5678')],
    ['boxes of two kinds', box('青禾白金卡') + box('青禾标准卡')],
    ['and a copy of both', table(row('尾号1234'), row('尾号5678')) + box('尾号1234') + box('尾号5678')],
  ])('are told apart by %s', (_name, html) => expect(read(html, today)).toEqual([A, A]));

  it('are told apart in a long table too, and one whose amount is hidden stays', () => {
    const rows = Array.from({ length: 40 }, (_, n) => row(`尾号${1000 + n}`));
    expect(read(table(...rows), today)).toHaveLength(40);
    expect(read(table(row('甲'), row('乙', '****')), today)).toEqual([A, '2026-09-14 / - / - / - / -']);
  });

  it.each([
    ['the same row twice', table(row('甲'), row('甲'))],
    ['two tables', table(row('甲')) + table(row('立即还款'))],
    ['a table and a box', table(row('尾号1234')) + box('青禾')],
    ['a number and a kind', table(row('尾号1234')) + box('青禾白金卡')],
    ['a kind, named more or less fully', box('青禾银行白金卡') + box('白金卡')],
    ['the card it is paid from', box('尾号1234') + box('尾号1234，自动还款卡尾号5678')],
    ['a telephone', box('尾号1234') + box('138****5678')],
    ['a sum', table(row('甲'), row('合计'))],
    ['a second currency', table(row('甲 人民币'), row('甲 美元', '--'))],
  ])('are one where nothing tells them apart: %s', (_name, html) => expect(read(html, today)).toEqual([A]));
});
