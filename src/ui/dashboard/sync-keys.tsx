/** The code of the vault: another one, or another vault where a browser was lost. And whether channels travel along. */
import { useState } from 'preact/hooks';
import type { SyncAnswer } from '../../app/sync-ports.ts';
import { useSyncAct } from './sync-act.ts';
import type { SyncStateProps } from './sync-state.tsx';
import { SyncTold } from './sync-told.tsx';

export function SyncKeys({ view, words, ask, showCode, isCodeShown }: SyncStateProps) {
  const [open, setOpen] = useState<'code' | 'remove' | null>(null);
  const act = useSyncAct(words);
  const shown = (answer: SyncAnswer | null): void => {
    if (answer?.kind !== 'done' || !answer.code) return;
    setOpen(null);
    showCode(answer.code);
    if (answer.oldCodeOpens) act.say(words.say('syncOldCodeOpens'));
  };
  const change = (event: SubmitEvent): void => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget as HTMLFormElement).get('code') ?? '').trim();
    if (code === '') act.say(words.say('syncFieldsMissing'));
    else void act.run('syncCreating', () => ask({ do: 'sync-change-code', code })).then(shown);
  };
  const share = (box: HTMLInputElement): void => {
    const isShared = box.checked;
    // What was not done is not shown as done.
    void act
      .run('syncRunning', () => ask({ do: 'sync-share', isShared }))
      .then((answer) => {
        if (answer === null) box.checked = !isShared;
      });
  };
  const toggle = (which: 'code' | 'remove'): void => {
    setOpen(open === which ? null : which);
    act.say(null);
  };
  const isBlocked = act.busy !== null || isCodeShown;
  return (
    <section aria-labelledby="sync-keys">
      <h3 id="sync-keys">{words.say('syncKeys')}</h3>
      <label class="check">
        <input
          type="checkbox"
          checked={view.sync.sharesChannels}
          disabled={act.busy !== null}
          onChange={({ currentTarget }) => share(currentTarget)}
        />
        {words.say('syncShare')}
      </label>
      <p class="quiet">{words.say('syncShareText')}</p>
      <p class="acts">
        <button type="button" disabled={isBlocked} aria-expanded={open === 'code'} onClick={() => toggle('code')}>
          {words.say('syncChangeCode')}
        </button>
        <button type="button" disabled={isBlocked} aria-expanded={open === 'remove'} onClick={() => toggle('remove')}>
          {words.say('syncRemoveDevice')}
        </button>
      </p>
      {open === 'code' && (
        <form class="sync-card" onSubmit={change} autocomplete="off">
          <p>{words.say('syncChangeCodeText')}</p>
          <label class="field">
            {words.say('syncOldCode')}
            <input name="code" class="typed-code" spellcheck={false} />
          </label>
          <p class="acts">
            <button type="submit" disabled={isBlocked}>
              {words.say('syncChangeCode')}
            </button>
            <button type="button" onClick={() => setOpen(null)}>
              {words.say('formCancel')}
            </button>
          </p>
        </form>
      )}
      {open === 'remove' && (
        <div class="sync-card">
          <p>{words.say('syncRemoveText')}</p>
          <ul>
            <li>{words.say('syncRemoveKeeps')}</li>
            <li>{words.say('syncRemovePassword')}</li>
            <li>{words.say('syncRemoveJoin')}</li>
          </ul>
          <p class="acts">
            <button
              type="button"
              disabled={isBlocked}
              onClick={() => void act.run('syncCreating', () => ask({ do: 'sync-new-vault' })).then(shown)}
            >
              {words.say('syncRemoveNow')}
            </button>
            <button type="button" onClick={() => setOpen(null)}>
              {words.say('formCancel')}
            </button>
          </p>
        </div>
      )}
      <SyncTold act={act} words={words} />
    </section>
  );
}
