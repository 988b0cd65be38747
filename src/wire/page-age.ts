/** As of when a page shows what it shows: a tab may stand open for days, and what it shows is told as read now. */
import type { Instant } from '../core/day.ts';
import { loadedAt } from '../sites/loaded-at.ts';
import { FRESH_MS } from '../sites/site.ts';

export interface PageAge {
  /** When the page last changed or received an answer. */
  readonly changedAt: Instant;
  /** An answer came. */
  answered(): void;
  /** The content changed by itself. */
  changed(): void;
  /** An event, which by itself shows what was there before. */
  called(): void;
  /** What stands here is known: from now on a change brings something new. */
  looked(): void;
  /** What stands here is of too long ago to be told as read now. */
  isOld(now: Instant): boolean;
}

/** At the start of the script, which comes with the page, or into one that has long stood open. `shownAt`: the owner pointed at it. */
export function pageAge(shownAt: Instant = 0): PageAge {
  let changedAt = Math.max(shownAt, loadedAt(Date.now()));
  let { href } = location;
  // Whatever moves in a page that stood open before: what it shows at the first look is as old as the page.
  let isKnown = Date.now() - changedAt <= FRESH_MS;
  const answered = (): void => {
    changedAt = Date.now();
  };
  const changed = (): void => {
    if (isKnown) answered();
  };
  return {
    get changedAt() {
      return changedAt;
    },
    answered,
    changed,
    called: () => {
      // Another route; or a frame, whose new page is no change of this one.
      if (location.href !== href || window.length > 0) changed();
      href = location.href;
    },
    looked: () => {
      isKnown = true;
    },
    isOld: (now) => now - changedAt > FRESH_MS,
  };
}
