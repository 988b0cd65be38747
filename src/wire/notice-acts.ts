/** A press or a click on a desktop notice. */
import { act, see } from '../app/owner-acts.ts';
import type { Ports } from '../app/ports.ts';
import { answerSelfTest, SELF_TEST_ID } from '../app/self-test.ts';
import { payUrlOf } from '../app/teach-site.ts';
import { openOwnPage, openTab } from '../browser/pages.ts';
import { CONTACT_SITE } from '../core/contact.ts';
import { snoozeUntil } from '../core/reminder/snooze.ts';
import { desktopButtons } from '../delivery/index.ts';

/** Where the desktop shows no buttons, a click opens our page with the same choices; elsewhere the page to pay on. */
export async function clicked(ports: Ports, noticeId: string, hasButtons: boolean): Promise<void> {
  const billIds = await see(ports, noticeId, 'clicked');
  if (billIds.some((id) => id.startsWith(SELF_TEST_ID))) return answerSelfTest(ports, true);
  if (isContactAlone(billIds)) return openSettings();
  if (!hasButtons) return openNoticePage(noticeId);
  const bill = billIds[0] === undefined ? undefined : await ports.store.bill(billIds[0]);
  // An expected bill is no row of its own: its id begins with its site's.
  const url = await payUrlOf(ports, bill?.siteId ?? (billIds[0] ?? '').split('/')[0]!);
  if (url) await openTab(url);
}

/** `paid` is the owner's word for the one bill of the notice; `later` holds every one, and shows how to change that. */
export async function pressed(ports: Ports, noticeId: string, button: number): Promise<void> {
  const entries = await ports.store.noticeEntries(noticeId);
  const billIds = [...new Set(entries.map((entry) => entry.billId))];
  const pressedButton = desktopButtons(billIds.length)[button];
  if (!pressedButton) return;
  // "Later" acknowledges nothing: on the due day that would end the slots that the snooze only holds.
  await see(ports, noticeId, pressedButton === 'paid' ? 'acknowledged' : 'clicked');
  if (billIds.some((id) => id.startsWith(SELF_TEST_ID))) return answerSelfTest(ports, true);
  if (isContactAlone(billIds)) return openSettings();
  const until = snoozeUntil(ports.clock.now());
  for (const billId of billIds) {
    if (pressedButton === 'paid') await act(ports, { do: 'paid', billId, via: 'notice' });
    if (pressedButton === 'later') await act(ports, { do: 'snooze', billId, via: 'notice', until });
  }
  for (const channel of ports.channels) await channel.withdraw(noticeId);
  if (pressedButton !== 'paid') await openNoticePage(noticeId);
}

/** The questions of the contact check are answered in the settings. */
function isContactAlone(billIds: readonly string[]): boolean {
  return billIds.length > 0 && billIds.every((id) => id.startsWith(`${CONTACT_SITE}/`));
}

function openSettings(): Promise<void> {
  return openOwnPage('dashboard.html#settings');
}

function openNoticePage(noticeId: string): Promise<void> {
  return openOwnPage(`notice.html#${encodeURIComponent(noticeId)}`);
}
