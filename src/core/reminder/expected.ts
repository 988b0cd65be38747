/**
 * What must be looked at although nobody read it: next month's bill, and an account page that asked to sign in.
 * Both become bills of a special kind, so that they go through the one planner and the one ledger.
 */
import { askBill, type Bill, DEFAULT_ACCOUNT } from '../bill.ts';
import { addDays, addMonths, type Day, dayOf, daysBetween, FIRST_LIVED, type Instant, startOf } from '../day.ts';

/** What is remembered of an account between readings. */
export interface Account {
  readonly siteId: string;
  readonly account: string;
  /** The latest monthly bill that was read. Null: none yet, so nothing is expected. */
  readonly lastMonthly: { readonly title: string; readonly statementDay: Day | null; readonly dueDay: Day } | null;
  /** The last reading that gave bills; what was promised before it is not owed. */
  readonly billsReadAt: Instant | null;
  /** The last reading that covered the issued bills. */
  readonly issuedReadAt: Instant | null;
  /** Since when the page asks to sign in; null when it does not. */
  readonly signedOutSince: Instant | null;
}

/** Where a lender states no statement day, the next bill is looked for this long before its due day. */
const STATEMENT_LEAD_DAYS = 9;
/** A reading on the statement day itself may still be too early for the new bill. */
const ISSUE_TAKES_DAYS = 1;
const MONTH_DAYS = 30.436875;
/** No monthly bill is read longer before its due day. */
const MOST_AHEAD_DAYS = 62;
/** Days around the expected due day on which the owner is asked to open the page. */
export const EXPECTED_DAYS = [-7, -3, -1, 0, 1] as const;

/** The bills that are expected around `now` and that no reading has confirmed or ruled out. */
export function expectedBills(accounts: readonly Account[], now: Instant): Bill[] {
  return accounts.flatMap((account) => [...expectedOf(account, now), ...signInOf(account, accounts, now)]);
}

function expectedOf({ siteId, account, lastMonthly, billsReadAt, issuedReadAt }: Account, now: Instant): Bill[] {
  if (!lastMonthly) return [];
  const bills: Bill[] = [];
  const since = daysBetween(lastMonthly.dueDay, dayOf(now));
  const passed = Math.floor(since / MONTH_DAYS);
  // A day further off than any bill's was read under a wrong clock: only its place in the month is believed.
  const isFarOff = since < -MOST_AHEAD_DAYS && now > FIRST_LIVED;
  const months = isFarOff ? passed : Math.max(1, passed);
  for (let month = months; month <= months + 2; month++) {
    const dueDay = addMonths(lastMonthly.dueDay, month);
    const statementOf = (monthsOn: typeof addMonths): Day =>
      lastMonthly.statementDay
        ? monthsOn(lastMonthly.statementDay, month)
        : addDays(monthsOn(lastMonthly.dueDay, month), -STATEMENT_LEAD_DAYS);
    const statementDay = statementOf(addMonths);
    const issuedBy = startOf(addDays(statementOf(latestMonthsOn), ISSUE_TAKES_DAYS));
    if (issuedReadAt !== null && issuedReadAt <= now && issuedReadAt >= issuedBy) continue;
    const key = `expected:${dueDay}`;
    const asked = askBill('expected', { siteId, account, key, title: lastMonthly.title, since: billsReadAt ?? 0 });
    bills.push({ ...asked, dueDay, statementDay });
  }
  return bills;
}

/** As `addMonths`, but a month's last day stays one: of a short month it may stand for the 31st. */
function latestMonthsOn(day: Day, count: number): Day {
  const next = addDays(day, 1);
  return next.endsWith('-01') ? addDays(addMonths(next, count), -1) : addMonths(day, count);
}

function signInOf(
  { siteId, account, lastMonthly, billsReadAt, signedOutSince }: Account,
  accounts: readonly Account[],
  now: Instant,
): Bill[] {
  if (signedOutSince === null || (lastMonthly ?? billsReadAt) === null) return [];
  // Bills were read since, and one of the two pages does not show whose: somebody is signed in.
  const isBack = accounts.some(
    ({ siteId: of, account: whose, billsReadAt }) =>
      of === siteId &&
      whose !== account &&
      [whose, account].includes(DEFAULT_ACCOUNT) &&
      (billsReadAt ?? 0) > signedOutSince &&
      billsReadAt! <= now,
  );
  if (isBack) return [];
  return [
    askBill('sign-in', { siteId, account, key: 'sign-in', title: lastMonthly?.title ?? '', since: signedOutSince }),
  ];
}
