/** The content script: hears the page's answers, reads when the page has settled, tells the background what is new. */
import { isHeard, tellBackground } from '../browser/content.ts';
import { whenShown } from '../browser/in-page.ts';
import type { Instant } from '../core/day.ts';
import type { Reading } from '../core/reading.ts';
import { mayTell } from '../sites/glance.ts';
import { hearPage } from '../sites/hook/isolated-side.ts';
import { keepResponses } from '../sites/hook/kept.ts';
import { addressOf } from '../sites/hook/names.ts';
import { outbox } from '../sites/hook/outbox.ts';
import { leadsBackTo } from '../sites/hook/sign-in.ts';
import { siteFor } from '../sites/index.ts';
import { isBillPath } from '../sites/jd-baitiao/manifest.ts';
import type { SiteManifest } from '../sites/site.ts';
import { livePage, type Seen } from './live-page.ts';
import { type PageAge, pageAge } from './page-age.ts';
import { RETRY_MS, retryAfterMs } from './retry.ts';
import { type ReadPage, world } from './world.ts';

/** At `document_start`. */
export function startContent(): void {
  const site = siteFor(location);
  if (!site) return;
  const age = pageAge();
  if (site.signInHosts.includes(location.hostname)) {
    if (leadsBackTo(site, new URL(location.href)) && !age.isOld(Date.now())) void tellSignedOut(site);
    return;
  }
  live(site, age);
}

/** Given up soon: later the owner may have signed in. */
async function tellSignedOut(site: SiteManifest, refusals = 0): Promise<void> {
  await whenShown();
  if (await tellBackground({ from: 'page', siteId: site.id, reading: { kind: 'signed-out' } })) return;
  const afterMs = RETRY_MS[refusals];
  if (afterMs !== undefined) setTimeout(() => void tellSignedOut(site, refusals + 1), afterMs);
}

/** A reader that fails is a page that cannot be read: the owner hears of it. */
function read(readPage: ReadPage, view: Parameters<ReadPage>[0]): Reading | null {
  try {
    return readPage(view);
  } catch {
    return { kind: 'unreadable', why: 'layout-unknown' };
  }
}

function live(site: SiteManifest, age: PageAge): void {
  const responses = keepResponses();
  const box = outbox();
  let refusals = 0;
  let isFetching = false;

  const see = (now: Instant): readonly Seen[] | null => {
    const heard = responses.all();
    if (!world.dulyRead) {
      if (!mayTell({ place: location, document, responses: heard })) return [];
      void fetchReaders();
      return null;
    }
    const url = new URL(location.href);
    const reading = read(world.dulyRead, { url, document, responses: heard, now });
    return reading ? [{ siteId: site.id, reading, box, path: url.pathname }] : [];
  };
  const fetchReaders = async (): Promise<void> => {
    if (isFetching) return;
    isFetching = true;
    await whenShown();
    if (await tellBackground({ from: 'page', do: 'readers' })) refusals = 0;
    else if (isHeard()) await new Promise((done) => setTimeout(done, retryAfterMs(refusals++)));
    else return page.stop();
    isFetching = false;
    page.called();
  };
  const silence = hearPage(window, site.endpoints.map(addressOf), (response) => {
    responses.add(response);
    if (!world.dulyRead) void fetchReaders();
    age.answered();
    page.called();
  });
  const page = livePage(age, see, silence);
  // They are there before the page has settled.
  if (isBillPath(location)) void fetchReaders();
}
