/** One notice and its bills: what a click on it opens, where the desktop has no room for choices. */
import type { Bill, BillId } from '../core/bill.ts';
import { askedBills } from './look-ahead.ts';
import { acknowledgeable } from './owner-acts.ts';
import type { Ports } from './ports.ts';

export interface NoticeView {
  /** The bills that the notice named and that are still known, in its order. */
  readonly bills: readonly Bill[];
  /** Of which nothing more can be acknowledged: not in this notice, nor in a later one. */
  readonly acknowledgedIds: readonly BillId[];
}

export async function noticeViewOf(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  noticeId: string,
): Promise<NoticeView> {
  const entries = await store.noticeEntries(noticeId);
  const ids = [...new Set(entries.map((entry) => entry.billId))];
  const now = clock.now();
  const [sites, contact, sync, lost, device] = await Promise.all([
    store.siteStates(),
    store.contact(),
    store.sync(),
    store.lost(),
    store.deviceId(),
  ]);
  const asked = askedBills({ sites, contact, sync, lost, device, test: null }, now);
  const found = await Promise.all(
    ids.map(async (id) => (await store.bill(id)) ?? asked.find((bill) => bill.id === id)),
  );
  const told = await Promise.all(ids.map((id) => acknowledgeable({ store }, id, now)));
  return {
    bills: found.filter((bill) => bill !== undefined),
    acknowledgedIds: ids.filter((_, n) => told[n]?.seen === 'acknowledged'),
  };
}
