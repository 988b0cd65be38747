import { browser, IS_FIREFOX } from './api.ts';

/** Everything but the alarm that may find the clock moved on. First turn only. */
export function onWakes(wake: (reason: 'start-up' | 'install' | 'active') => void): void {
  browser.runtime.onStartup.addListener(() => wake('start-up'));
  browser.runtime.onInstalled.addListener(() => wake('install'));
  browser.idle.onStateChanged.addListener((state) => {
    if (state === 'active') wake('active');
  });
}

/** First turn only. Neither an update of ours nor one of the browser's. */
export function onFirstInstall(job: () => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') job();
  });
}

/** First turn only. Pages that stand open have no script of this version; Firefox sees to those of the manifest by itself. */
export function onNewVersion(job: () => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (!IS_FIREFOX && (reason === 'install' || reason === 'update')) job();
  });
}

const SEEN = 'sessionSeen';

/** True once after the browser started or the extension was switched on again or updated: `storage.session` lives that long. */
export async function isNewSession(): Promise<boolean> {
  const { session } = browser.storage;
  const { [SEEN]: seen } = await session.get(SEEN);
  if (!seen) await session.set({ [SEEN]: true });
  return !seen;
}
