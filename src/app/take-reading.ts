/** A reading arrives from a page: the bills it names are written, and nothing else is touched. */
import type { Bill } from '../core/bill.ts';
import { addMonths, type Instant } from '../core/day.ts';
import type { Reading } from '../core/reading.ts';
import { reconcile } from '../core/reconcile.ts';
import type { Account } from '../core/reminder/expected.ts';
import { accountOf, idsElsewhere } from './account.ts';
import type { Known, Ports, SiteState, Taken } from './ports.ts';

/** One transaction per reading. Signed out, not opened or unreadable leaves every bill as it was. */
export async function takeReading(
  { clock, store, ids, accounts }: Pick<Ports, 'clock' | 'store' | 'ids' | 'accounts'>,
  siteId: string,
  reading: Reading,
): Promise<void> {
  const now = clock.now();
  const account = await accountOf({ clock, store, ids, accounts }, siteId, reading);
  const takenIds = await idsElsewhere(store, { siteId, account, now }, reading);
  const hasBills = reading.kind === 'signed-out' && (await store.allBills()).some((bill) => bill.siteId === siteId);
  await store.takeReading(siteId, account, (known): Taken => {
    const { bills, goneIds } =
      reading.kind === 'bills'
        ? reconcile(known.bills, reading, { siteId, account, now, takenIds })
        : { bills: [], goneIds: [] };
    return { bills, goneIds, state: stateAfter(reading, siteId, account, known, bills, hasBills, now) };
  });
}

function stateAfter(
  reading: Reading,
  siteId: string,
  account: string,
  known: Known,
  written: readonly Bill[],
  hasBills: boolean,
  now: Instant,
): SiteState {
  const former = known.state;
  const isBills = reading.kind === 'bills';
  // Who never had a bill there has nothing to look for.
  const isAsked = reading.kind === 'signed-out' && (hasBills || (former?.lastMonthly ?? null) !== null);
  const signedOutSince = isBills ? null : (former?.signedOutSince ?? (isAsked ? now : null));
  return {
    siteId,
    account,
    kind: reading.kind,
    why: 'why' in reading ? reading.why : null,
    at: now,
    billsReadAt: isBills ? now : (former?.billsReadAt ?? null),
    lastMonthly: lastMonthly(known, written),
    issuedReadAt: isBills && reading.covered.includes('issued') ? now : (former?.issuedReadAt ?? null),
    signedOutSince,
  };
}

/** The monthly bill with the latest due day: next month's is expected from it. A loan has its own plan of days. */
function lastMonthly({ bills, state }: Known, written: readonly Bill[]): Account['lastMonthly'] {
  const after = new Map([...bills, ...written].map((bill) => [bill.id, bill]));
  const monthly = [...after.values()].filter(
    ({ family, standing }) => family !== 'loan' && !(family === 'unissued' && standing === 'settled'),
  );
  const latest = monthly.reduce<Account['lastMonthly']>(
    (best, { title, statementDay, dueDay }) =>
      dueDay === null || (best && best.dueDay >= dueDay) ? best : { title, statementDay, dueDay },
    null,
  );
  const former = latest ?? state?.lastMonthly ?? null;
  const isEmptied = ({ family, standing, dueDay }: Bill): boolean =>
    family === 'unissued' && standing === 'settled' && dueDay === former?.dueDay;
  if (!former || latest || ![...after.values()].some(isEmptied)) return former;
  // Paid before it was issued: what is bought since is on it too, so that it is the next one.
  const { title, statementDay, dueDay } = former;
  return { title, statementDay: statementDay && addMonths(statementDay, -1), dueDay: addMonths(dueDay, -1) };
}
