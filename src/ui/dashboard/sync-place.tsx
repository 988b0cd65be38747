/** A WebDAV folder as it is typed, with what is the same for everybody filled in. */
import { serverAddress } from '../../core/server-address.ts';
import type { SyncPlace } from '../../core/sync-setting.ts';
import type { Words } from '../../i18n/words.ts';

export const SYNC_SERVICES = [
  { name: 'nutstore', folder: 'https://dav.jianguoyun.com/dav/duly/' },
  { name: 'nextcloud', folder: '' },
  { name: 'synology', folder: '' },
  { name: 'other', folder: '' },
] as const;
export type SyncService = (typeof SYNC_SERVICES)[number];

const SHAPES: Readonly<Record<SyncService['name'], string>> = {
  nutstore: '',
  nextcloud: 'https://…/remote.php/dav/files/…/duly/',
  synology: 'https://…:5006/…/duly/',
  other: 'https://…/duly/',
};

interface WebdavFieldsProps {
  /** Out of sight and not sent, it keeps what was typed. */
  readonly isAsked: boolean;
  readonly words: Words;
  readonly service: SyncService;
  readonly setService: (service: SyncService) => void;
}

export function WebdavFields({ isAsked, words, service, setService }: WebdavFieldsProps) {
  return (
    <fieldset class="choices" hidden={!isAsked} disabled={!isAsked}>
      <legend>{words.say('syncPlaceWebdav')}</legend>
      <label class="field">
        {words.say('syncService')}
        <select
          value={service.name}
          onChange={({ currentTarget }) =>
            setService(SYNC_SERVICES.find(({ name }) => name === currentTarget.value) ?? SYNC_SERVICES[0])
          }
        >
          {SYNC_SERVICES.map(({ name }) => (
            <option key={name} value={name}>
              {words.say(`syncService_${name}`)}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{words.say(`syncHint_${service.name}`)}</p>
      <label class="field">
        {words.say('syncFolder')}
        <input
          key={service.name}
          name="url"
          required
          inputMode="url"
          spellcheck={false}
          defaultValue={service.folder}
          placeholder={SHAPES[service.name]}
        />
      </label>
      <LoginFields words={words} user="" />
    </fieldset>
  );
}

export function LoginFields({ words, user }: { readonly words: Words; readonly user: string }) {
  return (
    <>
      <label class="field">
        {words.say('syncUser')}
        <input name="user" required autocomplete="off" spellcheck={false} defaultValue={user} />
      </label>
      <label class="field">
        {words.say('syncPassword')}
        <input name="password" type="password" required autocomplete="new-password" />
      </label>
    </>
  );
}

type Typed =
  | 'missing'
  | 'address'
  | { readonly place: Extract<SyncPlace, { kind: 'webdav' }>; readonly patterns: readonly string[] };

export function webdavFrom(form: FormData): Typed {
  const [url, user] = [String(form.get('url') ?? '').trim(), String(form.get('user') ?? '').trim()];
  const password = String(form.get('password') ?? '');
  if (url === '' || user === '' || password === '') return 'missing';
  const address = serverAddress(url);
  return address
    ? { place: { kind: 'webdav', url: address.url, user, password }, patterns: address.patterns }
    : 'address';
}

/** What the owner's list of browsers calls this one until they call it otherwise. */
export function deviceLabel(agent: string): string {
  const browser = /Firefox\//.test(agent) ? 'Firefox' : /Edg\//.test(agent) ? 'Edge' : 'Chrome';
  const system = /Windows/.test(agent)
    ? 'Windows'
    : /Mac OS X/.test(agent)
      ? 'Mac'
      : /Linux/.test(agent)
        ? 'Linux'
        : '';
  return system ? `${browser} · ${system}` : browser;
}
