/** Pages and answers made to hurt: bounded time, and unknown or unreadable; never a crash, never a wrong bill. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../scripts/read.ts';
import { dayOf } from '../../src/core/day.ts';
import type { Reading } from '../../src/core/reading.ts';
import { readJdBaitiao } from '../../src/sites/jd-baitiao/read.ts';
import type { Bound } from '../../src/sites/labels/grid.ts';
import { groupBounds } from '../../src/sites/labels/group.ts';
import { readPairs } from '../../src/sites/labels/pairs.ts';
import { piecesOf } from '../../src/sites/labels/pieces.ts';
import type { Meaning, Token } from '../../src/sites/labels/tokens.ts';
import { MAX_COLUMNS, measuring } from '../../src/sites/labels/tree.ts';
import type { PageResponse } from '../../src/sites/site.ts';
import { readTaught } from '../../src/sites/taught/read.ts';
import { recipe } from './taught/recipe-made.ts';

const now = Date.parse('2026-09-11T10:00:00+08:00');
const LIST = 'https://baitiao.jd.com/v3/ious/getBillList';

function read(document: Document | null, responses: readonly PageResponse[] = []): Reading | null {
  const url = new URL('https://baitiao.jd.com/v3/ious/list');
  return readJdBaitiao({ url, document, responses, now, today: dayOf(now) });
}

function answer(body: string, url = LIST): PageResponse {
  return { url, method: 'POST', status: 200, body };
}

/** A reading whose cost grows faster than the page does not end within the limit of its test. */
describe('hostile pages', { timeout: 60_000 }, () => {
  it('megabytes of text in one node', () => {
    const text = '最后还款日 剩余应还 2026-'.repeat(200_000);
    const page = parsePage(`<p>${text}</p>`);
    expect(read(page)?.kind).toBe('unreadable');
  });

  it.each([
    ['digits', '1'],
    ['commas', '1,'],
    ['stars', '*'],
    ['minus signs', '-'],
    ['dates', '2026-09-'],
    ['spaces in a label', '账 '],
    ['label beginnings', '本期'],
    ['opening brackets', '('],
    ['full-width', '９'],
    ['currency', '人民币'],
    ['inline breaks', '<b>1</b>'],
  ])('a run of %s costs bounded time', (_name, part) => {
    const runs = Array.from({ length: 20 }, () => `<p>剩余应还 ${part.repeat(1900 / part.length)}</p>`).join('');
    const page = parsePage(runs);
    expect(read(page)).not.toBeUndefined();
  });

  it('a million nodes are given up, and say so', () => {
    const endless = {
      nodeType: 8,
      get nextSibling() {
        return endless;
      },
      parentNode: null,
    };
    const root = { nodeType: 1, localName: 'body', hasAttributes: () => false, firstChild: endless };
    expect(piecesOf(root as unknown as Node).isTooLarge).toBe(true);
  });

  it('elements nested ten thousand deep', () => {
    const document = parsePage('<body></body>');
    let at: Element = document.body;
    for (let depth = 0; depth < 10_000; depth++) at = at.appendChild(document.createElement('div'));
    at.textContent = '最后还款日 2026-09-14';
    expect(read(document)).toEqual({ kind: 'unreadable', why: 'page-too-large' });
  });

  it('shadow roots within shadow roots are read, and end', () => {
    const document = new Window().document as unknown as Document;
    let at: Element = document.body;
    for (let depth = 0; depth < 50; depth++) {
      const host = at.appendChild(document.createElement('div'));
      at = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('section'));
    }
    at.innerHTML = '<p>最后还款日 2026-09-14</p>';
    document.body.appendChild(document.createElement('p')).textContent = '剩余应还 386.20';
    const reading = read(document);
    expect(reading?.kind === 'bills' && reading.bills.map((bill) => [bill.dueDay, bill.remainingFen])).toEqual([
      ['2026-09-14', 38620],
    ]);
  });

  it('ten thousand labels without a value', () => {
    const page = parsePage('<div><i>剩余应还</i><b>最后还款日</b></div>'.repeat(10_000));
    expect(read(page)).not.toBeUndefined();
  });
});

describe('work that would grow with the square of the page', { timeout: 60_000 }, () => {
  const place = (document: Document, parent: Node, field: Bound['field']): Bound => ({
    field,
    isDebtNegative: false,
    value: null,
    node: parent.appendChild(document.createTextNode('x')),
  });

  it('labels side by side, and as many words of payment', () => {
    const document = new Window().document as unknown as Document;
    const parent = document.body.appendChild(document.createElement('div'));
    const bounds = Array.from({ length: 60_000 }, (_, at) => place(document, parent, at % 30_000 ? 'fee' : 'due'));
    const words = bounds.map(() => parent.appendChild(document.createTextNode('x')));
    expect(groupBounds(bounds, words).map((row) => [row.bounds.length, row.isSettled])).toEqual([
      [30_000, false],
      [30_000, false],
    ]);
  });

  it('labels and words of payment in boxes within boxes: each node is asked a few times for what holds it', () => {
    let asked = 0;
    const under = (parent: unknown): Node =>
      ({
        nodeType: 1,
        localName: 'div',
        getAttribute: () => null,
        get parentNode() {
          asked++;
          return parent;
        },
      }) as unknown as Node;
    let box: Node | null = null;
    for (let depth = 0; depth < 400; depth++) box = under(box);
    const bounds = Array.from({ length: 5000 }, (_, at): Bound => {
      return { field: at % 2 ? 'due' : 'left', isDebtNegative: false, value: null, node: under(under(box)) };
    });
    const words = bounds.map(({ node }) => under(node));
    expect(groupBounds(bounds, words)).toHaveLength(2500);
    expect(asked).toBeLessThan(20 * 15_400);
  });

  it('a table row of labels without end', () => {
    const document = parsePage(`<table><tr>${'<td>剩余应还</td>'.repeat(6000)}</tr></table>`);
    expect(read(document)).not.toBeUndefined();
  });

  it('rows of a hundred labels and of nothing else', () => {
    const rows = `<div>${'<p>剩余应还</p>'.repeat(100)}</div>`.repeat(600);
    expect(read(parsePage(rows))).toEqual({ kind: 'unreadable', why: 'layout-unknown' });
  });

  it('as many bills of one day in one box, none of which names a card', () => {
    const bill = '<section><p>最后还款日 2026-09-14</p><p>剩余应还 1.00</p></section>';
    const reading = read(parsePage(`<div>${bill.repeat(8000)}</div>`));
    expect(reading?.kind === 'bills' && reading.bills.length).toBe(1);
  });

  it('labels over values in a long table with spans, and every bill is read', () => {
    const pair = (at: number): string =>
      `<tr><td colspan="2">最后还款日</td><td>剩余应还</td></tr><tr><td colspan="2">2026-09-14</td><td>${at + 1}.20</td></tr>`;
    const reading = read(parsePage(`<table>${Array.from({ length: 4000 }, (_, at) => pair(at)).join('')}</table>`));
    const fens = reading?.kind === 'bills' ? reading.bills.map((bill) => bill.remainingFen) : [];
    expect(fens).toEqual(Array.from({ length: 4000 }, (_, at) => at * 100 + 120));
  });

  it('labels that span all columns over their values, and every bill is read', () => {
    const pair = (at: number): string =>
      `<tr><td colspan="999">剩余应还</td></tr><tr><td colspan="999">${at + 1}.20</td></tr>`;
    const reading = read(parsePage(`<table>${Array.from({ length: 4000 }, (_, at) => pair(at)).join('')}</table>`));
    expect(reading?.kind === 'bills' && reading.bills.length).toBe(4000);
  });

  it('a row without end is measured as far as a table may be wide', () => {
    let asked = 0;
    const cell = { getAttribute: () => '9' };
    const cells = {
      *[Symbol.iterator]() {
        for (; asked < 5000; asked++) yield cell;
      },
    };
    measuring()({ querySelector: () => cell, rows: [{ cells }] } as unknown as Element);
    expect(asked).toBeLessThan(MAX_COLUMNS);
  });

  it('what stands farther to the right than any table is wide is in no column', () => {
    const row = (part: string): string => `<tr>${part.repeat(MAX_COLUMNS + 1)}</tr>`;
    const document = parsePage(`<table><tr><td>剩余应还</td><td>最后还款日</td></tr>${row('<td>1.00</td>')}</table>`);
    expect(read(document)).toEqual({ kind: 'unreadable', why: 'layout-unknown' });
  });

  it('a row of tables without end', () => {
    const cells = '<td><table><tr><td>剩余应还</td></tr></table>1.00</td>'.repeat(9000);
    expect(read(parsePage(`<table><tr>${cells}</tr></table>`))).not.toBeUndefined();
  });

  it('a table of many sections is searched once for its header', () => {
    const document = parsePage(
      `<table>${`<tbody>${'<tr><td>剩余应还</td></tr>'.repeat(20)}</tbody>`.repeat(50)}</table>`,
    );
    const table = document.querySelector('table') as Element;
    const asked: string[] = [];
    const search = table.querySelector.bind(table);
    table.querySelector = ((what: string) => {
      asked.push(what);
      return search(what);
    }) as typeof table.querySelector;
    read(document);
    expect(asked.filter((what) => what === 'thead')).toHaveLength(1);
  });

  it('labels in boxes within boxes, and many in the innermost', () => {
    const label = '<p>剩余应还</p>';
    const page = `<div>${label}`.repeat(400) + label.repeat(20_000) + '</div>'.repeat(400);
    expect(read(parsePage(page))).not.toBeUndefined();
  });

  it('words of payment in a box whose class has no end', () => {
    const page = `<div class="${'x'.repeat(300_000)}"><p>剩余应还 1.00</p>${'<p>已结清</p>'.repeat(10_000)}</div>`;
    expect(read(parsePage(page))).not.toBeUndefined();
  });

  it('decimals after decimals are put together as far as a text is searched', () => {
    const { pieces } = piecesOf(parsePage(`<p>1</p>${'<p>.1</p>'.repeat(3000)}`).body);
    expect(Math.max(...pieces.map(({ text }) => text.length))).toBeLessThan(2010);
  });

  it('a block of more values than a call can take', () => {
    const { body } = parsePage('<p>a</p><p>b</p><p>c</p>');
    const token = (at: number, is: Meaning): Token => {
      const node = body.children[at]?.firstChild as Node;
      return { is, piece: { text: '', nodes: [node], cell: null }, at: 0 };
    };
    const label = (field: Bound['field']): Meaning => ({ kind: 'label', field, isDebtNegative: false });
    const value = token(2, { kind: 'blank' });
    const tokens = [token(0, label('due')), token(1, label('left')), ...Array.from({ length: 400_000 }, () => value)];
    expect(readPairs(tokens, measuring()).rows).toHaveLength(200_000);
  });

  it('as many bills in the answers as on the page', () => {
    const billList = Array.from({ length: 2000 }, (_, at) => ({
      billId: `a${at}`,
      sdpAmt: `${at + 1}.10`,
      billLimitDate: '2026-09-20',
    }));
    const body = JSON.stringify({ result: { isSuccess: true }, currentPage: 1, totalCount: 2000, billList });
    const rows = Array.from({ length: 2000 }, (_, at) => `<tr><td>2026-08-01</td><td>${at + 1}.20</td></tr>`).join('');
    const document = parsePage(`<table><tr><td>最后还款日</td><td>剩余应还</td></tr>${rows}</table>`);
    const reading = read(document, [answer(body)]);
    expect(reading?.kind === 'bills' && reading.bills.length).toBe(4000);
  });
});

describe('pages made to hurt what was taught', { timeout: 60_000 }, () => {
  const taught = (html: string, fields: Parameters<typeof recipe>[0] = {}) =>
    readTaught(parsePage(html), recipe(fields), dayOf(now));
  const head = (words: string) => ({ near: [{ place: 'head' as const, words, tag: 'td' }], path: ['td:1'] });

  it('days, amounts and their words in one cell', () => {
    const bill = '<p>划扣日期 2026-09-14</p><p>本次要还 1.00</p><p>最少还 1.00</p>';
    const page = `<table><tr><td>${bill.repeat(900)}${'<p>本次要还</p>'.repeat(9000)}</td></tr></table>`;
    expect(taught(page)).not.toBeUndefined();
  });

  it('amounts that no day belongs to, and many words of a day', () => {
    const page = `<p>划扣日期 2026-09-14</p>${'<p>本次要还 1.00</p>'.repeat(900)}${'<div><p>划扣日期</p></div>'.repeat(9000)}`;
    expect(taught(page)).not.toBeUndefined();
  });

  it('a header without end', () => {
    const row = (part: string): string => `<tr>${part.repeat(5000)}</tr>`;
    const page = `<table>${row('<td>本次要还</td>')}${row('<td>1.00</td>')}</table>`;
    expect(taught(page, { remaining: head('本次要还') })).not.toBeUndefined();
  });

  it('a column farther to the right than the label reader looks is looked at by neither', () => {
    const row = (words: string, text: string): string =>
      `<tr><td>${words}</td>${'<td></td>'.repeat(150)}<td>${text}</td></tr>`;
    const page = `<p>划扣日期 2026-09-14</p><table>${row('甲', '本次要还')}${row('乙', '1.00')}</table>`;
    const reading = taught(page, { remaining: head('本次要还') });
    expect(reading.kind === 'bills' && reading.bills.map(({ remainingFen }) => remainingFen)).toEqual([null]);
    const near = taught(page.replaceAll('<td></td>', ''), { remaining: head('本次要还') });
    expect(near.kind === 'bills' && near.bills.map(({ remainingFen }) => remainingFen)).toEqual([100]);
  });

  it('a first row of twenty thousand words', () => {
    const row = '<li><p>本次要还</p><p>1.00</p></li>'.repeat(4000);
    const page = `<ul><li><p>${'<b>文</b>'.repeat(20_000)}</p><p></p></li>${row}</ul>`;
    expect(taught(page)).not.toBeUndefined();
  });
});

describe('hostile answers', { timeout: 60_000 }, () => {
  it.each([
    ['nested too deep', `${'['.repeat(200_000)}`],
    ['a list where an object belongs', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    [
      'prototype names',
      '{"__proto__":{"billList":[{"billId":"1","sdpAmt":1}]},"constructor":1,"result":{"isSuccess":true}}',
    ],
    ['a list that is an object', '{"billList":{"length":9},"totalCount":9,"result":{"isSuccess":true}}'],
    ['text where a list belongs', '{"billList":"none","totalCount":"0x1","result":{"isSuccess":true}}'],
    [
      'success in another word',
      '{"billList":[{"billId":"1","sdpAmt":"1.00"}],"totalCount":1,"result":{"isSuccess":"yes"}}',
    ],
  ])('%s gives no bill', (_name, body) => {
    const reading = read(null, [answer(body)]);
    expect(reading?.kind).not.toBe('bills');
  });

  it('one object of more fields than a call can take', () => {
    const fields = Array.from({ length: 190_000 }, (_, at) => `"${at.toString(36)}":[]`).join();
    const body = `{"result":{"isSuccess":true},${fields}}`;
    expect(read(null, [answer(body)])).toEqual({ kind: 'unreadable', why: 'layout-unknown' });
  });

  it.each([
    ['a call with spaces behind it', LIST, `a()${' '.repeat(400_000)}x`],
    ['a name without end', LIST, `{"result":{"isSuccess":true},"${'due'.repeat(200_000)}":"x"}`],
    [
      'a title of digits',
      'https://ms.jr.jd.com/gw/generic/bt/h5/m/firstScreenNew',
      `{"resultCode":"0","success":true,"resultData":{"data":{"bill":{"title":"文${'1'.repeat(400_000)}"}}}}`,
    ],
  ])('%s', (_name, url, body) => {
    expect(read(null, [answer(body, url)])?.kind).toBe('unreadable');
  });

  it('bills of one day without an id, page after page', () => {
    const billList = Array.from({ length: 500 }, () => ({ sdpAmt: '1.00', billLimitDate: '2026-09-20' }));
    const pages = Array.from({ length: 80 }, (_, currentPage) =>
      answer(JSON.stringify({ result: { isSuccess: true }, currentPage, totalCount: 40_000, billList })),
    );
    const reading = read(null, pages);
    expect(reading?.kind === 'bills' && new Set(reading.bills.map(({ key }) => key)).size).toBe(40_000);
  });

  it('a body of many megabytes is not read', () => {
    expect(read(null, [answer(`{"a":"${'x'.repeat(3_000_000)}"}`)])).toEqual({
      kind: 'unreadable',
      why: 'page-too-large',
    });
  });

  it('another host cannot speak for the site', () => {
    const body = '{"billList":[],"currentPage":1,"totalCount":0,"result":{"isSuccess":true}}';
    expect(read(null, [answer(body, 'https://evil.example/v3/ious/getBillList')])?.kind).toBe('unreadable');
    expect(read(null, [answer(body, 'https://baitiao.jd.com.evil.example/v3/ious/getBillList')])?.kind).toBe(
      'unreadable',
    );
  });

  it('an address that is none', () => {
    expect(read(null, [answer('{}', 'http://[')])?.kind).toBe('unreadable');
  });
});
