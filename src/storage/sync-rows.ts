/** What syncing remembers between two wakes, each in one row of its own: read by the background alone. */
import type { SyncStore } from '../app/sync-ports.ts';
import type { Database } from './database.ts';

/** A key that cannot be taken out is kept as it is: IndexedDB clones it. */
export function syncRow<State>(db: Database, name: 'syncState' | 'syncSpent'): SyncStore<State> {
  return {
    load: async () => ((await db.settings.get(name))?.value as State | undefined) ?? null,
    save: async (value) => {
      await db.settings.put({ name, value });
    },
    clear: () => db.settings.delete(name),
  };
}

/** Whether any row was written since its change was last looked at. */
export async function hasUncaptured(db: Database): Promise<boolean> {
  return (await db.dirty.limit(1).count()) > 0;
}
