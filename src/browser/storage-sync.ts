/** `storage.sync`: the browser carries it to the owner's other machines where they are signed in to the browser. */
import type { SyncArea } from '../app/sync-ports.ts';
import { browser } from './api.ts';

/** First turn only: what another machine wrote wakes a background that sleeps. Own writes are told as well. */
export function onSyncAreaChange(heard: (keys: readonly string[]) => void): void {
  browser.storage.sync.onChanged.addListener((changes) => heard(Object.keys(changes)));
}

export const syncArea: SyncArea = {
  get: (keys) => browser.storage.sync.get(keys === null ? null : [...keys]),
  set: (items) => browser.storage.sync.set({ ...items }),
  remove: (keys) => browser.storage.sync.remove([...keys]),
};
