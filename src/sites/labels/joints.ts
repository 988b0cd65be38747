/**
 * Where one number or day stands in several texts of the page: digits in boxes of their own, a sign, a unit. Two columns
 * look the same, so parts stay apart as tokens; but a part that stands beside its label says nothing of the whole.
 */
import { FOREIGN_NAME, UNIT } from './vocabulary.ts';

const DIGIT = '[\\d０-９]';
const POINT = '[.,．，]';
const RANGE = '[~～–—至到/]';

/** A text that is a part of a number, a unit or a mark, or a part of a day, and nothing else. */
const GOES_ON = new RegExp(
  `^\\s*(?:(?:${DIGIT}|${POINT})(?:[\\s\\u0001]|${DIGIT}|${POINT})*元?(?:[(（].*)?|${DIGIT}{1,2}\\s*[角分]|(?:${UNIT}|元)元?|/\\s*[日天月年期次笔]|${RANGE})\\s*$`,
);
/** A number that stands by itself or under its label and may have further digits; a unit; money that is not yuan. */
const IS_OPEN = new RegExp(
  `(?:(?:^|[\\u0001:：¥￥还额款欠期费金息日])\\s*(?:${DIGIT}|[,，])+(?:[.．]${DIGIT}?)?|${DIGIT}[\\s\\u0001]*(?:${POINT}|[万亿元-])|${DIGIT}[\\s\\u0001]*[-/.．][\\s\\u0001]*${DIGIT}|${RANGE}|(?:^|\\u0001)\\s*[¥￥]|\\u0001\\s*-|\\S\\s*${FOREIGN_NAME})\\s*$`,
);
const NUMBER_END = new RegExp(`${DIGIT}[\\s\\u0001]*/?\\s*$`);
const IS_NUMBER = new RegExp(`^\\s*(?:${DIGIT}|${POINT})`);
const DAY_GOES_ON = new RegExp(
  `^\\s*(?:${DIGIT}{1,2}\\s*)?[年月日号](?:\\s*${DIGIT}{1,2}\\s*[月日号])?(?:\\s*${DIGIT}{1,2}\\s*[日号])?\\s*$`,
);
const DAY_IS_OPEN = new RegExp(`(?:${DIGIT}|${DIGIT}[\\s\\u0001]*[年月])\\s*$`);
/** So much of a text tells how it ends. */
const END = 40;

/** Whether the text of a box may go on with what stood in the box before. */
export function goesOn(before: string, text: string): boolean {
  if (text.length > END) return false;
  if (DAY_GOES_ON.test(text)) return DAY_IS_OPEN.test(before.slice(-END));
  if (!GOES_ON.test(text)) return false;
  return (IS_NUMBER.test(text) ? IS_OPEN : NUMBER_END).test(before.slice(-END));
}

const GAP = '[ \\u0001]{0,2}';
/** Number and text end together. `.4` may be followed by a `0`, `.40` by nothing. */
const OPEN_VALUE = /(?:[.,]|(?<!\.\d*)\d|\.\d)$/;
const BREAK_BEHIND = ' ?\\u0001 ?$';
const DIGITS_BEFORE = new RegExp(`(?:(?:^|[\\u0001:¥]) ?[\\d,]+(?:${GAP}\\.${GAP}\\d?)?|\\d${GAP}[.,])${BREAK_BEHIND}`);
const MARK_BEFORE = new RegExp(`(?:(?:^|[\\u0001 \\d])-|${RANGE}|[万亿])${BREAK_BEHIND}`);
const DIGITS_BEHIND = new RegExp(`^ ?\\u0001 ?[\\d.,](?!\\d{3} ?[-/.年]|\\d?${GAP}月)`);
const RANGE_BEHIND = new RegExp(`^${GAP}(?:${RANGE}|-(?=[ \\u0001]))${GAP}[¥\\d]`);

/** Whether the amount from `start` to `end` of a plain text may be a part of one. */
export function isPart(text: string, start: number, end: number): boolean {
  if (!text.includes('\u0001')) return false;
  const before = text.slice(Math.max(0, start - END), start);
  const behind = text.slice(end, end + END);
  const value = text.slice(start, end);
  return (
    MARK_BEFORE.test(before) ||
    (/^ ?[\d.,]/.test(value) && DIGITS_BEFORE.test(before)) ||
    RANGE_BEHIND.test(behind) ||
    (OPEN_VALUE.test(value) && DIGITS_BEHIND.test(behind))
  );
}

const FOREIGN = new RegExp(`^\\s*${FOREIGN_NAME}\\s*$`);
const SIGN = /^\s*[-−－]\s*$/;

/** A sign or a currency in the box before a number, a currency in the box behind it. */
export function isMarked(before: string, behind: string): boolean {
  return SIGN.test(before) || FOREIGN.test(before) || FOREIGN.test(behind);
}
