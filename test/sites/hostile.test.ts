/** Pages and answers made to hurt: bounded time, and unknown or unreadable; never a crash, never a wrong bill. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../scripts/read.ts';
import { dayOf } from '../../src/core/day.ts';
import type { Reading } from '../../src/core/reading.ts';
import { readJdBaitiao } from '../../src/sites/jd-baitiao/read.ts';
import type { Bound } from '../../src/sites/labels/grid.ts';
import { groupBounds } from '../../src/sites/labels/group.ts';
import { piecesOf } from '../../src/sites/labels/pieces.ts';
import type { PageResponse } from '../../src/sites/site.ts';

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
describe('hostile pages', { timeout: 30_000 }, () => {
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

describe('work that would grow with the square of the page', { timeout: 30_000 }, () => {
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

  it('a table row of labels without end', () => {
    const document = parsePage(`<table><tr>${'<td>剩余应还</td>'.repeat(6000)}</tr></table>`);
    expect(read(document)).not.toBeUndefined();
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
