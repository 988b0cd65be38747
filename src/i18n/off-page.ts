/** Words about a bill that no page showed: it was typed by hand or read from a file, so there is no page to open for it. */
import type { Source } from '../core/reading.ts';
import type { MessageKey } from './message-keys.ts';

const OFF_PAGE = {
  noticeDayless: 'noticeDaylessOffPage',
  noticeFindDay: 'noticeFindDayOffPage',
  noticeStale: 'noticeStaleOffPage',
  popupDoubtful: 'popupDoubtfulOffPage',
  popupLastRead: 'popupEntered',
  popupPaidDisputed: 'popupPaidDisputedOffPage',
  standingDisputed: 'standingDisputedOffPage',
} as const satisfies Partial<Record<MessageKey, MessageKey>>;

export function isOffPage(source: Source): boolean {
  return source === 'file' || source === 'hand';
}

export function keyFor(key: keyof typeof OFF_PAGE, bill: { readonly source: Source }): MessageKey {
  return isOffPage(bill.source) ? OFF_PAGE[key] : key;
}
