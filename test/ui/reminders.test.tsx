// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { DAY_MS } from '../../src/core/day.ts';
import type { Kind } from '../../src/core/reminder/reminder.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { LedgerTable } from '../../src/ui/dashboard/ledger-table.tsx';
import { NextNotices } from '../../src/ui/dashboard/next-notices.tsx';
import { entry } from '../contracts/store-contract.ts';
import { at, bill } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-12 12:00');
afterEach(cleanup);

it('the next notices leave room for the rules below them, and show the rest when asked', () => {
  const next = Array.from({ length: 12 }, (_, n) => ({
    id: `r${n}`,
    billId: bill().id,
    kind: 'before',
    at: now + n * DAY_MS,
  }));
  const view = { ahead: [bill()] };
  render(<NextNotices {...({ view, plan: { next }, words, now } as unknown as Parameters<typeof NextNotices>[0])} />);
  expect(within(screen.getByRole('table')).getAllByRole('cell')).toHaveLength(8 * 3);
  fireEvent.click(screen.getByRole('button', { name: '再显示 4 条' }));
  expect(within(screen.getByRole('table')).getAllByRole('cell')).toHaveLength(12 * 3);
  expect(screen.queryByRole('button')).toBeNull();
});

it.each<[Kind, string]>([
  ['before', '已删除的账单'],
  ['self-test', ''],
])('a record whose bill is gone says so: %s', (kind, said) => {
  const channels = { list: [], bin: [] };
  const view = { allBills: [], ahead: [], channels, entries: [entry({ kind })] };
  render(<LedgerTable {...({ view, words, now } as unknown as Parameters<typeof LedgerTable>[0])} />);
  expect(screen.getAllByRole('cell')[2]?.textContent).toBe(said);
});
