/** What is being done and what went wrong, for eyes and for screen readers. */
import type { Words } from '../../i18n/words.ts';
import type { SyncAct } from './sync-act.ts';

export function SyncTold({ act, words }: { readonly act: SyncAct; readonly words: Words }) {
  return (
    <>
      <p role="status" class="told">
        {act.busy && words.say(act.busy)}
      </p>
      {act.trouble && (
        <p role="alert" class="wrong">
          {act.trouble}
        </p>
      )}
    </>
  );
}
