/** The opt-in refresh: one inactive tab of the account page, seldom, never against a closed door, and never left open. */
import type { Instant } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import type { Reading } from '../core/reading.ts';
import {
  isRefreshDone,
  REFRESH_TAB_MS,
  type Refresh,
  refreshOpening,
  refreshOver,
  refreshVerdict,
  stopFor,
} from '../core/refresh.ts';
import { BUILT_IN } from '../sites/index.ts';
import type { SiteManifest } from '../sites/site.ts';
import { lookAhead } from './look-ahead.ts';
import type { Ports } from './ports.ts';

/** The browser's part. */
export interface RefreshTabs {
  /** The owner looks at a page of these; its readings come from there. A tab left open behind others tells nothing new. */
  isInFront(patterns: readonly string[]): Promise<boolean>;
  /** The network is up, and not one that the owner pays for by the byte, as far as the browser says. */
  isNetworkFree(): boolean;
  /** Behind the others, and not yet on the site: whoever dies before its number is noted leaves one that is known as ours. */
  open(): Promise<number>;
  lead(tabId: number, url: string): Promise<void>;
  /**
   * Closes it, unless the owner has turned to it: then it is theirs. Gives whether it stood on one of these pages. One
   * that was led nowhere is closed by whatever number, and is gone.
   */
  close(tabId: number | null, patterns: readonly string[]): Promise<'here' | 'elsewhere' | 'gone'>;
  /** Rings by then, over the death of the background too. */
  ringAt(at: Instant): void;
}

type Doors = Pick<Ports, 'store' | 'clock' | 'log'>;

/** At every wake, after the pass: closes what is over its time, then opens what is due. Idempotent. */
export async function refreshAtWake(ports: Doors, tabs: RefreshTabs): Promise<void> {
  await closeOverdue(ports, tabs);
  const { store, clock } = ports;
  const refresh = await store.refresh();
  if (!refresh.isOn || refresh.tab) return;
  for (const site of BUILT_IN) {
    const now = clock.now();
    const [{ bills, sites }, closed] = await Promise.all([lookAhead(ports), store.closedSites()]);
    const looks = sites.filter((state) => state.siteId === site.id);
    const watched = bills.filter((bill) => bill.siteId === site.id);
    if (closed.includes(site.id)) continue;
    if (refreshVerdict(refresh, { siteId: site.id, looks, bills: watched, now }) !== 'open') continue;
    if (!tabs.isNetworkFree() || (await tabs.isInFront(site.matches))) continue;
    return open(ports, tabs, site, now);
  }
}

/** Written before it is opened, and its number before it is led to the site: whatever dies in between, there is no second visit. */
async function open(ports: Doors, tabs: RefreshTabs, site: SiteManifest, now: Instant): Promise<void> {
  const { store, log } = ports;
  await store.changeRefresh((refresh) => refreshOpening(refresh, site.id, now));
  tabs.ringAt(now + REFRESH_TAB_MS);
  try {
    const tabId = await tabs.open();
    await store.changeRefresh((refresh) => (refresh.tab ? { ...refresh, tab: { ...refresh.tab, tabId } } : refresh));
    await tabs.lead(tabId, site.payUrl);
  } catch (error) {
    log.warn('refresh-not-opened', { name: errorName(error) });
    await over(ports, tabs, { siteId: site.id, tabId: null, openedAt: now }, () => 'nothing');
  }
}

/** The tab of the refresh told what it read; every other tab's reading is none of ours. */
export async function refreshHeard(ports: Doors, tabs: RefreshTabs, tabId: number, reading: Reading): Promise<void> {
  const { tab } = await ports.store.refresh();
  if (tab?.tabId !== tabId || !isRefreshDone(reading)) return;
  const stop = stopFor(reading.kind, 'why' in reading ? reading.why : null);
  await over(ports, tabs, tab, () => stop ?? (reading.kind === 'bills' ? 'read' : 'nothing'));
}

async function closeOverdue(ports: Doors, tabs: RefreshTabs): Promise<void> {
  const { tab } = await ports.store.refresh();
  const now = ports.clock.now();
  if (!tab || (now < tab.openedAt + REFRESH_TAB_MS && now >= tab.openedAt)) return;
  const readAt = (await ports.store.siteStates()).map(({ siteId, billsReadAt }) =>
    siteId === tab.siteId ? (billsReadAt ?? 0) : 0,
  );
  const wasRead = Math.max(0, ...readAt) >= tab.openedAt;
  // Where it was sent elsewhere and told nothing, some page asks for the owner: sign-in pages have many addresses.
  await over(ports, tabs, tab, (place) => (wasRead ? 'read' : place === 'elsewhere' ? 'elsewhere' : 'nothing'));
}

async function over(
  { store, clock }: Doors,
  tabs: RefreshTabs,
  { siteId, tabId }: NonNullable<Refresh['tab']>,
  outcomeAt: (place: 'here' | 'elsewhere' | 'gone') => Parameters<typeof refreshOver>[1],
): Promise<void> {
  const patterns = BUILT_IN.find((site) => site.id === siteId)?.matches ?? [];
  const place = await tabs.close(tabId, patterns);
  await store.changeRefresh((refresh) => refreshOver(refresh, outcomeAt(place), clock.now()));
}

/** The owner switches it on or off; an open tab is closed at the next wake either way. */
export async function switchRefresh({ store }: Pick<Ports, 'store'>, isOn: boolean): Promise<void> {
  await store.changeRefresh((refresh) => ({ ...refresh, isOn }));
}
