/** Where a value stands on the screen. */
import type { Spot } from './spots.ts';

/** Null where it is not shown. */
export function boxOf({ node, shown, endNode, endShown }: Spot): DOMRect | null {
  if (!node.isConnected || !endNode.isConnected) return null;
  const range = node.ownerDocument.createRange();
  range.setStart(node, Math.max(0, node.data.indexOf(shown)));
  range.setEnd(endNode, Math.min(endNode.length, Math.max(0, endNode.data.indexOf(endShown)) + endShown.length));
  const box = range.getBoundingClientRect();
  return box.width > 0 && box.height > 0 ? onScreen(box, node.ownerDocument) : null;
}

/** A frame counts from its own corner. */
function onScreen(box: DOMRect, { defaultView }: Document): DOMRect {
  const frame = defaultView?.frameElement;
  if (!frame) return box;
  const { left, top } = frame.getBoundingClientRect();
  const moved = new DOMRect(box.left + left + frame.clientLeft, box.top + top + frame.clientTop, box.width, box.height);
  return onScreen(moved, frame.ownerDocument);
}
