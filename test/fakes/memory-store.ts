/** The Store in memory, for tests and for the scenario player. Held to the same contract suite as the Dexie one. */
import type { LastImport } from '../../src/app/import-bills.ts';
import type { BinnedBill, OwnerActEntry, SelfTest, SiteState, Store } from '../../src/app/ports.ts';
import { type Bill, isWatched, watchDayOf } from '../../src/core/bill.ts';
import { type Calendar, NO_CALENDAR } from '../../src/core/calendar-state.ts';
import { type Contact, NO_CONTACT } from '../../src/core/contact.ts';
import type { Instant } from '../../src/core/day.ts';
import { type Habit, soundHabit } from '../../src/core/habit.ts';
import type { Lost } from '../../src/core/lost.ts';
import type { Fen } from '../../src/core/money.ts';
import { oldestFirst, type Recipe, taughtSiteId } from '../../src/core/recipe.ts';
import { NO_REFRESH, type Refresh } from '../../src/core/refresh.ts';
import { type Channels, NO_CHANNELS } from '../../src/core/reminder/chain.ts';
import { type LedgerEntry, seenAs, unseen } from '../../src/core/reminder/reminder.ts';
import { DEFAULT_RULES, type Rules } from '../../src/core/rules.ts';
import { NO_SYNC, type Sync } from '../../src/core/sync-setting.ts';
import type { Welcome } from '../../src/core/welcome.ts';

export interface MemoryStore extends Store {
  /** Every ledger entry, in the order of its first writing. */
  readonly entries: () => LedgerEntry[];
}

export function memoryStore({
  bills = [],
  device = 'device-a',
}: {
  bills?: readonly Bill[];
  device?: string;
} = {}): MemoryStore {
  const billRows = new Map<string, Bill>(bills.map((bill) => [bill.id, bill]));
  const ledger = new Map<string, LedgerEntry>();
  const sites = new Map<string, SiteState>();
  const acts: OwnerActEntry[] = [];
  let bin: readonly BinnedBill[] = [];
  let lastImport: LastImport | null = null;
  const recipes = new Map<string, Recipe>();
  let habit: Habit | null = null;
  let selfTest: SelfTest | null = null;
  let welcome: Welcome | null = null;
  let contact: Contact = NO_CONTACT;
  let channels: Channels = NO_CHANNELS;
  let refresh: Refresh = NO_REFRESH;
  let calendar: Calendar = NO_CALENDAR;
  let sync: Sync = NO_SYNC;
  let budget: Fen | null = null;
  let lost: Lost | null = null;
  let closedSites: readonly string[] = [];
  let rules: Rules = DEFAULT_RULES;
  let lastPassAt: Instant | null = null;
  const copy = <T>(value: T): T => structuredClone(value);
  return {
    entries: () => copy([...ledger.values()]),
    together: (look) => look(),
    watchedBills: async () =>
      copy(
        [...billRows.values()]
          .filter((bill) => watchDayOf(bill) !== undefined)
          .sort((a, b) => (a.dueDay ?? '').localeCompare(b.dueDay ?? '')),
      ),
    firstWatched: async (most, mostCounted) => {
      const watched = [...billRows.values()]
        .filter((bill) => watchDayOf(bill) !== undefined)
        .sort((a, b) => (a.dueDay ?? '').localeCompare(b.dueDay ?? ''));
      return copy({ bills: watched.slice(0, most), count: Math.min(watched.length, mostCounted) });
    },
    billsDueSince: async (day) => copy([...billRows.values()].filter(({ dueDay }) => dueDay !== null && dueDay >= day)),
    allBills: async () => copy([...billRows.values()].sort((a, b) => (b.dueDay ?? '9').localeCompare(a.dueDay ?? '9'))),
    bill: async (id) => copy(billRows.get(id)),
    takeReading: async (siteId, account, change) => {
      const known = [...billRows.values()].filter((bill) => bill.siteId === siteId && bill.account === account);
      const taken = change(copy({ bills: known, state: sites.get(`${siteId}/${account}`) ?? null }));
      for (const bill of taken.bills) billRows.set(bill.id, copy(bill));
      for (const id of taken.goneIds ?? []) billRows.delete(id);
      sites.set(`${siteId}/${account}`, copy(taken.state));
    },
    rewriteBills: async (change) => {
      const decided = change(copy({ bills: [...billRows.values()], states: [...sites.values()], bin, lastImport }));
      if (!decided) return;
      for (const bill of decided.put ?? []) billRows.set(bill.id, copy(bill));
      for (const id of decided.remove ?? []) billRows.delete(id);
      for (const state of decided.putStates ?? []) sites.set(`${state.siteId}/${state.account}`, copy(state));
      for (const { siteId, account } of decided.removeStates ?? []) sites.delete(`${siteId}/${account}`);
      if (decided.bin) bin = copy(decided.bin);
      if (decided.lastImport !== undefined) lastImport = copy(decided.lastImport);
    },
    mark: async (act, change) => {
      const bill = billRows.get(act.billId);
      if (!bill) return false;
      billRows.set(bill.id, { ...bill, owner: change(copy(bill.owner)) });
      const same = acts.findIndex(({ id }) => id === act.id);
      if (same >= 0) acts.splice(same, 1);
      acts.push(copy(act));
      return true;
    },
    latestActs: async (most) => copy([...acts].sort((a, b) => b.at - a.at).slice(0, most)),
    actsOf: async (billId) => copy(acts.filter((act) => act.billId === billId).sort((a, b) => a.at - b.at)),
    siteStates: async () => copy([...sites.values()]),
    rules: async () => copy(rules),
    saveRules: async (next) => {
      rules = copy(next);
    },
    deviceId: async () => device,
    salt: async () => 'salt-of-tests',
    billsWithKeys: async (siteId, keys) =>
      copy([...billRows.values()].filter((bill) => bill.siteId === siteId && keys.includes(bill.key))),
    lastPassAt: async () => lastPassAt,
    savePass: async (at) => {
      lastPassAt = at;
    },
    ledgerOf: async (ids) => copy([...ledger.values()].filter((entry) => ids.includes(entry.billId))),
    record: async (entries) => {
      for (const entry of entries) ledger.set(entry.id, copy(entry));
    },
    recordSeen: async (noticeId, seen, at, billId) => {
      const found = [...ledger.values()].filter(
        (entry) => entry.noticeId === noticeId && (!billId || entry.billId === billId),
      );
      const entries = found.map((entry) => seenAs(entry, seen, at));
      for (const entry of entries) ledger.set(entry.id, entry);
      return copy(entries);
    },
    forgetSeen: async (noticeId, billId) => {
      for (const entry of ledger.values())
        if (entry.noticeId === noticeId && entry.billId === billId) ledger.set(entry.id, unseen(entry));
    },
    amend: async (ids, change) => {
      for (const id of ids) {
        const entry = ledger.get(id);
        if (entry) ledger.set(id, copy(change(copy(entry))));
      }
    },
    noticeEntries: async (noticeId) => copy([...ledger.values()].filter((entry) => entry.noticeId === noticeId)),
    latestEntries: async (most) => copy([...ledger.values()].sort((a, b) => b.firedAt - a.firedAt).slice(0, most)),
    prune: async (before) => {
      const watched = new Set([...billRows.values()].filter(isWatched).map((bill) => bill.id));
      const stale = [...ledger.values()].filter((entry) => entry.firedAt < before && !watched.has(entry.billId));
      for (const entry of stale) ledger.delete(entry.id);
      return stale.length;
    },
    habit: async () => soundHabit(copy(habit)),
    saveHabit: async (next) => {
      habit = copy(next);
    },
    selfTest: async () => copy(selfTest),
    recipes: async () => copy(oldestFirst([...recipes.values()])),
    saveRecipe: async (recipe) => {
      recipes.set(recipe.id, copy(recipe));
    },
    removeRecipe: async (id) => {
      recipes.delete(id);
      for (const [key, state] of sites) if (state.siteId === taughtSiteId(id)) sites.delete(key);
    },
    contact: async () => copy(contact),
    changeContact: async (change) => {
      contact = copy(change(copy(contact)));
      return copy(contact);
    },
    channels: async () => copy(channels),
    changeChannels: async (change) => {
      channels = copy(change(copy(channels)));
      return copy(channels);
    },
    refresh: async () => copy(refresh),
    changeRefresh: async (change) => {
      refresh = copy(change(copy(refresh)));
      return copy(refresh);
    },
    calendar: async () => copy(calendar),
    changeCalendar: async (change) => {
      calendar = copy(change(copy(calendar)));
      return copy(calendar);
    },
    sync: async () => copy(sync),
    changeSync: async (change) => {
      sync = copy(change(copy(sync)));
      return copy(sync);
    },
    budget: async () => budget,
    lost: async () => copy(lost),
    saveLost: async (next) => {
      lost = copy(next);
    },
    saveBudget: async (next) => {
      budget = next;
    },
    closedSites: async () => copy(closedSites),
    saveClosedSites: async (siteIds) => {
      closedSites = copy(siteIds);
    },
    saveSelfTest: async (test) => {
      selfTest = copy(test);
    },
    welcome: async () => welcome,
    saveWelcome: async (next) => {
      welcome = copy(next);
    },
  };
}
