/** Which labels make one bill: the largest containers in which no field comes twice. */
import type { Bound, Row } from './grid.ts';
import { pathOf, sharedDepth } from './tree.ts';
import type { Field } from './vocabulary.ts';

/** Fields that a bill has once; a second one begins another bill. */
const ONCE = new Set<Field>(['due', 'statement', 'cycle', 'minimum', 'left', 'owed', 'total']);

interface Placed {
  readonly bound: Bound;
  /** How many nodes hold both this label and the one before. */
  readonly depth: number;
}

/** Not kept with its label: as many as a page may have, each with all that holds it, would not fit into memory. */
const pathTo = ({ bound: { node } }: Placed): readonly Node[] => (node ? pathOf(node) : []);

/** The bills of loose labels, in page order. `settledNodes`: words of payment, each counted to the bill that holds it. */
export function groupBounds(bounds: readonly Bound[], settledNodes: readonly Node[]): Row[] {
  let before: readonly Node[] = [];
  const placed = bounds
    .filter(({ field }) => field !== 'other')
    .map((bound): Placed => {
      const path = pathTo({ bound, depth: 0 });
      const depth = sharedDepth(before, path);
      before = path;
      return { bound, depth };
    });
  const groups = placed.length ? split(placed) : [];
  const isSettled = settledOf(groups, settledNodes);
  return groups.map((group, at) => ({ bounds: group.map(({ bound }) => bound), isSettled: isSettled[at] as boolean }));
}

function isRepeating(group: readonly Placed[]): boolean {
  const seen = new Set<Field>();
  for (const { bound } of group) {
    if (!ONCE.has(bound.field)) continue;
    if (seen.has(bound.field)) return true;
    seen.add(bound.field);
  }
  return false;
}

function split(group: readonly Placed[]): Placed[][] {
  if (group.length < 2 || !isRepeating(group)) return [[...group]];
  const [head, ...others] = group as [Placed, ...Placed[]];
  const outer = others.reduce((least, { depth }) => Math.min(least, depth), Number.POSITIVE_INFINITY);
  const segments: Placed[][] = [[head]];
  for (const placed of others) {
    if (placed.depth === outer) segments.push([]);
    segments.at(-1)?.push(placed);
  }
  const found: Placed[][] = [];
  let run: Placed[] = [];
  const seen = new Set<Field>();
  const close = (): void => {
    if (run.length) found.push(run);
    run = [];
    seen.clear();
  };
  for (const segment of segments) {
    const [one, ...more] = segment as [Placed, ...Placed[]];
    if (more.length) {
      close();
      for (const group of split(segment)) found.push(group);
      continue;
    }
    // Labels that stand side by side, with no container of their own for each bill.
    if (seen.has(one.bound.field)) close();
    if (ONCE.has(one.bound.field)) seen.add(one.bound.field);
    run.push(one);
  }
  close();
  return found;
}

/** A word of payment settles the one bill whose own record holds it: its container, or the box around its one line. */
function settledOf(groups: readonly (readonly Placed[])[], nodes: readonly Node[]): boolean[] {
  const isSettled = groups.map(() => false);
  if (!nodes.length) return isSettled;
  const boxes = groups.map(boxOf);
  const holders = new Map<Node, number>();
  groups.forEach((group, at) => {
    for (const placed of group)
      for (const node of pathTo(placed)) holders.set(node, (holders.get(node) ?? at) === at ? at : SEVERAL);
  });
  const controls = new Map<Node, boolean>();
  for (const node of nodes) {
    const path = pathOf(node);
    for (const at of path) if (!controls.has(at)) controls.set(at, isControl(at));
    if (path.some((at) => controls.get(at))) continue;
    const nearest = path.findLast((at) => holders.has(at));
    const owner = (nearest && holders.get(nearest)) ?? SEVERAL;
    if (path.includes(boxes[owner] as Node)) isSettled[owner] = true;
  }
  return isSettled;
}

const SEVERAL = -1;

const INLINE = /^(?:a|b|bdi|em|font|i|label|mark|small|span|strong|sub|sup|time|u)$/;
const PAGE = /^(?:body|html|main|form)$/;

/** What holds a bill's labels; around a bill of one line, the box of that line. */
function boxOf(group: readonly Placed[]): Node | undefined {
  const first = pathTo(group[0] as Placed);
  let depth = group.reduce((least, placed) => Math.min(least, sharedDepth(first, pathTo(placed))), first.length);
  const isLine = (node: Node | undefined): boolean => node?.nodeType === 3 || INLINE.test(nameOf(node));
  let box = first[depth - 1];
  const isOneLine = isLine(box) || first.length === depth + 1;
  while (isLine(box)) box = first[--depth - 1];
  // A box around one box alone is no more than that box.
  while (isOneLine && isAlone(first[depth - 2] as Element | undefined)) depth--;
  const around = first[depth - 2];
  return isOneLine && around && !PAGE.test(nameOf(around)) ? around : box;
}

function isAlone(box: Element | undefined): boolean {
  return !!box?.firstElementChild && box.firstElementChild === box.lastElementChild;
}

function nameOf(node: Node | undefined): string {
  return node?.nodeType === 1 ? (node as Element).localName : '';
}

/** A tab, a filter, a link, the foot of the page: words to choose by, not words about a bill. */
function isControl(node: Node): boolean {
  if (node.nodeType !== 1) return false;
  const element = node as Element;
  if (/^(?:a|button|nav|footer|aside|option|label)$/.test(element.localName)) return true;
  const marks = `${element.getAttribute('class') ?? ''} ${element.getAttribute('role') ?? ''}`;
  return /(?:^|[\s_-])(?:tabs?|tab-?(?:item|list|bar|nav)|nav|filters?|menu|footer|banner|advert)(?:$|[\s_-])/i.test(
    marks,
  );
}
