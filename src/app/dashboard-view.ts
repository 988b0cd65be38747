/** What the dashboard shows: every bill, the ledger, and what each tab asks for. */
import type { Bill } from '../core/bill.ts';
import { CONTACT_SITE, type Contact } from '../core/contact.ts';
import type { Habit } from '../core/habit.ts';
import type { Fen } from '../core/money.ts';
import { type Refresh, type RefreshStop, refreshStop } from '../core/refresh.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import { siteById } from '../sites/index.ts';
import { type CalendarView, calendarViewOf } from './calendar-view.ts';
import { type ChannelsView, channelsViewOf } from './channels-view.ts';
import type { OwnerActEntry, Ports, SelfTest } from './ports.ts';
import { type SyncView, syncViewOf } from './sync-view.ts';
import { lookedAt, type View } from './view.ts';

/** As much of the ledger as one page shows. */
const MOST_ENTRIES = 300;

export interface DashboardView extends View {
  /** Every bill, settled, paid and muted ones too; latest due day first. */
  readonly allBills: readonly Bill[];
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
  /** Sites that the refresh leaves alone until the owner has been there. */
  readonly refreshStops: readonly { readonly siteId: string; readonly why: RefreshStop }[];
}

export async function dashboardViewOf(ports: Pick<Ports, 'store' | 'clock'>): Promise<DashboardView> {
  const { store } = ports;
  const [{ view, ahead }, allBills, entries, acts, habit, selfTest, contact, refresh, closed, calendar, budgetFen] =
    await Promise.all([
      lookedAt(ports),
      store.allBills(),
      store.latestEntries(MOST_ENTRIES),
      store.latestActs(MOST_ENTRIES),
      store.habit(),
      store.selfTest(),
      store.contact(),
      store.refresh(),
      store.closedSites(),
      store.calendar(),
      store.budget(),
    ]);
  const siteIds = [...new Set([...Object.keys(refresh.sites), ...view.sites.map(({ siteId }) => siteId)])];
  const refreshStops = siteIds.flatMap((siteId) => {
    const looks = view.sites.filter((state) => state.siteId === siteId);
    const why = siteById(siteId) && refreshStop(refresh, siteId, looks);
    return why ? [{ siteId, why }] : [];
  });
  const now = ports.clock.now();
  const calendarView = calendarViewOf(calendar, now);
  return {
    ...view,
    allBills,
    entries,
    acts,
    habit,
    selfTest,
    contact,
    isContactClosed: closed.includes(CONTACT_SITE),
    calendar: calendarView,
    channels: channelsViewOf(ahead.channels, view, calendarView.cover, now),
    budgetFen,
    sync: syncViewOf(ahead.sync),
    refresh,
    refreshStops,
  };
}
