/** A reading arrives from a page: the bills it names are written, and nothing else is touched. */
import type { Bill } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import type { Reading } from '../core/reading.ts';
import { reconcile } from '../core/reconcile.ts';
import type { Account } from '../core/reminder/expected.ts';
import type { Known, Ports, SiteState, Taken } from './ports.ts';

/** Until a page shows who is signed in. */
export const DEFAULT_ACCOUNT = 'default';

/** One transaction per reading. Signed out, not opened or unreadable leaves every bill as it was. */
export function takeReading(
  { clock, store }: Pick<Ports, 'clock' | 'store'>,
  siteId: string,
  reading: Reading,
): Promise<void> {
  const now = clock.now();
  const account = DEFAULT_ACCOUNT;
  return store.takeReading(siteId, account, (known): Taken => {
    const { bills, goneIds } =
      reading.kind === 'bills' ? reconcile(known.bills, reading, { siteId, account, now }) : { bills: [], goneIds: [] };
    return { bills, goneIds, state: stateAfter(reading, siteId, account, known, bills, now) };
  });
}

function stateAfter(
  reading: Reading,
  siteId: string,
  account: string,
  known: Known,
  written: readonly Bill[],
  now: Instant,
): SiteState {
  const former = known.state;
  const isBills = reading.kind === 'bills';
  const signedOutSince =
    reading.kind === 'signed-out' ? (former?.signedOutSince ?? now) : isBills ? null : (former?.signedOutSince ?? null);
  return {
    siteId,
    account,
    kind: reading.kind,
    why: 'why' in reading ? reading.why : null,
    at: now,
    billsReadAt: isBills ? now : (former?.billsReadAt ?? null),
    lastMonthly: lastMonthly(written, former),
    issuedReadAt: isBills && reading.covered.includes('issued') ? now : (former?.issuedReadAt ?? null),
    signedOutSince,
  };
}

/** The monthly bill with the latest due day: next month's is expected from it. A loan has its own plan of days. */
function lastMonthly(written: readonly Bill[], former: SiteState | null): Account['lastMonthly'] {
  const known = former?.lastMonthly ?? null;
  return written.reduce<Account['lastMonthly']>((latest, { family, standing, title, statementDay, dueDay }) => {
    if (family === 'loan' || dueDay === null || (family === 'unissued' && standing === 'settled')) return latest;
    return latest && latest.dueDay >= dueDay ? latest : { title, statementDay, dueDay };
  }, known);
}
