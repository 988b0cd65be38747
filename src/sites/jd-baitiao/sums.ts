/** Answers that know amounts and no due day: summary, overview and the mobile gateway (facts §2.9, §3, §4). */
import { addDays, type Day, parseDay } from '../../core/day.ts';
import type { Fen } from '../../core/money.ts';
import { type Family, type Source, SUM_KEY, standingFrom } from '../../core/reading.ts';
import { type Draft, dayKey, draft, joinParts, monthTitle, NOTHING, type Part } from '../draft.ts';
import type { Answer } from './answers.ts';
import { yuan } from './fields.ts';
import { countOf, fieldsOf, textOf } from './json.ts';
import { DUE_AFTER_STATEMENT_DAYS, TITLE } from './manifest.ts';

/**
 * 白条 or 金条 as one amount over everything. Zero is evidence that nothing is owed, unless the site speaks of an
 * overdue amount beside it; above zero it is a debt without a day until single bills are read. Of an overdue amount
 * alone nothing is known but that something is owed.
 */
export function sumOf(product: '白条' | '金条', allFen: Fen | null, overdueFen: Fen | null, source: Source): Part {
  const families: Family[] = product === '白条' ? ['issued', 'unissued'] : ['loan'];
  const remainingFen = allFen === 0 && overdueFen ? overdueFen : allFen;
  if (remainingFen === null && !overdueFen) return NOTHING;
  if (remainingFen === 0) return { ...NOTHING, zeros: families };
  const bill = draft({
    family: families[0] as Family,
    source,
    key: `${SUM_KEY}${product === '白条' ? 'baitiao' : 'jintiao'}`,
    title: `京东${product}待还`,
    remainingFen,
    standing: standingFrom(remainingFen, false),
    isSum: true,
  });
  return { ...NOTHING, bills: [bill] };
}

export function readPrivilege({ data }: Answer): Part {
  return sumOf('白条', yuan(data.outstandingAmount), yuan(data.delinquencyBalance), 'responses');
}

/** Without its `actStatus` a zero may be that of an account which was never opened. */
export function readOverview({ data }: Answer): Part {
  const baitiao = sumOf('白条', yuan(data.creditWaitPay), yuan(data.delinquencyBalance), 'responses');
  const jintiao = sumOf('金条', yuan(data.jtCreditWaitPay), yuan(data.jtDelinquencyBalance), 'responses');
  // 旅游白条 is a debt of its own, which no other answer tells of.
  const isBeside = [data.tourCreditWaitPay, data.tourDelinquencyBalance].some((amount) => (yuan(amount) ?? 0) > 0);
  if (!countOf(data.actStatus) || isBeside) return { ...joinParts([baitiao, jintiao]), zeros: [] };
  return joinParts([data.actStatus === '2' ? { ...baitiao, zeros: [] } : baitiao, jintiao]);
}

/** `actStatus` 2: 白条 was never activated (facts §3). 金条 may be, and what is owed is owed. */
export function isNotActivated({ endpoint, data }: Answer): boolean {
  if (endpoint !== 'overview' || data.actStatus !== '2') return false;
  const owed = [data.creditWaitPay, data.delinquencyBalance, data.jtCreditWaitPay, data.jtDelinquencyBalance];
  const isLoanActive = countOf(data.jtActStatus) !== null && data.jtActStatus !== '2' && data.jtActStatus !== '0';
  return !isLoanActive && !owed.some((amount) => (yuan(amount) ?? 0) > 0);
}

export function readUserInfo({ data }: Answer): Part {
  const info = fieldsOf(fieldsOf(fieldsOf(data.data)?.assetInfo)?.baitiaoInfo);
  return info ? sumOf('白条', yuan(info.unpaidForAll), yuan(info.overDueAmount), 'responses') : NOTHING;
}

/** In a longer one some of the expressions below would search from every digit to the end. */
const LONGEST_TITLE = 200;

/** `firstScreenNew` has the amount, `queryCard` the statement day: together they are the current bill. */
export function readGateway(firstScreen: Answer | undefined, card: Answer | undefined, today: Day): Part {
  const data = fieldsOf(fieldsOf(firstScreen?.data.resultData)?.data);
  const bill = fieldsOf(data?.bill);
  const words = (textOf(bill?.title) ?? '').slice(0, LONGEST_TITLE);
  const said = /(?:近|未来)\s*[\d七]+\s*[日天]|[\d七]+\s*[日天](?:之?内)/.test(words) ? null : yuan(bill?.amount);
  // Nothing overdue, nothing for the month after, nothing of a 白条 that is not opened: none is about the current bill.
  const isOpened = (textOf(fieldsOf(data?.quota)?.state) ?? '1') === '1';
  const amount = said === 0 && (!isOpened || /逾期|下月|下期/.test(words)) ? null : said;
  // 剩余待还 is the site's word for all that is owed (facts §1); of a month it is that month's bill.
  if (/全部|所有|总待还|总欠款/.test(words) || (/剩余待还/.test(words) && !/\d+\s*月|本[月期]/.test(words)))
    return sumOf('白条', amount, null, 'responses');
  const statementDay = parseDay(fieldsOf(fieldsOf(card?.data.resultData)?.data)?.billDateStr, today);
  if (!bill || (amount === null && !statementDay)) return NOTHING;
  // Zero here says that one bill is paid, not that there is no other.
  const draftBill: Draft = draft({
    family: 'issued',
    source: 'responses',
    key: dayKey(null, statementDay, 'current'),
    title: monthTitle(statementDay, `${TITLE}账单`),
    dueDay: statementDay && addDays(statementDay, DUE_AFTER_STATEMENT_DAYS),
    dueDayIs: statementDay ? 'estimated' : 'stated',
    statementDay,
    remainingFen: amount,
    standing: standingFrom(amount, false),
    isCurrent: true,
  });
  return { ...NOTHING, bills: [draftBill] };
}
