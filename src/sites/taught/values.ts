/** Days and amounts inside a text of the page, wherever they stand in it. */
import { type Day, parseDay } from '../../core/day.ts';
import { type Fen, parseFen } from '../../core/money.ts';
import { isPart } from '../labels/joints.ts';
import { BREAK } from '../labels/pieces.ts';
import { FOREIGN_BEFORE, FOREIGN_NAME, MINUS, NOT_AN_AMOUNT, SEVERAL_NUMBERS } from '../labels/vocabulary.ts';

export type Found = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'day'; readonly day: Day }
  | { readonly kind: 'amount'; readonly fen: Fen; readonly isPart: boolean }
);

/** Stands where a day was. */
const BLANK = '\u0002';
const GAP = `[ ${BREAK}]?`;
const DAY = new RegExp(
  `(?<![\\d.,/*-])(?:\\d{4}${GAP}(?:年${GAP}\\d{1,2}${GAP}月${GAP}\\d{1,2}${GAP}[日号]|([-/.])${GAP}\\d{1,2}${GAP}\\1${GAP}(?:\\d\\d|\\d(?! ?${BREAK} ?\\d(?![\\d.,])))(?![\\d/*.-]))|(?<!年${GAP}|(?<!\\d)\\d${BREAK})\\d{1,2}${GAP}月${GAP}\\d{1,2}${GAP}[日号])`,
  'g',
);
/** Yuan, point and fen each in an element of their own: `<b>386</b>.<i>20</i>`. */
const POINT = `${BREAK}?\\.${BREAK}?`;
/** An amount that goes on in the next element in a way that is not known is no amount: never its first half. */
const TORN_POINT = `${BREAK}?[.,]${BREAK}?\\d`;
/** Nothing of a longer number, of one below zero or of a range may stand before. */
const BEFORE = `[A-Za-z\\d*/%¥~–—-]|- |¥${GAP}|\\d${BREAK}?[.,:]${BREAK}?`;
const BEHIND = `\\d|${TORN_POINT}|${NOT_AN_AMOUNT}|${GAP}${FOREIGN_NAME}|[ ]?积分|${GAP}[年月日号]|[*%:期天笔次个张点折A-Za-z/${BLANK}-]`;
const AMOUNT = new RegExp(
  `(?<!${BEFORE})((?:¥|人民币|RMB|CNY)${GAP})?(-?\\d[\\d,]*(?:${POINT}\\d+)?)(?!(?:${GAP}元)?(?:${BEHIND}))(${GAP}元)?`,
  'g',
);
const SEVERAL = new RegExp(`(?<![\\d.,])(?:${SEVERAL_NUMBERS})`, 'g');
/** A longer bare number is a card, a phone, an order. */
const LONGEST_BARE = 7;

/** Every character keeps its place: full width to ASCII, every kind of space to a plain one. */
export function plain(text: string): string {
  return text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0\u3000\u200b\ufeff]/g, ' ')
    .replace(/￥/g, '¥')
    .replace(MINUS, '-');
}

const blank = (match: string): string => BLANK.repeat(match.length);

/** In the order in which they stand there. `text` is plain. */
export function valuesIn(text: string, today: Day): Found[] {
  if (!/\d/.test(text)) return [];
  const found: Found[] = [];
  const rest = text
    .replace(DAY, (match: string, _separator: string | undefined, start: number) => {
      const day = parseDay(match.replaceAll(BREAK, ''), today);
      if (day) found.push({ kind: 'day', day, start, end: start + match.length });
      return blank(match);
    })
    .replace(SEVERAL, blank);
  for (const match of rest.matchAll(AMOUNT)) {
    const [whole, mark, number = '', yuan] = match;
    const isBare = !mark && !yuan && !/[.,]/.test(number);
    if (isBare && number.length > LONGEST_BARE) continue;
    if (FOREIGN_BEFORE.test(rest.slice(Math.max(0, match.index - 5), match.index))) continue;
    const fen = parseFen(number.replaceAll(BREAK, ''));
    const [start, end] = [match.index, match.index + whole.length];
    if (fen !== null) found.push({ kind: 'amount', fen, isPart: isPart(rest, start, end), start, end });
  }
  return found.sort((a, b) => a.start - b.start);
}
