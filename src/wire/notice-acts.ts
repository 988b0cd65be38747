/** A press or a click on a desktop notice. */
import { act, see } from '../app/owner-acts.ts';
import type { Ports } from '../app/ports.ts';
import { answerSelfTest, SELF_TEST_ID } from '../app/self-test.ts';
import { payUrlOf } from '../app/site-address.ts';
import { openOwnPage, openTab } from '../browser/pages.ts';
import type { Bill, BillId } from '../core/bill.ts';
import { CONTACT_SITE } from '../core/contact.ts';
import { errorName } from '../core/error-name.ts';
import { snoozeUntil } from '../core/reminder/snooze.ts';
import { SYNC_SITE } from '../core/sync-setting.ts';
import { desktopButtons } from '../delivery/index.ts';

/** Where the desktop shows no buttons, a click opens our page with the same choices; elsewhere the page to pay on. */
export async function clicked(ports: Ports, noticeId: string, hasButtons: boolean): Promise<void> {
  const billIds = await billsClicked(ports, noticeId);
  if (billIds.length === 0) return;
  const tab = tabOf(billIds);
  if (tab) return openOwnPage(tab);
  if (!hasButtons) return openNoticePage(noticeId);
  const [bill] = await billsOf(ports, billIds);
  // What is only asked for is no row of its own: its id begins with its site's.
  const url = await payUrlOf(ports, bill?.siteId ?? billIds[0]!.split('/')[0]!);
  // A bill of the owner's own hand, or of a file, has no page to pay on.
  return url ? openTab(url) : openNoticePage(noticeId);
}

/**
 * `paid` is the owner's word for the one bill of the notice; `later` holds every one, and shows how to change that.
 * Neither acknowledges: a slip that is undone must leave the due day's other slots as they were.
 */
export async function pressed(ports: Ports, noticeId: string, button: number): Promise<void> {
  const billIds = await billsClicked(ports, noticeId);
  if (billIds.length === 0) return;
  const tab = tabOf(billIds);
  if (tab) return openOwnPage(tab);
  const bills = await billsOf(ports, billIds);
  const pressedButton = desktopButtons(bills.length, billIds.length - bills.length)[button];
  const until = snoozeUntil(ports.clock.now(), bills);
  for (const { id } of bills) {
    if (pressedButton === 'paid') await act(ports, { do: 'paid', billId: id, via: 'notice' });
    if (pressedButton === 'later') await act(ports, { do: 'snooze', billId: id, via: 'notice', until });
  }
  for (const channel of ports.channels) await channel.withdraw(noticeId);
  if (pressedButton !== 'paid') await openNoticePage(noticeId);
}

/** A click on a test says that it was seen; what else the notice carried goes on. What is not on paper, or goes on none, leads to the bills. */
async function billsClicked(ports: Ports, noticeId: string): Promise<BillId[]> {
  const billIds = await see(ports, noticeId, 'clicked').catch((error: unknown) => {
    ports.log.warn('click-not-kept', { name: errorName(error) });
    return [];
  });
  if (billIds.length === 0) await openOwnPage('dashboard.html');
  const rest = billIds.filter((id) => !id.startsWith(SELF_TEST_ID));
  if (rest.length < billIds.length) await answerSelfTest(ports, true);
  return rest;
}

async function billsOf({ store }: Ports, billIds: readonly BillId[]): Promise<Bill[]> {
  const found = await Promise.all(billIds.map((id) => store.bill(id)));
  return found.filter((bill) => bill !== undefined);
}

/** Where a question that stands alone is answered. */
function tabOf(billIds: readonly BillId[]): string | null {
  const areAllOf = (site: string): boolean => billIds.every((id) => id.startsWith(`${site}/`));
  if (areAllOf(CONTACT_SITE)) return 'dashboard.html#settings';
  return areAllOf(SYNC_SITE) ? 'dashboard.html#sync' : null;
}

function openNoticePage(noticeId: string): Promise<void> {
  return openOwnPage(`notice.html#${encodeURIComponent(noticeId)}`);
}
