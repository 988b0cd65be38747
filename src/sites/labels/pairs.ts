/** Everything that is no table by header: a label and its value in one text, in neighbouring cells, on following lines. */
import { type Bound, bind, type Row } from './grid.ts';
import type { Token, Value } from './tokens.ts';
import { cellOf, columnOf, pathOf, sharedDepth } from './tree.ts';
import { isDayField } from './vocabulary.ts';

type Label = Extract<Token, { kind: 'label' }>;
type ValueToken = Value & { readonly piece: number; readonly node: Node };

export interface Pairs {
  /** Labels on their own, in page order: which of them make one bill is for `group.ts` to say. */
  readonly loose: readonly Bound[];
  /** Bills of a block of labels that is followed by a block of values. */
  readonly rows: readonly Row[];
}

export function isValue(token: Token | undefined): token is Token & ValueToken {
  return token?.kind === 'day' || token?.kind === 'cycle' || token?.kind === 'amount' || token?.kind === 'blank';
}

function fits(label: Label, value: Value): boolean {
  if (value.kind === 'blank') return true;
  if (value.kind === 'cycle') return label.field === 'cycle';
  return isDayField(label.field) === (value.kind === 'day');
}

/** Binds the labels of one stretch of tokens that holds no table by header. */
export function readPairs(tokens: readonly Token[]): Pairs {
  const loose: Bound[] = [];
  const rows: Row[] = [];
  let taken = -1;
  for (let at = 0; at < tokens.length; ) {
    if (tokens[at]?.kind !== 'label') {
      at++;
      continue;
    }
    const labels: Label[] = [];
    const start = at;
    for (; tokens[at]?.kind === 'label'; at++) labels.push(tokens[at] as Label);
    const values: (Token & ValueToken)[] = [];
    for (let end = at; isValue(tokens[end]); end++) values.push(tokens[end] as Token & ValueToken);
    const before = start - 1 > taken ? tokens[start - 1] : undefined;
    const last = labels.at(-1) as Label;
    const first = values[0];
    if (labels.length > 1 && first && isBlock(labels, first)) {
      const found = readBlock(labels, values);
      rows.push(...found);
      if (!found.length) loose.push(...labels.map((label) => bind(label, null)));
      taken = at + values.length - 1;
      at += values.length;
      continue;
    }
    for (const label of labels.slice(0, -1)) loose.push(bind(label, null));
    const isAbove = isValue(before) && labels.length === 1 && fits(last, before) && isNearer(before, last, first);
    if (isAbove) {
      loose.push(bind(last, before));
      continue;
    }
    const isBelow = first !== undefined && fits(last, first) && !isOtherColumn(last, first);
    loose.push(bind(last, isBelow ? first : null));
    if (isBelow) taken = at;
  }
  return { loose, rows };
}

/** A caption under its number (tiles): the number stands nearer than whatever follows the caption. */
function isNearer(before: ValueToken, label: Label, after: ValueToken | undefined): boolean {
  const own = pathOf(label.node);
  const above = sharedDepth(pathOf(before.node), own);
  if (before.node === label.node) return false;
  return !after ? above >= own.length - 3 : above > sharedDepth(own, pathOf(after.node));
}

/** In a table, a value of another row counts only under its label's own column. */
function isOtherColumn(label: Label, value: ValueToken): boolean {
  const [a, b] = [cellOf(label.node), cellOf(value.node)];
  if (!a || !b || a.parentElement === b.parentElement) return false;
  return columnOf(a) !== columnOf(b);
}

/**
 * All labels, then all values in the same order. Not so where the last label shares a cell, a line or a container
 * with the first value and the others do not: then that one pair is all that can be told.
 */
function isBlock(labels: readonly Label[], first: ValueToken): boolean {
  const [head, last] = [labels[0] as Label, labels.at(-1) as Label];
  if (last.node === first.node && head.node === last.node)
    return head.piece === last.piece || last.piece !== first.piece;
  if (last.piece === first.piece && head.piece !== last.piece) return false;
  const [top, own, value] = [pathOf(head.node), pathOf(last.node), pathOf(first.node)];
  if (sharedDepth(own, value) > sharedDepth(top, own)) return false;
  return nameOf(own, value) === nameOf(value, own);
}

/** The element by which `path` differs from `other`: `dt` beside `dd` is a pair, `p` beside `p` may be two blocks. */
function nameOf(path: readonly Node[], other: readonly Node[]): string {
  const node = path[sharedDepth(path, other)];
  return node?.nodeType === 1 ? (node as Element).localName : '';
}

/** One bill for each whole set of values; none at all where their number or kinds do not fit. */
function readBlock(labels: readonly Label[], values: readonly (Token & ValueToken)[]): Row[] {
  if (values.length % labels.length !== 0) return [];
  if (!values.every((value, at) => fits(labels[at % labels.length] as Label, value))) return [];
  const rows: Row[] = [];
  for (let start = 0; start < values.length; start += labels.length) {
    const bounds = labels.map((label, at) => bind(label, values[start + at] as ValueToken));
    rows.push({ bounds, isSettled: false });
  }
  return rows;
}
