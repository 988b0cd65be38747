/** What the popup shows: the first bills over the index, never all of them, and no plan. */
import type { Bill } from '../core/bill.ts';
import { dayOf } from '../core/day.ts';
import type { Recipe } from '../core/recipe.ts';
import { type ClosedSite, closedSitesOf } from './closed-sites.ts';
import { type Glance, MOST_COUNTED } from './glance.ts';
import type { Clock, OwnerActEntry, SiteState } from './ports.ts';

/** More than a person looks through in a popup. */
const MOST_BILLS = 20;

export interface PopupView {
  /** Bills that may still cost money: what is overdue or due today, what has no day, and the others by their day. */
  readonly bills: readonly Bill[];
  /** How many more there are, as far as they were counted. */
  readonly more: number;
  readonly isMoreCounted: boolean;
  readonly sites: readonly SiteState[];
  readonly closed: readonly ClosedSite[];
  readonly recipes: readonly Recipe[];
  /** The last thing that the owner did to a bill, wherever; null when that was never, or the bill is gone. */
  readonly lastAct: { readonly act: OwnerActEntry; readonly title: string } | null;
}

export async function popupViewOf(ports: { readonly store: Glance; readonly clock: Clock }): Promise<PopupView> {
  const { store, clock } = ports;
  const [{ bills, count }, sites, closed, recipes, lastAct] = await Promise.all([
    store.firstWatched(MOST_BILLS, MOST_COUNTED),
    store.siteStates(),
    closedSitesOf(ports),
    store.recipes(),
    lastActOf(ports),
  ]);
  const today = dayOf(clock.now());
  const isPressing = ({ dueDay }: Bill): boolean => dueDay !== null && dueDay <= today;
  const ordered = [...bills.filter(isPressing), ...bills.filter((bill) => !isPressing(bill))];
  return {
    bills: ordered,
    more: count - bills.length,
    isMoreCounted: count < MOST_COUNTED,
    sites,
    closed,
    recipes,
    lastAct,
  };
}

async function lastActOf({ store }: { readonly store: Glance }): Promise<PopupView['lastAct']> {
  const [act] = await store.latestActs(1);
  const bill = act && (await store.bill(act.billId));
  return act && bill ? { act, title: bill.title } : null;
}
