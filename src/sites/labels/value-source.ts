/** How values are written, as the source of one expression. */
import { BREAK } from './pieces.ts';
import { FOREIGN_NAME, NOT_AN_AMOUNT, SEVERAL_NUMBERS } from './vocabulary.ts';

const GAPS = `[ ${BREAK}]{0,2}`;
const DATE = String.raw`\d{4}${GAPS}(?:年${GAPS}\d{1,2}${GAPS}月${GAPS}\d{1,2}${GAPS}[日号]|([-/.])${GAPS}\d{1,2}${GAPS}\N${GAPS}(?:\d\d|\d(?! ?${BREAK} ?\d(?![\d.,])))(?!\d))(?:[T ] ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?`;
const date = (group: number): string => DATE.replace('N', String(group));
/** Nothing of a longer word or number may touch a value. */
const START = String.raw`(?<![\w.,*/%-]|\d:)`;
const GAP = `[ ${BREAK}]?`;
/** Begins a day: no part of the number in the box before. */
const DAY_BEGINS = `\\d{4} ?(?:年|[-/.] ?\\d{1,2} ?[-/.])`;
/** Between a number and its decimals. */
const JOINT = `(?: ?${BREAK} ?)?`;
/** Not what is left of a year, nor of a month whose first digit stands elsewhere. */
const MONTH_DAY = `(?<!年${GAPS}|(?<!\\d)\\d${BREAK})\\d{1,2}${GAPS}月${GAPS}\\d{1,2}${GAPS}[日号]`;

/**
 * Days, amounts, and numbers that are neither, in this order of groups: 1 a cycle and 3 its last day, 5 a day, 7 no value
 * of ours, 8 an amount and 9 its word of deposit; then what is unknown. `groups`: how many stand before these.
 */
export function valueSource(groups: number): string {
  return [
    `${START}(${date(groups + 2)}) ?(?:-|–|—|~|至|到) ?(${date(groups + 4)})`,
    `${START}(${date(groups + 6)}|${MONTH_DAY}(?:[T ] ?\\d{1,2}:\\d{2}(?::\\d{2})?)?)`,
    // A card number, a currency that is not yuan: neither is a value of ours.
    String.raw`(\d[\d-]*\*[\d*-]*|\*{2,}-?\d+|${FOREIGN_NAME}${GAP}-?[\d,.]+|${START}-?\d[\d,.]*${GAP}${FOREIGN_NAME}(?!${GAP}-?\d))`,
    String.raw`((?<![\w.,*/%-]|\d:)(?:(?:人民币|RMB|CNY|¥)[ ${BREAK}]?(?:\(CNY\) ?)?)*(?:- ?)?(?:¥[ ${BREAK}]?)?\d[\d,]*(?:${JOINT}\.${JOINT}\d+|(?!${JOINT}[.,]${JOINT}\d))(?:[ ${BREAK}]?(?:元|/? ?(?:RMB|CNY)))?)(?![\w.*:年月日号]|,(?! ?[\u4e00-\u9fff])|[-/]\d|(?<!\.\d*)${GAPS}[年月日号]|${JOINT}[.,]${JOINT}\d|${NOT_AN_AMOUNT})(?: ?\(?(存款|溢缴款?)\)?)?`,
    String.raw`(${START}(?:${SEVERAL_NUMBERS}|\d[\d,.]*(?:${BREAK}(?!${DAY_BEGINS})[\d,.]+)+)|\*{2,}(?:\.\*+)?|-{2,}|—+|\? ?元|(?<=^|: ?|${BREAK})-(?=$| ?元|${BREAK}))`,
    String.raw`([\d-]*\d[\w.,%/:-]*)`,
  ].join('|');
}
