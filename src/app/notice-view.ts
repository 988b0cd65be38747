/** One notice and its bills: what a click on it opens, where the desktop has no room for choices. */
import type { Bill, BillId } from '../core/bill.ts';
import { contactBills } from '../core/contact.ts';
import { expectedBills } from '../core/reminder/expected.ts';
import { syncBills } from '../core/sync-setting.ts';
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
  const asked = [
    ...expectedBills(await store.siteStates(), now),
    ...contactBills(await store.contact(), now),
    ...syncBills(await store.sync(), await store.deviceId(), now),
  ];
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
