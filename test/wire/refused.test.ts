/** A bill page while nobody takes what it tells: a full disk, a background that does not come up. All data made up. */
import type { Window } from 'happy-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import { billsReading } from '../core/made-up.ts';
import { openPage } from './page.ts';

const READING = billsReading([], ['issued']);
const sendMessage = vi.fn<(message: { do?: string; reading?: unknown }) => Promise<unknown>>();
const gone = () => Promise.reject(new Error('the message channel closed'));
let page: Window;

beforeEach(async () => {
  page = openPage('https://baitiao.jd.com/v3/ious/list');
  vi.stubGlobal('browser', { runtime: { id: 'duly', sendMessage } });
  vi.stubGlobal('dulyRead', undefined);
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'] });
  sendMessage.mockReset().mockImplementation(gone);
  (await import('../../src/wire/content.ts')).startContent();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await page.happyDOM.close();
});

/** It moves all the time, as living pages do. */
async function live(ms: number): Promise<number> {
  const before = sendMessage.mock.calls.length;
  for (let at = 0; at < ms; at += MINUTE_MS / 2) {
    page.document.body.append(page.document.createElement('i'));
    await new Promise((done) => setImmediate(done));
    await vi.advanceTimersByTimeAsync(MINUTE_MS / 2);
  }
  return sendMessage.mock.calls.length - before;
}
const told = () => sendMessage.mock.calls.filter(([{ reading }]) => reading !== undefined);
const answered = async ({ do: asked }: { do?: string }) => {
  if (asked === 'readers') vi.stubGlobal('dulyRead', () => READING);
};

it('it goes on, seldom, until somebody does', async () => {
  expect(await live(HOUR_MS)).toBeLessThan(12);
  sendMessage.mockImplementation((message) => (message.reading ? gone() : answered(message)));
  expect(await live(HOUR_MS)).toBeLessThan(12);
  sendMessage.mockClear().mockImplementation(answered);
  await live(HOUR_MS);
  expect(told()).toEqual([[expect.objectContaining({ reading: READING })]]);
});

it.each([
  ['before its readers came', undefined],
  ['with something to tell', () => READING],
])('it gives up where the extension is gone: %s', async (_, dulyRead) => {
  vi.stubGlobal('dulyRead', dulyRead);
  vi.stubGlobal('browser', { runtime: { sendMessage } });
  expect(await live(20 * MINUTE_MS)).toBeGreaterThan(0);
  expect(await live(HOUR_MS)).toBe(0);
});
