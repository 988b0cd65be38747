import type { Runtime } from 'webextension-polyfill';
import { browser } from './api.ts';

/** Who sent a message, as far as the browser vouches for it. */
export type Sender =
  | { readonly kind: 'own-page' }
  | { readonly kind: 'content-script'; readonly url: URL; readonly tabId: number }
  | { readonly kind: 'stranger' };

/** First turn only. The answer of `handle` is the reply; undefined leaves the message alone. */
export function onMessages(handle: (raw: unknown, sender: Sender) => Promise<unknown> | undefined): void {
  browser.runtime.onMessage.addListener((raw: unknown, sender: Runtime.MessageSender) => handle(raw, senderOf(sender)));
}

function senderOf({ id, url, tab, frameId }: Runtime.MessageSender): Sender {
  if (id !== browser.runtime.id || !url) return { kind: 'stranger' };
  if (url.startsWith(browser.runtime.getURL(''))) return { kind: 'own-page' };
  if (tab?.id === undefined || frameId !== 0) return { kind: 'stranger' };
  return { kind: 'content-script', url: new URL(url), tabId: tab.id };
}

export function sendToBackground<Reply>(message: unknown): Promise<Reply> {
  return browser.runtime.sendMessage(message) as Promise<Reply>;
}
