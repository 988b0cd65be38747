// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { wordsIn } from '../../src/i18n/words.ts';
import { Unanswered } from '../../src/ui/parts/unanswered.tsx';
import { sayFrom } from '../i18n/say-from.ts';

afterEach(cleanup);

it('what the background did not answer is said once for the whole page, and put away', async () => {
  render(<Unanswered words={wordsIn(sayFrom('zh_CN'), 'zh-CN')} />);
  expect(screen.queryByRole('alert')).toBeNull();
  dispatchEvent(new Event('unhandledrejection'));
  expect((await screen.findByRole('alert')).textContent).toContain('没有做成，什么都没有改动。请再试一次');
  fireEvent.click(screen.getByRole('button', { name: '关闭' }));
  expect(screen.queryByRole('alert')).toBeNull();
});
