/** The fourth reader: a page by the owner's recipe. It claims no family as covered, and never fills a gap by a guess. */
import type { Day } from '../../core/day.ts';
import type { Fen } from '../../core/money.ts';
import { type ReadBill, type Reading, standingFrom } from '../../core/reading.ts';
import type { Recipe } from '../../core/recipe.ts';
import { dayKey } from '../draft.ts';
import { documentsOf } from '../frames.ts';
import { CONDITION, LABEL_HINT, NOTHING_SOURCE, STATUS_TAB, WHOLLY_SETTLED } from '../labels/vocabulary.ts';
import { type Match, pair } from './match.ts';
import { type Page, pageOfBody, type Spot } from './spots.ts';
import { LONGEST_LINE, wordsOf } from './words.ts';

const NOTHING = new RegExp(NOTHING_SOURCE);
const LOADING = /加载中|正在加载|请稍候|loading/i;

export function readTaught(document: Document, recipe: Recipe, today: Day): Reading {
  const page = pageOfBody(document.body ?? document.documentElement, today);
  if (!page) return { kind: 'unreadable', why: 'page-too-large' };
  const matches = pair(page, recipe);
  if (!matches) return { kind: 'unreadable', why: 'page-too-large' };
  if (!matches.length) return nothingRead(document, page, recipe);
  const keys = new Set<string>();
  const bills = matches.map((match, at): ReadBill => {
    const bill = billOf(match, recipe.title, at);
    let { key } = bill;
    for (let n = 2; keys.has(key); n++) key = `${bill.key}:${n}`;
    keys.add(key);
    return { ...bill, key };
  });
  return { kind: 'bills', bills, covered: [], accountMarker: null };
}

function billOf({ due, amount, minimum }: Match, title: string, at: number): ReadBill {
  const dueDay = due?.value.kind === 'day' ? due.value.day : null;
  const remainingFen = fenOf(amount);
  return {
    family: 'issued',
    key: dayKey(dueDay, null, `taught:${at + 1}`),
    title,
    dueDay,
    dueDayIs: 'stated',
    statementDay: null,
    totalFen: null,
    remainingFen,
    minimumFen: fenOf(minimum),
    overdueFeeFen: null,
    standing: standingFrom(remainingFen, false),
    doubts: [],
    source: 'taught',
  };
}

function fenOf(spot: Spot | null): Fen | null {
  return spot?.value.kind === 'amount' ? spot.value.fen : null;
}

/** Nothing stands where it stood: why, as far as the page says. Words that nothing is owed settle no bill here. */
function nothingRead(document: Document, page: Page, recipe: Recipe): Reading {
  if (documentsOf(document).some((one) => one.querySelector('input[type="password"]'))) return { kind: 'signed-out' };
  if (page.lines.some((_, at) => saysNothing(page, at)))
    return { kind: 'bills', bills: [], covered: [], accountMarker: null };
  const words = [recipe.dueDay, recipe.remaining].map(({ near }) => near[0]?.words);
  if (words.every((word) => page.lines.some(({ text }) => wordsOf(text) === word)))
    return { kind: 'unreadable', why: 'amounts-hidden' };
  const length = page.lines.reduce((sum, { text }) => sum + text.length, 0);
  const isLoading = length < 400 && page.lines.some(({ text }) => LOADING.test(text));
  return { kind: 'unreadable', why: isLoading ? 'still-loading' : 'layout-unknown' };
}

/** Not a tab to choose by, and not a sentence about what would be so: such words stand on a page that was rebuilt too. */
function saysNothing(page: Page, at: number): boolean {
  const text = page.lines[at]?.text.trim() ?? '';
  if (text.length > LONGEST_LINE || !LABEL_HINT.test(text) || CONDITION.test(text)) return false;
  if (!WHOLLY_SETTLED.test(text)) return NOTHING.test(text);
  return ![page.lines[at - 1], page.lines[at + 1]].some((line) => line && STATUS_TAB.test(line.text.trim()));
}
