/** 金条 (facts §2.8): every open entry of a loan's `plans[]` is a debt with a due day of its own. */
import { type Day, parseDay } from '../../core/day.ts';
import type { Fen } from '../../core/money.ts';
import { type Doubt, standingFrom } from '../../core/reading.ts';
import { type Draft, draft, freshKeys, type Part } from '../draft.ts';
import type { Answer } from './answers.ts';
import { yuan } from './fields.ts';
import { countOf, type Fields, idOf, listOf, textOf } from './json.ts';
import { itemId, pagesOf } from './pages.ts';

const LOAN_IDS = ['jdOrderNo', 'iouId', 'loanId', 'jdPayOrderNo'] as const;

/** One loan or plan in the list of all and in that of unpaid ones is one debt, as it came last. */
export function readLoans(answers: readonly Answer[], today: Day): Part {
  const { items, isWhole } = pagesOf(answers, 'detailsInfo', LOAN_IDS);
  const loans = new Map<string, Fields>();
  items.forEach((loan, at) => {
    const key = itemId(loan, LOAN_IDS) ?? `${at}`;
    const known = loans.get(key);
    const hasLost = known && listOf(known.plans).length > 0 && !listOf(loan.plans).length;
    if (!hasLost) loans.set(key, loan);
  });
  const plans = new Map<string, { plan: Fields; id: string | null }>();
  const others: Draft[] = [];
  let unnamed = 0;
  // A list of unpaid plans has less of a loan than the list of all: each plan counts as it came last.
  for (const loan of items) {
    for (const plan of listOf(loan.plans)) {
      const id = idOf(plan.planId) ?? idOf(plan.id);
      const key = id ? `id:${id}` : `${itemId(loan, LOAN_IDS) ?? unnamed++} ${JSON.stringify(plan)}`;
      plans.set(key, { plan, id });
    }
  }
  for (const loan of loans.values()) {
    const bill = listOf(loan.plans).length ? null : loanBill(loan, today);
    if (bill) others.push(bill);
  }
  const bills = new Map<string, Draft>();
  const freshKey = freshKeys(bills);
  const paidKeys: string[] = [];
  const add = (bill: Draft): void => {
    const key = freshKey(bill.key);
    bills.set(key, { ...bill, key });
  };
  for (const { plan, id } of plans.values()) {
    if (!isPaid(plan)) add(planBill(plan, id, today));
    else if (id) paidKeys.push(id);
  }
  others.forEach(add);
  return {
    bills: [...bills.values()],
    covered: isWhole ? ['loan'] : [],
    paidKeys,
    unfinished: answers.length && !isWhole ? ['loan'] : [],
  };
}

/** Fees and interest that are still to pay beside the plan's own amount. */
function extrasOf(plan: Fields): Fen {
  const names = ['shouldPayOverAmount', 'shouldPayPlanFeeAmount', 'shouldPayDayAmount'] as const;
  return names.reduce((sum, name) => sum + (yuan(plan[name]) ?? 0), 0) as Fen;
}

/** Status `"1"` = paid (facts §2.8, medium): believed only beside the day it was paid, or an amount paid in full. */
function isPaid(plan: Fields): boolean {
  return hasPaid(plan) && (textOf(plan.status) ?? '1') === '1' && !yuan(plan.shouldPayAmount) && !extrasOf(plan);
}

function hasPaid(plan: Fields): boolean {
  const [amount, paid] = [yuan(plan.amount), yuan(plan.payAmount)];
  return textOf(plan.finishPayDate) !== null || (amount !== null && paid !== null && amount > 0 && paid >= amount);
}

/** What is left of a plan. Null: not said, or zero where nothing was paid of it. */
function leftOf(plan: Fields, saysPaid: boolean): { leftFen: Fen | null; isContradicted: boolean } {
  const shouldFen = yuan(plan.shouldPayAmount);
  const extras = extrasOf(plan);
  const isUntouched = plan.payAmount === undefined || plan.payAmount === null || yuan(plan.payAmount) === 0;
  if (shouldFen) return { leftFen: shouldFen, isContradicted: false };
  if (extras && (shouldFen === 0 || saysPaid)) return { leftFen: extras, isContradicted: false };
  const isContradicted = shouldFen === 0 && !saysPaid && !hasPaid(plan);
  // Part payments are not subtracted here: what is left is then unknown unless the site says it.
  if (shouldFen === 0) return { leftFen: isContradicted ? null : shouldFen, isContradicted };
  return { leftFen: isUntouched && !saysPaid ? yuan(plan.amount) : null, isContradicted };
}

function planBill(plan: Fields, id: string | null, today: Day): Draft {
  const dueDay = parseDay(plan.limitPayDate, today);
  const saysPaid = plan.status === '1' || textOf(plan.finishPayDate) !== null;
  const { leftFen, isContradicted } = leftOf(plan, saysPaid);
  const doubts: Doubt[] =
    saysPaid || isContradicted
      ? [
          {
            field: 'standing',
            values: [
              { source: 'responses', value: 'settled' },
              { source: 'responses', value: 'open' },
            ],
          },
        ]
      : [];
  return draft({
    family: 'loan',
    source: 'responses',
    key: id ?? (dueDay ? `loan:${dueDay}` : 'loan'),
    title: planTitle(plan),
    dueDay,
    totalFen: yuan(plan.amount),
    remainingFen: leftFen,
    overdueFeeFen: yuan(plan.shouldPayOverAmount),
    standing: standingFrom(leftFen, false),
    doubts,
  });
}

function planTitle(plan: Fields): string {
  const [current, count] = [countOf(plan.curPlanNum), countOf(plan.planNum)];
  return current && count ? `金条 第${current}/${count}期` : '京东金条';
}

/** A loan without its plans: its next due day, where something of it is still owed or unknown. */
function loanBill(loan: Fields, today: Day): Draft | null {
  const leftFen = yuan(loan.outstandingAmount, loan.unpaidAmount);
  if (leftFen === 0 || (leftFen === null && textOf(loan.finishPayDate))) return null;
  const dueDay = parseDay(loan.currentDueDate, today);
  const remainingFen = yuan(loan.currentShouldPay, loan.currentShouldAmount);
  const standing = standingFrom(remainingFen, false) === 'open' ? 'open' : 'unknown';
  return draft({
    family: 'loan',
    source: 'responses',
    key: dueDay ? `loan:${dueDay}` : 'loan',
    title: '京东金条',
    dueDay,
    remainingFen: remainingFen === 0 ? null : remainingFen,
    standing,
  });
}
