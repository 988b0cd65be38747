/** The popup: the live look of every page, and what the tab beside it shows. */
import { patternOf } from '../app/teach-site.ts';
import { viewOf } from '../app/view.ts';
import { requestAccess } from '../browser/site-permissions.ts';
import { type ActiveTab, activeTab, reportOf } from '../browser/teaching.ts';
import type { Ask } from '../messages/own.ts';
import { siteFor } from '../sites/index.ts';
import type { ShownPage } from '../ui/popup/page-offer.tsx';
import { Popup } from '../ui/popup/popup.tsx';
import { startPage } from './page.tsx';

export function startPopup(): void {
  let shown: ShownPage | null = null;
  const { ask, redraw } = startPage(viewOf, (view, page) => <Popup view={view} page={shown} {...page} />);
  void activeTab().then((tab) => {
    shown = tab && shownPage(tab, ask);
    redraw();
  });
  void ask({ do: 'check' });
}

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
