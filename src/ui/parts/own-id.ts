/** An id that nothing else in the page has. Preact's `useId` counts from the start again when the page was drawn twice since (preact 11.2.0). */
import { useState } from 'preact/hooks';

let given = 0;

export function useOwnId(): string {
  return useState(() => `own-${++given}`)[0];
}
