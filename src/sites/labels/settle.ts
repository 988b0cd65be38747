/** Records that are parts or repetitions of each other become one. */
import type { LabelRecord } from './records.ts';
import { hasAmount, isBill, remainingOf, totalOf } from './records.ts';

const VALUES = ['dueDay', 'statementDay', 'left', 'owed', 'total', 'minimum', 'fee', 'overdue'] as const;

/** `isOneDue`: the page has one label of a due day, so amounts without a day of their own are due on it. */
export function combineRecords(records: readonly LabelRecord[], isOneDue: boolean): LabelRecord[] {
  const bills = shareDay(records, isOneDue).filter(isBill);
  const found: LabelRecord[] = [];
  for (const bill of bills) {
    const same = found.findIndex((other) => isRepetition(other, bill));
    if (same < 0) found.push(bill);
    else found[same] = join(found[same] as LabelRecord, bill);
  }
  return dropRepeatedAmounts(found);
}

function shareDay(records: readonly LabelRecord[], isOneDue: boolean): LabelRecord[] {
  const dated = records.filter((record) => record.dueDay !== null);
  const [only] = dated;
  if (!isOneDue || !only || dated.length > 1) return [...records];
  const statement = records.find((record) => record.statementDay !== null)?.statementDay ?? null;
  const days = { dueDay: only.dueDay, statementDay: only.statementDay ?? statement };
  const amounts = records.filter((record) => record.dueDay === null && hasAmount(record));
  if (hasAmount(only)) return records.map((record) => (record === only ? { ...only, ...days } : record));
  return amounts.length
    ? amounts.map((record) => ({ ...record, ...days }))
    : records.map((record) => (record === only ? { ...only, ...days } : record));
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
  const dated = records.filter((record) => record.dueDay !== null || record.statementDay !== null);
  if (!dated.length) return [...records];
  const sum = dated.reduce((total, record) => total + (remainingOf(record) ?? 0), 0);
  return records.filter((record) => {
    if (dated.includes(record)) return true;
    const amount = remainingOf(record) ?? totalOf(record);
    return (
      amount !== null &&
      amount !== sum &&
      !dated.some((bill) => remainingOf(bill) === amount || totalOf(bill) === amount)
    );
  });
}
