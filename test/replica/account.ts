/** Made-up accounts. Every date is counted from "today", so that a bill due in three days is due in three days. */
export type AccountKind =
  /** One issued bill due in 3 days (386.20 of 486.20 left, minimum 48.62), an older settled one, 800.00 unissued. */
  | 'two-bills'
  /** The same, and a 金条 loan with its next plan due in 9 days. */
  | 'with-loan'
  /** The current bill is 2 days over its day, nothing of its 256.80 paid. */
  | 'overdue'
  /** The current bill is due today. */
  | 'due-today'
  /** Everything issued is paid, nothing unissued. */
  | 'settled'
  /** 23 issued bills in pages of 10; beside the current one, a year-old one on the second page has 6.60 left. */
  | 'many-bills'
  /** Opened 白条, never bought anything with it. */
  | 'empty'
  | 'no-account'
  | 'signed-out'
  /** The page comes, but every XHR says that the session has ended. */
  | 'expired'
  /** The page has been rebuilt: no known label, no known response. */
  | 'rebuilt';

export interface IssuedBill {
  readonly billId: string;
  readonly title: string;
  readonly billDay: string;
  readonly dueDay: string;
  readonly totalFen: number;
  readonly paidFen: number;
  readonly refundFen: number;
  readonly minimumFen: number;
  readonly isCurrent: boolean;
}

export interface Loan {
  readonly orderNo: string;
  readonly name: string;
  readonly amountFen: number;
  readonly borrowedDay: string;
  readonly plans: readonly {
    readonly dueDay: string;
    readonly amountFen: number;
    readonly interestFen: number;
    readonly isPaid: boolean;
  }[];
}

export interface Account {
  readonly kind: AccountKind;
  readonly today: string;
  /** Newest first. */
  readonly issued: readonly IssuedBill[];
  readonly unissued: { readonly billId: string; readonly billDay: string; readonly totalFen: number } | null;
  readonly loans: readonly Loan[];
  readonly limitFen: number;
}

/** `count` days after a `YYYY-MM-DD`. */
export function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** Today in Asia/Shanghai, which has no daylight saving. */
export function todayInShanghai(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
}

function monthAfter(day: string, count: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Due day = statement day + 9. `monthsBack` 0 is the current bill. */
function bill(
  dueDay: string,
  monthsBack: number,
  amounts: { total: number; paid: number; refund?: number; minimum?: number },
): IssuedBill {
  const billDay = monthAfter(dayAfter(dueDay, -9), -monthsBack);
  const [year, month] = billDay.split('-') as [string, string];
  return {
    billId: String(900_000_000_000_000_101n - BigInt(monthsBack)),
    title: `${year}年${Number(month)}月账单`,
    billDay,
    dueDay: dayAfter(billDay, 9),
    totalFen: amounts.total,
    paidFen: amounts.paid,
    refundFen: amounts.refund ?? 0,
    minimumFen: amounts.minimum ?? 0,
    isCurrent: monthsBack === 0,
  };
}

/** What is left to pay. */
export function remainingFenOf(bill: IssuedBill): number {
  return bill.totalFen - bill.paidFen - bill.refundFen;
}

export function makeAccount(kind: AccountKind, today: string): Account {
  const due = dayAfter(today, kind === 'due-today' ? 0 : 3);
  const open = bill(due, 0, { total: 48_620, paid: 10_000, minimum: 4862 });
  const settled = bill(due, 1, { total: 21_500, paid: 19_900, refund: 1600 });
  const next = { billId: '900000000000000102', billDay: monthAfter(open.billDay, 1), totalFen: 80_000 };
  const account: Account = { kind, today, issued: [open, settled], unissued: next, loans: [], limitFen: 800_000 };
  switch (kind) {
    case 'with-loan':
      return { ...account, loans: [loan(today)] };
    case 'overdue': {
      const dueDay = dayAfter(today, -2);
      const late = bill(dueDay, 0, { total: 25_680, paid: 0, minimum: 2568 });
      return { ...account, issued: [late, bill(dueDay, 1, { total: 9900, paid: 9900 })] };
    }
    case 'settled':
      return { ...account, issued: [bill(due, 0, { total: 48_620, paid: 48_620 }), settled], unissued: null };
    case 'many-bills':
      return { ...account, issued: manyBills(open, due) };
    case 'empty':
    case 'no-account':
      return { ...account, issued: [], unissued: null };
    default:
      return account;
  }
}

function manyBills(current: IssuedBill, due: string): IssuedBill[] {
  return Array.from({ length: 23 }, (_, back) => {
    if (back === 0) return current;
    const total = 10_000 + back * 1234;
    return bill(due, back, { total, paid: back === 12 ? total - 660 : total, minimum: back === 12 ? 660 : 0 });
  });
}

function loan(today: string): Loan {
  const next = dayAfter(today, 9);
  return {
    orderNo: '900000000900',
    name: '金条',
    amountFen: 300_000,
    borrowedDay: monthAfter(next, -2),
    plans: [
      { dueDay: monthAfter(next, -1), amountFen: 100_000, interestFen: 1200, isPaid: true },
      { dueDay: next, amountFen: 100_000, interestFen: 800, isPaid: false },
      { dueDay: monthAfter(next, 1), amountFen: 100_000, interestFen: 400, isPaid: false },
    ],
  };
}
