// @vitest-environment happy-dom
/** The reader of a taught page while nobody answers, or not yet. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { billsReading } from '../core/made-up.ts';
import { recipe } from '../sites/taught/recipe-made.ts';

const READING = billsReading([], ['issued']);
const sendMessage = vi.fn<(message: { do?: string; reading?: unknown }) => Promise<unknown>>();

beforeEach(() => {
  vi.resetModules();
  vi.doMock('../../src/sites/taught/read.ts', () => ({ readTaught: () => READING }));
  vi.stubGlobal('browser', { runtime: { id: 'duly', sendMessage } });
  vi.stubGlobal('location', new URL('https://my.xingyun-dai.example/account/repay'));
  vi.useFakeTimers();
  sendMessage.mockReset().mockImplementation(async (message) => (message.do === 'recipes' ? [recipe()] : undefined));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const start = async (): Promise<void> => {
  void (await import('../../src/wire/taught-content.ts')).startTaught();
};
const told = () => sendMessage.mock.calls.filter(([message]) => message.reading !== undefined);
const gone = () => Promise.reject(new Error('the message channel closed'));

it('tells what it reads once', async () => {
  await start();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(told()).toHaveLength(1);
});

it('asks again for its recipes, and tells its reading again, when the background was gone', async () => {
  sendMessage.mockImplementationOnce(gone);
  await start();
  await vi.advanceTimersByTimeAsync(0);
  sendMessage.mockImplementationOnce(async () => [recipe()]).mockImplementationOnce(gone);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(told()).toHaveLength(2);
});

it.each([
  ['its recipes', gone],
  ['its reading', async ({ do: asked }: { do?: string }) => (asked === 'recipes' ? [recipe()] : gone())],
])('where nobody takes %s for long it goes on, seldom, until somebody does', async (_what, refused) => {
  const answered = sendMessage.getMockImplementation()!;
  sendMessage.mockImplementation(refused);
  await start();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(sendMessage.mock.calls.length).toBeLessThan(12);
  sendMessage.mockReset().mockImplementation(answered);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(told()).toHaveLength(1);
});

it('gives up where the extension is gone', async () => {
  sendMessage.mockImplementation(gone);
  await start();
  await vi.advanceTimersByTimeAsync(30_000);
  vi.stubGlobal('browser', { runtime: { sendMessage } });
  await vi.advanceTimersByTimeAsync(600_000);
  const { length } = sendMessage.mock.calls;
  await vi.advanceTimersByTimeAsync(36_000_000);
  expect(sendMessage.mock.calls).toHaveLength(length);
});

it('says nothing from a page that is only prepared: the background could not tell in which tab it is', async () => {
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  await start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sendMessage).not.toHaveBeenCalled();
  Reflect.deleteProperty(document, 'prerendering');
  document.dispatchEvent(new Event('prerenderingchange'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told()).toHaveLength(1);
});
