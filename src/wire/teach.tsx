/** The overlay in a page: a closed shadow root over everything, gone without a trace when it ends. */
import { render } from 'preact';
import { askInPage, languageInPage, sayInPage } from '../browser/in-page.ts';
import { dayOf } from '../core/day.ts';
import type { RecipeDraft } from '../core/recipe.ts';
import { wordsIn } from '../i18n/words.ts';
import { boxOf } from '../sites/taught/boxes.ts';
import { type Page, pageOfBody, type Spot } from '../sites/taught/spots.ts';
import { candidatesFor, recipeFrom, titleFor, tryRecipe } from '../sites/taught/teach.ts';
import type { Attempt, Choice, Picked, Step } from '../ui/teach/choice.ts';
import { elementUnder } from '../ui/teach/places.ts';
import { Teach, type TeachProps } from '../ui/teach/teach.tsx';
import { TEACH_CSS } from '../ui/teach/teach-css.ts';
import { world } from './world.ts';

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
  document.documentElement.append(host);
  render(<Teach {...lesson(host)} words={wordsIn(sayInPage, languageInPage())} save={save} close={close} />, root);
}

async function save(recipe: RecipeDraft): Promise<boolean> {
  world.dulyShownAt = Date.now();
  return (await askInPage<{ ok: boolean }>({ from: 'taught', do: 'save', recipe }))?.ok === true;
}

/** This page, as the overlay asks about it. */
function lesson(host: Element): Pick<TeachProps, 'title' | 'choices' | 'attempt' | 'under'> {
  const today = dayOf(Date.now());
  const url = new URL(location.href);
  let looked: Page | null = null;
  const spots = new Map<Choice, Spot>();
  const choices = (step: Step): readonly Choice[] => {
    if (step === 'dueDay' || !looked) {
      looked = pageOfBody(document.body ?? document.documentElement, today);
      spots.clear();
    }
    if (!looked) return [];
    return candidatesFor(looked, step).flatMap(({ spot, words }) => {
      if (!boxOf(spot)) return [];
      const choice = choiceOf(spot, words);
      spots.set(choice, spot);
      return [choice];
    });
  };
  const attempt = (picked: Picked): Attempt | null => {
    const spotOf = (choice: Choice | null): Spot | null => (choice && spots.get(choice)) ?? null;
    const [dueDay, remaining, minimum] = [spotOf(picked.dueDay), spotOf(picked.remaining), spotOf(picked.minimum)];
    if (!looked || !dueDay || !remaining) return null;
    const picks = { dueDay, remaining, minimum };
    const recipe = recipeFrom(looked, url, url.hostname, picks);
    return recipe && { recipe, bills: tryRecipe(document, recipe, picks, today) };
  };
  return {
    title: titleFor(document.title, url),
    choices,
    attempt,
    under: (x, y) => elementUnder(document, host, x, y),
  };
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

function choiceOf(spot: Spot, words: string): Choice {
  return {
    key: `${spot.line}:${spot.value.start}`,
    value: spot.value,
    words,
    box: () => boxOf(spot),
    isIn: (element) => element.contains(spot.node),
    scrollTo: () => spot.node.parentElement?.scrollIntoView({ block: 'center', inline: 'nearest' }),
  };
}
