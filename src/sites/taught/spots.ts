/** Every day and amount on a page, each with its place in the page's text and tree. */
import type { Day } from '../../core/day.ts';
import { isMarked } from '../labels/joints.ts';
import { BREAK, nodesOf, type Piece, piecesOf } from '../labels/pieces.ts';
import { type Found, plain, valuesIn } from './values.ts';
import { LONGEST_LINE } from './words.ts';

export interface Line {
  readonly text: string;
  readonly nodes: readonly Node[];
  readonly values: readonly Found[];
}

export interface Spot {
  /** Its place among all values of the page. */
  readonly at: number;
  readonly line: number;
  readonly value: Found;
  /** Of an amount, may be. */
  readonly isPart: boolean;
  /** The text node in which the value begins. */
  readonly node: Text;
  /** The value's text in that node, as the page writes it: to be found again in the node's own data. */
  readonly shown: string;
  /** The same of the node in which the value ends. */
  readonly endNode: Text;
  readonly endShown: string;
}

export interface Page {
  readonly lines: readonly Line[];
  readonly spots: readonly Spot[];
}

const MOST_SPOTS = 20_000;

/** Null: too large to be a bill page. */
export function pageOfBody(root: Node, today: Day): Page | null {
  const { pieces, isTooLarge } = piecesOf(root);
  if (isTooLarge) return null;
  const spots: Spot[] = [];
  const lines = pieces.map((piece, at): Line => {
    const text = plain(piece.text);
    const nodes = nodesOf(piece);
    const values = text.length > LONGEST_LINE ? [] : valuesIn(text, today);
    for (const value of values) {
      const isPart = value.kind === 'amount' && (value.isPart || isMarkedIn(pieces, at, value));
      spots.push({ at: spots.length, isPart, ...placeOf(piece, nodes, at, value) });
    }
    return { text, nodes, values };
  });
  return spots.length > MOST_SPOTS ? null : { lines, spots };
}

/** By the boxes beside its own, where it begins or ends it. */
function isMarkedIn(pieces: readonly Piece[], at: number, { start, end }: Found): boolean {
  const { text, cell } = pieces[at] as Piece;
  const side = (piece: Piece | undefined, rest: string): string =>
    piece?.cell === cell && !rest.trim() ? piece.text : '';
  return isMarked(side(pieces[at - 1], text.slice(0, start)), side(pieces[at + 1], text.slice(end)));
}

function placeOf(piece: Piece, nodes: readonly Node[], line: number, value: Found): Omit<Spot, 'at' | 'isPart'> {
  const begin = piece.text.slice(0, value.start).split(BREAK).length - 1;
  const parts = piece.text.slice(value.start, value.end).split(BREAK);
  const nodeAt = (at: number): Text => nodes[Math.min(at, nodes.length - 1)] as Text;
  return {
    line,
    value,
    node: nodeAt(begin),
    shown: parts[0] as string,
    endNode: nodeAt(begin + parts.length - 1),
    endShown: parts.at(-1) as string,
  };
}
