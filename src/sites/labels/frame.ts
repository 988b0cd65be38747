/** What makes rows and columns: a `table`, or plain elements whose rows have as many children as their header. */
import { nodeOf, type Token } from './tokens.ts';
import { type ColumnOf, type ColumnsOf, hasSpans, ownIndex } from './tree.ts';

export interface Frame {
  /** The row that holds the labels. */
  readonly header: Element;
  /** The cell around a token; null outside of the frame. Its parent is the row. */
  cellOf(token: Token): Element | null;
  readonly columnOf: ColumnOf;
}

/** So far up from a text its cell is looked for. */
const MAX_CLIMB = 8;
/** More children than a row has; counting them all would cost more than looking. */
const MAX_CHILDREN = 100;

/** The frame in whose header the label at `start` stands; null when it stands in none. */
export function frameAt(tokens: readonly Token[], start: number, columnsOf: ColumnsOf): Frame | null {
  const label = tokens[start] as Token;
  const row = label.piece.cell?.parentElement;
  if (row) return row.children[MAX_CHILDREN] ? null : tableFrame(row, columnsOf);
  const next = tokens.slice(start + 1, start + 4).find(({ is }) => is.kind !== 'noise');
  return next?.is.kind === 'label' ? plainFrame(nodeOf(label), nodeOf(next)) : null;
}

/** A header may have a table of its own above the one with the rows (so that it stays in view). */
function tableFrame(header: Element, columnsOf: ColumnsOf): Frame | null {
  const table = header.closest('table');
  if (!table) return null;
  const columnsIn = (row: Element): ColumnOf => {
    // Nothing above reaches into the first row: to read a header, the cells below need not be searched for spans.
    if (row === header && row === table.querySelector('tr') && !hasSpans(row)) return ownIndex;
    return columnsOf(row.closest('table') ?? table);
  };
  // A row is asked for cell after cell, and answers as before.
  let last: Element | null = null;
  let isIn = false;
  let columns: ColumnOf | null = null;
  const enter = (row: Element): void => {
    if (row === last) return;
    last = row;
    isIn = table.contains(row) || widthOf(row) === widthOf(header);
    columns = null;
  };
  return {
    header,
    cellOf({ piece: { cell } }) {
      const row = cell?.parentElement;
      if (!row) return null;
      enter(row);
      return isIn ? cell : null;
    },
    columnOf(cell) {
      const row = cell.parentElement as Element;
      enter(row);
      columns ??= columnsIn(row);
      return columns(cell);
    },
  };
}

function plainFrame(first: Node, second: Node): Frame | null {
  let header = first.parentElement;
  for (let steps = 0; header && !header.contains(second); steps++) {
    if (steps > MAX_CLIMB) return null;
    header = header.parentElement;
  }
  if (!header || header.childNodes.length > MAX_CHILDREN) return null;
  const width = widthOf(header);
  if (width < 2) return null;
  const name = header.localName;
  return {
    header,
    cellOf(token) {
      let cell = nodeOf(token).parentElement;
      for (let steps = 0; cell && steps < MAX_CLIMB; steps++, cell = cell.parentElement) {
        const row: Element | null = cell.parentElement;
        const isRow = row?.localName === name && row.childNodes.length <= MAX_CHILDREN && widthOf(row) === width;
        if (isRow) return cell;
      }
      return null;
    },
    columnOf: (cell) => cellsOf(cell.parentElement as Element).indexOf(cell),
  };
}

/** A script or a style that somebody put into a row is no cell of it. */
function cellsOf(row: Element): Element[] {
  return Array.from(row.children).filter(
    ({ localName }) => !/^(?:script|style|template|noscript|link)$/.test(localName),
  );
}

function widthOf(row: Element): number {
  return row.children[MAX_CHILDREN] ? Number.POSITIVE_INFINITY : cellsOf(row).length;
}
