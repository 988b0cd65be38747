/** A CSV or JSON text to rows by column. */
import type { Day } from '../day.ts';
import { type Column, columnOf, isInFen } from './columns.ts';
import { parseCsv, unguarded } from './csv.ts';
import { billsFrom, type ImportRow, type RawRow, type RawValue } from './rows.ts';

export const MAX_ROWS = 10_000;
export const MAX_BYTES = 10 * 1024 * 1024;

/** Why nothing of a file could be taken; the words stand in public/_locales (`importFile_…`). */
export type FileCode =
  | 'too-large'
  | 'too-many-rows'
  | 'empty'
  | 'no-header'
  | 'not-json'
  | 'kind-unknown'
  | 'not-a-statement'
  | 'statement-unreadable'
  | 'not-readable';

export type Table =
  | { readonly kind: 'rows'; readonly rows: readonly ImportRow[] }
  | { readonly kind: 'refused'; readonly code: FileCode };

/** The header may stand below some lines of other words, as banks export it. */
const HEADER_WITHIN = 10;

export function readCsv(text: string, today: Day): Table {
  const rows = parseCsv(text);
  if (rows.length === 0) return { kind: 'refused', code: 'empty' };
  const header = rows.slice(0, HEADER_WITHIN).findIndex(({ cells }) => {
    const columns = cells.map(columnOf);
    return columns.includes('title') && columns.includes('due');
  });
  if (header < 0) return { kind: 'refused', code: 'no-header' };
  if (rows.length - header - 1 > MAX_ROWS) return { kind: 'refused', code: 'too-many-rows' };
  const headings = rows[header]?.cells ?? [];
  const raws = rows.slice(header + 1).map(
    ({ line, cells }): RawRow => ({
      line,
      values: valuesOf(headings, cells.map(unguarded)),
      beyond: cells.slice(headings.length).join(' ').trim(),
    }),
  );
  return raws.length ? { kind: 'rows', rows: billsFrom(raws, today) } : { kind: 'refused', code: 'empty' };
}

/** A list of objects, or an object with the list under `bills`. `line` counts the items. */
export function readJson(text: string, today: Day): Table {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { kind: 'refused', code: 'not-json' }; // SyntaxError is how JSON.parse says so
  }
  const list = Array.isArray(parsed) ? parsed : (parsed as { bills?: unknown } | null)?.bills;
  if (!Array.isArray(list)) return { kind: 'refused', code: 'no-header' };
  if (list.length === 0) return { kind: 'refused', code: 'empty' };
  if (list.length > MAX_ROWS) return { kind: 'refused', code: 'too-many-rows' };
  const strange = new Set<number>();
  const raws = list.map((item: unknown, at): RawRow => {
    const isRow = typeof item === 'object' && item !== null && !Array.isArray(item);
    if (!isRow) strange.add(at);
    const entries = isRow ? Object.entries(item) : [];
    const values = entries.map(([, value]) => value as unknown);
    return {
      line: at + 1,
      values: valuesOf(
        entries.map(([name]) => name),
        values,
      ),
    };
  });
  const rows = billsFrom(raws, today).map(
    (row, at): ImportRow =>
      strange.has(at)
        ? { line: row.line, kind: 'refused', code: 'not-a-row', text: (JSON.stringify(list[at]) ?? '').slice(0, 60) }
        : row,
  );
  return { kind: 'rows', rows };
}

/** The first column of a name speaks, unless it is empty. Null in JSON is nothing said, but a day that is null is not known. */
function valuesOf(headings: readonly string[], cells: readonly unknown[]): RawRow['values'] {
  const values: Partial<Record<Column, RawValue>> = {};
  headings.forEach((heading, at) => {
    const column = columnOf(heading);
    const cell = cells[at];
    if (!column || cell === undefined || (values[column] !== undefined && values[column] !== '')) return;
    if (cell === null && column === 'due') values[column] = 'unknown';
    if (cell === null) return;
    const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
    values[column] = isInFen(heading) ? { fen: text } : text;
  });
  return values;
}
