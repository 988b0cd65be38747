/** The overlay in a page: a closed shadow root over everything, gone without a trace when it ends. */
import { render } from 'preact';
import { askInPage, languageInPage, sayInPage } from '../browser/in-page.ts';
import { dayOf } from '../core/day.ts';
import { wordsIn } from '../i18n/words.ts';
import { pageOfBody } from '../sites/taught/spots.ts';
import { elementUnder } from '../ui/teach/places.ts';
import { Teach } from '../ui/teach/teach.tsx';
import { TEACH_CSS } from '../ui/teach/teach-css.ts';

/** Set while an overlay stands here: a second request does not open a second one. */
const page = globalThis as { dulyTeach?: () => void };

/** What a page may listen for on its document: none of it gets there from the overlay. */
const EVENTS =
  'click dblclick auxclick contextmenu mousedown mouseup mousemove mouseover mouseout pointerdown pointerup pointermove pointerover pointerout touchstart touchend touchmove keydown keyup keypress input change focusin focusout paste copy cut'.split(
    ' ',
  );

export function startTeach(): void {
  page.dulyTeach?.();
  const before = document.activeElement;
  const host = document.createElement('div');
  host.style.cssText = 'all: initial; position: fixed; z-index: 2147483647; inset: 0 auto auto 0;';
  const shadow = host.attachShadow({ mode: 'closed' });
  const root = document.createElement('div');
  addStyle(shadow);
  shadow.append(root);
  for (const type of EVENTS) host.addEventListener(type, (event) => event.stopPropagation());

  // Escape ends the teaching from everywhere; keys that still go to the page do not arrive there.
  const keys = (event: KeyboardEvent): void => {
    if (event.target === host && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Escape') close();
    else root.querySelector<HTMLElement>('.panel li button, .panel button.main, .panel button')?.focus();
  };
  addEventListener('keydown', keys, true);

  const close = (): void => {
    removeEventListener('keydown', keys, true);
    render(null, root);
    host.remove();
    delete page.dulyTeach;
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  page.dulyTeach = close;
  const today = dayOf(Date.now());
  document.documentElement.append(host);
  render(
    <Teach
      words={wordsIn(sayInPage, languageInPage())}
      today={today}
      url={new URL(location.href)}
      document={document}
      look={() => pageOfBody(document.body ?? document.documentElement, today)}
      under={(x, y) => elementUnder(document, host, x, y)}
      save={async (recipe) => (await askInPage<{ ok: boolean }>({ from: 'taught', do: 'save', recipe }))?.ok === true}
      close={close}
    />,
    root,
  );
}

/** A constructed sheet is no inline style: the page's own policy has no say in it. */
function addStyle(shadow: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(TEACH_CSS);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox keeps constructed sheets from content scripts: https://bugzilla.mozilla.org/show_bug.cgi?id=1770592
    const style = document.createElement('style');
    style.textContent = TEACH_CSS;
    shadow.append(style);
  }
}
