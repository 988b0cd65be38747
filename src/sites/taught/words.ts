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

/** A label of the vocabulary where the text has one, else its last characters; every digit 0. Empty: no words. */
export function wordsOf(text: string): string {
  const smooth = plain(text).replaceAll(BREAK, '').replace(/ /g, '');
  const label = LABEL_HINT.test(smooth) ? [...smooth.matchAll(LABEL)].at(-1)?.[0] : undefined;
  const words = (label ?? smooth).replace(NO_WORD, '').replace(/\p{N}/gu, '0');
  if (!/\p{L}{2}/u.test(words)) return '';
  return label ? words : words.slice(-MOST_CHARS);
}
