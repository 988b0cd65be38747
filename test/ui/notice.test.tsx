// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askBill, type Bill } from '../../src/core/bill.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Notice } from '../../src/ui/notice/notice.tsx';
import { at, bill } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { does } from './does.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);

function open(bills: readonly Bill[], ask: (message: object) => Promise<unknown> = async () => ({ ok: true })) {
  const doors = { openBills: vi.fn(), openDashboard: vi.fn() };
  const propsOf = (shown: readonly Bill[]) =>
    ({ view: { bills: shown, acknowledgedIds: [] }, words, now, ask, ...doors }) as unknown as Parameters<
      typeof Notice
    >[0];
  const { rerender } = render(<Notice {...propsOf(bills)} />);
  return { ...doors, show: (next: readonly Bill[]) => rerender(<Notice {...propsOf(next)} />) };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name: does(name) }));

describe('the page behind a notice', () => {
  it('whose bills are gone says what goes on, and leads to the others', () => {
    const { openDashboard } = open([]);
    expect(screen.getByRole('heading').textContent).toBe('这条提醒里的账单已经不在了');
    expect(screen.getByText(/其他账单的提醒照常/)).toBeTruthy();
    press('全部账单与设置');
    expect(openDashboard).toHaveBeenCalledOnce();
  });

  it.each([
    ['a refusal', async () => ({ ok: false })],
    ['no background', async () => Promise.reject(new Error('gone'))],
  ] as const)('an act that failed is said: %s', async (_, ask) => {
    open([bill()], ask);
    press('已还款');
    expect((await screen.findByRole('alert')).textContent).toContain('没有做成，什么都没有改动');
  });

  it('an act whose button goes away passes the focus to its undo', async () => {
    const { show } = open([bill()]);
    screen.getByRole('button', { name: does('已还款') }).focus();
    show([bill({ owner: { paidAt: now } })]);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('撤销'));
  });

  it('what is only asked for says what to do, and speaks of no amount and nothing to pay', () => {
    const since = { account: 'default', key: 'k', title: '白条 9 月账单', since: now };
    const { openBills, openDashboard } = open([
      askBill('sign-in', { siteId: 'jd-baitiao', ...since }),
      askBill('sync-pending', { siteId: 'sync', ...since }),
    ]);
    expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual([
      '账单页要求重新登录，账单没有更新',
      '同步一天多没成功',
    ]);
    expect(document.body.textContent).not.toMatch(/金额|去还款|还款日未知/);
    press('打开账单页读取');
    press('打开处理');
    expect([openBills, openDashboard].map(({ mock }) => mock.calls)).toEqual([[['jd-baitiao']], [['sync']]]);
  });

  it('every button names its bill to those who hear it alone', () => {
    open([
      bill({ title: '房租' }),
      askBill('sign-in', { siteId: 's', account: 'a', key: 'k', title: '白条', since: now }),
    ]);
    const names = (article: HTMLElement) =>
      [...article.querySelectorAll('summary, button:not([type="submit"])')].map((one) =>
        one.getAttribute('aria-label'),
      );
    const [rent, asked] = screen.getAllByRole('article').map(names);
    expect(rent).toHaveLength(7);
    expect(rent!.filter((name) => !name?.endsWith('：房租'))).toEqual([]);
    expect(asked).toEqual(['打开账单页读取', '知道了'].map((name) => `${name}：账单页要求重新登录，账单没有更新`));
  });

  it('a bill of the owner’s own has no page to pay on', () => {
    open([bill({ siteId: 'hand', source: 'hand' })]);
    expect(screen.queryByRole('button', { name: does('去还款') })).toBeNull();
    expect(screen.getByText(/没有网页可打开/)).toBeTruthy();
  });
});
