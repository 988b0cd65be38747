/** What was typed into a form and not saved: the browser asks before it closes the page, and no other form takes its place. */
import { useEffect } from 'preact/hooks';

/** Fields that hold what somebody types. A busy form is on its way into the store. */
const TYPED = 'form:not([aria-busy="true"]) :is(textarea, input:not([type="checkbox"], [type="radio"], [type="file"]))';

function unsavedIn(root: ParentNode): readonly (HTMLInputElement | HTMLTextAreaElement)[] {
  const fields = root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TYPED);
  return [...fields].filter(({ value, defaultValue }) => value !== defaultValue);
}

export function hasUnsaved(root: ParentNode): boolean {
  return unsavedIn(root).length > 0;
}

/** Opens another form where this one stands, unless something in it is unsaved: that takes the focus, to be saved or put away. */
export function openInstead(form: HTMLElement | null, open: () => void): void {
  // A disabled field would not be saved either, and takes no focus.
  const [first] = form ? unsavedIn(form).filter(({ disabled }) => !disabled) : [];
  if (first) first.focus();
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
