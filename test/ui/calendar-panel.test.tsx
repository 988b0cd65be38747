// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CalendarView } from '../../src/app/calendar-view.ts';
import { calendarViewOf } from '../../src/app/calendar-view.ts';
import { NO_CALENDAR } from '../../src/core/calendar-state.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { CalendarPanel } from '../../src/ui/dashboard/calendar-panel.tsx';
import { at } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-01 12:00');
const nothing = calendarViewOf(NO_CALENDAR, now);
const connected: CalendarView = {
  ...nothing,
  account: { name: '账单', server: 'https://caldav.icloud.com', user: 'me@example.org', showsDetails: false },
  entries: 3,
  writtenAt: now,
  cover: { until: at('2026-09-14 21:00'), isWhole: true },
};
afterEach(cleanup);

type Asked = { readonly do: string };

function open({
  calendar = nothing,
  replies = {},
  isAllowed = true,
}: {
  calendar?: CalendarView;
  replies?: Record<string, unknown>;
  isAllowed?: boolean | Error;
} = {}) {
  const order: string[] = [];
  const ask = vi.fn(async (message: Asked) => {
    order.push(message.do);
    const reply = replies[message.do];
    if (reply instanceof Error) throw reply;
    return reply;
  });
  const allow = vi.fn(async (_: readonly string[]) => {
    order.push('allow');
    if (isAllowed instanceof Error) throw isAllowed;
    return isAllowed;
  });
  const findCalendars = () => ask({ do: 'find' });
  const props = { view: { calendar }, words, now, ask, allow, findCalendars };
  const { container } = render(<CalendarPanel {...(props as unknown as Parameters<typeof CalendarPanel>[0])} />);
  const type = (label: string, value: string) => {
    (screen.getByLabelText(label) as HTMLInputElement).value = value;
  };
  const connect = () => fireEvent.submit(container.querySelector('form')!);
  return { ask, allow, order, type, connect, container };
}

const found = {
  kind: 'found',
  calendars: [
    { url: 'https://p1-caldav.icloud.com/1/home/', name: '个人' },
    { url: 'https://p1-caldav.icloud.com/1/bills/', name: '账单' },
  ],
};

describe('connecting a calendar', () => {
  it('on the way back from the calendars, what was typed stands there still', async () => {
    const { type, connect } = open({ replies: { find: found } });
    type('用户名', 'me@example.org');
    type('应用密码', 'abcd-efgh');
    connect();
    fireEvent.click(await screen.findByRole('button', { name: words.say('calendarBack') }));
    const typed = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;
    expect([typed('用户名'), typed('应用密码')]).toEqual(['me@example.org', 'abcd-efgh']);
  });

  it('iCloud: address filled in, permission in the click, the second calendar chosen and written', async () => {
    const { ask, allow, order, type, connect, container } = open({
      replies: { find: found, 'calendar-choose': { kind: 'done', written: 2, missing: 0 } },
    });
    expect(screen.getByText(/App 专用密码/)).toBeTruthy();
    type('用户名', 'me@example.org');
    type('应用密码', 'abcd-efgh');
    expect((screen.getByLabelText('应用密码') as HTMLInputElement).type).toBe('password');
    connect();
    expect(order).toEqual(['allow']);
    expect(allow).toHaveBeenCalledWith(['https://caldav.icloud.com/*', 'https://*.icloud.com/*'], true);
    fireEvent.click(await screen.findByLabelText('账单'));
    expect(container.textContent).not.toContain('abcd-efgh');
    fireEvent.submit(container.querySelector('form')!);
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(ask.mock.calls[1]?.[0]).toEqual({
      do: 'calendar-choose',
      account: {
        server: 'https://caldav.icloud.com',
        user: 'me@example.org',
        password: 'abcd-efgh',
        url: 'https://p1-caldav.icloud.com/1/bills/',
        name: '账单',
        showsDetails: false,
      },
    });
  });

  it('a service without a known address asks for it, and http is refused outside the house', () => {
    const { allow, type, connect } = open();
    fireEvent.change(screen.getByLabelText('日历服务'), { target: { value: 'nextcloud' } });
    expect((screen.getByLabelText('服务器地址') as HTMLInputElement).value).toBe('');
    type('用户名', 'u');
    type('应用密码', 'p');
    connect();
    expect(screen.getByRole('alert').textContent).toContain('都要填');
    type('服务器地址', 'http://cloud.example');
    connect();
    expect(screen.getByRole('alert').textContent).toContain('https://');
    expect(allow).not.toHaveBeenCalled();
  });

  it.each([
    ['the owner says no', false, {}, /没有允许/],
    ['the browser would not ask', new Error('no gesture'), {}, /没有允许/],
    ['the password is wrong', true, { find: { kind: 'failed', code: 'calendar-wrong-login' } }, /密码不对/],
    ['it is no calendar server', true, { find: { kind: 'failed', code: 'calendar-not-caldav' } }, /不是日历服务器/],
    ['the background is silent', true, { find: new Error('no receiver') }, /没有响应/],
  ])('%s: said in words, and what was typed stays', async (_, isAllowed, replies, said) => {
    const { type, connect } = open({ isAllowed, replies });
    type('用户名', 'me');
    type('应用密码', 'pw');
    connect();
    expect((await screen.findByRole('alert')).textContent).toMatch(said);
    expect((screen.getByLabelText('用户名') as HTMLInputElement).value).toBe('me');
    expect((screen.getByRole('button', { name: '连接并找日历' }) as HTMLButtonElement).disabled).toBe(false);
  });
});

describe('a connected calendar', () => {
  it('says what stands there, when it was written and how far it covers', () => {
    open({ calendar: connected });
    expect(screen.getByText('已连接“账单”（me@example.org）')).toBeTruthy();
    expect(screen.getByText(/日历里有 3 笔账单提醒/)).toBeTruthy();
    expect(screen.getByText(/提醒到 9\/14 21:00/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what failed and what is missing, and tries again in a click', async () => {
    const { order } = open({
      calendar: { ...connected, missing: 2, failure: 'calendar-full', failedAt: now },
      replies: { 'calendar-now': { kind: 'done', written: 5, missing: 0 } },
    });
    expect(screen.getByRole('alert').textContent).toContain('空间满了');
    expect(screen.getByText(/还有 2 笔没有写进去/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '现在写一次' }));
    await waitFor(() => expect(order).toEqual(['allow', 'calendar-now']));
  });

  it('amount and lender are written only when it is ticked', async () => {
    const { ask } = open({ calendar: connected });
    const [box] = screen.getAllByLabelText(/写明平台和金额/) as HTMLInputElement[];
    expect(box?.checked).toBe(false);
    fireEvent.click(box!);
    await waitFor(() => expect(ask).toHaveBeenCalledWith({ do: 'calendar-details', showsDetails: true }));
  });

  it('removing what cannot be removed says so', async () => {
    const { ask } = open({
      calendar: connected,
      replies: { 'calendar-stop': { kind: 'failed', code: 'calendar-offline' } },
    });
    fireEvent.click(screen.getByRole('button', { name: '移除提醒并断开' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/没能移除：连不上服务器/);
    expect(ask).toHaveBeenCalledWith({ do: 'calendar-stop', removes: true });
  });
});

describe('the calendar file', () => {
  it('is saved without any account, with its limits said before', async () => {
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    open({ replies: { 'calendar-file': { text: 'BEGIN:VCALENDAR', count: 2 } } });
    expect(screen.getByText(/Google 日历和 Outlook 导入时会忽略/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '下载 .ics' }));
    expect(await screen.findByText('已下载 2 笔账单。')).toBeTruthy();
    expect((clicked.mock.contexts[0] as HTMLAnchorElement).download).toBe('duly-账单.ics');
    expect(await (made.mock.calls[0]![0] as Blob).text()).toBe('BEGIN:VCALENDAR');
  });

  it('without a bill there is none, and a silent background is said', async () => {
    open({ replies: { 'calendar-file': { text: '', count: 0 } } });
    fireEvent.click(screen.getByRole('button', { name: '下载 .ics' }));
    expect(await screen.findByText('现在没有可以写进日历的账单。')).toBeTruthy();
    cleanup();
    open({ replies: { 'calendar-file': new Error('no receiver') } });
    fireEvent.click(screen.getByRole('button', { name: '下载 .ics' }));
    expect(await screen.findByText(/没有响应/)).toBeTruthy();
  });
});
