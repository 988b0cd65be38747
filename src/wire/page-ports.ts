/** What our pages look through: they show what the store holds, and ask the background for everything else. */
import type { Ports } from '../app/ports.ts';
import { Database } from '../storage/database.ts';
import { openStore } from '../storage/store.ts';

/** No channel and no sender among them: a page loads only what it shows. */
export function pagePorts(): Pick<Ports, 'store' | 'clock'> {
  return { store: openStore(new Database()), clock: { now: () => Date.now() } };
}
