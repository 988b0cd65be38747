/** The content script in a page that the browser only prepares: the background refuses what it tells from there. */
import type { Window } from 'happy-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openPage } from './page.ts';

const sendMessage = vi.fn<(message: object) => Promise<unknown>>(async () => undefined);
let page: Window;

async function prepare(url: string): Promise<void> {
  page = openPage(url);
  Object.assign(page.document, { prerendering: true });
  (await import('../../src/wire/content.ts')).startContent();
  await vi.advanceTimersByTimeAsync(30_000);
}

async function show(): Promise<void> {
  Object.assign(page.document, { prerendering: false });
  page.document.dispatchEvent(new page.Event('prerenderingchange'));
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.stubGlobal('browser', { runtime: { id: 'duly', sendMessage } });
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  sendMessage.mockClear();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await page.happyDOM.close();
});

it('a bill page asks for its readers once it is shown, and at once', async () => {
  await prepare('https://baitiao.jd.com/v3/ious/list');
  expect(sendMessage).not.toHaveBeenCalled();
  await show();
  expect(sendMessage.mock.calls).toEqual([[{ from: 'page', do: 'readers' }]]);
});

it('a sign-in page is told once it is shown', async () => {
  const back = encodeURIComponent('https://baitiao.jd.com/v3/ious/list');
  await prepare(`https://passport.jd.com/new/login.aspx?ReturnUrl=${back}`);
  expect(sendMessage).not.toHaveBeenCalled();
  await show();
  expect(sendMessage).toHaveBeenCalledWith(expect.objectContaining({ reading: { kind: 'signed-out' } }));
});
