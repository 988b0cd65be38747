/** The popup: the live look of every page, what the tab beside it shows, and what the background says of its health. */
import { popupViewOf } from '../app/popup-view.ts';
import { patternOf } from '../app/site-address.ts';
import { sendToBackground } from '../browser/messages.ts';
import { requestAccess } from '../browser/site-permissions.ts';
import { type ActiveTab, activeTab, reportOf } from '../browser/teaching.ts';
import type { Ask } from '../messages/own.ts';
import { siteFor } from '../sites/index.ts';
import type { ShownPage } from '../ui/popup/page-offer.tsx';
import { Popup } from '../ui/popup/popup.tsx';
import { glancePorts } from './glance-ports.ts';
import { watchHealth } from './health.ts';
import { startPage } from './page.tsx';

/** As many as stand in a popup without scrolling: the others are drawn after the frame that shows these. */
const FIRST_BILLS = 7;
/** Nothing is asked of the background before the bills stand there; should they not come, it is asked all the same. */
const ASK_AT_LATEST_MS = 2_000;

export function startPopup(): void {
  let shown: ShownPage | null = null;
  let isAsked = false;
  const { ask, redraw } = startPage(glancePorts(makeStore), popupViewOf, (view, page) => {
    // After the frame that shows them.
    if (!isAsked) requestAnimationFrame(() => setTimeout(askOnce));
    const first = isAsked ? view : { ...view, bills: view.bills.slice(0, FIRST_BILLS) };
    return <Popup view={first} page={shown} health={health.known} {...page} ask={askAndLook} />;
  });
  const health = watchHealth(ask, redraw);
  const askAndLook: Ask = async (message) => {
    const reply = await ask(message);
    void health.look();
    return reply;
  };
  const askOnce = (): void => {
    if (isAsked) return;
    isAsked = true;
    setTimeout(redraw);
    void activeTab().then((tab) => {
      shown = tab && shownPage(tab, ask);
      redraw();
    });
    void health.look();
    void ask({ do: 'check' }).then(health.look, () => undefined); // what silence means, `health` says
  };
  setTimeout(askOnce, ASK_AT_LATEST_MS);
}

/** The background makes the database with whatever it is asked first. */
const makeStore = (): Promise<unknown> => sendToBackground({ do: 'health' });

/** The intention is sent before the question is asked, and neither is awaited: the popup may close at the question. */
function shownPage({ tabId, url }: ActiveTab, ask: Ask): ShownPage {
  return {
    url,
    siteId: siteFor(url)?.id ?? null,
    teach: async () => {
      void ask({ do: 'teach', tabId, origin: url.origin });
      const isAllowed = await requestAccess([patternOf(url.origin)]);
      if (isAllowed) window.close();
      return isAllowed;
    },
    copyReport: async () => navigator.clipboard.writeText(await reportOf(tabId)),
  };
}
