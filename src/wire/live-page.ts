/** A page that stands open: looked at whenever it has settled; what is new is told, until somebody takes it. */
import { isHeard, tellBackground } from '../browser/content.ts';
import type { Instant } from '../core/day.ts';
import type { Reading } from '../core/reading.ts';
import { watchPage } from '../sites/hook/living.ts';
import type { Outbox } from '../sites/hook/outbox.ts';
import { type Found, settling } from '../sites/hook/settle.ts';
import type { PageAge } from './page-age.ts';
import { retryAfterMs } from './retry.ts';

/** What one reader sees in the page, and what it has told of it. */
export interface Seen {
  readonly siteId: string;
  readonly reading: Reading;
  readonly box: Outbox;
  /** Where in the site it stands: another tab of a page is none that cannot be read. */
  readonly path: string;
}

export interface LivePage {
  /** Something tells more than a change of the content. */
  called(): void;
  stop(): void;
}

/** `see` gives null while nobody can read yet. `onStop`: the extension is gone, and hears nobody any more. */
export function livePage(age: PageAge, see: (now: Instant) => readonly Seen[] | null, onStop = () => {}): LivePage {
  let refusals = 0;
  const look = (): Found => {
    const now = Date.now();
    const seen = see(now);
    if (seen === null) return { isNew: false };
    const isOld = age.isOld(now);
    age.looked();
    let [isNew, againMs] = [false, Number.POSITIVE_INFINITY];
    for (const { siteId, reading, box, path } of seen) {
      const isLoaded = document.readyState === 'complete';
      const weighed = box.weigh(reading, { now, lastChangeAt: age.changedAt, isLoaded, path });
      if (weighed && isOld) box.told(reading);
      if (!weighed || isOld) continue;
      if ('againMs' in weighed) {
        againMs = Math.min(againMs, weighed.againMs);
        continue;
      }
      isNew = true;
      box.told(reading);
      void tellBackground({ from: 'page', siteId, reading }).then((isTaken) => {
        if (isTaken) refusals = 0;
        else if (isHeard()) {
          box.refused(Date.now() + retryAfterMs(refusals++));
          looks.called();
        } else stop();
      });
    }
    return Number.isFinite(againMs) ? { isNew, againMs } : { isNew };
  };
  const looks = settling(look, {
    now: () => Date.now(),
    after: (ms, job) => setTimeout(job, ms),
    cancel: (timer) => clearTimeout(timer as number),
  });
  const unwatch = watchPage(window, {
    changed: () => {
      age.changed();
      looks.changed();
    },
    called: () => {
      age.called();
      looks.called();
    },
    deafForMs: looks.deafForMs,
  });
  const stop = (): void => {
    looks.stop();
    unwatch();
    onStop();
  };
  return { called: looks.called, stop };
}
