// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Fen } from '../../src/core/money.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Bills } from '../../src/ui/dashboard/bills.tsx';
import { at, bill } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { does } from './does.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-08-15 10:00');
afterEach(cleanup);

type Asked = { do: string; billId: string | null; bill: Record<string, unknown> };

function open(bills = [bill()], answer: (message: Asked) => unknown = () => ({ ok: true, billId: 'x' })) {
  const ask = vi.fn(async (message: Asked) => answer(message));
  const props = {
    view: { closed: [], recipes: [], allBills: bills, sites: [], sync: { place: null }, rules: DEFAULT_RULES },
    words,
    now,
    ask,
    openBills: () => {},
    readFile: () => {},
  };
  const page = (allBills = bills) => {
    const view = { ...props.view, allBills };
    return <Bills {...({ ...props, view } as unknown as Parameters<typeof Bills>[0])} />;
  };
  const { rerender } = render(page());
  return { ask, show: (allBills: typeof bills) => rerender(page(allBills)) };
}

const type = (label: string | RegExp, value: string) => {
  const input = screen.getByLabelText(label);
  fireEvent.input(input, { target: { value } });
  return input as HTMLInputElement;
};
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name: does(name) }));

describe('a bill by hand', () => {
  it('says what is wrong beside each field, keeps what was typed, and saves when it is right', async () => {
    const { ask } = open();
    press('手动添加账单');
    const amount = type(/^剩余应还/, '一千');
    type('备注', '每月一号');
    press('保存');
    expect(ask).not.toHaveBeenCalled();
    await screen.findByText(/写一个名称/);
    expect(screen.getByText(/选一个还款日/)).toBeTruthy();
    expect(amount.value).toBe('一千');
    expect(amount.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(amount.getAttribute('aria-describedby')!)?.textContent).toMatch(/金额没看懂/);
    type('名称', '房租');
    type('最后还款日', '2026-09-01');
    type(/^剩余应还/, '3,000');
    press('保存');
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
    expect(ask.mock.calls[0]?.[0]).toEqual({
      do: 'save-bill',
      billId: null,
      bill: {
        title: '房租',
        dueDay: '2026-09-01',
        remainingFen: 300000,
        minimumFen: null,
        statementDay: null,
        note: '每月一号',
        isMonthly: false,
      },
    });
    await waitFor(() => expect(screen.queryByRole('button', { name: '保存' })).toBeNull());
  });

  it('a form that was opened before the answer to the last one came stays open, with what was typed', async () => {
    let answer = (_: unknown): void => undefined;
    open(
      [bill({ id: 'hand/default/x', siteId: 'hand', key: 'x', title: '旧账' })],
      () => new Promise((resolve) => (answer = resolve)),
    );
    press('手动添加账单');
    type('名称', '房租');
    type('最后还款日', '2026-09-01');
    press('保存');
    press('编辑：旧账');
    await waitFor(() => expect((screen.getByLabelText('名称') as HTMLInputElement).value).toBe('旧账'));
    type('备注', '转给房东');
    answer({ ok: true, billId: 'y' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((screen.getByLabelText('备注') as HTMLInputElement).value).toBe('转给房东');
  });

  it('a form that holds something typed is not replaced by another: it takes the focus', async () => {
    open([bill({ id: 'hand/default/x', siteId: 'hand', key: 'x', title: '旧账' })]);
    press('手动添加账单');
    type('名称', '房租');
    press('编辑：旧账');
    expect(screen.getByLabelText<HTMLInputElement>('名称').value).toBe('房租');
    expect(document.activeElement).toBe(screen.getByLabelText('名称'));
    press('取消');
    press('编辑：旧账');
    expect(screen.getByLabelText<HTMLInputElement>('名称').value).toBe('旧账');
    press('手动添加账单');
    expect(screen.getByLabelText<HTMLInputElement>('名称').value).toBe('');
  });

  it('own rules that hold something typed are not replaced by those of another bill, and go with their own', () => {
    const two = ['甲', '乙'].map((title) => bill({ id: `hand/default/${title}`, siteId: 'hand', key: title, title }));
    const { show } = open(two);
    press('单独设提醒：甲');
    type(/^提前几天提醒/, '9');
    press('单独设提醒：乙');
    expect(screen.getByLabelText<HTMLInputElement>(/^提前几天提醒/).value).toBe('9');
    expect(document.activeElement).toBe(screen.getByLabelText(/^提前几天提醒/));
    show(two.slice(1));
    expect(screen.queryByLabelText(/^提前几天提醒/)).toBeNull();
  });

  it('a day that nobody knows can be said; monthly then needs one', async () => {
    const { ask } = open();
    press('手动添加账单');
    type('名称', '借条');
    fireEvent.click(screen.getByLabelText(/^不知道还款日/));
    fireEvent.click(screen.getByLabelText(/^每月都有/));
    press('保存');
    await screen.findByText(/每月重复需要知道还款日/);
    fireEvent.click(screen.getByLabelText(/^每月都有/));
    press('保存');
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
    expect(ask.mock.calls[0]?.[0].bill).toMatchObject({ dueDay: null, isMonthly: false });
  });

  it('of a bill that a page read, only the note is asked for, and the form says why', async () => {
    const { ask } = open();
    press('编辑：九月账单');
    expect(screen.getByText(/以读到的为准/)).toBeTruthy();
    expect(screen.queryByLabelText('最后还款日')).toBeNull();
    type('备注', '先还这个');
    press('保存');
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
    expect(ask.mock.calls[0]?.[0]).toMatchObject({ billId: bill().id, bill: { note: '先还这个', title: '九月账单' } });
  });

  it('has the focus when it opens, and gives it back when it closes', async () => {
    open();
    const edit = screen.getByRole('button', { name: '编辑：九月账单' });
    edit.focus();
    fireEvent.click(edit);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('编辑：九月账单'));
    press('取消');
    await waitFor(() => expect(document.activeElement).toBe(edit));
  });

  it('own rules that could not be saved stay in their form, and it says so', async () => {
    open([bill()], () => ({ ok: false }));
    press('单独设提醒');
    press('保存规则');
    await screen.findByText(/没有保存成功/);
    expect(screen.getByRole('heading', { name: '单独的提醒规则：九月账单' })).toBeTruthy();
  });

  it('are not offered for a bill of which nothing is said any more', () => {
    open([bill({ standing: 'settled', remainingFen: 0 as Fen })]);
    expect(screen.queryByRole('button', { name: does('单独设提醒') })).toBeNull();
  });

  it('what could not be saved stays in the form', async () => {
    open([bill()], () => ({ billId: null }));
    press('编辑：九月账单');
    const note = type('备注', '别丢');
    press('保存');
    await screen.findByText(/没有保存成功/);
    expect(note.value).toBe('别丢');
  });

  it('a deletion can be taken back, and says when the bill would come back by itself', async () => {
    const { ask } = open();
    press('删除：九月账单');
    await screen.findByText(/下次读到它时会重新出现/);
    press('撤销删除');
    await waitFor(() => expect(ask.mock.calls.map(([message]) => message.do)).toEqual(['delete-bill', 'restore-bill']));
    await waitFor(() => expect(screen.queryByText(/下次读到它时会重新出现/)).toBeNull());
  });
});
