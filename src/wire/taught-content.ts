/** In pages that the owner taught: read by the recipe when the page has settled, and tell the background what is new. */
import { tellBackground } from '../browser/content.ts';
import { askInPage, whenShown } from '../browser/in-page.ts';
import { dayOf } from '../core/day.ts';
import { type Recipe, recipeFits, taughtSiteId } from '../core/recipe.ts';
import { watchPage } from '../sites/hook/living.ts';
import { type Outbox, outbox } from '../sites/hook/outbox.ts';
import { type Found, settling } from '../sites/hook/settle.ts';
import { readTaught } from '../sites/taught/read.ts';
import { RETRY_MS } from './retry.ts';

/** The reader of this page, if one runs: a page that is taught again gets a new one. */
const page = globalThis as { dulyTaught?: () => void };

export async function startTaught(): Promise<void> {
  page.dulyTaught?.();
  let isOver = false;
  page.dulyTaught = () => {
    isOver = true;
  };
  await whenShown();
  for (const afterMs of [0, ...RETRY_MS]) {
    await new Promise((done) => setTimeout(done, afterMs));
    const recipes = isOver ? [] : await askInPage<readonly Recipe[]>({ from: 'taught', do: 'recipes' });
    if (recipes?.length && !isOver) page.dulyTaught = live(recipes);
    if (recipes) return;
  }
}

function live(recipes: readonly Recipe[]): () => void {
  let lastChangeAt = Date.now();
  let refusals = 0;
  const boxes = recipes.map((recipe) => ({ recipe, box: outbox() }));
  const look = (): Found => {
    const now = Date.now();
    const url = new URL(location.href);
    let [isNew, againMs] = [false, Number.POSITIVE_INFINITY];
    for (const { recipe, box } of boxes) {
      if (!recipeFits(recipe, url)) continue;
      const reading = readTaught(document, recipe, dayOf(now));
      const isLoaded = document.readyState === 'complete';
      const weighed = box.weigh(reading, { now, lastChangeAt, isLoaded, path: url.pathname + url.hash });
      if (weighed && 'againMs' in weighed) againMs = Math.min(againMs, weighed.againMs);
      if (!weighed || 'againMs' in weighed) continue;
      isNew = true;
      box.told(reading);
      void tellBackground({ from: 'page', siteId: taughtSiteId(recipe.id), reading }).then((isTaken) => {
        if (isTaken) refusals = 0;
        else retry(box);
      });
    }
    return Number.isFinite(againMs) ? { isNew, againMs } : { isNew };
  };
  const retry = (box: Outbox): void => {
    const afterMs = RETRY_MS[refusals++];
    box.refused();
    if (afterMs === undefined) stop();
    else setTimeout(looks.called, afterMs);
  };
  const looks = settling(look, {
    now: () => Date.now(),
    after: (ms, job) => setTimeout(job, ms),
    cancel: (timer) => clearTimeout(timer as number),
  });
  const unwatch = watchPage(window, {
    changed: () => {
      lastChangeAt = Date.now();
      looks.changed();
    },
    called: looks.called,
    deafForMs: looks.deafForMs,
  });
  const stop = (): void => {
    looks.stop();
    unwatch();
  };
  return stop;
}
