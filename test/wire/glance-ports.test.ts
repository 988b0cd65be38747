/** The popup's looks: after a commit of the store's or a while, and after one that failed or could not be drawn. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { glancePorts } from '../../src/wire/glance-ports.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('a look that fails is said and is no end; nor is one that cannot be drawn', async () => {
  const { watch } = glancePorts(async () => undefined);
  const look = vi.fn(async () => 'seen');
  look.mockRejectedValueOnce(new Error('not opened'));
  const next = vi.fn();
  next.mockImplementationOnce(() => {
    throw new Error('not drawn');
  });
  const error = vi.fn();
  watch(look, { next, error });
  await vi.waitFor(() => expect(error).toHaveBeenLastCalledWith(new Error('not opened')));
  vi.advanceTimersByTime(5_000);
  await vi.waitFor(() => expect(error).toHaveBeenLastCalledWith(new Error('not drawn')));
  vi.advanceTimersByTime(5_000);
  await vi.waitFor(() => expect(next).toHaveBeenCalledTimes(2));
  expect(error).toHaveBeenCalledTimes(2);
});

it('a change that comes during a look is looked at after it, once', async () => {
  const { watch } = glancePorts(async () => undefined);
  let finish = (): void => undefined;
  const look = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  watch(look, { next: () => undefined, error: () => undefined });
  vi.advanceTimersByTime(15_000);
  expect(look).toHaveBeenCalledTimes(1);
  finish();
  await vi.waitFor(() => expect(look).toHaveBeenCalledTimes(2));
  finish();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(look).toHaveBeenCalledTimes(2);
});
