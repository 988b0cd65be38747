/** The database, as its copy sees it. */
import type { SpareSource } from '../app/spare.ts';
import { soundSync } from '../core/sync-setting.ts';
import { openBackup } from './backup.ts';
import { settingsOf } from './backup-settings.ts';
import { billIn } from './bill-row.ts';
import type { Database } from './database.ts';

/** The newest: some years of one person's reminders. */
const MOST_ENTRIES = 20_000;

export function openSpareSource(db: Database): SpareSource {
  const setting = async (name: string): Promise<unknown> => (await db.settings.get(name))?.value;
  return {
    look: () =>
      db.transaction('r', db.bills, db.recipes, db.settings, async () => {
        const device = await setting('device');
        const watched = await db.bills.where('watchDay').above('').toArray();
        // That a page said the same once more is no news.
        const bills = watched.map((row) => {
          const { readAt: _, ...bill } = billIn(row);
          return bill;
        });
        const isSyncing = soundSync(await setting('sync')).place !== null;
        const typed = [await settingsOf(db), isSyncing, await db.recipes.toArray(), await db.bills.count()];
        return {
          device: typeof device === 'string' ? device : null,
          content: JSON.stringify([bills, typed]),
          isSyncing,
        };
      }),
    take: (now) =>
      db.transaction('r', [db.bills, db.ledger, db.acts, db.sites, db.recipes, db.settings], async () => {
        const { settings, secrets } = await settingsOf(db);
        const bills = (await db.bills.toArray()).map(billIn);
        const ledger = await db.ledger.orderBy('firedAt').reverse().limit(MOST_ENTRIES).toArray();
        const acts = await db.acts.orderBy('at').reverse().limit(MOST_ENTRIES).toArray();
        const [sites, recipes] = [await db.sites.toArray(), await db.recipes.toArray()];
        const rows = { bills, ledger, acts, sites, recipes, records: [] };
        return { backup: { exportedAt: now, settings, secrets: null, ...rows }, secrets };
      }),
    bringBack: (backup, secrets, now) => openBackup(db).apply('merge', backup, secrets, now, true),
  };
}
