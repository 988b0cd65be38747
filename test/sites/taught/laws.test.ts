/** What holds of every recipe, over changed pages: it is lost before it is wrong. */
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, toDay } from '../../../src/core/day.ts';
import { SPLIT } from '../mutate.ts';
import { documentOf, type Row, read, teach } from './made-up.ts';

interface Made {
  readonly days: readonly string[];
  readonly fens: readonly number[];
}

const two = (n: number): string => String(n).padStart(2, '0');
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${two(fen % 100)}`;

const made: fc.Arbitrary<Made> = fc
  .uniqueArray(fc.record({ date: fc.integer({ min: 1, max: 28 }), fen: fc.integer({ min: 101, max: 900_000 }) }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ date }) => date,
  })
  .map((bills) => ({ days: bills.map(({ date }) => `2026-10-${two(date)}`), fens: bills.map(({ fen }) => fen) }));

type Layout = (bills: Made) => string;
const LAYOUTS: readonly Layout[] = [
  ({ days, fens }) =>
    `<table><thead><tr><th>扣款日</th><th>要还</th><th>额度</th></tr></thead><tbody>${days
      .map((day, at) => `<tr><td>${day}</td><td>${yuan(fens[at]!)}</td><td>90000.00</td></tr>`)
      .join('')}</tbody></table>`,
  ({ days, fens }) =>
    `<ul>${days
      .map(
        (day, at) =>
          `<li class="c"><p><span class="n">扣款日</span><b id="d${at}">${day}</b></p><p><span>要还</span><b>¥${yuan(fens[at]!)}</b></p><p><span>额度</span><b>¥90000.00</b></p></li>`,
      )
      .join('')}</ul>`,
  ({ days, fens }) =>
    `<main>${days
      .map(
        (day, at) =>
          `<section><dl><dt>扣款日</dt><dd>${day}</dd><dt>要还</dt><dd>${yuan(fens[at]!)}</dd></dl></section>`,
      )
      .join('')}</main>`,
];
const shown = (bills: Made, at: number, layout: number): string => (layout === 1 ? '¥' : '') + yuan(bills.fens[at]!);

const AD = '<aside class="promo"><em>限时好礼</em></aside>';
const tagged = (html: string, pattern: RegExp, change: (tag: string) => string): string =>
  html.replace(pattern, change);
/** Changes that a person would not see. */
const COSMETIC: readonly ((html: string) => string)[] = [
  (html) => tagged(html, /class="[^"]*"|id="[^"]*"/g, () => 'class="z9"'),
  (html) => tagged(html, /<(b|dd|td)([^>]*)>([^<]*)<\/\1>/g, (all) => all.replace(/>([^<]*)</, '><span>$1</span><')),
  (html) => AD + html + AD,
  (html) => `<div><div>${html}</div></div>`,
  (html) =>
    tagged(
      html,
      /<section>|<li class="c">/g,
      (tag) => `${AD.replace('aside', 'section').replace('/aside', '/section')}${tag}`,
    ).replace(/<ul>(<section.*?<\/section>)/, '<ul>'),
  (html) => html.replaceAll('><', '>\n  <'),
  (html) => html.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
];
/** Changes that take something away. */
const LOSSES: readonly ((html: string, at: number) => string)[] = [
  (html, at) => nth(html, /\d{4}-\d\d-\d\d/g, at, '--'),
  (html, at) => nth(html, /¥?\d+\.\d\d/g, at, '**.**'),
  (html, at) => nth(html, /扣款日|要还/g, at, '另行通知'),
  (html, at) => nth(html, /<(td|dd|b)[^>]*>[^<]*<\/\1>/g, at, ''),
];

function nth(html: string, pattern: RegExp, at: number, by: string): string {
  const found = [...html.matchAll(pattern)];
  const one = found[at % Math.max(1, found.length)];
  return one ? html.slice(0, one.index) + by + html.slice(one.index + one[0].length) : html;
}

const layout = fc.nat(LAYOUTS.length - 1);

describe('a recipe', { timeout: 90_000 }, () => {
  it('survives renamed classes and ids, wrapped nodes, advertisements, spacing and full width', () => {
    let [all, whole] = [0, 0];
    fc.assert(
      fc.property(made, layout, fc.array(fc.nat(COSMETIC.length - 1), { maxLength: 3 }), (bills, kind, changes) => {
        const html = LAYOUTS[kind]!(bills);
        const recipe = teach(documentOf(html), bills.days[0]!, shown(bills, 0, kind));
        if (!recipe) throw new Error('not taught');
        const changed = changes.reduce((now, at) => COSMETIC[at]!(now), html);
        const expected = bills.days.map((day, at): Row => ({ day, fen: bills.fens[at]!, minimum: null }));
        const got = read(documentOf(changed), recipe);
        all++;
        if (JSON.stringify(got) === JSON.stringify(expected)) whole++;
        isTrue(got, bills);
      }),
      { numRuns: 300 },
    );
    console.log(`taught: ${whole} of ${all} cosmetic mutants read in full`);
    expect(whole / all).toBeGreaterThanOrEqual(0.99);
  });

  it('never joins a day and an amount of two bills, and reports nothing that is not there, whatever is lost', () => {
    fc.assert(
      fc.property(
        made,
        layout,
        fc.array(fc.tuple(fc.nat(LOSSES.length - 1), fc.nat(20)), { minLength: 1, maxLength: 3 }),
        (bills, kind, losses) => {
          const html = LAYOUTS[kind]!(bills);
          const recipe = teach(documentOf(html), bills.days[0]!, shown(bills, 0, kind));
          if (!recipe) throw new Error('not taught');
          const lost = losses.reduce((now, [at, place]) => LOSSES[at]!(now, place), html);
          isTrue(read(documentOf(lost), recipe), bills);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('reads a figure that stands in several elements whole or not at all', async () => {
    const split = fc.record({ kind: fc.constantFrom(...Object.keys(SPLIT)), at: fc.nat(200), how: fc.nat(2000) });
    await fc.assert(
      fc.asyncProperty(made, layout, fc.array(split, { minLength: 1, maxLength: 3 }), async (bills, kind, splits) => {
        await setImmediate();
        const html = LAYOUTS[kind]!(bills);
        const recipe = teach(documentOf(html), bills.days[0]!, shown(bills, 0, kind));
        if (!recipe) throw new Error('not taught');
        const document = documentOf(html);
        for (const { kind, at, how } of splits) SPLIT[kind]?.({ document, bodies: [] }, at, how);
        isTrue(read(document, recipe), bills);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 20_000) / 10 },
    );
  });

  it('never throws and never sees a day or an amount that is none, on pages of noise', () => {
    const recipe = teach(documentOf('<p>扣款日 2026-10-01</p><p>要还 12.00</p>'), '2026-10-01', '12.00');
    if (!recipe) throw new Error('not taught');
    const noise = fc.array(
      fc.constantFrom(
        '扣款日',
        '要还',
        '1e9',
        '-5',
        '２月30日',
        '2026-13-01',
        '2026-10-01',
        '99.999',
        '4000 1234',
        '<td>',
        '<div>',
        '</div>',
        '\n',
        '¥',
        '12.00',
        '（',
        '**.**',
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const got = read(documentOf(parts.join(' ')), recipe);
        if (typeof got === 'string') return;
        for (const { day, fen } of got) {
          expect(day === null || toDay(day) === ('2026-10-01' as Day)).toBe(true);
          expect([null, 1_200, 12_00, 4000_00, 1234_00, 99_00]).toContain(fen);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Every pair that was read is one of the page's bills; a part that is unknown may be any of them. */
function isTrue(got: Row[] | string, bills: Made): void {
  if (typeof got === 'string') return;
  for (const { day, fen, minimum } of got) {
    expect(minimum).toBeNull();
    const isOwn = bills.days.some(
      (own, at) => (day === null || day === own) && (fen === null || fen === bills.fens[at]),
    );
    expect(isOwn, `${day} ${fen} of ${JSON.stringify(bills)}`).toBe(true);
  }
}
