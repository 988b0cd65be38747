import type { Alarm } from '../app/ports.ts';
import { type Instant, MINUTE_MS } from '../core/day.ts';
import { browser, IS_FIREFOX } from './api.ts';

/** One alarm carries every reminder: what is due is asked of the store when it rings. */
const DOORBELL = 'duly';

/**
 * A ring that reached a dying worker is spent, and nobody has armed the next one yet: it rings again until a pass arms
 * anew. An alarm without a period would have been the last.
 */
const RING_AGAIN_MINUTES = 5;

/**
 * In Firefox the timer behind it stands still while a Mac or a Linux machine sleeps, and rings late by as long
 * (https://github.com/w3c/webextensions/issues/433): no notice comes later than this after the waking.
 */
const FARTHEST_MS = IS_FIREFOX ? 30 * MINUTE_MS : Number.POSITIVE_INFINITY;

export const doorbell: Alarm = {
  armedFor: async (): Promise<Instant | null> => (await browser.alarms.get(DOORBELL))?.scheduledTime ?? null,
  arm: async (at) => {
    await browser.alarms.create(DOORBELL, {
      when: Math.min(at, Date.now() + FARTHEST_MS),
      periodInMinutes: RING_AGAIN_MINUTES,
    });
  },
};

/** Must be called in the first turn of the background: a listener that is added later misses the event that woke it. */
export function onDoorbell(ring: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === DOORBELL) ring();
  });
}
