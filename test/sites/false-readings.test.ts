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
    ['<p>剩余应还</p><div>386.</div><div>20</div>', null],
    ['<p>剩余应还 <b>386</b><sup>20</sup></p>', null],
  ])('%s', (html, fen) => {
    expect(seen(`<div>${DUE}${html}</div>`)).toBe(`2026-09-14 ${fen} ${fen === null ? 'unknown' : 'open'} | `);
  });
});
