/** Which words stand near a value, and whether given words do. The same look is taken when teaching and when reading. */
import type { Near } from '../../core/recipe.ts';
import { BREAK } from '../labels/pieces.ts';
import {
  type ColumnOf,
  type ColumnsOf,
  cellOf,
  MAX_COLUMNS,
  measuring,
  once,
  pathOf,
  sharedDepth,
} from '../labels/tree.ts';
import type { Line, Page, Spot } from './spots.ts';
import { plain } from './values.ts';
import { isLabel, wordsOf } from './words.ts';

/** So many other lines may have come between the words and their value (an advertisement). */
const MOST_BETWEEN = 3;
/** How far up a row of columns is looked for, where the page has no real table. */
const MOST_CLIMB = 4;
const LONGEST_HEADER = 400;
/** `(含利息)` remarks on a value, it does not name it. */
const IN_BRACKETS = /^ *[([【]/;

/** Everything near, best first. Whether words and value share a line may change with any wrapping: it does not count. */
export function nearOf(page: Page, spot: Spot): Near[] {
  const line = page.lines[spot.line] as Line;
  const at = line.values.indexOf(spot.value);
  const head = headOf(page, spot);
  if (spot.isPart) return head && isAlone(page, spot, line, head.cell) ? [head.near] : [];
  const lead = wordsOf(line.text.slice(line.values[at - 1]?.end ?? 0, spot.value.start));
  const found: Near[] = lead ? [{ place: 'before', words: lead, tag: tagOf(line.nodes[0] as Node) }] : [];
  if (head) found.push(head.near);
  const beside = lead ? null : besideOf(page, spot, line, at);
  if (beside) found.push(beside);
  return found;
}

/** What may be a part of an amount is one in a column that has nothing else in this cell. */
function isAlone(page: Page, { value }: Spot, { text }: Line, cell: Element): boolean {
  const all = once(lookAt(page).texts, cell, ({ textContent }) => plain(textContent ?? '').replaceAll(' ', ''));
  return all === text.slice(value.start, value.end).replaceAll(BREAK, '').replaceAll(' ', '');
}

export function isNear(page: Page, spot: Spot, near: Near): boolean {
  if (nearOf(page, spot).some(({ place, words }) => place === near.place && words === near.words)) return true;
  return near.place === 'before' && !spot.isPart && isBeforeWithGap(page, spot, near);
}

/** The words stood right before the value when it was taught; lines of another make may have come between since. */
function isBeforeWithGap(page: Page, spot: Spot, near: Near): boolean {
  const line = page.lines[spot.line] as Line;
  if (line.values[0] !== spot.value || wordsOf(line.text.slice(0, spot.value.start))) return false;
  if (cellOf(spot.node)) return false;
  for (let back = 1; back <= MOST_BETWEEN + 1; back++) {
    const other = page.lines[spot.line - back];
    if (!other || other.values.length) return false;
    if (wordsOf(other.text) === near.words) return true;
    // A line of the same make as the taught words is the label of this value: whatever stands above is another's.
    if (tagOf(other.nodes[0] as Node) === near.tag) return false;
  }
  return false;
}

/** A caption: in the value's own line behind it, or in the neighbouring line that stands nearer in the tree. */
function besideOf(page: Page, spot: Spot, line: Line, at: number): Near | null {
  const rest = line.text.slice(spot.value.end, line.values[at + 1]?.start);
  const tail = IN_BRACKETS.test(rest.replaceAll(BREAK, '')) ? '' : wordsOf(rest);
  const own: Near | null = tail ? { place: 'after', words: tail, tag: tagOf(line.nodes.at(-1) as Node) } : null;
  if (at > 0) return own;
  const before = sideOf(page.lines[spot.line - 1]);
  if (before && isLabel(before.words) && !(own && isLabel(own.words))) return nearer(page, spot, line, before);
  return own ?? nearer(page, spot, line, before);
}

function nearer(page: Page, spot: Spot, line: Line, before: Near | null): Near | null {
  const after = line.values.length === 1 ? sideOf(page.lines[spot.line + 1]) : null;
  const path = pathOf(spot.node);
  const depth = (side: Near | null, offset: number): number => {
    const node = side && (page.lines[spot.line + offset] as Line).nodes[0];
    return node ? sharedDepth(path, pathOf(node)) : -1;
  };
  if (before && depth(before, -1) >= depth(after, 1)) return before;
  return after && { ...after, place: 'after' };
}

function sideOf(line: Line | undefined): Near | null {
  if (!line || line.values.length) return null;
  const words = wordsOf(line.text);
  return words ? { place: 'before', words, tag: tagOf(line.nodes[0] as Node) } : null;
}

/** The words of the header above: a table's first row, or a row of as many columns that stands above this one. */
function headOf(page: Page, spot: Spot): { readonly cell: Element; readonly near: Near } | null {
  const cell = cellOf(spot.node);
  if (cell) {
    const table = cell.closest('table');
    const first = table?.querySelector('tr');
    if (!table || !first || first === cell.parentElement) return null;
    const look = lookAt(page);
    const columnOf = look.columnsOf(table);
    const column = columnOf(cell);
    // A row with fewer or more cells than the header: which of them stand under which words is not known.
    const [end, headerEnd] = [cell.parentElement?.lastElementChild, first.lastElementChild];
    if (!end || !headerEnd || column < 0 || columnOf(end) < 0 || columnOf(end) !== columnOf(headerEnd)) return null;
    const heads = once(look.heads, first, () => headsOf(first, columnOf));
    return headIn(look, heads.get(column), cell);
  }
  let child: Element | null = spot.node.parentElement;
  for (let steps = 0; child && steps < MOST_CLIMB; steps++, child = child.parentElement) {
    const row: Element | null = child.parentElement;
    if (!row || row.children.length < 2 || row.children.length > MAX_COLUMNS) continue;
    const look = lookAt(page);
    for (const above of rowsAbove(row)) {
      if (above.children.length !== row.children.length || !once(look.isHeader, above, isHeader)) continue;
      const head = headIn(look, above.children[[...row.children].indexOf(child)], child);
      if (head) return head;
    }
  }
  return null;
}

/** What many values share is found once for each look at the page. */
interface Look {
  readonly columnsOf: ColumnsOf;
  /** The cells of a header by their columns. */
  readonly heads: Map<Element, ReadonlyMap<number, Element>>;
  readonly isHeader: Map<Element, boolean>;
  readonly words: Map<Element, string>;
  readonly texts: Map<Element, string>;
}

const looks = new WeakMap<Page, Look>();

function lookAt(page: Page): Look {
  const known = looks.get(page);
  if (known) return known;
  const look = {
    columnsOf: measuring(),
    heads: new Map(),
    isHeader: new Map(),
    words: new Map(),
    texts: new Map(),
  };
  looks.set(page, look);
  return look;
}

function headsOf(row: Element, columnOf: ColumnOf): Map<number, Element> {
  const heads = new Map<number, Element>();
  for (const cell of row.children) if (!heads.has(columnOf(cell))) heads.set(columnOf(cell), cell);
  return heads;
}

/** The first rows of the list, which stand above this one, or the line above the list. */
function rowsAbove(row: Element): Element[] {
  const list = row.parentElement;
  const firsts = list ? HEADER_ROWS.flatMap((at) => list.children[at] ?? []) : [];
  const end = firsts.indexOf(row);
  const before = list?.previousElementSibling;
  // The parts of a cell may be as many as the columns are.
  const isCell =
    before?.children.length === list?.children.length &&
    [...(list?.children ?? [])].some(({ children }) => children.length !== row.children.length);
  const above = isCell ? null : before;
  return [...(end < 0 ? firsts : firsts.slice(0, end)).reverse(), ...(above ? [above] : [])];
}

const HEADER_ROWS = [0, 1, 2];

function isHeader(row: Element): boolean {
  const text = row.textContent ?? '';
  return text.length < LONGEST_HEADER && !/\d/.test(text);
}

function headIn(look: Look, header: Element | undefined, cell: Element): ReturnType<typeof headOf> {
  const words = header && once(look.words, header, wordsIn);
  return words ? { cell, near: { place: 'head', words, tag: header.localName } } : null;
}

function wordsIn({ textContent }: Element): string {
  const text = textContent ?? '';
  return text.length < LONGEST_HEADER && !/\d{3}/.test(text) ? wordsOf(text) : '';
}

function tagOf(node: Node): string {
  return node.parentElement?.localName ?? '';
}
