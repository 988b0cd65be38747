/**
 * A recipe: how the owner showed where a page keeps its due day and its amount. Data only, to be stored, exported and
 * passed between browsers: words that stand near by (digits replaced) and a little structure; no value is ever in it.
 */
import type { Instant } from './day.ts';

export const RECIPE_VERSION = 1;

/** Where the words stand to the value: in the header above, right before it, right after it. */
export const PLACES = ['head', 'before', 'after'] as const;
export type Place = (typeof PLACES)[number];

export interface Near {
  readonly place: Place;
  /** Normalised by `wordsOf`: no space, no punctuation, every digit 0. */
  readonly words: string;
  /** The element that holds the words, by name. */
  readonly tag: string;
}

export interface Anchor {
  /** Best first, at least one: what stands near decides, structure only tells equals apart. */
  readonly near: readonly Near[];
  /** The value's element and what holds it, innermost first: `span:2` is the second child, a span. */
  readonly path: readonly string[];
}

export interface Recipe {
  readonly id: string;
  readonly version: typeof RECIPE_VERSION;
  /** `https://host` */
  readonly origin: string;
  /** The path, `*` for a part with digits; with `#/…` where the page routes by its hash. */
  readonly pathPattern: string;
  /** What the owner calls these bills. */
  readonly title: string;
  readonly dueDay: Anchor;
  readonly remaining: Anchor;
  readonly minimum?: Anchor;
  /** Day and amount stand together in a table row or list item: values of two rows are never one bill. */
  readonly together: 'tr' | 'li' | '';
  /** How many values after the day the amount stood, negative: before it. Farther or on the other side is another bill's. */
  readonly apart: number;
  readonly taughtAt: Instant;
}

/** What the overlay makes; the background gives it a name and a moment. */
export type RecipeDraft = Omit<Recipe, 'id' | 'taughtAt'>;

const TAUGHT = 'taught:';

export function taughtSiteId(recipeId: string): string {
  return TAUGHT + recipeId;
}

/** The recipe's id in `taught:<id>`; null for a site of the list. */
export function recipeIdOf(siteId: string): string | null {
  return siteId.startsWith(TAUGHT) ? siteId.slice(TAUGHT.length) : null;
}

/** The parts of an address that tell which page it is. */
export interface Address {
  readonly origin: string;
  readonly pathname: string;
  readonly hash: string;
}

/** `/bill/2026?user=1` → `/bill/*`: numbers and tokens name an account or a month, not a kind of page. */
export function pathPatternOf(url: Address): string {
  const route = url.hash.startsWith('#/') ? `#${partsOf(url.hash.slice(1).split('?')[0] as string)}` : '';
  return (partsOf(url.pathname) + route).slice(0, 200);
}

function partsOf(path: string): string {
  return path
    .split('/')
    .map((part) => (/\d|^.{33,}$|[*%@]/.test(part) ? '*' : part))
    .join('/');
}

export function recipeFits(recipe: Pick<Recipe, 'origin' | 'pathPattern'>, url: Address): boolean {
  return url.origin === recipe.origin && pathPatternOf(url) === recipe.pathPattern;
}

/** The page to open: as far as the pattern names it. */
export function pageOf({ origin, pathPattern }: Pick<Recipe, 'origin' | 'pathPattern'>): string {
  const known = pathPattern.split('*')[0] as string;
  return origin + (known === pathPattern ? known : known.slice(0, known.lastIndexOf('/') + 1));
}

/** In place. */
export function oldestFirst(recipes: Recipe[]): Recipe[] {
  return recipes.sort((a, b) => a.taughtAt - b.taughtAt || (a.id < b.id ? -1 : 1));
}
