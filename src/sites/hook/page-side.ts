/** The hook's half in the page's own world. It waits for the port; without one it leaves the page as it is. */
import { openDoor } from './door.ts';
import { watchFetch } from './fetch.ts';
import { ASK, OFFER } from './names.ts';
import { watchOver } from './watch.ts';
import { watchXhr } from './xhr.ts';

export type Page = Window & typeof globalThis;

/** At `document_start`. Adds no request. What it may look at comes with the port. */
export function hookPage(page: Page): void {
  const take = (event: Event): void => {
    const { ports, data } = event as MessageEvent;
    if (!door.isOpen() || !ports[0]) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    door.close();
    const watch = watchOver(page, ports[0], data.split(' '));
    watchFetch(page, watch);
    watchXhr(page, watch);
  };
  page.addEventListener(OFFER, take as EventListener, true);
  const door = openDoor(page.document, page.MutationObserver, () =>
    page.removeEventListener(OFFER, take as EventListener, true),
  );
  if (door.isOpen()) page.dispatchEvent(new page.Event(ASK));
}
