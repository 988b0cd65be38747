/** In `storage.session`: the browser's memory, which a full disk does not close. */
import type { Unwritten, UnwrittenMemory } from '../app/unwritten.ts';
import { browser } from './api.ts';

const KEY = 'unwritten';

export const unwritten: UnwrittenMemory = {
  last: async () => ((await browser.storage.session.get(KEY))[KEY] as Unwritten | undefined) ?? null,
  keep: (shown) => browser.storage.session.set({ [KEY]: shown }),
};
