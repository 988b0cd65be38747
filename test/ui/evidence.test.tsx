// @vitest-environment happy-dom
import { createHash } from 'node:crypto';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Bill } from '../../src/core/bill.ts';
import { NO_CONTACT } from '../../src/core/contact.ts';
import { DAY_MS } from '../../src/core/day.ts';
import { EVIDENCE_FIELDS, evidenceOf } from '../../src/core/evidence.ts';
import { chained } from '../../src/core/evidence-chain.ts';
import type { Fen } from '../../src/core/money.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { BudgetForm } from '../../src/ui/dashboard/budget-form.tsx';
import { Cost } from '../../src/ui/dashboard/cost.tsx';
import { Evidence } from '../../src/ui/dashboard/evidence.tsx';
import { LedgerTable } from '../../src/ui/dashboard/ledger-table.tsx';
import { MissedButton, MissedRow } from '../../src/ui/dashboard/missed.tsx';
import { Month } from '../../src/ui/dashboard/month.tsx';
import { entry } from '../contracts/store-contract.ts';
import { at, bill, day } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

/** happy-dom has no canvas: plots are drawn, and looked at, in test/e2e only. */
vi.mock('uplot', () => ({ default: null }));

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-10 13:00');
afterEach(cleanup);

const made = (one: Bill) =>
  chained(
    evidenceOf(
      {
        bill: one,
        siteTitle: '京东白条',
        ledger: [
          entry({ billId: one.id, outcome: 'failed', failure: 'notifications-off' }),
          entry({ id: 'b', billId: one.id, device: 'raw-id' }),
        ],
        planned: [],
        acts: [],
        contact: NO_CONTACT,
        channelOf: (id) => id,
        deviceOf: (id) => (id === 'device-a' ? { device: 'this', deviceName: '办公室' } : { device: 'other' }),
        now,
      },
      EVIDENCE_FIELDS,
    ),
    async (text) => createHash('sha256').update(text).digest('hex'),
  );

function props(bills: readonly Bill[], ask: unknown = vi.fn(async () => ({ ok: true }))) {
  const view = { allBills: bills, ahead: bills, rules: DEFAULT_RULES, habit: null, budgetFen: null };
  return { view, plan: null, words, now, ask, detail: '' } as unknown as Parameters<typeof Evidence>[0];
}

describe('the evidence', () => {
  it('begins with the last bill whose day has come', () => {
    const ask = vi.fn(async () => null);
    const day0 = (key: string, dueDay: string) => bill({ id: key, key, dueDay: day(dueDay) });
    render(
      <Evidence
        {...props([day0('ahead', '2999-01-01'), day0('come', '2000-02-01'), day0('past', '2000-01-01')], ask)}
      />,
    );
    expect(ask).toHaveBeenCalledWith(expect.objectContaining({ billId: 'come' }));
  });

  it('is shown in words, with its last hash and what it proves; markup in a title stays text', async () => {
    const one = bill({ title: '<img src=x> 🙂' });
    const evidence = await made(one);
    render(
      <Evidence
        {...props(
          [one],
          vi.fn(async () => evidence),
        )}
      />,
    );
    expect(
      await screen.findByText(
        /没有送达（到期当天） · 原因：浏览器的通知被关闭 · 渠道：桌面通知 · 这台浏览器（办公室）/,
      ),
    ).toBeTruthy();
    expect(screen.getAllByText(/ · 其他浏览器$/).length).toBeGreaterThan(0);
    expect(screen.getByText(new RegExp(evidence.finalHash))).toBeTruthy();
    expect(screen.getByText(/不是第三方的证明/)).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
  });

  it('asks again for what is chosen now', async () => {
    const ask = vi.fn(async () => null);
    render(<Evidence {...props([bill()], ask)} />);
    fireEvent.click(screen.getByRole('checkbox', { name: '金额' }));
    await vi.waitFor(() =>
      expect(ask).toHaveBeenLastCalledWith({
        do: 'evidence',
        billId: bill().id,
        fields: expect.not.arrayContaining(['amounts']),
      }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('没能整理出来');
  });

  it.each([
    ['fields', () => fireEvent.click(screen.getByRole('checkbox', { name: '金额' }))],
    ['bill', () => fireEvent.change(screen.getByRole('combobox'), { target: { value: 'o' } })],
  ])('of other %s is neither shown nor given away once the choice has changed', async (_, choose) => {
    const [one, other] = [bill(), bill({ key: 'o', id: 'o', title: '十月' })];
    const evidence = await made(one);
    const answers: ((evidence: unknown) => void)[] = [];
    const ask = vi.fn(() => new Promise((answer) => answers.push(answer)));
    render(<Evidence {...props([one, other], ask)} />);
    const acts = () => ['打印', '导出 JSON', '复制文字'].map((name) => screen.getByRole('button', { name }));
    const areOff = () => acts().map((button) => (button as HTMLButtonElement).disabled);
    answers[0]!(evidence);
    await vi.waitFor(() => expect(areOff()).toEqual([false, false, false]));
    choose();
    expect(areOff()).toEqual([true, true, true]);
    expect(screen.queryByText(new RegExp(evidence.finalHash))).toBeNull();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]!(evidence);
    await vi.waitFor(() => expect(areOff()).toEqual([false, false, false]));
  });

  it('saves the statement by itself, at once when the field is left, and says when it could not', async () => {
    const ask = vi.fn(async ({ do: name }: { do: string }) => (name === 'statement' ? { ok: false } : null));
    const { unmount } = render(<Evidence {...props([bill()], ask)} />);
    const field = screen.getByLabelText('补充说明', { selector: 'textarea' });
    fireEvent.input(field, { target: { value: '号码停用' } });
    fireEvent.blur(field);
    expect(ask).toHaveBeenCalledWith({ do: 'statement', billId: bill().id, text: '号码停用' });
    expect(await screen.findByText(/没有存上，文字还在这里/)).toBeTruthy();
    expect((field as HTMLTextAreaElement).value).toBe('号码停用');
    ask.mockClear();
    unmount();
    await vi.waitFor(() => expect(ask).toHaveBeenCalledWith({ do: 'statement', billId: bill().id, text: '号码停用' }));
  });

  it('shows the statement that was written elsewhere meanwhile, unless something typed is unsent', () => {
    const one = bill();
    const ask = async ({ do: name }: { do: string }) => (name === 'statement' ? { ok: true } : null);
    const said = (statement: string) => props([{ ...one, owner: { ...one.owner, statement } }], ask);
    const { rerender } = render(<Evidence {...said('旧的')} />);
    rerender(<Evidence {...said('新的')} />);
    const field = screen.getByLabelText<HTMLTextAreaElement>('补充说明', { selector: 'textarea' });
    expect(field.value).toBe('新的');
    fireEvent.input(field, { target: { value: '新的，还有' } });
    rerender(<Evidence {...said('又一个')} />);
    expect(field.value).toBe('新的，还有');
  });

  it('without a bill there are the ways to the first one', () => {
    render(<Evidence {...props([])} />);
    expect(screen.getByText(/还没有账单/)).toBeTruthy();
    expect(screen.getByRole('button', { name: '打开账单页读取' })).toBeTruthy();
    expect(screen.getByRole('link', { name: '手动添加账单' }).getAttribute('href')).toBe('#bills');
    expect(screen.getByText('看一份 JSON 导出之后有没有被改过。')).toBeTruthy();
  });
});

describe('a reminder that never came', () => {
  it('is said, answered with what is known, and taken back', () => {
    const ask = vi.fn(async () => ({ ok: true }));
    const one = entry();
    const { rerender } = render(<MissedButton entry={one} words={words} ask={ask as never} />);
    fireEvent.click(screen.getByRole('button', { name: /^没收到/ }));
    expect(ask).toHaveBeenCalledWith({ do: 'missed', billId: one.billId, entryId: one.id, isMissed: true });
    const said = { ...one, missedAt: now };
    rerender(<MissedButton entry={said} words={words} ask={ask as never} />);
    fireEvent.click(screen.getByRole('button', { name: '撤销' }));
    expect(ask).toHaveBeenLastCalledWith({ do: 'missed', billId: one.billId, entryId: one.id, isMissed: false });
    const { container } = render(<MissedRow entry={said} words={words} columns={8} />);
    expect(container.textContent).toContain('勿扰');
  });
});

describe('the ledger', () => {
  it('names what was told of without a title of its own', () => {
    const given = props([]);
    const asked = bill({ id: 'q', asks: 'contact-sms', title: '', dueDay: null });
    const of = { ahead: [asked], entries: [entry({ billId: 'q' })], channels: { list: [], bin: [] } };
    render(<LedgerTable {...given} view={{ ...given.view, ...of } as unknown as typeof given.view} />);
    expect(screen.getByRole('cell', { name: '短信还款提醒还开着吗？' })).toBeTruthy();
  });
});

describe('the cost', () => {
  it.each([
    [bill({ remainingFen: 1 as Fen }), '¥0.90'],
    [bill({ remainingFen: 9_999_999_999 as Fen }), '¥4,500,000.00'],
    [bill({ remainingFen: null }), '金额没有读到'],
  ])('of one bill, from the smallest amount to an unknown one', (one, said) => {
    const { container } = render(<Cost {...props([one])} />);
    expect(container.textContent).toContain(said);
  });

  it('a budget that is no amount is refused and stays typed; an empty one is taken back', async () => {
    const ask = vi.fn(async () => ({ ok: true }));
    render(<BudgetForm budgetFen={null} words={words} ask={ask as never} />);
    const field = screen.getByLabelText('每月还款预算（元）') as HTMLInputElement;
    const save = () => fireEvent.click(screen.getByRole('button', { name: '保存预算' }));
    fireEvent.input(field, { target: { value: '很多' } });
    save();
    expect(await screen.findByText(/这不是金额/)).toBeTruthy();
    expect([field.value, ask.mock.calls.length]).toEqual(['很多', 0]);
    fireEvent.input(field, { target: { value: '' } });
    save();
    expect(ask).toHaveBeenCalledWith({ do: 'budget', budget: null });
  });
});

describe('the calendar', () => {
  it('has one stop for the Tab key, moves by keys over the end of a month, and opens a day', async () => {
    const { container } = render(
      <Month {...props([bill(), bill({ id: 'o', key: 'o', title: '十月', dueDay: day('2026-10-01') })])} />,
    );
    const stops = () =>
      [...container.querySelectorAll('.day[tabindex="0"]')].map((each) => each.getAttribute('data-day'));
    expect(stops()).toEqual(['2026-09-10']);
    expect(container.querySelector('[aria-current="date"]')?.getAttribute('data-day')).toBe('2026-09-10');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) fireEvent.keyDown(screen.getByRole('grid'), { key });
    await vi.waitFor(() => expect(stops()).toEqual(['2026-10-01']));
    fireEvent.click(screen.getByRole('button', { name: /10月1日.*到期账单 1 笔/ }));
    await vi.waitFor(() => expect(container.querySelector('.day-list')?.textContent).toContain('十月'));
  });

  it.each([
    ['muted', { mutedAt: now }, false],
    ['still owed', {}, true],
    ['said to be paid, and read as owed after that', { paidAt: now - 2 * DAY_MS }, true],
    ['said to be paid', { paidAt: now }, false],
  ])('the past day of a bill that is %s', (_, owner, isLate) => {
    const one = bill({ dueDay: day('2026-09-09'), readAt: now - DAY_MS, owner });
    const { container } = render(<Month {...props([one])} />);
    const mark = container.querySelector('[data-day="2026-09-09"] .due')!;
    expect(mark.classList.contains('late')).toBe(isLate);
  });

  it.each([
    ['contact-sms', '短信还款提醒还开着吗？'],
    ['contact-phone', '京东绑定的手机号还在用吗？'],
    ['self-test', /^测试提醒/],
    ['sync-pending', '同步一天多没成功'],
  ] as const)('names a reminder of what has no title: %s', (asks, said) => {
    const asked = bill({ id: 'q', key: 'q', asks, title: '', dueDay: null });
    const reminder = { id: 'r', billId: 'q', kind: 'stale-reading', day: day('2026-09-10'), at: now + 1 };
    const given = props([]);
    const view = { ...given.view, ahead: [asked] } as unknown as typeof given.view;
    const plan = { next: [reminder] } as unknown as typeof given.plan;
    const { container } = render(<Month {...given} view={view} plan={plan} />);
    expect(container.querySelector('.day-list .title')?.textContent).toMatch(said);
  });

  it('ten thousand bills of one month are counted, and listed in steps', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      bill({ id: `${i}`, key: `${i}`, title: `t${i}`, dueDay: day('2026-09-10') }),
    );
    const { container } = render(<Month {...props(many)} />);
    expect(container.querySelectorAll('.day-list li').length).toBeLessThanOrEqual(200);
    expect(screen.getByRole('button', { name: /今天.*到期账单 10000 笔/ })).toBeTruthy();
  });
});
