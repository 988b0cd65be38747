/**
 * A browser that joins a vault takes its salt: the hash that tells an account apart is then another, and this browser's
 * bills of that account stand beside the vault's bills of the same debts. Here they become one.
 */
import { type Bill, type BillId, billId, DEFAULT_ACCOUNT, isWatched, type OwnerMarks } from '../bill.ts';
import type { Instant } from '../day.ts';
import type { Account } from '../reminder/expected.ts';
import type { LedgerEntry } from '../reminder/reminder.ts';
import { isSiteKey } from '../same-bill.ts';

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
    const isTwin = twin !== undefined && (isSiteKey(mine.key) || isSameMonth(mine, twin));
    return isTwin ? [{ mine, twin, joined: joined(mine, twin) }] : [];
  });
}

/** Of two bills under one word that stands in for a key: without a day they may be two months'. */
function isSameMonth(mine: Bill, twin: Bill): boolean {
  if (mine.dueDay !== twin.dueDay) return false;
  return mine.dueDay !== null || (mine.statementDay !== null && mine.statementDay === twin.statementDay);
}

/**
 * Gives the bills of `former` to `account`. What both know under the site's own key is one debt: its newer reading
 * stays, the earlier promise, and either browser's marks; what both wrote stands one below the other. A bill under another key keeps its id, and with it its ledger.
 * `held`: by the id of `mine`, twins whose one would be silent: the one that asks goes on asking. Where nobody will be
 * asked about them (`isAsked`), they stay two.
 */
export function rekeyed(
  bills: readonly Bill[],
  siteId: string,
  former: string,
  account: string,
  held: ReadonlySet<BillId> = new Set(),
  isAsked = true,
): Rekeyed {
  const twins = new Map(twinsOf(bills, siteId, former, account).map((each) => [each.mine.id, each]));
  const put: Bill[] = [];
  const renamed = new Map<BillId, BillId>();
  for (const mine of bills.filter((bill) => bill.siteId === siteId && bill.account === former)) {
    const pair = twins.get(mine.id);
    // Silent here, and its twin asks: they stay two.
    const isApart = !pair || (held.has(mine.id) && !(isAsked && isWatched(mine)));
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
  const { paidAt: _, mutedAt: __, hiddenAt: ___, ...owner } = joinedMarks(mine.owner, twin.owner);
  return { ...mine, id: twin.id, account: twin.account, owner };
}

/** The one that two bills of one debt become, under the id of `twin`. */
export function joined(mine: Bill, twin: Bill): Bill {
  const [newer, older] = mine.readAt > twin.readAt ? [mine, twin] : [twin, mine];
  const isSamePromise = mine.dueDay === twin.dueDay;
  // Not seeing a day does not undo it.
  const dated = newer.dueDay === null ? older : newer;
  return {
    ...newer,
    dueDay: dated.dueDay,
    dueDayIs: dated.dueDayIs,
    id: twin.id,
    account: twin.account,
    owedSince: isSamePromise ? Math.min(mine.owedSince, twin.owedSince) : dated.owedSince,
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

/** What both left to expect: the later month and readings; signed out since the earlier that no later reading answered. */
export function joinedAccount(mine: Account, twin: Account): Account {
  const { siteId, account } = twin;
  const latest = (one: Instant | null, other: Instant | null): Instant | null =>
    one === null || other === null ? (one ?? other) : Math.max(one, other);
  const isMineLater = (mine.lastMonthly?.dueDay ?? '') > (twin.lastMonthly?.dueDay ?? '');
  const billsReadAt = latest(mine.billsReadAt, twin.billsReadAt);
  const isUnanswered = (since: Instant | null): since is Instant => since !== null && since >= (billsReadAt ?? 0);
  const [since = null] = [mine.signedOutSince, twin.signedOutSince].filter(isUnanswered).sort((a, b) => a - b);
  return {
    siteId,
    account,
    lastMonthly: isMineLater ? mine.lastMonthly : twin.lastMonthly,
    billsReadAt,
    issuedReadAt: latest(mine.issuedReadAt, twin.issuedReadAt),
    signedOutSince: since,
  };
}

/** The entry under its bill's new id, so that nothing that was acknowledged fires again. A notice on the screen keeps its name. */
export function renamedEntry(entry: LedgerEntry, { renamed }: Pick<Rekeyed, 'renamed'>): LedgerEntry {
  const billId = renamed.get(entry.billId) ?? entry.billId;
  const under = (text: string): string =>
    text.startsWith(`${entry.billId}|`) ? billId + text.slice(entry.billId.length) : text;
  return {
    ...entry,
    id: under(entry.id),
    reminderId: under(entry.reminderId),
    billId,
  };
}

/** An act of the owner's under its bill's new id. */
export function renamedAct<Act extends { readonly id: string; readonly billId: BillId }>(
  act: Act,
  { renamed }: Pick<Rekeyed, 'renamed'>,
): Act {
  const billId = renamed.get(act.billId) ?? act.billId;
  const isNamed = act.id.endsWith(`|${act.billId}`);
  return { ...act, billId, id: isNamed ? act.id.slice(0, -act.billId.length) + billId : act.id };
}

/** A shorter key may be a count that every account has. */
const LEAST_PROOF = 12;

/** Whether nobody else's bill can have this key. */
export function isProof(key: string): boolean {
  return isSiteKey(key) && key.length >= LEAST_PROOF;
}

/**
 * Accounts that are surely one person's before any page shows the person again: a bill of both has the site's own key, a
 * short one together with its day. `mine`: accounts whose hash was made with the former salt. Where a key has two owners nothing is given away.
 */
export function sameAccounts(
  bills: readonly Bill[],
  mine: ReadonlySet<string>,
): { siteId: string; former: string; account: string }[] {
  const owners = new Map<string, Set<string>>();
  const proofOf = ({ siteId, key, dueDay }: Bill): string | null => {
    if (isProof(key)) return billId(siteId, '', key);
    return isSiteKey(key) && dueDay !== null ? billId(siteId, dueDay, key) : null;
  };
  for (const bill of bills) {
    const at = proofOf(bill);
    // Nobody's bills are not yet known to be one person's.
    if (at !== null && bill.account !== DEFAULT_ACCOUNT)
      owners.set(at, (owners.get(at) ?? new Set()).add(bill.account));
  }
  const found = new Map<string, Set<string>>();
  for (const bill of bills) {
    const { siteId, account } = bill;
    const proof = proofOf(bill);
    if (!mine.has(account) || proof === null) continue;
    const others = [...(owners.get(proof) ?? [])].filter((other) => !mine.has(other));
    const at = `${siteId}\n${account}`;
    for (const other of others) found.set(at, (found.get(at) ?? new Set()).add(other));
  }
  return [...found].flatMap(([at, others]) => {
    const [siteId, former] = at.split('\n') as [string, string];
    const [account] = others;
    return others.size === 1 && account !== undefined ? [{ siteId, former, account }] : [];
  });
}
