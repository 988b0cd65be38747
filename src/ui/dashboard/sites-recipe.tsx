/** One taught page: where it is, how each field is found there, and what can be done about it. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Anchor, type Place, type Recipe, taughtSiteId } from '../../core/recipe.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import { ActButton } from '../parts/act-button.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { isShut } from './sites.tsx';

interface SitesRecipeProps extends DashboardProps {
  readonly recipe: Recipe;
  readonly remove: () => void;
  /** What the last look at it gave. */
  readonly children: ComponentChildren;
}

const PLACE: Record<Place, MessageKey> = { head: 'nearHead', before: 'nearBefore', after: 'nearAfter' };

export function SitesRecipe({ recipe, remove, children, view, words, allow, openBills }: SitesRecipeProps) {
  const [isReteaching, setReteaching] = useState(false);
  const siteId = taughtSiteId(recipe.id);
  const named = { words, of: recipe.title };
  const open = (): void => {
    setReteaching(true);
    openBills(siteId);
  };
  return (
    <li>
      <b class="title">{recipe.title}</b>
      <span class="quiet address">{recipe.origin.replace('https://', '') + recipe.pathPattern}</span>
      {children}
      <HowFound recipe={recipe} words={words} />
      <p class="acts">
        {isShut(view.sites, siteId) && (
          <ActButton
            {...named}
            text={words.say('siteAllow')}
            class="main"
            onClick={() => void allow([`${recipe.origin.replace(/:\d+$/, '')}/*`])}
          />
        )}
        <ActButton {...named} text={words.say('siteOpen')} onClick={() => openBills(siteId)} />
        <ActButton {...named} text={words.say('siteReteach')} onClick={open} />
        <ActButton {...named} text={words.say('siteDelete')} onClick={remove} />
      </p>
      {isReteaching && (
        <p class="quiet" role="status">
          {words.say('siteReteachText')}
        </p>
      )}
    </li>
  );
}

export function HowFound({ recipe, words }: { readonly recipe: Recipe; readonly words: Words }) {
  const fields: readonly (readonly [MessageKey, Anchor | undefined])[] = [
    ['columnDueDay', recipe.dueDay],
    ['columnOwed', recipe.remaining],
    ['fieldMinimum', recipe.minimum],
  ];
  return (
    <ul class="plain quiet">
      {fields.map(([field, anchor]) => {
        const near = anchor?.near[0];
        return (
          near && (
            <li key={field}>{words.say('siteField', words.say(field), words.say(PLACE[near.place], near.words))}</li>
          )
        );
      })}
    </ul>
  );
}
