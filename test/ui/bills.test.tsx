// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SiteState } from '../../src/app/ports.ts';
import type { Bill } from '../../src/core/bill.ts';
import type { Fen } from '../../src/core/money.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { BillList } from '../../src/ui/dashboard/bill-list.tsx';
import { Bills } from '../../src/ui/dashboard/bills.tsx';
import { useKeptFocus } from '../../src/ui/parts/kept-focus.ts';
import { state } from '../contracts/store-contract.ts';
import { at, bill, day } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { does } from './does.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-10 09:00');
afterEach(cleanup);

function open(bills: readonly Bill[], ask: unknown = vi.fn(async () => ({ ok: true }))) {
  const propsOf = (allBills: readonly Bill[]) => {
    const view = { allBills, recipes: [], sync: { place: null } };
    const acts = { act: vi.fn(), edit: vi.fn(), rule: vi.fn(), remove: vi.fn(), openBills };
    return { view, words, now, ask, ...acts } as unknown as Parameters<typeof BillList>[0];
  };
  const openBills = vi.fn();
  const { rerender } = render(<BillList {...propsOf(bills)} />);
  return {
    ask: ask as ReturnType<typeof vi.fn>,
    openBills,
    show: (next: readonly Bill[]) => rerender(<BillList {...propsOf(next)} />),
  };
}
const made = (n: number, part: Partial<Bill> = {}): Bill =>
  bill({ id: `b${n}`, key: `${n}`, title: `账单 ${n}`, remainingFen: (10_000 + n) as Fen, ...part });
const many = (count: number) => Array.from({ length: count }, (_, n) => made(n));
const titles = () => [...document.querySelectorAll('tbody th')].map((cell) => cell.firstChild?.textContent);
const find = (text: string) => fireEvent.input(screen.getByLabelText('查找账单'), { target: { value: text } });
const only = (standing: string) => fireEvent.change(screen.getByLabelText('状态'), { target: { value: standing } });

describe('the list of bills', () => {
  it('ten thousand are shown a page at a time, forward and back', () => {
    open(many(10_000).reverse());
    expect(titles()).toHaveLength(30);
    expect(screen.getByText('第 1–30 笔，共 10000 笔')).toBeTruthy();
    expect((screen.getByRole('button', { name: '上一页' }) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: '下一页' }));
    expect(titles()[0]).toBe('账单 30');
    fireEvent.click(screen.getByRole('button', { name: '上一页' }));
    expect(titles()[0]).toBe('账单 0');
  });

  it('a list that grew shorter has its last page', () => {
    const { show } = open(many(61).reverse());
    fireEvent.click(screen.getByRole('button', { name: '下一页' }));
    fireEvent.click(screen.getByRole('button', { name: '下一页' }));
    expect(titles()).toEqual(['账单 60']);
    show(many(40).reverse());
    expect(titles()[0]).toBe('账单 30');
  });

  it.each([
    ['title, whatever its case', 'VISA', ['Visa 卡']],
    ['note', '车贷', ['账单 2']],
    ['day', '2026-12', ['账单 3']],
    ['amount', '1234.5', ['账单 4']],
    ['nothing', '没有这个', []],
  ])('is narrowed by what stands in it: %s', (_, text, found) => {
    const bills = many(9);
    bills[1] = made(1, { title: 'Visa 卡' });
    bills[2] = made(2, { owner: { note: '车贷' } });
    bills[3] = made(3, { dueDay: day('2026-12-03') });
    bills[4] = made(4, { remainingFen: 123_450 as Fen });
    open(bills);
    find(text);
    expect(titles()).toEqual(found);
    if (found.length === 0) expect(screen.getByText('没有符合的账单。')).toBeTruthy();
    find('');
    expect(titles()).toHaveLength(9);
  });

  it.each([
    ['owed', ['账单 1', '账单 2', '账单 8', '账单 4', '账单 3', '账单 0']],
    ['overdue', ['账单 1']],
    ['unsure', ['账单 2', '账单 4', '账单 3']],
    ['done', ['账单 5', '账单 6']],
    ['silent', ['账单 7']],
  ])('is narrowed by standing: %s', (standing, found) => {
    open([
      made(0),
      made(1, { dueDay: day('2026-09-01') }),
      made(2, { dueDay: null }),
      made(3, { remainingFen: null }),
      made(4, { standing: 'unknown' }),
      made(5, { remainingFen: 0 as Fen, standing: 'settled' }),
      made(6, { readAt: now - 1, owner: { paidAt: now } }),
      made(7, { owner: { mutedAt: now } }),
      made(8),
    ]);
    only(standing);
    expect(titles()).toEqual(found);
  });

  it('what may still cost money comes first, from the soonest day on, and what is over after it', () => {
    open([
      made(1, { dueDay: day('2026-12-03') }),
      made(2, { dueDay: day('2026-10-03'), owner: { mutedAt: now } }),
      made(3, { dueDay: day('2026-09-12') }),
      made(4, { dueDay: day('2026-09-03'), remainingFen: 0 as Fen, standing: 'settled' }),
      made(5, { dueDay: day('2026-09-01') }),
    ]);
    expect(titles()).toEqual(['账单 5', '账单 3', '账单 1', '账单 2', '账单 4']);
  });

  it('a bill without a day stands where the popup has it: after what is due by today, before every later day', () => {
    open([
      made(1, { dueDay: day('2026-09-12') }),
      made(2, { dueDay: day('2026-09-10') }),
      made(3, { dueDay: day('2026-09-01') }),
      made(4, { dueDay: null, remainingFen: 0 as Fen, standing: 'settled' }),
      made(5, { dueDay: null }),
    ]);
    expect(titles()).toEqual(['账单 3', '账单 2', '账单 5', '账单 1', '账单 4']);
  });

  it.each([
    ['in two days', { dueDay: day('2026-09-12') }, '还有 2 天到期', 'soon'],
    ['today', { dueDay: day('2026-09-10') }, '今天到期', 'soon'],
    ['overdue', { dueDay: day('2026-09-01') }, '已过还款日 9 天', 'late'],
    ['no day', { dueDay: null }, '待还', 'soon'],
    ['no longer listed', { standing: 'unknown', missingSince: now }, '不确定', 'soon'],
    ['said to be paid, and still owed', { owner: { paidAt: now - 1 }, readAt: now }, '还有 3 天到期', 'soon'],
  ] as const)('says in words how near a bill is, not by its colour alone: %s', (_, part, said, urgency) => {
    open([made(1, { dueDay: day('2026-09-13'), ...part })]);
    expect(screen.getByText(said).className).toBe(`standing ${urgency}`);
  });

  it('a bill of an earlier year says which', () => {
    open([made(1, { dueDay: day('2025-11-03'), remainingFen: 0 as Fen, standing: 'settled' }), made(2)]);
    expect(screen.getByText(/^2025年11月3日/)).toBeTruthy();
    expect(screen.getByText(/^9月14日/)).toBeTruthy();
  });

  it('every button of a row names its bill to those who hear it alone', () => {
    open([made(1), made(2, { owner: { paidAt: now } }), made(3, { owner: { mutedAt: now } })]);
    const nameless = screen
      .getAllByRole('row')
      .slice(1)
      .flatMap((row) => {
        const title = within(row).getByRole('rowheader').querySelector('span')!.textContent;
        return within(row)
          .getAllByRole('button')
          .filter((button) => button.getAttribute('aria-label') !== `${button.textContent}：${title}`);
      });
    expect(nameless).toEqual([]);
  });

  it('leads to the page that a bill is paid on, where it has one', () => {
    const { openBills } = open([made(1), made(2, { siteId: 'hand', source: 'hand' })]);
    const [pay, ...others] = screen.getAllByRole('button', { name: does('去还款') });
    fireEvent.click(pay!);
    expect(openBills).toHaveBeenCalledExactlyOnceWith(made(1).siteId);
    expect(others).toEqual([]);
  });

  it('tells one bill’s history, and puts it away again', async () => {
    const entries = [{ n: 1, at: '2026-09-01T09:00:00+08:00', what: 'read', facts: { dueDay: '2026-09-14' } }];
    const { ask } = open(
      many(2),
      vi.fn(async () => ({ entries })),
    );
    fireEvent.click(screen.getByRole('button', { name: '经过：账单 1' }));
    await waitFor(() => expect(document.querySelector('.history')?.textContent).toContain('读取账单'));
    expect(ask).toHaveBeenCalledWith(expect.objectContaining({ do: 'evidence', billId: 'b1' }));
    expect(screen.getByRole('link', { name: '整理成申诉材料' }).getAttribute('href')).toBe('#evidence/b1');
    fireEvent.click(screen.getByRole('button', { name: '经过：账单 1' }));
    expect(document.querySelector('.history')).toBeNull();
  });

  it('a history that could not be read is said', async () => {
    open(
      many(1),
      vi.fn(async () => Promise.reject(new Error('gone'))),
    );
    fireEvent.click(screen.getByRole('button', { name: '经过：账单 0' }));
    expect((await screen.findByRole('alert')).textContent).toContain('没能读出');
  });
});

it.each([
  ['signed out', 'signed-out', [made(1)], /要求登录.*登录后打开一次账单页/],
  ['signed out before anything was read', 'signed-out', [], /要求登录.*登录后再打开一次账单页/],
  ['not understood', 'unreadable', [made(1)], /没能识别/],
  ['a security check', 'unreadable challenge', [made(1)], /安全验证.*自己完成/],
  ['amounts that the page hides', 'unreadable amounts-hidden', [made(1)], /没有显示金额/],
  ['a page that is still empty', 'unreadable still-loading', [made(1)], /没有加载完/],
] as const)('what the last look at a page met is said over the list: %s', (_, met, allBills, said) => {
  const [kind, why = null] = met.split(' ') as [SiteState['kind'], string?];
  const view = { allBills, sites: [state({ kind, why })], closed: [], recipes: [], sync: { place: null } };
  const props = { view, words, now, ask: vi.fn(), openBills: vi.fn(), readFile: vi.fn(), allow: vi.fn() };
  render(<Bills {...(props as unknown as Parameters<typeof Bills>[0])} />);
  expect(screen.getAllByRole('status').some((one) => said.test(one.textContent ?? ''))).toBe(true);
});

describe('an act in the list', () => {
  function live(bills: readonly Bill[], ask: (message: object) => Promise<unknown>) {
    const propsOf = (allBills: readonly Bill[]) =>
      ({
        view: { allBills, sites: [], closed: [], recipes: [], sync: { place: null } },
        words,
        now,
        ask,
        openBills: () => {},
        readFile: () => {},
      }) as unknown as Parameters<typeof Bills>[0];
    const Page = (props: Parameters<typeof Bills>[0]) => {
      useKeptFocus();
      return <Bills {...props} />;
    };
    const { rerender } = render(<Page {...propsOf(bills)} />);
    return (next: readonly Bill[]) => rerender(<Page {...propsOf(next)} />);
  }
  const press = (name: string) => {
    const button = screen.getByRole('button', { name: does(name) });
    button.focus();
    fireEvent.click(button);
  };

  it('is told with its undo, which has the focus once the pressed button is gone', async () => {
    const ask = vi.fn(async (_message: object) => ({ ok: true }));
    const show = live([made(1)], ask);
    press('已还款');
    const bar = (await screen.findByText('标记为已还款：账单 1')).closest('p')!;
    show([made(1, { owner: { paidAt: now } })]);
    await waitFor(() => expect(document.activeElement).toBe(bar));
    press('撤销');
    expect(ask).toHaveBeenLastCalledWith({ do: 'act', act: { do: 'unpaid', billId: 'b1', via: 'dashboard' } });
    await waitFor(() => expect(screen.queryByText('标记为已还款：账单 1')).toBeNull());
  });

  it('that silences a bill for good leaves the focus on what takes it back', async () => {
    // The row changes before the answer comes.
    const show = live(
      [made(1)],
      vi.fn(() => new Promise(() => {})),
    );
    press('不再提醒');
    show([made(1, { owner: { mutedAt: now } })]);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('恢复提醒'));
  });

  it('leaves the focus where it is as long as its button stands', async () => {
    live(
      [made(1)],
      vi.fn(async () => ({ ok: true })),
    );
    press('知道了');
    await screen.findByText('知道了：账单 1');
    expect(document.activeElement?.textContent).toBe('知道了');
  });

  it.each([
    ['已还款', async () => ({ ok: false }), '没有做成，什么都没有改动'],
    ['删除：账单 1', async () => Promise.reject(new Error('no background')), '没有做成，什么都没有改动'],
    ['知道了', async () => ({ ok: false }), '还没有发过提醒'],
  ] as const)('that failed is said: %s', async (name, ask, said) => {
    live([made(1)], ask);
    press(name);
    expect((await screen.findByRole('alert')).textContent).toContain(said);
  });
});
