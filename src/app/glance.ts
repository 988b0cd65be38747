/** The part of the Store that a quick look needs. */
import type { Bill, BillId } from '../core/bill.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Rules } from '../core/rules.ts';
import type { OwnerActEntry, SiteState } from './ports.ts';

/** No further does a quick look count: an index of ten thousand takes longer to count than all else that the popup shows. */
export const MOST_COUNTED = 100;

/** As much as the popup shows. */
export interface Glance {
  /** The first `most` of the watched bills, by due day, and how many there are, counted up to `mostCounted`. */
  firstWatched(most: number, mostCounted: number): Promise<{ readonly bills: readonly Bill[]; readonly count: number }>;
  bill(id: BillId): Promise<Bill | undefined>;
  /** The newest first, whatever the bill. */
  latestActs(most: number): Promise<OwnerActEntry[]>;
  siteStates(): Promise<SiteState[]>;
  rules(): Promise<Rules>;
  /** Sites of the list that the browser does not let us read. */
  closedSites(): Promise<readonly string[]>;
  /** What the owner taught, oldest first. */
  recipes(): Promise<Recipe[]>;
}
