/**
 * Long tables, read without a piece and a token for each cell. Only rows of nothing but text are read here, under a header
 * that names the columns; any other row goes the ordinary way, and so does the whole page where `grid.ts` does not come to
 * the same header (`read.ts`). The reading is the same either way.
 */
import { isValue, type Label } from './grid.ts';
import { DECIMALS, MAX_WORD, MAX_WORDS, mayBeDecimals } from './pieces.ts';
import type { LabelProfile } from './profile.ts';
import { emptyRecord, enter, type LabelRecord } from './records.ts';
import { type LookUp, plainFen, type Value } from './tokens.ts';
import { hasSpans, MAX_COLUMNS, ownIndex } from './tree.ts';

/** Rows that follow each other. */
export interface Run {
  readonly header: Element;
  readonly labels: ReadonlyMap<number, Label>;
  readonly first: Element;
  last: Element;
  /** One for each row. */
  readonly records: LabelRecord[];
  /** About what a walk over the rows counts. */
  nodes: number;
  chars: number;
  tokens: number;
  /** The texts at the beginning, as far as anybody asks for the words of a page. */
  readonly texts: string[];
  dues: number;
  hasBlank: boolean;
  hasSettled: boolean;
  endsInNoise: boolean;
}

/** The runs of a `tbody` by their first row. */
export type RunsIn = (section: Element) => ReadonlyMap<Element, Run>;

/** With fewer rows there is nothing to gain. */
export const LEAST_ROWS = 16;
/** More odd rows than plain ones, and so many besides: the ordinary way is the shorter one. */
const MOST_ODD = 8;

const NONE: ReadonlyMap<Element, Run> = new Map();
const BLANK: Value = { kind: 'blank' };

export function plainRows(look: LookUp, profile: LabelProfile, leastRows: number): RunsIn {
  /** A table of many sections is searched once. */
  const heads = new Map<Element | null, Element | null | undefined>();
  const spans = new Map<Element, boolean>();
  return (section) => {
    if (section.childElementCount < leastRows) return NONE;
    const table = section.parentElement;
    if (!heads.has(table)) heads.set(table, table?.querySelector('thead'));
    const head = heads.get(table);
    const header = head ? head.lastElementChild : section.firstElementChild;
    const labels = header && labelsOf(header, look);
    // A cell of a row further up may reach into the rows below it.
    if (!table || !labels || hasSpans(head ?? header)) return NONE;
    if (ownIndex.widthOf(header) !== header.childElementCount) return NONE;
    const isFirst = table.querySelector('tbody') === section;
    if (!isFirst && !spans.has(table)) spans.set(table, hasSpans(table));
    if (!isFirst && spans.get(table)) return NONE;
    return runsIn(section, header, labels, look, profile);
  };
}

/** Null where the row is no header, or asks for more than rows of bills. */
function labelsOf(header: Element, look: LookUp): Map<number, Label> | null {
  const labels = new Map<number, Label>();
  for (let column = 0; column < header.children.length; column++) {
    for (const { is } of look(header.children[column]?.textContent ?? '')) {
      if (is.kind === 'noise') continue;
      if (is.kind !== 'label' || is.field === 'all' || labels.has(column)) return null;
      labels.set(column, is);
    }
  }
  return labels.size ? labels : null;
}

function runsIn(
  section: Element,
  header: Element,
  labels: ReadonlyMap<number, Label>,
  look: LookUp,
  profile: LabelProfile,
): Map<Element, Run> {
  const runs = new Map<Element, Run>();
  const texts: string[] = [];
  const width = header.childElementCount;
  let run: Run | null = null;
  let [plain, odd, words] = [0, 0, 0];
  for (let node = section.firstChild; node; node = node.nextSibling) {
    const row = node as Element;
    const nodes = cellsOf(row, texts);
    if (!nodes && isSpace(node)) {
      if (run) run.nodes++;
      continue;
    }
    const isWhole = nodes > 0 && texts.length === width;
    const found = isWhole ? readRow(row, texts, labels, look, profile) : null;
    if (!found) {
      run = null;
      if (++odd > plain + MOST_ODD || row.nodeType !== 1 || row.querySelector('[rowspan]')) break;
      continue;
    }
    plain++;
    if (!run) {
      run = { header, labels, first: row, last: row, ...NO_ROWS, records: [], texts: [] };
      runs.set(row, run);
    }
    run.last = row;
    run.records.push(found.record);
    run.nodes += nodes;
    run.tokens += found.tokens;
    run.dues += found.dues;
    run.hasBlank ||= found.hasBlank;
    run.hasSettled ||= found.record.isSettled;
    run.endsInNoise = found.endsInNoise;
    for (const text of texts) {
      run.chars += text.length;
      if (!text || words > MAX_WORDS) continue;
      run.texts.push(text);
      words += Math.min(text.length, MAX_WORD) + 1;
    }
  }
  return runs;
}

const NO_ROWS = { nodes: 0, chars: 0, tokens: 0, dues: 0, hasBlank: false, hasSettled: false, endsInNoise: false };

function isSpace({ nodeType, nodeValue }: Node): boolean {
  return nodeType === 3 && !nodeValue?.trim();
}

/** Puts the texts of a row's cells, blank ones empty, into `texts`. The number of its nodes; 0 where it is not plain. */
function cellsOf(row: Element, texts: string[]): number {
  if (row.localName !== 'tr' || isMarked(row)) return 0;
  texts.length = 0;
  let nodes = 1;
  for (let node = row.firstChild; node; node = node.nextSibling) {
    nodes++;
    const cell = node as HTMLTableCellElement;
    // A number for cells alone, and sooner told than their name.
    if (cell.colSpan !== 1) {
      if (!isSpace(cell)) return 0;
      continue;
    }
    if (cell.firstElementChild || isMarked(cell)) return 0;
    const text = lineOf(cell.textContent ?? '');
    if (text === null) return 0;
    texts.push(text);
    nodes++;
  }
  return texts.length > MAX_COLUMNS ? 0 : nodes;
}

const MARKS = ['hidden', 'style', 'colspan', 'rowspan'];

/** It may be hidden or struck out, or reach over its neighbours. */
function isMarked(element: Element): boolean {
  return element.hasAttributes() && MARKS.some((name) => element.hasAttribute(name));
}

/** Null: more than one line of text, or the decimals of the cell before. */
function lineOf(text: string): string | null {
  if (text.includes('\n')) {
    const lines = text.split('\n').filter((line) => line.trim());
    return lines.length > 1 ? null : lineOf(lines[0] ?? '');
  }
  if (!mayBeDecimals(text)) return text;
  return DECIMALS.test(text) ? null : text.trim() && text;
}

interface PlainRow {
  readonly record: LabelRecord;
  readonly tokens: number;
  readonly dues: number;
  readonly hasBlank: boolean;
  readonly endsInNoise: boolean;
}

/** As `readGrid` reads a row. Null where it would look twice: nothing under a label, a label first, words that nothing is owed, money that is not yuan. */
function readRow(
  row: Element,
  texts: readonly string[],
  labels: ReadonlyMap<number, Label>,
  look: LookUp,
  profile: LabelProfile,
): PlainRow | null {
  const record = emptyRecord(false, row, true);
  let [tokens, bounds, dues] = [0, 0, 0];
  let [hasBlank, endsInNoise, isBegun] = [false, false, false];
  for (let column = 0; column < texts.length; column++) {
    const text = texts[column] as string;
    const label = labels.get(column);
    const fen = plainFen(text);
    let value: Value | null = fen === null ? null : { kind: 'amount', fen, isDeposit: false };
    if (value) {
      tokens++;
      isBegun = true;
      endsInNoise = false;
    } else {
      for (const { is } of look(text)) {
        if (is.kind === 'nothing' || (is.kind === 'label' && !isBegun)) return null;
        if (is.kind === 'noise' && is.isForeign) return null;
        tokens++;
        endsInNoise = is.kind === 'noise';
        isBegun ||= !endsInNoise;
        if (is.kind === 'settled') record.isSettled = true;
        if (isValue(is)) value = value ? BLANK : is;
      }
    }
    if (!label || !value) continue;
    bounds++;
    if (label.field === 'due') dues++;
    hasBlank ||= value.kind === 'blank';
    enter(record, label, value, profile);
  }
  return bounds ? { record, tokens, dues, hasBlank, endsInNoise } : null;
}
