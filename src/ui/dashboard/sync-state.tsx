/** Set up: how the last sync went, what asks for the owner, which browsers there are, and the ways to change it. */
import type { SyncView } from '../../app/sync-view.ts';
import { serverAddress } from '../../core/server-address.ts';
import type { DashboardProps } from './dashboard.tsx';
import { useSyncAct } from './sync-act.ts';
import { SyncDevices } from './sync-devices.tsx';
import { SyncHonours } from './sync-honours.tsx';
import { SyncKeys } from './sync-keys.tsx';
import { SyncMended } from './sync-mended.tsx';
import { SyncQuestionPanel } from './sync-question.tsx';
import { SyncStop } from './sync-stop.tsx';
import { SyncTold } from './sync-told.tsx';

/** What was begun longer ago than this was cut off. */
const FIRST_MS = 10 * 60_000;

export interface SyncStateProps extends DashboardProps {
  readonly place: NonNullable<SyncView['place']>;
  readonly showCode: (code: string) => void;
  readonly isCodeShown: boolean;
}

export function SyncState(props: SyncStateProps) {
  const { view, words, now, ask, allow, place } = props;
  const { doneAt, triedAt, failure, pausedUntil, told, honours } = view.sync;
  const act = useSyncAct(words);
  const patterns = place.kind === 'webdav' ? (serverAddress(place.url)?.patterns ?? []) : [];
  const sync = (): void => {
    // A permission that was taken back can be given again here.
    const asked = place.kind === 'webdav' ? allow(patterns, true) : Promise.resolve(true);
    void act.run('syncRunning', async () =>
      (await asked.catch(() => false)) ? ask({ do: 'sync-now' }) : { kind: 'refused', code: 'sync-no-permission' },
    );
  };
  // None has come to an end yet, and this one may be under way still.
  const isFirst = told === null && failure === null && triedAt !== null && now - triedAt < FIRST_MS;
  return (
    <>
      {view.sync.question !== null && <SyncQuestionPanel {...props} question={view.sync.question} />}
      <section aria-labelledby="sync-state">
        <h3 id="sync-state">{words.say('syncStateTitle')}</h3>
        <p>{place.kind === 'area' ? words.say('syncAtArea') : words.say('syncAtWebdav', place.url, place.user)}</p>
        <p role="status">
          {isFirst
            ? words.say('syncFirst')
            : doneAt === null
              ? words.say('syncNever')
              : words.say('syncLast', words.ago(doneAt, now))}
          {told && told.waiting > 0 && ` · ${words.say('syncWaiting', String(told.waiting))}`}
          {told?.hasUnsealed && ` · ${words.say('syncUnsealed')}`}
          {told && told.deferred > 0 && ` · ${words.say('syncDeferred', String(told.deferred))}`}
        </p>
        {pausedUntil !== null && pausedUntil > now && (
          <p class="remark">{words.say('syncPaused', words.moment(pausedUntil))}</p>
        )}
        <SyncMended {...props} />
        <p class="acts">
          <button type="button" class="main" disabled={act.busy !== null} aria-busy={act.busy !== null} onClick={sync}>
            {words.say('syncNow')}
          </button>
        </p>
        <SyncTold act={act} words={words} />
        {honours && <SyncHonours honours={honours} words={words} />}
      </section>
      <SyncDevices {...props} />
      <SyncKeys {...props} />
      <SyncStop {...props} />
    </>
  );
}
