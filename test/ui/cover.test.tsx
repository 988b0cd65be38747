// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChannelsView } from '../../src/app/channels-view.ts';
import type { Covered } from '../../src/core/reminder/covered.ts';
import type { LedgerEntry } from '../../src/core/reminder/reminder.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { CoverPanel } from '../../src/ui/dashboard/cover-panel.tsx';
import { LedgerTable } from '../../src/ui/dashboard/ledger-table.tsx';
import { entry } from '../contracts/store-contract.ts';
import { at, bill, day } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
afterEach(cleanup);
type Props = Parameters<typeof CoverPanel>[0];

function cover(covered: Partial<Covered>): string {
  const whole: Covered = { armedFor: [], calendar: null, bills: [], firstGapAt: null, ...covered };
  const view = { channels: { list: [] }, allBills: [bill()] };
  const plan = { next: [], covered: whole };
  render(<CoverPanel {...({ view, plan, words, now: at('2026-09-12 12:00') } as unknown as Props)} />);
  return document.body.textContent ?? '';
}
const row = (covered: number) => [{ billId: bill().id, dueDay: day('2026-09-14'), promised: 4, covered }];

describe('the cover while the browser is shut', () => {
  it('says nothing before the plan is there', () => {
    const view = { channels: { list: [] }, allBills: [bill()] };
    render(<CoverPanel {...({ view, plan: null, words } as unknown as Props)} />);
    expect(document.querySelector('[aria-busy]')).toBeTruthy();
    expect(document.body.textContent).not.toContain('没有任何渠道');
  });

  it('nothing is said plainly', () => {
    expect(cover({ bills: row(0), firstGapAt: at('2026-09-13 10:00') })).toMatch(/没有任何渠道能在浏览器关着时提醒你/);
    expect(screen.getByText('0').className).toContain('wrong');
  });

  it('tells what is armed, until when the calendar rings, and the first gap', () => {
    const text = cover({
      armedFor: [at('2026-09-13 10:30'), at('2026-09-14 10:30')],
      calendar: { until: at('2026-09-14 18:00'), isWhole: true },
      bills: row(3),
      firstGapAt: at('2026-09-14 21:00'),
    });
    expect(text).toMatch(/到点会自己发：09\/13 10:30、09\/14 10:30|到点会自己发：9\/13 10:30、9\/14 10:30/);
    expect(text).toMatch(/日历会提醒到 0?9\/14 18:00/);
    expect(text).toMatch(/0?9\/14 18:00 之后，没有任何提醒/);
    expect(text).toMatch(/最早会漏掉的一次提醒：0?9\/14 21:00/);
  });

  it('a calendar that may lack a bill says so; a whole cover says that too', () => {
    expect(cover({ calendar: { until: at('2026-09-14 21:00'), isWhole: false }, bills: row(0) })).toMatch(
      /不把它算在内/,
    );
    cleanup();
    expect(cover({ calendar: { until: at('2026-09-14 21:00'), isWhole: true }, bills: row(4) })).toMatch(/都有着落/);
  });
});

describe('the ledger names the channel', () => {
  const channels = {
    list: [
      { id: 'a', service: 'bark', label: '手机' },
      { id: 'p', service: 'pushplus', label: '' },
    ],
    bin: [{ id: 'o', service: 'ntfy', label: '旧平板' }],
  } as unknown as ChannelsView;

  it.each([
    [{}, '桌面通知', '浏览器已接收'],
    [{ channel: 'a' }, '手机', '已送达'],
    [{ channel: 'a', lateMs: 120_000, lateWhy: 'asleep' }, '手机', /^已送达 · 晚了 2 分钟/],
    [{ channel: 'p' }, 'PushPlus（微信）', '已受理，是否送到看服务'],
    [{ channel: 'p', outcome: 'fired' }, 'PushPlus（微信）', '已发出，没有收到响应'],
    [{ channel: 'o', outcome: 'armed' }, '旧平板', '已交给服务器，到点发出'],
    [{ channel: 'x', outcome: 'withdrawn' }, '已移除的渠道', '已撤回'],
    [{ channel: 'x' }, '已移除的渠道', '已受理，是否送到看服务'],
    [{ channel: 'a', outcome: 'failed', failure: 'push-offline' }, '手机', /连不上这个服务/],
  ] as const)('%j', (part, name, said) => {
    const view = { allBills: [bill()], ahead: [], entries: [entry(part as Partial<LedgerEntry>)], channels };
    render(<LedgerTable {...({ view, words } as unknown as Props)} />);
    expect(screen.getByRole('cell', { name })).toBeTruthy();
    expect(screen.getByRole('cell', { name: said })).toBeTruthy();
  });
});
