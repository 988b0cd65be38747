import { describe, expect, it, vi } from 'vitest';
import type { DesktopNotice, DesktopNotices } from '../../src/app/ports.ts';
import { desktopChannel } from '../../src/delivery/index.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { aNotice, type Behaviour, channelContract } from './channel-contract.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');

function desktop(behaviour: Behaviour): DesktopNotices & { readonly shown: Map<string, DesktopNotice> } {
  const shown = new Map<string, DesktopNotice>();
  return {
    shown,
    create: (id, notice) => {
      if (behaviour === 'throws') throw new TypeError('九月账单 could not be shown');
      if (behaviour === 'rejects') return Promise.reject(new Error('九月账单 could not be shown'));
      if (behaviour === 'never-answers') return new Promise(() => {});
      shown.set(id, notice);
      return Promise.resolve();
    },
    clear: async (id) => void shown.delete(id),
    isAllowed: async () => behaviour !== 'switched-off',
  };
}

channelContract('the desktop', (behaviour) => ({
  channel: desktopChannel(desktop(behaviour), words),
  longestMs: 10_000,
}));

describe('the desktop', () => {
  it('shows what the notice says, with two buttons, and stays on the due day', async () => {
    const notices = desktop('works');
    const notice = aNotice();
    await desktopChannel(notices, words).send(notice);
    expect(notices.shown.get(notice.id)).toEqual({
      ...words.notice(notice),
      buttons: ['已还款', '稍后提醒'],
      isSticky: true,
    });
  });

  it.each([
    ['before', false],
    ['overdue', true],
    ['self-test', true],
    ['stale-reading', false],
  ] as const)('%s stays on the screen: %s', async (kind, isSticky) => {
    const notices = desktop('works');
    await desktopChannel(notices, words).send({ ...aNotice(), kind });
    expect([...notices.shown.values()][0]!.isSticky).toBe(isSticky);
  });

  it('sent again replaces itself instead of standing there twice', async () => {
    const notices = desktop('works');
    await desktopChannel(notices, words).send(aNotice());
    await desktopChannel(notices, words).send(aNotice());
    expect(notices.shown.size).toBe(1);
  });

  it('a question for permission that is never answered does not hold the pass for ever', async () => {
    vi.useFakeTimers();
    const hanging: DesktopNotices = { ...desktop('works'), isAllowed: () => new Promise(() => {}) };
    const delivery = desktopChannel(hanging, words).send(aNotice());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await delivery).toEqual({ kind: 'failed', code: 'desktop-timeout' });
    vi.useRealTimers();
  });

  it('an answer that comes after the patience is over changes nothing', async () => {
    vi.useFakeTimers();
    let answer = (): void => {};
    const late: DesktopNotices = {
      ...desktop('works'),
      create: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    };
    const delivery = desktopChannel(late, words).send(aNotice());
    await vi.advanceTimersByTimeAsync(10_000);
    answer();
    expect(await delivery).toEqual({ kind: 'failed', code: 'desktop-timeout' });
    vi.useRealTimers();
  });

  it('withdraws by the id of the notice', async () => {
    const notices = desktop('works');
    const channel = desktopChannel(notices, words);
    await channel.send(aNotice());
    await channel.withdraw(aNotice().id);
    expect(notices.shown.size).toBe(0);
  });
});
