/** The content script: hears the page's answers, reads when the page has settled, tells the background what is new. */
import { tellBackground } from '../browser/content.ts';
import { dayOf } from '../core/day.ts';
import type { Reading } from '../core/reading.ts';
import { hearPage } from '../sites/hook/isolated-side.ts';
import { keepResponses } from '../sites/hook/kept.ts';
import { watchPage } from '../sites/hook/living.ts';
import { addressOf } from '../sites/hook/names.ts';
import { outbox } from '../sites/hook/outbox.ts';
import { type Found, settling, type Timers } from '../sites/hook/settle.ts';
import { leadsBackTo } from '../sites/hook/sign-in.ts';
import { readerFor } from '../sites/readers.ts';
import type { PageView, Site } from '../sites/site.ts';

/** Nobody took the reading: tried again so much later, and given up after the last, until the page is opened anew. */
const RETRY_MS = [1_000, 10_000, 60_000] as const;

const timers: Timers = {
  now: () => Date.now(),
  after: (ms, job) => setTimeout(job, ms),
  cancel: (timer) => clearTimeout(timer as number),
};

/** At `document_start`. */
export function startContent(): void {
  const url = new URL(location.href);
  const site = readerFor(url);
  if (!site) return;
  if (site.signInHosts.includes(url.hostname)) {
    if (leadsBackTo(site, url)) void tellSignedOut(site);
    return;
  }
  live(site);
}

function tell(site: Site, reading: Reading): Promise<boolean> {
  return tellBackground({ from: 'page', siteId: site.id, reading });
}

async function tellSignedOut(site: Site, refusals = 0): Promise<void> {
  if (await tell(site, { kind: 'signed-out' })) return;
  const afterMs = RETRY_MS[refusals];
  if (afterMs !== undefined) setTimeout(() => void tellSignedOut(site, refusals + 1), afterMs);
}

/** A reader that fails is a page that cannot be read: the owner hears of it. */
function read(site: Site, view: PageView): Reading | null {
  try {
    return site.read(view);
  } catch {
    return { kind: 'unreadable', why: 'layout-unknown' };
  }
}

function live(site: Site): void {
  const responses = keepResponses();
  const box = outbox();
  let lastChangeAt = Date.now();
  let refusals = 0;

  const look = (): Found => {
    const now = Date.now();
    const url = new URL(location.href);
    const reading = read(site, { url, document, responses: responses.all(), now, today: dayOf(now) });
    if (!reading) return { isNew: false };
    const isLoaded = document.readyState === 'complete';
    const weighed = box.weigh(reading, { now, lastChangeAt, isLoaded, path: url.pathname });
    if (!weighed) return { isNew: false };
    if ('againMs' in weighed) return { isNew: false, againMs: weighed.againMs };
    box.told(reading);
    void tell(site, reading).then((isTaken) => {
      if (isTaken) refusals = 0;
      else retry();
    });
    return { isNew: true };
  };
  const retry = (): void => {
    const afterMs = RETRY_MS[refusals++];
    box.refused();
    if (afterMs === undefined) stop();
    else setTimeout(page.called, afterMs);
  };
  const page = settling(look, timers);
  const unwatch = watchPage(window, {
    changed: () => {
      lastChangeAt = Date.now();
      page.changed();
    },
    called: page.called,
    deafForMs: page.deafForMs,
  });
  const silence = hearPage(window, site.endpoints.map(addressOf), (response) => {
    responses.add(response);
    lastChangeAt = Date.now();
    page.called();
  });
  const stop = (): void => {
    page.stop();
    unwatch();
    silence();
  };
}
