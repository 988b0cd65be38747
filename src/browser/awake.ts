/** The background while it works. */
import { browser } from './api.ts';

/** Well within the 30 seconds. */
const CALL_EVERY_MS = 20_000;

/**
 * Both browsers end a background 30 seconds after its last event or call of theirs, even while it waits for a server: a
 * push service that hangs would take the next one with it.
 * https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/lifecycle#idle-shutdown
 */
export function awakeDuring<T>(job: Promise<T>): Promise<T> {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo().catch(() => undefined), CALL_EVERY_MS); // only the call counts
  return job.finally(() => clearInterval(timer));
}
