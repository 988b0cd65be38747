/** In pages that the owner taught: read by the recipe when the page has settled, and tell the background what is new. */
import { isHeard, tellBackground } from '../browser/content.ts';
import { askInPage, whenShown } from '../browser/in-page.ts';
import { dayOf } from '../core/day.ts';
import { type Recipe, recipeFits, taughtSiteId } from '../core/recipe.ts';
import { watchPage } from '../sites/hook/living.ts';
import { outbox } from '../sites/hook/outbox.ts';
import { type Found, settling } from '../sites/hook/settle.ts';
import { readTaught } from '../sites/taught/read.ts';
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
  const age = pageAge(world.dulyShownAt);
  let refusals = 0;
  const boxes = recipes.map((recipe) => ({ recipe, box: outbox() }));
  const look = (): Found => {
    const now = Date.now();
    const url = new URL(location.href);
    const isOld = age.isOld(now);
    age.looked();
    let [isNew, againMs] = [false, Number.POSITIVE_INFINITY];
    for (const { recipe, box } of boxes) {
      if (!recipeFits(recipe, url)) continue;
      const reading = readTaught(document, recipe, dayOf(now));
      const isLoaded = document.readyState === 'complete';
      const weighed = box.weigh(reading, { now, lastChangeAt: age.changedAt, isLoaded, path: url.pathname + url.hash });
      if (weighed && isOld) box.told(reading);
      if (!weighed || isOld) continue;
      if ('againMs' in weighed) {
        againMs = Math.min(againMs, weighed.againMs);
        continue;
      }
      isNew = true;
      box.told(reading);
      void tellBackground({ from: 'page', siteId: taughtSiteId(recipe.id), reading }).then((isTaken) => {
        if (isTaken) refusals = 0;
        else if (isHeard()) {
          box.refused(Date.now() + retryAfterMs(refusals++));
          looks.called();
        } else stop();
      });
    }
    return Number.isFinite(againMs) ? { isNew, againMs } : { isNew };
  };
  const looks = settling(look, {
    now: () => Date.now(),
    after: (ms, job) => setTimeout(job, ms),
    cancel: (timer) => clearTimeout(timer as number),
  });
  const unwatch = watchPage(window, {
    changed: () => {
      age.changed();
      looks.changed();
    },
    called: () => {
      age.called();
      looks.called();
    },
    deafForMs: looks.deafForMs,
  });
  const stop = (): void => {
    looks.stop();
    unwatch();
  };
  return stop;
}
