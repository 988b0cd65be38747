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
  | 'not-a-row';

export type ImportRow = { readonly line: number } & (
  | { readonly kind: 'bill'; readonly bill: ImportedBill }
  /** `text`: what stood there, cut short. */
  | { readonly kind: 'refused'; readonly code: RowCode; readonly text: string }
);

/** One row by column: text as it stood, or a count of fen. */
export interface RawRow {
  readonly line: number;
  readonly values: Partial<Record<Column, string | { readonly fen: number }>>;
}

export const MAX_TITLE = 100;
const MAX_NOTE = 500;
/** Said out loud: the day is not known. An empty cell is a mistake. */
const UNKNOWN_DAY = /^(?:不知道|未知|不详|unknown|\?|none)$/i;
const EMPTY = /^(?:-{1,2}|—+|\/|无|n\/?a|null)?$/i;

export function billsFrom(raws: readonly RawRow[], today: Day): ImportRow[] {
  const keys = new Map<string, string>();
  return raws.map((raw): ImportRow => {
    const row = rowFrom(raw, today);
    if (row.kind === 'refused') return row;
    // One title with one day may be two debts; the same row twice is one.
    const said = JSON.stringify({ ...row.bill, key: '' });
    for (let n = 1; ; n++) {
      const key = n === 1 ? row.bill.key : `${row.bill.key}:${n}`;
      const former = keys.get(key);
      if (former === said) return refused(raw, 'repeated-row', row.bill.title);
      if (former !== undefined) continue;
      keys.set(key, said);
      return { ...row, bill: { ...row.bill, key } };
    }
  });
}

function rowFrom(raw: RawRow, today: Day): ImportRow {
  const text = (column: Column): string => {
    const value = raw.values[column];
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
  };
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
    if (value === undefined || (typeof value === 'string' && EMPTY.test(value.trim()))) continue;
    const amount = amountFrom(value);
    const shown = typeof value === 'string' ? value : String(value.fen);
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

function amountFrom(value: string | { readonly fen: number }): Fen | null {
  if (typeof value === 'string') return parseSignedFen(value);
  try {
    return fen(value.fen);
  } catch {
    return null; // RangeError: no count of fen
  }
}

function refused({ line }: RawRow, code: RowCode, text: string): ImportRow {
  return { line, kind: 'refused', code, text: text.slice(0, 60) };
}
