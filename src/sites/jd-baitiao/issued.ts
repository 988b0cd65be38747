/** 已出账单 (facts §2.2) and what the detail of a bill adds: the carried-over bill (§2.4). */
import type { Day } from '../../core/day.ts';
import { type Draft, dayKey, draft, freshKeys, monthTitle, type Part } from '../draft.ts';
import { mergeBills } from '../merge.ts';
import type { Answer } from './answers.ts';
import { dueDays, instalment, standingBeside, yuan } from './fields.ts';
import { type Fields, fieldsOf, idOf, isYes, listOf } from './json.ts';
import { TITLE } from './manifest.ts';
import { pagesOf } from './pages.ts';

export function readIssued(answers: readonly Answer[], today: Day): Part {
  const { items, isWhole } = pagesOf(answers, 'billList', ['billId']);
  const bills = new Map<string, Draft>();
  const freshKey = freshKeys(bills);
  for (const item of items) {
    const bill = issuedBill(item, today);
    if (!bill) continue;
    // Two entries without an id are two bills, whatever else they share.
    const key = idOf(item.billId) ? bill.key : freshKey(bill.key);
    bills.set(key, { ...bill, key });
  }
  return {
    bills: [...bills.values()],
    covered: isWhole ? ['issued'] : [],
    paidKeys: [],
    unfinished: answers.length && !isWhole ? ['issued'] : [],
  };
}

/** One entry of `billList`, or `lastbill`: they share their names. Null when it says nothing at all. */
function issuedBill(item: Fields, today: Day): Draft | null {
  const days = dueDays(item.billLimitDate, item.billDate, today);
  const remainingFen = yuan(item.sdpAmt);
  const totalFen = yuan(item.billAmt);
  const id = idOf(item.billId);
  if (!id && !days.dueDay && remainingFen === null && totalFen === null) return null;
  return draft({
    family: 'issued',
    source: 'responses',
    key: id ?? dayKey(days.dueDayIs === 'stated' ? days.dueDay : null, days.statementDay, 'issued'),
    title: monthTitle(days.statementDay, `${TITLE}账单`),
    ...days,
    totalFen,
    remainingFen,
    minimumFen: yuan(item.minPayAmt),
    ...instalment(item.planedAmt),
    overdueFeeFen: yuan(item.sdpOverAmt),
    ...standingBeside(remainingFen, item.status),
    isCurrent: isYes(item.isCurBill),
  });
}

/** Carried-over bills as they came last, and bills of which only the lines were seen: those exist, with nothing else known. */
export function readDetails(answers: readonly Answer[], known: readonly Draft[], today: Day): Draft[] {
  const carried = new Map<string, Draft>();
  const seen = new Map<string, Draft>();
  for (const { data, request } of answers) {
    const last = fieldsOf(data.lastbill);
    const bill = last && issuedBill(last, today);
    if (bill) carried.set(bill.key, bill);
    const id = idOf(request.get('billId'));
    const isOpen = listOf(data.billList).some((line) => (yuan(line.sdpAmt) ?? 0) > 0);
    if (!id || !isOpen || known.some(({ key }) => key === id)) continue;
    const isUnissued = request.get('billType') === '0' || request.get('isNotAcount') === '1';
    const family = isUnissued ? 'unissued' : 'issued';
    seen.set(id, draft({ family, source: 'responses', key: id, title: `${TITLE}账单`, standing: 'unknown' }));
  }
  return mergeBills(mergeBills(known, [...carried.values()]), [...seen.values()]);
}
