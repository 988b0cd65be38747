/** The part of the Store that the popup looks through: it loads and reads nothing else. */
import type { Glance } from '../app/glance.ts';
import { billIn } from './bill-row.ts';
import type { Database } from './database.ts';
import { soundRules, soundState } from './sound.ts';

export function openGlance(db: Database): Glance {
  const setting = async (name: string): Promise<unknown> => (await db.settings.get(name))?.value;
  return {
    firstWatched: (most, mostCounted) =>
      db.transaction('r', db.bills, async () => {
        // A new one for each: `limit` changes the collection that it is asked of.
        const watched = () => db.bills.where('watchDay').above('');
        const [keys, rows] = await Promise.all([
          watched().limit(mostCounted).primaryKeys(),
          watched().limit(most).toArray(),
        ]);
        return { bills: rows.map(billIn), count: keys.length };
      }),
    bill: async (id) => {
      const row = await db.bills.get(id);
      return row && billIn(row);
    },
    latestActs: (most) => db.acts.orderBy('at').reverse().limit(most).toArray(),
    siteStates: async () => (await db.sites.toArray()).map(soundState),
    rules: async () => soundRules(await setting('rules')),
    closedSites: async () => ((await setting('closedSites')) as readonly string[] | undefined) ?? [],
    recipes: async () => (await db.recipes.toArray()).sort((a, b) => a.taughtAt - b.taughtAt || (a.id < b.id ? -1 : 1)),
  };
}
