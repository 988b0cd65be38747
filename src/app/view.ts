/** The answer to `status`: the watched bills, and what is promised next. */
import type { Bill } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Reminder } from '../core/reminder/reminder.ts';
import type { Rules } from '../core/rules.ts';
import { type ClosedSite, closedSitesOf } from './closed-sites.ts';
import { lookAhead } from './look-ahead.ts';
import type { Ports, SiteState } from './ports.ts';

export interface View {
  /** Bills that were read and may still cost money. */
  readonly bills: readonly Bill[];
  readonly sites: readonly SiteState[];
  /** Sites that the browser does not let us read now, whatever was read before. */
  readonly closed: readonly ClosedSite[];
  /** What the owner taught: their names for the pages in `sites` that no list names. */
  readonly recipes: readonly Recipe[];
  readonly rules: Rules;
  /** The watched bills and everything else that is asked for: expected bills, sign-in, a self-test. */
  readonly ahead: readonly Bill[];
  /** What is promised, earliest first; what is due and not yet delivered comes first. */
  readonly next: readonly Reminder[];
  /** The earliest promise that was not kept yet; in the past while a delivery is retried. */
  readonly nextReminderAt: Instant | null;
  readonly lastPassAt: Instant | null;
  /** Notices for these bills that a channel accepted. */
  readonly notified: number;
}

export async function viewOf(ports: Pick<Ports, 'store' | 'clock'>): Promise<View> {
  const [{ bills, sites, ledger, rules, plan }, lastPassAt, recipes, closed] = await Promise.all([
    lookAhead(ports),
    ports.store.lastPassAt(),
    ports.store.recipes(),
    closedSitesOf(ports),
  ]);
  const next = [...plan.due, ...plan.next];
  const accepted = ledger.filter((entry) => entry.outcome === 'accepted');
  return {
    bills: bills.filter((bill) => bill.asks === undefined),
    sites,
    closed,
    recipes,
    rules,
    ahead: bills,
    next,
    nextReminderAt: next[0]?.at ?? null,
    lastPassAt,
    notified: new Set(accepted.map((entry) => entry.noticeId)).size,
  };
}
