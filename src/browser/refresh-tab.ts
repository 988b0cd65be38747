/** The one tab that the opt-in refresh opens, and the bell that closes it though the background died meanwhile. */
import type { RefreshTabs } from '../app/refresh.ts';
import { browser } from './api.ts';

const BELL = 'duly-refresh';
/** In `storage.session`: which tab it is. After a restart another one may have its number. */
const OPENED = 'refreshTab';
/** An empty page of ours, where the tab stands until its number is noted: no tab of the owner's is on it. */
const WAITING = 'refresh.html';

interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
}

export const refreshTabs: RefreshTabs = {
  isInFront: async (patterns) =>
    (await browser.tabs.query({ url: [...patterns], active: true, lastFocusedWindow: true })).length > 0,
  isNetworkFree: () => {
    // Firefox on the desktop does not say what the network costs.
    const { onLine, connection } = navigator as Navigator & { readonly connection?: Connection };
    return onLine && !connection?.saveData && connection?.type !== 'cellular';
  },
  open: async () => {
    const { id } = await browser.tabs.create({ url: browser.runtime.getURL(WAITING), active: false });
    if (id === undefined) throw new Error('the tab has no id');
    await browser.storage.session.set({ [OPENED]: id }).catch(() => undefined); // it is closed where it stands on the site's pages
    return id;
  },
  lead: async (tabId, url) => {
    await browser.tabs.update(tabId, { url });
  },
  close: async (tabId, patterns) => {
    const waiting = (await browser.tabs.query({ url: [browser.runtime.getURL(WAITING)] })).flatMap(
      ({ id }) => id ?? [],
    );
    if (waiting.length > 0) await browser.tabs.remove(waiting).catch(() => undefined); // gone in this moment
    if (tabId === null || waiting.includes(tabId)) return 'gone';
    // Rejects when the owner closed it first.
    const tab = await browser.tabs.get(tabId).catch(() => null);
    if (!tab) return 'gone';
    const isHere = (await browser.tabs.query({ url: [...patterns] })).some(({ id }) => id === tabId);
    if (!isHere && (await browser.storage.session.get(OPENED))[OPENED] !== tabId) return 'gone';
    if (!tab.active) await browser.tabs.remove(tabId).catch(() => undefined); // gone in this moment
    return isHere ? 'here' : 'elsewhere';
  },
  ringAt: (at) => {
    browser.alarms.create(BELL, { when: at });
  },
};

/** First turn only. */
export function onRefreshBell(ring: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === BELL) ring();
  });
}
