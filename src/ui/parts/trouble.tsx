/** What the last look at a page met, when it was not bills. */
import type { PopupView } from '../../app/popup-view.ts';
import type { SiteState } from '../../app/ports.ts';
import { recipeIdOf } from '../../core/recipe.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';

interface TroubleProps {
  readonly view: Pick<PopupView, 'sites' | 'closed' | 'recipes'>;
  readonly hasBills: boolean;
  readonly words: Words;
}

export function Trouble({ view, hasBills, words }: TroubleProps) {
  return (
    <>
      {view.sites.flatMap((site) => {
        if (view.closed.some(({ siteId }) => siteId === site.siteId)) return [];
        const recipeId = recipeIdOf(site.siteId);
        const recipe = view.recipes.find(({ id }) => id === recipeId);
        const key = recipeId === null ? troubleOf(site, hasBills) : recipe && taughtTrouble(site);
        return key
          ? [
              <p class="trouble" role="status" key={`${site.siteId}/${site.account}`}>
                {words.say(key, ...(recipe ? [recipe.title] : []))}
              </p>,
            ]
          : [];
      })}
    </>
  );
}

function taughtTrouble({ kind, why }: SiteState): MessageKey | null {
  if (kind === 'unreadable')
    return why === 'amounts-hidden' || why === 'still-loading' ? 'taughtHidden' : 'taughtUnreadable';
  return kind === 'signed-out' ? 'taughtSignedOut' : kind === 'no-access' ? 'taughtNoAccess' : null;
}

function troubleOf(site: SiteState, hasBills: boolean): MessageKey | null {
  switch (site.kind) {
    case 'bills':
      return null;
    case 'signed-out':
      return hasBills ? 'popupSignedOut' : 'popupSignedOutEmpty';
    case 'no-account':
      return 'popupNoAccount';
    case 'no-access':
      return 'popupNoAccess';
    case 'unreadable':
      return UNREADABLE[site.why ?? ''] ?? 'popupUnreadable';
  }
}

const UNREADABLE: Readonly<Record<string, MessageKey>> = {
  challenge: 'popupChallenge',
  'amounts-hidden': 'popupHidden',
  'still-loading': 'popupStillLoading',
};
