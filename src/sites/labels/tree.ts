/** Where texts stand to each other in the page's tree. */

const MAX_CLIMB = 600;

export function parentOf(node: Node): Node | null {
  if (node.nodeType === 9) return (node as Document).defaultView?.frameElement ?? null;
  const parent = node.parentNode;
  // A shadow tree hangs from its host.
  return parent && parent.nodeType === 11 ? ((parent as ShadowRoot).host ?? null) : parent;
}

/** The node and what holds it, outermost first. */
export function pathOf(node: Node): Node[] {
  const path: Node[] = [];
  for (let at: Node | null = node; at && path.length < MAX_CLIMB; at = parentOf(at)) path.push(at);
  return path.reverse();
}

/** How many nodes hold both: the larger, the nearer they stand to each other. */
export function sharedDepth(a: readonly Node[], b: readonly Node[]): number {
  let depth = 0;
  while (depth < a.length && depth < b.length && a[depth] === b[depth]) depth++;
  return depth;
}

export interface Meeting {
  /** Up from the first node to what holds both: the fewer, the nearer they stand to each other. */
  readonly steps: number;
  /** What holds the one node and not the other, outermost; absent where it holds both. */
  readonly one: Node | undefined;
  readonly other: Node | undefined;
}

/** Costs the way between the two, however deep they stand. */
export function meet(a: Node, b: Node): Meeting {
  const [ways, seen] = [[[a], [b]] as [Node[], Node[]], [new Map([[a, 0]]), new Map([[b, 0]])]];
  for (let step = 0; step <= MAX_CLIMB; step++) {
    for (const [side, way] of ways.entries()) {
      const at = way[step];
      if (!at) continue;
      const there = seen[1 - side]?.get(at);
      if (there !== undefined) {
        const [one, other] = side ? [there, step] : [step, there];
        return { steps: one, one: ways[0][one - 1], other: ways[1][other - 1] };
      }
      const up = parentOf(at);
      if (!up) continue;
      way.push(up);
      seen[side]?.set(up, step + 1);
    }
  }
  return { steps: ways[0].length, one: ways[0].at(-1), other: ways[1].at(-1) };
}

/** What was found for the element before, else what is found now. */
export function once<T>(known: Map<Element, T>, element: Element, find: (element: Element) => T): T {
  const found = known.get(element) ?? find(element);
  known.set(element, found);
  return found;
}

/** The nearest table cell around the node; null outside of tables. */
export function cellOf(node: Node): Element | null {
  let at = parentOf(node);
  for (let steps = 0; at && steps < 12; steps++, at = parentOf(at)) {
    const name = (at as Element).localName;
    if (name === 'td' || name === 'th') return at as Element;
    if (name === 'table' || name === 'body') return null;
  }
  return null;
}

export function hasSpans(within: Element): boolean {
  return within.querySelector('[colspan],[rowspan]') !== null;
}

/** No row of a bill page has more cells, in a table or of plain elements; what stands farther to the right is in no known column. */
export const MAX_COLUMNS = 100;

export interface ColumnOf {
  /** Below zero: not known. */
  (cell: Element): number;
  /** How many columns the cells of a row fill, with those that reach into it from above. */
  widthOf(row: Element): number;
}
export type ColumnsOf = (table: Element) => ColumnOf;

export const ownIndex: ColumnOf = Object.assign(
  (cell: Element): number =>
    cell.parentElement?.children[MAX_COLUMNS] ? -1 : (cell as HTMLTableCellElement).cellIndex,
  {
    widthOf: ({ children }: Element): number =>
      children[MAX_COLUMNS] ? -1 : Array.from(children).filter(({ localName }) => /^t[dh]$/.test(localName)).length,
  },
);

/** Each table is measured once, however often it is asked for: for one reading, as a page changes between two. */
export function measuring(): ColumnsOf {
  const known = new Map<Element, ColumnOf>();
  return (table) => {
    const columns = known.get(table) ?? columnsOf(table);
    known.set(table, columns);
    return columns;
  };
}

/** Tells the column of a table's cells, spans over columns and rows counted. */
function columnsOf(table: Element): ColumnOf {
  if (!hasSpans(table)) return ownIndex;
  const columns = new Map<Element, number>();
  const widths = new Map<Element, number>();
  const busyUntil: number[] = [];
  [...(table as HTMLTableElement).rows].forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while ((busyUntil[x] ?? 0) > y) x++;
      if (x >= MAX_COLUMNS) break;
      columns.set(cell, x);
      const until = y + spanOf(cell, 'rowspan');
      for (let width = spanOf(cell, 'colspan'); width > 0 && x < MAX_COLUMNS; width--) busyUntil[x++] = until;
    }
    widths.set(row, busyUntil.filter((until) => until > y).length);
  });
  return Object.assign((cell: Element) => columns.get(cell) ?? -1, {
    widthOf: (row: Element) => widths.get(row) ?? -1,
  });
}

function spanOf(cell: Element, name: string): number {
  const span = cell.getAttribute(name);
  return span && /^[1-9]\d{0,2}$/.test(span) ? Number(span) : 1;
}
