import type { Bill } from '../../core/bill.ts';
import { type Recipe, recipeIdOf } from '../../core/recipe.ts';
import { isOffPage } from '../../i18n/off-page.ts';

/** A bill typed by hand or read from a file has no page to open, nor has one whose recipe is gone. */
export function hasBillPage({ source, siteId }: Bill, recipes: readonly Recipe[]): boolean {
  const recipeId = recipeIdOf(siteId);
  return !isOffPage(source) && (recipeId === null || recipes.some(({ id }) => id === recipeId));
}
