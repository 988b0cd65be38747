/**
 * Lines of several products (`白条8月待还 300`, `金条本期应还 500`). The generic reader begins another bill where a label comes
 * again: what a product calls its one amount is called what the first calls its own.
 */
const CARD = String.raw`卡 ?[(（]?(?:尾号)? ?\d{4}[)）]?|尾号 ?\d{4}(?: ?的?(?:信用)?卡)?|(?:信用)?卡`;
const PRODUCT = String.raw`[白金]条|[花借]呗|(?:[\u4e00-\u9fff]{2})?(?:月付|分付)|[\u4e00-\u9fff]{0,2}贷款?|${CARD}`;
const OF_MONTH = String.raw`(?:[本当][期月前]|(?:20\d\d年)?\d{1,2}月份?|的|[\s:：】\]])*`;
const OWED = '(?:剩余)?(?:应还|待还|未还|欠款|账单(?=[总金]?额))(?:款?[总金]?额|款)?';
const LINE = new RegExp(String.raw`(${PRODUCT})${OF_MONTH}(${OWED})(?=[\s:：¥￥\d由从]|$)`, 'g');
/** `您的房贷` and `住房贷款`, `信用卡` and `本卡` are one. */
const NOT_NAME = /[^\u4e00-\u9fff]|尾号|^(?:[的您该笔本此]+|个人)|住(?=房)|款$/g;
/** So far a product stands before its amount; and more lines than a mail has, or a line more text. */
const REACH = 30;
const MOST_LINES = 500;
const LONGEST = 2000;

interface Line {
  readonly node: Node;
  readonly product: string;
  readonly tail: string;
  readonly name: string;
  readonly at: number;
}

/** Changes the document, which is the caller's own. */
export function alignProducts(document: Document): void {
  const found: Line[] = [];
  const texts = document.createTreeWalker(document, 4);
  let before = '';
  for (let node = texts.nextNode(); node && found.length < MOST_LINES; node = texts.nextNode()) {
    const value = node.nodeValue ?? '';
    if (!value.trim() || value.length > LONGEST) continue;
    for (const { 0: words, 1: called = '', 2: name = '', index } of `${before}\n${value}`.matchAll(LINE)) {
      const at = index + words.length - name.length - before.length - 1;
      const [product, tail] = [called.replace(NOT_NAME, ''), called.replace(/\D/g, '')];
      if (at >= 0) found.push({ node, product, tail, name, at });
    }
    before = value.slice(-REACH);
  }
  const [first] = found;
  const isOneCard = new Set(found.flatMap(({ tail }) => tail || [])).size < 2;
  // From the end: the places before stay.
  for (const line of [...found].reverse()) {
    const { node, product, name, at } = line;
    const isWhole = product.includes('贷') && name.startsWith('剩余');
    if (!first || isWhole || found.some((other) => other !== line && isSame(other, line, isOneCard))) continue;
    const value = node.nodeValue ?? '';
    node.nodeValue = value.slice(0, at) + first.name + value.slice(at + name.length);
  }
}

/** All that is left of a debt is no other one. */
function isSame(one: Line, other: Line, isOneCard: boolean): boolean {
  return (
    (isOneCard || one.tail === other.tail) &&
    (one.product.endsWith(other.product) || other.product.endsWith(one.product))
  );
}
