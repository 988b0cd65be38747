/** What our pages may know of syncing: never the password, nor the key. */
import type { Sync, SyncQuestion, SyncTold } from '../core/sync-setting.ts';

export interface SyncView
  extends Pick<
    Sync,
    'label' | 'sharesChannels' | 'honours' | 'triedAt' | 'doneAt' | 'failure' | 'pausedUntil' | 'failingSince'
  > {
  /** Null: not set up. */
  readonly place:
    | { readonly kind: 'area' }
    | { readonly kind: 'webdav'; readonly url: string; readonly user: string }
    | null;
  readonly told: SyncTold | null;
  readonly question: readonly SyncQuestion[] | null;
}

export function syncViewOf(sync: Sync): SyncView {
  const { place, label, sharesChannels, honours, triedAt, doneAt, failure, pausedUntil, failingSince, told, question } =
    sync;
  return {
    place: place?.kind === 'webdav' ? { kind: 'webdav', url: place.url, user: place.user } : place && { kind: 'area' },
    ...{ label, sharesChannels, honours, triedAt, doneAt, failure, pausedUntil, failingSince, told, question },
  };
}
