// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Health, KnownHealth } from '../../src/app/health.ts';
import type { PopupView } from '../../src/app/popup-view.ts';
import type { Bill } from '../../src/core/bill.ts';
import { MINUTE_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import { type Words, wordsIn } from '../../src/i18n/words.ts';
import { StoreTrouble } from '../../src/ui/parts/store-trouble.tsx';
import { Popup } from '../../src/ui/popup/popup.tsx';
import { actOf, state } from '../contracts/store-contract.ts';
import { at, bill, day } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { does } from './does.ts';

const wordsZh = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);

const WELL: Health = {
  nextReminderAt: at('2026-09-13 10:00'),
  isNotifying: true,
  isWriting: true,
  lost: null,
  failing: [],
  sync: null,
};

function popupOf(
  bills: readonly Bill[],
  part: Partial<PopupView> = {},
  {
    health = WELL,
    reply = { ok: true },
    words = wordsZh,
  }: { health?: KnownHealth; reply?: { ok: boolean } | Error; words?: Words } = {},
) {
  const ask = vi.fn(async (_message: object) => {
    if (reply instanceof Error) throw reply;
    return reply;
  });
  const doors = { openBills: vi.fn(), readNow: vi.fn(), openDashboard: vi.fn(), allow: vi.fn(async () => true) };
  const view = {
    bills,
    more: 0,
    isMoreCounted: true,
    sites: [state()],
    closed: [],
    recipes: [],
    lastAct: null,
    ...part,
  };
  const props = { view, health, words, now, ask, ...doors };
  return { ask, ...doors, popup: <Popup {...(props as unknown as Parameters<typeof Popup>[0])} /> };
}
function open(...given: Parameters<typeof popupOf>) {
  const { popup, ...rest } = popupOf(...given);
  return { ...rest, ...render(popup) };
}
const next = () => within(screen.getByRole('article'));
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name: does(name) }));
const text = () => document.body.textContent ?? '';

it('what was opened and typed for one bill is not handed on to the next', () => {
  const bills = [bill(), bill({ id: 'hand/default/x', siteId: 'hand', key: 'x', title: '房租' })];
  const { rerender } = open(bills);
  fireEvent.input(next().getByLabelText('自选时间'), { target: { value: '2026-09-13T08:00' } });
  next().getByText('稍后提醒').closest('details')!.open = true;
  rerender(popupOf(bills.slice(1)).popup);
  expect(next().getByLabelText<HTMLInputElement>('自选时间').value).toBe('');
  expect(next().getByText('稍后提醒').closest('details')?.open).toBe(false);
});

describe('what the popup says', () => {
  it('the next bill: amount, day, weekday, days left, when and how it was read', () => {
    open([bill()]);
    expect(next().getByText('¥386.20')).toBeTruthy();
    expect(next().getByText('还有 2 天到期')).toBeTruthy();
    expect(next().getByText(/9.*14.*周一/)).toBeTruthy();
    expect(text()).toMatch(/上次读取：.*读自页面数据/);
    expect(text()).toContain('下一次提醒：9/13 10:00');
  });

  it.each([
    ['zh_CN', 'zh-CN', ['读自页面文字 08:05', '按你教的方式读取 9/11', '手动添加 30 天前']],
    ['en', 'en', ['from page text 08:05', 'as you taught it Sep 11', 'added by hand 30 days ago']],
  ] as const)(
    'every other bill too says when and by which reader, without being opened: %s',
    (locale, language, said) => {
      const read = [
        bill({ readAt: at('2026-09-12 08:05'), source: 'labels' }),
        bill({ readAt: at('2026-09-11 23:40'), source: 'taught' }),
        bill({ readAt: at('2026-08-13 12:00'), source: 'hand' }),
      ];
      const others = read.map((one, n) => ({ ...one, key: `k${n}`, id: `s/a/k${n}` }));
      open([bill(), ...others], {}, { words: wordsIn(sayFrom(locale), language, 'Asia/Shanghai') });
      const rows = screen.getAllByRole('listitem');
      expect(rows.map((row) => row.querySelector('summary .read')?.textContent)).toEqual(said);
    },
  );

  it('nothing read yet, and nothing owed, are two different sentences', () => {
    const { readNow } = open([], { sites: [] });
    expect(screen.getByRole('heading', { name: '还没有读到账单' })).toBeTruthy();
    press('打开账单页读取');
    expect(readNow).toHaveBeenCalledOnce();
    cleanup();
    open([]);
    expect(screen.getByRole('heading', { name: '没有待还账单' })).toBeTruthy();
  });

  it('signed out keeps the bills and says so', () => {
    open([bill()], { sites: [state({ kind: 'signed-out' })] });
    expect(screen.getAllByRole('status').some((one) => one.textContent?.includes('要求登录'))).toBe(true);
    expect(next().getByText('¥386.20')).toBeTruthy();
  });

  it.each([
    ['overdue', bill({ dueDay: day('2026-09-09') }), '已过还款日 3 天'],
    ['an unknown amount', bill({ remainingFen: null }), '金额未知'],
    ['an unknown day', bill({ dueDay: null }), '打开账单页看一眼，读到还款日后才能按时提醒。'],
    ['doubtful', bill({ doubts: [{ field: 'remainingFen', values: [] }] }), '页面上的数字前后不一致'],
    ['not listed any more', bill({ missingSince: now, standing: 'unknown' }), '不等于已还清'],
    ['an unknown standing', bill({ standing: 'unknown' }), '不确定'],
    ['the smallest amount', bill({ remainingFen: 1 as Fen }), '¥0.01'],
    ['the largest amount', bill({ remainingFen: 9_999_999_999 as Fen }), '¥99,999,999.99'],
  ])('%s', (_, made, said) => {
    open([made]);
    expect(text()).toContain(said);
  });

  it('hostile titles are text, and end where they end', () => {
    const title = `<img src=x onerror=alert(1)>\u202e${'长'.repeat(480)}🧧`;
    const { container } = open([bill({ title }), bill({ key: 'b', id: 'x/y/b', title })], {
      lastAct: { act: actOf({ at: now }), title },
    });
    expect(container.querySelector('img')).toBeNull();
    expect(next().getByRole('heading').textContent).toBe(title);
    expect(screen.getByText(/^标记为已还款/).textContent).toBe(`标记为已还款：\u2068${title}\u2069`);
  });

  it('many: twenty stand there, and the rest is a button to all of them', () => {
    const bills = Array.from({ length: 20 }, (_, i) => bill({ key: `k${i}`, id: `s/a/k${i}`, title: `第 ${i} 笔` }));
    const { openDashboard } = open(bills, { more: 9980 });
    expect(screen.getAllByRole('listitem')).toHaveLength(19);
    press('还有 9980 笔：看全部账单');
    expect(openDashboard).toHaveBeenCalledWith('bills');
  });

  it('says where it stopped counting', () => {
    open([bill()], { more: 80, isMoreCounted: false });
    expect(screen.getByRole('button', { name: /还有 80\+ 笔/ })).toBeTruthy();
  });

  it('a store that does not open: what happened, and two ways on', () => {
    const openBills = vi.fn();
    render(<StoreTrouble words={wordsZh} error={new DOMException('x', 'UnknownError')} openBills={openBills} />);
    expect(screen.getByRole('alert').textContent).toContain('UnknownError');
    expect(screen.getByRole('button', { name: '再试一次' })).toBeTruthy();
    press('打开京东白条账单页');
    expect(openBills).toHaveBeenCalledOnce();
  });
});

describe('health', () => {
  it.each<[KnownHealth, RegExp]>([
    ['silent', /后台没有响应/],
    [{ ...WELL, isNotifying: false }, /浏览器的通知被关掉了/],
    [{ ...WELL, isWriting: false }, /可能是磁盘满了/],
    [{ ...WELL, failing: [{ service: 'bark', label: '手机' }] }, /渠道“手机”最近一次没有送到/],
    [{ ...WELL, sync: { doneAt: null, failingSince: now, questions: 0 } }, /从 9\/12 12:00 起没有同步成功/],
    [{ ...WELL, sync: { doneAt: now, failingSince: null, questions: 2 } }, /有 2 笔变更等你看一眼/],
    [{ ...WELL, nextReminderAt: null }, /下一次提醒：无/],
  ])('%j', (health, said) => {
    open([bill()], {}, { health });
    expect(text()).toMatch(said);
  });

  it('warns of nothing while it asks', () => {
    open([bill()], {}, { health: 'asking' });
    expect(screen.queryAllByRole('status')).toEqual([]);
  });
});

describe('what can be done', () => {
  it('each of the next bill', async () => {
    const { ask, openBills, readNow } = open([bill()]);
    press('去还款');
    press('立即读取');
    expect([openBills, readNow].map((door) => door.mock.calls)).toEqual([[['made-up']], [['made-up']]]);
    for (const [name, done] of [
      ['已还款', 'paid'],
      ['知道了', 'acknowledge'],
      ['不再提醒', 'mute'],
    ] as const) {
      press(name);
      expect(ask).toHaveBeenLastCalledWith({ do: 'act', act: { do: done, billId: bill().id, via: 'popup' } });
    }
    fireEvent.click(screen.getByRole('button', { name: /^明天/ }));
    const until = at('2026-09-13 09:00');
    expect(ask).toHaveBeenLastCalledWith({ do: 'act', act: { do: 'snooze', billId: bill().id, via: 'popup', until } });
  });

  it('each of another bill, once its row is open', async () => {
    const other = bill({ key: 'b', id: 'made-up/default/b', title: '十月账单' });
    const { ask } = open([bill(), other]);
    expect(screen.getAllByRole('button', { name: does('已还款') })).toHaveLength(1);
    const row = screen.getByRole('listitem');
    const details = row.querySelector('details')!;
    details.open = true;
    fireEvent(details, new Event('toggle'));
    fireEvent.click(await within(row).findByRole('button', { name: does('已还款') }));
    expect(ask).toHaveBeenLastCalledWith({ do: 'act', act: { do: 'paid', billId: other.id, via: 'popup' } });
  });

  it('names its bill to those who hear it alone', () => {
    open([bill({ title: '九月账单' })]);
    const acts = next()
      .getAllByRole('button')
      .filter(({ textContent }) => textContent !== '确定');
    expect(acts).toHaveLength(7);
    expect(acts.filter((one) => one.getAttribute('aria-label') !== `${one.textContent}：九月账单`)).toEqual([]);
  });

  it('a bill of the owner’s own, and one whose recipe is gone, have no page to pay on', () => {
    for (const made of [bill({ source: 'hand' }), bill({ siteId: 'taught:gone', source: 'taught' })]) {
      open([made]);
      expect(screen.queryByRole('button', { name: does('去还款') })).toBeNull();
      expect(screen.queryByRole('button', { name: does('立即读取') })).toBeNull();
      expect(text()).toContain('没有网页可打开');
      cleanup();
    }
  });

  it('a snooze says until when, and ends', () => {
    const until = at('2026-09-13 09:00');
    const { ask } = open([bill({ owner: { snoozedAt: now, snoozedUntil: until } })]);
    expect(text()).toContain('已推迟到 9/13 09:00');
    press('取消推迟');
    expect(ask).toHaveBeenLastCalledWith({ do: 'act', act: { do: 'unsnooze', billId: bill().id, via: 'popup' } });
  });

  it.each([
    [{ ok: false }, '已还款', '没有做成，什么都没有改动'],
    [new Error('no background'), '已还款', '没有做成，什么都没有改动'],
    [{ ok: false }, '知道了', '还没有发过提醒'],
  ] as const)('what failed is said: %j %s', async (reply, name, said) => {
    open([bill()], {}, { reply });
    press(name);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(said));
  });
});

describe('the way back outlives the popup', () => {
  it.each([
    ['paid', 'unpaid'],
    ['snooze', 'unsnooze'],
    ['acknowledge', 'unacknowledge'],
    ['mute', 'unmute'],
  ] as const)('%s', (done, undo) => {
    const act = actOf({ do: done, at: now - 9 * MINUTE_MS, via: 'notice' });
    const { ask } = open([], { lastAct: { act, title: '九月账单' } });
    press('撤销');
    expect(ask).toHaveBeenCalledWith({ do: 'act', act: { do: undo, billId: act.billId, via: 'popup' } });
  });

  it('taken, leaves the focus on the next bill', async () => {
    const lastActs = (['paid', 'unpaid'] as const).map((name) => ({
      act: actOf({ id: name, do: name, at: now }),
      title: '九月账单',
    }));
    const { rerender } = open([bill()]);
    const show = (lastAct: PopupView['lastAct']) => rerender(popupOf([bill()], { lastAct }).popup);
    press('已还款');
    show(lastActs[0]!);
    expect(document.activeElement?.textContent).toBe('撤销');
    press('撤销');
    show(lastActs[1]!);
    expect(document.activeElement?.textContent).toBe('去还款');
  });

  it('is offered for ten minutes, and of nothing that was taken back already', () => {
    for (const act of [
      actOf({ at: now - 10 * MINUTE_MS }),
      actOf({ do: 'unpaid', at: now }),
      actOf({ do: 'rules', at: now }),
    ]) {
      open([], { lastAct: { act, title: '九月账单' } });
      expect(screen.queryByRole('button', { name: '撤销' })).toBeNull();
      cleanup();
    }
  });
});
