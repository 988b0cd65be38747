import type { Say } from '../i18n/message-keys.ts';
import { browser } from './api.ts';

export async function openTab(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

/** One of our pages, with an optional `#tab`. */
export async function openOwnPage(page: string): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(page) });
}

export const say: Say = (key, ...facts) => browser.i18n.getMessage(key, [...facts]);

export function language(): string {
  return browser.i18n.getUILanguage();
}
