/** From what the owner points at to a recipe, tried at once on the same page. */
import type { Day } from '../../core/day.ts';
import type { ReadBill } from '../../core/reading.ts';
import { type Anchor, pathPatternOf, RECIPE_VERSION, type RecipeDraft } from '../../core/recipe.ts';
import { apart, containerOf, pathIn } from './match.ts';
import { nearOf } from './near.ts';
import { readTaught } from './read.ts';
import type { Page, Spot } from './spots.ts';
import { wordsOf } from './words.ts';

export type Step = 'dueDay' | 'remaining' | 'minimum';

export interface Picks {
  readonly dueDay: Spot;
  readonly remaining: Spot;
  readonly minimum: Spot | null;
}

/** Words of the vocabulary that make a value the likely one for a step: such values are offered first. */
const LIKELY: Record<Step, RegExp> = {
  dueDay: /还款.*[日时]|到期|截止|缴款/,
  remaining: /(?:剩余|应还|待还|欠款|未还)(?!.*最低)/,
  minimum: /最低|最少|最小/,
};
const UNLIKELY = /最低|最少|最小|额度|已还/;
const MOST_NEAR = 2;
const MOST_APART = 1000;

export interface Candidate {
  readonly spot: Spot;
  /** The words beside it, as the recipe would keep them; empty: it cannot be found again. */
  readonly words: string;
}

/** What can be pointed at in this step: the likely ones first, otherwise in page order. */
export function candidatesFor(page: Page, step: Step): Candidate[] {
  const kind = step === 'dueDay' ? 'day' : 'amount';
  const all = page.spots
    .filter((spot) => spot.value.kind === kind)
    .map((spot) => ({ spot, words: nearOf(page, spot)[0]?.words ?? '' }));
  const isLikely = ({ words }: Candidate): boolean =>
    LIKELY[step].test(words) && (step !== 'remaining' || !UNLIKELY.test(words));
  return [...all.filter(isLikely), ...all.filter((one) => !isLikely(one))];
}

/** Null: no words stand near, so it could not be told from any other value. */
export function anchorOf(page: Page, spot: Spot): Anchor | null {
  const near = nearOf(page, spot).slice(0, MOST_NEAR);
  return near.length ? { near, path: pathIn(spot) } : null;
}

export function recipeFrom(page: Page, url: URL, title: string, picks: Picks): RecipeDraft | null {
  const dueDay = anchorOf(page, picks.dueDay);
  const remaining = anchorOf(page, picks.remaining);
  const minimum = picks.minimum && anchorOf(page, picks.minimum);
  if (!dueDay || !remaining || (picks.minimum && !minimum)) return null;
  const container = containerOf(picks.dueDay);
  const isTogether = container !== null && container === containerOf(picks.remaining);
  return {
    version: RECIPE_VERSION,
    origin: url.origin,
    pathPattern: pathPatternOf(url),
    title,
    dueDay,
    remaining,
    ...(minimum ? { minimum } : {}),
    together: isTogether ? (container.localName as 'tr' | 'li') : '',
    apart: Math.max(-MOST_APART, Math.min(MOST_APART, apart(picks.dueDay, picks.remaining))),
  };
}

/** The bills that the recipe reads here; empty unless one of them is exactly what was pointed at. */
export function tryRecipe(document: Document, recipe: RecipeDraft, picks: Picks, today: Day): readonly ReadBill[] {
  const reading = readTaught(document, { ...recipe, id: 'trial', taughtAt: 0 }, today);
  if (reading.kind !== 'bills') return [];
  const { dueDay, remaining, minimum } = picks;
  const isPicked = (bill: ReadBill): boolean =>
    dueDay.value.kind === 'day' &&
    bill.dueDay === dueDay.value.day &&
    remaining.value.kind === 'amount' &&
    bill.remainingFen === remaining.value.fen &&
    (minimum === null || (minimum.value.kind === 'amount' && bill.minimumFen === minimum.value.fen));
  return reading.bills.some(isPicked) ? reading.bills : [];
}

/** A name to begin with: the last part of the page's title is most often the lender. No digit stays. */
export function titleFor(pageTitle: string, url: URL): string {
  const parts = pageTitle.split(/[-_|–—·•]/).map((part) => wordsOf(part).replace(/0/g, ''));
  return parts.filter(Boolean).at(-1)?.slice(0, MOST_TITLE) || url.hostname;
}

const MOST_TITLE = 20;
