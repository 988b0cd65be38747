/** Which of the amounts that stand in a mail is the one its bill asks for. */
import type { Day } from '../../core/day.ts';
import { type Fen, parseFen } from '../../core/money.ts';
import type { Draft } from '../draft.ts';
import type { CardDraft } from './name.ts';

const NEW = /账 ?单 ?(?:总 ?)?(?:金 ?额|总 ?额|额)/;
const BEHIND = String.raw`[^\d。]{0,16}(\d[\d,]*\.\d\d)(?![\d.])`;
const LEFT = new RegExp(String.raw`(?<!\( ?)(?:剩余[应待未]还|[待未]还|欠款)(?:${BEHIND})?`, 'g');
const LEFT_LABEL = /(?:剩余应还|[待未]还)(?:账单|本金|总?金?额)?(?=[ :¥]|$)/;
const WHOLE = new RegExp(`(?<![\u4e00-\u9fff] ?)(?:[应待]还(?:总额|总计|合计)|待还金额)${BEHIND}`, 'g');
const OWN = /[本当][期月][应待]还(?:款?[总金]?额|款)?[ :¥]*(\d[\d,]*\.\d\d)(?![\d.])/g;
/** `账单金额 500.00元，已还 200.00元`: in one sentence, both speak of the one bill. */
const PAID_PART = new RegExp(
  String.raw`(?<![上下前往][一个]?[期月次]的? ?)${NEW.source}${BEHIND} ?元? ?[,(] ?(?:其中|您)?已(?:还|支付)[款金额]*[ :¥为]*(?=[\d,.]*[1-9])\d[\d,]*(?:\.\d\d| ?元)`,
);
const TOTAL = new RegExp(`(?:[合总共]计|总额)${BEHIND}`, 'g');
const OWED = new RegExp(`(?<!剩余 ?)应还${BEHIND}`, 'g');

/**
 * What a statement calls the bill's amount is what is owed, where nothing says that part of it was paid. What is left of
 * more than the bill is a loan's.
 */
export function amountOf({ remainingFen, totalFen }: Draft): Fen | null {
  const isOfLoan = remainingFen !== null && totalFen !== null && remainingFen > totalFen;
  return isOfLoan ? totalFen : (remainingFen ?? totalFen);
}

/**
 * More is owed than the bill is called to be: 账单金额 is then what was added to a bill that was not paid, or the month's
 * part of all that is left. Where the text does not tell which, the amount is unknown.
 */
export function withoutNew(bill: Draft, bills: readonly Draft[], text: string): Draft {
  const { remainingFen, totalFen } = bill;
  if (remainingFen === null && parseFen(PAID_PART.exec(text)?.[1]) === totalFen) return { ...bill, totalFen: null };
  if (remainingFen === null || totalFen === null || remainingFen <= totalFen || !NEW.test(text)) return bill;
  if (totalFen + sumOf(othersOf(bill, bills).map(amountOf)) === remainingFen)
    return { ...bill, remainingFen: totalFen };
  const [left, owed] = [LEFT, OWED].map((label) => Array.from(text.matchAll(label), ([, amount]) => parseFen(amount)));
  if (left?.includes(remainingFen)) return bill;
  const isClear = !left?.length || owed?.includes(remainingFen);
  return { ...bill, totalFen: null, remainingFen: isClear ? remainingFen : null };
}

/** What is late is due as well. */
const LATE = new RegExp(`(?:逾期|[上往前]期|历史)${BEHIND}`, 'g');

/** All that is left of a loan beside what the month asks for: nobody is to take it for due on the day. */
export function withoutWhole(bill: CardDraft, bills: readonly CardDraft[], text: string): CardDraft {
  const [wholes, owns, lates] = [WHOLE, OWN, LATE].map((label) =>
    Array.from(text.matchAll(label), ([, fen]) => parseFen(fen)),
  );
  const restFens = owns?.map((fen) => (bill.remainingFen ?? 0) - (fen ?? 0)) ?? [];
  const isLate = restFens.some((rest) => lates?.includes(rest as Fen));
  const isWhole = wholes?.includes(bill.remainingFen) && restFens.some((rest) => rest > 0) && !isLate;
  const isOneDay = bills.every(({ dueDay }) => dueDay === bill.dueDay);
  return isWhole && isOneDay ? { ...bill, remainingFen: null, standing: 'unknown' } : bill;
}

/** A past bill of which a word says that it is paid: its amount is what it was. The word may be of something else. */
export function isPaid({ standing, remainingFen, totalFen, dueDay }: Draft, today: Day): boolean {
  return standing === 'settled' && remainingFen === null && totalFen !== null && dueDay !== null && dueDay < today;
}

/** What is left has a label: of a former month too, it is owed. */
export function tellsLeft(text: string): boolean {
  return LEFT_LABEL.test(text);
}

/** Nothing is owed in yuan, and something in another currency: that is no bill of nothing. */
export function withoutZero(bill: CardDraft): CardDraft {
  return bill.standing === 'settled' ? { ...bill, remainingFen: null, minimumFen: null, standing: 'unknown' } : bill;
}

/**
 * A row without a card whose amount is that of all cards together is their total, whatever it is called; so is one beside
 * rows of whatever name, where it is called so, or the minimum is theirs together as well and more than one has an amount.
 */
export function withoutTotals(bills: readonly CardDraft[], text: string): readonly CardDraft[] {
  const called = Array.from(text.matchAll(TOTAL), ([, amount]) => parseFen(amount));
  return bills.filter((bill) => {
    const others = othersOf(bill, bills);
    const isSum = (field: 'remainingFen' | 'minimumFen'): boolean =>
      sumOf(others.map((other) => other[field])) === bill[field];
    if (bill.card !== null || others.length < 2 || !isSum('remainingFen')) return true;
    const isMost = others.every((other) => (other.remainingFen ?? 0) < (bill.remainingFen ?? 0));
    const areCards = others.every(({ card }) => card !== null);
    return !(areCards || called.includes(bill.remainingFen) || (isSum('minimumFen') && isMost));
  });
}

function othersOf<T extends Draft>(bill: T, bills: readonly T[]): T[] {
  return bills.filter((other) => other !== bill && other.dueDay === bill.dueDay);
}

/** No number where one of them is unknown. */
function sumOf(amounts: readonly (Fen | null)[]): number {
  return amounts.reduce((sum, fen) => sum + (fen ?? Number.NaN), 0);
}
