/** The store does not open: what happened, what is kept, what to do. */
import type { Words } from '../../i18n/words.ts';

export function StoreTrouble({ words, error }: { readonly words: Words; readonly error: unknown }) {
  return <p role="alert">{words.say('popupError', error instanceof Error ? error.name : 'unknown')}</p>;
}
