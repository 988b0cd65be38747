/** Addresses of the pages that bills are read from. */
import { pageOf, recipeIdOf } from '../core/recipe.ts';
import { siteById } from '../sites/index.ts';
import type { Glance } from './glance.ts';

export function patternOf(origin: string): string {
  return `${origin.replace(/:\d+$/, '')}/*`;
}

/** Where the owner pays a bill of this site; null when its recipe is gone. */
export async function payUrlOf(
  { store }: { readonly store: Pick<Glance, 'recipes'> },
  siteId: string,
): Promise<string | null> {
  const site = siteById(siteId);
  if (site) return site.payUrl;
  const id = recipeIdOf(siteId);
  const recipe = id === null ? undefined : (await store.recipes()).find((one) => one.id === id);
  return recipe ? pageOf(recipe) : null;
}
