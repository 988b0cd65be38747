/** The one tab that the opt-in refresh opens, and the bell that closes it though the background died meanwhile. */
import type { RefreshTabs } from '../app/refresh.ts';
import { browser } from './api.ts';

const BELL = 'duly-refresh';

interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
}

export const refreshTabs: RefreshTabs = {
  isOpen: async (patterns) => (await browser.tabs.query({ url: [...patterns] })).length > 0,
  isNetworkFree: () => {
    // Firefox on the desktop does not say what the network costs.
    const { onLine, connection } = navigator as Navigator & { readonly connection?: Connection };
    return onLine && !connection?.saveData && connection?.type !== 'cellular';
  },
  open: async (url) => {
    const { id } = await browser.tabs.create({ url, active: false });
    if (id === undefined) throw new Error('the tab has no id');
    return id;
  },
  close: async (tabId, patterns) => {
    // Rejects when the owner closed it first.
    const tab = await browser.tabs.get(tabId).catch(() => null);
    if (!tab) return 'gone';
    const here = await browser.tabs.query({ url: [...patterns] });
    if (!tab.active) await browser.tabs.remove(tabId).catch(() => undefined); // gone in this moment
    return here.some(({ id }) => id === tabId) ? 'here' : 'elsewhere';
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
