/** Where texts stand to each other in the page's tree. */

const MAX_CLIMB = 600;

function parentOf(node: Node): Node | null {
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

export function ownIndex(cell: Element): number {
  return (cell as HTMLTableCellElement).cellIndex;
}

/** Tells the column of a table's cells, spans over columns and rows counted. */
export function columnsOf(table: Element): (cell: Element) => number {
  if (!hasSpans(table)) return ownIndex;
  const columns = new Map<Element, number>();
  const busyUntil: number[] = [];
  [...(table as HTMLTableElement).rows].forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while ((busyUntil[x] ?? 0) > y) x++;
      columns.set(cell, x);
      const until = y + spanOf(cell, 'rowspan');
      for (let width = spanOf(cell, 'colspan'); width > 0; width--) busyUntil[x++] = until;
    }
  });
  return (cell) => columns.get(cell) ?? -1;
}

function spanOf(cell: Element, name: string): number {
  const span = cell.getAttribute(name);
  return span && /^[1-9]\d{0,2}$/.test(span) ? Number(span) : 1;
}
