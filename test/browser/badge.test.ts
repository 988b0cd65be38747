import { expect, it, vi } from 'vitest';
import { wordsIn } from '../../src/i18n/words.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { fakeBrowser } from '../wire/fake-browser.ts';

const browser = fakeBrowser();
vi.doMock('webextension-polyfill', () => ({ default: browser }));

it.each([
  [{ daysLeft: null, watched: 0 }, '', '没有待还账单'],
  [{ daysLeft: null, watched: 1 }, '?', '1 笔待还'],
  [{ daysLeft: 3, watched: 2 }, '3', '2 笔待还'],
  [{ daysLeft: 0, watched: 1 }, '今天', '1 笔待还'],
  [{ daysLeft: -2, watched: 1 }, '逾期', '1 笔待还'],
  [{ daysLeft: 3, watched: 2, isUntold: true }, '!', '没能发出'],
] as const)('%o', async (facts, text, title) => {
  const { toolbarBadge } = await import('../../src/browser/badge.ts');
  await toolbarBadge(wordsIn(sayFrom('zh_CN'), 'zh-CN')).show({ ...facts, urgency: 'calm' });
  expect(browser.action.setBadgeText).toHaveBeenLastCalledWith({ text });
  expect(browser.action.setTitle).toHaveBeenLastCalledWith({ title: expect.stringContaining(title) });
  const [[background]] = browser.action.setBadgeBackgroundColor.mock.calls.slice(-1) as [[{ color: string }]];
  expect(background.color === '#b3261e').toBe('isUntold' in facts);
});
