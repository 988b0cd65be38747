/** Records that are parts or repetitions of each other become one. */
import type { Day } from '../../core/day.ts';
import type { LabelRecord } from './records.ts';
import { hasAmount, isBill, remainingOf, totalOf } from './records.ts';

const VALUES = ['dueDay', 'statementDay', 'left', 'owed', 'total', 'minimum', 'fee', 'overdue'] as const;

/** `isOneDue`: the page has one label of a due day, so amounts without a day of their own are due on it. */
export function combineRecords(records: readonly LabelRecord[], isOneDue: boolean): LabelRecord[] {
  const bills = shareDay(records, isOneDue).filter(isBill);
  const found: LabelRecord[] = [];
  const byDue = new Map<Day | null, number[]>();
  for (const bill of bills) {
    const places = byDue.get(bill.dueDay) ?? [];
    const same = places.find((at) => isRepetition(found[at] as LabelRecord, bill));
    if (same !== undefined) {
      found[same] = join(found[same] as LabelRecord, bill);
      continue;
    }
    byDue.set(bill.dueDay, [...places.slice(-20), found.push(bill) - 1]);
  }
  return dropRepeatedAmounts(found);
}

function shareDay(records: readonly LabelRecord[], isOneDue: boolean): readonly LabelRecord[] {
  const amounts = records.filter(hasAmount);
  const [dueDay, ...otherDue] = daysOf(records, 'dueDay');
  const [statementDay, ...otherStatement] = daysOf(records, 'statementDay');
  if (!isOneDue || !amounts.length || otherDue.length || otherStatement.length) return records;
  return amounts.map((record) => ({ ...record, dueDay: dueDay ?? null, statementDay: statementDay ?? null }));
}

function daysOf(records: readonly LabelRecord[], field: 'dueDay' | 'statementDay'): Day[] {
  return [...new Set(records.flatMap((record) => record[field] ?? []))];
}

/** The same bill shown twice: the same day, and nothing that contradicts. */
function isRepetition(a: LabelRecord, b: LabelRecord): boolean {
  if (a.dueDay === null || a.dueDay !== b.dueDay) return false;
  return VALUES.every((field) => a[field] === null || b[field] === null || a[field] === b[field]);
}

function join(a: LabelRecord, b: LabelRecord): LabelRecord {
  const joined = {
    ...a,
    hasAmountLabel: a.hasAmountLabel || b.hasAmountLabel,
    hasHidden: a.hasHidden || b.hasHidden,
    isSettled: a.isSettled || b.isSettled,
  };
  for (const field of VALUES) Object.assign(joined, { [field]: a[field] ?? b[field] });
  return joined;
}

/** An amount without a day that a bill with a day, or all of them together, already has: a summary, not a bill. */
function dropRepeatedAmounts(records: readonly LabelRecord[]): LabelRecord[] {
  const isDated = (record: LabelRecord): boolean => record.dueDay !== null || record.statementDay !== null;
  const dated = records.filter(isDated);
  if (!dated.length || dated.length === records.length) return [...records];
  const known = new Set(dated.flatMap((bill) => [remainingOf(bill), totalOf(bill)]));
  const sum = dated.reduce((total, record) => total + (remainingOf(record) ?? 0), 0);
  return records.filter((record) => {
    if (isDated(record)) return true;
    const amount = remainingOf(record) ?? totalOf(record);
    return amount !== null && amount !== sum && !known.has(amount);
  });
}
