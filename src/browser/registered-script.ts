/** Our scripts in pages: registered where the owner allowed it (kept over restarts, not over updates), and put into a tab. */
import { browser } from './api.ts';

export interface OwnScript {
  readonly id: string;
  /** Built file, as the manifest would name it. */
  readonly file: string;
  readonly runAt: 'document_start' | 'document_idle';
}

/** From now on the script runs on exactly these patterns; on none when the list is empty. */
export async function runScriptOn({ id, file, runAt }: OwnScript, patterns: readonly string[]): Promise<void> {
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [id] });
  const former = registered?.matches ?? [];
  if (former.join(' ') === patterns.join(' ')) return;
  if (registered) await browser.scripting.unregisterContentScripts({ ids: [id] });
  if (patterns.length === 0) return;
  await browser.scripting.registerContentScripts([
    { id, js: [file], matches: [...patterns], runAt, allFrames: false, persistAcrossSessions: true },
  ]);
  void runInOpenPages(
    file,
    patterns.filter((pattern) => !former.includes(pattern)),
  );
}

/**
 * The browser runs a script in pages that load from now on. In one that stands open there is none, or one that has lost
 * its extension to an update. Nobody waits for it: a page that is frozen answers when it is shown again.
 */
export async function runInOpenPages(file: string, patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) return;
  for (const { id, discarded } of await browser.tabs.query({ url: [...patterns] }).catch(() => []))
    if (id !== undefined && !discarded) void putScript(id, file).catch(() => undefined); // gone meanwhile
}

/** Gives the script's value; rejects when the tab is gone or may not be touched. `injectImmediately`: before the page has loaded. */
export async function putScript(tabId: number, file: string, injectImmediately = false): Promise<unknown> {
  const [first] = await browser.scripting.executeScript({ target: { tabId }, files: [file], injectImmediately });
  return first?.result;
}
