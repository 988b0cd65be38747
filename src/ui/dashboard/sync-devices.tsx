/** Which browsers there are, what each last sent, and which files were refused. */
import { useState } from 'preact/hooks';
import { DRIFT_MS } from '../../core/record/clock.ts';
import { Table } from '../parts/table.tsx';
import { useSyncAct } from './sync-act.ts';
import type { SyncStateProps } from './sync-state.tsx';
import { SyncTold } from './sync-told.tsx';

export function SyncDevices({ view, words, now, ask }: SyncStateProps) {
  const { told, label, doneAt } = view.sync;
  const [isNaming, setNaming] = useState(false);
  const act = useSyncAct(words);
  const rename = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('label') ?? '').trim();
    if (name === '' || name === label) setNaming(false);
    else
      void act
        .run('syncRunning', () => ask({ do: 'sync-label', label: name }))
        .then((answer) => answer && setNaming(false));
  };
  const gone = new Set(
    told?.refused.filter(({ code }) => code === 'sync-device-gone').map(({ name }) => name.split('-')[0]),
  );
  const others = (told?.devices ?? []).filter(({ device }) => device !== told?.device);
  // Sent before it was read: by so much at least its clock is ahead.
  const ahead = others.flatMap(({ device, label: name, sentAt, readAt }) => {
    const ms = (sentAt ?? 0) - (readAt ?? Number.POSITIVE_INFINITY);
    return ms > DRIFT_MS ? [{ device, name: name || device, ms }] : [];
  });
  return (
    <section aria-labelledby="sync-devices">
      <h3 id="sync-devices">{words.say('syncDevices')}</h3>
      <Table
        names={[words.say('syncDevice'), words.say('syncSent'), words.say('syncRead'), words.say('columnActions')]}
      >
        <tr>
          <th scope="row" class="title">
            {isNaming ? (
              <form class="acts" onSubmit={rename}>
                <input name="label" aria-label={words.say('syncLabel')} maxLength={60} defaultValue={label} />
                <button type="submit" disabled={act.busy !== null}>
                  {words.say('formSave')}
                </button>
              </form>
            ) : (
              label
            )}{' '}
            <span class="state ready">{words.say('syncThis')}</span>
          </th>
          <td>{doneAt === null ? '—' : words.ago(doneAt, now)}</td>
          <td>—</td>
          <td>
            <div class="acts">
              <button type="button" aria-expanded={isNaming} onClick={() => setNaming(!isNaming)}>
                {words.say('syncRename')}
              </button>
            </div>
          </td>
        </tr>
        {others.map(({ device, label: name, sentAt, readAt }) => (
          <tr key={device}>
            <th scope="row" class="title">
              {name || device} {gone.has(device) && <span class="state failed">{words.say('syncGone')}</span>}
            </th>
            <td>{sentAt === null ? '—' : words.ago(sentAt, now)}</td>
            <td>{readAt === null ? '—' : words.ago(readAt, now)}</td>
            <td>
              <div class="acts">
                <button
                  type="button"
                  disabled={act.busy !== null}
                  aria-label={words.say('syncForgetOf', name || device)}
                  onClick={() => void act.run('syncRunning', () => ask({ do: 'sync-forget-device', device }))}
                >
                  {words.say('syncForget')}
                </button>
              </div>
            </td>
          </tr>
        ))}
      </Table>
      {ahead.map(({ device, name, ms }) => (
        <p key={device} class="remark">
          {words.say('syncClockAhead', name, words.span(ms))}
        </p>
      ))}
      {others.length === 0 && doneAt !== null && <p class="quiet">{words.say('syncAlone')}</p>}
      {told?.renamed && <p class="quiet">{words.say('syncRenamed')}</p>}
      <SyncTold act={act} words={words} />
      {told && told.refused.length > 0 && (
        <details>
          <summary>{words.say('syncRefused', String(told.refused.length))}</summary>
          <ul class="plain">
            {told.refused.map(({ name, code }) => (
              <li key={name}>
                <code class="address">{name}</code> {words.failure(code)}
              </li>
            ))}
          </ul>
          <p class="quiet">{words.say('syncRefusedText')}</p>
        </details>
      )}
      {told && told.strangers > 0 && <p class="quiet">{words.say('syncStrangers', String(told.strangers))}</p>}
    </section>
  );
}
