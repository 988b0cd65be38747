/**
 * Rows that tell what was paid before the mail was sent: payments that are called so (`还款记录`, `成功`), and bills that
 * are called paid or whose sum was paid (`应还金额 | 已还金额`). A part of it pays no bill.
 */
import { type Day, parseDay } from '../../core/day.ts';
import { parseFen } from '../../core/money.ts';
import { WHOLLY_SETTLED } from '../labels/vocabulary.ts';
import { DATE } from './days.ts';
import { type Hidden, LONGEST, wordsOf } from './months.ts';

const EACH_DATE = new RegExp(DATE, 'g');
/** A day and an amount alone may be what is to be paid. */
const PAYMENTS = /^ *(?:近期|历史|最近)?还款(?:记录|流水)[: ]*$/;
const MADE = /(?<!不)成功/;
const AMOUNT = /(?<![\d.])\d[\d,]*\.\d\d(?![\d.])/;
const PAID = /^ *[本当]?[期月]?已还款?金?额? *$/;
/** Of a former month, and of principal alone, another sum is owed. */
const OWED = /^ *(?:[本当][期月])?(?:应还|账单)款?[总金]?额? *$/;
const STATUS = /^ *(?:账单|还款)?状态 *$/;
const ANY_OWED = /应还|[待未]|欠款|账单|最[低后迟晚]|剩余|逾期|到期|部分|失败|计划/;
const ROWS = 'tr,li,p,div';
/** More than a mail has. */
const MOST_ROWS = 3000;

/** Changes the document, which is the caller's own. They are shown again where the mail tells of nothing else. */
export function hidePaid(document: Document, today: Day): readonly Hidden[] {
  const own: Element[] = [];
  let head: Element | null = null;
  for (const row of Array.from(document.querySelectorAll(ROWS)).slice(0, MOST_ROWS)) {
    if (row.querySelector(row.localName === 'tr' ? 'tr' : ROWS)) continue;
    const words = wordsOf(row);
    if (!/\d/.test(words)) head = row;
    else if (words.length <= LONGEST && isPast(words, today) && isPaid(row, words, head)) own.push(row);
  }
  for (const row of own) row.setAttribute('hidden', '');
  return own.length ? [{ heads: [], own, isTold: (told) => told.length > 0, left: [] }] : [];
}

function isPast(words: string, today: Day): boolean {
  const days = words.match(EACH_DATE) ?? [];
  return days.length > 0 && days.every((written) => (parseDay(written, today) ?? today) < today);
}

function isPaid(row: Element, words: string, above: Element | null): boolean {
  const head = above && listOf(above) === listOf(row) ? above : null;
  const over = head ? wordsOf(head) : '';
  const titles = [over, titleOf(listOf(row))];
  if (!ANY_OWED.test(`${over} ${words}`))
    return AMOUNT.test(words) && (MADE.test(words) || titles.some((it) => PAYMENTS.test(it)));
  const names = Array.from(head?.children ?? [], wordsOf);
  const cells = Array.from(row.children, wordsOf);
  if (names.length !== cells.length) return false;
  const isSettled = (cell: string, at: number): boolean =>
    STATUS.test(names[at] as string) && WHOLLY_SETTLED.test(cell);
  return cells.some(isSettled) || isPaidWhole(names, cells);
}

/** Of one bill: beside another's sum, nothing tells which was paid. */
function isPaidWhole(names: readonly string[], cells: readonly string[]): boolean {
  const sums = cells.filter((cell, at) => !/[期次]数|号/.test(names[at] as string) && (parseFen(cell) ?? 0) > 0);
  const [owed, paid] = [OWED, PAID].map((label) => parseFen(cells[names.findIndex((name) => label.test(name))]));
  return sums.length === 2 && paid != null && paid > 0 && paid === owed;
}

function titleOf(list: Element | null): string {
  const before = list?.previousElementSibling;
  return before ? wordsOf(before) : '';
}

function listOf(row: Element): Element | null {
  return row.closest('table') ?? row.parentElement;
}
