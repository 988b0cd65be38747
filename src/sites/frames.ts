/** Frames of the page's own origin are part of the page, where they stand. Those of others stay shut. */

/** More than any page has that shows a bill in one; so no deeper than that either. */
export const MOST_FRAMES = 20;

/** Null: another origin's, or nothing. */
export function documentIn(frame: Element): Document | null {
  return (frame as HTMLIFrameElement).contentDocument ?? null;
}

/** Those of the page, then those in them. */
export function framesOf(document: Document): Element[] {
  const frames: Element[] = [];
  const enter = (root: ParentNode): void => {
    for (const frame of root.querySelectorAll('iframe,frame')) if (frames.length < MOST_FRAMES) frames.push(frame);
  };
  enter(document);
  for (let at = 0; at < frames.length; at++) {
    const inner = documentIn(frames[at] as Element);
    if (inner) enter(inner);
  }
  return frames;
}

/** The page's own first. */
export function documentsOf(document: Document): Document[] {
  return [document, ...framesOf(document).flatMap((frame) => documentIn(frame) ?? [])];
}
