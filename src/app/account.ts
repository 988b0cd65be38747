/** Which account a reading belongs to. Two accounts in one browser never mix, and no name is ever stored. */
import type { Reading } from '../core/reading.ts';
import type { Ports, SiteState } from './ports.ts';

/** Until a page shows who is signed in. */
export const DEFAULT_ACCOUNT = 'default';

/**
 * A salted hash of what the page shows of the person who is signed in. A page that shows nobody speaks for the only
 * account that is known; where several are, for the one whose bills it lists, and otherwise for `default`.
 */
export async function accountOf(
  { store, ids }: Pick<Ports, 'store' | 'ids'>,
  siteId: string,
  reading: Reading,
): Promise<string> {
  const known = (await store.siteStates()).filter((state) => state.siteId === siteId);
  const marker = reading.kind === 'bills' ? reading.accountMarker : null;
  if (marker === null) return withoutMarker(store, known, reading);
  const account = await ids.hash(`${await store.salt()}|${siteId}|${marker}`);
  const isNew = !known.some((state) => state.account === account);
  // What was read before anyone was shown was read from the person who is shown now.
  if (isNew && known.some((state) => state.account === DEFAULT_ACCOUNT))
    await store.moveAccount(siteId, DEFAULT_ACCOUNT, account);
  return account;
}

async function withoutMarker(store: Ports['store'], known: readonly SiteState[], reading: Reading): Promise<string> {
  if (known.length <= 1) return known[0]?.account ?? DEFAULT_ACCOUNT;
  if (reading.kind !== 'bills') return known.reduce((a, b) => (b.at > a.at ? b : a)).account;
  const keys = new Set(reading.bills.map((bill) => bill.key));
  const owners = new Set((await store.billsWithKeys(known[0]!.siteId, [...keys])).map((bill) => bill.account));
  return owners.size === 1 ? [...owners][0]! : DEFAULT_ACCOUNT;
}
