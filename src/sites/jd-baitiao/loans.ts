/** 金条 (facts §2.8): every open entry of a loan's `plans[]` is a debt with a due day of its own. */
import { type Day, parseDay } from '../../core/day.ts';
import { type Doubt, standingFrom } from '../../core/reading.ts';
import { type Draft, draft, type Part } from '../draft.ts';
import type { Answer } from './answers.ts';
import { yuan } from './fields.ts';
import { countOf, type Fields, idOf, listOf, textOf } from './json.ts';
import { pagesOf } from './pages.ts';

export function readLoans(answers: readonly Answer[], today: Day): Part {
  const { items, isWhole } = pagesOf(answers, 'detailsInfo');
  const bills = new Map<string, Draft>();
  const paidKeys: string[] = [];
  const add = (bill: Draft): void => {
    let key = bill.key;
    for (let n = 2; bills.has(key); n++) key = `${bill.key}:${n}`;
    bills.set(key, { ...bill, key });
  };
  const seen = new Set<string>();
  for (const loan of items) {
    const text = JSON.stringify(loan);
    if (seen.has(text)) continue;
    seen.add(text);
    const plans = listOf(loan.plans);
    for (const plan of plans) {
      const id = idOf(plan.planId) ?? idOf(plan.id);
      if (isPaid(plan)) {
        if (id) paidKeys.push(id);
      } else add(planBill(plan, id, today));
    }
    const bill = plans.length ? null : loanBill(loan, today);
    if (bill) add(bill);
  }
  return { bills: [...bills.values()], covered: isWhole ? ['loan'] : [], paidKeys };
}

/** Status `"1"` = paid (facts §2.8, medium): believed only beside the day it was paid, or an amount paid in full. */
function isPaid(plan: Fields): boolean {
  const [amount, paid] = [yuan(plan.amount), yuan(plan.payAmount)];
  const hasPaid =
    textOf(plan.finishPayDate) !== null || (amount !== null && paid !== null && amount > 0 && paid >= amount);
  return hasPaid && (textOf(plan.status) ?? '1') === '1' && !yuan(plan.shouldPayAmount);
}

function planBill(plan: Fields, id: string | null, today: Day): Draft {
  const dueDay = parseDay(plan.limitPayDate, today);
  const totalFen = yuan(plan.amount);
  const paidFen = plan.payAmount === undefined || plan.payAmount === null ? 0 : yuan(plan.payAmount);
  const saysPaid = plan.status === '1' || textOf(plan.finishPayDate) !== null;
  // Part payments are not subtracted here: what is left is then unknown unless the site says it.
  const remainingFen = yuan(plan.shouldPayAmount) ?? (paidFen === 0 && !saysPaid ? totalFen : null);
  const doubts: Doubt[] = saysPaid
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
    totalFen,
    remainingFen,
    overdueFeeFen: yuan(plan.shouldPayOverAmount),
    standing: standingFrom(remainingFen, false),
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
