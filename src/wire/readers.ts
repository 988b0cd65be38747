/** The readers, put beside the content script into pages that may show a bill: other pages do not pay for them. */
import { dayOf } from '../core/day.ts';
import { readerFor } from '../sites/readers.ts';
import { world } from './world.ts';

export function startReaders(): void {
  world.dulyRead = (view) => readerFor(view.url)?.read({ ...view, today: dayOf(view.now) }) ?? null;
}
