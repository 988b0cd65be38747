/** The database, as its copy sees it. */
import type { SpareSource } from '../app/spare.ts';
import { soundSync } from '../core/sync-setting.ts';
import { openBackup } from './backup.ts';
import { settingsOf } from './backup-settings.ts';
import { billIn } from './bill-row.ts';
import type { Database } from './database.ts';

/** The newest: some years of one person's reminders. */
const MOST_ENTRIES = 20_000;
/** The setting that names whose copy was brought back. In no backup. */
const FORMER = 'formerDevice';

export function openSpareSource(db: Database): SpareSource {
  const setting = async (name: string): Promise<unknown> => (await db.settings.get(name))?.value;
  const nameIn = async (name: string): Promise<string | null> => {
    const value = await setting(name);
    return typeof value === 'string' ? value : null;
  };
  return {
    look: () =>
      db
        .transaction('r', db.bills, db.sites, db.recipes, db.settings, async () => {
          // That a page said the same once more is no news. A note may stand on any bill, paid or not.
          const bills = (await db.bills.toArray()).map((row) => {
            const { readAt: _, ...bill } = billIn(row);
            return bill;
          });
          const sites = (await db.sites.toArray()).map(({ siteId, account, lastMonthly, signedOutSince }) => {
            return { siteId, account, lastMonthly, signedOutSince };
          });
          const isSyncing = soundSync(await setting('sync')).place !== null;
          const typed = [await settingsOf(db), isSyncing, await db.recipes.toArray()];
          return {
            device: await nameIn('device'),
            former: await nameIn(FORMER),
            content: JSON.stringify([bills, sites, typed]),
            isSyncing,
          };
        })
        .catch((error: { readonly inner?: unknown }) => {
          // A database that does not open is told by Dexie around what the browser said of it.
          throw error.inner ?? error;
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
    empty: () => db.delete({ disableAutoOpen: false }),
    adopt: async (former) => void (await db.settings.put({ name: FORMER, value: former })),
  };
}
