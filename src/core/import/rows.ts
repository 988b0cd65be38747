/** What a file's rows say: one bill or one reason for each, so that no row is lost without a word. */
import { DEFAULT_ACCOUNT } from '../bill.ts';
import { type Day, type Instant, parseDay } from '../day.ts';
import { type Fen, fen, halfWidth, parseSignedFen } from '../money.ts';
import { type ReadBill, standingFrom } from '../reading.ts';
import type { Column } from './columns.ts';

/** A bill that a file brings, and where it will live. */
export interface ImportedBill extends ReadBill {
  readonly siteId: 'file' | 'statement';
  readonly account: string;
  readonly note?: string;
  /** Of a statement mail: when it was sent; null where it does not say. */
  readonly sentAt?: Instant | null;
}

/** Why a row was refused; the words and what to do stand in public/_locales (`importRow_…`). */
export type RowCode =
  | 'title-missing'
  | 'due-missing'
  | 'due-unreadable'
  | 'amount-unreadable'
  | 'amount-negative'
  | 'statement-unreadable'
  | 'repeated-row'
  | 'too-many-cells'
  | 'not-a-row';

export type ImportRow = { readonly line: number } & (
  | { readonly kind: 'bill'; readonly bill: ImportedBill }
  /** `text`: what stood there, cut short. */
  | { readonly kind: 'refused'; readonly code: RowCode; readonly text: string }
);

/** Text as it stood; of a column in fen, a count of them. */
export type RawValue = string | { readonly fen: string };

/** One row by column. */
export interface RawRow {
  readonly line: number;
  readonly values: Partial<Record<Column, RawValue>>;
  /** What stands behind the last column: a comma within an amount moves all that follows it by one. */
  readonly beyond?: string;
}

export const MAX_TITLE = 100;
const MAX_NOTE = 500;
/** Said out loud: the day is not known. An empty cell is a mistake. */
const UNKNOWN_DAY = /^(?:不知道|未知|不详|unknown|\?|none)$/i;
const EMPTY = /^(?:-{1,2}|—+|\/|无|n\/?a|null)?$/i;

export function billsFrom(raws: readonly RawRow[], today: Day): ImportRow[] {
  const told = new Set<string>();
  const counts = new Map<string, number>();
  return raws.map((raw): ImportRow => {
    const row = rowFrom(raw, today);
    if (row.kind === 'refused') return row;
    // One title with one day may be two debts; the same row twice is one.
    const said = JSON.stringify(row.bill);
    if (told.has(said)) return refused(raw, 'repeated-row', row.bill.title);
    told.add(said);
    const { key } = row.bill;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? row : { ...row, bill: { ...row.bill, key: `${key}:${count}` } };
  });
}

function rowFrom(raw: RawRow, today: Day): ImportRow {
  const text = (column: Column): string => {
    const value = raw.values[column];
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
  };
  if (raw.beyond) return refused(raw, 'too-many-cells', raw.beyond);
  const title = text('title').slice(0, MAX_TITLE);
  if (!title) return refused(raw, 'title-missing', '');
  const due = text('due');
  const isDayUnknown = UNKNOWN_DAY.test(halfWidth(due));
  if (!isDayUnknown && EMPTY.test(due)) return refused(raw, 'due-missing', due);
  const dueDay = isDayUnknown ? null : dayFrom(due, today);
  if (!isDayUnknown && dueDay === null) return refused(raw, 'due-unreadable', due);
  const statement = text('statement');
  const statementDay = EMPTY.test(statement) ? null : dayFrom(statement, today);
  if (statementDay === null && !EMPTY.test(statement)) return refused(raw, 'statement-unreadable', statement);
  const amounts: Record<'remaining' | 'minimum' | 'total', Fen | null> = {
    remaining: null,
    minimum: null,
    total: null,
  };
  for (const column of ['remaining', 'minimum', 'total'] as const) {
    const value = raw.values[column];
    const shown = typeof value === 'object' ? value.fen : (value ?? '');
    if (value === undefined || EMPTY.test(shown.trim())) continue;
    const amount = amountFrom(value);
    if (amount === null) return refused(raw, 'amount-unreadable', shown);
    if (amount < 0) return refused(raw, 'amount-negative', shown);
    amounts[column] = amount;
  }
  // A bill's whole amount is what is owed, where the file does not say what is left of it.
  const remainingFen = amounts.remaining ?? amounts.total;
  const note = text('note').slice(0, MAX_NOTE);
  const bill: ImportedBill = {
    siteId: 'file',
    account: DEFAULT_ACCOUNT,
    family: 'issued',
    key: `file:${dueDay ?? 'undated'}:${title}`,
    title,
    dueDay,
    dueDayIs: 'stated',
    statementDay,
    totalFen: amounts.total,
    remainingFen,
    minimumFen: amounts.minimum,
    overdueFeeFen: null,
    standing: standingFrom(remainingFen, false),
    doubts: [],
    source: 'file',
    ...(note ? { note } : {}),
  };
  return { line: raw.line, kind: 'bill', bill };
}

/** A spreadsheet also writes `20260914`. */
function dayFrom(text: string, today: Day): Day | null {
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(halfWidth(text));
  return parseDay(compact ? `${compact[1]}-${compact[2]}-${compact[3]}` : text, today);
}

function amountFrom(value: RawValue): Fen | null {
  if (typeof value === 'string') return parseSignedFen(value);
  try {
    return /^\s*-?\d+\s*$/.test(value.fen) ? fen(Number(value.fen)) : null;
  } catch {
    return null; // RangeError: no count of fen
  }
}

function refused({ line }: RawRow, code: RowCode, text: string): ImportRow {
  return { line, kind: 'refused', code, text: text.slice(0, 60) };
}
