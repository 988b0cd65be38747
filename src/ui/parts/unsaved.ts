/** What was typed into a form and not saved: the browser asks before it closes the page, and no other form takes its place. */
import { useEffect } from 'preact/hooks';

/** Fields that hold what somebody types. */
const TYPED = 'form :is(textarea, input:not([type="checkbox"], [type="radio"], [type="file"]))';

export function hasUnsaved(root: ParentNode): boolean {
  const fields = root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TYPED);
  return [...fields].some(({ value, defaultValue }) => value !== defaultValue);
}

export function useUnsaved(): void {
  useEffect(() => {
    const ask = (event: Event): void => {
      if (hasUnsaved(document)) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
}
