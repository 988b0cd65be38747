/** Days of a statement that stand in a sentence, or nowhere. The label reader has read all others. */
import { type Day, dayFrom, daysBetween, parseDay } from '../../core/day.ts';
import { OFFERED } from '../labels/vocabulary.ts';

export const DATE = String.raw`\d{4} ?(?:年|[-/.]) ?\d{1,2} ?(?:月|[-/.]) ?\d{1,2}(?: ?日)?`;
const CYCLE = new RegExp(`(${DATE}) ?(?:-|–|—|~|至|到) ?(${DATE})`, 'g');
/** Of another month. */
const NOT_OTHER = '(?<![上下前][一个]?[期月次] ?)';
/** No other label stands between a label and its day: where all labels come first, the first day is not everyone's. */
const TO_DATE = `[^\\d还账额]{0,30}?(${DATE})`;
const STATEMENT = new RegExp(`${NOT_OTHER}账 ?单 ?日${TO_DATE}`, 'g');
const DUE_IN_SENTENCE = new RegExp(
  `(?:最晚|最迟|请)(?:您)?(?:应)?(?:于|在)?(?:本期)?(${DATE}|(?<!\\d)\\d{1,2} ?月 ?\\d{1,2} ?日) ?(?:前|之前)?(?:还款|还清|还|存入)(?!${OFFERED})`,
);
/** Cards, points and limits come to an end as well, and fees are debited. */
const DUE_OF_LOAN = new RegExp(
  `(?:[贷呗款单]|(?:应还|待还|账单|最低还款)[^。;\\d]{0,16}\\d[\\d,.]*[ 元,]*(?:[我本]行)?)将(?:于|在)?(${DATE}|\\d{1,2} ?月 ?\\d{1,2} ?日)[^。;,]{0,30}?(?:还款|扣[款收]|到期)`,
);
/** A label that is part of a longer word (`贷记卡到期还款日`). */
const DUE_NAMED = new RegExp(`${NOT_OTHER}(?:到期|最后|最迟|最晚)还 ?款 ?日${TO_DATE}`);
const NO_DUE = /(?:到期|最后|最迟)还款日期?(?: ?Payment Due Date)? ?:? ?-{1,2}(?= |$)/i;

const ENGLISH_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** `2026年8月`, or as the head of a mail has it that was passed on: `14 Aug 2026`, `August 14, 2026`. */
const MONTH = new RegExp(
  String.raw`(?<!\d)(20\d{2}) ?(?:年|[-/.]) ?(\d{1,2})(?!\d)|\b(${ENGLISH_MONTHS.join('|')})[a-z]*\.? (?:\d{1,2}, )?(20\d{2})`,
  'i',
);

const LONGEST_GRACE_DAYS = 70;
const MOST_AGE_DAYS = 400;
const LEAST_MONTH_DAYS = 25;

/** More than the statements of several years in one mail have. */
const MOST_DAYS = 100;

/** The days that labels far off name, then those on which a cycle ended. */
export function statementDaysIn(text: string, today: Day): Day[] {
  const named = Array.from(text.matchAll(STATEMENT), (match) => match[1]);
  const ends = Array.from(text.matchAll(CYCLE), (match) => match[2]);
  const days = new Set<Day>();
  for (const written of [...named, ...ends]) {
    const day = parseDay(written, today);
    if (day && days.size < MOST_DAYS) days.add(day);
  }
  return [...days];
}

/** Never after the due day, and near it. */
export function statementDayFor(dueDay: Day | null, days: readonly Day[]): Day | null {
  return days.find((day) => isBefore(day, dueDay)) ?? null;
}

export function dueDayIn(text: string, today: Day): Day | null {
  return parseDay([DUE_IN_SENTENCE, DUE_NAMED, DUE_OF_LOAN].map((due) => due.exec(text)?.[1]).find(Boolean), today);
}

/** A dash in the place of the day: only of a lender that is known to mean by it that nothing is due. */
export function hasDashForDue(text: string): boolean {
  return NO_DUE.test(text);
}

/** From where a year that is left out is reckoned in a text that nobody dated: its first month with a year. */
export function monthIn(text: string, today: Day): Day | null {
  const [, year, month, english = '', englishYear] = MONTH.exec(text) ?? [];
  const nth = ENGLISH_MONTHS.indexOf(english.toLowerCase()) + 1;
  const middle = dayFrom(Number(year ?? englishYear), Number(month ?? nth), 15);
  return middle && Math.abs(daysBetween(middle, today)) <= MOST_AGE_DAYS ? middle : null;
}

/** As a statement day stands to its due day. */
export function isBefore(day: Day, dueDay: Day | null): boolean {
  if (dueDay === null) return true;
  const grace = daysBetween(day, dueDay);
  return grace > 0 && grace <= LONGEST_GRACE_DAYS;
}

/** Of an earlier month than another statement of the mail: what the mail's due day is not for. */
export function isFormer(day: Day | null, days: readonly (Day | null)[]): boolean {
  return day !== null && days.some((other) => other !== null && daysBetween(day, other) >= LEAST_MONTH_DAYS);
}
