/** What our pages look through: they show what the store holds, and ask the background for everything else. */
import { liveQuery } from 'dexie';
import type { Ports } from '../app/ports.ts';
import { Database } from '../storage/database.ts';
import { openStore } from '../storage/store.ts';
import type { Watch } from './glance-ports.ts';

/** No channel and no sender among them: a page loads only what it shows. */
export function pagePorts(): Pick<Ports, 'store' | 'clock'> & { readonly watch: Watch } {
  return { store: openStore(new Database()), clock: { now: () => Date.now() }, watch };
}

const watch: Watch = (look, seen) => void liveQuery(() => look().catch(throwWhatIsSaid)).subscribe(seen);

/** A live query waits without a word for a store that is closed; one that could not be opened would be waited for in vain. */
function throwWhatIsSaid(error: unknown): never {
  const { name, inner } = error as { readonly name?: string; readonly inner?: unknown };
  throw name === 'DatabaseClosedError' && inner ? inner : error;
}
