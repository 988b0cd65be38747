/** Where the focused element is taken away, or out of sight, by what it did, the focus goes to its undo or what stood around it, not to the page's start. */
import { useEffect } from 'preact/hooks';

/** Small enough that the next thing to press in them is what the pressed one became. */
const NEAR = 'tr, li, p, .acts, footer';
const AROUND = `${NEAR}, form, section, article, fieldset, main`;
/** What a bar may have spoken of. */
const WHOLE = 'tr, li, form, section, article, fieldset, main';
const PRESSABLE = 'a[href], button:not(:disabled), input:not(:disabled, [type="file"]), select, textarea, summary';

const LONGEST_MS = 15_000;

const isSeen = (one: Element): boolean => one.isConnected && !one.closest('[hidden]');

export function useKeptFocus(): void {
  useEffect(() => {
    let around: Element[] = [];
    /** Where it was before it went to a bar. */
    let home: Element[] = [];
    let since = 0;
    const remember = (event: Event): void => {
      around = [];
      since = performance.now();
      const focused = event.target as Element;
      for (let one: Element | null = focused; one; one = one.parentElement) around.push(one);
      if (!focused.closest('.bar')) home = around;
    };
    const keep = (): void => {
      const [focused] = around as HTMLElement[];
      // Browsers take the focus from what is out of sight only when they draw the next time.
      if (!focused || (document.activeElement !== document.body && isSeen(document.activeElement!))) return;
      if (isSeen(focused)) {
        // It was, as long as its work ran; after a longer one its owner is elsewhere.
        if (!focused.matches(':disabled') && performance.now() - since < LONGEST_MS) focused.focus();
        return;
      }
      const near = around.find((one) => isSeen(one) && one.matches(AROUND));
      // A bar of the whole page spoke of something in it.
      const isFar = near?.localName === 'main' && around.some((one) => one.matches('.bar'));
      const left = (isFar ? home.find((one) => isSeen(one) && one.matches(WHOLE)) : near) as HTMLElement | undefined;
      const undo = left?.closest('article')?.querySelector<HTMLElement>('.undo button');
      // Not on a button of the row: whoever presses twice would do anew what was just taken back.
      const next = undo ?? (left?.matches(NEAR) && !isFar ? left.querySelector<HTMLElement>(PRESSABLE) : null);
      if (left && !next && !left.hasAttribute('tabindex')) left.tabIndex = -1;
      (next ?? left)?.focus();
    };
    // A press beside everything takes the focus away on purpose; what was removed or disabled is so by then.
    const forget = ({ target, relatedTarget }: FocusEvent): void => {
      const focused = target as Element;
      if (relatedTarget !== null) return;
      queueMicrotask(() => {
        if (focused.isConnected && !focused.matches(':disabled')) around = [];
      });
    };
    const watch = new MutationObserver(keep);
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', forget);
    watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled', 'hidden'] });
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', forget);
      watch.disconnect();
    };
  }, []);
}
