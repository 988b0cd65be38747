/**
 * Reading the rows of a table at once gives what reading them cell after cell gives: on every saved page, on mutants of
 * them and on made-up tables. FUZZ_RUNS sets how many: a tenth of it each, for every one is read three times.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Window } from 'happy-dom';
import { expect, it } from 'vitest';
import type { Day } from '../../src/core/day.ts';
import { lookUp } from '../../src/sites/labels/look-up.ts';
import { piecesOf } from '../../src/sites/labels/pieces.ts';
import { plainRows } from '../../src/sites/labels/plain-rows.ts';
import { readLabels } from '../../src/sites/labels/read.ts';
import { ALL } from './mutate.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 20_000);
const profile = { today: '2026-09-10' as Day, title: '信用卡', dueAfterStatementDays: 9 };

let parsed = 0;
let parser = new new Window().DOMParser();
/** A window of happy-dom keeps what it parsed. */
function parse(html: string): Document {
  if (++parsed % 500 === 0) parser = new new Window().DOMParser();
  return parser.parseFromString(html, 'text/html') as unknown as Document;
}
const hasRun = (page: Document): boolean =>
  piecesOf(page.body, plainRows(lookUp(profile.today), profile, 1)).pieces.some(({ run }) => run);

let [read, atOnce] = [0, 0];

function checkSame(page: Document): void {
  read++;
  if (hasRun(page)) atOnce++;
  expect(readLabels(page, profile, 1)).toEqual(readLabels(page, profile, Number.POSITIVE_INFINITY));
}

const saved = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));

it.each(saved)('every saved page %#', (html) => checkSame(parse(html)));

const LABELS =
  '账单日 最后还款日 账单金额 剩余应还 最低还款额 状态 序号 逾期金额 全部待还 本期应还金额(欠款为-) 近7日待还 上期账单'.split(
    ' ',
  );
const VALUES = [
  ...['2026-09-05', '2026-09-14', '2026年9月20日', '10月3日', '2026-02-30', '2026-08-06 至 2026-09-05'],
  ...['¥1,100.20', '386.20', '12', '.50', ' .50', '-5.00', '1e9', '９９．９９', '0.00', '**.**', '--', '$12.00'],
  ...[
    '',
    ' ',
    '&nbsp;',
    '\n  2026-09-14\n ',
    '12.00\n13.00',
    '待还款',
    '已结清',
    '如已还清',
    '暂无账单',
    '详情',
    '第 3 期',
  ],
  ...[
    '近7日待还 5.00',
    '账单日 2026-09-05',
    '12.00 15.00',
    '溢缴款 5.00',
    '<b>12.00</b>',
    '<del>9.00</del>',
    '7<!-- -->.50',
  ],
];
const MARKS = [
  '',
  '',
  '',
  '',
  '',
  '',
  ' class="c"',
  ' hidden',
  ' style="text-decoration:line-through"',
  ' colspan="2"',
];

const cell = fc
  .tuple(fc.constantFrom('td', 'td', 'td', 'th'), fc.constantFrom(...MARKS, ' rowspan="2"'), fc.constantFrom(...VALUES))
  .map(([name, mark, text]) => `<${name}${mark}>${text}</${name}>`);
const plainCell = fc.constantFrom(...VALUES.slice(0, 24)).map((text) => `<td>${text}</td>`);
const labelRow = fc
  .uniqueArray(fc.constantFrom(...LABELS), { minLength: 1, maxLength: 5 })
  .map((labels) => `<tr>${labels.map((label) => `<th>${label}</th>`).join('')}</tr>`);
const row = fc
  .tuple(
    fc.constantFrom('', '', '', ' class="r"', ' hidden'),
    fc.oneof(
      { weight: 6, arbitrary: fc.array(plainCell, { minLength: 2, maxLength: 5 }) },
      { weight: 1, arbitrary: fc.array(cell, { maxLength: 5 }) },
    ),
  )
  .map(([mark, cells]) => `<tr${mark}>${cells.join('')}</tr>`);
const rows = fc
  .array(fc.oneof({ weight: 12, arbitrary: row }, { weight: 1, arbitrary: labelRow }), { maxLength: 10 })
  .chain((all) => fc.constantFrom('', '\n  ', '<!-- -->').map((gap) => all.join(gap)));
const table = fc
  .tuple(fc.boolean(), labelRow, rows, fc.oneof({ weight: 3, arbitrary: fc.constant('') }, rows))
  .map(([isHead, header, body, more]) =>
    isHead
      ? `<table><thead>${header}</thead><tbody>${body}</tbody>${more && `<tbody>${more}</tbody>`}</table>`
      : `<table><tbody>${header}${body}</tbody></table>`,
  );
const around = fc.constantFrom(
  '',
  '<p>最后还款日 2026-09-25</p>',
  '<p>剩余应还</p>',
  '<p>账单日</p><p>2026-09-01</p>',
  '.50',
  '12',
  '<p>9月账单 已结清</p>',
  '<div><i>全部</i><i>待还款</i><i>已结清</i></div>',
  '<p>暂无账单</p>',
  '<table><tr><th>账单日</th><th>剩余应还</th><th>状态</th></tr></table>',
);
const page = fc
  .array(fc.tuple(around, table), { minLength: 1, maxLength: 2 })
  .chain((parts) => {
    const html = parts.flat().join('');
    return fc.constantFrom(
      html,
      html,
      `<div><span>账单日</span><span>账单金额</span></div><div><span>9月</span><div>${html}</div></div>`,
      `<table><tr><th>最后还款日</th><th>剩余应还</th></tr><tr><td>2026-09-20</td><td>${html}</td></tr></table>`,
    );
  })
  .chain((html) => around.map((after) => `<body>${html}${after}</body>`));

it('made-up tables', { timeout: 600_000 }, () => {
  [read, atOnce] = [0, 0];
  fc.assert(
    fc.property(page, (html) => checkSame(parse(html))),
    { numRuns: Math.ceil(RUNS / 10) },
  );
  console.log(`rows read at once on ${atOnce} of ${read} made-up pages`);
  expect(atOnce / read).toBeGreaterThan(0.3);
});

it('mutants of saved pages and of made-up tables', { timeout: 600_000 }, () => {
  const mutation = fc.tuple(fc.constantFrom(...Object.values(ALL)), fc.nat(200), fc.nat(2000));
  const base = fc.oneof(fc.constantFrom(...saved), page);
  fc.assert(
    fc.property(base, fc.array(mutation, { minLength: 1, maxLength: 5 }), (html, mutations) => {
      const document = parse(html);
      for (const [mutate, at, how] of mutations) mutate({ document, bodies: [] }, at, how);
      checkSame(document);
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
});
