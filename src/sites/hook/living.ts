/** What tells that a page may show something new. Costs nothing while the page is parsed. */

import { documentIn, framesOf } from '../frames.ts';

export interface Ears {
  /** The content changed by itself. */
  readonly changed: () => void;
  /** An event that usually brings new content. */
  readonly called: () => void;
  /** Milliseconds for which a further change makes no difference. */
  readonly deafForMs: () => number;
}

/** Shorter than this, taking the observer off costs more than leaving it on. */
const WORTH_DEAFNESS_MS = 1_000;
/** `pageshow` also ends every load. */
const ON_WINDOW = ['popstate', 'hashchange', 'pageshow'] as const;

/** At `document_start`. The returned function takes every listener off again. */
export function watchPage(page: Window & typeof globalThis, ears: Ears): () => void {
  const { document } = page;
  let href = '';
  let deaf: ReturnType<typeof setTimeout> | undefined;

  const called = (): void => {
    href = page.location.href;
    if (deaf !== undefined) hear();
    ears.called();
  };
  const shown = (): void => {
    if (document.visibilityState === 'visible') called();
  };
  const hear = (): void => {
    clearTimeout(deaf);
    deaf = undefined;
    observer.observe(document, CHANGES);
    if (page.length > 0) hearFrames();
  };
  const hearFrames = (): void => {
    for (const frame of framesOf(document)) {
      const inner = documentIn(frame);
      if (inner) observer.observe(inner, CHANGES);
      frame.addEventListener('load', loaded);
    }
  };
  /** A frame shows another page, of which nothing was heard so far. */
  const loaded = ({ currentTarget }: Event): void => {
    if (!documentIn(currentTarget as Element)) return;
    if (deaf === undefined) hearFrames();
    called();
  };
  const observer = new page.MutationObserver(() => {
    if (page.location.href !== href) called();
    else ears.changed();
    if (page.length > 0) hearFrames();
    const deafMs = ears.deafForMs();
    if (deafMs < WORTH_DEAFNESS_MS) return;
    observer.disconnect();
    deaf = setTimeout(hear, deafMs);
    // A new route shows with the first change that it makes, but now no change is heard.
    navigationOf(page)?.addEventListener('currententrychange', called);
  });
  const begin = (): void => {
    hear();
    called();
    for (const type of ON_WINDOW) page.addEventListener(type, called);
    // A tab of the page may only toggle an attribute, which is not observed.
    page.addEventListener('click', called, CAPTURED);
    document.addEventListener('visibilitychange', shown);
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true });
  else begin();
  return () => {
    observer.disconnect();
    clearTimeout(deaf);
    document.removeEventListener('DOMContentLoaded', begin);
    for (const type of ON_WINDOW) page.removeEventListener(type, called);
    page.removeEventListener('click', called, CAPTURED);
    document.removeEventListener('visibilitychange', shown);
    for (const frame of framesOf(document)) frame.removeEventListener('load', loaded);
    navigationOf(page)?.removeEventListener('currententrychange', called);
  };
}

const CHANGES = { childList: true, subtree: true, characterData: true } as const;
const CAPTURED = { capture: true, passive: true } as const;

/** Route changes by `history.pushState`; absent before Firefox 147. Asking for it costs as much as a look at the page. */
function navigationOf(page: Window): EventTarget | undefined {
  return (page as { navigation?: EventTarget }).navigation;
}
