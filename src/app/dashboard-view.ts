/** What the dashboard shows: every bill, the ledger, and what each tab asks for; no plan. */
import { type Bill, watchDayOf } from '../core/bill.ts';
import { CONTACT_SITE, type Contact } from '../core/contact.ts';
import type { Instant } from '../core/day.ts';
import type { Habit } from '../core/habit.ts';
import type { Lost } from '../core/lost.ts';
import type { Fen } from '../core/money.ts';
import type { Recipe } from '../core/recipe.ts';
import { type Refresh, type RefreshStop, refreshStop } from '../core/refresh.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import type { Rules } from '../core/rules.ts';
import { siteById } from '../sites/index.ts';
import { type CalendarView, calendarViewOf } from './calendar-view.ts';
import { type ChannelsView, channelsViewOf } from './channels-view.ts';
import { type ClosedSite, closedSitesAmong } from './closed-sites.ts';
import { askedBills } from './look-ahead.ts';
import type { OwnerActEntry, Ports, SelfTest, SiteState } from './ports.ts';
import { type SyncView, syncViewOf } from './sync-view.ts';

/** As much of the ledger as one page shows. */
const MOST_ENTRIES = 300;

export interface DashboardView {
  /** Every bill, settled, paid and muted ones too; latest due day first. */
  readonly allBills: readonly Bill[];
  /** The watched of them, and everything else that is asked for: expected bills, sign-in, a self-test. */
  readonly ahead: readonly Bill[];
  readonly sites: readonly SiteState[];
  /** Sites that the browser does not let us read now, whatever was read before. */
  readonly closed: readonly ClosedSite[];
  /** What the owner taught: their names for the pages in `sites` that no list names. */
  readonly recipes: readonly Recipe[];
  readonly rules: Rules;
  readonly lastPassAt: Instant | null;
  /** The newest first. */
  readonly entries: readonly LedgerEntry[];
  /** What the owner did, the newest first. */
  readonly acts: readonly OwnerActEntry[];
  readonly habit: Habit | null;
  readonly selfTest: SelfTest | null;
  readonly contact: Contact;
  /** Switched on, and the browser no longer allows its pages. */
  readonly isContactClosed: boolean;
  readonly calendar: CalendarView;
  readonly channels: ChannelsView;
  readonly budgetFen: Fen | null;
  readonly sync: SyncView;
  readonly refresh: Refresh;
  readonly lost: Lost | null;
  /** Sites that the refresh leaves alone until the owner has been there. */
  readonly refreshStops: readonly { readonly siteId: string; readonly why: RefreshStop }[];
}

export async function dashboardViewOf({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<DashboardView> {
  const [
    [allBills, entries, acts, sites, closedIds, recipes],
    [rules, lastPassAt, habit, selfTest, contact, calendar, channels, budgetFen, refresh],
    [sync, lost, device],
  ] = await Promise.all([
    Promise.all([
      store.allBills(),
      store.latestEntries(MOST_ENTRIES),
      store.latestActs(MOST_ENTRIES),
      store.siteStates(),
      store.closedSites(),
      store.recipes(),
    ]),
    Promise.all([
      store.rules(),
      store.lastPassAt(),
      store.habit(),
      store.selfTest(),
      store.contact(),
      store.calendar(),
      store.channels(),
      store.budget(),
      store.refresh(),
    ]),
    Promise.all([store.sync(), store.lost(), store.deviceId()]),
  ]);
  const now = clock.now();
  const asked = askedBills({ sites, contact, sync, lost, device, test: selfTest }, now);
  return {
    ...{ allBills, entries, acts, sites, recipes },
    closed: closedSitesAmong(closedIds),
    ...{ rules, lastPassAt, habit, selfTest, contact, budgetFen, refresh, lost },
    ahead: [...allBills.filter((bill) => watchDayOf(bill) !== undefined), ...asked],
    isContactClosed: closedIds.includes(CONTACT_SITE),
    calendar: calendarViewOf(calendar, now),
    channels: channelsViewOf(channels, now),
    sync: syncViewOf(sync),
    refreshStops: refreshStopsOf(refresh, sites, now),
  };
}

function refreshStopsOf(refresh: Refresh, sites: readonly SiteState[], now: Instant): DashboardView['refreshStops'] {
  const siteIds = [...new Set([...Object.keys(refresh.sites), ...sites.map(({ siteId }) => siteId)])];
  return siteIds.flatMap((siteId) => {
    const looks = sites.filter((state) => state.siteId === siteId);
    const why = siteById(siteId) && refreshStop(refresh, siteId, looks, now);
    return why ? [{ siteId, why }] : [];
  });
}
