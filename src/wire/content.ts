/** The content script: when the page has settled, read it once and tell the background what changed. */
import { tellBackground } from '../browser/content.ts';
import { dayOf } from '../core/day.ts';
import { readerFor } from '../sites/readers.ts';

const SETTLE_MS = 600;
/** A page that never rests is still read this often. */
const LONGEST_WAIT_MS = 5_000;

export function startContent(): void {
  const url = new URL(location.href);
  const site = readerFor(url);
  if (!site) return;
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | null = null;

  const read = (): void => {
    waitingSince = null;
    const now = Date.now();
    const reading = site.read({ url: new URL(location.href), document, responses: [], now, today: dayOf(now) });
    if (!reading) return;
    const text = JSON.stringify(reading);
    if (text === told) return;
    told = text;
    void tellBackground({ from: 'page', siteId: site.id, reading });
  };
  const changed = (): void => {
    const now = Date.now();
    waitingSince ??= now;
    clearTimeout(timer);
    timer = setTimeout(read, Math.min(SETTLE_MS, Math.max(0, waitingSince + LONGEST_WAIT_MS - now)));
  };
  new MutationObserver(changed).observe(document.documentElement, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  changed();
}
