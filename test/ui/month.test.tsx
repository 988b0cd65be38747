// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { type Bill, isWatched } from '../../src/core/bill.ts';
import type { Fen } from '../../src/core/money.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Month } from '../../src/ui/dashboard/month.tsx';
import { at, bill, day } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);

function open(allBills: readonly Bill[]): void {
  const view = { allBills, ahead: allBills.filter(isWatched), rules: DEFAULT_RULES, habit: null };
  render(<Month {...({ view, plan: { next: [] }, words, now } as unknown as Parameters<typeof Month>[0])} />);
}
const opened = () => within(document.querySelector('.day-list') as HTMLElement);
const cell = (name: RegExp) => screen.getByRole('button', { name });

it('today tells what is overdue and what has no day, whatever month they belong to', () => {
  open([
    bill({ id: 'a', title: '七月的账单', dueDay: day('2026-07-30') }),
    bill({ id: 'b', title: '没有还款日的账单', dueDay: null }),
    bill({ id: 'c', title: '还清的账单', dueDay: day('2026-07-30'), remainingFen: 0 as Fen, standing: 'settled' }),
  ]);
  expect(cell(/^今天/).textContent).toMatch(/已过还款日 1 笔.*逾 1/);
  const titles = (name: string) => opened().getByRole('heading', { name }).nextElementSibling?.textContent;
  expect(titles('已过还款日')).toMatch(/^七月的账单 · .* · 7月30日（周四）$/);
  expect(titles('还款日未知')).toMatch(/^没有还款日的账单/);
  fireEvent.click(cell(/^9月15日/));
  expect(opened().queryByRole('heading', { name: '已过还款日' })).toBeNull();
  expect(opened().queryByRole('heading', { name: '还款日未知' })).toBeNull();
});

it('a day without anything says so', () => {
  open([]);
  expect(opened().getByText('这一天没有到期的账单，也没有计划的提醒。')).toBeTruthy();
});
