/** One notice and its bills: what a click on it opens, where the desktop has no room for choices. */
import type { Bill, BillId } from '../core/bill.ts';
import { askedBills } from './look-ahead.ts';
import type { Ports } from './ports.ts';

export interface NoticeView {
  /** The bills that the notice named and that are still known, in its order. */
  readonly bills: readonly Bill[];
  readonly acknowledgedIds: readonly BillId[];
}

export async function noticeViewOf(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  noticeId: string,
): Promise<NoticeView> {
  const entries = await store.noticeEntries(noticeId);
  const ids = [...new Set(entries.map((entry) => entry.billId))];
  const now = clock.now();
  const [sites, contact, sync, device] = await Promise.all([
    store.siteStates(),
    store.contact(),
    store.sync(),
    store.deviceId(),
  ]);
  const asked = askedBills({ sites, contact, sync, device, test: null }, now);
  const found = await Promise.all(
    ids.map(async (id) => (await store.bill(id)) ?? asked.find((bill) => bill.id === id)),
  );
  return {
    bills: found.filter((bill) => bill !== undefined),
    acknowledgedIds: [
      ...new Set(entries.filter((entry) => entry.seen === 'acknowledged').map((entry) => entry.billId)),
    ],
  };
}
