import { describe, expect, it } from 'vitest';
import { dashboardViewOf } from '../../src/app/dashboard-view.ts';
import { type RefreshTabs, refreshAtWake, refreshHeard, switchRefresh } from '../../src/app/refresh.ts';
import { takeReading } from '../../src/app/take-reading.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import type { Reading } from '../../src/core/reading.ts';
import { at, billsReading, day, readBill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const SITE = 'jd-baitiao';
const READ = at('2026-09-10 12:00');
const NOW = READ + 21 * HOUR_MS;
const BILLS = billsReading([readBill({ dueDay: day('2026-09-14') })], ['issued']);

/** A browser whose tabs are told apart by number. */
async function house({ isOn = true } = {}) {
  const store = memoryStore();
  const over = portsOver(store, { now: READ });
  await takeReading(over.ports, SITE, BILLS);
  if (isOn) await switchRefresh(over.ports, true);
  over.ports.at(NOW);
  const open = new Set<number>();
  const waiting = new Set<number>();
  const browser = { opened: 0, bell: null as number | null, isInFront: false, isFree: true, place: 'here' as const };
  const tabs: RefreshTabs = {
    isInFront: async () => browser.isInFront,
    isNetworkFree: () => browser.isFree,
    open: async () => {
      open.add(++browser.opened);
      waiting.add(browser.opened);
      return browser.opened;
    },
    lead: async (tabId) => void waiting.delete(tabId),
    close: async (tabId) => {
      for (const id of waiting) open.delete(id);
      waiting.clear();
      return tabId !== null && open.delete(tabId) ? browser.place : 'gone';
    },
    ringAt: (when) => {
      browser.bell = when;
    },
  };
  const wake = () => refreshAtWake(over.ports, tabs);
  const tell = async (tabId: number, reading: Reading) => {
    await takeReading(over.ports, SITE, reading);
    await refreshHeard(over.ports, tabs, tabId, reading);
  };
  return { ...over, store, tabs, open, browser, wake, tell };
}

describe('the refresh', () => {
  it('is off until it is asked for', async () => {
    const { browser, wake } = await house({ isOn: false });
    await wake();
    expect(browser.opened).toBe(0);
  });

  it('opens one tab, hears it, closes it, and leaves the page alone for 20 hours', async () => {
    const { ports, browser, open, wake, tell } = await house();
    await wake();
    await wake();
    expect([browser.opened, browser.bell]).toEqual([1, NOW + MINUTE_MS]);
    ports.at(NOW + 3000);
    await tell(1, billsReading([], ['unissued']));
    expect(open.size).toBe(1);
    await tell(1, BILLS);
    expect(open.size).toBe(0);
    ports.at(NOW + 20 * HOUR_MS - 1);
    await wake();
    expect(browser.opened).toBe(1);
    ports.at(NOW + 21 * HOUR_MS);
    await wake();
    expect(browser.opened).toBe(2);
  });

  it('is not opened while the owner has the page open, nor over a network that costs', async () => {
    const { browser, wake, store } = await house();
    browser.isInFront = true;
    await wake();
    browser.isInFront = false;
    browser.isFree = false;
    await wake();
    expect(browser.opened).toBe(0);
    expect((await store.refresh()).sites).toEqual({});
  });

  it.each([
    ['sign-in', { kind: 'signed-out' }],
    ['challenge', { kind: 'unreadable', why: 'challenge' }],
  ] as const)('stops at %s, says so, and goes on only after the owner was there', async (why, reading) => {
    const { ports, browser, open, wake, tell } = await house();
    await wake();
    await tell(1, reading);
    expect(open.size).toBe(0);
    ports.at(NOW + 50 * HOUR_MS);
    await wake();
    expect(browser.opened).toBe(1);
    expect((await dashboardViewOf(ports)).refreshStops).toEqual([{ siteId: SITE, why }]);
    await tell(99, BILLS);
    expect((await dashboardViewOf(ports)).refreshStops).toEqual([]);
    ports.at(NOW + 71 * HOUR_MS);
    await wake();
    expect(browser.opened).toBe(2);
  });

  it('another tab’s reading closes nothing', async () => {
    const { open, wake, tell } = await house();
    await wake();
    await tell(7, BILLS);
    expect(open.size).toBe(1);
  });

  it('a background that died is made up for at the next wake: the tab is closed, no second one opened', async () => {
    const { ports, store, browser, open, wake } = await house();
    await wake();
    ports.at(NOW + MINUTE_MS);
    await wake();
    expect(open.size).toBe(0);
    expect(browser.opened).toBe(1);
    expect((await store.refresh()).tab).toBeNull();
  });

  it.each(['open', 'lead'] as const)(
    'a background that dies while it has to %s the tab leaves none open',
    async (step) => {
      const { ports, tabs, browser, open, wake } = await house();
      await new Promise<void>((died) => {
        const dying = async (...asked: [number, string]): Promise<never> => {
          await tabs[step](...asked);
          died();
          return new Promise(() => {});
        };
        void refreshAtWake(ports, { ...tabs, [step]: dying });
      });
      Object.assign(browser, { place: 'elsewhere' });
      ports.at(NOW + MINUTE_MS);
      await wake();
      expect([open.size, browser.opened]).toEqual([0, 1]);
    },
  );

  it('a tab whose number cannot be noted is led nowhere, and closed', async () => {
    const { ports, store, tabs, open, browser } = await house();
    let changes = 0;
    const full: typeof store.changeRefresh = (change) =>
      ++changes === 2 ? Promise.reject(new Error('made up')) : store.changeRefresh(change);
    await refreshAtWake({ ...ports, store: { ...store, changeRefresh: full } }, tabs);
    expect([browser.opened, open.size]).toEqual([1, 0]);
  });

  it('a tab that was led elsewhere and told nothing stops it', async () => {
    const { ports, browser, wake } = await house();
    await wake();
    Object.assign(browser, { place: 'elsewhere' });
    ports.at(NOW + MINUTE_MS);
    await wake();
    expect((await dashboardViewOf(ports)).refreshStops).toEqual([{ siteId: SITE, why: 'elsewhere' }]);
  });

  it('a browser that opens no tab is not asked again at the next wake', async () => {
    const { ports, tabs, warnings } = await house();
    let asked = 0;
    const broken: RefreshTabs = {
      ...tabs,
      open: () => {
        asked++;
        return Promise.reject(new Error('made up'));
      },
    };
    await refreshAtWake(ports, broken);
    await refreshAtWake(ports, broken);
    expect(asked).toBe(1);
    expect(warnings).toEqual(['refresh-not-opened']);
  });

  it('a site that the browser does not let us read is not opened', async () => {
    const { store, browser, wake } = await house();
    await store.saveClosedSites([SITE]);
    await wake();
    expect(browser.opened).toBe(0);
  });
});
