// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { calendarViewOf } from '../../src/app/calendar-view.ts';
import { channelsViewOf } from '../../src/app/channels-view.ts';
import { NO_CALENDAR } from '../../src/core/calendar-state.ts';
import { type ChannelSetting, NO_HEALTH } from '../../src/core/channel/setting.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import { type Channels as Kept, NO_CHANNELS } from '../../src/core/reminder/chain.ts';
import { coveredOf } from '../../src/core/reminder/covered.ts';
import { DEFAULT_PATIENCE } from '../../src/core/reminder/patience.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Channels } from '../../src/ui/dashboard/channels.tsx';
import { setting } from '../app/escalation/world.ts';
import { at, bill } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { does } from './does.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);

const KEY = 'AbCdEfGh12345678';
const bark = (part: Partial<ChannelSetting> = {}) =>
  setting('a', { values: { key: KEY, server: 'https://api.day.app', seal: '', sealMode: 'cbc' }, ...part });

function open(
  channels: Partial<Kept> = {},
  {
    replies = {},
    allow = vi.fn(async (_: readonly string[]) => true),
  }: { replies?: Record<string, unknown>; allow?: (patterns: readonly string[]) => Promise<boolean> } = {},
) {
  const order: string[] = [];
  const ask = vi.fn(async (message: { do: string }) => {
    order.push(message.do);
    const reply = replies[message.do] ?? { ok: true };
    if (reply instanceof Error) throw reply;
    return reply;
  });
  const asked = vi.fn((patterns: readonly string[]) => {
    order.push('allow');
    return allow(patterns);
  });
  const propsOf = (kept: Partial<Kept>) => {
    const view = channelsViewOf({ ...NO_CHANNELS, ...kept }, now);
    const whole = {
      channels: view,
      allBills: [bill()],
      ahead: [],
      entries: [],
      calendar: calendarViewOf(NO_CALENDAR, now),
    };
    const plan = { next: [], covered: coveredOf([bill()], [], [], null, now) };
    return { view: whole, plan, words, now, ask, allow: asked } as unknown as Parameters<typeof Channels>[0];
  };
  const { rerender } = render(<Channels {...propsOf(channels)} />);
  return { ask, allow: asked, order, show: (kept: Partial<Kept>) => rerender(<Channels {...propsOf(kept)} />) };
}
const press = (name: string | RegExp) =>
  fireEvent.click(screen.getByRole('button', { name: typeof name === 'string' ? does(name) : name }));
const type = (label: RegExp | string, value: string) =>
  fireEvent.input(screen.getAllByLabelText(label)[0]!, { target: { value } });
const pick = (service: RegExp) => {
  press('添加渠道');
  fireEvent.click(screen.getByRole('radio', { name: service }));
  press('下一步');
};

describe('adding a channel', () => {
  it('asks the browser in the submit itself, saves, sends a test and asks whether it was seen', async () => {
    const { ask, allow, order, show } = open(
      {},
      { replies: { 'channel-add': { kind: 'saved', id: 'a' }, 'channel-test': { kind: 'accepted' } } },
    );
    expect(screen.getByText(/现在只有桌面通知/)).toBeTruthy();
    pick(/^Bark/);
    expect(screen.getByText('一笔账单还有 3 天到期')).toBeTruthy();
    type(/推送地址或密钥/, `https://api.day.app/${KEY}/`);
    press('保存并发测试消息');
    expect(order).toEqual(['allow']);
    expect(allow).toHaveBeenCalledWith(['https://api.day.app/*'], true);
    await waitFor(() => expect(order).toEqual(['allow', 'channel-add', 'channel-test']));
    expect(ask.mock.calls[0]![0]).toMatchObject({
      service: 'bark',
      channel: { whose: 'mine', label: '', agreed: false },
    });
    show({ list: [bark({ confirmedAt: null })] });
    const row = screen.getAllByRole('listitem')[1]!;
    expect(await within(row).findByText(/看到了吗/)).toBeTruthy();
    expect(within(row).getByText('未确认')).toBeTruthy();
    press('看到了');
    expect(ask).toHaveBeenLastCalledWith({ do: 'channel-seen', id: 'a', wasSeen: true });
    expect(await within(row).findByText('好，以后会按顺序用它提醒。')).toBeTruthy();
  });

  it('says every mistake beside its field, asks nothing, and keeps what was typed', () => {
    const { order } = open();
    pick(/^Gotify/);
    type('服务器地址', 'http://push.example.org');
    press('保存并发测试消息');
    expect(order).toEqual([]);
    const server = screen.getAllByLabelText('服务器地址')[0] as HTMLInputElement;
    expect(server.value).toBe('http://push.example.org');
    expect(server.getAttribute('aria-invalid')).toBe('true');
    const said = (input: HTMLElement) =>
      (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
    expect(said(server).join()).toContain('外面的地址要用 https');
    expect(said(screen.getByLabelText('应用令牌')).join()).toContain('这一项必须填');
  });

  it.each([
    ['says no', async () => false],
    ['refuses to ask', () => Promise.reject(new Error('no gesture'))],
  ])('saves nothing when the browser %s', async (_, answer) => {
    const { order } = open({}, { allow: answer });
    pick(/^Bark/);
    type(/推送地址或密钥/, KEY);
    press('保存并发测试消息');
    expect((await screen.findByRole('alert')).textContent).toContain('浏览器没有允许');
    expect(order).toEqual(['allow']);
    expect((screen.getByLabelText(/推送地址或密钥/) as HTMLInputElement).value).toBe(KEY);
  });

  it('shows what the background refuses, and that it did not answer', async () => {
    const replies = { 'channel-add': { kind: 'refused', field: 'key', code: 'field-key' } as unknown };
    open({}, { replies });
    pick(/^Bark/);
    type(/推送地址或密钥/, KEY);
    press('保存并发测试消息');
    expect(await screen.findByText(/看不懂这一项/)).toBeTruthy();
    replies['channel-add'] = new Error('gone');
    await waitFor(() => press('保存并发测试消息'));
    expect((await screen.findByRole('alert')).textContent).toContain('后台没有响应');
  });

  it('takes another person only with their agreement', async () => {
    const { order, ask } = open({}, { replies: { 'channel-add': { kind: 'saved', id: 'a' } } });
    pick(/^Bark/);
    type(/推送地址或密钥/, KEY);
    fireEvent.click(screen.getByRole('checkbox', { name: /这是另一个人的/ }));
    expect(screen.getByText(/您的朋友有一笔账单/)).toBeTruthy();
    press('保存并发测试消息');
    expect(screen.getByText('请先征得 TA 的同意，再打勾')).toBeTruthy();
    expect(order).toEqual([]);
    fireEvent.click(screen.getByRole('checkbox', { name: 'TA 同意收到我的账单提醒' }));
    press('保存并发测试消息');
    await waitFor(() => expect(ask.mock.calls[0]![0]).toMatchObject({ channel: { whose: 'other', agreed: true } }));
  });
});

describe('a test', () => {
  it.each([
    ['queued', setting('a', { service: 'pushplus', values: { token: '0123456789abcdef' } }), '已受理'],
    ['delivered', bark(), '已送达'],
    ['for another person', bark({ whose: 'other', agreedAt: 1 }), '请问一下 TA'],
  ])('that is %s is told as that', async (_, one, said) => {
    open({ list: [one] }, { replies: { 'channel-test': { kind: 'accepted' } } });
    press('发测试消息');
    expect(await screen.findByText(new RegExp(`${said}.*看到了吗`))).toBeTruthy();
  });

  it('that was not seen says what to check, and can be repeated', async () => {
    const { ask } = open({ list: [bark()] }, { replies: { 'channel-test': { kind: 'accepted' } } });
    press('发测试消息');
    fireEvent.click(await screen.findByRole('button', { name: '没看到' }));
    expect(ask).toHaveBeenLastCalledWith({ do: 'channel-seen', id: 'a', wasSeen: false });
    expect(await screen.findByText(/设置 → 通知 → Bark/)).toBeTruthy();
    press('再试一次');
    expect(await screen.findByText(/看到了吗/)).toBeTruthy();
  });

  it.each([
    [{ kind: 'failed', code: 'push-wrong-key' }, /密钥不对或已失效/],
    [new Error('worker gone'), /后台没有响应/],
  ])('that failed says why: %s', async (reply, said) => {
    open({ list: [bark()] }, { replies: { 'channel-test': reply } });
    press('发测试消息');
    expect(await screen.findByText(said)).toBeTruthy();
    expect(screen.getByRole('button', { name: '再试一次' })).toBeTruthy();
  });

  it('without the permission asks for it in the click', async () => {
    const { allow } = open(
      { list: [bark()] },
      { replies: { 'channel-test': { kind: 'failed', code: 'push-no-permission' } } },
    );
    press('发测试消息');
    fireEvent.click(await screen.findByRole('button', { name: '允许连接并再试' }));
    expect(allow).toHaveBeenCalledWith(['https://api.day.app/*'], true);
  });
});

describe('the order', () => {
  const list = [
    bark({ label: '手机' }),
    setting('b', { service: 'ntfy', health: { ...NO_HEALTH, failure: 'push-offline' } }),
    setting('c', { service: 'pushplus', health: { ...NO_HEALTH, failure: 'push-quota', pausedUntil: now + HOUR_MS } }),
    setting('d', { service: 'telegram', isOn: false }),
    setting('e', { service: 'wecom', whose: 'other', agreedAt: 1 }),
  ];

  it('begins with the desktop, and says of each how it stands and when it speaks', () => {
    open({ list });
    const rows = within(screen.getByRole('list', { name: '' }) ?? document.body).getAllByRole('listitem');
    const texts = rows.map((row) => row.textContent ?? '');
    expect(texts[0]).toContain('桌面通知');
    expect(texts[1]).toMatch(/手机.*可用.*30 分钟后/);
    expect(texts[2]).toMatch(/ntfy.*出错.*1 小时后.*连不上这个服务/);
    expect(texts[3]).toMatch(/PushPlus.*暂停.*90 分钟后.*13:00 之前不发/);
    expect(texts[4]).toMatch(/Telegram.*已停用.*现在不会用它/);
    expect(texts[5]).toMatch(/另一个人.*2 小时后/);
  });

  it.each([
    [true, '浏览器关着时也能按时提醒：最多提前 3 天'],
    [false, '撤不回消息'],
    [null, '还不知道这台服务器'],
  ])('says whether ntfy helps while the browser is shut: %s', (canWithdraw, said) => {
    open({ list: [setting('b', { service: 'ntfy', health: { ...NO_HEALTH, canWithdraw } })] });
    expect(screen.getAllByText(new RegExp(said)).length).toBeGreaterThan(0);
  });

  it('moves a channel, never past another person, and keeps the focus on its button', () => {
    const { ask, show } = open({ list });
    expect((screen.getByRole('button', { name: '下移：Telegram' }) as HTMLButtonElement).disabled).toBe(true);
    const down = screen.getByRole('button', { name: '下移：手机' });
    down.focus();
    press('下移：手机');
    expect(ask).toHaveBeenCalledWith({ do: 'channel-move', id: 'a', way: 'down' });
    show({ list: [list[1]!, list[0]!, ...list.slice(2)] });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('下移：手机');
  });

  it('removes with a way back that has the focus', () => {
    const { ask, show } = open({ list: [bark()] });
    press('移除');
    expect(ask).toHaveBeenLastCalledWith({ do: 'channel-remove', id: 'a' });
    show({ list: [], bin: [{ setting: bark(), place: 0, at: now }] });
    expect(document.activeElement?.textContent).toBe('撤销');
    press('撤销');
    expect(ask).toHaveBeenLastCalledWith({ do: 'channel-restore', id: 'a' });
  });

  it('a channel that was removed lately can be put back', () => {
    const { ask } = open({ bin: [{ setting: bark({ label: '旧手机' }), place: 0, at: now }] });
    expect(screen.getByText('旧手机')).toBeTruthy();
    press('恢复');
    expect(ask).toHaveBeenLastCalledWith({ do: 'channel-restore', id: 'a' });
  });

  it('switches off, and tells amount and lender only when asked to', () => {
    const { ask } = open({ list: [bark()] });
    press('停用');
    expect(ask).toHaveBeenLastCalledWith({ do: 'channel-switch', id: 'a', isOn: false });
    const box = screen.getByRole('checkbox', { name: '写明平台和金额' }) as HTMLInputElement;
    expect(box.checked).toBe(false);
    fireEvent.click(box);
    expect(ask).toHaveBeenLastCalledWith({ do: 'channel-details', id: 'a', showsDetails: true });
  });
});

describe('editing', () => {
  it('shows what is stored only masked, and an empty key is kept', async () => {
    const { ask, order } = open({ list: [bark()] }, { replies: { 'channel-edit': { kind: 'saved', id: 'a' } } });
    press('编辑');
    expect(document.body.innerHTML).not.toContain(KEY);
    expect(screen.getByText(/已保存 ••••5678/)).toBeTruthy();
    type('给它起个名字（可以不填）', '手机');
    press('保存并发测试消息');
    await waitFor(() => expect(order).toEqual(['allow', 'channel-edit']));
    expect(ask.mock.calls[0]![0]).toMatchObject({
      id: 'a',
      channel: { label: '手机', values: { key: '' } },
      forget: [],
    });
  });

  it('a key that decides the address is asked for by the address that is known', async () => {
    const sctp = setting('a', { service: 'serverchan', values: { key: 'sctp123tAbCdEfGh' } });
    const { allow } = open({ list: [sctp] }, { replies: { 'channel-edit': { kind: 'gone' } } });
    press('编辑');
    press('保存并发测试消息');
    expect(allow).toHaveBeenCalledWith(['https://123.push.ft07.com/*'], true);
    expect((await screen.findByRole('alert')).textContent).toContain('已经不在了');
  });
});

describe('patience', () => {
  const field = () => screen.getByLabelText('到期当天') as HTMLInputElement;

  it('is saved in the unit that was chosen', async () => {
    const { ask } = open();
    expect(field().value).toBe('30');
    fireEvent.input(field(), { target: { value: '10' } });
    press('保存等待时间');
    expect(ask).toHaveBeenCalledWith({ do: 'patience', patience: { ...DEFAULT_PATIENCE, today: 10 * MINUTE_MS } });
    expect(await screen.findByText('已保存。')).toBeTruthy();
  });

  it.each(['4', '49x', '', '9999'])('%j is refused beside the field', (value) => {
    const { ask } = open();
    fireEvent.input(field(), { target: { value } });
    press('保存等待时间');
    expect(ask).not.toHaveBeenCalled();
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field());
  });

  it('goes back to the defaults', () => {
    const { ask } = open({ patience: { ...DEFAULT_PATIENCE, today: 10 * MINUTE_MS } });
    press('恢复默认');
    expect(ask).toHaveBeenCalledWith({ do: 'patience', patience: DEFAULT_PATIENCE });
  });
});
