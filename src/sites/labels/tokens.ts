/** Labels, days and amounts in the text of a page, in the order they stand there. */
import { type Day, parseDay } from '../../core/day.ts';
import { type Fen, halfWidth, parseSignedFen } from '../../core/money.ts';
import { isPart } from './joints.ts';
import { BREAK, LONGEST, nodesOf, type Piece } from './pieces.ts';
import { valueSource } from './value-source.ts';
import {
  CONDITION,
  DEBT_NEGATIVE,
  FILLER,
  type Field,
  FOREIGN_BEFORE,
  FOREIGN_BEHIND,
  LABEL_FIELDS,
  LABEL_HINT,
  LABEL_SOURCE,
  MINUS,
  NOTHING_SOURCE,
  SETTLED_SOURCE,
  WHOLLY_BRACKETED,
  WHOLLY_FOREIGN,
  WHOLLY_SETTLED,
} from './vocabulary.ts';

export type Value =
  | { readonly kind: 'day'; readonly day: Day }
  /** A statement cycle: its last day is the statement day. */
  | { readonly kind: 'cycle'; readonly day: Day }
  | { readonly kind: 'amount'; readonly fen: Fen; readonly isDeposit: boolean }
  /** A value stands here and is not known: hidden, off the calendar, no number. */
  | { readonly kind: 'blank' };

export type Meaning =
  | Value
  | { readonly kind: 'label'; readonly field: Field; readonly isDebtNegative: boolean }
  | { readonly kind: 'settled' }
  | { readonly kind: 'nothing' }
  /** Other words: no label reaches over them. `isForeign`: the name of a currency that is not yuan, and nothing else. */
  | { readonly kind: 'noise'; readonly isForeign?: true }
  /** Rows that were read at once: its piece has them. */
  | { readonly kind: 'rows' };

export interface Token {
  readonly is: Meaning;
  readonly piece: Piece;
  /** At which of its nodes. */
  readonly at: number;
  readonly isPart?: true | undefined;
}

export function nodeOf({ piece, at }: Token): Node {
  const nodes = nodesOf(piece);
  return nodes[at] ?? (nodes.at(-1) as Node);
}

/** Stands for `(欠款为-)` in a text. */
const NEGATIVE = '\u0002';

const LABELS = LABEL_FIELDS.length;
const VALUE = new RegExp(valueSource(0), 'g');
const FULL = new RegExp(`${LABEL_SOURCE}|(${SETTLED_SOURCE})|(${NOTHING_SOURCE})|${valueSource(LABELS + 2)}`, 'g');
/** Between the parts of one value. */
const JOINTS = new RegExp(` ?${BREAK} ?`, 'g');
const CJK = /[\u4e00-\u9fff]/;
const ODD = new RegExp(`[^${BREAK}\\x21-\\x7e\\u4e00-\\u9fff]`);

/** More tokens than any bill page has. */
const MAX_TOKENS = 400_000;
const PLAIN_AMOUNT = /^[¥￥]?(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})\.\d\d$/;
const PLAIN_DAY = /^\d{4}-\d\d-\d\d$/;
const NOISE: Meaning = { kind: 'noise' };
const FOREIGN: Meaning = { kind: 'noise', isForeign: true };
const ROWS: Meaning = { kind: 'rows' };

/** What a text means, and at which of its nodes. */
export interface Found {
  readonly is: Meaning;
  readonly at: number;
  /** Of an amount, may be: columns alone can tell. */
  readonly isPart?: true;
}

export type LookUp = (text: string) => readonly Found[];

/** All tokens; null when there are too many of them. */
export function tokensOf(pieces: readonly Piece[], look: LookUp): Token[] | null {
  const tokens: Token[] = [];
  let isAfterNoise = false;
  let inRuns = 0;
  for (const piece of pieces) {
    const { text, run } = piece;
    if (run) {
      tokens.push({ is: ROWS, piece, at: 0 });
      inRuns += run.tokens;
      isAfterNoise = run.endsInNoise;
    } else
      for (const { is, at, isPart } of look(text)) {
        // One token of noise stands for any number of them in a row.
        if (is !== NOISE || !isAfterNoise) tokens.push({ is, piece, at, isPart });
        isAfterNoise = is === NOISE;
      }
    if (tokens.length + inRuns > MAX_TOKENS) return null;
  }
  return tokens;
}

/** Cut at the point and read as one integer of fen: the form that nearly every amount has. Null for any other. */
export function plainFen(text: string): Fen | null {
  if (!PLAIN_AMOUNT.test(text)) return null;
  let fen = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit < 10) fen = fen * 10 + digit;
  }
  return fen as Fen;
}

export function findIn(raw: string, today: Day): Found[] {
  const fen = plainFen(raw);
  if (fen !== null) return [{ is: { kind: 'amount', fen, isDeposit: false }, at: 0 }];
  if (PLAIN_DAY.test(raw)) return [{ is: dayToken('day', raw, today), at: 0 }];
  const plain = ODD.test(raw) ? halfWidth(raw).replace(MINUS, '-') : raw;
  const text = plain.includes('欠款为') ? plain.replace(DEBT_NEGATIVE, NEGATIVE) : plain;
  if (WHOLLY_FOREIGN.test(text.trim())) return [{ is: FOREIGN, at: 0 }];
  if (WHOLLY_BRACKETED.test(text.trim())) return [{ is: { kind: 'blank' }, at: 0 }];
  const hasWords = CJK.test(text);
  if (text.length > LONGEST || !(/[\d*-]|—/.test(text) || LABEL_HINT.test(text)))
    return hasWords ? [{ is: NOISE, at: 0 }] : [];
  if (hasWords && WHOLLY_SETTLED.test(text.trim()) && !CONDITION.test(text))
    return [{ is: { kind: 'settled' }, at: 0 }];
  const found: Found[] = [];
  const expression = hasWords ? FULL : VALUE;
  const shift = hasWords ? LABELS + 2 : 0;
  expression.lastIndex = 0;
  let [end, at, isTainted] = [0, 0, false];
  const spoil = (): void => {
    found.push({ is: NOISE, at });
    isTainted = true;
  };
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    const gap = text.slice(end, match.index);
    if (hasNoise(gap)) spoil();
    // What stands in a text of its own is not spoiled by the words of the text before.
    if (gap.includes(BREAK)) isTainted = hasNoise(gap.slice(gap.lastIndexOf(BREAK)));
    at += gap.split(BREAK).length - 1;
    end = match.index + match[0].length;
    if (hasWords && isPartOfWord(expression, match, shift, gap, text, end)) spoil();
    else {
      const is = meaningOf(match, shift, text, end, today);
      if (is?.kind === 'label') isTainted = false;
      const isValue = is?.kind === 'amount' || is?.kind === 'day' || is?.kind === 'cycle' || is?.kind === 'blank';
      if (is && !(isTainted && isValue))
        found.push(is.kind === 'amount' && isPart(text, match.index, end) ? { is, at, isPart: true } : { is, at });
    }
    at += match[0].split(BREAK).length - 1;
  }
  if (hasNoise(text.slice(end))) spoil();
  return found.some(({ is }) => is.kind === 'settled' || is.kind === 'nothing') ? believed(found, text) : found;
}

/** Beside other words, words of payment count in the line of their day or amount; never within a condition. */
function believed(found: readonly Found[], text: string): Found[] {
  const isConditional = CONDITION.test(text);
  const hasOwn = found.some(({ is }, at) => {
    const value = found[at + 1]?.is.kind;
    return (
      is.kind === 'label' && is.field !== 'near7' && is.field !== 'other' && (value === 'day' || value === 'amount')
    );
  });
  return found.map((one, at): Found => {
    if (one.is.kind !== 'settled' && one.is.kind !== 'nothing') return one;
    const before = found[at - 1]?.is;
    const isOthers = before?.kind === 'noise' || (before?.kind === 'label' && isForeign(before.field));
    const isFalse = isConditional || isOthers || (one.is.kind === 'settled' && !hasOwn);
    return isFalse ? { is: NOISE, at: one.at } : one;
  });
}

function isForeign(field: Field): boolean {
  return field === 'near7' || field === 'other';
}

function hasNoise(gap: string): boolean {
  return CJK.test(gap) && CJK.test(gap.replace(FILLER, ''));
}

/** What stands right before or behind belongs to the same word (`最后还款日期间`), and is no token of its own. */
function isPartOfWord(
  expression: RegExp,
  match: RegExpExecArray,
  shift: number,
  gap: string,
  text: string,
  end: number,
): boolean {
  // `您最晚于 … 还款`: that label is a part of its sentence, and so is a day.
  const isSentence = /[于在]$/.test(match[0]);
  if (!isSentence && CJK.test(gap.slice(-1)) && CJK.test(gap.replace(FILLER, '').slice(-1))) return true;
  if (match[shift + 5] !== undefined || !CJK.test(text.charAt(end))) return false;
  if (
    !CJK.test(
      text
        .slice(end, end + 12)
        .replace(FILLER, BREAK)
        .charAt(0),
    )
  )
    return false;
  const last = expression.lastIndex;
  const next = expression.exec(text);
  expression.lastIndex = last;
  return next?.index !== end;
}

/** What a match means; null for what is no value of ours. */
function meaningOf(match: RegExpExecArray, shift: number, text: string, end: number, today: Day): Meaning | null {
  if (shift) {
    for (let at = 0; at < LABELS; at++) {
      if (match[at + 1] === undefined) continue;
      const isDebtNegative = text.slice(end, end + 2).includes(NEGATIVE);
      const isForeign =
        FOREIGN_BEFORE.test(text.slice(Math.max(0, match.index - 4), match.index)) ||
        FOREIGN_BEHIND.test(text.slice(end));
      return { kind: 'label', field: isForeign ? 'other' : (LABEL_FIELDS[at] as Field), isDebtNegative };
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
    const fen = parseSignedFen(amount.replace(JOINTS, '').replace('(CNY)', ''));
    return fen === null ? { kind: 'blank' } : { kind: 'amount', fen, isDeposit: group(9) !== undefined };
  }
  return { kind: 'blank' };
}

function dayToken(kind: 'day' | 'cycle', text: string | undefined, today: Day): Value {
  const day = parseDay(text?.replaceAll(BREAK, ''), today);
  return day ? { kind, day } : { kind: 'blank' };
}
