/** Records that are parts or repetitions of each other become one. */
import type { Day } from '../../core/day.ts';
import type { Cards } from './card.ts';
import type { LabelRecord } from './records.ts';
import { hasAmount, isBill, remainingOf, totalOf } from './records.ts';

/** So many bills of one day are held against the next of that day. */
const MOST_ON_A_DAY = 21;

const VALUES = ['dueDay', 'statementDay', 'left', 'owed', 'total', 'minimum', 'fee', 'overdue'] as const;

/** `isOneDue`: the page has one label of a due day, so amounts without a day of their own are due on it. */
export function combineRecords(records: readonly LabelRecord[], isOneDue: boolean, { areApart }: Cards): LabelRecord[] {
  const bills = shareDay(records, isOneDue).filter(isBill);
  const found: LabelRecord[] = [];
  const byDue = new Map<Day, number[]>();
  for (const bill of bills) {
    const at = found.push(bill) - 1;
    if (bill.dueDay === null) continue;
    const places = byDue.get(bill.dueDay);
    const same = places?.find((place) => {
      const other = found[place] as LabelRecord;
      return isRepetition(other, bill) && !areApart(other, bill);
    });
    if (same !== undefined) {
      found.pop();
      found[same] = join(found[same] as LabelRecord, bill);
    } else if (!places) byDue.set(bill.dueDay, [at]);
    else if (places.push(at) > MOST_ON_A_DAY) places.shift();
  }
  return dropRepeatedAmounts(found);
}

function shareDay(records: readonly LabelRecord[], isOneDue: boolean): readonly LabelRecord[] {
  if (!isOneDue) return records;
  const amounts = records.filter(hasAmount);
  const [dueDay, ...otherDue] = daysOf(records, 'dueDay');
  const [statementDay, ...otherStatement] = daysOf(records, 'statementDay');
  if (!amounts.length || otherDue.length || otherStatement.length) return records;
  return amounts.map((record) => ({ ...record, dueDay: dueDay ?? null, statementDay: statementDay ?? null }));
}

function daysOf(records: readonly LabelRecord[], field: 'dueDay' | 'statementDay'): Day[] {
  return [...new Set(records.flatMap((record) => record[field] ?? []))];
}

/** The same bill shown twice: the same day, and nothing that contradicts. */
function isRepetition(a: LabelRecord, b: LabelRecord): boolean {
  if (a.dueDay === null || a.dueDay !== b.dueDay) return false;
  // Of many bills on one day nearly all differ in what is left: the rest is not looked at.
  return agrees(a.left, b.left) && VALUES.every((field) => agrees(a[field], b[field]));
}

function agrees<T>(a: T | null, b: T | null): boolean {
  return a === null || b === null || a === b;
}

function join(a: LabelRecord, b: LabelRecord): LabelRecord {
  const joined = {
    ...a,
    hasAmountLabel: a.hasAmountLabel || b.hasAmountLabel,
    isSettled: a.isSettled || b.isSettled,
  };
  for (const field of VALUES) Object.assign(joined, { [field]: a[field] ?? b[field] });
  return joined;
}

/** An amount without a day that a bill with a day, or all of them together, already has: a summary, not a bill. */
function dropRepeatedAmounts(records: readonly LabelRecord[]): LabelRecord[] {
  const isDated = (record: LabelRecord): boolean =>
    record.hasStrayDay || record.dueDay !== null || record.statementDay !== null;
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
