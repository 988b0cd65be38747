/** A content script that runs only where the owner allowed it: the browser keeps it over restarts, not over updates. */
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
  if ((registered?.matches ?? []).join(' ') === patterns.join(' ')) return;
  if (registered) await browser.scripting.unregisterContentScripts({ ids: [id] });
  if (patterns.length === 0) return;
  await browser.scripting.registerContentScripts([
    { id, js: [file], matches: [...patterns], runAt, allFrames: false, persistAcrossSessions: true },
  ]);
}
