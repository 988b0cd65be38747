/** Taking over a vault's salt, and the accounts that become one by it. Inside the transaction of the caller. */
import { DEFAULT_ACCOUNT } from '../core/bill.ts';
import { type Rekeyed, rekeyed, renamedEntry, sameAccounts } from '../core/record/rekey.ts';
import { billIn, billRow } from './bill-row.ts';
import type { Database } from './database.ts';

export const FORMER_SALTS = 'formerSalts';
/** Accounts whose hash was made with a former salt. */
export const FORMER_ACCOUNTS = 'formerAccounts';

export interface Rekeying {
  adoptSalt(salt: string): Promise<void>;
  formerSalts(): Promise<readonly string[]>;
  rekey(siteId: string, former: string, account: string): Promise<void>;
  /** Joins what the site's own keys already prove. Costs one look at a setting where no salt was ever taken over. */
  joinProven(): Promise<void>;
}

export function rekeying(db: Database): Rekeying {
  const listOf = async (name: string): Promise<readonly string[]> =>
    ((await db.settings.get(name))?.value as readonly string[] | undefined) ?? [];
  const saveList = async (name: string, all: Iterable<string>): Promise<void> => {
    await db.settings.put({ name, value: [...new Set(all)] });
  };

  const rekey = async (siteId: string, former: string, account: string): Promise<void> => {
    if (former === account) return;
    const rows = await db.bills.where('[siteId+account]').anyOf([siteId, former], [siteId, account]).toArray();
    const result = rekeyed(rows.map(billIn), siteId, former, account);
    await renameEntries(result);
    await db.bills.bulkPut(result.put.map(billRow));
    await db.bills.bulkDelete([...result.remove]);
    const state = await db.sites.get([siteId, former]);
    if (state) await db.sites.delete([siteId, former]);
    if (state && !(await db.sites.get([siteId, account]))) await db.sites.put({ ...state, account });
    await saveList(
      FORMER_ACCOUNTS,
      (await listOf(FORMER_ACCOUNTS)).filter((each) => each !== former),
    );
  };

  const renameEntries = async (result: Rekeyed): Promise<void> => {
    const entries = await db.ledger
      .where('billId')
      .anyOf([...result.renamed.keys()])
      .toArray();
    await db.ledger.bulkPut(entries.flatMap((entry) => renamedEntry(entry, result) ?? []));
    await db.ledger.bulkDelete(entries.map(({ id }) => id));
  };

  return {
    rekey,
    formerSalts: () => listOf(FORMER_SALTS),
    adoptSalt: async (salt) => {
      const own = (await db.settings.get('salt'))?.value as string | undefined;
      if (own === salt) return;
      const accounts = (await db.sites.toArray()).map(({ account }) => account);
      const hashed = accounts.filter((account) => account !== DEFAULT_ACCOUNT);
      if (own !== undefined) await saveList(FORMER_SALTS, [...(await listOf(FORMER_SALTS)), own]);
      if (own !== undefined) await saveList(FORMER_ACCOUNTS, [...(await listOf(FORMER_ACCOUNTS)), ...hashed]);
      await db.settings.put({ name: 'salt', value: salt });
    },
    joinProven: async () => {
      const mine = new Set(await listOf(FORMER_ACCOUNTS));
      if (mine.size === 0) return;
      const bills = (await db.bills.toArray()).map(billIn);
      for (const { siteId, former, account } of sameAccounts(bills, mine)) await rekey(siteId, former, account);
    },
  };
}
