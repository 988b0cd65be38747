/** `$1 {$1:day|days}`: of the words in braces, the one that fits the fact. No browser's `getMessage` can choose it. */
import type { Say } from './message-keys.ts';

/** Stand for the facts while the sentence is put together: private characters, in no message. */
const FIRST_MARK = 0xe000;
const CHOICE = /\{([\ue000-\ue008]):([^|{}]*)\|([^|{}]*)\}|[\ue000-\ue008]/g;

/** In one pass over the sentence alone: what a fact holds is never read as a choice. */
export function withPlurals(say: Say, language: string): Say {
  let plurals: Intl.PluralRules | undefined;
  return (key, ...facts) => {
    if (facts.length === 0) return say(key);
    const marks = facts.map((_, i) => String.fromCharCode(FIRST_MARK + i));
    const factAt = (mark: string): string => facts[mark.charCodeAt(0) - FIRST_MARK] ?? '';
    return say(key, ...marks).replace(CHOICE, (all, mark: string | undefined, one: string, other: string) => {
      if (mark === undefined) return factAt(all);
      plurals ??= new Intl.PluralRules(language);
      return plurals.select(Number(factAt(mark))) === 'one' ? one : other;
    });
  };
}
