/** The dashboard: a live look at the store, the address's hash as the tab, the acts to the background. */
import { liveQuery } from 'dexie';
import { render } from 'preact';
import { dashboardViewOf } from '../app/dashboard-view.ts';
import { sendToBackground } from '../browser/messages.ts';
import { language, openTab, say } from '../browser/pages.ts';
import { wordsIn } from '../i18n/words.ts';
import type { Ask } from '../messages/own.ts';
import { siteById } from '../sites/index.ts';
import { Dashboard } from '../ui/dashboard/dashboard.tsx';
import { StoreTrouble } from '../ui/parts/store-trouble.tsx';
import { realPorts } from './ports.ts';

const DEFAULT_SITE = 'jd-baitiao';
/** Days left and "waiting" change by themselves. */
const TICK_MS = 5_000;

export function startDashboard(): void {
  const root = document.querySelector('#app');
  if (!root) throw new Error('dashboard.html has no #app');
  document.documentElement.lang = language();
  const words = wordsIn(say, language());
  const ports = realPorts();
  const ask: Ask = (message) => sendToBackground(message);
  const openBills = (siteId: string = DEFAULT_SITE): void => {
    const site = siteById(siteId);
    if (site) void openTab(site.payUrl);
  };
  let show = (): void => render(<p aria-busy="true">{words.say('popupLoading')}</p>, root);
  show();
  addEventListener('hashchange', () => show());
  setInterval(() => show(), TICK_MS);
  // A live query may only read: what the first look would have to make is made before it.
  const live = liveQuery(() => dashboardViewOf(ports));
  void ports.store.deviceId().finally(() =>
    live.subscribe({
      next: (view) => {
        show = () =>
          render(
            <Dashboard
              tab={location.hash.slice(1)}
              view={view}
              words={words}
              now={ports.clock.now()}
              ask={ask}
              openBills={openBills}
            />,
            root,
          );
        show();
      },
      error: (error: unknown) => {
        show = () => render(<StoreTrouble words={words} error={error} />, root);
        show();
      },
    }),
  );
}
