import { describe, expect, it } from 'vitest';
import type { Bill } from '../../src/core/bill.ts';
import { merge, type Notice } from '../../src/core/reminder/notice.ts';
import { KINDS, type Kind } from '../../src/core/reminder/reminder.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { at, bill, day } from '../core/made-up.ts';
import { sayFrom } from './say-from.ts';

const zh = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const en = wordsIn(sayFrom('en'), 'en', 'Asia/Shanghai');
const NOW = at('2026-09-14 10:00');
const MINE = { showsDetails: false, whose: 'mine' } as const;
const FRIEND = { showsDetails: false, whose: 'other' } as const;

function noticeOf(bills: readonly Bill[], kind: Kind = 'due-today'): Notice {
  const due = bills.map((each, i) => ({
    id: `${each.id}|${kind}|x|${i}`,
    billId: each.id,
    kind,
    day: day('2026-09-14'),
    at: NOW,
  }));
  return merge(due, new Map(bills.map((each) => [each.id, each])), NOW, 'unknown')!;
}
const secret = (part: Partial<Bill> = {}): Bill => bill({ title: '京东白条九月', ...part });

describe('a push', () => {
  it.each([
    ['2026-09-17', 'before', '一笔账单还有 3 天到期'],
    ['2026-09-15', 'before', '一笔账单明天到期'],
    ['2026-09-14', 'due-today', '一笔账单今天到期'],
    ['2026-09-12', 'overdue', '一笔账单已过还款日 2 天'],
  ] as const)('due on %s, %s', (dueDay, kind, title) => {
    const told = zh.push(noticeOf([secret({ dueDay: day(dueDay) })], kind), MINE);
    expect(told.title).toBe(title);
    expect(told.message).toContain('请');
    expect(told.message).toContain('账单页');
  });

  it('of several, the most urgent', () => {
    const bills = [secret({ id: bill().id }), secret({ id: `z${bill().id}` as Bill['id'], dueDay: day('2026-09-20') })];
    expect(zh.push(noticeOf(bills), MINE).title).toBe('2 笔账单待还，最急的今天到期');
  });

  it('never tells an amount, a title, a phone or a day of its own accord, whatever it is about', () => {
    const asked = [undefined, 'expected', 'sign-in', 'self-test', 'contact-phone', 'contact-sms'] as const;
    for (const kind of KINDS)
      for (const asks of asked)
        for (const dueDay of [day('2026-09-14'), null])
          for (const to of [MINE, FRIEND])
            for (const words of [zh, en]) {
              const one = secret({
                dueDay,
                title: asks === 'contact-phone' ? '138****1234' : '京东白条九月',
                ...(asks ? { asks } : {}),
              });
              for (const bills of [[one], [one, { ...one, id: `${one.id}2` as Bill['id'] }]]) {
                const told = Object.values(words.push(noticeOf(bills, kind), to, 'loudest')).join('\n');
                expect(told).not.toMatch(/京东|白条|九月|1234|386|¥|9月14|undefined|\$\d/);
                expect(told.trim()).not.toBe('');
              }
            }
  });

  it('with details it is the notice, without the click that a phone has not', () => {
    const told = zh.push(noticeOf([secret()]), { showsDetails: true, whose: 'mine' });
    expect(told.title).toBe('京东白条九月：今天到期');
    expect(told.message).toContain('剩余应还 ¥386.20');
    expect(told.message).not.toContain('点开');
  });

  it('the last one says so', () => {
    expect(zh.push(noticeOf([secret()]), MINE, 'loudest').message).toContain('请现在就打开账单页还款');
  });

  it('to a second person it speaks of a friend, and tells details only where that was chosen', () => {
    const told = zh.push(noticeOf([secret()]), FRIEND);
    expect(told.title).toBe('您的朋友有一笔账单今天到期，还没有确认');
    expect(told.message).toContain('同意帮忙');
    const open = zh.push(noticeOf([secret()]), { showsDetails: true, whose: 'other' });
    expect(open.title).toBe(told.title);
    expect(open.message).toContain('京东白条九月');
  });

  it('a test says that it is one', () => {
    const notice = noticeOf([secret({ asks: 'self-test' })], 'self-test');
    expect(zh.push(notice, MINE).title).toContain('测试消息');
    expect(zh.push(notice, FRIEND).message).toContain('您的朋友');
  });
});
