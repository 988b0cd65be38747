/** Teaching as the browser sees it: the tab at hand, and the intention that outlives the popup. */
import { browser } from './api.ts';
import { putScript } from './registered-script.ts';

export interface ActiveTab {
  readonly tabId: number;
  readonly url: URL;
}

/** Null where the browser does not say what the tab shows. */
export async function activeTab(): Promise<ActiveTab | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined || !tab.url) return null;
  return { tabId: tab.id, url: new URL(tab.url) };
}

/** The page's structure with every digit and name replaced. */
export async function reportOf(tabId: number): Promise<string> {
  const report = await putScript(tabId, 'report.js');
  if (typeof report !== 'string') throw new Error('the page gave no report');
  return report;
}

interface Teaching {
  readonly tabId: number;
  readonly origin: string;
  readonly at: number;
  /** The overlay was put there. */
  readonly hasBegun?: true;
}

const KEY = 'teaching';
/** The browser's question may stand open for a while; an older intention is forgotten. */
const LASTS_MS = 30 * 60_000;

export async function intend(teaching: Teaching): Promise<void> {
  await browser.storage.session.set({ [KEY]: teaching });
}

export async function intended(now: number): Promise<Teaching | null> {
  const teaching = (await browser.storage.session.get(KEY))[KEY] as Teaching | undefined;
  return teaching && now - teaching.at < LASTS_MS ? teaching : null;
}

export async function forgetIntention(): Promise<void> {
  await browser.storage.session.remove(KEY);
}
