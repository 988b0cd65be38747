/** The popup's ports: a file of its own, so that it loads neither the whole store nor Dexie. */
import type { Glance } from '../app/glance.ts';
import type { Clock } from '../app/ports.ts';
import { openGlance, watchCommits } from '../storage/glance.ts';

/** Calls `next` with a first look and with one after every change. A look that failed is no end. */
export type Watch = <T>(
  look: () => Promise<T>,
  seen: { readonly next: (value: T) => void; readonly error: (error: unknown) => void },
) => void;

export interface GlancePorts {
  readonly store: Glance;
  readonly clock: Clock;
  readonly watch: Watch;
}

/** Should a commit not be heard of, a popup is no staler than this. */
const LOOK_EVERY_MS = 5_000;

export function glancePorts(makeStore: () => Promise<unknown>): GlancePorts {
  return { store: openGlance(makeStore), clock: { now: () => Date.now() }, watch };
}

const watch: Watch = (look, { next, error }) => {
  let isLooking = false;
  let isStale = false;
  const again = async (): Promise<void> => {
    isStale = true;
    if (isLooking) return;
    isLooking = true;
    while (isStale) {
      isStale = false;
      // What was read but cannot be drawn is said as well, and the next look is taken all the same.
      await look().then(next).catch(error);
    }
    isLooking = false;
  };
  void again();
  watchCommits(again);
  setInterval(again, LOOK_EVERY_MS);
};
