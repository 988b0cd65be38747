/** The ways out. What stands on this browser stays in each of them. */
import { useState } from 'preact/hooks';
import { useSyncAct } from './sync-act.ts';
import type { SyncStateProps } from './sync-state.tsx';
import { SyncSure } from './sync-sure.tsx';
import { SyncTold } from './sync-told.tsx';

export function SyncStop({ words, ask }: SyncStateProps) {
  const [isSure, setSure] = useState(false);
  const act = useSyncAct(words);
  const stop = (removes: 'nothing' | 'own' | 'all'): void =>
    void act.run('syncStopping', () => ask({ do: 'sync-stop', removes }));
  return (
    <section aria-labelledby="sync-stop">
      <h3 id="sync-stop">{words.say('syncStopTitle')}</h3>
      <p class="quiet">{words.say('syncStopText')}</p>
      <p class="acts">
        <button type="button" disabled={act.busy !== null} onClick={() => stop('own')}>
          {words.say('syncStopOwn')}
        </button>
        <button type="button" disabled={act.busy !== null} onClick={() => stop('nothing')}>
          {words.say('syncStopHere')}
        </button>
        <button type="button" disabled={act.busy !== null} aria-expanded={isSure} onClick={() => setSure(!isSure)}>
          {words.say('syncStopAll')}
        </button>
      </p>
      {isSure && (
        <SyncSure
          {...{ words, act }}
          text="syncStopAllText"
          yes="syncStopAllNow"
          go={() => stop('all')}
          cancel={() => setSure(false)}
        />
      )}
      <SyncTold act={act} words={words} />
      {act.refusal !== null && <p class="remark">{words.say('syncStopNot')}</p>}
    </section>
  );
}
