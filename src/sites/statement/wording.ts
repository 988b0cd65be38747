/** Wordings of mails that the generic reader does not know, put into those that it does. Labels and days alone are touched. */
import type { Day } from '../../core/day.ts';
import { type Fen, parseFen } from '../../core/money.ts';
import { CHANGED_TO, IS } from './corrections.ts';

const OWED = '(?:应还|待还|未还|欠款)';
const LABEL = `(?:本期|本月|当期|当月|人民币|剩余){0,3}(?:${OWED}|最低(?:应还|还款)|账单(?:金额|总额))`;
/** Of another month, of an example. */
const NOT_OTHER = String.raw`(?<!(?:[上下前往每]|历史|\d月)[\u4e00-\u9fff]{0,8})(?<![如若例假][^。\n]{0,60})`;

/** Where a sentence, or the number of an instalment, runs into its label. */
const RUN_IN = new RegExp(
  String.raw`(?:(?<=您|客户|[卡贷呗于在]|[贷借]款|月付)${NOT_OTHER}|(?<=第 ?\d{1,3} ?(?:/ ?\d{1,3} ?)?期))(?=${LABEL}|还款日)`,
  'g',
);
/** `账单金额 900.00元，已还 900.00元` */
const PAID_WHOLE =
  /(?:(?<!\d)\d{1,2}月份?的?|[本上][期月])?账单(?:总?金额|总额|额)[\s:：为]*[¥￥]?(\d[\d,]*(?:\.\d\d)?) ?元?[,，(（] ?您?已(?:还|支付)[款清金额\s:：为]*[¥￥]?\1(?![.,]?\d) ?元?[)）]?/g;

const WORDINGS: readonly (readonly [RegExp, string])[] = [
  [CHANGED_TO, ''],
  [
    new RegExp(
      String.raw`(?:${IS})(?:的?您?的?)?(?=${LABEL}|(?:到期|最[后迟晚])?还款日[\s:：为是]*(?:$|\d+ ?[-/.年月]))`,
      'gi',
    ),
    '',
  ],
  [PAID_WHOLE, ''],
  // A note's number; a credit; dots that lead to a value; a day by two names, and one without its words.
  [/(?<=[款额日])[(（]注?\d[)）]/g, ''],
  [/([(（](?:存款|溢缴款?)[)）])\s*([¥￥]?[\d,]+\.\d\d)/g, '$2$1'],
  [/[.·…]{3,}(?=\s*[¥￥]?\d)/g, ' '],
  [/[今明后][天日][(（]([\d年月日 ./-]{5,12})[)）]/g, '$1'],
  [/(还款日期?[\s:：为是]*)(\d{1,2})[-/](\d{1,2})(?![\d/.-]| ?[日天个])/g, '$1$2月$3日'],
  [/最低(?:需还|应付款?|付款|缴款)(?:金额|额)?/g, '最低还款额'],
  [/本期[需须]还款?(?:金额|额)?(?=[\s:：¥￥\d]|$)/g, '本期应还金额'],
  [/(?:全额|本次)(?=应还)/g, '本期'],
  [/(?<=账单[^。贷借]{0,40})(?:还剩|剩余|尚有)([\d,]+\.\d\d ?元)[未待]还/g, '剩余应还$1'],
  [/应还余额/g, '应还金额'],
  [/(最后|最迟|最晚)付款日/g, '$1还款日'],
  [/应还日期?(?=[为是]|[^\u4e00-\u9fff]|$)/g, '还款日'],
  [/(?:约定|账单)(?=还款日)/g, ''],
  // Of another month that is named, what was to be paid is past, and what is left is not.
  [/(?:(?<!\d月份?的?)(?:已出账单?|账单)(?=(?:剩余)?应还)|(?:已出账单?|账单)(?=(?:剩余)?(?:待还|未还|欠款)))/g, ''],
  [new RegExp(String.raw`(?<![\u4e00-\u9fff])(?:[合总]计|共计?)(?=${LABEL})`, 'g'), ''],
  [RUN_IN, ' '],
  [/(?<=账户)(?=已?逾期(?:欠款|金额|本金))/g, ' '],
  [/(?<![\d.,*-])(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.,*-])/g, '$1-$2-$3'],
];
/** The day of a payment; where nothing tells of any that was made, and no day is called due, the day of the next. */
const PAYMENT_DAY = /(?:还款日期|(?:自动|约定)?扣款日期?)(?![\u4e00-\u9fff])/g;
const DUE_OR_PAID =
  /还款日(?!期)|应还日|还款(?:截止|到期|记录|明细|金额|成功)|已还|入账|前(?:还款|还清|归还|存入)|最[迟晚]/;
/** Of a loan, what is to be paid; beside what is owed, what was. */
const PAYMENT = /(?<=[本当][期月])(?:还款金额|应扣(?:款|收)?(?:金额|总?额)?(?=[\s:：¥￥\d]|$))/g;
const OWED_OR_PAID = /[应待未]还|欠款|账单|已还|成功|完成|[入到]账|受理/;
const HINT = /[还款账逾]|20\d{6}/;
/** A bill that is called this month's, beside that of a named month, which is neither the mail's nor the next. */
const THIS_MONTH = /本[期月]应还[^\d。]{0,12}(?=[\d,.]*[1-9])\d/;
/** With a day of its own, a named month's is a bill. */
const BILL_OF_MONTH = /(\d ?月份?)的?账单(?=应还)/g;
const DUE_DAY = /还款日[^\d]{0,6}(\d[\d年月/.-]{3,9}\d)/g;
const OWED_BESIDE_LATE = /(?<!逾期|最低) ?应还/;
/** The sum that is late is more than its principal. */
const LATE_INTEREST = /(?:逾期利息|罚息)[^\d。]{0,6}(?=[\d,.]*[1-9])\d[\d,]*(?:\.\d\d| ?元)(?!\d| ?[%‰])/;
/** With it, the whole is due, and this month's is a part of it. */
const LATE = /(?:逾期|[上往前]期(?=[未欠逾待]))[未还欠款金额本应待]*[ :¥]*(?=[\d,.]*[1-9])\d[\d,]*\.\d\d/;
/** What is left to pay of the bill after all that is taken off, beside both; an offer takes nothing off. */
const DISCOUNTED = /(?:实际|(?:优惠|抵扣|减免|立减)后)(?=应还|待还)/g;
const OFFER = /[如若例假]|提前|可[抵减享]|使用|[日号]之?前还/;
const ACTUAL = /^实际(?:应还|待还)[款总金额]*[ :¥]*\d[\d,]*\.\d\d(?! ?\d)/;
/** Another amount to pay, which is no part. */
const OTHER_OWED = /(?<!实际|后|最低)(?:应还|待还|未还)(?!本金|利息)|账单[总金]?额/;
const DISCOUNT_REACH = 60;
/** Beside a day, that of another month was moved. */
const DUE_TOLD = /还款日期?[ :为是]*\d/;
/** Before a text of its own. */
const OTHER = '[上下前往][一个]?[期月次]|历史';
const LABELLED = /^\s*(?:账单|应还)/;
/** The generic reader finds nothing in a longer text. */
const LONGEST = 2000;
/** The number of a note; decimals have a point or two digits. */
const NOTE = /^\s*[(（[【]?(?:注?\d|[*※①-⑳])[)）\]】]?\s*$/;
const MOST_BLANK = 100;
const MOST_CELLS = 100;

/** `本期应还 = 上期应还 - 上期还款 + …`: signs in cells of their own, where a dash would stand for what is unknown. */
const SIGN = /^\s*[-－–−+＋=＝]\s*$/;

/** Changes the document, which is the caller's own. `text`: all of it; `month`: any day of the one it was sent in. */
export function reword(document: Document, text: string, month: Day | null): void {
  const wordings = [...WORDINGS];
  const [, year, nth] = /^(\d{4})-0?(\d+)/.exec(month ?? '') ?? [];
  if (nth)
    wordings.unshift([
      new RegExp(
        `(?<!\\d)(?:${year}年)?0?${nth}月份?的?((?:[\u4e00-\u9fff]{0,4}[卡贷呗条付])?)账单的?(?=${LABEL})`,
        'g',
      ),
      '$1 本期',
    ]);
  const near = nth ? `0?(?:${nth}|${(Number(nth) % 12) + 1})` : String.raw`\d+`;
  const ofMonth = String.raw`(?<!\d)(?!${near} ?月)\d{1,2} ?月份?`;
  const other = new RegExp(String.raw`(?:${OTHER}|${ofMonth})的?\s*$`);
  if (THIS_MONTH.test(text))
    wordings.unshift([new RegExp(String.raw`(?<![年\u4e00-\u9fff] ?)${ofMonth}(?=应还)`, 'g'), '上期']);
  if (new Set(Array.from(text.matchAll(DUE_DAY), ([, day]) => day)).size > 1) wordings.unshift([BILL_OF_MONTH, '$1']);
  if (tellsDiscount(text)) wordings.unshift([DISCOUNTED, '剩余']);
  if (DUE_TOLD.test(text)) wordings.unshift([/(?<=还款日期?)(?=[由从])/g, '变更']);
  if (!LATE.test(text)) wordings.unshift([/其中(?=[本当][期月]应还(?:款?[总金]?额|款)?(?:[\s:：¥￥\d]|$))/g, '']);
  if (!OWED_BESIDE_LATE.test(text)) wordings.unshift([/逾期(?=应还)/g, '']);
  if (LATE_INTEREST.test(text)) wordings.unshift([/已?逾期本金/g, '本金']);
  if (!OWED_OR_PAID.test(text)) wordings.unshift([PAYMENT, '应还金额']);
  if (!DUE_OR_PAID.test(text)) wordings.unshift([PAYMENT_DAY, '还款日']);
  for (const note of Array.from(document.querySelectorAll('sup'))) if (NOTE.test(note.textContent ?? '')) note.remove();
  const walker = document.createTreeWalker(document, 4);
  const nodes: Node[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node);
  let before = '';
  for (const node of nodes) {
    const value = node.nodeValue ?? '';
    const isOther = LABELLED.test(value) && other.test(before.slice(-20));
    if (value.trim()) before = value;
    if (value.length < MOST_BLANK && /[=＝]/.test(value) && SIGN.test(value))
      emptySigns(node.parentElement?.closest('tr'));
    if (value.length > LONGEST || !HINT.test(value) || isOther) continue;
    const reworded = wordings.reduce((words, [known, put]) => words.replace(known, put), value);
    if (reworded !== value) node.nodeValue = reworded;
  }
}

function tellsDiscount(text: string): boolean {
  const isAlone = !OTHER_OWED.test(text);
  return Array.from(text.matchAll(DISCOUNTED)).some(({ index }) => {
    const before = text.slice(Math.max(0, index - DISCOUNT_REACH), index);
    const around = before + text.slice(index, index + DISCOUNT_REACH);
    const fens = Array.from(around.matchAll(/\d[\d,]*\.\d\d(?!\d)/g), ([written]) => parseFen(written) ?? 0);
    const isTakenOff = (off: number): boolean =>
      off > 0 && fens.some((fen) => fen > 0 && fens.includes((fen + off) as Fen));
    const isNamed = isAlone || ACTUAL.test(text.slice(index));
    return !OFFER.test(before.split('。').at(-1) as string) && (isNamed || fens.some(isTakenOff));
  });
}

function emptySigns(row: Element | null | undefined): void {
  for (const cell of Array.from(row?.children ?? []).slice(0, MOST_CELLS))
    if (SIGN.test((cell.textContent ?? '').slice(0, MOST_BLANK))) cell.textContent = '';
}
