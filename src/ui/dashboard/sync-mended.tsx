/** What the last sync met and only the owner can mend, each with its way out beside it. */
import { useSyncAct } from './sync-act.ts';
import { LoginFields } from './sync-place.tsx';
import type { SyncStateProps } from './sync-state.tsx';
import { SyncTold } from './sync-told.tsx';

export function SyncMended({ view, words, now, ask, place }: SyncStateProps) {
  const { failure, failingSince, told } = view.sync;
  const act = useSyncAct(words);
  const typed = (event: SubmitEvent, name: string): string => {
    event.preventDefault();
    return String(new FormData(event.currentTarget as HTMLFormElement).get(name) ?? '');
  };
  const login = (event: SubmitEvent): void => {
    const [user, password] = [typed(event, 'user').trim(), typed(event, 'password')];
    if (user === '' || password === '') act.say(words.say('syncFieldsMissing'));
    else void act.run('syncRunning', () => ask({ do: 'sync-login', user, password }));
  };
  const join = (event: SubmitEvent): void => {
    const code = typed(event, 'code').trim();
    const { label, sharesChannels } = view.sync;
    if (code === '') {
      act.say(words.say('syncFieldsMissing'));
      return;
    }
    void act.run('syncJoining', () => ask({ do: 'sync-join', place: null, code, label, sharesChannels }));
  };
  const isMoved = told?.isClosed || told?.shouldMove;
  return (
    <>
      {failure !== null && (
        <p class="remark">
          {failingSince === null
            ? words.failure(failure)
            : words.say('syncFailing', words.ago(failingSince, now), words.failure(failure))}
        </p>
      )}
      {failure === 'sync-auth' && place.kind === 'webdav' && (
        <form class="sync-card" onSubmit={login} autocomplete="off">
          <LoginFields words={words} user={place.user} />
          <button type="submit" disabled={act.busy !== null}>
            {words.say('syncLogin')}
          </button>
        </form>
      )}
      {failure === 'sync-folder-emptied' && (
        <p class="acts">
          <button
            type="button"
            disabled={act.busy !== null}
            onClick={() => void act.run('syncRunning', () => ask({ do: 'sync-refill' }))}
          >
            {words.say('syncRefill')}
          </button>
          <button
            type="button"
            disabled={act.busy !== null}
            onClick={() => void act.run('syncStopping', () => ask({ do: 'sync-stop', removes: 'nothing' }))}
          >
            {words.say('syncStopHere')}
          </button>
        </p>
      )}
      {isMoved && (
        <form class="sync-card" onSubmit={join} autocomplete="off">
          <p>{words.say(told?.isClosed ? 'syncClosed' : 'syncOtherVault')}</p>
          <label class="field">
            {words.say('syncCodeField')}
            <input name="code" class="typed-code" spellcheck={false} />
          </label>
          <button type="submit" disabled={act.busy !== null}>
            {words.say('syncJoinNow')}
          </button>
        </form>
      )}
      <SyncTold act={act} words={words} />
    </>
  );
}
