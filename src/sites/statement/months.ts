/**
 * Rows and columns of former months (`账单月份 | 应还金额`), of a plan (`第1期 | 应还金额`) and of what an amount is made of
 * (`本金`, `利息`), which stand beside the bill without a day of their own: what they name is not due with it, or is in it.
 */
import { halfWidth } from '../../core/money.ts';
import { hasSpans, MAX_COLUMNS } from '../labels/tree.ts';

const MONTH =
  /^[(【[]?(?:(20\d\d) ?[年/-] ?(0?[1-9]|1[0-2])|(20\d\d)(0[1-9]|1[0-2])|((?:0?[1-9]|1[0-2])(?= ?月)))(?!\d) ?月?份?(?:的?账单)?/;
const PART = /^(?:应还)?(?:本金|利息|手续费|罚息|违约金|滞纳金|年费|服务费)/;
const CALLED = /^(?:[本上]{1,2}[期月]|前[一二三]期)/;
const KINDS = [MONTH, /^第 ?\d{1,3} ?期/, PART, CALLED];
/** Behind a name in its own text, if anything. */
const BEHIND = /^[)】\]: ]*(?:$|[\d¥]|账单|应还|欠款|金额|待还)/;
/** A day of its own, or a debt that is late, is a bill of its own. */
const DAY = /\d ?[日号]|\d{4}([-/.])\d{1,2}\1\d/;
const LATE = /逾期|未还|待还|未清|未结清/;
const AMOUNT = /\d\.\d|\d{3}/;
/** A row has no more text, and a mail no more rows. */
const LONGEST = 200;
const MOST_ROWS = 500;

interface Named {
  readonly element: Element;
  readonly name: string;
}

/**
 * Changes the document, which is the caller's own. What may be shown again where nothing else tells an amount: the rows of
 * the given month (`2026-08`), the parts, and the heads over them.
 */
export function hideMonths(document: Document, month: string | null): readonly Element[] {
  return KINDS.flatMap((kind) => groupsOf(document, kind).flatMap((group) => hide(group, kind, month)));
}

function hide(group: readonly Named[], kind: RegExp, month: string | null): readonly Element[] {
  const [first] = group;
  if (!first || new Set(group.map(({ name }) => name.replace(/^\d{4}-/, ''))).size < 2) return [];
  // What parts come to is the bill.
  const head = kind === PART ? null : headOf(first.element);
  for (const { element } of group) element.setAttribute('hidden', '');
  head?.setAttribute('hidden', '');
  const isMine = ({ name }: Named): boolean =>
    kind === PART || name === month || name === month?.slice(5) || /^本.$/.test(name);
  const mine = group.filter(isMine);
  return [...(head && mine.length ? [head] : []), ...mine.map(({ element }) => element)];
}

/** Rows of one parent, or the cells under a row of names. */
function groupsOf(document: Document, kind: RegExp): (readonly Named[])[] {
  const groups = new Map<Element, readonly Named[]>();
  const seen = new Set<Element>();
  const texts = document.createTreeWalker(document, 4);
  for (let text = texts.nextNode(); text && seen.size < MOST_ROWS; text = texts.nextNode()) {
    const row = isName(text.nodeValue ?? '', kind) ? rowOf(text, kind) : null;
    const parent = row?.parentElement;
    if (!row || !parent || seen.has(row)) continue;
    seen.add(row);
    const words = wordsOf(row);
    const name = words.length > LONGEST || DAY.test(words) || LATE.test(words) ? null : nameIn(words, kind);
    const table = row.localName === 'tr' ? row.closest('table') : null;
    const columns = table && !groups.has(table) ? columnsOf(row, table as HTMLTableElement, kind) : [];
    if (table && columns.length) groups.set(table, columns);
    else if (name !== null) groups.set(parent, [...(groups.get(parent) ?? []), { element: row, name }]);
  }
  return [...groups.values()];
}

function columnsOf(row: Element, table: HTMLTableElement, kind: RegExp): readonly Named[] {
  const cells = Array.from(row.children).slice(0, MAX_COLUMNS);
  const names = cells.map((cell) => (isNameAlone(cell, kind) ? nameIn(wordsOf(cell), kind) : null));
  if (names.filter((name) => name !== null).length < 2 || hasSpans(table)) return [];
  const rows = Array.from(table.rows).slice(0, MOST_ROWS);
  return names.flatMap((name, at) =>
    rows.flatMap(({ cells: { [at]: cell } }) => (name !== null && cell ? { element: cell, name } : [])),
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

function isName(given: string, kind: RegExp): boolean {
  const words = halfWidth(given.slice(0, LONGEST));
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
function wordsOf(element: Element): string {
  const texts = element.ownerDocument.createTreeWalker(element, 4);
  let words = '';
  for (let n = 0, text = texts.nextNode(); text && n < LONGEST && words.length <= LONGEST; text = texts.nextNode(), n++)
    words += ` ${text.nodeValue?.trim() ? text.nodeValue : ''}`;
  return halfWidth(words);
}

/** The row of labels over the first. */
function headOf(row: Element): Element | null {
  const before =
    row.previousElementSibling ?? (row.localName === 'tr' ? row.parentElement?.previousElementSibling : null);
  const words = before ? wordsOf(before) : '';
  const isLong = words.length > LONGEST || DAY.test(words) || AMOUNT.test(words);
  return !isLong && /应还|账单|金额|欠款|待还/.test(words) ? (before ?? null) : null;
}
