/** The desktop's own notification. "Accepted" means that the browser took it: no browser tells whether it was seen. */
import type { Channel, Delivery, DesktopNotices } from '../app/ports.ts';
import { within } from '../app/within.ts';
import { DESKTOP } from '../core/reminder/chain.ts';
import type { Notice } from '../core/reminder/notice.ts';
import type { Words } from '../i18n/words.ts';

export type DesktopButton = 'paid' | 'open' | 'later';

/**
 * The buttons of a notice in their order; the index comes back with the press. "Paid" is one bill's word: a notice of
 * several opens its page instead, where each has its own. What is only asked for can be neither paid nor held.
 */
export function desktopButtons(billCount: number, askCount: number): readonly DesktopButton[] {
  if (billCount === 0) return ['open'];
  return [billCount + askCount === 1 ? 'paid' : 'open', 'later'];
}

const BUTTON_WORDS = { paid: 'actionPaid', open: 'actionOpen', later: 'actionLater' } as const;

/** A browser that does not answer in this time has not accepted. */
const PATIENCE_MS = 10_000;

export function desktopChannel(desktop: DesktopNotices, words: Words): Channel {
  const raise = async (notice: Notice): Promise<Delivery> => {
    if (!(await desktop.isAllowed())) return { kind: 'failed', code: 'notifications-off' };
    await desktop.create(notice.id, {
      ...words.notice(notice),
      buttons: buttonsOf(notice).map((button) => words.say(BUTTON_WORDS[button])),
      isSticky: isSticky(notice),
    });
    return { kind: 'accepted' };
  };
  return {
    id: DESKTOP,
    send: async (notice): Promise<Delivery> => {
      try {
        return await within(PATIENCE_MS, raise(notice), { kind: 'failed', code: 'desktop-timeout' });
      } catch {
        // Whatever the browser threw, the reason is its own text and may hold the notice's: only the code is kept.
        return { kind: 'failed', code: 'desktop-refused' };
      }
    },
    withdraw: async (noticeId) => {
      try {
        return await within(
          PATIENCE_MS,
          desktop.clear(noticeId).then(() => true),
          false,
        );
      } catch {
        return false; // the browser refused: the notice stays until it is closed by hand
      }
    },
  };
}

function buttonsOf({ bills }: Notice): readonly DesktopButton[] {
  const asks = bills.filter((bill) => bill.asks !== null).length;
  return desktopButtons(bills.length - asks, asks);
}

/** On a Mac what stays has a permission of its own ("Helper (Alerts)"): the self-test tries that one. */
function isSticky({ kind }: Notice): boolean {
  return kind === 'due-today' || kind === 'overdue' || kind === 'self-test';
}
