/** Tables by header: a row of labels, and under it rows of values in the same columns. */
import type { Frame, FrameAt } from './frame.ts';
import type { Run } from './plain-rows.ts';
import type { LabelRecord } from './records.ts';
import type { Meaning, Token, Value } from './tokens.ts';
import { DAY_HEAD, type Field, isDayField, NO_VALUES, SUM_ROW } from './vocabulary.ts';

/** One label with what stands under or beside it. `value` is null where nothing could be told. */
export interface Bound {
  readonly field: Field;
  readonly isDebtNegative: boolean;
  /** Null in a table by header, which alone says what belongs together. */
  readonly node: Node | null;
  readonly value: Value | null;
}

/** The labels of one bill, as far as a layout tells bills apart. */
export interface Row {
  readonly bounds: readonly Bound[];
  readonly isSettled: boolean;
  /** Days stand in it, and which of them is whose is not known. */
  readonly hasStrayDay?: boolean;
  /** Absent: no row of a table by header. */
  readonly element?: Element;
}

type Told = Pick<Row, 'bounds' | 'hasStrayDay'>;

export type Label = Extract<Meaning, { kind: 'label' }>;

export function isValue(is: Meaning | undefined): is is Value {
  return is?.kind === 'day' || is?.kind === 'cycle' || is?.kind === 'amount' || is?.kind === 'blank';
}

export function fits({ field }: Pick<Label | Bound, 'field'>, value: Value): boolean {
  if (value.kind === 'blank') return true;
  if (value.kind === 'cycle') return field === 'cycle';
  return isDayField(field) === (value.kind === 'day');
}

export interface Grid {
  readonly rows: readonly (Row | LabelRecord)[];
  /** The token behind the table. */
  readonly end: number;
  /** Its labels may be those of the values above them. */
  readonly isDoubtful: boolean;
}

/** Rows under the header that begins at token `start`; null when none begins there. No table has the tokens from `free` on. */
export function readGrid(tokens: readonly Token[], start: number, free: number, frameAt: FrameAt): Grid | null {
  const header = headerAt(tokens, frameAt(tokens, start), start);
  if (!header) return null;
  const { frame, labels } = header;
  const isDoubtful = hasValuesAbove(tokens, start, free, header);
  const rows: (Row | LabelRecord)[] = [];
  let row: Element | null = null;
  let width = 0;
  let bounds: Bound[] = [];
  let days: Placed[] = [];
  let lastColumn = -1;
  let isSettled = false;
  let isForeign = false;
  const close = (): void => {
    if (row && bounds.length) {
      const told = isInColumns(width, bounds, header) ? { bounds } : outOfColumns(bounds, days, width, header);
      const known = isDoubtful || isForeign ? told.bounds.map(withoutAmount) : told.bounds;
      rows.push({ ...told, bounds: known, isSettled, element: row });
    }
    bounds = [];
    days = [];
    lastColumn = -1;
    isSettled = false;
    isForeign = false;
  };
  let at = header.end;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const { is, piece, isPart } = token;
    if (piece.run) {
      if (isDoubtful || !isSameHeader(header, piece.run)) break;
      close();
      for (const record of piece.run.records) rows.push(record);
      continue;
    }
    const cell = frame.cellOf(token);
    const tr = cell?.parentElement;
    if (!cell || !tr) {
      // Behind the last cell its number goes on.
      const last = bounds.at(-1);
      if (isPart && last && piece === tokens[at - 1]?.piece)
        bounds[bounds.length - 1] = { ...last, value: { kind: 'blank' } };
      break;
    }
    if (tr !== row) {
      if (is.kind === 'label' && !isDataRow(tokens, at, tr, header)) break;
      close();
      row = tr;
      width = frame.widthOf(tr);
    }
    if (is.kind === 'settled') isSettled = true;
    if (is.kind === 'noise' && is.isForeign) isForeign = true;
    // A status such as 待还款 stands in a row of values as a word, not as a label.
    if (!isValue(is)) continue;
    const column = frame.columnOf(cell);
    if ('day' in is) days.push({ is, column });
    const label = labels.get(column);
    if (!label) continue;
    // Two values in one cell: which of them is meant is not known.
    if (column === lastColumn) bounds[bounds.length - 1] = bind(label, { kind: 'blank' }, null);
    else bounds.push(bind(label, is, null));
    lastColumn = column;
  }
  close();
  return { rows, end: at, isDoubtful };
}

export function bind(label: Label, value: Value | null, node: Node | null): Bound {
  return { field: label.field, isDebtNegative: label.isDebtNegative, node, value };
}

/** A row of dollars is a debt, and not of so many yuan; what stands under another's label is a debt too. */
function withoutAmount(bound: Bound): Bound {
  return bound.value?.kind === 'amount' ? { ...bound, value: { kind: 'blank' } } : bound;
}

interface Header {
  readonly frame: Frame;
  readonly labels: ReadonlyMap<number, Label>;
  /** How many columns it fills. */
  readonly width: number;
  readonly end: number;
}

function isSameHeader({ frame, labels }: Header, run: Run): boolean {
  if (frame.header !== run.header || labels.size !== run.labels.size) return false;
  for (const [column, { field, isDebtNegative }] of labels) {
    const other = run.labels.get(column);
    if (other?.field !== field || other.isDebtNegative !== isDebtNegative) return false;
  }
  return true;
}

/** Not so with a cell too few or too many; but the last ones may be left out where they hold words alone and all others their value. */
function isInColumns(width: number, bounds: readonly Bound[], { frame, labels, width: whole }: Header): boolean {
  if (width >= whole) return width === whole;
  if (bounds.length < labels.size || !bounds.every(isOfItsKind)) return false;
  const last = Math.max(...labels.keys());
  const behind = Array.from(frame.header.children).filter((cell) => frame.columnOf(cell) > last);
  const areWords = behind.every(({ textContent }) => NO_VALUES.test(textContent?.trim() ?? ''));
  return areWords && !!behind[0] && frame.columnOf(behind[0]) <= width;
}

interface Placed {
  readonly is: Value;
  readonly column: number;
}

/** No amount, and its days where it has one for each column of days; with a cell too few, in that column. */
function outOfColumns(
  bounds: readonly Bound[],
  days: readonly Placed[],
  width: number,
  { frame, labels, width: whole }: Header,
): Told {
  const heads = Array.from(frame.header.children).filter(({ textContent }) => DAY_HEAD.test(textContent ?? ''));
  const isOfHead = ({ column }: Placed, at: number): boolean => column === frame.columnOf(heads[at] as Element);
  const isInOrder = days.length === heads.length && (width > whole || days.every(isOfHead));
  const hasStrayDay = days.length > 0 && !isInOrder;
  const told = heads.flatMap((cell, at) => {
    const [label, day] = [labels.get(frame.columnOf(cell)), days[at]?.is];
    return label && days[0] ? bind(label, day && !hasStrayDay && fits(label, day) ? day : null, null) : [];
  });
  return { bounds: [...told, ...bounds.filter(({ field }) => !isDayField(field)).map(withoutAmount)], hasStrayDay };
}

function isOfItsKind({ field, value }: Bound): boolean {
  return value !== null && value.kind !== 'blank' && (field === 'other' || fits({ field }, value));
}

/** Numbers over their captions, row over row: of the values above and below a label, nothing tells which are its own. */
function hasValuesAbove(tokens: readonly Token[], start: number, free: number, { frame, labels }: Header): boolean {
  let at = start - 1;
  const cellAt = (): Element | null => (at >= free ? frame.cellOf(tokens[at] as Token) : null);
  while (cellAt()?.parentElement === frame.header) at--;
  const row = cellAt()?.parentElement;
  if (!row || SUM_ROW.test(row.textContent ?? '')) return false;
  let hasValue = false;
  for (let cell = cellAt(); cell?.parentElement === row; at--, cell = cellAt()) {
    const { is } = tokens[at] as Token;
    if (is.kind === 'label') return false;
    const label = isValue(is) ? labels.get(frame.columnOf(cell)) : undefined;
    hasValue ||= label !== undefined && !isDayField(label.field) && fits(label, is as Value);
  }
  // A label outside of the columns has the number below it.
  const isOfLabel = at >= free && tokens[at]?.is.kind === 'label' && !cellAt();
  return hasValue && !isOfLabel;
}

/** A row that has labels, at most one in a cell, and no value; a row below it is where the values are. */
function headerAt(tokens: readonly Token[], frame: Frame | null, start: number): Header | null {
  if (!frame || start < frame.triedTo) return null;
  const labels = new Map<number, Label>();
  let end = start;
  for (; end < tokens.length; end++) {
    const token = tokens[end] as Token;
    const { is } = token;
    const cell = frame.cellOf(token);
    if (!cell || cell.parentElement !== frame.header) break;
    if (is.kind === 'noise') continue;
    const column = frame.columnOf(cell);
    // A later label may be the first of its cell; up to a value it makes no difference which one is the first.
    if (is.kind !== 'label' || column < 0) frame.triedTo = end;
    if (is.kind !== 'label' || column < 0 || labels.has(column)) return null;
    labels.set(column, is);
  }
  frame.triedTo = end;
  const next = tokens[end];
  const below = next && frame.cellOf(next)?.parentElement;
  if (!below || !labels.size) return null;
  const header = { frame, labels, width: frame.widthOf(frame.header), end };
  // Under a label, a row that begins with a label is a row of its own.
  return next.is.kind === 'label' && !isDataRow(tokens, end, below, header) ? null : header;
}

/** A row that begins with a label is still a row of values where two of them stand under the header. */
function isDataRow(tokens: readonly Token[], start: number, row: Element, { frame, labels }: Header): boolean {
  let count = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const { is } = token;
    const cell = frame.cellOf(token);
    if (!cell || cell.parentElement !== row) break;
    if (isValue(is) && labels.has(frame.columnOf(cell))) count++;
  }
  return count >= 2;
}
