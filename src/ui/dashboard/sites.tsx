/** 网页: every page that is read, what the last look at it gave, and what the owner taught. */
import { useState } from 'preact/hooks';
import type { SiteState } from '../../app/ports.ts';
import { type Recipe, taughtSiteId } from '../../core/recipe.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { ActButton } from '../parts/act-button.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { SitesFiles } from './sites-files.tsx';
import { SitesRecipe } from './sites-recipe.tsx';

export interface ListedSite {
  readonly id: string;
  readonly title: string;
  /** Match patterns that the browser has to allow. */
  readonly patterns: readonly string[];
  /** Read only once it is allowed here, and not confirmed on a real page yet. */
  readonly isOptional: boolean;
}

export function Sites(props: DashboardProps) {
  const { view, words, ask, sites, allow, openBills } = props;
  const [deleted, setDeleted] = useState<Recipe | null>(null);
  const nameOf = (site: ListedSite): string => words.site(site.id, site.title);
  const remove = (recipe: Recipe): void => {
    setDeleted(recipe);
    void ask({ do: 'recipe-remove', id: recipe.id });
  };
  const undo = (recipe: Recipe): void => {
    setDeleted(null);
    void ask({ do: 'recipes', recipes: [recipe] });
  };
  return (
    <>
      <section aria-labelledby="sites-built-in">
        <h3 id="sites-built-in">{words.say('sitesBuiltIn')}</h3>
        <ul class="plain sites">
          {sites
            .filter((site) => !site.isOptional)
            .map((site) => (
              <li key={site.id}>
                <b class="title">{nameOf(site)}</b>
                <LastLook {...props} siteId={site.id} />
                <p class="acts">
                  {isShut(view.sites, site.id) && (
                    <ActButton
                      {...{ words, of: nameOf(site) }}
                      text={words.say('siteAllow')}
                      class="main"
                      onClick={() => void allow(site.patterns)}
                    />
                  )}
                  <ActButton
                    {...{ words, of: nameOf(site) }}
                    text={words.say('siteOpen')}
                    onClick={() => openBills(site.id)}
                  />
                </p>
              </li>
            ))}
        </ul>
      </section>
      <section aria-labelledby="sites-optional">
        <h3 id="sites-optional">{words.say('sitesOptional')}</h3>
        <p class="quiet">{words.say('sitesOptionalText')}</p>
        <ul class="plain sites">
          {sites
            .filter((site) => site.isOptional)
            .map((site) => (
              <OptionalSite key={site.id} {...props} site={site} />
            ))}
        </ul>
      </section>
      <section aria-labelledby="sites-taught">
        <h3 id="sites-taught">{words.say('sitesTaught')}</h3>
        {view.recipes.length === 0 && <p>{words.say('sitesNone')}</p>}
        <p role="status" class={deleted ? 'undo' : ''}>
          {deleted && (
            <>
              {words.say('siteDeleted', deleted.title)}{' '}
              <button type="button" onClick={() => undo(deleted)}>
                {words.say('actionUndo')}
              </button>
            </>
          )}
        </p>
        <ul class="plain sites">
          {view.recipes.map((recipe) => (
            <SitesRecipe key={recipe.id} {...props} recipe={recipe} remove={() => remove(recipe)}>
              <LastLook {...props} siteId={taughtSiteId(recipe.id)} />
            </SitesRecipe>
          ))}
        </ul>
        <SitesFiles {...props} />
      </section>
    </>
  );
}

/** Asked for until it was read; asked for again once the browser no longer allows it. */
function OptionalSite({ site, ...props }: DashboardProps & { readonly site: ListedSite }) {
  const { view, words, allow, openBills } = props;
  const [isGranted, setGranted] = useState(false);
  const named = { words, of: words.site(site.id, site.title) };
  const wasRead = view.sites.some(({ siteId, billsReadAt }) => siteId === site.id && billsReadAt !== null);
  const isAllowed = isGranted || (wasRead && !view.closed.some(({ siteId }) => siteId === site.id));
  return (
    <li>
      <p class="acts">
        <b class="title">{named.of}</b> <span class="remark">{words.say('siteUnconfirmed')}</span>
      </p>
      <LastLook {...props} siteId={site.id} />
      <p class="acts">
        {!isAllowed && (
          <ActButton
            {...named}
            text={words.say('siteAllowThis')}
            onClick={() => void allow(site.patterns).then(setGranted)}
          />
        )}
        <ActButton {...named} text={words.say('siteOpen')} onClick={() => openBills(site.id)} />
      </p>
    </li>
  );
}

export function isShut(states: readonly SiteState[], siteId: string): boolean {
  return states.some((state) => state.siteId === siteId && state.kind === 'no-access');
}

/** What the last look met and when; bills keep the moment and the reader of their own last reading. */
function LastLook({ view, words, siteId }: DashboardProps & { readonly siteId: string }) {
  const states = view.sites.filter((state) => state.siteId === siteId);
  if (states.length === 0) return <p class="quiet">{words.say('siteNever')}</p>;
  return (
    <>
      {states.map((state) => {
        const sources = view.allBills.filter((bill) => bill.siteId === siteId && bill.account === state.account);
        const reader = sources.sort((a, b) => b.readAt - a.readAt)[0]?.source;
        return (
          <p class={state.kind === 'bills' ? 'quiet' : 'remark'} key={state.account}>
            {words.say('siteAt', words.say(kindKey(state)), words.moment(state.at))}
            {state.kind === 'bills' && reader && ` · ${words.say(`bySource_${reader}`)}`}
            {state.kind !== 'bills' &&
              state.billsReadAt !== null &&
              ` · ${words.say('siteLastBills', words.moment(state.billsReadAt))}`}
          </p>
        );
      })}
    </>
  );
}

/** Of what cannot be read, what the owner can do something about. */
const SAID_APART: readonly string[] = ['challenge', 'amounts-hidden', 'still-loading', 'page-too-large'];

function kindKey({ siteId, kind, why }: SiteState): MessageKey {
  if (siteId.startsWith(taughtSiteId('')) && kind === 'unreadable' && why === 'layout-unknown')
    return 'siteTaughtUnreadable';
  if (kind === 'unreadable' && SAID_APART.includes(why ?? ''))
    return `siteUnreadable_${why?.replaceAll('-', '_')}` as MessageKey;
  return `siteRead_${kind.replaceAll('-', '_')}` as MessageKey;
}
