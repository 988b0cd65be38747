/** Combines what several readers saw of one page: a field comes from the most trusted reader that has it (design §4). */
import { type Day, daysBetween } from '../core/day.ts';
import { type Doubt, SAME_BILL_DAYS, SOURCES, standingFrom } from '../core/reading.ts';
import { type Draft, evidenceOf, type Part } from './draft.ts';

type Said = Doubt['values'][number];

/** Two parts, the more trusted one first. */
export function mergeParts(upper: Part, lower: Part): Part {
  return {
    bills: mergeBills(upper.bills, lower.bills),
    covered: [...new Set([...upper.covered, ...lower.covered])],
    paidKeys: [...new Set([...upper.paidKeys, ...lower.paidKeys])],
    ...evidenceOf([upper, lower]),
  };
}

/** One bill seen by both is one bill: matched by key, else by due or statement day, else as the current bill. */
export function mergeBills(upper: readonly Draft[], lower: readonly Draft[]): Draft[] {
  const merged = [...upper];
  const taken = new Set<number>();
  const rest: Draft[] = [];
  const take = (at: number, bill: Draft): void => {
    merged[at] = mergeBill(merged[at] as Draft, bill);
    taken.add(at);
  };
  const find = (test: (candidate: Draft) => boolean): number =>
    merged.findIndex((candidate, at) => at < upper.length && !taken.has(at) && !candidate.isSum && test(candidate));
  for (const bill of lower) {
    if (bill.isSum) {
      rest.push(bill);
      continue;
    }
    let at = find((candidate) => candidate.key === bill.key);
    if (at < 0) at = find((candidate) => isSameDay(candidate, bill) && candidate.remainingFen === bill.remainingFen);
    if (at < 0) at = find((candidate) => isSameDay(candidate, bill) && !isLoanBeside(candidate, bill));
    if (at < 0) rest.push(bill);
    else take(at, bill);
  }
  const added: Draft[] = [];
  for (const bill of rest) {
    const current = currentOf(merged.slice(0, upper.length));
    const at = bill.isSum ? -1 : find((candidate) => isLikelySame(candidate, bill, current));
    if (at < 0) added.push(bill);
    else take(at, bill);
  }
  return [...merged, ...added];
}

function isSameDay(a: Draft, b: Draft): boolean {
  if (a.dueDay && b.dueDay && a.dueDayIs === 'stated' && b.dueDayIs === 'stated') return a.dueDay === b.dueDay;
  if (a.statementDay && b.statementDay) return a.statementDay === b.statementDay;
  return a.dueDay !== null && a.dueDay === b.dueDay;
}

/** A label reader does not always know 白条 from 金条; an amount that differs tells them apart. */
function isLoanBeside(a: Draft, b: Draft): boolean {
  return (
    (a.family === 'loan') !== (b.family === 'loan') &&
    a.remainingFen !== null &&
    b.remainingFen !== null &&
    a.remainingFen !== b.remainingFen
  );
}

function isNear(a: Day | null, b: Day | null): boolean {
  return a === null || b === null || Math.abs(daysBetween(a, b)) <= SAME_BILL_DAYS;
}

function isLikelySame(candidate: Draft, bill: Draft, current: Draft | undefined): boolean {
  if (!isNear(candidate.dueDay, bill.dueDay) || !isNear(candidate.statementDay, bill.statementDay)) return false;
  if (isLoanBeside(candidate, bill)) return false;
  if (bill.isCurrent && candidate === current) return true;
  const hasDays = candidate.dueDay !== null && bill.dueDay !== null;
  return hasDays && candidate.remainingFen !== null && candidate.remainingFen === bill.remainingFen;
}

/** The bill that says it is current, else the newest issued one (lists are newest first). */
function currentOf(bills: readonly Draft[]): Draft | undefined {
  return bills.find((bill) => bill.isCurrent) ?? bills.find((bill) => bill.family === 'issued' && !bill.isSum);
}

function mergeBill(upper: Draft, lower: Draft): Draft {
  const doubts: Doubt[] = [...stillDoubted(upper, lower), ...stillDoubted(lower, upper)];
  const pick = <K extends 'totalFen' | 'remainingFen' | 'minimumFen'>(field: K): Draft[K] => {
    const [a, b] = [upper[field], lower[field]];
    // A page may call the bill's total 本期应还: that is no second opinion on what is left.
    const isTotal = field === 'remainingFen' && b === upper.totalFen;
    if (a !== null && b !== null && a !== b && !isTotal) doubts.push(doubt(field, upper, a, lower, b));
    return a ?? b;
  };
  const totalFen = pick('totalFen');
  const remainingFen = pick('remainingFen');
  const minimumFen = pick('minimumFen');
  const due = mergeDue(upper, lower, doubts);
  const saysSettled = upper.standing === 'settled' || lower.standing === 'settled';
  const standing = standingFrom(remainingFen, saysSettled);
  if (saysSettled && standing === 'open') doubts.push(standingDoubt(upper, lower));
  return {
    ...(lower.instalmentFen === undefined ? {} : { instalmentFen: lower.instalmentFen }),
    ...upper,
    // A title is made from the statement day: the reader that knows the day names the bill.
    title:
      upper.statementDay === null && lower.statementDay !== null && upper.family !== 'loan' ? lower.title : upper.title,
    dueDay: due.dueDay,
    dueDayIs: due.dueDayIs,
    statementDay: upper.statementDay ?? lower.statementDay,
    totalFen,
    remainingFen,
    minimumFen,
    overdueFeeFen: upper.overdueFeeFen ?? lower.overdueFeeFen,
    standing,
    doubts: onePerField(doubts),
    isCurrent: upper.isCurrent || lower.isCurrent,
    source: SOURCES.find((source) => source === upper.source || source === lower.source) ?? upper.source,
  };
}

/** A value that nobody confirmed is doubted no more once another reader has the field: it agrees, or both are kept. */
function stillDoubted({ doubts }: Draft, other: Draft): readonly Doubt[] {
  return doubts.filter(({ field, values }) => values.length > 1 || other[field] === null);
}

/** A third reader that disagrees adds its value to what is doubted already. */
function onePerField(doubts: readonly Doubt[]): Doubt[] {
  return [...new Set(doubts.map(({ field }) => field))].map((field) => {
    const said = doubts.filter((doubt) => doubt.field === field).flatMap(({ values }) => values);
    const isFirst = (a: Said, at: number): boolean =>
      said.findIndex((b) => a.source === b.source && a.value === b.value) === at;
    return { field, values: said.filter(isFirst) };
  });
}

/** A stated day beats an estimated one; of two stated days the earlier is planned for and both are kept. */
function mergeDue(upper: Draft, lower: Draft, doubts: Doubt[]): Pick<Draft, 'dueDay' | 'dueDayIs'> {
  const stated = [upper, lower].filter((bill) => bill.dueDay !== null && bill.dueDayIs === 'stated');
  const [first, second] = stated;
  if (!first) return upper.dueDay ? upper : lower;
  if (!second || first.dueDay === second.dueDay) return first;
  doubts.push(doubt('dueDay', first, first.dueDay as Day, second, second.dueDay as Day));
  return (first.dueDay as Day) < (second.dueDay as Day) ? first : second;
}

function doubt(field: Doubt['field'], upper: Draft, a: string | number, lower: Draft, b: string | number): Doubt {
  return {
    field,
    values: [
      { source: upper.source, value: a },
      { source: lower.source, value: b },
    ],
  };
}

function standingDoubt(upper: Draft, lower: Draft): Doubt {
  return doubt('standing', upper, upper.standing, lower, lower.standing);
}

/** Totals are dropped where an open or unknown bill already stands for the debt. */
export function dropExplainedSums(bills: readonly Draft[]): Draft[] {
  return bills.filter(
    (sum) =>
      !sum.isSum ||
      (sum.remainingFen !== 0 &&
        !bills.some(
          (bill) =>
            bill !== sum &&
            (bill.family === 'loan') === (sum.family === 'loan') &&
            (bill.isSum ? bills.indexOf(bill) < bills.indexOf(sum) : bill.standing !== 'settled'),
        )),
  );
}
