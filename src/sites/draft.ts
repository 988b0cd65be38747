/** What one reader found, before the readers of a page are combined. */
import type { Day } from '../core/day.ts';
import type { Fen } from '../core/money.ts';
import type { Doubt, Family, ReadBill, Source, Standing } from '../core/reading.ts';

/** A bill as one reader saw it. */
export interface Draft extends ReadBill {
  /** The reader means "the current bill", whatever its key: matches the current bill of a more trusted reader. */
  readonly isCurrent: boolean;
  /** A total over several bills. Kept only where no single bill explains it (`SUM_KEY`). */
  readonly isSum: boolean;
}

export interface Part {
  readonly bills: readonly Draft[];
  readonly covered: readonly Family[];
  /** Keys of debts that are shown as paid off and not listed. */
  readonly paidKeys: readonly string[];
  /** Families for which a total of zero or words of nothing speak: they count where nothing contradicts. */
  readonly zeros?: readonly Family[];
  /** Families of which a list was seen that is not whole. */
  readonly unfinished?: readonly Family[];
}

export const NOTHING: Part = { bills: [], covered: [], paidKeys: [] };

export interface DraftFields {
  readonly family: Family;
  readonly source: Source;
  readonly key: string;
  readonly title: string;
  readonly dueDay?: Day | null;
  readonly dueDayIs?: 'stated' | 'estimated';
  readonly statementDay?: Day | null;
  readonly totalFen?: Fen | null;
  readonly remainingFen?: Fen | null;
  readonly minimumFen?: Fen | null;
  readonly instalmentFen?: Fen;
  readonly overdueFeeFen?: Fen | null;
  readonly standing: Standing;
  readonly doubts?: readonly Doubt[];
  readonly isCurrent?: boolean;
  readonly isSum?: boolean;
}

/** A whole draft: every field that was not read is unknown. */
export function draft(fields: DraftFields): Draft {
  return {
    dueDay: null,
    dueDayIs: 'stated',
    statementDay: null,
    totalFen: null,
    remainingFen: null,
    minimumFen: null,
    overdueFeeFen: null,
    doubts: [],
    isCurrent: false,
    isSum: false,
    ...fields,
  };
}

/** Parts that do not overlap, put together. */
export function joinParts(parts: readonly Part[]): Part {
  return {
    bills: parts.flatMap((part) => part.bills),
    covered: [...new Set(parts.flatMap((part) => part.covered))],
    paidKeys: [...new Set(parts.flatMap((part) => part.paidKeys))],
    ...evidenceOf(parts),
  };
}

export function evidenceOf(parts: readonly Part[]): Pick<Required<Part>, 'zeros' | 'unfinished'> {
  return {
    zeros: [...new Set(parts.flatMap(({ zeros }) => zeros ?? []))],
    unfinished: [...new Set(parts.flatMap(({ unfinished }) => unfinished ?? []))],
  };
}

/** What it says of nothing owed is believed where nothing contradicts. */
export function asZeros(part: Part): Part {
  return { ...part, covered: [], zeros: [...(part.zeros ?? []), ...part.covered] };
}

/** `9月账单`, or the given words where the statement day is not known. */
export function monthTitle(statementDay: Day | null, otherwise: string): string {
  return statementDay ? `${Number(statementDay.slice(5, 7))}月账单` : otherwise;
}

/** Tells bills of one key apart: `key`, `key:2`, `key:3` … The numbers that are taken are not counted through again. */
export function freshKeys(taken: { has(key: string): boolean }): (key: string) => string {
  const last = new Map<string, number>();
  return (key) => {
    let n = last.get(key) ?? 1;
    let fresh = n === 1 ? key : `${key}:${n}`;
    while (taken.has(fresh)) fresh = `${key}:${++n}`;
    last.set(key, n);
    return fresh;
  };
}

/** A key for a bill that the site gave no id: its due day, else its statement day, else the given word. */
export function dayKey(dueDay: Day | null, statementDay: Day | null, otherwise: string): string {
  return dueDay ? `due:${dueDay}` : statementDay ? `statement:${statementDay}` : otherwise;
}
