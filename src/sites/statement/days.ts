/** Days of a statement that stand in a sentence, or nowhere. The label reader has read all others. */
import { type Day, daysBetween, parseDay } from '../../core/day.ts';

const DATE = String.raw`\d{4} ?(?:年|[-/.]) ?\d{1,2} ?(?:月|[-/.]) ?\d{1,2}(?: ?日)?`;
const CYCLE = new RegExp(`(${DATE}) ?(?:-|–|—|~|至|到) ?(${DATE})`, 'g');
const STATEMENT = new RegExp(`账 ?单 ?日[^\\d]{0,30}?(${DATE})`);
const DUE_IN_SENTENCE = new RegExp(
  `(?:最晚|最迟|请)(?:您)?(?:应)?(?:于|在)?(?:本期)?(${DATE}) ?(?:前|之前)?(?:还款|还清|还|存入)`,
);
/** A label that is part of a longer word (`贷记卡到期还款日`). */
const DUE_NAMED = new RegExp(`(?<!上期|上月)(?:到期|最后|最迟|最晚)还 ?款 ?日[^\\d]{0,30}?(${DATE})`);
/** 建设 writes a dash where nothing is due. */
const NO_DUE = /(?:到期|最后|最迟)还款日期?(?: ?Payment Due Date)? ?:? ?-{1,2}(?= |$)/i;

const LONGEST_GRACE_DAYS = 70;

/** The day on which a cycle ended, or which a label far off names: never after the due day, and near it. */
export function statementDayIn(text: string, dueDay: Day | null, today: Day): Day | null {
  const named = parseDay(STATEMENT.exec(text)?.[1], today);
  if (named && isBefore(named, dueDay)) return named;
  for (const match of text.matchAll(CYCLE)) {
    const end = parseDay(match[2], today);
    if (end && isBefore(end, dueDay)) return end;
  }
  return null;
}

export function dueDayIn(text: string, today: Day): Day | null {
  return parseDay((DUE_IN_SENTENCE.exec(text) ?? DUE_NAMED.exec(text))?.[1], today);
}

export function saysNothingDue(text: string): boolean {
  return NO_DUE.test(text);
}

function isBefore(day: Day, dueDay: Day | null): boolean {
  if (dueDay === null) return true;
  const grace = daysBetween(day, dueDay);
  return grace > 0 && grace <= LONGEST_GRACE_DAYS;
}
