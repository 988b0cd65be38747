/** The salt of a backup: taken over where nothing was hashed with another yet; else it is one of the salts of before. */
import type { Backup } from '../app/backup-file.ts';
import { DEFAULT_ACCOUNT } from '../core/bill.ts';
import { soundSync } from '../core/sync-setting.ts';
import { texts } from './backup-settings.ts';
import type { Database } from './database.ts';
import { FORMER_ACCOUNTS, FORMER_SALTS } from './rekey.ts';

/** `isWhole`: this browser becomes what the file says; but the salt of a vault stays while it is in one. */
export async function takeAccounts(db: Database, backup: Backup, isWhole: boolean): Promise<void> {
  const raw = backup.settings.accounts as Record<string, unknown> | null | undefined;
  const salt = typeof raw?.salt === 'string' && raw.salt !== '' && raw.salt.length <= 200 ? raw.salt : null;
  const setting = async (name: string): Promise<unknown> => (await db.settings.get(name))?.value;
  const own = (await setting('salt')) as string | undefined;
  const inFile = new Set([...backup.bills, ...backup.sites].map(({ account }) => account));
  const isFree = own === undefined || isWhole || !(await hasHashed(db, inFile));
  const isInVault = soundSync(await setting('sync')).place !== null;
  const former = isWhole ? [] : texts(await setting(FORMER_SALTS));
  const accounts = isWhole ? [] : texts(await setting(FORMER_ACCOUNTS));
  const isTaken = salt !== null && isFree && !isInVault;
  const isOther = salt !== null && !isTaken && salt !== own;
  const hashed = [...inFile].filter((account) => account !== DEFAULT_ACCOUNT);
  const put = async (name: string, all: readonly string[]): Promise<void> => {
    if (all.length > 0 || (await setting(name)) !== undefined)
      await db.settings.put({ name, value: [...new Set(all)] });
  };
  if (isTaken) await db.settings.put({ name: 'salt', value: salt });
  await put(FORMER_SALTS, [...former, ...texts(raw?.formerSalts), ...(isOther ? [salt] : [])]);
  await put(FORMER_ACCOUNTS, [...accounts, ...texts(raw?.formerAccounts), ...(isOther ? hashed : [])]);
}

/** Whether any account here, beside those that the file brought, was hashed with the salt that stands here. */
async function hasHashed(db: Database, brought: ReadonlySet<string>): Promise<boolean> {
  const accounts = (await db.sites.toArray()).map(({ account }) => account);
  return accounts.some((account) => account !== DEFAULT_ACCOUNT && !brought.has(account));
}
