/** The moment in which no script of the page can have run: only then is the channel handed over. */

/** An HTML parser makes `<head>` before it meets any script. */
export function isUntouched(document: Document): boolean {
  return document.readyState === 'loading' && document.contentType === 'text/html' && !document.head && !document.body;
}

export interface Door {
  isOpen(): boolean;
  close(): void;
}

/**
 * A latch: open until it is closed or the parser has made its first element below `<html>`, and never again, whatever a
 * script takes out of the document later. The observer is told before the parser runs the first script. `onClose` may be
 * called at once, for a script that was put into a page that had already begun.
 */
export function openDoor(document: Document, Observer: typeof MutationObserver, onClose: () => void): Door {
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    observer.disconnect();
    onClose();
  };
  const look = (): boolean => {
    if (!isUntouched(document)) close();
    return isOpen;
  };
  const observer = new Observer(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
  return { isOpen: look, close };
}
