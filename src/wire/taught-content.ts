/** In pages that the owner taught: read by the recipe when the page has settled, and tell the background what is new. */
import { isHeard } from '../browser/content.ts';
import { askInPage, whenShown } from '../browser/in-page.ts';
import { dayOf, type Instant } from '../core/day.ts';
import { type Recipe, recipeFits, taughtSiteId } from '../core/recipe.ts';
import { outbox } from '../sites/hook/outbox.ts';
import { readTaught } from '../sites/taught/read.ts';
import { livePage, type Seen } from './live-page.ts';
import { pageAge } from './page-age.ts';
import { retryAfterMs } from './retry.ts';
import { world } from './world.ts';

/** The reader of this page, if one runs: a page that is taught again gets a new one. */
const page = globalThis as { dulyTaught?: () => void };

export async function startTaught(): Promise<void> {
  page.dulyTaught?.();
  let isOver = false;
  page.dulyTaught = () => {
    isOver = true;
  };
  await whenShown();
  for (let refusals = 0; !isOver && isHeard(); refusals++) {
    const recipes = await askInPage<readonly Recipe[]>({ from: 'taught', do: 'recipes' });
    if (recipes?.length && !isOver) page.dulyTaught = live(recipes);
    if (recipes) return;
    await new Promise((done) => setTimeout(done, retryAfterMs(refusals)));
  }
}

function live(recipes: readonly Recipe[]): () => void {
  const readers = recipes.map((recipe) => ({ recipe, siteId: taughtSiteId(recipe.id), box: outbox() }));
  const see = (now: Instant): readonly Seen[] => {
    const url = new URL(location.href);
    const path = url.pathname + url.hash;
    return readers
      .filter(({ recipe }) => recipeFits(recipe, url))
      .map(({ recipe, siteId, box }) => ({ siteId, box, path, reading: readTaught(document, recipe, dayOf(now)) }));
  };
  return livePage(pageAge(world.dulyShownAt), see).stop;
}
