/** Where values stand on the screen, and which one is under the pointer. */

import type { Spot } from '../../sites/taught/spots.ts';
import type { Candidate } from '../../sites/taught/teach.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A finger or a hurried pointer may miss by this much. */
const REACH = 6;

/** Null where the value is not shown. */
export function boxOf({ node, shown, endNode, endShown }: Spot): Box | null {
  if (!node.isConnected || !endNode.isConnected) return null;
  const range = node.ownerDocument.createRange();
  const start = Math.max(0, node.data.indexOf(shown));
  range.setStart(node, start);
  range.setEnd(endNode, Math.min(endNode.length, Math.max(0, endNode.data.indexOf(endShown)) + endShown.length));
  const { left, top, width, height } = range.getBoundingClientRect();
  return width > 0 && height > 0 ? { left, top, width, height } : null;
}

/** The value under the pointer; the only one of the element there when the pointer is beside it. */
export function candidateAt(
  candidates: readonly Candidate[],
  under: Element | null,
  x: number,
  y: number,
): Candidate | null {
  if (!under) return null;
  const inside = candidates.filter(({ spot }) => under.contains(spot.node) || spot.node.parentElement === under);
  const hit = inside.filter(({ spot }) => {
    const box = boxOf(spot);
    return (
      box &&
      x >= box.left - REACH &&
      x <= box.left + box.width + REACH &&
      y >= box.top - REACH &&
      y <= box.top + box.height + REACH
    );
  });
  return hit[0] ?? (inside.length === 1 ? (inside[0] as Candidate) : null);
}

/** The page's element under this point, through open shadow roots, past our own host. */
export function elementUnder(root: Document | ShadowRoot, host: Element, x: number, y: number): Element | null {
  const found = root.elementsFromPoint(x, y).find((element) => element !== host) ?? null;
  return found?.shadowRoot ? (elementUnder(found.shadowRoot, host, x, y) ?? found) : found;
}
