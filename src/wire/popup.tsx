/** The popup: a live look at the store, and the acts that go to the background. */
import { liveQuery } from 'dexie';
import { render } from 'preact';
import { patternOf, payUrlOf } from '../app/teach-site.ts';
import { viewOf } from '../app/view.ts';
import { sendToBackground } from '../browser/messages.ts';
import { language, openOwnPage, openTab, say } from '../browser/pages.ts';
import { requestAccess } from '../browser/site-permissions.ts';
import { type ActiveTab, activeTab, reportOf } from '../browser/teaching.ts';
import { wordsIn } from '../i18n/words.ts';
import type { Ask } from '../messages/own.ts';
import { siteFor } from '../sites/index.ts';
import type { ShownPage } from '../ui/popup/page-offer.tsx';
import { Popup, type PopupState } from '../ui/popup/popup.tsx';
import { realPorts } from './ports.ts';

const DEFAULT_SITE = 'jd-baitiao';

export function startPopup(): void {
  const root = document.querySelector('#app');
  if (!root) throw new Error('popup.html has no #app');
  document.documentElement.lang = language();
  const words = wordsIn(say, language());
  const ports = realPorts();
  const ask: Ask = (message) => sendToBackground(message);
  const openBills = (siteId: string = DEFAULT_SITE): void => {
    void payUrlOf(ports, siteId).then(async (url) => {
      if (url) await openTab(url);
      window.close();
    });
  };
  const openDashboard = (): void => void openOwnPage('dashboard.html').then(() => window.close());
  let state: PopupState = { kind: 'loading' };
  let page: ShownPage | null = null;
  const show = (next: PopupState = state): void => {
    state = next;
    render(
      <Popup
        state={state}
        words={words}
        now={ports.clock.now()}
        ask={ask}
        openBills={openBills}
        openDashboard={openDashboard}
        page={page}
      />,
      root,
    );
  };
  show();
  void activeTab().then((tab) => {
    page = tab && shownPage(tab, ask);
    show();
  });
  // A live query may only read: what the first look would have to make is made before it.
  const live = liveQuery(() => viewOf(ports));
  void ports.store.deviceId().finally(() =>
    live.subscribe({
      next: (view) => show({ kind: 'view', view }),
      error: (error: unknown) => show({ kind: 'error', code: error instanceof Error ? error.name : 'unknown' }),
    }),
  );
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
