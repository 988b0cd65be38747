/** Recipes: kept when taught, dropped with their state, and known to the browser as pages that may be read. */
import { type Recipe, type RecipeDraft, taughtSiteId } from '../core/recipe.ts';
import { SITES } from '../sites/index.ts';
import type { Ports } from './ports.ts';
import { patternOf } from './site-address.ts';
import { takeReading } from './take-reading.ts';

/** What the browser lets us do on pages that no manifest names. */
export interface SiteAccess {
  /** Match patterns; false when any of them is not (or no longer) allowed. */
  has(patterns: readonly string[]): Promise<boolean>;
  /** From now on, over restarts too, pages of these origins are read; replaces what was said before. */
  readTaught(patterns: readonly string[]): Promise<void>;
  /** The same for the optional sites of the list. */
  readListed(patterns: readonly string[]): Promise<void>;
}

/** Teaching a page again replaces its recipe and keeps its bills. */
export async function keepTaught(
  { store, clock, ids }: Pick<Ports, 'store' | 'clock' | 'ids'>,
  draft: RecipeDraft,
): Promise<Recipe> {
  const known = (await store.recipes()).find(
    (recipe) => recipe.origin === draft.origin && recipe.pathPattern === draft.pathPattern,
  );
  const id = known?.id ?? freshId(ids);
  const recipe: Recipe = { ...draft, id, taughtAt: clock.now() };
  await store.saveRecipe(recipe);
  return recipe;
}

/**
 * Of one page there is one recipe: the one that comes from a file takes the place of the one that is here. A name that
 * another page's recipe has is not taken from it: its bills would be the file's to change.
 */
export async function importRecipe({ store, ids }: Pick<Ports, 'store' | 'ids'>, recipe: Recipe): Promise<void> {
  const recipes = await store.recipes();
  const known = recipes.find(
    ({ origin, pathPattern }) => origin === recipe.origin && pathPattern === recipe.pathPattern,
  );
  const isTaken = recipes.some(({ id }) => id === recipe.id);
  await store.saveRecipe({ ...recipe, id: known?.id ?? (isTaken ? freshId(ids) : recipe.id) });
}

function freshId(ids: Ports['ids']): string {
  return ids.next().replaceAll('-', '').slice(0, 16);
}

/** Asks the browser to read every taught origin that it allows, and says of the others that they are not. */
export async function readTaughtSites(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  access: SiteAccess,
): Promise<void> {
  const [recipes, states] = await Promise.all([ports.store.recipes(), ports.store.siteStates()]);
  const allowed = new Set<string>();
  for (const recipe of recipes) {
    const pattern = patternOf(recipe.origin);
    if (await access.has([pattern])) {
      allowed.add(pattern);
      continue;
    }
    const siteId = taughtSiteId(recipe.id);
    const isKnown = states.some((state) => state.siteId === siteId && state.kind === 'no-access');
    if (!isKnown) await takeReading(ports, siteId, { kind: 'no-access', why: 'not-allowed' });
  }
  await access.readTaught([...allowed].sort());
}

/** Asks the browser to read those optional sites of the list that it allows. */
export async function readOptionalSites(access: SiteAccess): Promise<void> {
  const optional = SITES.filter((site) => site.isOptional).flatMap((site) => site.matches);
  const allowed = await Promise.all(optional.map(async (pattern) => ((await access.has([pattern])) ? [pattern] : [])));
  await access.readListed(allowed.flat().sort());
}
