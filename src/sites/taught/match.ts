/** The values that an anchor means, and how values that belong together become one bill. */

import type { Anchor, Near, Recipe } from '../../core/recipe.ts';
import { cellOf, pathOf, sharedDepth } from '../labels/tree.ts';
import { isNear } from './near.ts';
import type { Page, Spot } from './spots.ts';
import { wordsOf } from './words.ts';

export interface Match {
  readonly due: Spot | null;
  readonly amount: Spot | null;
  readonly minimum: Spot | null;
}

/** A page with more is no bill page (`messages/page.ts` takes as many). */
const MOST_MATCHES = 1000;
/** Without rows of a table or list, every day is held against every amount. */
const MOST_LOOSE = 200;
const PATH_STEPS = 4;

/** `span:2`, `div:1` … : the value's element first. */
export function pathIn(spot: Spot): string[] {
  const path: string[] = [];
  for (let at = spot.node.parentElement; at && path.length < PATH_STEPS; at = at.parentElement) {
    const place = at.parentElement ? [...at.parentElement.children].indexOf(at) + 1 : 1;
    path.push(`${at.localName}:${place}`);
  }
  return path;
}

export function containerOf(spot: Spot): Element | null {
  return spot.node.parentElement?.closest('tr, li') ?? null;
}

/** How many values after the day the amount stands; negative: before it. */
export function apart(page: Page, due: Spot, amount: Spot): number {
  return page.spots.indexOf(amount) - page.spots.indexOf(due);
}

function isFarther(now: number, taught: number): boolean {
  return Math.sign(now) !== Math.sign(taught) || Math.abs(now) > Math.abs(taught);
}

/** All values of this kind beside the anchor's first words: a list that repeats them gives several. */
export function matchesOf(page: Page, anchor: Anchor, kind: 'day' | 'amount'): Spot[] {
  const [first] = anchor.near;
  if (!first) return [];
  return page.spots.filter((spot) => spot.value.kind === kind && isNear(page, spot, first));
}

function isTable(spots: readonly Spot[]): boolean {
  return spots.every((spot) => cellOf(spot.node) !== null);
}

/** One entry for each bill; a value that could belong to two belongs to none. Null: more than any bill page has. */
export function pair(page: Page, recipe: Recipe): Match[] | null {
  const dues = matchesOf(page, recipe.dueDay, 'day');
  const amounts = matchesOf(page, recipe.remaining, 'amount');
  const minimums = recipe.minimum ? matchesOf(page, recipe.minimum, 'amount') : [];
  if (dues.length > MOST_MATCHES || amounts.length > MOST_MATCHES) return null;
  if (recipe.together === '' && Math.min(dues.length, amounts.length) > MOST_LOOSE && !isTable(dues)) return null;
  const amountOf = partners(page, recipe, dues, amounts, recipe.remaining);
  const minimumOf = recipe.minimum ? partners(page, recipe, dues, minimums, recipe.minimum) : new Map<Spot, Spot>();
  const found: Match[] = dues.map((due) => ({
    due,
    amount: amountOf.get(due) ?? null,
    minimum: minimumOf.get(due) ?? null,
  }));
  const taken = new Set(amountOf.values());
  const alone = amounts.filter((amount) => !taken.has(amount) && isBillWithoutDay(page, amount, dues, recipe));
  return [...found, ...alone.map((amount) => ({ due: null, amount, minimum: null }))];
}

/** An amount in a row of its own, or nearer to the words of a day than to any day, is a bill whose day is unknown. */
function isBillWithoutDay(page: Page, amount: Spot, dues: readonly Spot[], { together, dueDay }: Recipe): boolean {
  if (!dues.length) return true;
  const own = containerOf(amount);
  if (together !== '') return own?.localName === together && !dues.some((due) => containerOf(due) === own);
  const path = pathOf(amount.node);
  const nearest = Math.max(...dues.map((due) => sharedDepth(path, pathOf(due.node))));
  return labelPaths(page, dueDay.near[0] as Near).some((label) => sharedDepth(label, path) > nearest);
}

function partners(
  page: Page,
  recipe: Recipe,
  dues: readonly Spot[],
  amounts: readonly Spot[],
  anchor: Anchor,
): Map<Spot, Spot> {
  const together = anchor === recipe.remaining ? recipe.together : '';
  const found = new Map<Spot, Spot>();
  const near = anchor.near[0] as Near;
  const isInRows = together !== '' || (near.place === 'head' && dues.every((due) => cellOf(due.node)));
  if (isInRows) return inRows(dues, amounts, anchor);
  const paths = new Map([...dues, ...amounts].map((spot) => [spot, pathOf(spot.node)]));
  const depth = (a: Spot, b: Spot): number => sharedDepth(paths.get(a) as Node[], paths.get(b) as Node[]);
  const labels = labelPaths(page, near);
  const dueLabels = labelPaths(page, recipe.dueDay.near[0] as Near);
  const belongs = (due: Spot, amount: Spot): boolean => {
    if (near.place === 'head' && cellOf(due.node) && containerOf(due) !== containerOf(amount)) return false;
    if (anchor === recipe.remaining && isFarther(apart(page, due, amount), recipe.apart)) return false;
    // Words that stand nearer to one of the two than the other does: each is of a bill that lacks its other half.
    const shared = depth(due, amount);
    const isNearer = (spot: Spot) => (path: Node[]) => sharedDepth(path, paths.get(spot) as Node[]) > shared;
    return !labels.some(isNearer(due)) && !dueLabels.some(isNearer(amount));
  };
  const best = (one: Spot, others: readonly Spot[]): Spot[] => {
    const most = Math.max(...others.map((other) => depth(one, other)));
    return others.filter((other) => depth(one, other) === most);
  };
  for (const due of dues) {
    const near = amounts.length ? best(due, amounts).filter((amount) => best(amount, dues).includes(due)) : [];
    const [only] = one(
      near.filter((amount) => belongs(due, amount)),
      anchor,
    );
    if (only && best(only, dues).length === 1) found.set(due, only);
  }
  return found.size || dues.length < 2 ? found : inTurn(dues, amounts, labels.length);
}

/** Each row or item holds one bill at most: a second day in it, and none of them is told. */
function inRows(dues: readonly Spot[], amounts: readonly Spot[], anchor: Anchor): Map<Spot, Spot> {
  const found = new Map<Spot, Spot>();
  const [dueIn, amountsIn] = [byContainer(dues), byContainer(amounts)];
  for (const [row, [due, ...others]] of dueIn) {
    const [only] = row && !others.length ? one(amountsIn.get(row) ?? [], anchor) : [];
    if (due && only) found.set(due, only);
  }
  return found;
}

function byContainer(spots: readonly Spot[]): Map<Element | null, Spot[]> {
  const found = new Map<Element | null, Spot[]>();
  for (const spot of spots) {
    const row = containerOf(spot);
    found.set(row, [...(found.get(row) ?? []), spot]);
  }
  return found;
}

/** Of several values beside the same words the one at the taught place; none when that is not told either. */
function one(spots: readonly Spot[], anchor: Anchor): Spot[] {
  if (spots.length < 2) return [...spots];
  const placed = spots.filter((spot) => pathIn(spot).join() === anchor.path.join());
  return placed.length === 1 ? placed : [];
}

/** Flat lists, with no container for each bill: day, amount, day, amount …, and no label without its value. */
function inTurn(dues: readonly Spot[], amounts: readonly Spot[], labels: number): Map<Spot, Spot> {
  const found = new Map<Spot, Spot>();
  if (dues.length !== amounts.length || (labels > 0 && labels !== amounts.length)) return found;
  const isDayFirst = (dues[0] as Spot).line <= (amounts[0] as Spot).line;
  const rest = isDayFirst ? [dues, amounts] : [amounts, dues];
  const order = dues.flatMap((_, at) => rest.map((spots) => (spots[at] as Spot).line));
  if (order.some((line, at) => at > 0 && line < (order[at - 1] as number))) return found;
  for (const [at, due] of dues.entries()) found.set(due, amounts[at] as Spot);
  return found;
}

/** Where the anchor's words stand as a line or cell of their own, with or without a value. */
function labelPaths(page: Page, near: Near): Node[][] {
  if (near.place === 'head') return [];
  return page.lines.flatMap((line) => {
    const isLabel = wordsOf(line.text.slice(0, line.values[0]?.start)) === near.words;
    return isLabel ? [pathOf(line.nodes[0] as Node)] : [];
  });
}
