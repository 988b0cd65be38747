import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_FRAMES } from '../../src/sites/frames.ts';
import { structureReport } from '../../src/sites/structure-report.ts';
import { documentOf } from './taught/made-up.ts';

const at = new URL('https://my.xingyun-dai.example/account/repay');

const digit = fc.integer({ min: 0, max: 9 });
const digits = (length: number) => fc.array(digit, { minLength: length, maxLength: length }).map((all) => all.join(''));
/** Letters of names, none of which is in a word of the vocabulary. */
const surname = fc.constantFrom('欧阳', '司马', '慕容', '王', '李', '诸葛');
const given = fc.constantFrom('晓琳', '建国', '子轩', '梓涵', '雪', '鹏飞');
const secret = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 999_999 }), digits(2)).map(([yuan, part]) => `${yuan}.${part}`),
  digits(11).map((rest) => `1${rest.slice(1)}`),
  digits(16).map((rest) => `62${rest.slice(2)}`),
  fc.tuple(surname, given).map(([a, b]) => a + b),
  fc.constantFrom('zhangweiqiang', 'Ouyang Xiaolin', 'chen.jianguo@example.com', 'DingHao'),
);
const places: readonly ((value: string) => string)[] = [
  (value) => `<p>${value}</p>`,
  (value) => `<p>应还金额：<b>${value}</b></p>`,
  (value) => `<p>${value}先生，您本期应还款</p>`,
  (value) => `<div class="${value}" id="u-${value}" data-name="${value}" title="${value}"></div>`,
  (value) => `<input name="${value}" value="${value}" placeholder="${value}">`,
  (value) => `<a href="https://x.example/${value}?q=${value}">去</a>`,
  (value) => `<script type="application/json">{"${value}":"${value}","list":[{"amount":"${value}"}]}</script>`,
  (value) => `<input type="hidden" value='{"user":{"${value}":"${value}"}}'>`,
  (value) => `<svg><text>${value}</text></svg><textarea>${value}</textarea><!-- ${value} -->`,
  (value) => `<x-${value.replace(/[^a-z]/g, '') || 'y'}>${value}</x-${value.replace(/[^a-z]/g, '') || 'y'}>`,
];

/** The page in which `inner` stands in a frame of its own origin. */
function framing(inner: Document, html = ''): Document {
  const document = documentOf(`${html}<iframe src="/bill?of=SECRET">SECRET</iframe>`);
  Object.defineProperty(document.querySelector('iframe'), 'contentDocument', { value: inner });
  return document;
}

describe('the structure report', () => {
  it('holds no amount, name, phone or card number, wherever the page or a frame in it has it', () => {
    fc.assert(
      fc.property(secret, fc.nat(places.length - 1), fc.nat(places.length - 1), fc.nat(2), (value, a, b, deep) => {
        let document = documentOf(places[a]!(value) + places[b]!(value));
        for (let frame = 0; frame < deep; frame++) document = framing(document, places[b]!(value));
        document.title = value;
        const url = new URL(
          `https://my.example/${encodeURIComponent(value)}/list?u=${encodeURIComponent(value)}#${value}`,
        );
        const report = structureReport(document, url);
        expect(report).not.toContain(value);
        expect(report).not.toContain(encodeURIComponent(value));
        expect(report).not.toContain('SECRET');
        expect(report.replaceAll('duly-structure 1', '')).not.toMatch(/[1-9]/);
        // No single letter of a name either.
        for (const letter of value) if (/\p{Script=Han}/u.test(letter)) expect(report).not.toContain(letter);
      }),
      { numRuns: 600 },
    );
  });
  it('keeps the words of the vocabulary, the tags, the field names and how values are written', () => {
    const report = structureReport(
      documentOf(
        '<table class="bill-list zhang3"><tr><th>最后还款日</th><th>剩余应还</th></tr><tr><td>2026-09-14</td><td>￥1,286.40</td></tr></table><script type="application/json">{"billList":[{"dueDate":"2026-09-14","amount":1}]}</script>',
      ),
      at,
    );
    expect(report).toContain('https://my.xingyun-dai.example/account/repay');
    expect(report).toContain('table class=bill-list ×0');
    expect(report).toContain('"最后还款日"');
    expect(report).toContain('"0000-00-00"');
    expect(report).toContain('"￥0,000.00"');
    expect(report).toContain('.billList[].dueDate:string');
  });
  it('looks into frames of the page’s own origin, where they stand, and into no other', () => {
    const report = (inner: Document | null) => {
      const outer = inner ? framing(framing(inner)) : documentOf('<iframe>剩余应还 1.00</iframe>');
      return structureReport(outer, at).split('\n').slice(2);
    };
    expect(report(documentOf('<p>剩余应还 1.00</p>'))).toEqual([
      'body',
      ' iframe',
      '  body',
      '   iframe',
      '    body',
      '     p',
      '      "剩余应还 0.00"',
    ]);
    expect(report(null)).toEqual(['body', ' iframe']);
    const many = documentOf('<iframe></iframe>'.repeat(MOST_FRAMES + 5));
    for (const frame of many.querySelectorAll('iframe'))
      Object.defineProperty(frame, 'contentDocument', { value: documentOf('<i></i>') });
    expect(structureReport(many, at)).toContain(`(×${MOST_FRAMES})`);
  });
  it('tells of what a page is built, and no name that an author gave', () => {
    const built =
      '<div><h2>本期账单</h2><dl><dt>应还金额</dt><dd><strong>1.00</strong></dd></dl><ul><li><li-wei>x</li-wei><liwei></liwei></li></ul></div>';
    const lines = structureReport(documentOf(built), at).split('\n').slice(2);
    const tags = lines.map((line) => line.trim()).filter((line) => !line.startsWith('"'));
    expect(tags.join(' ')).toBe('body div h0 dl dt dd strong ul li ×-× ×');
  });

  it('tells a list of equal rows once, and stays within 20 kB', () => {
    const rows = Array.from({ length: 800 }, (_, n) => `<li><b>第${n}期</b><i>${n}.00</i></li>`).join('');
    expect(structureReport(documentOf(`<ul>${rows}</ul>`), at).length).toBeLessThan(2_000);
    const noise = Array.from(
      { length: 3_000 },
      (_, n) => `<p class="${'row '.repeat(n % 13)}">${'欠'.repeat(n % 37)}</p>`,
    ).join('');
    expect(new TextEncoder().encode(structureReport(documentOf(noise), at)).length).toBeLessThanOrEqual(20_000);
  });
});
