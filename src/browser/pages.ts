import type { Say } from '../i18n/message-keys.ts';
import { browser } from './api.ts';

export async function openTab(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

export const say: Say = (key, ...facts) => browser.i18n.getMessage(key, [...facts]);

export function language(): string {
  return browser.i18n.getUILanguage();
}
