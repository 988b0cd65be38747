/**
 * Amounts that stand in a column, a row or paragraphs under the name of another currency (`美元账户`, then `99.00`). They
 * and their labels are given that name, and it is taken from where it stood: no reader takes them, or what stands beside them, for yuan.
 */
import { halfWidth } from '../../core/money.ts';
import { type ColumnsOf, measuring } from '../labels/tree.ts';
import { FOREIGN_NAME } from '../labels/vocabulary.ts';

const FOREIGN = new RegExp(
  String.raw`^[【\[(]?(?:${FOREIGN_NAME}(?: ?(?:账户|账单|部分|本期|欠款|Account))*[ :/()\]】]*){1,3}$`,
  'i',
);
const YUAN = /^[【[(]?(?:人民币|RMB|CNY|¥)/i;
/** A line that begins with the name speaks of nothing else. */
const LINE = new RegExp(
  String.raw`^\s*[【\[(]?${FOREIGN_NAME}(?:账户|账单|部分)[】\]):：\s](?!.*(?:人民币|RMB|CNY|[¥￥]))`,
  'i',
);
const AMOUNT = /(?<![\d.,¥￥]|(?:人民币|RMB|CNY) ?)-?\d[\d,]*\.\d\d(?![\d.])|^\s*-?\d{1,3}(?:,\d{3})+\s*$/g;
const LABEL = /(?=应还(?!款?[日时])|最低|欠款|账单总?金?额)/g;

const OVER_ZERO = String.raw`(?<![\d.,])(?=[\d,.]*[1-9])[\d,]`;
const FOREIGN_AMOUNT = new RegExp(
  String.raw`${FOREIGN_NAME}(?:账户|本期|应还|欠款|款|金额|总额|额)*\)? ?:? ?${OVER_ZERO}|${OVER_ZERO}+\.\d\d ?${FOREIGN_NAME}(?![\u4e00-\u9fff]| ?-?[\d.])`,
);
/** `本期应还款额(美元)` over a column, and an amount in the row below. */
const UNDER_FOREIGN = new RegExp(
  String.raw`应还[款总金额]*\( ?${FOREIGN_NAME} ?\)[^\d。]{0,40}(?:[\d,]+\.\d\d ){0,3}?${OVER_ZERO}+\.\d\d`,
);

const LONGEST_NAME = 30;
/** So much space may stand around a name, and so many nodes. */
const MOST_BLANK = 200;
const MOST_NODES = 20;
/** More than any statement has. */
const MOST_NAMES = 500;

/** Changes the document, which is the caller's own and not too deep. False where it names too many. */
export function markForeign(document: Document): boolean {
  const texts = document.createTreeWalker(document, 4);
  const names = new Set<Node>();
  const columnsOf = measuring();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const value = text.nodeValue ?? '';
    if (value.length < MOST_BLANK && isForeign(text)) names.add(widest(text));
    else if (LINE.test(value)) mark(text);
    if (names.size > MOST_NAMES) return false;
  }
  for (const name of new Set(Array.from(names, boxed))) {
    const scope = scopeOf(name, columnsOf);
    if (!scope.some(speaks)) continue;
    scope.forEach(mark);
    name.textContent = '';
  }
  return true;
}

/** More than nothing. */
export function tellsForeign(text: string): boolean {
  return FOREIGN_AMOUNT.test(text);
}

export function tellsForeignBelow(text: string): boolean {
  return UNDER_FOREIGN.test(text);
}

function isForeign(node: Node): boolean {
  const text = beginningOf(node);
  return text.length <= LONGEST_NAME && FOREIGN.test(text);
}

function beginningOf(node: Node): string {
  let text = '';
  const left = [node];
  for (let count = 0; left.length && text.length < LONGEST_NAME * 4; count++) {
    const at = left.pop() as Node;
    if (count > MOST_NODES) return halfWidth(text).padEnd(LONGEST_NAME * 4, '-');
    if (at.nodeType === 3) text += at.nodeValue;
    left.push(...Array.from(at.childNodes).slice(0, MOST_NODES).reverse());
  }
  return halfWidth(text);
}

/** The outermost node that says nothing else. */
function widest(name: Node): Node {
  const up = name.parentElement;
  return up && up.localName !== 'body' && isForeign(up) ? widest(up) : name;
}

/** A line that names no amount of its box speaks of what stands beside the box. */
function boxed(name: Node): Node {
  return name.nodeType === 3 && name.parentElement && !upToName(behindOf(name)).some(speaks)
    ? name.parentElement
    : name;
}

/** What stands behind the name; of a cell without any amount behind it, the one before it, else its column. */
function scopeOf(name: Node, columnsOf: ColumnsOf): readonly Node[] {
  const behind = upToName(behindOf(name));
  const row = name.parentElement as HTMLTableRowElement;
  const table = row.closest('table') as HTMLTableElement | null;
  if (!table || !/^t[dh]$/i.test(name.nodeName) || behind.some(speaks)) return behind;
  const cell = name as Element;
  const before = cell.previousElementSibling;
  if (before && speaks(before)) return [before];
  if (!Array.from(row.children).some((other) => other !== cell && isCurrency(other))) return [];
  const columnOf = columnsOf(table);
  const next = cell.nextElementSibling;
  const [start, end] = [columnOf(cell), next ? columnOf(next) : Number.POSITIVE_INFINITY];
  const rows = Array.from(table.rows);
  const below = upToName(rows.slice(rows.indexOf(row) + 1)) as readonly HTMLTableRowElement[];
  return below.flatMap(({ cells }) =>
    Array.from(cells).filter((cell) => columnOf(cell) >= start && columnOf(cell) < end),
  );
}

function behindOf(node: Node): Node[] {
  const all = Array.from(node.parentNode?.childNodes ?? []) as Node[];
  return all.slice(all.indexOf(node) + 1);
}

function upToName(nodes: readonly Node[]): readonly Node[] {
  const end = nodes.findIndex(isCurrency);
  return end < 0 ? nodes : nodes.slice(0, end);
}

function isCurrency(node: Node): boolean {
  return isForeign(node) || YUAN.test(beginningOf(node));
}

function speaks(node: Node): boolean {
  const text = node.textContent ?? '';
  return text.search(AMOUNT) >= 0 || text.search(LABEL) >= 0;
}

function mark(node: Node): void {
  if (node.nodeType === 3) node.nodeValue = (node.nodeValue ?? '').replace(AMOUNT, 'USD $&').replace(LABEL, '美元');
  for (const child of Array.from(node.childNodes)) mark(child);
}
