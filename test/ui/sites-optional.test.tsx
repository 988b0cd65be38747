// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wordsIn } from '../../src/i18n/words.ts';
import { Sites } from '../../src/ui/dashboard/sites.tsx';
import { at } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { does } from './does.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-08 10:00');
const BANK = { id: 'bank-cmb', title: '招商银行信用卡', patterns: ['https://bank.example/*'], isOptional: true };
const look = { siteId: BANK.id, account: 'default', kind: 'bills', why: null, at: now, billsReadAt: now };
afterEach(cleanup);

function open({ sites = [] as object[], closed = [] as object[] } = {}) {
  const allow = vi.fn(async () => true);
  const view = { recipes: [], allBills: [], sites, closed };
  const props = { view, words, now, ask: vi.fn(), allow, sites: [BANK], openBills: vi.fn() };
  render(<Sites {...(props as unknown as Parameters<typeof Sites>[0])} />);
  return { allow };
}
const allowing = () => screen.queryByRole('button', { name: does('允许读取') });

describe('an optional site', () => {
  it('is asked for until it is allowed', async () => {
    const { allow } = open();
    fireEvent.click(allowing()!);
    expect(allow).toHaveBeenCalledWith(BANK.patterns);
    await waitFor(() => expect(allowing()).toBeNull());
  });

  it('that is read shows its last look and asks for nothing', () => {
    open({ sites: [look] });
    expect(screen.getByText(/^读到账单 · /)).toBeTruthy();
    expect(allowing()).toBeNull();
  });

  it('that was taken back is asked for again', () => {
    open({ sites: [{ ...look, kind: 'no-access' }], closed: [{ siteId: BANK.id }] });
    expect(screen.getByText(/^浏览器不允许读取 · /)).toBeTruthy();
    expect(allowing()).not.toBeNull();
  });
});
