/** Made-up pages for teaching, in happy-dom. */
import { Window } from 'happy-dom';
import { type Day, startOf } from '../../../src/core/day.ts';
import type { Recipe } from '../../../src/core/recipe.ts';
import { readTaught } from '../../../src/sites/taught/read.ts';
import { pageOfBody, type Spot } from '../../../src/sites/taught/spots.ts';
import { recipeFrom } from '../../../src/sites/taught/teach.ts';

export const TODAY = '2026-09-08' as Day;
export const NOW = startOf(TODAY);
export const PAGE_URL = new URL('https://my.xingyun-dai.example/account/repay?user=1');

const window = new Window({ url: PAGE_URL.href, settings: { disableJavaScriptEvaluation: true } });

export function documentOf(body: string): Document {
  const document = new window.DOMParser().parseFromString('<!DOCTYPE html><body></body>', 'text/html');
  document.body.innerHTML = body;
  return document as unknown as Document;
}

/** Teaches by what is shown: the first value whose text is this. Null: it cannot be taught. */
export function teach(document: Document, day: string, amount: string, minimum?: string): Recipe | null {
  const page = pageOfBody(document.body, TODAY);
  if (!page) return null;
  const spot = (text: string): Spot => {
    const found = page.spots.find((one) => {
      const line = page.lines[one.line];
      return line?.text.slice(one.value.start, one.value.end).replaceAll('\u0001', '') === text;
    });
    if (!found) throw new Error(`no value ${text} on the page`);
    return found;
  };
  const picks = { dueDay: spot(day), remaining: spot(amount), minimum: minimum ? spot(minimum) : null };
  const draft = recipeFrom(page, PAGE_URL, '行云贷', picks);
  return draft && { ...draft, id: 'made-up-1', taughtAt: NOW };
}

export interface Row {
  readonly day: string | null;
  readonly fen: number | null;
  readonly minimum: number | null;
}

/** What is read, or why not. */
export function read(document: Document, recipe: Recipe): Row[] | string {
  const reading = readTaught(document, recipe, TODAY);
  if (reading.kind !== 'bills') return reading.kind === 'unreadable' ? reading.why : reading.kind;
  return reading.bills.map((bill) => ({ day: bill.dueDay, fen: bill.remainingFen, minimum: bill.minimumFen }));
}
