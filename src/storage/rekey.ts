/** Taking over a vault's salt, and the accounts that become one by it. Inside the transaction of the caller. */
import { type BillId, DEFAULT_ACCOUNT, isWatched } from '../core/bill.ts';
import { BILL } from '../core/record/bill-record.ts';
import { isUnusual } from '../core/record/failsafe.ts';
import { mergeRecord } from '../core/record/merge.ts';
import type { Rec } from '../core/record/record.ts';
import {
  joinedAccount,
  type Rekeyed,
  rekeyed,
  renamedAct,
  renamedEntry,
  sameAccounts,
  type Twins,
  twinsOf,
} from '../core/record/rekey.ts';
import { seenAs } from '../core/reminder/reminder.ts';
import { billIn, billRow } from './bill-row.ts';
import type { Database, WaitingRow } from './database.ts';
import { recOf } from './record-rows.ts';
import { soundState } from './sound.ts';

export const FORMER_SALTS = 'formerSalts';
/** Accounts whose hash was made with a former salt. */
export const FORMER_ACCOUNTS = 'formerAccounts';

/** Fields of a bill's record that may end its reminders. */
const SILENCING: readonly string[] = ['page', 'owed', 'paidAt', 'mutedAt'];

/**
 * `asked`: the bills that were reminded before what is being merged came. Where becoming one would silence an unusual
 * share of them, they go on asking, and what would silence them waits for the owner's word. Null: nobody is asked. The
 * rows must be captured.
 */
type Asked = ReadonlySet<BillId> | null;

interface Joined extends Pick<Rekeyed, 'renamed'> {
  /** Something waits for the owner's word. */
  readonly isHeld: boolean;
}

export interface Rekeying {
  adoptSalt(salt: string): Promise<void>;
  formerSalts(): Promise<readonly string[]>;
  /** `isAsked`: there is a page that will ask; else what would silence too many stays apart. */
  rekey(siteId: string, former: string, account: string, asked: ReadonlySet<BillId>, isAsked: boolean): Promise<void>;
  /** Joins what the site's own keys already prove. Costs one look at a setting where no salt was ever taken over. */
  joinProven(asked: Asked): Promise<Joined>;
  renameTrail(result: Pick<Rekeyed, 'renamed'>): Promise<void>;
  /** Whether a merge may prove two accounts to be one. */
  mayJoin(): Promise<boolean>;
  /** The bills that are reminded now. */
  asking(): Promise<ReadonlySet<BillId>>;
}

type Hold = (twins: readonly Twins[]) => readonly Twins[];

export function rekeying(db: Database): Rekeying {
  const listOf = async (name: string): Promise<readonly string[]> =>
    ((await db.settings.get(name))?.value as readonly string[] | undefined) ?? [];
  const saveList = async (name: string, all: Iterable<string>): Promise<void> => {
    await db.settings.put({ name, value: [...new Set(all)] });
  };

  const billsOf = async (siteId: string, ...accounts: string[]) => {
    const of = accounts.map((account) => [siteId, account]);
    return (await db.bills.where('[siteId+account]').anyOf(of).toArray()).map(billIn);
  };

  const rekey = async (siteId: string, former: string, account: string, hold: Hold, isAsked = true) => {
    if (former === account) return [];
    const bills = await billsOf(siteId, former, account);
    const held = hold(twinsOf(bills, siteId, former, account));
    if (isAsked) await holdBack(held.filter(({ mine }) => isWatched(mine)).map(({ twin }) => twin.id));
    const result = rekeyed(bills, siteId, former, account, new Set(held.map(({ mine }) => mine.id)), isAsked);
    await renameTrail(result);
    await db.bills.bulkPut(result.put.map(billRow));
    await db.bills.bulkDelete([...result.remove]);
    const state = await db.sites.get([siteId, former]);
    if (state) {
      const there = await db.sites.get([siteId, account]);
      const look = there && there.at >= state.at ? there : state;
      await db.sites.put({ ...look, account, ...(there && joinedAccount(soundState(state), soundState(there))) });
      await db.sites.delete([siteId, former]);
    }
    await saveList(
      FORMER_ACCOUNTS,
      (await listOf(FORMER_ACCOUNTS)).filter((each) => each !== former),
    );
    return [...result.renamed];
  };

  /** The records know no more of these than what silences nothing; the rest waits. */
  const holdBack = async (ids: readonly BillId[]): Promise<void> => {
    const known = await db.records.bulkGet(ids.map((id): [string, string] => [BILL, id]));
    for (const row of known) {
      if (!row) continue;
      const fields = Object.fromEntries(Object.entries(row.fields).filter(([name]) => !SILENCING.includes(name)));
      const had = await db.waiting.get(['failsafe', BILL, row.id]);
      await db.waiting.put(heldRow(had ? mergeRecord(had.rec, recOf(row)) : recOf(row)));
      await db.records.put({ ...row, fields });
    }
  };

  const isStillAsking = async (ids: readonly BillId[]): Promise<number> =>
    (await db.bills.bulkGet([...ids])).filter((row) => row && isWatched(billIn(row))).length;

  const holdOver = async (before: ReadonlySet<BillId>, all: readonly Twins[]): Promise<Hold> => {
    const asked = new Set(before);
    const open = before.size;
    let ended = open - (await isStillAsking([...before]));
    const ending = (twins: readonly Twins[]) =>
      twins.filter(({ mine, twin, joined }) => (asked.has(mine.id) || asked.has(twin.id)) && !isWatched(joined));
    // Once asked, the question stands, and what comes meanwhile stands with it.
    let isHolding = (await heldRows(db).count()) > 0 || isUnusual(ended + ending(all).length, open);
    return (twins) => {
      const ends = ending(twins);
      isHolding ||= isUnusual(ended + ends.length, open);
      for (const { mine, twin } of twins) if (asked.has(mine.id)) asked.add(twin.id);
      if (isHolding) return ends;
      ended += ends.length;
      return [];
    };
  };

  const renameEntries = async (result: Pick<Rekeyed, 'renamed'>): Promise<void> => {
    const entries = await db.ledger
      .where('billId')
      .anyOf([...result.renamed.keys()])
      .toArray();
    const named = entries.map((entry) => renamedEntry(entry, result));
    const there = await db.ledger.bulkGet(named.map(({ id }) => id));
    // Both were told in one slot: the owner's stronger word on either is their word on it.
    const heard = there.map((twin, index) => {
      const { seen, seenAt } = named[index]!;
      return twin ? seenAs(twin, seen, seenAt ?? twin.firedAt) : named[index]!;
    });
    await db.ledger.bulkPut(heard);
    await db.ledger.bulkDelete(entries.map(({ id }) => id));
  };

  const renameActs = async (result: Pick<Rekeyed, 'renamed'>): Promise<void> => {
    const acts = await db.acts
      .where('billId')
      .anyOf([...result.renamed.keys()])
      .toArray();
    await db.acts.bulkDelete(acts.map(({ id }) => id));
    const named = acts.map((act) => renamedAct(act, result));
    const there = await db.acts.bulkGet(named.map(({ id }) => id));
    await db.acts.bulkPut(named.filter(({ at }, index) => at >= (there[index]?.at ?? 0)));
  };

  const renameTrail: Rekeying['renameTrail'] = async (result) => {
    await renameEntries(result);
    await renameActs(result);
  };

  return {
    renameTrail,
    rekey: async (siteId, former, account, asked, isAsked) =>
      void (await rekey(siteId, former, account, await holdOver(asked, []), isAsked)),
    mayJoin: async () => (await listOf(FORMER_ACCOUNTS)).length > 0,
    asking: async () => {
      const rows = await db.bills.where('watchDay').above('').toArray();
      return new Set(rows.filter((row) => isWatched(billIn(row))).map(({ id }) => id));
    },
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
    joinProven: async (asked) => {
      const renamed = new Map<BillId, BillId>();
      const mine = new Set(await listOf(FORMER_ACCOUNTS));
      if (mine.size === 0) return { isHeld: false, renamed };
      const bills = (await db.bills.toArray()).map(billIn);
      const proven = sameAccounts(bills, mine);
      const all = proven.flatMap(({ siteId, former, account }) => twinsOf(bills, siteId, former, account));
      const holdAsked = asked ? await holdOver(asked, all) : () => [];
      let isHeld = false;
      const hold: Hold = (twins) => {
        const held = holdAsked(twins);
        isHeld ||= held.length > 0;
        return held;
      };
      for (const { siteId, former, account } of proven)
        for (const [id, twinId] of await rekey(siteId, former, account, hold)) renamed.set(id, twinId);
      return { isHeld, renamed };
    },
  };
}

function heldRow(rec: Rec): WaitingRow {
  return { why: 'failsafe', kind: rec.kind, id: rec.id, rec };
}

/** What the failsafe holds back. */
export function heldRows(db: Database) {
  return db.waiting.where('[why+kind+id]').between(['failsafe'], ['failsafe', [], []]);
}
