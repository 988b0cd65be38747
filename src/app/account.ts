/** Which account a reading belongs to. Two accounts in one browser never mix, and no name is ever stored. */
import { type Bill, type BillId, DEFAULT_ACCOUNT } from '../core/bill.ts';
import type { Reading } from '../core/reading.ts';
import { idsFor, isSiteKey, type Seat } from '../core/reconcile.ts';
import type { Ports, SiteState } from './ports.ts';

/**
 * Whose bills the page lists under the site's own keys; else a salted hash of what it shows of the person who is signed
 * in. One page shows a name, another the account's number, and in a page left open the name may be of who was signed in
 * before: a key has one owner. A page that shows nobody and lists no known key stays in `default`.
 */
export async function accountOf(
  { clock, store, ids, accounts }: Pick<Ports, 'clock' | 'store' | 'ids' | 'accounts'>,
  siteId: string,
  reading: Reading,
): Promise<string> {
  const states = async () => (await store.siteStates()).filter((state) => state.siteId === siteId);
  if (reading.kind !== 'bills') return lastSeen(await states());
  const keys = siteKeysOf(reading);
  const marker = reading.accountMarker;
  const shown = marker === null ? null : await ids.hash(`${await store.salt()}|${siteId}|${marker}`);
  if (marker !== null && shown !== null) await takeFormer({ clock, ids, accounts }, siteId, marker, shown);
  const proofs = shown === null ? keys : keys.filter((key) => key.length >= LEAST_PROOF);
  const account = (await ownerOf(store, siteId, proofs)) ?? shown ?? DEFAULT_ACCOUNT;
  const known = await states();
  const hasDefault = known.some((state) => state.account === DEFAULT_ACCOUNT);
  if (account !== DEFAULT_ACCOUNT && hasDefault) {
    const isNew = !known.some((state) => state.account === account);
    if (await bringHome(store, siteId, account, reading)) await endDefault(store, siteId, isNew ? account : null);
  }
  return account;
}

/** Whoever is shown may have another account here, hashed with a salt of before. Costs one look where no salt was ever taken over. */
async function takeFormer(
  { clock, ids, accounts }: Pick<Ports, 'clock' | 'ids' | 'accounts'>,
  siteId: string,
  marker: string,
  account: string,
): Promise<void> {
  for (const salt of (await accounts?.formerSalts()) ?? []) {
    const former = await ids.hash(`${salt}|${siteId}|${marker}`);
    if (former !== account) await accounts?.rekey(siteId, former, account, clock.now());
  }
}

type BillsReading = Extract<Reading, { kind: 'bills' }>;

function siteKeysOf({ bills, paidKeys = [] }: BillsReading): string[] {
  return [...new Set([...bills.map((bill) => bill.key), ...paidKeys])].filter(isSiteKey);
}

/** A look without bills changes none: it is told of whoever was seen last. */
function lastSeen(known: readonly SiteState[]): string {
  return known.reduce<SiteState | null>((a, b) => (a && a.at >= b.at ? a : b), null)?.account ?? DEFAULT_ACCOUNT;
}

/** A shorter key may be a count that every account has: no proof against the name that the page shows. */
const LEAST_PROOF = 12;

/** The one marked account that has a bill with one of these keys. A day is no proof: two people's bills share it. */
async function ownerOf(store: Ports['store'], siteId: string, keys: readonly string[]): Promise<string | null> {
  const owners = new Set((await store.billsWithKeys(siteId, keys)).map((bill) => bill.account));
  owners.delete(DEFAULT_ACCOUNT);
  const [owner] = owners;
  return owners.size === 1 && owner !== undefined ? owner : null;
}

/**
 * Bills that were read while nobody was shown go to the person whose page lists them: under the site's own key, or as
 * the same amount on the same day. A day alone, or a zero, brings none. Gives whether none is left behind.
 */
async function bringHome(
  store: Ports['store'],
  siteId: string,
  account: string,
  reading: BillsReading,
): Promise<boolean> {
  let isEmpty = false;
  await store.rewriteBills((all) => {
    const bills = all.bills.filter((bill) => bill.siteId === siteId);
    const own = new Map(bills.filter((bill) => bill.account === account).map((bill) => [bill.key, bill]));
    const put: Bill[] = [];
    const remove: BillId[] = [];
    const strays = bills.filter((bill) => bill.account === DEFAULT_ACCOUNT);
    for (const stray of strays) {
      const key = listedAs(stray, reading);
      if (key === null) continue;
      const twin = own.get(key);
      put.push(twin ? { ...twin, owner: { ...stray.owner, ...twin.owner } } : { ...stray, account });
      if (twin) remove.push(stray.id);
    }
    isEmpty = put.length === strays.length;
    return put.length > 0 ? { put, remove } : null;
  });
  return isEmpty;
}

/** The key under which the reading lists this very bill; null where it does not. */
function listedAs(stray: Bill, reading: BillsReading): string | null {
  if (isSiteKey(stray.key)) return siteKeysOf(reading).includes(stray.key) ? stray.key : null;
  const same = reading.bills.find(
    ({ family, dueDay, remainingFen }) =>
      (family === 'loan') === (stray.family === 'loan') &&
      dueDay !== null &&
      dueDay === stray.dueDay &&
      remainingFen === stray.remainingFen &&
      (remainingFen ?? 0) > 0,
  );
  return same?.key ?? null;
}

/** What the looks at nobody's page left to expect goes to the first person shown, and ends where one is known. */
async function endDefault(store: Ports['store'], siteId: string, heir: string | null): Promise<void> {
  if (heir !== null) return store.moveAccount(siteId, DEFAULT_ACCOUNT, heir);
  await store.rewriteBills(() => ({ removeStates: [{ siteId, account: DEFAULT_ACCOUNT }] }));
}

/** Bills keep their ids when they move: those that left `default` are never given to another person's bill. */
export async function idsElsewhere(store: Ports['store'], seat: Seat, reading: Reading): Promise<Set<BillId>> {
  const taken = new Set<BillId>();
  if (reading.kind !== 'bills' || seat.account !== DEFAULT_ACCOUNT) return taken;
  await Promise.all(
    reading.bills.map(async ({ key }) => {
      for (const id of idsFor(seat, key)) {
        const bill = await store.bill(id);
        if (!bill) return;
        if (bill.account !== seat.account) taken.add(id);
      }
    }),
  );
  return taken;
}
