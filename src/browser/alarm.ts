import type { Alarm } from '../app/ports.ts';
import type { Instant } from '../core/day.ts';
import { browser } from './api.ts';

/** One alarm carries every reminder: what is due is asked of the store when it rings. */
const DOORBELL = 'duly';

/**
 * A ring that reached a dying worker is spent, and nobody has armed the next one yet: it rings again until a pass arms
 * anew. An alarm without a period would have been the last.
 */
const RING_AGAIN_MINUTES = 5;

export const doorbell: Alarm = {
  armedFor: async (): Promise<Instant | null> => (await browser.alarms.get(DOORBELL))?.scheduledTime ?? null,
  arm: async (at) => {
    browser.alarms.create(DOORBELL, { when: at, periodInMinutes: RING_AGAIN_MINUTES });
  },
};

/** Must be called in the first turn of the background: a listener that is added later misses the event that woke it. */
export function onDoorbell(ring: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === DOORBELL) ring();
  });
}
