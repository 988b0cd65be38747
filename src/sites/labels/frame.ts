/** What makes rows and columns: a `table`, or plain elements whose rows have as many children as their header. */
import { nodeOf, type Token } from './tokens.ts';
import { type ColumnOf, type ColumnsOf, hasSpans, MAX_COLUMNS, once, ownIndex, pathOf } from './tree.ts';

export interface Frame {
  /** The row that holds the labels. */
  readonly header: Element;
  /** The cell around a token; null outside of the frame. Its parent is the row. */
  cellOf(token: Token): Element | null;
  columnOf(cell: Element): number;
  /** How many columns a row fills. */
  widthOf(row: Element): number;
  /** No rows begin at a label before this token. */
  triedTo: number;
}

/** So far up from a text its cell is looked for. */
const MAX_CLIMB = 8;

/** The frame in whose header the label at `start` stands; null when it stands in none. */
export type FrameAt = (tokens: readonly Token[], start: number) => Frame | null;

/** Each row is measured once, however many labels and values it has: for one reading, as a page changes between two. */
export function framing(columnsOf: ColumnsOf): FrameAt {
  const frames = new Map<Element, Frame | null>();
  const widths = new Map<Element, ReadonlyMap<Element, number>>();
  const cellsIn = (row: Element): ReadonlyMap<Element, number> => {
    const cells = widths.get(row) ?? new Map(cellsOf(row).map((cell, at) => [cell, at]));
    widths.set(row, cells);
    return cells;
  };
  return (tokens, start) => {
    const label = tokens[start] as Token;
    const row = label.piece.cell?.parentElement;
    const next = row ? undefined : tokens.slice(start + 1, start + 4).find(({ is }) => is.kind !== 'noise');
    const header = row ?? (next?.is.kind === 'label' ? holderOf(nodeOf(label), nodeOf(next)) : null);
    if (!header) return null;
    const known = frames.get(header);
    if (known !== undefined) return known;
    const frame = row ? tableFrame(row, columnsOf) : plainFrame(header, cellsIn);
    frames.set(header, frame);
    return frame;
  };
}

/** A header may have a table of its own above the one with the rows (so that it stays in view). */
function tableFrame(header: Element, columnsOf: ColumnsOf): Frame | null {
  const table = header.closest('table');
  if (!table || header.children[MAX_COLUMNS]) return null;
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
    // Above the bar of a table that scrolls, its header has a cell more; then it is all of its own table.
    const more = cellsOf(header).length - cellsOf(row).length;
    const hasBar = more === 1 && !header.lastElementChild?.textContent?.trim();
    isIn = table.contains(row) || !more || (hasBar && (table as HTMLTableElement).rows.length === 1);
    columns = null;
  };
  const columnsOfRow = (row: Element): ColumnOf => {
    enter(row);
    columns ??= columnsIn(row);
    return columns;
  };
  return {
    header,
    triedTo: 0,
    cellOf({ piece: { cell } }) {
      const row = cell?.parentElement;
      if (!row) return null;
      enter(row);
      return isIn ? cell : null;
    },
    columnOf: (cell) => columnsOfRow(cell.parentElement as Element)(cell),
    widthOf: (row) => columnsOfRow(row).widthOf(row),
  };
}

function holderOf(first: Node, second: Node): Element | null {
  let holder = first.parentElement;
  for (let steps = 0; holder && !holder.contains(second); steps++) {
    if (steps > MAX_CLIMB) return null;
    holder = holder.parentElement;
  }
  return holder;
}

/** One figure or day, whose parts may be as many as there are columns. */
const FIGURE = /^[\s\d.,，．年月日号/¥￥$元角分万亿~～–—至到-]{1,14}$/;

function plainFrame(header: Element, cellsIn: (row: Element) => ReadonlyMap<Element, number>): Frame | null {
  const { size } = cellsIn(header);
  if (size < 2) return null;
  const name = header.localName;
  const part = header.firstElementChild?.localName;
  /** The rows of a list may be named otherwise, right behind their header; two of anything are no columns. */
  const isAlike = (row: Element): boolean =>
    row.localName === name ||
    (size > 2 && row.firstElementChild?.localName === part && header.nextElementSibling?.contains(row) === true);
  const holders = new Set<Node>(pathOf(header).slice(0, -1));
  const hasColumns = (row: Element): boolean => cellsIn(row).size === size && isAlike(row) && !holders.has(row);
  const rows = new Map<Element, boolean>();
  /** Its cells may have as many parts; a list of as many rows as there are columns is none. */
  const isRow = (element: Element): boolean =>
    once(rows, element, (row) => hasColumns(row) && ![...cellsIn(row).keys()].every(hasColumns));
  const figures = new Map<Element, boolean>();
  const isFigure = (element: Element): boolean =>
    once(figures, element, (row) => {
      const hasTextsAlone = [...cellsIn(row).keys()].every(({ firstElementChild }) => !firstElementChild);
      return hasTextsAlone && FIGURE.test(row.textContent ?? '');
    });
  return {
    header,
    triedTo: 0,
    cellOf(token) {
      let cell = nodeOf(token).parentElement;
      /** A cell, or a part of a figure that stands in one. */
      let part: Element | null = null;
      for (let steps = 0; cell && steps < MAX_CLIMB; steps++, cell = cell.parentElement) {
        const row: Element | null = cell.parentElement;
        if (!row || !(part ? isRow(row) : hasColumns(row))) continue;
        if (isFigure(row)) part = cell;
        else if (part) return cell;
        else return row.parentElement && isRow(row.parentElement) ? row : cell;
      }
      return part;
    },
    columnOf: (cell) => cellsIn(cell.parentElement as Element).get(cell) ?? -1,
    // Any other row is none of the frame's.
    widthOf: () => size,
  };
}

/** A script or a style that somebody put into a row is no cell of it. None: more than a row has. */
function cellsOf(row: Element): Element[] {
  if (row.children[MAX_COLUMNS]) return [];
  return Array.from(row.children).filter(
    ({ localName }) => !/^(?:script|style|template|noscript|link)$/.test(localName),
  );
}
