/**
 * A browser that joins a vault takes its salt: the hash that tells an account apart is then another, and this browser's
 * bills of that account stand beside the vault's bills of the same debts. Here they become one.
 */
import { type Bill, type BillId, billId, isWatched, type OwnerMarks } from '../bill.ts';
import { isSiteKey } from '../reconcile.ts';
import type { LedgerEntry } from '../reminder/reminder.ts';

export interface Rekeyed {
  readonly put: readonly Bill[];
  readonly remove: readonly BillId[];
  /** Former id → the id under which the bill is known from now on. */
  readonly renamed: ReadonlyMap<BillId, BillId>;
}

/** Two bills that turn out to be one debt, and the one that they become. */
export interface Twins {
  readonly mine: Bill;
  readonly twin: Bill;
  readonly joined: Bill;
}

export function twinsOf(bills: readonly Bill[], siteId: string, former: string, account: string): Twins[] {
  const ofSite = bills.filter((bill) => bill.siteId === siteId);
  const theirs = new Map(ofSite.filter((bill) => bill.account === account).map((bill) => [bill.key, bill]));
  return ofSite.flatMap((mine) => {
    const twin = mine.account === former ? theirs.get(mine.key) : undefined;
    const isTwin = twin !== undefined && (isSiteKey(mine.key) || twin.dueDay === mine.dueDay);
    return isTwin ? [{ mine, twin, joined: joined(mine, twin) }] : [];
  });
}

/**
 * Gives the bills of `former` to `account`. What both know under the site's own key is one debt: its newer reading
 * stays, the earlier promise, and either browser's marks; what both wrote stands one below the other. A bill under another key keeps its id, and with it its ledger.
 * `held`: by the id of `mine`, twins whose one would be silent: the one that asks goes on asking.
 */
export function rekeyed(
  bills: readonly Bill[],
  siteId: string,
  former: string,
  account: string,
  held: ReadonlySet<BillId> = new Set(),
): Rekeyed {
  const twins = new Map(twinsOf(bills, siteId, former, account).map((each) => [each.mine.id, each]));
  const put: Bill[] = [];
  const renamed = new Map<BillId, BillId>();
  for (const mine of bills.filter((bill) => bill.siteId === siteId && bill.account === former)) {
    const pair = twins.get(mine.id);
    // Silent here, and its twin asks: they stay two.
    const isApart = !pair || (held.has(mine.id) && !isWatched(mine));
    if (isApart) put.push({ ...mine, account });
    else {
      put.push(held.has(mine.id) ? stillAsking(pair) : pair.joined);
      renamed.set(mine.id, pair.twin.id);
    }
  }
  return { put, remove: [...renamed.keys()], renamed };
}

/** All that is said of both but what would silence it: the reading is that of `mine`, and no mark ends it. */
function stillAsking({ mine, twin }: Twins): Bill {
  const { paidAt: _, mutedAt: __, ...owner } = joinedMarks(mine.owner, twin.owner);
  return { ...mine, id: twin.id, account: twin.account, owner };
}

function joined(mine: Bill, twin: Bill): Bill {
  const newer = mine.readAt > twin.readAt ? mine : twin;
  const isSamePromise = mine.dueDay === twin.dueDay;
  return {
    ...newer,
    id: twin.id,
    account: twin.account,
    owedSince: isSamePromise ? Math.min(mine.owedSince, twin.owedSince) : newer.owedSince,
    owner: joinedMarks(mine.owner, twin.owner),
  };
}

function joinedMarks(mine: OwnerMarks, twin: OwnerMarks): OwnerMarks {
  const [note, statement] = [joinedText(mine.note, twin.note), joinedText(mine.statement, twin.statement)];
  const statementAt = Math.max(mine.statementAt ?? 0, twin.statementAt ?? 0);
  return {
    ...mine,
    ...twin,
    ...(note !== undefined && { note }),
    ...(statement !== undefined && { statement }),
    ...(statementAt > 0 && { statementAt }),
  };
}

function joinedText(mine: string | undefined, twin: string | undefined): string | undefined {
  if (mine === undefined || twin === undefined) return mine ?? twin;
  return twin.includes(mine) ? twin : `${twin}\n${mine}`;
}

/** The entry under its bill's new id, so that nothing that was acknowledged fires again; null where the id stays. */
export function renamedEntry(entry: LedgerEntry, { renamed }: Pick<Rekeyed, 'renamed'>): LedgerEntry | null {
  const id = renamed.get(entry.billId);
  if (id === undefined) return null;
  const under = (text: string): string =>
    text === entry.billId || text.startsWith(`${entry.billId}|`) ? id + text.slice(entry.billId.length) : text;
  return {
    ...entry,
    id: under(entry.id),
    reminderId: under(entry.reminderId),
    billId: id,
    noticeId: under(entry.noticeId),
  };
}

/**
 * Accounts that are surely one person's before any page shows the person again: a bill of both has the site's own key.
 * `mine`: accounts whose hash was made with the former salt. Where a key has two owners nothing is given away.
 */
export function sameAccounts(
  bills: readonly Bill[],
  mine: ReadonlySet<string>,
): { siteId: string; former: string; account: string }[] {
  const owners = new Map<string, Set<string>>();
  for (const { siteId, account, key } of bills) {
    if (!isSiteKey(key)) continue;
    const at = billId(siteId, '', key);
    owners.set(at, (owners.get(at) ?? new Set()).add(account));
  }
  const found = new Map<string, Set<string>>();
  for (const { siteId, account, key } of bills) {
    if (!mine.has(account) || !isSiteKey(key)) continue;
    const others = [...(owners.get(billId(siteId, '', key)) ?? [])].filter((other) => !mine.has(other));
    const at = `${siteId}\n${account}`;
    for (const other of others) found.set(at, (found.get(at) ?? new Set()).add(other));
  }
  return [...found].flatMap(([at, others]) => {
    const [siteId, former] = at.split('\n') as [string, string];
    const [account] = others;
    return others.size === 1 && account !== undefined ? [{ siteId, former, account }] : [];
  });
}
