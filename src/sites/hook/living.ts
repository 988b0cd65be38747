/** What tells that a page may show something new. Costs nothing while the page is parsed. */

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
const ON_WINDOW = ['popstate', 'hashchange', 'pageshow', 'load'] as const;

/** At `document_start`. The returned function takes every listener off again. */
export function watchPage(page: Window & typeof globalThis, ears: Ears): () => void {
  const { document } = page;
  const over = new page.AbortController();
  const { signal } = over;
  let href = page.location.href;
  let deaf: ReturnType<typeof setTimeout> | undefined;

  const called = (): void => {
    href = page.location.href;
    ears.called();
  };
  const hear = (): void => observer.observe(document, { childList: true, subtree: true, characterData: true });
  const observer = new page.MutationObserver(() => {
    // Firefox before 147 has no `navigation`: there a new route shows with the first change that it makes.
    if (page.location.href !== href) called();
    else ears.changed();
    const deafMs = ears.deafForMs();
    if (deafMs < WORTH_DEAFNESS_MS) return;
    observer.disconnect();
    deaf = setTimeout(hear, deafMs);
  });
  const begin = (): void => {
    hear();
    called();
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true, signal });
  else begin();
  for (const type of ON_WINDOW) page.addEventListener(type, called, { signal });
  // A tab of the page may only toggle an attribute, which is not observed.
  page.addEventListener('click', called, { capture: true, passive: true, signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && called(), { signal });
  navigationOf(page)?.addEventListener('currententrychange', called, { signal });
  return () => {
    over.abort();
    observer.disconnect();
    clearTimeout(deaf);
  };
}

/** Route changes by `history.pushState`; absent before Firefox 147. */
function navigationOf(page: Window): EventTarget | undefined {
  return (page as { navigation?: EventTarget }).navigation;
}
