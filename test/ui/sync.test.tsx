// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SyncView } from '../../src/app/sync-view.ts';
import { syncViewOf } from '../../src/app/sync-view.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import { NO_SYNC, type Sync, type SyncTold } from '../../src/core/sync-setting.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { SyncTab } from '../../src/ui/dashboard/sync.tsx';
import { deviceLabel } from '../../src/ui/dashboard/sync-place.tsx';
import { at, day } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-01 12:00');
const CODE = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01';
afterEach(() => {
  const hasIt = screen.queryByLabelText('我已记下');
  if (hasIt) fireEvent.click(hasIt);
  const done = screen.queryByRole('button', { name: '好了' });
  if (done) fireEvent.click(done);
  cleanup();
});

const told: SyncTold = {
  device: 'device000001',
  devices: [{ device: 'device000002', label: '单位', sequence: 4, sentAt: now - HOUR_MS, readAt: now }],
  refused: [],
  waiting: 0,
  hasUnsealed: false,
  deferred: 0,
  strangers: 0,
  renamed: false,
  isClosed: false,
  shouldMove: false,
};
const webdav = { kind: 'webdav', url: 'https://dav.example.org/duly/', user: 'me', password: 'hush' } as const;
const setUp = (part: Partial<Sync> = {}): SyncView =>
  syncViewOf({
    ...NO_SYNC,
    place: webdav,
    label: '书房',
    doneAt: now - HOUR_MS,
    triedAt: now - HOUR_MS,
    told,
    ...part,
  });

type Asked = { readonly do: string };

function open(sync: SyncView = syncViewOf(NO_SYNC), replies: Record<string, unknown> = {}, isAllowed = true) {
  const order: string[] = [];
  const ask = vi.fn(async (message: Asked) => {
    order.push(message.do);
    const reply = replies[message.do] ?? { kind: 'done' };
    if (reply instanceof Error) throw reply;
    return reply;
  });
  const allow = vi.fn(async (..._: unknown[]) => {
    order.push('allow');
    return isAllowed;
  });
  const props = (view: SyncView) =>
    ({ view: { sync: view }, words, now, ask, allow }) as unknown as Parameters<typeof SyncTab>[0];
  const { container, rerender } = render(<SyncTab {...props(sync)} />);
  const type = (label: string | RegExp, value: string) => {
    (screen.getByLabelText(label) as HTMLInputElement).value = value;
  };
  const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
  const submit = () => fireEvent.submit(container.querySelector('form')!);
  return {
    ask,
    allow,
    order,
    type,
    press,
    submit,
    container,
    show: (view: SyncView) => rerender(<SyncTab {...props(view)} />),
  };
}

describe('setting up', () => {
  it('what was typed for another choice is kept and not sent', async () => {
    const { ask, type, submit } = open();
    const choose = (name: RegExp) => fireEvent.click(screen.getByLabelText(name));
    const typed = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;
    choose(/^WebDAV 网盘/);
    type('用户名', 'me@example.org');
    choose(/^加入已有的/);
    type(/^配对码/, 'ABCD');
    choose(/^浏览器自带的同步/);
    choose(/^第一台/);
    expect(screen.queryByRole('textbox', { name: '用户名' })).toBeNull();
    submit();
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
    expect(ask.mock.calls[0]?.[0]).toMatchObject({ do: 'sync-create', place: { kind: 'area' } });
    choose(/^WebDAV 网盘/);
    choose(/^加入已有的/);
    expect([typed('用户名'), screen.getByLabelText<HTMLInputElement>(/^配对码/).value]).toEqual([
      'me@example.org',
      'ABCD',
    ]);
  });

  it('WebDAV: the permission is asked in the click, for the server alone and as data that is sent', async () => {
    const { ask, allow, order, type, submit } = open(undefined, { 'sync-create': { kind: 'done', code: CODE } });
    fireEvent.click(screen.getByLabelText(/^WebDAV 网盘/));
    expect((screen.getByLabelText('文件夹地址') as HTMLInputElement).value).toBe(
      'https://dav.jianguoyun.com/dav/duly/',
    );
    expect((screen.getByLabelText('应用密码') as HTMLInputElement).type).toBe('password');
    type('用户名', 'me@example.org');
    type('应用密码', 'app-password');
    type('给这台起个名字', '书房');
    submit();
    expect(order).toEqual(['allow']);
    expect(allow).toHaveBeenCalledWith(['https://dav.jianguoyun.com/*'], true);
    await waitFor(() => screen.getByText('只显示这一次，请写下来。'));
    expect(ask).toHaveBeenCalledWith({
      do: 'sync-create',
      place: {
        kind: 'webdav',
        url: 'https://dav.jianguoyun.com/dav/duly/',
        user: 'me@example.org',
        password: 'app-password',
      },
      label: '书房',
      sharesChannels: false,
    });
  });

  it('the code stays until it is written down, through the change of the page, and then is gone', async () => {
    const { submit, press, show, container } = open(undefined, { 'sync-create': { kind: 'done', code: CODE } });
    submit();
    await waitFor(() => screen.getByRole('img', { name: '配对码的二维码' }));
    expect(container.querySelector('.code')!.textContent).toBe(CODE.replaceAll('-', ''));
    show(setUp());
    expect(container.querySelector('.code')).not.toBeNull();
    expect((screen.getByRole('button', { name: '好了' }) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(screen.getByLabelText('我已记下'));
    press('好了');
    await waitFor(() => expect(container.querySelector('.code')).toBeNull());
    expect(container.textContent).not.toContain('ABCD');
  });

  it('the browser’s own sync asks for no permission', async () => {
    const { order, submit } = open();
    submit();
    await waitFor(() => expect(order).toEqual(['sync-create']));
  });

  it.each([
    ['sync-mistyped-code', '配对码有输错的字，请核对'],
    ['sync-wrong-code', '配对码不对：文件完好，不是用这个码封的'],
    ['sync-key-damaged', '网盘上的密钥文件损坏，不是配对码的问题'],
  ])('joining: %s has its own words, and what was typed stays', async (code, said) => {
    const { type, submit } = open(undefined, { 'sync-join': { kind: 'refused', code } });
    fireEvent.click(screen.getByLabelText(/^加入已有的/));
    type(/^配对码/, 'abcd efgh');
    submit();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(said));
    expect((screen.getByLabelText(/^配对码/) as HTMLInputElement).value).toBe('abcd efgh');
  });

  it('a no to the permission, an empty field, a bad address and a silent background are each said', async () => {
    const denied = open(undefined, {}, false);
    fireEvent.click(screen.getByLabelText(/^WebDAV 网盘/));
    denied.submit();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('还有没填的，请补上。'));
    expect(document.activeElement).toBe(screen.getByLabelText('用户名'));
    denied.type('用户名', 'me');
    denied.type('应用密码', 'x');
    denied.type('文件夹地址', 'http://example.org/duly');
    denied.submit();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('地址写得不对'));
    denied.type('文件夹地址', 'https://example.org/duly');
    denied.submit();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('没有允许'));
    expect(denied.ask).not.toHaveBeenCalled();
    cleanup();
    const silent = open(undefined, { 'sync-create': new Error('gone') });
    silent.submit();
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toBe('后台没有响应。这台的账单都在，请再试一次。'),
    );
  });

  it('a folder that has a vault offers to join it', async () => {
    const { submit, press } = open(undefined, { 'sync-create': { kind: 'refused', code: 'sync-vault-exists' } });
    submit();
    await waitFor(() => screen.getByRole('alert'));
    press('加入已有的');
    expect(screen.getByLabelText(/^配对码/)).toBeTruthy();
  });

  it('who lost its code may begin anew there, only after being told what goes', async () => {
    const { ask, submit, press } = open(undefined, { 'sync-create': { kind: 'refused', code: 'sync-vault-exists' } });
    submit();
    await waitFor(() => screen.getByRole('alert'));
    press('从头开始（删除那里的旧数据）');
    expect(screen.getByText(/那里加密存放的旧数据会全部删除/)).toBeTruthy();
    expect(ask).toHaveBeenCalledTimes(1);
    press('删除旧数据，从头开始');
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(ask.mock.calls.map(([message]) => 'anew' in message)).toEqual([false, true]);
  });

  it('the second word is about the place that was asked for: another one is asked anew', async () => {
    const { ask, submit, press } = open(undefined, { 'sync-create': { kind: 'refused', code: 'sync-vault-exists' } });
    submit();
    await waitFor(() => screen.getByRole('alert'));
    press('从头开始（删除那里的旧数据）');
    fireEvent.input(screen.getByLabelText('给这台起个名字'));
    expect(screen.queryByRole('button', { name: '删除旧数据，从头开始' })).toBeNull();
    expect(screen.queryByRole('button', { name: '从头开始（删除那里的旧数据）' })).toBeNull();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('a browser is named after itself', () => {
    expect(deviceLabel('Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox · Windows');
    expect(deviceLabel('Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537')).toBe('Chrome · Linux');
    expect(deviceLabel('')).toBe('Chrome');
  });
});

describe('a new code', () => {
  it('stays until the owner has it, also where syncing was on before the answer came', async () => {
    let answer = (_: unknown): void => {};
    const { ask, submit, show } = open(undefined, {});
    ask.mockImplementation(() => new Promise((resolve) => (answer = resolve)) as never);
    submit();
    await waitFor(() => expect(ask).toHaveBeenCalled());
    show(setUp());
    answer({ kind: 'done', code: CODE });
    await waitFor(() => screen.getByText('只显示这一次，请写下来。'));
    show(setUp());
    expect(screen.getByText('只显示这一次，请写下来。')).toBeTruthy();
    fireEvent.click(screen.getByLabelText('我已记下'));
    fireEvent.click(screen.getByRole('button', { name: '好了' }));
    await waitFor(() => expect(screen.queryByText('只显示这一次，请写下来。')).toBeNull());
  });

  it.each([
    [true, '已复制。'],
    [false, '没有复制成，请再试一次。'],
  ])('copying says how it went (%s)', async (works, said) => {
    const { submit, press } = open(undefined, { 'sync-create': { kind: 'done', code: CODE } });
    submit();
    await waitFor(() => screen.getByText('只显示这一次，请写下来。'));
    const write = vi
      .spyOn(navigator.clipboard, 'writeText')
      .mockImplementation(() => (works ? Promise.resolve() : Promise.reject(new Error('no'))));
    press('复制');
    await waitFor(() => screen.getByText(said));
    write.mockRestore();
    fireEvent.click(screen.getByLabelText('我已记下'));
    press('好了');
  });
});

describe('set up', () => {
  it('shows when, where, and which browsers; this one is marked', () => {
    open(setUp());
    expect(screen.getByText('https://dav.example.org/duly/（me）')).toBeTruthy();
    expect(screen.getByText(/上次同步：/)).toBeTruthy();
    expect(within(screen.getByRole('row', { name: /书房/ })).getByText('这台')).toBeTruthy();
    expect(screen.getByRole('row', { name: /单位/ })).toBeTruthy();
  });

  it('what waits, what was refused, a pause, strangers and a clock ahead are said', () => {
    const refused = [{ name: 'device000002-5.jwe', code: 'sync-damaged' }];
    open(
      setUp({
        pausedUntil: now + HOUR_MS,
        told: { ...told, waiting: 2, deferred: 3, strangers: 4, refused, renamed: true },
      }),
    );
    for (const said of [
      /2 份还没传上去/,
      /3 条的时间比这台/,
      /服务器要求少问几次/,
      /有 4 个不认识/,
      /自动换了新的/,
      /文件损坏或被改动/,
    ])
      expect(screen.getByText(said)).toBeTruthy();
  });

  it('sync now asks for the permission in the click, and shows that it runs', async () => {
    const { order, press } = open(setUp());
    press('立即同步');
    expect(order).toEqual(['allow']);
    expect(screen.getByText('正在同步…')).toBeTruthy();
    await waitFor(() => expect(order).toEqual(['allow', 'sync-now']));
  });

  it('a wrong password can be replaced; an emptied folder is refilled or left; a closed vault is joined anew', async () => {
    const { ask, type, submit, press, show, container } = open(setUp({ failure: 'sync-auth', failingSince: now }));
    type('应用密码', 'new');
    submit();
    await waitFor(() => expect(ask).toHaveBeenCalledWith({ do: 'sync-login', user: 'me', password: 'new' }));
    show(setUp({ failure: 'sync-folder-emptied', failingSince: now }));
    await waitFor(() =>
      expect((screen.getByRole('button', { name: '重新上传' }) as HTMLButtonElement).disabled).toBe(false),
    );
    press('重新上传');
    await waitFor(() => expect(ask).toHaveBeenCalledWith({ do: 'sync-refill' }));
    show(setUp({ told: { ...told, isClosed: true } }));
    type('配对码', CODE);
    fireEvent.submit(container.querySelector('form')!);
    await waitFor(() =>
      expect(ask).toHaveBeenCalledWith({
        do: 'sync-join',
        place: null,
        code: CODE,
        label: '书房',
        sharesChannels: false,
      }),
    );
  });

  it('the failsafe shows each bill and what it would become, and takes either word', async () => {
    const question = [
      { billId: 'a', what: 'paid' as const, title: '水费', dueDay: day('2026-09-14'), remainingFen: null },
      { billId: 'b', what: 'delete' as const, title: '房租', dueDay: null, remainingFen: null },
    ];
    const { ask, press } = open(setUp({ question, askedAt: now }));
    expect(screen.getByText('同步想改动 2 笔账单，先问你')).toBeTruthy();
    expect(within(screen.getByRole('row', { name: /水费/ })).getByText('已还款')).toBeTruthy();
    expect(within(screen.getByRole('row', { name: /房租/ })).getByText('删除')).toBeTruthy();
    press('都不改');
    await waitFor(() => expect(ask).toHaveBeenCalledWith({ do: 'sync-release', word: 'refuse' }));
  });

  it('the code is changed with the old one; removing a browser says its limits first', async () => {
    const { ask, press, type, container } = open(setUp(), { 'sync-new-vault': { kind: 'done', code: CODE } });
    press('更换配对码');
    type('现在的配对码', 'old');
    fireEvent.submit(container.querySelector('form.sync-card')!);
    await waitFor(() => expect(ask).toHaveBeenCalledWith({ do: 'sync-change-code', code: 'old' }));
    await waitFor(() =>
      expect((screen.getByRole('button', { name: '移除一台浏览器' }) as HTMLButtonElement).disabled).toBe(false),
    );
    press('移除一台浏览器');
    expect(screen.getByText('它已经读到的，仍留在它那里。')).toBeTruthy();
    expect(screen.getByText(/改掉应用密码/)).toBeTruthy();
    press('换新密钥和新配对码');
    await waitFor(() => screen.getByText('只显示这一次，请写下来。'));
  });

  it('a new code comes with the word that the old one works still, where that is so', async () => {
    const answer = { kind: 'done', code: CODE, oldCodeOpens: true };
    const { press, type, container } = open(setUp(), { 'sync-change-code': answer });
    press('更换配对码');
    type('现在的配对码', 'old');
    fireEvent.submit(container.querySelector('form.sync-card')!);
    await waitFor(() => screen.getByText('只显示这一次，请写下来。'));
    expect(screen.getByRole('alert').textContent).toContain('旧的那个却没能停用');
  });

  it('what the server was found to do stands there, a line each; nothing of it where there is none', () => {
    const honours = { readsBack: true, createsOnce: false, checksMatch: true, hasTags: true };
    const { show } = open(setUp({ honours }));
    const lines = within(screen.getByText('这个服务器支持什么').parentElement!).getAllByRole('listitem');
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      '写进去的文件能原样读回：支持',
      '不让新文件顶掉同名的旧文件：不支持',
      '拒绝按过时版本做的改动：支持',
      '给每个文件标上版本：支持',
    ]);
    show(setUp());
    expect(screen.queryByText('这个服务器支持什么')).toBeNull();
  });

  it('a browser whose clock is more than five minutes ahead is named', () => {
    const sent = (aheadMs: number) =>
      setUp({ told: { ...told, devices: [{ ...told.devices[0]!, sentAt: now + aheadMs, readAt: now }] } });
    const { show } = open(sent(5 * MINUTE_MS));
    expect(screen.queryByText(/时钟比这台快/)).toBeNull();
    show(sent(12 * MINUTE_MS));
    expect(screen.getByText(/“单位”的时钟比这台快了至少 12 分钟/)).toBeTruthy();
  });

  it('everything remote is deleted only after a second word', async () => {
    const { ask, press } = open(setUp());
    press('停止，并删掉所有浏览器传的文件…');
    expect(ask).not.toHaveBeenCalled();
    press('确认全部删除');
    await waitFor(() => expect(ask).toHaveBeenCalledWith({ do: 'sync-stop', removes: 'all' }));
  });

  it('what was refused or not answered is not shown as done, and what was typed stays', async () => {
    const refused = { kind: 'refused', code: 'sync-offline' };
    const { press, type, submit } = open(setUp(), {
      'sync-share': new Error('gone'),
      'sync-label': refused,
      'sync-stop': refused,
    });
    const box = screen.getByLabelText('渠道设置也同步') as HTMLInputElement;
    fireEvent.click(box);
    await waitFor(() => screen.getByText('后台没有响应。这台的账单都在，请再试一次。'));
    expect(box.checked).toBe(false);
    press('改名');
    type('给这台起个名字', '客厅');
    submit();
    await waitFor(() => screen.getByText('连不上服务器'));
    expect((screen.getByLabelText('给这台起个名字') as HTMLInputElement).value).toBe('客厅');
    press('停止，并删掉这台传的文件');
    await waitFor(() => screen.getByText(/没有停成，还在同步/));
  });

  it('an empty code is an empty field; what was opened is closed by the same button', () => {
    const { ask, press, container } = open(setUp());
    press('更换配对码');
    fireEvent.submit(container.querySelector('form.sync-card')!);
    expect(ask).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toBe('还有没填的，请补上。');
    fireEvent.click(screen.getAllByRole('button', { name: '更换配对码' })[0]!);
    expect(container.querySelector('form.sync-card')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('a first sync is under way for ten minutes at most, and nobody is called alone before one came to an end', () => {
    const first = (ago: number, part: Partial<Sync> = {}) =>
      setUp({ doneAt: null, told: null, triedAt: now - ago, ...part });
    const { show } = open(first(MINUTE_MS));
    expect(screen.getByText('第一次同步进行中…')).toBeTruthy();
    expect(screen.queryByText('还没有别的浏览器加入。')).toBeNull();
    show(first(11 * MINUTE_MS));
    expect(screen.getByText('还没有同步成功过')).toBeTruthy();
    show(first(MINUTE_MS, { pausedUntil: now + HOUR_MS, told: { ...told, devices: [] } }));
    expect(screen.getByText('还没有同步成功过')).toBeTruthy();
  });

  it('bills that came to the question after the word was given are pointed out', async () => {
    const of = (...ids: string[]) =>
      setUp({
        question: ids.map((id) => ({ billId: id, what: 'paid', title: id, dueDay: null, remainingFen: null })),
      });
    const { press, show } = open(of('a'));
    press('全部照改');
    show(of('a', 'b'));
    await waitFor(() => screen.getByText(/刚刚又多了几笔/));
  });
});
