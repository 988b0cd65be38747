/** The words beside a value, as a recipe keeps them. */
import { BREAK } from '../labels/pieces.ts';
import { LABEL_HINT, LABEL_SOURCE } from '../labels/vocabulary.ts';
import { plain } from './values.ts';

const LABEL = new RegExp(LABEL_SOURCE, 'g');
const NO_WORD = new RegExp(`[\\s${BREAK}\\p{P}\\p{S}]`, 'gu');
/** Unknown words are kept this long, the end nearest to the value: enough to know them again, too short for a story. */
const MOST_CHARS = 12;

export function isLabel(words: string): boolean {
  LABEL.lastIndex = 0;
  return LABEL.test(words);
}

/** A text this long is prose or a script's data, not a line of a bill. */
export const LONGEST_LINE = 400;
/** What goes on behind a label without a gap is of its name (`应还本金`, `应还利息`), but for these. */
const REST = /^(?!人民币|元|为|是|于|前)[\u4e00-\u9fff]{1,4}/;

/** A label of the vocabulary where the text has one, else its last characters; every digit 0. Empty: no words. */
export function wordsOf(text: string): string {
  if (text.length > LONGEST_LINE) return '';
  const line = plain(text);
  const smooth = line.replaceAll(BREAK, '').replace(/ /g, '');
  const label = LABEL_HINT.test(smooth) ? [...smooth.matchAll(LABEL)].at(-1) : undefined;
  const named = label && label[0] + restOf(line, label.index + label[0].length);
  const words = (named ?? smooth).replace(NO_WORD, '').replace(/\p{N}/gu, '0');
  if (!/\p{L}{2}/u.test(words)) return '';
  return named ? words : words.slice(-MOST_CHARS);
}

/** `end` counts without gaps; the line has them. */
function restOf(line: string, end: number): string {
  let at = 0;
  for (let seen = 0; seen < end; at++) if (!GAPS.has(line.charAt(at))) seen++;
  return GAPS.has(line.charAt(at)) ? '' : (REST.exec(line.slice(at))?.[0] ?? '');
}

const GAPS = new Set([' ', BREAK]);
