/** Which value is under the pointer. */
import type { Choice } from './choice.ts';

/** A finger or a hurried pointer may miss by this much. */
const REACH = 6;

/** The value under the pointer, one of the element there first; the only one of that element when it is beside it. */
export function choiceAt(choices: readonly Choice[], under: Element | null, x: number, y: number): Choice | null {
  if (!under) return null;
  const inside = choices.filter((choice) => choice.isIn(under));
  const isHit = (choice: Choice): boolean => {
    const box = choice.box();
    if (!box) return false;
    const { left, top, width, height } = box;
    return x >= left - REACH && x <= left + width + REACH && y >= top - REACH && y <= top + height + REACH;
  };
  return inside.find(isHit) ?? choices.find(isHit) ?? (inside.length === 1 ? (inside[0] as Choice) : null);
}

/** The page's element under this point, through open shadow roots and frames of the page's origin, past our own host. */
export function elementUnder(root: Document | ShadowRoot, host: Element, x: number, y: number): Element | null {
  const found = root.elementsFromPoint(x, y).find((element) => element !== host) ?? null;
  const inner = (found as HTMLIFrameElement | null)?.contentDocument;
  if (found && inner) {
    const { left, top } = found.getBoundingClientRect();
    return elementUnder(inner, host, x - left - found.clientLeft, y - top - found.clientTop) ?? found;
  }
  return found?.shadowRoot ? (elementUnder(found.shadowRoot, host, x, y) ?? found) : found;
}
