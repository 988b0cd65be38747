/** Tables by header: a row of labels, and under it rows of values in the same columns. */
import type { Token, Value } from './tokens.ts';
import { cellOf, columnOf } from './tree.ts';
import type { Field } from './vocabulary.ts';

/** One label with what stands under or beside it. `value` is null where nothing could be told. */
export interface Bound {
  readonly field: Field;
  readonly isDebtNegative: boolean;
  readonly node: Node;
  readonly value: Value | null;
}

/** The labels of one bill, as far as a layout tells bills apart. */
export interface Row {
  readonly bounds: readonly Bound[];
  readonly isSettled: boolean;
}

type Label = Extract<Token, { kind: 'label' }>;

/** Rows under the header that begins at token `start`, and the token behind the table; null when no header begins there. */
export function readGrid(tokens: readonly Token[], start: number): { rows: Row[]; end: number } | null {
  const header = headerAt(tokens, start);
  if (!header) return null;
  const { table, labels } = header;
  const rows: Row[] = [];
  let row: Element | null = null;
  let bounds: Map<number, Bound> = new Map();
  let isSettled = false;
  const close = (): void => {
    if (row) rows.push({ bounds: [...bounds.values()], isSettled });
    bounds = new Map();
    isSettled = false;
  };
  let at = header.end;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const cell = cellOf(token.node);
    const tr = cell?.parentElement;
    if (!cell || !tr || !table.contains(tr)) break;
    if (token.kind === 'label' && tr !== row && !isDataRow(tokens, at, tr, labels)) break;
    if (tr !== row) {
      close();
      row = tr;
    }
    if (token.kind === 'settled') isSettled = true;
    // A status such as 待还款 stands in a row of values as a word, not as a label.
    if (token.kind === 'settled' || token.kind === 'noise' || token.kind === 'nothing' || token.kind === 'label')
      continue;
    const column = columnOf(cell);
    const label = labels.get(column);
    if (!label) continue;
    const known = bounds.get(column);
    // Two values in one cell: which of them is meant is not known.
    bounds.set(column, bind(label, known ? { kind: 'blank' } : token, token.node));
  }
  close();
  return { rows: rows.filter(({ bounds: found }) => found.length > 0), end: at };
}

export function bind(label: Label, value: Value | null, node: Node = label.node): Bound {
  return { field: label.field, isDebtNegative: label.isDebtNegative, node, value };
}

interface Header {
  readonly table: Element;
  readonly labels: ReadonlyMap<number, Label>;
  readonly end: number;
}

/** A table row that has labels, at most one in a cell, and no value; a row below it is where the values are. */
function headerAt(tokens: readonly Token[], start: number): Header | null {
  const first = cellOf((tokens[start] as Token).node);
  const row = first?.parentElement;
  const table = row?.closest('table');
  if (!row || !table) return null;
  const labels = new Map<number, Label>();
  let end = start;
  for (; end < tokens.length; end++) {
    const token = tokens[end] as Token;
    const cell = cellOf(token.node);
    if (cell?.parentElement !== row) break;
    if (token.kind === 'noise') continue;
    if (token.kind !== 'label') return null;
    const column = columnOf(cell);
    if (labels.has(column)) return null;
    labels.set(column, token);
  }
  const next = tokens[end];
  const below = next && cellOf(next.node);
  if (!below || !table.contains(below) || below.parentElement === row) return null;
  // A single label above a row that begins with a label is a row of its own.
  if (next.kind === 'label') return null;
  return { table, labels, end };
}

/** A row that begins with a label is still a row of values where two of them stand under the header. */
function isDataRow(tokens: readonly Token[], start: number, row: Element, labels: ReadonlyMap<number, Label>): boolean {
  let count = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const cell = cellOf(token.node);
    if (!cell || cell.parentElement !== row) break;
    const isWord =
      token.kind === 'label' || token.kind === 'noise' || token.kind === 'settled' || token.kind === 'nothing';
    if (!isWord && labels.has(columnOf(cell))) count++;
  }
  return count >= 2;
}
