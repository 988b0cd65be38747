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
let window = new Window();
/** A window of happy-dom keeps what it parsed until it is closed. */
async function parse(html: string): Promise<Document> {
  if (++parsed % 500 === 0) {
    await window.happyDOM.close();
    window = new Window();
  }
  return new window.DOMParser().parseFromString(html, 'text/html') as unknown as Document;
}
const hasRun = (page: Document): boolean =>
  piecesOf(page.body, plainRows(lookUp(profile.today), profile, 1)).pieces.some(({ run }) => run);

let [read, atOnce, spanned, spannedAtOnce] = [0, 0, 0, 0];

function checkSame(page: Document): void {
  const isAtOnce = hasRun(page);
  read++;
  if (isAtOnce) atOnce++;
  if (page.querySelector('[rowspan],[colspan]')) {
    spanned++;
    if (isAtOnce) spannedAtOnce++;
  }
  expect(readLabels(page, profile, 1)).toEqual(readLabels(page, profile, Number.POSITIVE_INFINITY));
}

const saved = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));

it.each(saved)('every saved page %#', async (html) => checkSame(await parse(html)));

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
/** A cell that reaches over its neighbours, now and then further than the table. */
const spans = fc
  .array(
    fc.tuple(
      fc.constantFrom('rowspan', 'rowspan', 'colspan'),
      fc.constantFrom('1', '2', '2', '2', '3', '5', '0', '99', 'x'),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) => all.map(([name, by]) => ` ${name}="${by}"`).join(''));
const wideCell = fc
  .tuple(fc.constantFrom('td', 'td', 'th'), spans, fc.constantFrom(...VALUES, ...LABELS))
  .map(([name, span, text]) => `<${name}${span}>${text}</${name}>`);
const plainCell = fc.constantFrom(...VALUES.slice(0, 24)).map((text) => `<td>${text}</td>`);
/** Most rows fit their header. */
const FITS = { minLength: 3, maxLength: 3 };
const labelRow = fc
  .oneof(
    { weight: 12, arbitrary: fc.uniqueArray(fc.constantFrom(...LABELS), FITS) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...LABELS), { minLength: 1, maxLength: 5 }) },
  )
  .map((labels) => `<tr>${labels.map((label) => `<th>${label}</th>`).join('')}</tr>`);
const row = fc
  .tuple(
    fc.constantFrom('', '', '', ' class="r"', ' hidden'),
    fc.oneof(
      { weight: 6, arbitrary: fc.array(plainCell, FITS) },
      { weight: 1, arbitrary: fc.array(plainCell, { minLength: 2, maxLength: 5 }) },
      { weight: 1, arbitrary: fc.array(cell, { maxLength: 5 }) },
    ),
  )
  .map(([mark, cells]) => `<tr${mark}>${cells.join('')}</tr>`);
const rows = fc
  .array(fc.oneof({ weight: 12, arbitrary: row }, { weight: 1, arbitrary: labelRow }), { maxLength: 10 })
  .chain((all) => fc.constantFrom('', '\n  ', '<!-- -->').map((gap) => all.join(gap)));
const wideRow = fc
  .tuple(fc.array(plainCell, { maxLength: 3 }), wideCell, fc.array(fc.oneof(plainCell, wideCell), { maxLength: 2 }))
  .map(([before, wide, after]) => `<tr>${[...before, wide, ...after].join('')}</tr>`);
const wideLabels = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...LABELS), { minLength: 2, maxLength: 5 }), fc.nat(4), spans)
  .map(([labels, at, span]) => labels.map((label, to) => `<th${to === at % labels.length ? span : ''}>${label}</th>`))
  .map((cells) => `<tr>${cells.join('')}</tr>`);
const header = fc.oneof(
  { weight: 12, arbitrary: labelRow },
  { weight: 1, arbitrary: wideLabels },
  { weight: 1, arbitrary: fc.tuple(wideLabels, labelRow).map((both) => both.join('')) },
  { weight: 1, arbitrary: fc.tuple(wideRow, labelRow).map((both) => both.join('')) },
);
/** Rows of which one or two reach down: before, between or behind those that are read at once. */
const wideRows = fc
  .tuple(rows, wideRow, rows, fc.oneof({ weight: 2, arbitrary: fc.constant('') }, wideRow), rows)
  .map((all) => all.join(''));
const body = fc.oneof({ weight: 2, arbitrary: rows }, { weight: 1, arbitrary: wideRows });
const table = fc
  .tuple(fc.boolean(), header, body, fc.oneof({ weight: 3, arbitrary: fc.constant('') }, body), fc.boolean())
  .map(([isHead, head, first, more, isFoot]) => {
    const second = more && (isFoot ? `<tfoot>${more}</tfoot>` : `<tbody>${more}</tbody>`);
    return isHead
      ? `<table><thead>${head}</thead><tbody>${first}</tbody>${second}</table>`
      : `<table><tbody>${head}${first}</tbody>${second}</table>`;
  });
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

it('made-up tables', { timeout: 600_000 }, async () => {
  [read, atOnce, spanned, spannedAtOnce] = [0, 0, 0, 0];
  await fc.assert(
    fc.asyncProperty(page, async (html) => checkSame(await parse(html))),
    { numRuns: Math.ceil(RUNS / 10) },
  );
  console.log(`rows read at once on ${atOnce} of ${read} made-up pages, on ${spannedAtOnce} of ${spanned} with spans`);
  expect(atOnce / read).toBeGreaterThan(0.3);
  expect(spanned / read).toBeGreaterThan(0.3);
  expect(spannedAtOnce / spanned).toBeGreaterThan(0.2);
});

it('mutants of saved pages and of made-up tables', { timeout: 600_000 }, async () => {
  const mutation = fc.tuple(fc.constantFrom(...Object.values(ALL)), fc.nat(200), fc.nat(2000));
  const base = fc.oneof(fc.constantFrom(...saved), page);
  await fc.assert(
    fc.asyncProperty(base, fc.array(mutation, { minLength: 1, maxLength: 5 }), async (html, mutations) => {
      const document = await parse(html);
      for (const [mutate, at, how] of mutations) mutate({ document, bodies: [] }, at, how);
      checkSame(document);
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
});
