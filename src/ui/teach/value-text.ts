/** A value in words, the day with its year: what is about to be taught must be unmistakable. */
import type { Day } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';
import type { Spot } from '../../sites/taught/spots.ts';

export function dayText(day: Day, words: Words): string {
  return words.say('teachDay', day.slice(0, 4), words.day(day));
}

export function valueText({ value }: Spot, words: Words): string {
  return value.kind === 'day' ? dayText(value.day, words) : words.amount(value.fen);
}
