/** Which labels make one bill: the largest containers in which no field comes twice. */
import type { Bound, Row } from './grid.ts';
import { parentOf } from './tree.ts';
import { type Field, STATUS_TAB } from './vocabulary.ts';

/** Fields that a bill has once; a second one begins another bill. */
const ONCE: readonly Field[] = ['due', 'statement', 'cycle', 'minimum', 'left', 'owed', 'total'];

interface Placed {
  readonly bound: Bound;
  /** How many nodes hold both this label and the one before. */
  readonly depth: number;
}

/** The bills of loose labels, in page order. `settledNodes`: words of payment, each counted to the bill that holds it. */
export function groupBounds(bounds: readonly Bound[], settledNodes: readonly Node[]): Row[] {
  const enter = walk();
  // Beside amounts that have their labels, `未还` alone is a word to choose by, or one whose amount is hidden.
  const hasAmount = bounds.some(({ value }) => value && !('day' in value));
  const isWord = ({ value, node }: Bound): boolean =>
    hasAmount && !value && STATUS_TAB.test(node?.nodeValue?.trim() ?? '');
  const placed = bounds
    .filter((bound) => bound.field !== 'other' && !isWord(bound))
    .map((bound): Placed => ({ bound, depth: enter(bound.node).depth }));
  const word = bounds.filter(isWord).slice(0, 1);
  const groups = placed.length ? split(placed) : [];
  const isSettled = settledOf(groups, settledNodes);
  return groups.map((group, at) => ({
    bounds: [...group.map(({ bound }) => bound), ...word],
    isSettled: isSettled[at] as boolean,
  }));
}

/**
 * Goes from label to label in page order. Only what does not hold the one before is walked through, so that all of them
 * cost the page once: a path from the top for each would cost it once for every label.
 */
function walk(): (node: Node | null) => { readonly depth: number; readonly path: readonly Node[] } {
  const path: Node[] = [];
  const depths = new Map<Node, number>();
  return (node) => {
    const added: Node[] = [];
    let at = node;
    for (; at && !depths.has(at); at = parentOf(at)) added.push(at);
    const depth = at ? (depths.get(at) as number) : 0;
    while (path.length > depth) depths.delete(path.pop() as Node);
    while (added.length) depths.set(added.at(-1) as Node, path.push(added.pop() as Node));
    return { depth, path };
  };
}

/** Labels that nothing narrower holds together, in page order. */
interface Holder {
  readonly depth: number;
  readonly parts: (Holder | Placed)[];
  /** Which fields of `ONCE` it has, and whether one of them twice. */
  fields: number;
  isRepeating: boolean;
}

function put(holder: Holder, part: Holder | Placed): void {
  const { fields, isRepeating } = 'parts' in part ? part : { fields: bitOf(part), isRepeating: false };
  holder.isRepeating ||= isRepeating || (holder.fields & fields) !== 0;
  holder.fields |= fields;
  holder.parts.push(part);
}

function bitOf({ bound: { field } }: Placed): number {
  return (1 << (ONCE.indexOf(field) + 1)) & ~1;
}

function holderOf(placed: readonly Placed[]): Holder | Placed {
  const open: Holder[] = [];
  let last: Holder | Placed = placed[0] as Placed;
  const close = (depth: number): void => {
    for (let holder = open.at(-1); holder && holder.depth > depth; holder = open.at(-1)) {
      put(holder, last);
      last = open.pop() as Holder;
    }
  };
  for (const one of placed.slice(1)) {
    close(one.depth);
    if (open.at(-1)?.depth !== one.depth) open.push({ depth: one.depth, parts: [], fields: 0, isRepeating: false });
    put(open.at(-1) as Holder, last);
    last = one;
  }
  close(-1);
  return last;
}

function labelsIn(part: Holder | Placed, found: Placed[] = []): Placed[] {
  if ('parts' in part) for (const one of part.parts) labelsIn(one, found);
  else found.push(part);
  return found;
}

function split(placed: readonly Placed[]): Placed[][] {
  const found: Placed[][] = [];
  const enter = (part: Holder | Placed): void => {
    if (!('parts' in part) || !part.isRepeating) {
      found.push(labelsIn(part));
      return;
    }
    let run: Placed[] = [];
    let fields = 0;
    const close = (): void => {
      if (run.length) found.push(run);
      run = [];
      fields = 0;
    };
    for (const one of part.parts) {
      if ('parts' in one) {
        close();
        enter(one);
        continue;
      }
      // Labels that stand side by side, with no container of their own for each bill.
      if (fields & bitOf(one)) close();
      fields |= bitOf(one);
      run.push(one);
    }
    close();
  };
  enter(holderOf(placed));
  return found;
}

/** A word of payment settles the one bill whose own record holds it: its container, or the box around its one line. */
function settledOf(groups: readonly (readonly Placed[])[], nodes: readonly Node[]): boolean[] {
  const isSettled = groups.map(() => false);
  if (!nodes.length) return isSettled;
  const enter = walk();
  const boxes: number[] = [];
  /** Whose labels it holds, and how deep it stands. */
  const holders = new Map<Node, { owner: number; readonly depth: number }>();
  groups.forEach((group, owner) => {
    for (const label of group) {
      const { depth, path } = enter(label.bound.node);
      if (label === group[0]) boxes.push(boxDepthOf(path, group));
      path.slice(depth).forEach((node, at) => void holders.set(node, { owner, depth: depth + at + 1 }));
      // What holds labels of several bills is held by nothing else.
      for (let at = depth - 1; at >= 0; at--) {
        const holder = holders.get(path[at] as Node);
        if (!holder || holder.owner === owner || holder.owner === SEVERAL) break;
        holder.owner = SEVERAL;
      }
    }
  });
  const isIn = climbing((node, above: boolean) => above || isControl(node), false);
  const nearest = climbing(
    (node, above: { owner: number; depth: number } | undefined) => holders.get(node) ?? above,
    undefined,
  );
  for (const node of nodes) {
    const holder = nearest(node);
    if (!holder || holder.owner === SEVERAL || isIn(node)) continue;
    // Both hold a label of this bill, so one of them holds the other.
    if ((boxes[holder.owner] as number) <= holder.depth) isSettled[holder.owner] = true;
  }
  return isSettled;
}

/** What is known of a node from what holds it; each node is asked once. */
function climbing<T>(tell: (node: Node, above: T) => T, top: T): (node: Node) => T {
  const known = new Map<Node, T>();
  return (node) => {
    const path: Node[] = [];
    let at: Node | null = node;
    for (; at && !known.has(at); at = parentOf(at)) path.push(at);
    let told = at ? (known.get(at) as T) : top;
    for (const one of path.reverse()) {
      told = tell(one, told);
      known.set(one, told);
    }
    return told;
  };
}

const SEVERAL = -1;

const INLINE = /^(?:a|b|bdi|em|font|i|label|mark|small|span|strong|sub|sup|time|u)$/;
const PAGE = /^(?:body|html|main|form)$/;

/** How deep what holds a bill's labels stands; around a bill of one line, the box of that line. */
function boxDepthOf(first: readonly Node[], group: readonly Placed[]): number {
  let depth = group.reduce((least, placed, at) => (at ? Math.min(least, placed.depth) : least), first.length);
  const isLine = (node: Node | undefined): boolean => node?.nodeType === 3 || INLINE.test(nameOf(node));
  let box = first[depth - 1];
  const isOneLine = isLine(box) || first.length === depth + 1;
  while (isLine(box)) box = first[--depth - 1];
  const own = depth;
  // A box around one box alone is no more than that box.
  while (isOneLine && isAlone(first[depth - 2] as Element | undefined)) depth--;
  const around = first[depth - 2];
  return isOneLine && around && !PAGE.test(nameOf(around)) ? depth - 1 : own;
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
