// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  CONTACT_PATTERNS,
  type Contact,
  contactAnswered,
  contactSeen,
  NO_CONTACT,
  switchContact,
} from '../../src/core/contact.ts';
import { DAY_MS } from '../../src/core/day.ts';
import { NO_REFRESH, type Refresh } from '../../src/core/refresh.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Settings } from '../../src/ui/dashboard/settings.tsx';
import { ClosedSites } from '../../src/ui/parts/closed-sites.tsx';
import { LastRead } from '../../src/ui/parts/last-read.tsx';
import { at } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-09-10 10:00');
const on = contactSeen(switchContact(NO_CONTACT, true, now), { first: '138', last: '1234' }, now);
afterEach(cleanup);

function open(
  view: { contact?: Contact; refresh?: Refresh; refreshStops?: unknown[]; isContactClosed?: boolean } = {},
  allow = vi.fn(async (_patterns: readonly string[]) => true),
) {
  const ask = vi.fn(async () => ({ ok: true }));
  const openBills = vi.fn();
  const whole = { contact: NO_CONTACT, refresh: NO_REFRESH, refreshStops: [], isContactClosed: false, ...view };
  const props = { view: whole, words, now, ask, allow, openBills };
  render(<Settings {...(props as unknown as Parameters<typeof Settings>[0])} />);
  return { ask, allow, openBills };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('the contact check', () => {
  it('asks the browser in the click itself, and is switched on only when it allows', async () => {
    const { ask, allow } = open();
    press('打开检查');
    expect(allow).toHaveBeenCalledWith(CONTACT_PATTERNS);
    await vi.waitFor(() => expect(ask).toHaveBeenCalledWith({ do: 'contact-watch', isOn: true }));
  });

  it.each([
    ['says no', async () => false],
    ['refuses to ask', () => Promise.reject(new Error('no gesture'))],
  ])('stays off when the browser %s', async (_, answer) => {
    const { ask } = open({}, vi.fn(answer));
    press('打开检查');
    expect((await screen.findByRole('alert')).textContent).toContain('没有得到浏览器的允许');
    expect(ask).not.toHaveBeenCalled();
  });

  it.each([
    ['还在用', { topic: 'phone', word: 'yes' }],
    ['换了', { topic: 'phone', word: 'gone' }],
    ['还开着', { topic: 'sms', word: 'yes' }],
    ['关了，去打开', { topic: 'sms', word: 'gone' }],
  ])('%s is sent as it was said', (name, answer) => {
    const { ask } = open({ contact: on });
    press(name);
    expect(ask).toHaveBeenCalledWith({ do: 'contact-answer', ...answer });
  });

  it('shows the number masked, where it is changed once it changed, and when it was confirmed', () => {
    open({ contact: contactAnswered(contactAnswered(on, 'phone', 'gone', now), 'sms', 'yes', now - 20 * DAY_MS) });
    expect(screen.getByText(/138\*\*\*\*1234/)).toBeTruthy();
    expect(screen.getByRole('link', { name: '去京东改手机号' }).getAttribute('href')).toMatch(
      /^https:\/\/safe\.jd\.com\//,
    );
    expect(screen.getByText('你确认过（20 天前），90 天后再问。')).toBeTruthy();
  });
});

describe('the refresh', () => {
  it('is off, and one press asks for it', () => {
    const { ask } = open();
    const box = screen.getByRole('checkbox', { name: '自动看账单页' });
    expect((box as HTMLInputElement).checked).toBe(false);
    fireEvent.click(box);
    expect(ask).toHaveBeenCalledWith({ do: 'refresh', isOn: true });
  });

  it.each([
    ['sign-in', '要求登录'],
    ['challenge', '安全验证'],
    ['elsewhere', '转到了别的页面'],
  ])('that stopped at %s says so, with the way there', (why, said) => {
    const { openBills } = open({ refresh: { ...NO_REFRESH, isOn: true }, refreshStops: [{ siteId: 's', why }] });
    expect(screen.getByText(new RegExp(said))).toBeTruthy();
    press('打开账单页读取');
    expect(openBills).toHaveBeenCalledWith('s');
  });
});

describe('a site that may not be read', () => {
  it('is asked for again in the click, and a no is said', async () => {
    const allow = vi.fn(async () => false);
    render(<ClosedSites closed={[{ siteId: 's', title: '京东白条', patterns: ['p'] }]} words={words} allow={allow} />);
    expect(screen.getByText(/浏览器不让 Duly 读取京东白条/)).toBeTruthy();
    press('允许读取：京东白条');
    expect(allow).toHaveBeenCalledWith(['p']);
    expect(await screen.findByText(/浏览器没有允许/)).toBeTruthy();
  });
});

describe('when the bills were last read', () => {
  it.each([
    [0, '上次读取：9/10 10:00', false],
    [3, '上次读取：9/7 10:00', false],
    [4, '上次读取：4 天前', false],
    [10, '上次读取：10 天前', false],
    [11, '上次读取：11 天前 · 金额可能已经变了，打开账单页看一眼。', true],
  ])('%i days ago', (days, said, isRemark) => {
    const { container } = render(<LastRead at={now - days * DAY_MS} words={words} now={now} />);
    expect(container.textContent?.replace('09/', '9/').replace('/07', '/7')).toBe(said);
    expect(container.querySelector('.remark') !== null).toBe(isRemark);
  });

  it('never', () => {
    render(<LastRead at={null} words={words} now={now} />);
    expect(screen.getByText('还没有读取过')).toBeTruthy();
  });
});
