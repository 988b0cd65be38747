/** Separated values (RFC 4180, and what spreadsheets make of it): commas, semicolons or tabs, quotes, any line end. */

export interface CsvRow {
  /** Where the row begins in the file, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [',', ';', '\t', '，', '；'] as const;

/** Rows that hold anything. Never throws: a quote that is not closed is a sign as any other, and swallows no row. */
export function parseCsv(text: string): CsvRow[] {
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let [cells, cell, line, start, isQuoted] = [[] as string[], '', 1, 1, false];
  const endRow = (): void => {
    cells.push(cell);
    if (cells.some((value) => value.trim() !== '')) rows.push({ line: start, cells });
    [cells, cell] = [[], ''];
  };
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at++) {
    const char = text[at] as string;
    const isLineEnd = char === '\n' || (char === '\r' && text[at + 1] !== '\n');
    if (isLineEnd) line++;
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (char === '"' && cell.trim() === '' && isClosed(text, at)) [isQuoted, cell] = [true, ''];
    else if (char === separator) {
      cells.push(cell);
      cell = '';
    } else if (isLineEnd) {
      endRow();
      start = line;
    } else if (char !== '\r') cell += char;
  }
  endRow();
  return rows;
}

function isClosed(text: string, quote: number): boolean {
  let at = text.indexOf('"', quote + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at >= 0;
}

/** The inverse of `parseCsv`, with commas. */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string =>
    /[",;\t\r\n，；]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** A spreadsheet takes a cell that begins so for a formula, and runs it. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;
const GUARDED = /^'+\s*[=+\-@\t\r＝＋－＠]/;

/** Text for a cell that no spreadsheet runs. */
export function guarded(text: string): string {
  return FORMULA.test(text) || GUARDED.test(text) ? `'${text}` : text;
}

/** The inverse of `guarded`; any other text stays as it is. */
export function unguarded(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}

/** The separator that the first line has most of; a comma where it has none. */
function separatorOf(text: string): string {
  const head = (text.replace(/^\ufeff/, '').match(/^\s*[^\r\n]*/)?.[0] ?? '').replace(/"[^"]*"/g, '');
  let [best, most] = [',', 0];
  for (const separator of SEPARATORS) {
    const count = head.split(separator).length - 1;
    if (count > most) [best, most] = [separator, count];
  }
  return best;
}
