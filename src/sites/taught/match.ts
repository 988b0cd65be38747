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
export function apart(due: Spot, amount: Spot): number {
  return amount.at - due.at;
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
  if ([dues, amounts, minimums].some(({ length }) => length > MOST_MATCHES)) return null;
  if (recipe.together === '' && Math.min(dues.length, amounts.length) > MOST_LOOSE && !isTable(dues)) return null;
  const amountOf = partners(page, recipe, dues, amounts, recipe.remaining);
  const minimumOf = recipe.minimum ? partners(page, recipe, dues, minimums, recipe.minimum) : new Map<Spot, Spot>();
  const found: Match[] = dues.map((due) => ({
    due,
    amount: amountOf.get(due) ?? null,
    minimum: minimumOf.get(due) ?? null,
  }));
  const taken = new Set(amountOf.values());
  const isBill = billsWithoutDay(page, dues, recipe);
  const alone = amounts.filter((amount) => !taken.has(amount) && isBill(amount));
  return [...found, ...alone.map((amount) => ({ due: null, amount, minimum: null }))];
}

/** An amount in a row of its own, or nearer to the words of a day than to any day, is a bill whose day is unknown. */
function billsWithoutDay(page: Page, dues: readonly Spot[], { together, dueDay }: Recipe): (amount: Spot) => boolean {
  if (!dues.length) return () => true;
  if (together !== '') {
    const rows = new Set(dues.map(containerOf));
    return (amount) => {
      const own = containerOf(amount);
      return own?.localName === together && !rows.has(own);
    };
  }
  const days = holdersOf(dues);
  const labels = holdersOf(labelsOf(page, dueDay.near[0] as Near));
  return ({ node }) => {
    const path = pathOf(node);
    return depthIn(labels, path) > depthIn(days, path);
  };
}

/** Everything that holds one of them. */
function holdersOf(those: readonly { readonly node: Node }[]): Set<Node> {
  const holders = new Set<Node>();
  for (const { node } of those) for (const holder of pathOf(node)) holders.add(holder);
  return holders;
}

/** How many nodes the path shares with the nearest of those whose holders these are. */
function depthIn(holders: ReadonlySet<Node>, path: readonly Node[]): number {
  let depth = 0;
  while (depth < path.length && holders.has(path[depth] as Node)) depth++;
  return depth;
}

/** A day or an amount among those of the other kind. */
interface Stand {
  readonly spot: Spot;
  readonly path: readonly Node[];
  readonly row: Element | null;
  /** How many nodes it shares with the nearest value of the other kind, and with the nearest words of that kind. */
  readonly most: number;
  readonly label: number;
}

function standsOf(spots: readonly Spot[], others: readonly Spot[], labels: readonly { node: Node }[]): Stand[] {
  const [values, words] = [holdersOf(others), holdersOf(labels)];
  return spots.map((spot) => {
    const path = pathOf(spot.node);
    return { spot, path, row: containerOf(spot), most: depthIn(values, path), label: depthIn(words, path) };
  });
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
  const labels = labelsOf(page, near);
  const days = standsOf(dues, amounts, labels);
  const sums = standsOf(amounts, dues, labelsOf(page, recipe.dueDay.near[0] as Near));
  const belongs = (due: Stand, sum: Stand): boolean => {
    const shared = sharedDepth(due.path, sum.path);
    if (shared !== due.most || shared !== sum.most) return false;
    if (near.place === 'head' && cellOf(due.spot.node) && due.row !== sum.row) return false;
    if (anchor === recipe.remaining && isFarther(apart(due.spot, sum.spot), recipe.apart)) return false;
    // Words that stand nearer to one of the two than the other does: each is of a bill that lacks its other half.
    return due.label <= shared && sum.label <= shared;
  };
  for (const due of days) {
    const mine = sums.filter((sum) => belongs(due, sum));
    const [only] = one(
      mine.map(({ spot }) => spot),
      anchor,
    );
    const sum = mine.find(({ spot }) => spot === only);
    if (sum && days.filter(({ path }) => sharedDepth(path, sum.path) === sum.most).length === 1)
      found.set(due.spot, sum.spot);
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
    const known = found.get(row);
    if (known) known.push(spot);
    else found.set(row, [spot]);
  }
  return found;
}

/** A value is asked for its place once for each other value that it may belong to. */
const paths = new WeakMap<Spot, string>();

/** Of several values beside the same words the one at the taught place; none when that is not told either. */
function one(spots: readonly Spot[], anchor: Anchor): Spot[] {
  if (spots.length < 2) return [...spots];
  const taught = anchor.path.join();
  const placed = spots.filter((spot) => {
    const path = paths.get(spot) ?? pathIn(spot).join();
    paths.set(spot, path);
    return path === taught;
  });
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
function labelsOf(page: Page, near: Near): { node: Node }[] {
  if (near.place === 'head') return [];
  return page.lines.flatMap((line) => {
    const isLabel = wordsOf(line.text.slice(0, line.values[0]?.start)) === near.words;
    return isLabel ? [{ node: line.nodes[0] as Node }] : [];
  });
}
