/** The tabs of a page: words to choose by, and the one in which other words stand. */
import type { Piece } from './pieces.ts';
import { pathOf } from './tree.ts';
import { ISSUED_TAB, STATUS_TAB, TABS } from './vocabulary.ts';

/** `全部 | 待还款 | 已结清`, each in a box of its own: words to choose by; `第1期 已结清 第2期 待还`: words about parts. */
export function isBesideTabs(pieces: readonly Piece[], at: number): boolean {
  return pieces.slice(Math.max(0, at - 2), at + 3).some(({ text }) => STATUS_TAB.test(text.trim()));
}

/** So far up from words of nothing their tab is looked for. */
const MAX_CLIMB = 15;

/** 暂无账单 speaks of issued bills unless it stands in, or may stand in, another tab of the page. */
export function isOfIssued(node: Node): boolean {
  const path = pathOf(node).reverse();
  const near = path.slice(0, MAX_CLIMB);
  for (const at of [...near, ...path.slice(-1)]) {
    const text = at.textContent ?? '';
    const isOther = TABS.test(text);
    const isIssued = ISSUED_TAB.test(text);
    if (isIssued && !isOther) return true;
    if (isOther) return isIssued && isChosen(at);
  }
  return true;
}

/** The tab of issued bills is marked as the one that is open, and no other is. */
function isChosen(root: Node): boolean {
  if (root.nodeType !== 1) return false;
  const marked = [...(root as Element).querySelectorAll('[aria-selected="true"],[class]')].filter(
    (element) =>
      element.getAttribute('aria-selected') === 'true' ||
      /(?:^|[\s_-])(?:active|current|cur|selected|checked|on)(?:$|[\s_-])/i.test(element.getAttribute('class') ?? ''),
  );
  const tabs = marked.filter(({ textContent }) => TABS.test(textContent ?? '') || ISSUED_TAB.test(textContent ?? ''));
  return tabs.length > 0 && tabs.every(({ textContent }) => !TABS.test(textContent ?? ''));
}
