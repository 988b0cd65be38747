/** The text of a page in one pass over its nodes, cut where a person sees a cell or a line end. */
import { documentIn, MOST_FRAMES } from '../frames.ts';
import { goesOn } from './joints.ts';
import type { Run, RunsIn } from './plain-rows.ts';

/** A cell or line. Texts of different inline nodes are divided by `BREAK`, so that a token finds its node again. */
export interface Piece {
  readonly text: string;
  /** Its text nodes; empty for all that a cell holds where that is text alone: `nodesOf` finds the node when it is asked for. */
  readonly nodes: readonly Node[];
  /** The table cell around it; null outside of tables. Known from the walk: climbing there again would cost a call a step. */
  readonly cell: Element | null;
  /** Rows of plain cells that were read at once; their texts are not among the pieces. */
  readonly run?: Run;
}

const OF_CELL: readonly Node[] = [];

/** Where a cell's text stands among its comments: searched once for all that stands in it. */
const found = new WeakMap<Piece, readonly Node[]>();

export function nodesOf(piece: Piece): readonly Node[] {
  const { nodes, cell } = piece;
  if (nodes.length || !cell) return nodes;
  const only = cell.firstChild;
  if (only && only === cell.lastChild) return [only];
  const known = found.get(piece);
  if (known) return known;
  const text = Array.from(cell.childNodes).find(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim());
  const all = [text ?? cell];
  found.set(piece, all);
  return all;
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  readonly isTooLarge: boolean;
}

export const BREAK = '\u0001';

/** A bill page has some thousand nodes; a hostile one is given up at these bounds. */
const MAX_NODES = 600_000;
const MAX_CHARS = 6_000_000;
const MAX_DEPTH = 500;

/** So much of a page's text is kept as its words, and so much of each piece. */
export const MAX_WORDS = 20_000;
export const MAX_WORD = 200;

/** A text this long is searched for nothing (`findIn`), so nothing more is put to it. */
export const LONGEST = 2000;

export const DECIMALS = /^\s*[.．]\d/;
const WHOLE = /\d\s*$/;

const SKIP = 1;
const INLINE = 2;
/** An element of this name cannot have a shadow tree, so none is asked for. */
const NO_SHADOW = 4;
/** On the stack: the children now walked are those of the shadow tree; the element's own follow. */
const IN_SHADOW = 8;
/** An old price is no amount of the page. */
const STRUCK = 16;
const CELL = 32;
/** What stands in it is in no cell around it. */
const NO_CELL = 64;
const SECTION = 128;
const ROW = 256;
/** Its document stands in its place; what stands between its tags is for browsers without frames. */
const FRAME = 512;

const FLAGS = new Map<string, number>();
const flag = (flags: number, names: string): void => {
  for (const name of names.split(' ')) FLAGS.set(name, flags);
};
flag(SKIP, 'script style template noscript head svg select textarea object canvas math');
flag(NO_SHADOW | NO_CELL | FRAME, 'iframe frame');
flag(NO_SHADOW | SECTION, 'tbody');
flag(NO_SHADOW | ROW, 'tr');
flag(NO_SHADOW, 'thead ul ol li dl dt dd br');
flag(NO_SHADOW | CELL, 'td th');
flag(NO_SHADOW | NO_CELL, 'table');
flag(STRUCK, 'del s strike');
flag(INLINE, 'span');
flag(
  INLINE | NO_SHADOW,
  'a abbr b bdi bdo big cite code data em font i ins label mark q small strong sub sup time u var',
);

function isStruck(element: Element): boolean {
  return element.hasAttribute('style') && /line-through/i.test(element.getAttribute('style') ?? '');
}

/** False for nearly every text, without a search: it begins with no point and no kind of space. */
export function mayBeDecimals(text: string): boolean {
  const first = text.charCodeAt(0);
  return first < 0x2f || first === 0xa0 || (first > 0x167f && first < 0x4e00) || (first > 0xfdff && first !== 0xffe5);
}

export function piecesOf(root: Node, runsIn?: RunsIn, maxNodes = MAX_NODES): Pieces {
  const pieces: Piece[] = [];
  const stack: Node[] = [];
  const flags: number[] = [];
  const cells: (Element | null)[] = [];
  let cell: Element | null = null;
  let text = '';
  let nodes: Node[] | null = null;
  let cellOfText: Element | null = null;
  let isAfterText = false;
  let [seen, chars, frames] = [0, 0, 0];
  const runs = new Map<Element, Run>();
  let isTorn = false;

  const cut = (): void => {
    isAfterText = false;
    if (!nodes) return;
    const before = pieces.at(-1);
    const isDecimals = mayBeDecimals(text) && DECIMALS.test(text);
    if (before?.run && isDecimals) isTorn = true;
    // The decimals of an amount in a box of their own, or another part of it.
    const isMore =
      before &&
      before.text.length <= LONGEST &&
      (isDecimals
        ? WHOLE.test(before.text)
        : before.cell === cellOfText && [text, text.split(BREAK, 1)[0]!].some((part) => goesOn(before.text, part)));
    if (isMore)
      pieces[pieces.length - 1] = {
        text: before.text + BREAK + text,
        nodes: [...nodesOf(before), ...nodes],
        cell: before.cell,
      };
    else pieces.push({ text, nodes, cell: cellOfText });
    nodes = null;
  };
  const add = (node: Node, data: string): void => {
    if (!nodes) {
      text = data;
      nodes = [node];
      cellOfText = cell;
    } else if (isAfterText) text += data;
    else {
      text += BREAK + data;
      nodes.push(node);
    }
    isAfterText = true;
  };
  /** Most of a long page: the cells of its rows, each with one text. Its node is left alone, which halves the walk. */
  const addCell = (element: Element): boolean => {
    const data = element.firstElementChild ? '' : (element.textContent ?? '');
    if (!data.trim() || data.includes('\n') || mayBeDecimals(data)) return false;
    seen++;
    chars += data.length;
    pieces.push({ text: data, nodes: OF_CELL, cell: element });
    return true;
  };
  const addLines = (node: Node, lines: readonly string[]): void => {
    lines.forEach((line, at) => {
      if (at) cut();
      if (line.trim()) add(node, line);
    });
  };

  let node = root;
  for (;;) {
    if (++seen > maxNodes || chars > MAX_CHARS || stack.length > MAX_DEPTH) return { pieces, isTooLarge: true };
    const type = node.nodeType;
    let child: Node | null = null;
    if (type === 3) {
      const { data } = node as Text;
      chars += data.length;
      if (data.trim()) {
        if (data.includes('\n')) addLines(node, data.split('\n'));
        else add(node, data);
      }
    } else if (type === 1) {
      let own = FLAGS.get((node as Element).localName) ?? 0;
      const run = own & ROW && runs.size ? runs.get(node as Element) : undefined;
      if (run) {
        cut();
        const first = run.first.firstElementChild as Element;
        pieces.push({ text: '', nodes: [first], cell: first, run });
        seen += run.nodes;
        chars += run.chars;
        node = run.last;
        own = SKIP;
      }
      const isPlain = !(node as Element).hasAttributes();
      if (own & STRUCK || (!isPlain && isStruck(node as Element))) cut();
      else if (!(own & SKIP) && (isPlain || !(node as Element).hasAttribute('hidden'))) {
        if (own & INLINE) isAfterText = false;
        else cut();
        if (own & FRAME) child = frames++ < MOST_FRAMES ? (documentIn(node as Element)?.body ?? null) : null;
        else child = own & CELL && addCell(node as Element) ? null : node.firstChild;
        const inner = own & NO_SHADOW ? null : (node as Element).shadowRoot?.firstChild;
        if (inner) {
          child = inner;
          own |= IN_SHADOW;
        }
        if (child) {
          if (own & SECTION && runsIn) for (const [row, found] of runsIn(node as Element)) runs.set(row, found);
          stack.push(node);
          flags.push(own);
          if (own & (CELL | NO_CELL)) {
            cells.push(cell);
            cell = own & CELL ? (node as Element) : null;
          }
        }
      }
    }
    while (!child) {
      child = stack.length ? node.nextSibling : null;
      if (child) break;
      const parent = stack.pop();
      const own = flags.pop() ?? 0;
      if (own & INLINE) isAfterText = false;
      else cut();
      if (own & (CELL | NO_CELL)) cell = cells.pop() ?? null;
      if (!parent) {
        // Decimals behind a run: what they belong to is not among the pieces.
        if (isTorn) return piecesOf(root);
        return { pieces, isTooLarge: seen > maxNodes || chars > MAX_CHARS };
      }
      node = parent;
      if (own & IN_SHADOW && node.firstChild) {
        child = node.firstChild;
        stack.push(node);
        flags.push(own & ~IN_SHADOW);
      }
    }
    node = child;
  }
}
