/** What was typed into a form and not saved: the browser asks before it closes the page, and no other form takes its place. */
import { useEffect } from 'preact/hooks';

/** Fields that hold what somebody types. A busy form is on its way into the store. */
const TYPED = 'form:not([aria-busy="true"]) :is(textarea, input:not([type="checkbox"], [type="radio"], [type="file"]))';

export function hasUnsaved(root: ParentNode): boolean {
  const fields = root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TYPED);
  return [...fields].some(({ value, defaultValue }) => value !== defaultValue);
}

/** Opens another form where this one stands, unless something in it is unsaved: then it takes the focus, to be saved or put away. */
export function openInstead(form: HTMLElement | null, open: () => void): void {
  if (form && hasUnsaved(form))
    form.querySelector('h3')?.focus(); // it always has one
  else open();
}

export function useUnsaved(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (!hasUnsaved(document)) return;
      event.preventDefault();
      event.returnValue = true; // Chrome before 119 asks only for this
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
}
