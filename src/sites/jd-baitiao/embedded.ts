/** The hidden input `#assetsAggregated` of the bill page (facts §2.1). */
import { type Day, parseDay } from '../../core/day.ts';
import { standingFrom } from '../../core/reading.ts';
import { type Draft, dayKey, draft, joinParts, NOTHING, type Part } from '../draft.ts';
import { yuan } from './fields.ts';
import { type Fields, fieldsOf, idOf, isYes, MAX_BODY, parseJson } from './json.ts';
import { TITLE } from './manifest.ts';
import { sumOf } from './sums.ts';

export interface Embedded {
  readonly part: Part;
  /** The coming bill's id and due day, which no other answer has. */
  readonly next: { readonly key: string; readonly dueDay: Day } | null;
  /** The block stands on the page and does not say that it succeeded. */
  readonly isRefused: boolean;
}

export const NO_EMBEDDED: Embedded = { part: NOTHING, next: null, isRefused: false };

/** Nothing of it is trusted unless it says that it succeeded. */
export function readEmbedded(document: Document, today: Day): Embedded {
  // Absent on every page but the bill page.
  const text = document.getElementById('assetsAggregated')?.getAttribute('value');
  const data = text && text.length <= MAX_BODY ? fieldsOf(parseJson(text)) : null;
  if (!data) return NO_EMBEDDED;
  if (!isYes(fieldsOf(data.result)?.isSuccess)) return { ...NO_EMBEDDED, isRefused: true };
  const bill = fieldsOf(data.bill);
  const bullion = fieldsOf(data.bullion);
  const current = bill && currentBill(bill, today);
  const part = joinParts([
    current ? { ...NOTHING, bills: [current] } : NOTHING,
    bill ? sumOf('白条', yuan(bill.unPaidForAll), yuan(bill.overdueAmount), 'embedded') : NOTHING,
    bullion ? sumOf('金条', yuan(bullion.unPaidForAll), yuan(bullion.overdueAmount), 'embedded') : NOTHING,
  ]);
  const key = idOf(bill?.nextBillId);
  const dueDay = parseDay(bill?.nextBillLimitPay, today);
  return { part, next: key && dueDay ? { key, dueDay } : null, isRefused: false };
}

function currentBill(bill: Fields, today: Day): Draft | null {
  const remainingFen = yuan(bill.curBillShouldPayAmount);
  const dueDay = parseDay(bill.billLimitPay, today);
  if (!dueDay && !remainingFen) return null;
  return draft({
    family: 'issued',
    source: 'embedded',
    key: dayKey(dueDay, null, 'current'),
    title: `${TITLE}账单`,
    dueDay,
    remainingFen,
    minimumFen: yuan(bill.curBillShouldPayMinAmount),
    standing: standingFrom(remainingFen, false),
    isCurrent: true,
  });
}
