/**
 * Rows and columns of former months (`账单月份 | 应还金额`), of a plan (`第1期 | 应还金额`) and of what an amount is made of
 * (`本金`, `利息`), which stand beside the bill without a day of their own: what they name is not due with it, or is in it.
 */
import { type Fen, halfWidth, parseFen } from '../../core/money.ts';
import { hasSpans, MAX_COLUMNS } from '../labels/tree.ts';

const MONTH =
  /^[(【[]?(?:(20\d\d) ?[年/.-] ?(0?[1-9]|1[0-2])|(20\d\d)(0[1-9]|1[0-2])|((?:0?[1-9]|1[0-2])(?= ?月)))(?!\d) ?月?份?(?:的?账单)?/;
const PART = /^(?:应还)?(?:本金|利息|手续费|罚息|违约金|滞纳金|年费|服务费|消费|取现|预借现金)/;
const CALLED = /^(?:[本上]{1,2}[期月]|前[一二三]期|[已未]出账单?)/;
const NTH = /^第 ?\d{1,3} ?期/;
const KINDS = [MONTH, NTH, PART, CALLED];
/** Behind a name in its own text, if anything. */
const BEHIND = /^[)】\]: ]*(?:$|[\d¥]|账单|应还|欠款|金额|待还|未还|剩余|逾期)/;
/** A day of its own, or a debt that is late, is a bill of its own. */
const DAY = /\d ?[日号]|\d{4}([-/.])\d{1,2}\1\d/;
const LATE = /逾期|未清|未结清/;
/** Beside such a label, an amount of a former month is owed. */
const LEFT = /未还|待还|剩余应还/;
const PLAN = /还款计划|(?:还款|应还)月/;
/** Rows of several products or cards are bills. */
const OWNER = /[\u4e00-\u9fff]?[条呗贷卡]|[\u4e00-\u9fff]{2}(?:月付|分付)|(?:\*{2,}|尾号) ?\d{4}(?!\d)/g;
const AMOUNT = /\d\.\d|\d{3}/;
const WHOLE = /\d[\d,]*(?:\.\d\d)?(?!\d)/;
const FEN = /\d[\d,]*\.\d\d(?!\d)/g;
/** A row has no more text, and a mail no more rows. */
export const LONGEST = 200;
const MOST_ROWS = 500;

interface Named {
  readonly element: Element;
  readonly name: string;
  readonly words: string;
}

/** A former month of which so much is still owed, or nothing. */
interface Left {
  readonly element: Element;
  readonly fen: Fen;
}

/** `own`: the rows of the mail's month, or the parts, which are the bill where no amount tells it; `heads`: over all. */
export interface Hidden {
  readonly heads: readonly Element[];
  readonly own: readonly Element[];
  readonly isTold: (amounts: readonly Fen[]) => boolean;
  readonly left: readonly Left[];
}

/** Changes the document, which is the caller's own. `month` is the mail's: `2026-08`. */
export function hideMonths(document: Document, month: string | null): readonly Hidden[] {
  return groupsOf(document).map(([kind, group]) => hide(group, kind, month));
}

/** Shows again what no amount tells; `leftFens`: what is owed of former months, unless it is all that is told. */
export function showUntold(
  months: readonly Hidden[],
  told: readonly Fen[],
): { readonly hasShown: boolean; readonly leftFens: readonly Fen[] } {
  const untold = months.filter(({ isTold }) => !isTold(told));
  const hasOwn = told.length > 0 || untold.length > 0;
  const all = months.filter(({ left }) => left.length);
  const shown = hasOwn
    ? untold.flatMap(({ heads, own }) => [...heads, ...own])
    : all.flatMap(({ heads, left }) => [...heads, ...left.map(({ element }) => element)]);
  for (const row of shown) row.removeAttribute('hidden');
  const leftFens = all.flatMap(({ left }) => left.map(({ fen }) => fen).filter((fen) => fen > 0));
  return { hasShown: shown.length > 0, leftFens: hasOwn ? leftFens : [] };
}

function hide(group: readonly Named[], kind: RegExp, month: string | null): Hidden {
  const list = listOf(group, kind);
  const head = headOf((list[0] ?? group[0])?.element);
  const labels = head ? wordsOf(head) : '';
  const isPlan =
    kind === NTH || PLAN.test(labels) || (kind === MONTH && group.some(({ name }) => isAfter(name, month)));
  const isMine = ({ name }: Named): boolean =>
    kind === PART || (!isPlan && (name === month || name === month?.slice(5) || /^(?:本.$|已)/.test(name)));
  const canBeFormer = !isPlan && (kind === CALLED || (kind === MONTH && month !== null));
  const former = canBeFormer
    ? group.filter((each) => !isMine(each) && !/^未/.test(each.name) && isLeft(each.words + labels))
    : [];
  const left = former.flatMap((each) => leftIn(each, head));
  const own = list.filter(isMine);
  // What parts come to is the bill, and stands under their head.
  const heads = head && kind !== PART && list.length + left.length ? [head] : [];
  for (const element of [...heads, ...[...list, ...left].map((each) => each.element)])
    element.setAttribute('hidden', '');
  const amounts = own.flatMap(({ words }) => amountsIn(words));
  const sum = amounts.reduce((all, fen) => all + fen, 0);
  const isTold = (told: readonly Fen[]): boolean =>
    !own.length || told.some((fen) => (kind === PART ? fen >= sum : !amounts.length || amounts.includes(fen)));
  return { heads, own: own.map(({ element }) => element), isTold, left };
}

/** Two names at least, of one card or product; a row that says itself that something is left is none of it. */
function listOf(group: readonly Named[], kind: RegExp): readonly Named[] {
  const list = group.filter(({ words }) => !isLeft(words));
  const owners = new Set(list.flatMap(({ words }) => words.match(OWNER) ?? []));
  const names = new Set(list.map(({ name }) => name.replace(/^\d{4}-/, '')));
  return owners.size > 1 || names.size < 2 || (kind === NTH && !isInSequence(list)) ? [] : list;
}

function isLeft(words: string): boolean {
  return LEFT.test(words);
}

/** Under the label of what is left, or behind it; else the one amount of the row. */
function leftIn({ element, words }: Named, head: Element | null): Left[] {
  const at = Array.from(head?.children ?? []).findIndex((cell) => isLeft(wordsOf(cell)));
  const cell = element.children[at];
  const amounts = amountsIn(words);
  const behind = amountsIn(words.slice(words.search(LEFT)));
  const fen = cell
    ? parseFen(WHOLE.exec(wordsOf(cell))?.[0])
    : (behind[0] ?? (amounts.length === 1 ? amounts[0] : null));
  return fen == null ? [] : [{ element, fen }];
}

function amountsIn(words: string): Fen[] {
  return Array.from(words.matchAll(FEN), ([amount]) => parseFen(amount) ?? []).flat();
}

/** Instalments that follow each other are a plan; others are of several loans. */
function isInSequence(group: readonly Named[]): boolean {
  const numbers = [...new Set(group.map(({ name }) => Number(name.replace(/\D/g, ''))))];
  return Math.max(...numbers) - Math.min(...numbers) < numbers.length;
}

/** A year that is left out is the nearest. */
function isAfter(name: string, month: string | null): boolean {
  if (month === null) return false;
  if (name.length > 2) return name > month;
  const ahead = (Number(name) - Number(month.slice(5)) + 12) % 12;
  return ahead > 0 && ahead < 6;
}

/** Rows of one parent, or the cells under a row of names. */
function groupsOf(document: Document): (readonly [RegExp, readonly Named[]])[] {
  const groups = new Map(KINDS.map((kind) => [kind, new Map<Element, readonly Named[]>()]));
  const seen = new Set<Element>();
  const texts = document.createTreeWalker(document, 4);
  for (let text = texts.nextNode(); text && seen.size < MOST_ROWS; text = texts.nextNode()) {
    const value = halfWidth((text.nodeValue ?? '').slice(0, LONGEST));
    const kind = KINDS.find((one) => isName(value, one));
    const row = kind ? rowOf(text, kind) : null;
    const parent = row?.parentElement;
    if (!kind || !row || !parent || seen.has(row)) continue;
    seen.add(row);
    const words = wordsOf(row);
    const isOwn = hasDay(row, words) || (LATE.test(words) && !isLeft(words));
    const name = words.length > LONGEST || isOwn ? null : nameIn(words, kind);
    const table = row.localName === 'tr' ? row.closest('table') : null;
    const ofKind = groups.get(kind) as Map<Element, readonly Named[]>;
    const columns = table && !ofKind.has(table) ? columnsOf(row, table as HTMLTableElement, kind) : [];
    if (table && columns.length) ofKind.set(table, columns);
    else if (name !== null) ofKind.set(parent, [...(ofKind.get(parent) ?? []), { element: row, name, words }]);
  }
  return [...groups].flatMap(([kind, ofKind]) => Array.from(ofKind.values(), (group) => [kind, group] as const));
}

/** In its words, or called due right behind it. */
function hasDay(row: Element, words: string): boolean {
  const next = row.nextElementSibling ? wordsOf(row.nextElementSibling) : '';
  return DAY.test(words) || (/^ *(?:最[后迟晚]|到期|应)?还款[日时]/.test(next) && DAY.test(next));
}

/** Columns whose names stand side by side: between others, a name is a value. */
function columnsOf(row: Element, table: HTMLTableElement, kind: RegExp): readonly Named[] {
  const cells = Array.from(row.children).slice(0, MAX_COLUMNS);
  const names = cells.map((cell) => (isNameAlone(cell, kind) ? nameIn(wordsOf(cell), kind) : null));
  const [from, to] = [names.findIndex(Boolean), names.findLastIndex(Boolean)];
  if (from === to || names.slice(from, to).includes(null) || hasSpans(table)) return [];
  const rows = Array.from(table.rows).slice(0, MOST_ROWS);
  return names.flatMap((name, at) =>
    rows.flatMap(({ cells: { [at]: cell } }) => (name && cell ? { element: cell, name, words: wordsOf(cell) } : [])),
  );
}

/** `2026-07`, `07`, `第3期`, `利息`; null: the words begin with nothing of the kind. */
function nameIn(given: string, kind: RegExp): string | null {
  const found = kind.exec(halfWidth(given.slice(0, LONGEST)));
  if (kind !== MONTH || !found) return found?.[0] ?? null;
  const [, year, month, otherYear, otherMonth, alone] = found;
  const nth = (month ?? otherMonth ?? alone) as string;
  return [year ?? otherYear, nth.padStart(2, '0')].filter(Boolean).join('-');
}

function isName(words: string, kind: RegExp): boolean {
  const behind = words.replace(kind, '');
  return behind !== words && (kind === CALLED ? behind === '' : BEHIND.test(behind));
}

/** The nearest element that says more than the name. */
function rowOf(text: Node, kind: RegExp): Element | null {
  let row = text.parentElement;
  while (row && row.localName !== 'body' && isNameAlone(row, kind)) row = row.parentElement;
  return row?.localName === 'td' || row?.localName === 'th' ? row.parentElement : row;
}

function isNameAlone(element: Element, kind: RegExp): boolean {
  return /^[)】\]: ]*$/.test(wordsOf(element).replace(kind, ''));
}

/** As far as a row goes. */
export function wordsOf(element: Element): string {
  const texts = element.ownerDocument.createTreeWalker(element, 4);
  let words = '';
  for (let n = 0, text = texts.nextNode(); text && n < LONGEST && words.length <= LONGEST; text = texts.nextNode(), n++)
    words += ` ${text.nodeValue?.trim() ? text.nodeValue : ''}`;
  return halfWidth(words);
}

/** The row of labels over the first. */
function headOf(row: Element | undefined): Element | null {
  const before =
    row?.previousElementSibling ?? (row?.localName === 'tr' ? row.parentElement?.previousElementSibling : null);
  const words = before ? wordsOf(before) : '';
  const isLong = words.length > LONGEST || DAY.test(words) || AMOUNT.test(words);
  return !isLong && /应还|账单|金额|欠款|待还/.test(words) ? (before ?? null) : null;
}
