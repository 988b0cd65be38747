/** Desktop notices, and where Chrome and Firefox differ (facts/platform.md §1.3). */
import type { DesktopNotices } from '../app/ports.ts';
import { browser, IS_FIREFOX } from './api.ts';

/** Chrome's options that the polyfill's types, made from Firefox's schema, do not know. */
interface ChromeOptions {
  readonly buttons: { title: string }[];
  readonly requireInteraction: boolean;
  readonly priority: number;
}

interface ChromeNotifications {
  getPermissionLevel?(): Promise<'granted' | 'denied'>;
}

export const desktopNotices: DesktopNotices = {
  create: async (id, { title, message, buttons, isSticky }) => {
    const basic = { type: 'basic' as const, title, message, iconUrl: browser.runtime.getURL('icon/128.png') };
    // Firefox rejects the whole call for options that its schema lacks: https://bugzilla.mozilla.org/show_bug.cgi?id=1190681
    const more: Partial<ChromeOptions> = IS_FIREFOX
      ? {}
      : { buttons: buttons.map((button) => ({ title: button })), requireInteraction: isSticky, priority: 2 };
    await browser.notifications.create(id, { ...basic, ...more });
  },
  clear: async (id) => {
    await browser.notifications.clear(id);
  },
  isAllowed: async () => {
    const level = await (browser.notifications as unknown as ChromeNotifications).getPermissionLevel?.();
    return level !== 'denied'; // undefined in Firefox, which cannot say
  },
};

/** Firefox shows no buttons on a notice. */
export const HAS_BUTTONS = !IS_FIREFOX;

export interface NoticeEvents {
  clicked(noticeId: string): void;
  pressed(noticeId: string, button: number): void;
  closed(noticeId: string): void;
}

/** First turn only, as every listener. */
export function onNotices({ clicked, pressed, closed }: NoticeEvents): void {
  browser.notifications.onClicked.addListener(clicked);
  browser.notifications.onButtonClicked?.addListener(pressed); // exists in Firefox but never fires
  // Firefox reports every closing as the user's: https://bugzilla.mozilla.org/show_bug.cgi?id=1413188
  browser.notifications.onClosed.addListener((id, byUser) => {
    if (byUser && !IS_FIREFOX) closed(id);
  });
}
