/** The popup: a live look at the store, and the acts that go to the background. */
import { liveQuery } from 'dexie';
import { render } from 'preact';
import { viewOf } from '../app/view.ts';
import { sendToBackground } from '../browser/messages.ts';
import { language, openOwnPage, openTab, say } from '../browser/pages.ts';
import { wordsIn } from '../i18n/words.ts';
import type { Ask } from '../messages/own.ts';
import { siteById } from '../sites/index.ts';
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
    const site = siteById(siteId);
    if (site) void openTab(site.payUrl).then(() => window.close());
  };
  const openDashboard = (): void => void openOwnPage('dashboard.html').then(() => window.close());
  const show = (state: PopupState): void =>
    render(
      <Popup
        state={state}
        words={words}
        now={ports.clock.now()}
        ask={ask}
        openBills={openBills}
        openDashboard={openDashboard}
      />,
      root,
    );
  show({ kind: 'loading' });
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
