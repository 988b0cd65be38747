// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { type Bill, isWatched } from '../../src/core/bill.ts';
import type { Fen } from '../../src/core/money.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Cost } from '../../src/ui/dashboard/cost.tsx';
import { at, bill } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);
// It draws on a canvas, which happy-dom has none of.
vi.mock('uplot', () => ({
  default: class {
    static paths = {};
    destroy(): void {}
  },
}));

function open(allBills: readonly Bill[]): void {
  const view = { allBills, ahead: allBills.filter(isWatched), budgetFen: null };
  render(<Cost {...({ view, words, now, ask: vi.fn() } as unknown as Parameters<typeof Cost>[0])} />);
}
const plots = () => screen.queryAllByRole('img').map((plot) => plot.getAttribute('aria-label')?.slice(0, 2));
const heads = () => [...document.querySelectorAll('.costs thead th')].map((head) => head.textContent);

it.each([
  ['no bill at all', []],
  ['nothing owed any more', [bill({ remainingFen: 0 as Fen, standing: 'settled' })]],
  ['no amount is known', [bill({ remainingFen: null })]],
])('nothing is drawn where there is nothing to draw: %s', (_, bills) => {
  open(bills);
  expect(plots()).toEqual([]);
});

it('a rate of one’s own has a column and a line once it differs from the two that are shown', () => {
  open([bill({ siteId: 'jd-baitiao', minimumFen: null })]);
  expect(plots()).toEqual(['晚还', '每月']);
  expect(heads()).toEqual(['晚还', '按 0.05%', '按 0.10%']);
  fireEvent.input(screen.getByRole('slider'), { target: { value: '7' } });
  expect(heads()).toEqual(['晚还', '按 0.05%', '按上面的 0.07%', '按 0.10%']);
});
