/** Everything that is no table by header: a label and its value in one text, in neighbouring cells, on following lines. */
import { type Bound, bind, fits, isValue, type Label, type Row } from './grid.ts';
import type { Piece } from './pieces.ts';
import { nodeOf, type Token, type Value } from './tokens.ts';
import { type ColumnsOf, cellOf, meet } from './tree.ts';

export interface Pairs {
  /** Labels on their own, in page order: which of them make one bill is for `group.ts` to say. */
  readonly loose: readonly Bound[];
  /** Bills of a block of labels that is followed by a block of values. */
  readonly rows: readonly Row[];
}

interface Placed<T> {
  readonly is: T;
  readonly piece: Piece;
  readonly node: Node;
}

function placed<T>(token: Token, is: T): Placed<T> {
  return { is, piece: token.piece, node: nodeOf(token) };
}

/** Binds the labels of one stretch of tokens that holds no table by header. */
export function readPairs(found: readonly Token[], columnsOf: ColumnsOf): Pairs {
  const tokens = wholeOnly(found);
  const loose: Bound[] = [];
  const rows: Row[] = [];
  let taken = -1;
  for (let at = 0; at < tokens.length; ) {
    const start = at;
    const labels: Placed<Label>[] = [];
    for (let token = tokens[at]; token?.is.kind === 'label'; token = tokens[++at]) labels.push(placed(token, token.is));
    const last = labels.at(-1);
    if (!last) {
      at++;
      continue;
    }
    const values: Placed<Value>[] = [];
    for (let end = at, token = tokens[end]; token && isValue(token.is); token = tokens[++end])
      values.push(placed(token, token.is));
    const [first] = values;
    const head = labels[0] as Placed<Label>;
    const before = start - 1 > taken && !isSpoiled(tokens, start - 1) ? tokens[start - 1] : undefined;
    const value = before?.is;
    // Of two captions of one kind, the value before may be that of either.
    const isCaption =
      before &&
      isValue(value) &&
      labels.every(({ is }, at) => fits(is, value) === !at) &&
      isNearer(placed(before, value), head, head === last ? first : undefined) &&
      (head === last || isItsOwn(placed(before, value), head, labels[1] as Placed<Label>));
    const caption = isCaption ? bind(head.is, value, head.node) : null;
    if (labels.length > 1 && first && isBlock(labels, first)) {
      const found = readBlock(labels, values);
      for (const row of found) rows.push(row);
      if (found.length || !caption) {
        if (!found.length) for (const { is, node } of labels) loose.push(bind(is, null, node));
        at += values.length;
        taken = at - 1;
        continue;
      }
    }
    if (caption) loose.push(caption);
    if (caption && head === last) continue;
    for (const { is, node } of labels.slice(caption ? 1 : 0, -1)) loose.push(bind(is, null, node));
    const isBelow =
      first && fits(last.is, first.is) && !isOtherColumn(last, first, columnsOf) && !isOfAnother(last, first);
    loose.push(bind(last.is, isBelow ? first.is : null, last.node));
    if (isBelow) taken = at;
  }
  return { loose, rows };
}

/** Parts of a number say nothing of it. A foreign currency behind it counts, unless it begins the next. */
function wholeOnly(tokens: readonly Token[]): Token[] {
  return tokens
    .filter(({ isPart, piece }, at) => !isPart || !tokens[at - 1]?.isPart || tokens[at - 1]?.piece !== piece)
    .map((token, at, all): Token => {
      const isDollars = token.is.kind === 'amount' && isForeign(all[at + 1]) && all[at + 2]?.is.kind !== 'amount';
      return token.isPart || isDollars ? { ...token, is: { kind: 'blank' } } : token;
    });
}

function isForeign(token: Token | undefined): boolean {
  return token?.is.kind === 'noise' && token.is.isForeign === true;
}

/** Other words stand before the value in its own cell or line: `立减 5.00`; a sign or a currency in the box before. */
function isSpoiled(tokens: readonly Token[], at: number): boolean {
  const [word, value] = [tokens[at - 1], tokens[at]];
  if (!word || !value) return false;
  return (word.is.kind === 'noise' && word.piece === value.piece) || isForeign(word) || word.piece.text.trim() === '-';
}

/** A caption under its number (tiles): the number stands nearer than whatever follows the caption. */
function isNearer(before: Placed<Value>, label: Placed<Label>, after: Placed<Value> | undefined): boolean {
  if (before.node === label.node) return false;
  const { steps } = meet(label.node, before.node);
  return after ? steps < meet(label.node, after.node).steps : steps <= 3;
}

/** Before a label that another one follows, and may have lost its value: nothing that could be anybody else's number. */
function isItsOwn(before: Placed<Value>, label: Placed<Label>, next: Placed<Label>): boolean {
  const isDebt = before.is.kind === 'amount' && before.is.fen !== 0;
  const { steps, other } = meet(label.node, before.node);
  const toNext = meet(label.node, next.node).steps;
  // Where all stand in one row, words before the number may be its name.
  const isNear = steps < toNext || (steps === toNext && isFirst(other));
  return isDebt && isNear && !isOfAnother(label, before);
}

function isFirst(node: Node | undefined): boolean {
  for (let at = node?.previousSibling; at; at = at.previousSibling) if (at.textContent?.trim()) return false;
  return true;
}

/** In a table, a value of another row counts only under its label's own column. */
function isOtherColumn(label: Placed<Label>, value: Placed<Value>, columnsOf: ColumnsOf): boolean {
  const [a, b] = [cellOf(label.node), cellOf(value.node)];
  if (!a || !b || a.parentElement === b.parentElement) return false;
  const table = a.closest('table');
  if (!table?.contains(b)) return true;
  const columnOf = columnsOf(table);
  const column = columnOf(a);
  return column < 0 || column !== columnOf(b);
}

/** An element like the label's own, that has lost its words, stands nearer to the value: `dt`, an empty `dt`, `dd`. */
function isOfAnother(label: Placed<Label>, value: Placed<Value>): boolean {
  const { one: from, other } = meet(label.node, value.node);
  const name = nameOf(from);
  if (name === '' || name === nameOf(other)) return false;
  let at = other as Element | null | undefined;
  for (at = at?.previousElementSibling ?? null; at && at !== from; at = at.previousElementSibling)
    if (at.localName === name) return true;
  return false;
}

/**
 * All labels, then all values in the same order. Not so where the last label shares a cell, a line or a container
 * with the first value and the others do not: then that one pair is all that can be told.
 */
function isBlock(labels: readonly Placed<Label>[], first: Placed<Value>): boolean {
  const [head, last] = [labels[0] as Placed<Label>, labels.at(-1) as Placed<Label>];
  if (last.piece === first.piece || (last.node === first.node && head.node === last.node)) {
    return head.piece === last.piece || last.piece !== first.piece;
  }
  const { steps, one, other } = meet(last.node, first.node);
  if (steps < meet(last.node, head.node).steps) return false;
  return nameOf(one) === nameOf(other);
}

/** `dt` beside `dd` is a pair, `p` beside `p` may be two blocks. */
function nameOf(node: Node | undefined): string {
  return node?.nodeType === 1 ? (node as Element).localName : '';
}

/** One bill for each whole set of values; none at all where their number or kinds do not fit. */
function readBlock(labels: readonly Placed<Label>[], values: readonly Placed<Value>[]): Row[] {
  const width = labels.length;
  if (values.length % width || !values.every(({ is }, at) => fits((labels[at % width] as Placed<Label>).is, is)))
    return [];
  return Array.from({ length: values.length / width }, (_, row) => ({
    bounds: labels.map(({ is, node }, at) => bind(is, (values[row * width + at] as Placed<Value>).is, node)),
    isSettled: false,
  }));
}
