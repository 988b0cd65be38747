/** The readers, put into the one tab whose content script asked for them. */
import { browser } from './api.ts';

/** Rejects when the tab is gone or may not be touched. */
export async function putReaders(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: ['readers.js'], injectImmediately: true });
}
