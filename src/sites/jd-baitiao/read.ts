/** All readers of a 京东白条 page, combined into one reading. */
import type { Family, Reading, UnreadableWhy } from '../../core/reading.ts';
import { asZeros, type Draft, type Part } from '../draft.ts';
import { type LabelReading, NO_LABELS, readLabels } from '../labels/read.ts';
import { loadedAt } from '../loaded-at.ts';
import { dropExplainedSums, mergeParts } from '../merge.ts';
import { FRESH_MS, type PageView, toReadBill } from '../site.ts';
import { type Answer, answersOf, type Verdict } from './answers.ts';
import { type Embedded, NO_EMBEDDED, readEmbedded } from './embedded.ts';
import { idOf } from './json.ts';
import { DUE_AFTER_STATEMENT_DAYS, isBillPath, SIGN_IN_HOSTS, TITLE } from './manifest.ts';
import { readRenamed } from './renamed.ts';
import { readResponses } from './responses.ts';
import { isNotActivated } from './sums.ts';
import { CHALLENGE, CHALLENGE_NOW, NOT_OPENED, SIGNED_OUT, SIGNED_OUT_NOW } from './words.ts';

/** Each bill of a reader is held against all of the more trusted ones. */
const MOST_PAIRS = 5_000_000;
/** As many as one message may name; the lists are newest first. */
const MOST_PAID_KEYS = 1000;

/** Never throws on page content. Signed out is never "no debt". */
export function readJdBaitiao(page: PageView): Reading | null {
  if (SIGN_IN_HOSTS.some((host) => host === page.url.hostname)) return { kind: 'signed-out' };
  if (page.url.pathname.startsWith('/dangerousVerify')) return { kind: 'unreadable', why: 'challenge' };
  const { document, today } = page;
  const answers = answersOf(page.responses, page.url);
  const embedded: Embedded = document ? readEmbedded(document, today) : NO_EMBEDDED;
  const labels: LabelReading = document
    ? readLabels(document, { today, title: TITLE, dueAfterStatementDays: DUE_AFTER_STATEMENT_DAYS })
    : NO_LABELS;
  const answered = readResponses(answers, today);
  const renamed = readRenamed(answers, familiesOf(answered), today);
  const [a, b, c] = [answered, labels.part, renamed].map(({ bills }) => bills.length) as [number, number, number];
  if (a * b + (a + b) * c > MOST_PAIRS) return { kind: 'unreadable', why: 'page-too-large' };
  const named = mergeParts(mergeParts(answered, asZeros(embedded.part)), asZeros(labels.part));
  const part = mergeParts(named, renamed);
  const bills = dropExplainedSums(part.bills.map((bill) => withNextDue(bill, embedded)));
  const words = labels.why === 'page-too-large' ? '' : `${document?.title}\n${labels.words}`;
  const isOut = isOutside(answers, words);
  const covered = coveredOf(isOut || isStale(page) ? { ...part, zeros: [] } : part, bills);
  const isEmpty = !bills.length && !covered.length && !part.paidKeys.length;
  if (isEmpty || (isOut && !bills.some(isDebt))) {
    const nothing = nothingRead(answers, embedded, labels, words);
    // Another page of the hosts (coupons, activities) without any bill is no broken bill page.
    const isOther = nothing.kind === 'unreadable' && nothing.why === 'layout-unknown' && !isBillPath(page.url);
    return isOther ? null : nothing;
  }
  return {
    kind: 'bills',
    bills: bills.map(toReadBill),
    covered,
    accountMarker: markerOf(document) ?? accountIn(answers),
    paidKeys: part.paidKeys.slice(0, MOST_PAID_KEYS),
  };
}

/** The session ended, or something stands before the page: zeros beside it are those of nobody. */
function isOutside(answers: readonly Answer[], words: string): boolean {
  const isTold = answers.some(({ verdict }) => verdict === 'signed-out' || verdict === 'challenge');
  return isTold || SIGNED_OUT_NOW.test(words) || CHALLENGE_NOW.test(words);
}

/** The zeros of a page that has long been open are those of the day it was opened. A saved one is as of `now`. */
function isStale({ document, now }: PageView): boolean {
  return document !== null && document === globalThis.document && now - loadedAt(now) > FRESH_MS;
}

/** More than a zero: it cannot come from a page of nobody. */
function isDebt({ standing, totalFen }: Draft): boolean {
  return standing !== 'settled' || (totalFen ?? 0) > 0;
}

/** Families of which the answers, under the names that are known, gave bills or evidence that there are none. */
function familiesOf({ bills, covered, paidKeys }: Part): Family[] {
  return [...covered, ...bills.map(({ family }) => family), ...(paidKeys.length ? (['loan'] as const) : [])];
}

/** A total that no single bill explains shows a bill that was not read; a bill or a list that goes on, a zero that is wrong. */
function coveredOf({ covered, zeros = [], unfinished = [] }: Part, bills: readonly Draft[]): Family[] {
  const isSame = (a: Family, b: Family): boolean => (a === 'loan') === (b === 'loan');
  const hasBill = (family: Family, test: (bill: Draft) => boolean): boolean =>
    bills.some((bill) => isSame(bill.family, family) && test(bill));
  const believed = zeros.filter(
    (family) =>
      !unfinished.some((other) => isSame(other, family)) && !hasBill(family, ({ standing }) => standing !== 'settled'),
  );
  return [...new Set([...covered, ...believed])].filter((family) => !hasBill(family, ({ isSum }) => isSum));
}

/** The embedded block alone knows the coming bill's due day. */
function withNextDue(bill: Draft, { next }: Embedded): Draft {
  if (!next || bill.key !== next.key || (bill.dueDay && bill.dueDayIs === 'stated')) return bill;
  return { ...bill, dueDay: next.dueDay, dueDayIs: 'stated' };
}

const OTHERS_AREA =
  'main,article,table,[class*="comment"],[class*="review"],[class*="reply"],[class*="list"],[id*="comment"],[id*="list"]';

/** Shown only where the page says who is signed in (facts §6): one name on the page, and none of a list of people. */
function markerOf(document: Document | null): string | null {
  const [one, ...others] = document?.querySelectorAll('.nickname') ?? [];
  if (!one || others.length || one.closest(OTHERS_AREA)) return null;
  const text = one.textContent?.trim();
  return text ? text.slice(0, 100) : null;
}

/** The account's own number (facts §2.9): hashed like every marker before it is stored. */
function accountIn(answers: readonly Answer[]): string | null {
  const last = answers.filter(({ endpoint, verdict }) => endpoint === 'privilege' && verdict === 'good').at(-1);
  const id = idOf(last?.data.creditAccountId);
  return id && !/^0+$/.test(id) ? id : null;
}

const WHY: Partial<Record<Verdict, UnreadableWhy>> = {
  'too-large': 'page-too-large',
  challenge: 'challenge',
  refused: 'answer-refused',
  strange: 'answer-refused',
  'not-json': 'answer-not-json',
};

/** Nothing was read: say why, with the reason the owner can act on first. */
function nothingRead(answers: readonly Answer[], embedded: Embedded, labels: LabelReading, words: string): Reading {
  const verdicts = new Set(answers.map(({ verdict }) => verdict));
  if (verdicts.has('signed-out')) return { kind: 'signed-out' };
  if (verdicts.has('challenge') || CHALLENGE.test(words)) return { kind: 'unreadable', why: 'challenge' };
  if (verdicts.has('no-account') || answers.some(isNotActivated) || NOT_OPENED.test(words))
    return { kind: 'no-account' };
  if (SIGNED_OUT.test(words)) return { kind: 'signed-out' };
  for (const { verdict } of answers) {
    const why = WHY[verdict];
    if (why) return { kind: 'unreadable', why };
  }
  return { kind: 'unreadable', why: labels.why ?? (embedded.isRefused ? 'answer-refused' : 'layout-unknown') };
}
