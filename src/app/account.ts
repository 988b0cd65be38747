/** Which account a reading belongs to. Two accounts in one browser never mix, and no name is ever stored. */
import { type Bill, type BillId, DEFAULT_ACCOUNT, isWatched } from '../core/bill.ts';
import type { ReadBill, Reading } from '../core/reading.ts';
import { idsFor, type Seat } from '../core/reconcile.ts';
import { isUnusual } from '../core/record/failsafe.ts';
import { isProof, joined, joinedAccount } from '../core/record/rekey.ts';
import { isSiteKey } from '../core/same-bill.ts';
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
  const proofs = shown === null ? keys : keys.filter(isProof);
  const account = (await ownerOf(store, siteId, proofs, reading)) ?? shown ?? DEFAULT_ACCOUNT;
  if (account !== DEFAULT_ACCOUNT && (await states()).some((state) => state.account === DEFAULT_ACCOUNT)) {
    const renamed = await bringHome(store, siteId, account, reading);
    if (renamed.size > 0) await accounts?.renameTrail(renamed);
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

/** A look without bills changes none: it is told of whoever was seen last, of those first who have a month to expect. */
function lastSeen(states: readonly SiteState[]): string {
  const expecting = states.filter(({ lastMonthly }) => lastMonthly !== null);
  const known = expecting.length > 0 ? expecting : states;
  return known.reduce<SiteState | null>((a, b) => (a && a.at >= b.at ? a : b), null)?.account ?? DEFAULT_ACCOUNT;
}

/**
 * The one marked account that has a bill with one of these keys, a short one on the same day. A day alone is no proof:
 * two people's bills share it.
 */
async function ownerOf(
  store: Ports['store'],
  siteId: string,
  keys: readonly string[],
  reading: BillsReading,
): Promise<string | null> {
  const isListed = ({ key, dueDay }: Bill): boolean =>
    isProof(key) || reading.bills.some((bill) => bill.key === key && bill.dueDay !== null && bill.dueDay === dueDay);
  const found = (await store.billsWithKeys(siteId, keys)).filter(isListed);
  const owners = new Set(found.map((bill) => bill.account));
  owners.delete(DEFAULT_ACCOUNT);
  const [owner] = owners;
  return owners.size === 1 && owner !== undefined ? owner : null;
}

/**
 * Bills that were read while nobody was shown go to the person whose page lists them: under the site's own key, or as
 * the only one of this amount on this day. A day alone, or a zero, brings none; nor do marks that would silence an
 * unusual share of the bills at once: those stay two, and the one that asks goes on asking. Where none is left
 * behind, what the looks at nobody's page left to expect goes along. Gives under which id those are known that were
 * there already.
 */
async function bringHome(
  store: Ports['store'],
  siteId: string,
  account: string,
  reading: BillsReading,
): Promise<ReadonlyMap<BillId, BillId>> {
  let renamed = new Map<BillId, BillId>();
  await store.rewriteBills((all) => {
    const ofSite = all.bills.filter((bill) => bill.siteId === siteId);
    const own = ofSite.filter((bill) => bill.account === account);
    const strays = ofSite.filter((bill) => bill.account === DEFAULT_ACCOUNT);
    const homes = strays.flatMap((stray) => {
      const key = listedAs(stray, strays, reading);
      if (key === null) return [];
      const twin = own.find((bill) => bill.key === key && (isProof(key) || bill.dueDay === stray.dueDay));
      const home: Bill = twin ? { ...joined(stray, twin), key } : { ...stray, account };
      return [{ stray, twin, home }];
    });
    // What the page itself says of a debt is no mark: it is written after this.
    const ended = homes.filter(
      ({ stray, twin, home }) => twin && (isWatched(stray) || isWatched(twin)) && isMarkedSilent(home),
    );
    const isHeld = isUnusual(ended.length, all.bills.filter(isWatched).length);
    const moving = isHeld ? homes.filter((each) => !ended.includes(each)) : homes;
    renamed = new Map(moving.flatMap(({ stray, twin }) => (twin ? [[stray.id, twin.id]] : [])));
    const bills = { put: moving.map(({ home }) => home), remove: [...renamed.keys()] };
    if (moving.length < strays.length) return moving.length > 0 ? bills : null;
    const [nobody, known] = [DEFAULT_ACCOUNT, account].map((each) =>
      all.states.find((state) => state.siteId === siteId && state.account === each),
    );
    if (!nobody) return bills;
    const heir = known ? { ...known, ...joinedAccount(nobody, known) } : { ...nobody, account };
    return { ...bills, putStates: [heir], removeStates: [{ siteId, account: DEFAULT_ACCOUNT }] };
  });
  return renamed;
}

function isMarkedSilent({ owner }: Bill): boolean {
  return !isWatched({ owner, remainingFen: null, standing: 'open' });
}

/** The key under which the reading lists this very bill; null where it does not. */
function listedAs(stray: Bill, strays: readonly Bill[], reading: BillsReading): string | null {
  if (isProof(stray.key)) return siteKeysOf(reading).includes(stray.key) ? stray.key : null;
  const isAlike = ({ family, dueDay, remainingFen }: ReadBill): boolean =>
    (family === 'loan') === (stray.family === 'loan') &&
    dueDay !== null &&
    dueDay === stray.dueDay &&
    remainingFen === stray.remainingFen &&
    (remainingFen ?? 0) > 0;
  const [same, ...more] = reading.bills.filter(isAlike);
  // A loan has many with one day: only of a page that lists them all is it known that there is no other.
  const isTold = stray.family !== 'loan' || reading.covered.includes('loan');
  const isOnly = isTold && same !== undefined && more.length === 0 && strays.filter(isAlike).length === 1;
  return isOnly && (!isSiteKey(stray.key) || stray.key === same.key) ? same.key : null;
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
