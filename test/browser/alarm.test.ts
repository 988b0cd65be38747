import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import { fakeBrowser } from '../wire/fake-browser.ts';

let browser: ReturnType<typeof fakeBrowser>;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ toFake: ['Date'] });
  browser = fakeBrowser();
});
afterEach(() => void vi.useRealTimers());
const doorbell = async (IS_FIREFOX = false) => {
  vi.doMock('../../src/browser/api.ts', () => ({ browser, IS_FIREFOX }));
  return (await import('../../src/browser/alarm.ts')).doorbell;
};

it('rings at its moment', async () => {
  const { arm, armedFor } = await doorbell();
  const at = Date.now() + 10 * MINUTE_MS;
  await arm(at);
  expect(await armedFor()).toBe(at);
});

// The owner shuts the laptop in the evening, with the next ring hours off, and is awake again on the due morning.
it('does not wait for hours where a machine sleeps through them with its timers', async () => {
  const { arm, armedFor } = await doorbell(true);
  await arm(Date.now() + 6 * HOUR_MS);
  expect(await armedFor()).toBe(Date.now() + 30 * MINUTE_MS);
});

it('waits for hours where the clock counts', async () => {
  const { arm, armedFor } = await doorbell();
  await arm(Date.now() + 6 * HOUR_MS);
  expect(await armedFor()).toBe(Date.now() + 6 * HOUR_MS);
});

it('that is refused is told as refused', async () => {
  browser.alarms.create.mockImplementation(() => Promise.reject(new Error('made up')) as never);
  await expect((await doorbell()).arm(Date.now())).rejects.toThrow('made up');
});
