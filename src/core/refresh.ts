/** When the account page may be opened by itself: only if the owner asked for it, seldom, and never against a closed door. */
import type { Bill } from './bill.ts';
import { addDays, dayOf, HOUR_MS, type Instant, isAhead, isInstant, MINUTE_MS } from './day.ts';
import type { Reading } from './reading.ts';

export const REFRESH_EVERY_MS = 20 * HOUR_MS;
/** A tab that told nothing good by then is closed. */
export const REFRESH_TAB_MS = MINUTE_MS;
const DUE_WITHIN_DAYS = 7;

export type RefreshStop = 'sign-in' | 'challenge' | 'elsewhere';

/** What is remembered of one site. */
export interface RefreshedSite {
  /** Written before the tab is opened. */
  readonly openedAt: Instant;
  /** The page asked for the owner; until they have been there themselves it is left alone. */
  readonly stopped: { readonly why: RefreshStop; readonly at: Instant } | null;
}

export interface Refresh {
  readonly isOn: boolean;
  /** The one tab that is open now; `tabId` is null in the moment between writing and opening. */
  readonly tab: { readonly siteId: string; readonly tabId: number | null; readonly openedAt: Instant } | null;
  readonly sites: Readonly<Record<string, RefreshedSite>>;
}

export const NO_REFRESH: Refresh = { isOn: false, tab: null, sites: {} };

/** The last look at the site's pages, over all its accounts. */
export interface LastLook {
  readonly kind: Reading['kind'];
  readonly why: string | null;
  readonly at: Instant;
  readonly billsReadAt: Instant | null;
}

export interface RefreshFacts {
  readonly siteId: string;
  readonly looks: readonly LastLook[];
  /** The site's bills that are still watched, expected ones too. */
  readonly bills: readonly Pick<Bill, 'dueDay' | 'asks'>[];
  readonly now: Instant;
}

/** Why not, or that it should be. The first reason that holds. */
export type RefreshVerdict = 'open' | 'off' | 'busy' | 'never-read' | 'stopped' | 'fresh' | 'recent' | 'not-needed';

export function refreshVerdict(refresh: Refresh, { siteId, looks, bills, now }: RefreshFacts): RefreshVerdict {
  if (!refresh.isOn) return 'off';
  if (refresh.tab !== null) return 'busy';
  const readAt = latest(looks.map((look) => look.billsReadAt));
  if (readAt === null) return 'never-read';
  if (isClosed(refresh, siteId, looks, now)) return 'stopped';
  const openedAt = refresh.sites[siteId]?.openedAt ?? null;
  if (isWithin(openedAt, now)) return 'recent';
  if (isWithin(readAt, now)) return 'fresh';
  const limit = addDays(dayOf(now), DUE_WITHIN_DAYS);
  const isNeeded = bills.some(({ dueDay, asks }) => asks !== 'sign-in' && dueDay !== null && dueDay <= limit);
  return isNeeded ? 'open' : 'not-needed';
}

/** A moment that lies ahead was written while the clock was wrong; it holds a visit back no longer than a right one. */
function isWithin(at: Instant | null, now: Instant): boolean {
  return at !== null && Math.abs(now - at) < REFRESH_EVERY_MS;
}

/** The page asked for the owner, here or in a tab of theirs, and no good reading came after it. */
function isClosed({ sites }: Refresh, siteId: string, looks: readonly LastLook[], now: Instant): boolean {
  // A door that was met under a clock that ran ahead: any good reading may have come after it.
  const metAt = (at: Instant): Instant => (isAhead(at, now) ? 0 : at);
  const { stopped } = sites[siteId] ?? {};
  const closedAt = latest([
    stopped ? metAt(stopped.at) : null,
    ...looks.map((look) => (isDoor(look) ? metAt(look.at) : null)),
  ]);
  if (closedAt === null) return false;
  const readAt = latest(looks.map((look) => (look.kind === 'bills' ? look.billsReadAt : null)));
  return readAt === null || readAt <= closedAt;
}

function isDoor({ kind, why }: Pick<LastLook, 'kind' | 'why'>): boolean {
  return stopFor(kind, why) !== null || kind === 'no-account' || kind === 'no-access';
}

/** What a reading of this kind means for the next visits; null when nothing. */
export function stopFor(kind: Reading['kind'], why: string | null): RefreshStop | null {
  if (kind === 'signed-out') return 'sign-in';
  return kind === 'unreadable' && why === 'challenge' ? 'challenge' : null;
}

/** The tab may go: it told the issued bills, or it meets a door. What loads tab by tab may still tell more. */
export function isRefreshDone(reading: Reading): boolean {
  if (reading.kind === 'bills') return reading.covered.includes('issued');
  return reading.kind !== 'unreadable' || reading.why === 'challenge';
}

/** Before the tab is opened: whatever happens then, the next visit counts from here. */
export function refreshOpening(refresh: Refresh, siteId: string, now: Instant): Refresh {
  const stopped = refresh.sites[siteId]?.stopped ?? null;
  return {
    ...refresh,
    tab: { siteId, tabId: null, openedAt: now },
    sites: { ...refresh.sites, [siteId]: { openedAt: now, stopped } },
  };
}

/** The tab is gone. A door is remembered; a good reading forgets it. */
export function refreshOver(refresh: Refresh, outcome: RefreshStop | 'read' | 'nothing', now: Instant): Refresh {
  const { tab, sites } = refresh;
  const site = tab && sites[tab.siteId];
  if (!tab || !site) return { ...refresh, tab: null };
  const stopped = outcome === 'read' ? null : outcome === 'nothing' ? site.stopped : { why: outcome, at: now };
  return { ...refresh, tab: null, sites: { ...sites, [tab.siteId]: { ...site, stopped } } };
}

/** Why the site is left alone now; null when it is not. For the owner to read. */
export function refreshStop(
  refresh: Refresh,
  siteId: string,
  looks: readonly LastLook[],
  now: Instant,
): RefreshStop | null {
  if (!isClosed(refresh, siteId, looks, now)) return null;
  const seen = looks.flatMap((look) => stopFor(look.kind, look.why) ?? []);
  return refresh.sites[siteId]?.stopped?.why ?? seen[0] ?? null;
}

function latest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
}

/** A row as it may be believed: a damaged one is switched off. */
export function soundRefresh(raw: unknown): Refresh {
  const { isOn, tab, sites } = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<Refresh>;
  const isTab = tab && typeof tab.siteId === 'string' && isInstant(tab.openedAt);
  return {
    isOn: isOn === true,
    tab: isTab ? { ...tab, tabId: Number.isSafeInteger(tab.tabId) ? tab.tabId : null } : null,
    sites: Object.fromEntries(Object.entries(sites ?? {}).filter(([, site]) => isInstant(site?.openedAt))),
  };
}
