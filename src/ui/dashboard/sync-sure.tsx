/** The second word before something is removed for good. */
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import type { SyncAct } from './sync-act.ts';

interface SyncSureProps {
  readonly words: Words;
  readonly act: SyncAct;
  readonly text: MessageKey;
  readonly yes: MessageKey;
  readonly go: (button: HTMLButtonElement) => void;
  readonly cancel: () => void;
}

export function SyncSure({ words, act, text, yes, go, cancel }: SyncSureProps) {
  return (
    <div class="sync-card">
      <p>{words.say(text)}</p>
      <p class="acts">
        <button type="button" disabled={act.busy !== null} onClick={({ currentTarget }) => go(currentTarget)}>
          {words.say(yes)}
        </button>
        <button type="button" onClick={cancel}>
          {words.say('formCancel')}
        </button>
      </p>
    </div>
  );
}
