// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PopupView } from '../../src/app/popup-view.ts';
import type { SiteState } from '../../src/app/ports.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { writeRecipes } from '../../src/messages/recipe.ts';
import { Sites } from '../../src/ui/dashboard/sites.tsx';
import { PageOffer } from '../../src/ui/popup/page-offer.tsx';
import { at } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { recipe } from '../sites/taught/recipe-made.ts';
import { does } from './does.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-08 10:00');
afterEach(cleanup);

const state = (fields: Partial<SiteState>): SiteState => ({
  siteId: `taught:${recipe().id}`,
  account: 'default',
  kind: 'bills',
  why: null,
  at: now,
  billsReadAt: now,
  lastMonthly: null,
  issuedReadAt: null,
  signedOutSince: null,
  ...fields,
});

function open({ recipes = [recipe()], sites = [] as SiteState[] } = {}) {
  const ask = vi.fn(async (_message: { do: string }) => ({ ok: true }));
  const allow = vi.fn(async (_patterns: readonly string[]) => true);
  const listed = [{ id: 'jd-baitiao', title: '京东白条', patterns: ['https://baitiao.jd.com/*'] }];
  const openBills = vi.fn();
  const props = { view: { recipes, sites, allBills: [] }, words, now, ask, allow, sites: listed, openBills };
  const { container } = render(<Sites {...(props as unknown as Parameters<typeof Sites>[0])} />);
  return { ask, allow, openBills, container };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name: does(name) }));

describe('网页', () => {
  it.each([
    ['challenge', '网页要求安全验证'],
    ['amounts-hidden', '网页没有显示金额'],
    ['still-loading', '网页没有加载完'],
    ['page-too-large', '网页太大，没有读'],
    ['layout-unknown', '没有读懂'],
  ])('says of a page that could not be read what it met: %s', (why, said) => {
    open({ sites: [state({ siteId: 'jd-baitiao', kind: 'unreadable', why })] });
    expect(screen.getByText((text) => text.startsWith(`${said} · `))).toBeTruthy();
  });

  it('says how each field is found', () => {
    open({ sites: [state({})] });
    expect(screen.getByText('最后还款日：“划扣日期”之后')).toBeTruthy();
    expect(screen.getByText('最低还款：“最少还”之后')).toBeTruthy();
    expect(screen.getByText(/^读到账单 · /)).toBeTruthy();
  });
  it('says that a recipe no longer fits', () => {
    open({ sites: [state({ kind: 'unreadable', why: 'layout-unknown' })] });
    expect(screen.getByText(/教过的方式读不到了，请重新教一次/)).toBeTruthy();
  });
  it('offers access again in the very click where it was taken back', () => {
    const { allow } = open({ sites: [state({ kind: 'no-access', why: 'not-allowed' })] });
    press('允许读取');
    expect(allow).toHaveBeenCalledWith(['https://my.xingyun-dai.example/*']);
  });
  it('deletes, and takes it back', async () => {
    const { ask } = open();
    press('删除');
    expect(ask).toHaveBeenCalledWith({ do: 'recipe-remove', id: recipe().id });
    await screen.findByText(/已删除读取方法：行云贷/);
    press('撤销');
    expect(ask).toHaveBeenLastCalledWith({ do: 'recipes', recipes: [recipe()] });
  });
  it('shows what a file holds before anything is kept, hostile text as text', async () => {
    const { ask, allow, container } = open({ recipes: [] });
    const hostile = recipe({ title: '<img src=x onerror=alert(1)>' });
    const text = writeRecipes([hostile, { ...recipe(), id: 'x' }]);
    const input = container.querySelector('input[type=file]')!;
    Object.defineProperty(input, 'files', { value: [{ text: async () => text }] });
    fireEvent.change(input);
    await screen.findByText('<img src=x onerror=alert(1)>');
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText('另有 1 个不合格式，不会导入。')).toBeTruthy();
    expect(ask).not.toHaveBeenCalled();
    press('导入，并允许读取这些网站');
    expect(allow).toHaveBeenCalledWith(['https://my.xingyun-dai.example/*']);
    expect(ask).toHaveBeenCalledWith({ do: 'recipes', recipes: [hostile] });
    await screen.findByText('已导入 1 个读取方法。');
  });
  it('says that a file is none of recipes', async () => {
    const { container } = open();
    const input = container.querySelector('input[type=file]')!;
    Object.defineProperty(input, 'files', { value: [{ text: async () => '{}' }] });
    fireEvent.change(input);
    await waitFor(() => screen.getByText('这不是读取方法文件，没有导入任何内容。'));
  });
});

describe('the offer in the popup', () => {
  const offer = (siteId: string | null, href: string, view: Partial<PopupView> = {}, isAllowed = true) => {
    const page = { url: new URL(href), siteId, teach: vi.fn(async () => isAllowed), copyReport: vi.fn(async () => {}) };
    render(<PageOffer page={page} view={{ recipes: [], sites: [], ...view } as unknown as PopupView} words={words} />);
    return page;
  };
  it('stands on a page of nobody, and asks in the click', async () => {
    const page = offer(null, 'https://my.xingyun-dai.example/account/repay', {}, false);
    press('教它读这一页');
    expect(page.teach).toHaveBeenCalledOnce();
    await screen.findByText(/没有得到你的许可/);
  });
  it('does not stand on a page of ours, on http or on a page of the browser', () => {
    for (const [siteId, href] of [
      ['jd-baitiao', 'https://baitiao.jd.com/v3/ious/list'],
      [null, 'http://my.example/'],
      [null, 'about:blank'],
    ] as const) {
      offer(siteId, href);
      expect(screen.queryByRole('button')).toBeNull();
      cleanup();
    }
  });
  it('copies the structure of a page that was not understood', async () => {
    const unread = state({ siteId: 'jd-baitiao', kind: 'unreadable', why: 'layout-unknown' });
    const page = offer('jd-baitiao', 'https://baitiao.jd.com/v3/ious/list', { sites: [unread] });
    press('复制结构报告');
    expect(page.copyReport).toHaveBeenCalledOnce();
    await screen.findByText('已复制。');
  });
});
