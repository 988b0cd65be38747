/** What texts mean, each searched once. */
import type { Day } from '../../core/day.ts';
import { type Found, findIn, type LookUp } from './tokens.ts';

/** Pages repeat themselves, and are read again when they change; a text that came before is not searched again. */
const MAX_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 200;

let remembered = { today: '', found: new Map<string, readonly Found[]>() };

/** What texts mean on this day. */
export function lookUp(today: Day): LookUp {
  if (remembered.today !== today) remembered = { today, found: new Map() };
  const known = remembered.found;
  return (text) => {
    let found = known.get(text);
    if (!found) {
      found = findIn(text, today);
      if (known.size >= MAX_REMEMBERED) known.clear();
      if (text.length <= LONGEST_REMEMBERED) known.set(text, found);
    }
    return found;
  };
}
