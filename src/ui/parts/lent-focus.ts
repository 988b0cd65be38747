/** What opens away from the button that asked for it takes the focus with its heading, and gives it back when it closes. */
import { useLayoutEffect, useRef } from 'preact/hooks';

/** For a heading with `tabIndex={-1}` inside what opens. */
export function useLentFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const lender = document.activeElement as HTMLElement | null;
    const opened = heading.current?.parentElement; // absent when it was not drawn after all
    heading.current?.focus();
    return () => {
      const { activeElement } = document;
      if (activeElement === document.body || opened?.contains(activeElement)) lender?.focus();
    };
  }, []);
  return heading;
}
