/** What the labels of one bill say together. */
import type { Day } from '../../core/day.ts';
import type { Fen } from '../../core/money.ts';
import type { Bound, Label, Row } from './grid.ts';
import type { LabelProfile } from './profile.ts';
import type { Value } from './tokens.ts';

export interface LabelRecord {
  dueDay: Day | null;
  statementDay: Day | null;
  left: Fen | null;
  owed: Fen | null;
  total: Fen | null;
  minimum: Fen | null;
  fee: Fen | null;
  overdue: Fen | null;
  /** A label of an amount stood here, whether or not its amount could be read. */
  hasAmountLabel: boolean;
  /** One of several days is its due day. */
  hasStrayDay: boolean;
  isSettled: boolean;
  /** The row that says all this, else what holds its first label. */
  place: Element | null;
  isRow: boolean;
}

/** Null: no number, or a sign whose meaning is not known. Overpaid is nothing to pay. */
function fenOf(value: Value | null, isDebtNegative: boolean, profile: LabelProfile): Fen | null {
  if (value?.kind !== 'amount') return null;
  const zero = 0 as Fen;
  if (value.isDeposit) return zero;
  const inverse = isDebtNegative || profile.debtIsNegative === true;
  if (inverse) return value.fen > 0 ? zero : ((-value.fen || 0) as Fen);
  if (value.fen >= 0) return value.fen;
  return profile.debtIsNegative === false ? zero : null;
}

export function emptyRecord(
  isSettled: boolean,
  place: Element | null,
  isRow: boolean,
  hasStrayDay = false,
): LabelRecord {
  return {
    dueDay: null,
    statementDay: null,
    left: null,
    owed: null,
    total: null,
    minimum: null,
    fee: null,
    overdue: null,
    hasAmountLabel: false,
    hasStrayDay,
    isSettled,
    place,
    isRow,
  };
}

export function recordOf(row: Row, profile: LabelProfile): LabelRecord {
  const place = row.element ?? row.bounds[0]?.node?.parentElement ?? null;
  const record = emptyRecord(row.isSettled, place, row.element !== undefined, row.hasStrayDay);
  for (const bound of row.bounds) enter(record, bound, bound.value, profile);
  return record;
}

/** A value under its label; of two under labels of one kind the first stays. */
export function enter(
  record: LabelRecord,
  { field, isDebtNegative }: Pick<Label | Bound, 'field' | 'isDebtNegative'>,
  value: Value | null,
  profile: LabelProfile,
): void {
  const day = value?.kind === 'day' || value?.kind === 'cycle' ? value.day : null;
  if (field === 'due') record.dueDay ??= day;
  else if (field === 'statement' || field === 'cycle') record.statementDay ??= day;
  else if (
    field === 'left' ||
    field === 'owed' ||
    field === 'total' ||
    field === 'minimum' ||
    field === 'fee' ||
    field === 'overdue'
  ) {
    record[field] ??= fenOf(value, isDebtNegative, profile);
    if (field !== 'fee' && field !== 'overdue') record.hasAmountLabel = true;
  }
}

/** A zero under 逾期 says that nothing is late, not that nothing is owed; more than zero is owed whatever stands beside it. */
export function remainingOf(record: LabelRecord): Fen | null {
  const named = record.left ?? record.owed;
  return !named && record.overdue ? record.overdue : named;
}

/** `本期应还` beside `剩余应还` is the whole bill. */
export function totalOf(record: LabelRecord): Fen | null {
  return record.total ?? (record.left !== null ? record.owed : null);
}

export function hasAmount(record: LabelRecord): boolean {
  return remainingOf(record) !== null || record.total !== null || record.minimum !== null;
}

/** Says that a debt exists: a due day, an amount, a day that may be one, or a statement whose amount is hidden. */
export function isBill(record: LabelRecord): boolean {
  return (
    record.dueDay !== null ||
    record.hasStrayDay ||
    hasAmount(record) ||
    (record.statementDay !== null && record.hasAmountLabel)
  );
}
