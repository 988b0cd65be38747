/** The background's part in teaching: the overlay starts once the owner allowed the page, and what is taught is read. */
import type { Ports } from '../app/ports.ts';
import { patternOf } from '../app/site-address.ts';
import { keepTaught, readOptionalSites, readTaughtSites } from '../app/teach-site.ts';
import type { Sender } from '../browser/messages.ts';
import { putScript } from '../browser/registered-script.ts';
import { siteAccess } from '../browser/site-permissions.ts';
import { forgetIntention, intend, intended } from '../browser/teaching.ts';
import { type Recipe, recipeIdOf } from '../core/recipe.ts';
import type { TaughtMessage } from '../messages/recipe.ts';
import { oneAtATime } from './in-turn.ts';

/** Two at once would register one script twice, or what was known before the other. */
const inTurn = oneAtATime();

export function refreshTaught(ports: Ports): Promise<void> {
  return inTurn(async () => {
    await readTaughtSites(ports, siteAccess);
    await readOptionalSites(siteAccess);
  });
}

/** From the popup's click. Where the page is allowed already, no further event comes: the overlay starts at once. */
export async function wantTeaching(ports: Ports, tabId: number, origin: string): Promise<void> {
  await intend({ tabId, origin, at: ports.clock.now() });
  await beginTeaching(ports);
}

/** The popup closes when the browser asks its question: the answer arrives as the browser's own event. */
export async function beginTeaching(ports: Ports): Promise<void> {
  const teaching = await intended(ports.clock.now());
  if (!teaching || teaching.hasBegun || !(await siteAccess.has([patternOf(teaching.origin)]))) return;
  // Whatever else the owner allows in the next minutes opens no second one.
  await intend({ ...teaching, hasBegun: true });
  await putScript(teaching.tabId, 'teach.js').catch(() => ports.log.warn('teaching-not-started'));
}

/** Only the tab in which the owner is teaching may save, and only for its own origin. */
export async function answerTaught(
  ports: Ports,
  message: TaughtMessage,
  sender: Extract<Sender, { kind: 'content-script' }>,
): Promise<readonly Recipe[] | { ok: boolean }> {
  const { origin } = sender.url;
  if (message.do === 'recipes') return (await ports.store.recipes()).filter((recipe) => recipe.origin === origin);
  const teaching = await intended(ports.clock.now());
  const isTaughtHere = teaching?.tabId === sender.tabId && teaching.origin === origin;
  if (!isTaughtHere || message.recipe.origin !== origin) {
    ports.log.warn('recipe-refused');
    return { ok: false };
  }
  await keepTaught(ports, message.recipe);
  await forgetIntention();
  await refreshTaught(ports);
  await putScript(sender.tabId, 'taught.js').catch(() => ports.log.warn('taught-page-not-read'));
  return { ok: true };
}

/** A page that was taught may speak for its own recipe alone. */
export async function isOwnRecipe(ports: Ports, siteId: string, url: URL): Promise<boolean> {
  const id = recipeIdOf(siteId);
  return (
    id !== null && (await ports.store.recipes()).some((recipe) => recipe.id === id && recipe.origin === url.origin)
  );
}
