/** Labels, days and amounts in the text of a page, in the order they stand there. */
import { type Day, parseDay } from '../../core/day.ts';
import { type Fen, halfWidth, parseSignedFen } from '../../core/money.ts';
import { BREAK, type Piece } from './pieces.ts';
import {
  FILLER,
  type Field,
  LABEL_FIELDS,
  LABEL_HINT,
  LABEL_SOURCE,
  NOTHING_SOURCE,
  SETTLED_SOURCE,
} from './vocabulary.ts';

export type Value =
  | { readonly kind: 'day'; readonly day: Day }
  /** A statement cycle: its last day is the statement day. */
  | { readonly kind: 'cycle'; readonly day: Day }
  | { readonly kind: 'amount'; readonly fen: Fen; readonly isDeposit: boolean }
  /** A value stands here and is not known: hidden, off the calendar, no number. */
  | { readonly kind: 'blank' };

export type Token = (
  | Value
  | { readonly kind: 'label'; readonly field: Field; readonly isDebtNegative: boolean }
  | { readonly kind: 'settled' }
  | { readonly kind: 'nothing' }
  /** Other words: no label reaches over them. */
  | { readonly kind: 'noise' }
) & { readonly piece: number; readonly node: Node };

const DATE = String.raw`\d{4} ?(?:年 ?\d{1,2} ?月 ?\d{1,2} ?[日号]|([-/.]) ?\d{1,2} ?\N ?\d{1,2}(?!\d))(?:[T ] ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?`;
const date = (group: number): string => DATE.replace('N', String(group));
/** Nothing of a longer word or number may touch a value. */
const START = String.raw`(?<![\w.,*/%-]|\d:)`;

function valueSource(groups: number): string {
  return [
    `${START}(${date(groups + 2)}) ?(?:-|–|—|~|至|到) ?(${date(groups + 4)})`,
    `${START}(${date(groups + 6)}|\\d{1,2} ?月 ?\\d{1,2} ?[日号](?:[T ] ?\\d{1,2}:\\d{2}(?::\\d{2})?)?)`,
    // A card number, a currency that is not yuan: neither is a value of ours.
    String.raw`(\d[\d-]*\*[\d*-]*|\*{2,}-?\d+|(?:USD|US\$|\$|HKD|EUR|JPY|美元|港币|欧元) ?-?[\d,.]+)`,
    String.raw`((?<![\w.,*/%-]|\d:)(?:(?:人民币|RMB|CNY|¥)[ ${BREAK}]?(?:\(CNY\) ?)?)*-? ?(?:¥[ ${BREAK}]?)?\d[\d,]*(?:${BREAK}?\.\d+)?(?:[ ${BREAK}]?(?:元|/? ?(?:RMB|CNY)))?)(?![\w.,*%:年月日号期天笔次个]|[-/]\d)(?: ?\(?(存款|溢缴款?)\)?)?`,
    String.raw`(\*{2,}(?:\.\*+)?|-{2,}|—+|\? ?元|(?<=^|: ?|${BREAK})-(?=$| ?元|${BREAK}))`,
    String.raw`([\d-]*\d[\w.,%/:-]*)`,
  ].join('|');
}

const LABELS = LABEL_FIELDS.length;
const VALUE = new RegExp(valueSource(0), 'g');
const FULL = new RegExp(`${LABEL_SOURCE}|(${SETTLED_SOURCE})|(${NOTHING_SOURCE})|${valueSource(LABELS + 2)}`, 'g');
const CJK = /[\u4e00-\u9fff]/;
const ODD = new RegExp(`[^${BREAK}\\x21-\\x7e\\u4e00-\\u9fff]`);

/** More tokens than any bill page has. */
const MAX_TOKENS = 400_000;

/** All tokens; null when there are too many of them. */
export function tokensOf(pieces: readonly Piece[], today: Day): Token[] | null {
  const tokens: Token[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at] as Piece;
    const text = ODD.test(piece.text) ? halfWidth(piece.text) : piece.text;
    if (text.length > 2000) tokens.push({ kind: 'noise', piece: at, node: piece.nodes[0] as Node });
    else readPiece(text, at, piece.nodes, today, tokens);
    if (tokens.length > MAX_TOKENS) return null;
  }
  return tokens;
}

function readPiece(text: string, piece: number, nodes: readonly Node[], today: Day, tokens: Token[]): void {
  const hasWords = CJK.test(text);
  const hasValues = /[\d*-]|—/.test(text);
  const hasLabels = hasWords && LABEL_HINT.test(text);
  if (!hasLabels && !hasValues) {
    if (hasWords) noise(tokens, piece, nodes[0] as Node);
    return;
  }
  const expression = hasWords ? FULL : VALUE;
  const shift = hasWords ? LABELS + 2 : 0;
  expression.lastIndex = 0;
  let [end, breaks, isTainted] = [0, 0, false];
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    const gap = text.slice(end, match.index);
    if (hasNoise(gap)) {
      noise(tokens, piece, nodes[Math.min(breaks, nodes.length - 1)] as Node);
      isTainted = true;
    }
    for (const char of gap) if (char === BREAK) breaks++;
    const node = nodes[Math.min(breaks, nodes.length - 1)] as Node;
    for (const char of match[0]) if (char === BREAK) breaks++;
    end = match.index + match[0].length;
    const rest = text.slice(end, end + 12);
    const isTouched = hasWords && ((gap !== '' && touches(gap)) || touchesNext(expression, text, end, rest));
    const found = isTouched ? null : tokenAt(match, shift, text, end, today);
    if (isTouched) {
      noise(tokens, piece, node);
      isTainted = true;
    } else if (found) {
      if (found.kind === 'label') isTainted = false;
      if (isTainted && found.kind !== 'label' && found.kind !== 'settled' && found.kind !== 'nothing') continue;
      tokens.push({ ...found, piece, node });
    }
  }
  if (hasNoise(text.slice(end))) noise(tokens, piece, nodes.at(-1) as Node);
}

/** One token of noise stands for any number of them in a row. */
function noise(tokens: Token[], piece: number, node: Node): void {
  if (tokens.at(-1)?.kind !== 'noise') tokens.push({ kind: 'noise', piece, node });
}

function hasNoise(gap: string): boolean {
  return CJK.test(gap) && CJK.test(gap.replace(FILLER, ''));
}

/** The gap's last character is part of a longer word. */
function touches(gap: string): boolean {
  return CJK.test(gap.slice(-1)) && CJK.test(gap.replace(FILLER, '').slice(-1));
}

/** What follows belongs to the same word (`最后还款日期间`), and is no token of its own. */
function touchesNext(expression: RegExp, text: string, end: number, rest: string): boolean {
  if (!CJK.test(rest.slice(0, 1)) || !CJK.test(rest.replace(FILLER, BREAK).slice(0, 1))) return false;
  const last = expression.lastIndex;
  const next = expression.exec(text);
  expression.lastIndex = last;
  return next?.index !== end;
}

type Bare = Token extends infer T ? (T extends Token ? Omit<T, 'piece' | 'node'> : never) : never;

/** The token of a match; null for what is no value of ours. */
function tokenAt(match: RegExpExecArray, shift: number, text: string, end: number, today: Day): Bare | null {
  if (shift) {
    for (let at = 0; at < LABELS; at++) {
      if (match[at + 1] === undefined) continue;
      const isDebtNegative = /^ ?\(? ?欠款为 ?[-负]/.test(text.slice(end, end + 10));
      return { kind: 'label', field: LABEL_FIELDS[at] as Field, isDebtNegative };
    }
    if (match[LABELS + 1] !== undefined) return { kind: 'settled' };
    if (match[LABELS + 2] !== undefined) return { kind: 'nothing' };
  }
  const group = (at: number): string | undefined => match[shift + at];
  if (group(1) !== undefined) return dayToken('cycle', group(3), today);
  if (group(5) !== undefined) return dayToken('day', group(5), today);
  if (group(7) !== undefined) return null;
  const amount = group(8);
  if (amount !== undefined) {
    const fen = parseSignedFen(amount.replaceAll(BREAK, '').replace('(CNY)', ''));
    return fen === null ? { kind: 'blank' } : { kind: 'amount', fen, isDeposit: group(9) !== undefined };
  }
  return { kind: 'blank' };
}

function dayToken(kind: 'day' | 'cycle', text: string | undefined, today: Day): Bare {
  const day = parseDay(text, today);
  return day ? { kind, day } : { kind: 'blank' };
}
