/** Not set up yet: where the sealed files lie, and whether this browser is the first one or joins another. */
import { useState } from 'preact/hooks';
import type { SyncPlace } from '../../core/sync-setting.ts';
import type { DashboardProps } from './dashboard.tsx';
import { useSyncAct } from './sync-act.ts';
import { deviceLabel, SYNC_SERVICES, type SyncService, WebdavFields, webdavFrom } from './sync-place.tsx';
import { SyncSure } from './sync-sure.tsx';
import { SyncTold } from './sync-told.tsx';

interface SyncSetUpProps extends Pick<DashboardProps, 'words' | 'ask' | 'allow'> {
  readonly showCode: (code: string) => void;
}

export function SyncSetUp({ words, ask, allow, showCode }: SyncSetUpProps) {
  const [kind, setKind] = useState<SyncPlace['kind']>('area');
  const [service, setService] = useState<SyncService>(SYNC_SERVICES[0]);
  const [joins, setJoins] = useState(false);
  const [isSure, setSure] = useState(false);
  const act = useSyncAct(words);

  /** `anew`: the owner's second word that what lies there may go. */
  const start = (element: HTMLFormElement, anew: boolean): void => {
    const form = new FormData(element);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    const typed = kind === 'webdav' ? webdavFrom(form) : null;
    const isMissing = typed === 'missing' || text('label') === '' || (joins && text('code') === '');
    if (isMissing || typed === 'address') {
      act.say(isMissing ? words.say('syncFieldsMissing') : words.failure('sync-address-bad'));
      const fields = [...element.querySelectorAll<HTMLInputElement>('input[required]')].filter(
        (field) => !field.closest('[hidden]'),
      );
      fields.find(({ name, value }) => (isMissing ? value.trim() === '' : name === 'url'))?.focus(); // always there: it was missed
      return;
    }
    const place: SyncPlace = typed === null ? { kind: 'area' } : typed.place;
    // The browser's own sync asks for nothing.
    const asked = typed === null ? Promise.resolve(true) : allow(typed.patterns, true);
    const of = { place, label: text('label'), sharesChannels: form.has('sharesChannels') };
    void act
      .run(joins ? 'syncJoining' : 'syncCreating', async () => {
        // The browser would not even ask: the same no.
        if (!(await asked.catch(() => false))) return { kind: 'refused', code: 'sync-no-permission' };
        if (joins) return ask({ do: 'sync-join', ...of, code: text('code') });
        return ask({ do: 'sync-create', ...of, ...(anew && { anew }) });
      })
      .then((answer) => answer?.code && showCode(answer.code));
  };
  return (
    <form
      class="sync-form"
      // The second word was about what stood here when it was asked.
      onInput={() => {
        setSure(false);
        if (act.refusal === 'sync-vault-exists') act.say(null);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        start(event.currentTarget, false);
      }}
      noValidate
      autocomplete="off"
    >
      <fieldset class="choices">
        <legend>{words.say('syncWhere')}</legend>
        {(['area', 'webdav'] as const).map((each) => (
          <label key={each} class="service">
            <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
            <span>
              <b>{words.say(each === 'area' ? 'syncPlaceArea' : 'syncPlaceWebdav')}</b>
              <span class="quiet">{words.say(each === 'area' ? 'syncPlaceAreaText' : 'syncPlaceWebdavText')}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <WebdavFields isAsked={kind === 'webdav'} {...{ words, service, setService }} />
      <fieldset class="choices">
        <legend>{words.say('syncWhich')}</legend>
        {([false, true] as const).map((each) => (
          <label key={String(each)} class="service">
            <input type="radio" name="joins" checked={joins === each} onChange={() => setJoins(each)} />
            <span>
              <b>{words.say(each ? 'syncJoin' : 'syncCreate')}</b>
              <span class="quiet">{words.say(each ? 'syncJoinText' : 'syncCreateText')}</span>
            </span>
          </label>
        ))}
        <label class="field" hidden={!joins}>
          {words.say('syncCodeField')}
          <input
            name="code"
            disabled={!joins}
            required
            class="typed-code"
            spellcheck={false}
            autocapitalize="characters"
            placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"
            aria-invalid={CODE_REFUSALS.includes(act.refusal ?? '')}
            aria-describedby="sync-code-hint"
          />
          <span class="quiet" id="sync-code-hint">
            {words.say('syncCodeTolerant')}
          </span>
        </label>
      </fieldset>
      <label class="field">
        {words.say('syncLabel')}
        <input name="label" required maxLength={60} defaultValue={deviceLabel(navigator.userAgent)} />
      </label>
      <label class="check">
        <input type="checkbox" name="sharesChannels" />
        {words.say('syncShare')}
      </label>
      <p class="quiet">{words.say('syncShareText')}</p>
      <p class="acts">
        <button type="submit" class="main" disabled={act.busy !== null}>
          {words.say(joins ? 'syncJoinNow' : 'syncCreateNow')}
        </button>
      </p>
      <SyncTold act={act} words={words} />
      {act.refusal === 'sync-vault-exists' && !joins && (
        <p class="acts">
          <button type="button" onClick={() => setJoins(true)}>
            {words.say('syncJoin')}
          </button>
          <button type="button" aria-expanded={isSure} onClick={() => setSure(!isSure)}>
            {words.say('syncAnew')}
          </button>
        </p>
      )}
      {act.refusal === 'sync-vault-exists' && !joins && isSure && (
        <SyncSure
          {...{ words, act }}
          text="syncAnewText"
          yes="syncAnewNow"
          go={(button) => start(button.form!, true)}
          cancel={() => setSure(false)}
        />
      )}
    </form>
  );
}

const CODE_REFUSALS: readonly string[] = ['sync-mistyped-code', 'sync-wrong-code'];
