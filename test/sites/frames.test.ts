/** A bill in a frame of the page's own origin is a bill of the page. All data made up. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Day } from '../../src/core/day.ts';
import { MOST_FRAMES } from '../../src/sites/frames.ts';
import { mayTell } from '../../src/sites/glance.ts';
import { watchPage } from '../../src/sites/hook/living.ts';
import { readLabels } from '../../src/sites/labels/read.ts';
import { boxOf } from '../../src/sites/taught/boxes.ts';
import type { Spot } from '../../src/sites/taught/spots.ts';
import { elementUnder } from '../../src/ui/teach/places.ts';
import { read, teach } from './taught/made-up.ts';

const TODAY = '2026-09-11' as Day;

interface Framed {
  readonly window: Window;
  readonly document: Document;
}

function pageOf(html: string): Framed {
  const window = new Window({ url: 'https://my.bank.example/bill' });
  window.document.body.innerHTML = html;
  return { window, document: window.document as unknown as Document };
}

/** happy-dom loads no frame by itself. */
function fill(document: Document, html: string, at = 0): Document {
  const frame = document.querySelectorAll('iframe')[at] as HTMLIFrameElement;
  const { window, document: made } = pageOf('');
  if (!frame.contentDocument) {
    Object.defineProperty(frame, 'contentDocument', { value: made });
    Object.defineProperty(window, 'frameElement', { value: frame });
  }
  (frame.contentDocument as Document).body.innerHTML = html;
  return frame.contentDocument as Document;
}

function seen(document: Document): string[] {
  const { part } = readLabels(document, { today: TODAY, title: '白条', dueAfterStatementDays: null });
  return part.bills.map(({ dueDay, remainingFen }) => `${dueDay} ${remainingFen}`);
}

afterEach(() => vi.unstubAllGlobals());

const BILL = '<p>最后还款日 2026-09-14</p><p>剩余应还 386.20</p>';

describe('a frame of the same origin', () => {
  it('is read by its labels, where it stands', () => {
    const { document } = pageOf('<p>最后还款日 2026-09-14</p><iframe>剩余应还 1.00</iframe><p>最低还款额 12.00</p>');
    fill(document, '<p>剩余应还</p><b>386.20</b>');
    expect(seen(document)).toEqual(['2026-09-14 38620']);
  });

  it('in a frame, in a cell of a table, is in no cell of it', () => {
    const { document } = pageOf('<table><tr><td>1</td><td><iframe></iframe></td></tr></table>');
    const inner = fill(document, '<iframe></iframe>');
    fill(inner, BILL);
    expect(seen(document)).toEqual(['2026-09-14 38620']);
  });

  it('of another origin stays shut, a hidden one and one too many too', () => {
    const { document } = pageOf('<iframe></iframe>');
    Object.defineProperty(document.querySelector('iframe'), 'contentDocument', { value: null });
    expect(seen(document)).toEqual([]);
    const hidden = pageOf('<iframe hidden></iframe>').document;
    fill(hidden, BILL);
    expect(seen(hidden)).toEqual([]);
    const many = pageOf('<iframe></iframe>'.repeat(MOST_FRAMES + 1)).document;
    fill(many, BILL, MOST_FRAMES);
    expect(seen(many)).toEqual([]);
    fill(many, BILL, MOST_FRAMES - 1);
    expect(seen(many)).toEqual(['2026-09-14 38620']);
  });

  it('is seen by the look before the readers', () => {
    const { document } = pageOf('<iframe></iframe>');
    const place = new URL('https://baitiao.jd.com/coupons');
    expect(mayTell({ place, document, responses: [] })).toBe(false);
    fill(document, BILL);
    expect(mayTell({ place, document, responses: [] })).toBe(true);
  });

  it('is taught and read again', () => {
    const html = (day: string, amount: string): string => `<p>划扣日期 ${day}</p><p>本次要还 ${amount}</p>`;
    const { document } = pageOf('<h1>账单</h1><iframe></iframe>');
    fill(document, html('2026-09-14', '386.20'));
    const recipe = teach(document, '2026-09-14', '386.20');
    if (!recipe) throw new Error('not taught');
    fill(document, html('2026-10-14', '97.40'));
    expect(read(document, recipe)).toEqual([{ day: '2026-10-14', fen: 9740, minimum: null }]);
    fill(document, '<input type="password">');
    expect(read(document, recipe)).toBe('signed-out');
  });

  it('counts from its own corner: a value is framed and found where the page shows it', () => {
    const { window, document } = pageOf('<iframe></iframe>');
    const inner = fill(document, '<b>386.20</b>');
    const frame = document.querySelector('iframe') as Element;
    const [host, value] = [document.createElement('div'), inner.querySelector('b') as Element];
    vi.stubGlobal('DOMRect', window.DOMRect);
    Object.defineProperties(frame, {
      getBoundingClientRect: { value: () => ({ left: 100, top: 50 }) },
      clientLeft: { value: 2 },
      clientTop: { value: 3 },
    });
    const range = { setStart: () => {}, setEnd: () => {}, getBoundingClientRect: () => new DOMRect(10, 20, 30, 40) };
    Object.assign(inner, { createRange: () => range });
    const node = value.firstChild as Text;
    const box = boxOf({ node, shown: '386', endNode: node, endShown: '386' } as Spot);
    expect([box?.left, box?.top, box?.width, box?.height]).toEqual([112, 73, 30, 40]);
    Object.assign(document, { elementsFromPoint: () => [host, frame] });
    Object.assign(inner, { elementsFromPoint: (x: number, y: number) => (x === 10 && y === 20 ? [value] : []) });
    expect(elementUnder(document, host, 112, 73)).toBe(value);
    expect(elementUnder(document, host, 110, 73)).toBe(frame);
  });

  it('that loads or changes is heard, and no longer once nobody listens', async () => {
    const { window, document } = pageOf('<iframe></iframe>');
    fill(document, '');
    await window.happyDOM.waitUntilComplete();
    Object.defineProperty(window, 'length', { value: 1 });
    const heard: string[] = [];
    const unwatch = watchPage(window as never, {
      changed: () => heard.push('changed'),
      called: () => heard.push('called'),
      deafForMs: () => 0,
    });
    heard.splice(0);
    fill(document, BILL);
    await window.happyDOM.waitUntilComplete();
    expect(heard.splice(0)).toEqual(['changed']);
    const frame = document.querySelector('iframe') as unknown as { dispatchEvent(event: unknown): void };
    const load = (): void => frame.dispatchEvent(new window.Event('load'));
    load();
    expect(heard.splice(0)).toEqual(['called']);
    document.body.insertAdjacentHTML('beforeend', '<iframe></iframe>');
    fill(document, '', 1);
    await window.happyDOM.waitUntilComplete();
    heard.splice(0);
    fill(document, BILL, 1);
    await window.happyDOM.waitUntilComplete();
    expect(heard.splice(0)).toEqual(['changed']);
    unwatch();
    load();
    fill(document, '', 1);
    await window.happyDOM.waitUntilComplete();
    expect(heard).toEqual([]);
  });
});
