import type { Say } from '../i18n/message-keys.ts';
import { browser } from './api.ts';

export async function openTab(url: string): Promise<void> {
  // No window may be open: on a Mac the browser outlives its last one, and goes on reminding.
  await browser.tabs.create({ url }).catch(() => browser.windows.create({ url }));
}

/** Loads the page anew where it stands open and turns to it, else opens it. Another page of its site is left as it is. */
export async function showAnew(url: string): Promise<void> {
  const page = pageIn(url);
  const tabs = await browser.tabs.query({ url: `${page}*` }).catch(() => []); // where we may not look
  const tab = tabs.find((each) => each.id !== undefined && pageIn(each.url ?? '') === page);
  if (tab?.id === undefined) return openTab(url);
  await browser.tabs.update(tab.id, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
  await browser.tabs.reload(tab.id);
}

function pageIn(url: string): string | undefined {
  return url.split(/[?#]/)[0];
}

/** One of our pages, with an optional `#tab`. */
export function openOwnPage(page: string): Promise<void> {
  return openTab(browser.runtime.getURL(page));
}

export const say: Say = (key, ...facts) => browser.i18n.getMessage(key, [...facts]);

export function language(): string {
  return browser.i18n.getUILanguage();
}
