/** What our pages show: the watched bills, and what is promised next. */
import type { Bill } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import { lookAhead } from './look-ahead.ts';
import type { Ports, SiteState } from './ports.ts';

export interface View {
  /** Bills that were read and may still cost money. */
  readonly bills: readonly Bill[];
  readonly sites: readonly SiteState[];
  /** The earliest promise that was not kept yet; in the past while a delivery is retried. */
  readonly nextReminderAt: Instant | null;
  readonly lastPassAt: Instant | null;
  /** Notices for these bills that a channel accepted. */
  readonly notified: number;
}

export async function viewOf(ports: Pick<Ports, 'store' | 'clock'>): Promise<View> {
  const [{ bills, sites, ledger, plan }, lastPassAt] = await Promise.all([lookAhead(ports), ports.store.lastPassAt()]);
  const accepted = ledger.filter((entry) => entry.outcome === 'accepted');
  return {
    bills: bills.filter((bill) => bill.asks === undefined),
    sites,
    nextReminderAt: (plan.due[0] ?? plan.next[0])?.at ?? null,
    lastPassAt,
    notified: new Set(accepted.map((entry) => entry.noticeId)).size,
  };
}
