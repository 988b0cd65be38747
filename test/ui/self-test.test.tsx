// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { MINUTE_MS } from '../../src/core/day.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { SelfTestPanel } from '../../src/ui/parts/self-test-panel.tsx';
import { at } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);

it('keeps the focus on its button for the minute that it runs, and starts no second one', () => {
  const ask = vi.fn(async (_message: object) => ({ ok: true }));
  const panel = (selfTest: { at: number; wasSeen: null } | null) => (
    <SelfTestPanel view={{ selfTest, entries: [] }} words={words} now={now} ask={ask as never} />
  );
  const { rerender } = render(panel(null));
  const button = screen.getByRole('button', { name: '一分钟后提醒我' });
  button.focus();
  fireEvent.click(button);
  rerender(panel({ at: now + MINUTE_MS, wasSeen: null }));
  // A browser takes the focus from what is disabled.
  expect(button.matches(':disabled')).toBe(false);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  fireEvent.click(button);
  expect(ask).toHaveBeenCalledExactlyOnceWith({ do: 'self-test' });
});
