// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isFirstTime, type WelcomeView, welcomeViewOf } from '../../src/app/welcome.ts';
import { MINUTE_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { soundWelcome } from '../../src/core/welcome.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Welcome } from '../../src/ui/welcome/welcome.tsx';
import { entry } from '../contracts/store-contract.ts';
import { at, bill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);

function open(part: Partial<WelcomeView> = {}) {
  const ask = vi.fn(async (_message: object) => ({ ok: true }));
  const openBills = vi.fn();
  const base = {
    step: 'promise',
    rules: DEFAULT_RULES,
    selfTest: null,
    entries: [],
    bill: null,
    bills: 0,
    wasRead: false,
    isCounted: true,
  };
  const props = { view: { ...base, ...part }, words, now, ask, openBills, openDashboard: vi.fn() };
  render(<Welcome {...(props as unknown as Parameters<typeof Welcome>[0])} />);
  return { ask, openBills };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const text = () => document.body.textContent ?? '';

describe('the first page of all', () => {
  it('is opened by itself once in the life of a store, whatever was done with it', async () => {
    const store = memoryStore();
    const ports = { store, clock: { now: () => now } };
    expect([await isFirstTime(ports), await isFirstTime(ports)]).toEqual([true, false]);
    await store.saveWelcome({ step: 'done', at: now });
    expect(await isFirstTime(ports)).toBe(false);
    expect((await welcomeViewOf(ports)).step).toBe('done');
  });

  it('a damaged row neither opens it again nor breaks it', () => {
    expect(soundWelcome(undefined)).toBeNull();
    for (const raw of [null, 7, 'x', { step: 'moon', at: 'now' }]) {
      expect(soundWelcome(raw)).toEqual({ step: 'promise', at: 0 });
    }
  });

  it('says what it never does, and goes on or is skipped', () => {
    const { ask } = open();
    expect(text()).toContain('装好后不发任何网络请求');
    press('下一步');
    expect(ask).toHaveBeenLastCalledWith({ do: 'welcome', step: 'notice' });
    press('先跳过');
    expect(ask).toHaveBeenLastCalledWith({ do: 'welcome', step: 'done' });
  });

  it('the test waits in every later step until it is answered', () => {
    const test = { at: now - MINUTE_MS, wasSeen: null };
    const told = entry({ kind: 'self-test', plannedAt: test.at });
    const { ask } = open({ step: 'days', selfTest: test, entries: [told] });
    press('看到了');
    expect(ask).toHaveBeenLastCalledWith({ do: 'self-test-seen', wasSeen: true });
  });

  it.each([
    [[], /到点了还没有送达/],
    [[{ outcome: 'failed', failure: 'notifications-off' }], /没有送达：浏览器的通知被关闭/],
  ] as const)('a notice that did not come: %j', (parts, said) => {
    const test = { at: now - MINUTE_MS, wasSeen: null };
    const entries = parts.map((part) => entry({ kind: 'self-test', plannedAt: test.at, ...part }));
    open({ step: 'notice', selfTest: test, entries });
    expect(text()).toMatch(said);
    expect(text()).toContain('允许这个扩展和浏览器本身显示通知');
  });

  it('not seen: what to check on this system', () => {
    open({ step: 'notice', selfTest: { at: now - MINUTE_MS, wasSeen: false } });
    expect(screen.getAllByRole('listitem').filter((one) => !one.closest('ol'))).toHaveLength(3);
  });

  it('the way on saves the days that were changed; what was typed wrong stays, and so does the step', async () => {
    const { ask } = open({ step: 'days' });
    const asked = () => ask.mock.calls.map(([message]) => message);
    const field = screen.getByLabelText('提前几天提醒（用逗号隔开）');
    const next = { do: 'welcome', step: 'bills' };
    press('下一步');
    expect(asked()).toEqual([next]);
    fireEvent.input(field, { target: { value: 'soon' } });
    press('下一步');
    expect((await screen.findByRole('alert')).textContent).toContain('没有保存');
    expect(asked()).toEqual([next]);
    fireEvent.input(field, { target: { value: '5、2' } });
    press('下一步');
    await waitFor(() => expect(asked()).toHaveLength(3));
    const { since: _, ...rest } = DEFAULT_RULES;
    expect(asked()).toEqual([next, { do: 'rules', rules: { ...rest, leadDays: [5, 2] } }, next]);
  });

  it('the risk is told with an example, with one’s own bill, or without a figure that nobody knows', () => {
    open({ step: 'bills' });
    expect(text()).toContain('比如还有 ¥1,000.00 没还：晚 30 天，大约要多付 ¥15.00–¥30.00');
    cleanup();
    open({ step: 'bills', bills: 1, bill: bill({ siteId: 'jd-baitiao', remainingFen: 200_000 as Fen }) });
    expect(text()).toContain('还有 ¥2,000.00 没还。晚 30 天，大约要多付 ¥30.00–¥60.00');
    cleanup();
    open({ step: 'bills', bills: 1, bill: bill() });
    expect(text()).not.toContain('大约');
  });

  it('opens the bill page, and says at the end what was left out', () => {
    const { openBills, ask } = open({ step: 'done' });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('就快好了');
    expect(text()).toContain('还没有确认你看得到提醒');
    press('打开京东白条账单页');
    expect(openBills).toHaveBeenCalledOnce();
    press('从头看一遍');
    expect(ask).toHaveBeenLastCalledWith({ do: 'welcome', step: 'promise' });
  });

  it('all is set once a test was seen and a page was read, though nothing is owed', () => {
    open({ step: 'done', selfTest: { at: now - MINUTE_MS, wasSeen: true }, wasRead: true });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('准备好了');
    expect(text()).not.toContain('还没有读到账单');
  });
});
