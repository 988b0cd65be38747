/**
 * A mail that corrects a bill tells what was and what is (`更正前`, `更正后`), in columns, rows or sentences. What was read as
 * it was is told as it is; an amount that was, of which the words do not tell what it is, is unknown.
 */
import { type Day, parseDay } from '../../core/day.ts';
import { type Fen, parseSignedFen } from '../../core/money.ts';
import { standingFrom } from '../../core/reading.ts';
import { isFormer } from './days.ts';
import type { CardDraft } from './name.ts';

const CHANGED = '(?<![率度])(?:更正|修正|订正|更改|变更|调整|修改)';
/** What an old and a new one may be of; a cell may say no more than `原`. */
const THING = '(?=金额(?!度)|值|账单|本期|应还|到期|还款日|最低|$| )';
const WAS = String.raw`${CHANGED}之?前(?!后)|(?<![\u4e00-\u9fff])(?:[原旧]|错误)${THING}|(?:\bbefore|[此之]前|原来)(?= (?:after|现在|目前))`;
export const IS = String.raw`${CHANGED}之?后|(?<![\u4e00-\u9fff])(?:[现新]|正确)${THING}|(?<=(?:\bbefore|[此之]前|原来) )(?:after|现在|目前)`;
const MARK = new RegExp(`(${WAS})|(?:${IS})`, 'gi');
const DATE = String.raw`(?:\d{4} ?[-年/.] ?)?\d{1,2} ?[-月/.] ?\d{1,2}(?: ?日)?(?!\d|[.,]\d)`;
const VALUE = String.raw`(?<![\d.*]|\d,)(?:${DATE}|(?:- ?)?(?:¥ ?)?-?\d[\d,]*(?:\.\d\d)?(?![\d.]))`;
const EACH = new RegExp(VALUE, 'g');
/** Of one row; what is, may not be known yet. */
const BESIDE = new RegExp(`${VALUE}(?:(?:[ 元]|人民币|CNY|RMB)*(?:${VALUE}|待))+`, 'g');
const NAME = '(?:应还|待还|未还|欠款|最低还款|账单(?!日))(?:款?[总金]?额?|本息)|(?:账单|还款(?:截止)?)日期?';
/** What a bill is told by, and no more: what a limit, a rate or a purchase was is no bill's. */
const DEBT = new RegExp(`^(?:[本当][期月]|您|剩余|全部|到期|最[后迟晚低]|(?:账单|金额|值)(?=.))*(?:${NAME})$`);
/** It stands before the mark, and is not of another month. */
const DEBT_BEFORE = new RegExp(`(?<!(?:[上下前往每][一个]?[期月次]|历史)的?(?:账单)?)(?:${NAME})[ (:已现为]*$`);
/** A head of another table. */
const HEAD = /应还|待还|欠款|最低|还款日/;
/** Limits are changed, and bills corrected: what stands below is another table. */
const LIMIT = /额度|限额|率|积分/;
/** In a head, or for a value. */
const BESIDE_NAMES = /差[额异]|币种|不变/g;
/** `1,000.00元（更正前）` */
const MARK_BEHIND = new RegExp(String.raw`(${VALUE})(?: ?元)? ?\( ?(${WAS}|${IS}) ?\)`, 'gi');
/** `由1,000.00元更正为`, `1,000.00元有误，应为` */
export const CHANGED_TO = new RegExp(
  `(?:[由从](?:原来?的?)?)? ?(${VALUE})(?: ?元)? ?(?:[现已应]?${CHANGED}[为至成到]|(?<!元 ?)(?:顺延|推迟|延[后长期]|提前)[至到](?= ?${DATE})|有误[,，] ?应(?:更正)?为)`,
  'g',
);
/** So far apart stand what was and what is; so long is a name over a column, and a label before a mark. */
const REACH = 300;
const LONGEST_NAME = 12;
const LONGEST_BEFORE = 16;
/** More than a mail corrects. */
const MOST_MARKS = 100;
const FILLER = /[^\u4e00-\u9fff]|人民币|[元为是的]/g;

interface Part {
  readonly isFormer: boolean;
  /** It stands beside a name of the bill's. */
  readonly isOfDebt: boolean;
  readonly isCorrection: boolean;
  readonly words: string;
}

interface Value {
  readonly label: string;
  readonly value: Fen | Day | null;
  readonly isNegative: boolean;
}

export function corrected(bills: readonly CardDraft[], given: string, today: Day): readonly CardDraft[] {
  const changes = changesIn(given, today);
  if (!changes.size) return bills;
  const of = <T extends Fen | Day>(value: T | null): T | null =>
    value !== null && changes.has(value) ? (changes.get(value) as T | null) : value;
  const now = bills.map((bill): CardDraft => {
    // The bill that was corrected may be another card's.
    const changedFen = of(bill.remainingFen);
    const isOther = bills.some(({ card, remainingFen }) => card !== bill.card && remainingFen === changedFen);
    const remainingFen = changedFen !== null && isOther ? bill.remainingFen : changedFen;
    const [minimumFen, dueDay] = [of(bill.minimumFen), of(bill.dueDay)];
    const standing = standingFrom(remainingFen, remainingFen === bill.remainingFen && bill.standing === 'settled');
    return { ...bill, dueDay, statementDay: of(bill.statementDay), remainingFen, minimumFen, standing };
  });
  // What was stands beside what is.
  return now.filter((bill, at) => {
    const isChanged = bill.remainingFen !== bills[at]?.remainingFen;
    const isSame = (other: CardDraft, nth: number): boolean =>
      nth !== at &&
      other.dueDay === bill.dueDay &&
      other.card === bill.card &&
      other.remainingFen === bill.remainingFen &&
      other.remainingFen === bills[nth]?.remainingFen;
    return !isChanged || !now.some(isSame);
  });
}

function changesIn(given: string, today: Day): ReadonlyMap<Fen | Day, Fen | Day | null> {
  const text = given.replace(MARK_BEHIND, '$2 $1').replace(CHANGED_TO, '更正前 $1 更正后 ');
  const marks = Array.from(text.matchAll(MARK)).slice(0, MOST_MARKS);
  const parts = marks.map(({ 0: mark, 1: former, index }, at): Part => {
    const words = text.slice(index + mark.length, marks[at + 1]?.index).slice(0, REACH);
    const before = text.slice(Math.max(0, index - LONGEST_BEFORE), index);
    const isOfDebt = DEBT_BEFORE.test(before) || DEBT.test((/^[^\d*]*/.exec(words)?.[0] ?? '').replace(FILLER, ''));
    return { isFormer: former !== undefined, isOfDebt, isCorrection: /正|错误/.test(mark), words };
  });
  const changes = new Map<Fen | Day, Fen | Day | null>();
  const put = (was: Value, is: Value | undefined): void => {
    const isClear =
      is && was.label === is.label && was.isNegative === is.isNegative && typeof was.value === typeof is.value;
    const value = isClear ? is.value : null;
    const isDay = typeof was.value === 'string' && typeof value === 'string' && !isFormer(was.value, [value]);
    if (typeof was.value === 'number' || isDay) changes.set(was.value as Fen | Day, value);
  };
  for (let at = 0; at < parts.length; ) {
    const names = countWhile(parts, at, ({ words }) => words.length <= LONGEST_NAME && !/[\d,;。]/.test(words));
    const last = parts[at + names];
    if (names && last) {
      const columns = parts.slice(at, at + names + 1);
      const kinds = columns.map((column) => column.isFormer);
      const areOfDebt = columns.every(({ isOfDebt }) => isOfDebt);
      let end = 0;
      for (const { 0: run, index } of last.words.matchAll(BESIDE)) {
        const before = last.words.slice(end, index).split(EACH).at(-1) as string;
        const label = before.replace(BESIDE_NAMES, '').replace(FILLER, '');
        const isDebt = DEBT.test(label) || (areOfDebt && /^[信用卡尾号]*$/.test(label));
        if (!isDebt && (HEAD.test(label) || (!last.isCorrection && LIMIT.test(label)))) break;
        end = index + run.length;
        if (!isDebt) continue;
        const all = valuesIn(run, today).map((value) => ({ ...value, label: '' }));
        const values = all.slice(all.findIndex(({ value }, nth) => typeof value === typeof all[nth + 1]?.value));
        const own = kinds.slice(-2 * Math.floor(Math.min(kinds.length, values.length) / 2));
        const is = values.filter((_, nth) => own[nth] === false);
        values.filter((_, nth) => own[nth]).forEach((was, nth) => void put(was, is[nth]));
      }
      at += names + 1;
      continue;
    }
    const { isFormer: first, isOfDebt, isCorrection } = parts[at] as Part;
    const groups = [first, !first].map((isWas) => {
      const count = countWhile(parts, at, (part) => part.isFormer === isWas);
      at += count;
      return parts.slice(at - count, at).flatMap(({ words }) => valuesIn(words, today));
    });
    const [was = [], is = []] = first ? groups : groups.reverse();
    const isDebt = ({ label }: Value): boolean => (label ? DEBT.test(label) : isOfDebt);
    for (const [nth, value] of was.entries()) {
      const now = is.find(({ label }) => label && label === value.label) ?? is[nth];
      // Where the first is of something else, so may be those behind it.
      const isClear = now?.label === value.label;
      if (isDebt(value) && (isClear || (first && (isCorrection || is.length) && isDebt(was[0] as Value))))
        put(value, now);
    }
  }
  return changes;
}

function countWhile<T>(all: readonly T[], from: number, is: (one: T) => boolean): number {
  const end = all.findIndex((one, at) => at >= from && !is(one));
  return (end < 0 ? all.length : end) - from;
}

function valuesIn(words: string, today: Day): Value[] {
  let end = 0;
  return Array.from(words.matchAll(EACH), ({ 0: written, index }) => {
    const label = words.slice(end, index).replace(FILLER, '');
    end = index + written.length;
    const fen = parseSignedFen(written.replace(/^- /, '-'));
    const value = parseDay(written.trim(), today) ?? (fen === null ? null : (Math.abs(fen) as Fen));
    return { label, value, isNegative: (fen ?? 0) < 0 };
  });
}
