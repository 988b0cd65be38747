/** What falls due in which month, beside what its owner means to spend. An amount that nobody read is counted, never added. */
import type { Bill } from './bill.ts';
import type { Day } from './day.ts';
import type { Fen } from './money.ts';
import { addMonth, type Month, monthOf } from './month.ts';

export interface Due {
  /** The sum of the amounts that are known. */
  readonly knownFen: Fen;
  readonly bills: number;
  /** Bills without a known amount, expected ones among them. */
  readonly unknown: number;
  /** Bills that nobody read yet: they are expected because the debt comes every month. */
  readonly expected: number;
}

export interface MonthDue extends Due {
  readonly month: Month;
  /**
   * Against the budget, in the first month with what is overdue; null where none is set. `unsure`: unknown amounts may
   * break it; `unknown`: no bill is known yet, which is no promise that none comes.
   */
  readonly budget: 'within' | 'over' | 'unsure' | 'unknown' | null;
}

export interface FallsDue {
  readonly overdue: Due;
  /** From this month on, each once, the empty ones between too. */
  readonly months: readonly MonthDue[];
  readonly dayless: Due;
}

const NOTHING: Due = { knownFen: 0 as Fen, bills: 0, unknown: 0, expected: 0 };
const FEWEST_MONTHS = 3;
const MOST_MONTHS = 12;

/** `bills`: the watched ones and the expected ones; what else asks for something is left alone. */
export function fallsDue(bills: readonly Bill[], today: Day, budgetFen: Fen | null): FallsDue {
  const debts = bills.filter(({ asks }) => asks === undefined || asks === 'expected');
  const read = new Set(debts.filter(({ asks }) => !asks).map(accountMonth));
  const groups = new Map<string, Due>();
  for (const bill of debts) {
    // Read already, though not as the final bill: it is no second debt.
    if (bill.asks === 'expected' && read.has(accountMonth(bill))) continue;
    const name = bill.dueDay === null ? 'dayless' : bill.dueDay < today ? 'overdue' : monthOf(bill.dueDay);
    groups.set(name, plus(groups.get(name) ?? NOTHING, bill));
  }
  const overdue = groups.get('overdue') ?? NOTHING;
  const first = monthOf(today);
  const last = [...groups.keys()].filter((name) => /^\d/.test(name)).reduce((a, b) => (a > b ? a : b), first);
  const months: MonthDue[] = [];
  for (let i = 0; i < MOST_MONTHS; i++) {
    const month = addMonth(first, i);
    if (i >= FEWEST_MONTHS && month > last) break;
    const due = groups.get(month) ?? NOTHING;
    const counted = i === 0 ? sum(due, overdue) : due;
    months.push({ month, ...due, budget: budgetFen === null ? null : against(counted, budgetFen) });
  }
  return { overdue, months, dayless: groups.get('dayless') ?? NOTHING };
}

function accountMonth({ siteId, account, dueDay }: Bill): string {
  return `${siteId}/${account}/${dueDay?.slice(0, 7)}`;
}

/** Sums may go beyond what one debt is believed to be. */
function plus(due: Due, { remainingFen, asks }: Bill): Due {
  return {
    knownFen: (due.knownFen + (remainingFen ?? 0)) as Fen,
    bills: due.bills + 1,
    unknown: due.unknown + (remainingFen === null ? 1 : 0),
    expected: due.expected + (asks === 'expected' ? 1 : 0),
  };
}

function sum(a: Due, b: Due): Due {
  return {
    knownFen: (a.knownFen + b.knownFen) as Fen,
    bills: a.bills + b.bills,
    unknown: a.unknown + b.unknown,
    expected: a.expected + b.expected,
  };
}

function against({ knownFen, bills, unknown }: Due, budgetFen: Fen): MonthDue['budget'] {
  if (bills === 0) return 'unknown';
  if (knownFen > budgetFen) return 'over';
  return unknown > 0 ? 'unsure' : 'within';
}
