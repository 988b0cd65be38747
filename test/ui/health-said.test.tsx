// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { Health, KnownHealth } from '../../src/app/health.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Dashboard } from '../../src/ui/dashboard/dashboard.tsx';
import { at } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);

const WELL: Health = { nextReminderAt: now, isNotifying: true, isWriting: true, lost: null, failing: [], sync: null };

function open(health: KnownHealth): string[] {
  const tab = { name: 'made-up', title: 'tabBills', Content: () => null };
  const props = { tab, health, words, now, view: { lastPassAt: now } };
  render(<Dashboard {...(props as unknown as Parameters<typeof Dashboard>[0])} />);
  return screen.queryAllByRole('status').map(({ textContent }) => textContent ?? '');
}

it('a reminder whose moment has passed is not said to come next', () => {
  open({ ...WELL, nextReminderAt: at('2026-09-12 10:00') });
  expect(screen.getByText(/^该在 9\/12 10:00 发出的提醒还没有送到/)).toBeTruthy();
  expect(screen.queryByText(/下一次提醒/)).toBeNull();
});

describe('beside the next reminder, the dashboard says what stands in its way', () => {
  it.each<[KnownHealth, RegExp]>([
    ['silent', /后台没有响应/],
    [{ ...WELL, isNotifying: false }, /浏览器的通知被关掉了/],
    [{ ...WELL, isWriting: false }, /可能是磁盘满了/],
    [{ ...WELL, failing: [{ service: 'bark', label: '手机' }] }, /渠道“手机”最近一次没有送到/],
  ])('%j', (health, said) => {
    expect(open(health)).toEqual([expect.stringMatching(said)]);
  });

  it.each<KnownHealth>(['asking', WELL])('nothing does: %j', (health) => {
    expect(open(health)).toEqual([]);
  });
});
