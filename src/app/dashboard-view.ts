/** What the dashboard shows beyond the popup: every bill, and the ledger. */
import type { Bill } from '../core/bill.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import type { Ports, SelfTest } from './ports.ts';
import { type View, viewOf } from './view.ts';

/** As much of the ledger as one page shows. */
const MOST_ENTRIES = 300;

export interface DashboardView extends View {
  /** Every bill, settled, paid and muted ones too; latest due day first. */
  readonly allBills: readonly Bill[];
  /** The newest first. */
  readonly entries: readonly LedgerEntry[];
  readonly selfTest: SelfTest | null;
}

export async function dashboardViewOf(ports: Pick<Ports, 'store' | 'clock'>): Promise<DashboardView> {
  const { store } = ports;
  const [view, allBills, entries, selfTest] = await Promise.all([
    viewOf(ports),
    store.allBills(),
    store.latestEntries(MOST_ENTRIES),
    store.selfTest(),
  ]);
  return { ...view, allBills, entries, selfTest };
}
