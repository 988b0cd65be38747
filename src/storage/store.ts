/** The Store over IndexedDB. One transaction per decision; the planner's queries go over `watchDay`, never over all rows. */
import type { LastImport } from '../app/import-bills.ts';
import type { BinnedBill, SelfTest, Store } from '../app/ports.ts';
import type { Bill } from '../core/bill.ts';
import { type Calendar, soundCalendar } from '../core/calendar-state.ts';
import { type Contact, soundContact } from '../core/contact.ts';
import { soundHabit } from '../core/habit.ts';
import { soundLost } from '../core/lost.ts';
import { oldestFirst, taughtSiteId } from '../core/recipe.ts';
import { type Refresh, soundRefresh } from '../core/refresh.ts';
import { type Channels, soundChannels } from '../core/reminder/chain.ts';
import { seenAs, unseen } from '../core/reminder/reminder.ts';
import { type Sync, soundSync } from '../core/sync-setting.ts';
import { soundWelcome } from '../core/welcome.ts';
import { billIn, billRow } from './bill-row.ts';
import type { Database } from './database.ts';
import { soundEntry, soundFen, soundInstant, soundRules, soundSelfTest, soundState } from './sound.ts';

export function openStore(db: Database): Store {
  const setting = async <T>(name: string): Promise<T | undefined> =>
    (await db.settings.get(name))?.value as T | undefined;
  const save = async (name: string, value: unknown): Promise<void> => {
    await db.settings.put({ name, value });
  };
  const madeOnce = async (name: string): Promise<string> =>
    (await setting<string>(name)) ??
    db.transaction('rw', db.settings, async () => {
      const value = (await setting<string>(name)) ?? crypto.randomUUID();
      await save(name, value);
      return value;
    });
  const changed = <T>(name: string, sound: (raw: unknown) => T, change: (value: T) => T): Promise<T> =>
    db.transaction('rw', db.settings, async () => {
      const value = change(sound(await setting(name)));
      await save(name, value);
      return value;
    });
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
    closedSites: async () => (await setting('closedSites')) ?? [],
    recipes: async () => oldestFirst(await db.recipes.toArray()),
    together: (look) => db.transaction('r', db.bills, db.ledger, db.sites, db.settings, look),
    watchedBills: async () => (await db.bills.where('watchDay').above('').toArray()).map(billIn),
    billsDueSince: async (day) => (await db.bills.where('dueDay').aboveOrEqual(day).toArray()).map(billIn),
    allBills: async () => (await db.bills.toArray()).map(billIn).sort(latestFirst),
    takeReading: (siteId, account, change) =>
      db.transaction('rw', db.bills, db.sites, async () => {
        const rows = await db.bills.where('[siteId+account]').equals([siteId, account]).toArray();
        const known = await db.sites.get([siteId, account]);
        const state = known ? soundState(known) : null;
        const taken = change({ bills: rows.map(billIn), state });
        await db.bills.bulkPut(taken.bills.map(billRow));
        await db.bills.bulkDelete([...(taken.goneIds ?? [])]);
        await db.sites.put(taken.state);
      }),
    rewriteBills: (change) =>
      db.transaction('rw', db.bills, db.sites, db.settings, async () => {
        const bills = (await db.bills.toArray()).map(billIn);
        const states = (await db.sites.toArray()).map(soundState);
        const bin = (await setting<BinnedBill[]>('bin')) ?? [];
        const lastImport = (await setting<LastImport>('lastImport')) ?? null;
        const decided = change({ bills, states, bin, lastImport });
        if (!decided) return;
        await db.bills.bulkPut((decided.put ?? []).map(billRow));
        await db.bills.bulkDelete([...(decided.remove ?? [])]);
        await db.sites.bulkPut([...(decided.putStates ?? [])]);
        await db.sites.bulkDelete((decided.removeStates ?? []).map(({ siteId, account }) => [siteId, account]));
        if (decided.bin) await save('bin', decided.bin);
        if (decided.lastImport !== undefined) await save('lastImport', decided.lastImport);
      }),
    mark: (act, change) =>
      db.transaction('rw', db.bills, db.acts, async () => {
        const row = await db.bills.get(act.billId);
        if (!row) return false;
        const bill = billIn(row);
        await db.bills.put(billRow({ ...bill, owner: change(bill.owner) }));
        await db.acts.put(act);
        return true;
      }),
    actsOf: (billId) => db.acts.where('billId').equals(billId).sortBy('at'),
    saveRules: (rules) => save('rules', rules),
    deviceId: () => madeOnce('device'),
    salt: () => madeOnce('salt'),
    billsWithKeys: async (siteId, keys) =>
      (
        await db.bills
          .where('[siteId+key]')
          .anyOf(keys.map((key) => [siteId, key]))
          .toArray()
      ).map(billIn),
    lastPassAt: async () => soundInstant(await setting('lastPassAt')),
    savePass: (at) => save('lastPassAt', at),
    ledgerOf: async (billIds) => (await db.ledger.where('billId').anyOf(billIds).toArray()).flatMap(soundEntry),
    record: async (entries) => {
      await db.ledger.bulkPut(entries);
    },
    recordSeen: (noticeId, seen, at, billId) =>
      db.transaction('rw', db.ledger, async () => {
        const all = await db.ledger.where('noticeId').equals(noticeId).toArray();
        const entries = all
          .filter((entry) => !billId || entry.billId === billId)
          .map((entry) => seenAs(entry, seen, at));
        await db.ledger.bulkPut(entries);
        return entries;
      }),
    forgetSeen: (noticeId, billId) =>
      db.transaction('rw', db.ledger, async () => {
        const all = await db.ledger.where('noticeId').equals(noticeId).toArray();
        await db.ledger.bulkPut(all.filter((entry) => entry.billId === billId).map(unseen));
      }),
    amend: (ids, change) =>
      db.transaction('rw', db.ledger, async () => {
        const entries = (await db.ledger.bulkGet([...ids])).filter((entry) => entry !== undefined);
        await db.ledger.bulkPut(entries.map(change));
      }),
    noticeEntries: (noticeId) => db.ledger.where('noticeId').equals(noticeId).toArray(),
    latestEntries: (most) => db.ledger.orderBy('firedAt').reverse().limit(most).toArray(),
    prune: (before) =>
      db.transaction('rw', db.bills, db.ledger, async () => {
        const watched = new Set<string>(await db.bills.where('watchDay').above('').primaryKeys());
        const old = await db.ledger.where('firedAt').below(before).toArray();
        const stale = old.filter((entry) => !watched.has(entry.billId)).map((entry) => entry.id);
        await db.ledger.bulkDelete(stale);
        return stale.length;
      }),
    habit: async () => soundHabit(await setting('habit')),
    saveHabit: (habit) => save('habit', habit),
    selfTest: async () => soundSelfTest(await setting<SelfTest>('selfTest')),
    saveSelfTest: (test) => save('selfTest', test),
    welcome: async () => soundWelcome(await setting('welcome')),
    saveWelcome: (welcome) => save('welcome', welcome),
    contact: async () => soundContact(await setting('contact')),
    changeContact: (change) => changed<Contact>('contact', soundContact, change),
    channels: async () => soundChannels(await setting('channels')),
    changeChannels: (change) => changed<Channels>('channels', soundChannels, change),
    refresh: async () => soundRefresh(await setting('refresh')),
    changeRefresh: (change) => changed<Refresh>('refresh', soundRefresh, change),
    calendar: async () => soundCalendar(await setting('calendar')),
    changeCalendar: (change) => changed<Calendar>('calendar', soundCalendar, change),
    sync: async () => soundSync(await setting('sync')),
    changeSync: (change) => changed<Sync>('sync', soundSync, change),
    budget: async () => soundFen(await setting('budget')),
    saveBudget: (budget) => save('budget', budget),
    lost: async () => soundLost(await setting('lost')),
    saveLost: (lost) => save('lost', lost),
    saveClosedSites: (siteIds) => save('closedSites', siteIds),
    saveRecipe: async (recipe) => {
      await db.recipes.put(recipe);
    },
    removeRecipe: (id) =>
      db.transaction('rw', db.recipes, db.sites, async () => {
        await db.recipes.delete(id);
        const states = await db.sites.toArray();
        const gone = states.filter((state) => state.siteId === taughtSiteId(id));
        await db.sites.bulkDelete(gone.map((state) => [state.siteId, state.account] as [string, string]));
      }),
  };
}

function latestFirst(a: Bill, b: Bill): number {
  const [dayA, dayB] = [a.dueDay ?? '9', b.dueDay ?? '9'];
  return dayA < dayB ? 1 : dayA > dayB ? -1 : 0;
}
