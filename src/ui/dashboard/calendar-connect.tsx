/** Connecting a calendar: the service, its address and app password, then which calendar. Nothing is kept before that. */
import { useState } from 'preact/hooks';
import type { FoundCalendar } from '../../app/calendar-ports.ts';
import type { CalendarLogin } from '../../core/calendar-state.ts';
import { serverAddress } from '../../core/server-address.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { CalendarPanelProps } from './calendar-panel.tsx';

/** What the owner chooses from; the address where it is the same for everybody. */
const SERVICES = [
  { name: 'icloud', server: 'https://caldav.icloud.com' },
  { name: 'nextcloud', server: '' },
  { name: 'synology', server: '' },
  { name: 'other', server: '' },
] as const;

/** What was typed, and what it led to: it stands in the form again on the way back. */
interface Found {
  readonly service: string;
  readonly login: CalendarLogin;
  readonly showsDetails: boolean;
  readonly calendars: readonly FoundCalendar[];
}

export function CalendarConnect({ words, ask, allow, findCalendars }: CalendarPanelProps) {
  const [service, setService] = useState<(typeof SERVICES)[number]>(SERVICES[0]);
  const [found, setFound] = useState<Found | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  const [busy, setBusy] = useState<MessageKey | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const run = async (doing: MessageKey, work: () => Promise<string | null>): Promise<void> => {
    setBusy(doing);
    setTrouble(null);
    // The background or the page's own reader did not answer: what was typed stays.
    setTrouble(await work().catch(() => words.say('calendarNoAnswer')));
    setBusy(null);
  };
  const find = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const typed = (name: string): string => String(form.get(name) ?? '').trim();
    const login = { server: typed('server'), user: typed('user'), password: String(form.get('password') ?? '') };
    const address = serverAddress(login.server);
    const isMissing = login.server === '' || login.user === '' || login.password === '';
    if (isMissing || !address) {
      setTrouble(words.say(isMissing ? 'calendarFieldsMissing' : 'calendarAddressWrong'));
      return;
    }
    const asked = allow(address.patterns, true);
    void run('calendarFinding', async () => {
      // The browser would not even ask: the same no.
      if (!(await asked.catch(() => false))) return words.say('calendarDenied');
      const answer = await findCalendars(login);
      if (answer.kind === 'failed') return words.failure(answer.code);
      setFound({
        service: service.name,
        login,
        showsDetails: form.get('details') === 'on',
        calendars: answer.calendars,
      });
      setChoosing(true);
      return null;
    });
  };
  const use = (event: SubmitEvent): void => {
    event.preventDefault();
    const url = String(new FormData(event.currentTarget as HTMLFormElement).get('calendar'));
    const chosen = found?.calendars.find((calendar) => calendar.url === url);
    if (!found || !chosen) return;
    void run('calendarUsing', async () => {
      const account = { ...found.login, url, name: chosen.name, showsDetails: found.showsDetails };
      const answer = await ask({ do: 'calendar-choose', account });
      return answer.kind === 'failed' ? words.failure(answer.code) : null;
    });
  };
  const told = (
    <>
      <p role="status">{busy && words.say(busy)}</p>
      {trouble && <p role="alert">{trouble}</p>}
    </>
  );

  if (found && isChoosing)
    return (
      <form class="calendar-form" onSubmit={use}>
        <fieldset>
          <legend>{words.say('calendarChoose')}</legend>
          {found.calendars.map(({ url, name }, at) => (
            <label class="check" key={url}>
              <input type="radio" name="calendar" value={url} defaultChecked={at === 0} />
              {name}
            </label>
          ))}
        </fieldset>
        <p class="acts">
          <button type="submit" class="main" disabled={busy !== null}>
            {words.say('calendarUse')}
          </button>
          <button type="button" disabled={busy !== null} onClick={() => setChoosing(false)}>
            {words.say('calendarBack')}
          </button>
        </p>
        {told}
      </form>
    );
  return (
    <form class="calendar-form" onSubmit={find} autocomplete="off">
      <label>
        {words.say('calendarService')}
        <select
          name="service"
          value={service.name}
          onChange={({ currentTarget }) => {
            setService(SERVICES.find(({ name }) => name === currentTarget.value) ?? SERVICES[0]);
            setTrouble(null);
          }}
        >
          {SERVICES.map(({ name }) => (
            <option key={name} value={name}>
              {words.say(`calendarService_${name}`)}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{words.say(`calendarHint_${service.name}`)}</p>
      <label>
        {words.say('calendarServer')}
        <input
          key={service.name}
          name="server"
          inputMode="url"
          spellcheck={false}
          defaultValue={found?.service === service.name ? found.login.server : service.server}
          placeholder="https://"
        />
      </label>
      <label>
        {words.say('calendarUser')}
        <input name="user" autocomplete="off" spellcheck={false} defaultValue={found?.login.user} />
      </label>
      <label>
        {words.say('calendarPassword')}
        <input name="password" type="password" autocomplete="new-password" defaultValue={found?.login.password} />
      </label>
      <label class="check">
        <input name="details" type="checkbox" defaultChecked={found?.showsDetails} />
        {words.say('calendarDetails')}
      </label>
      <p>
        <button type="submit" class="main" disabled={busy !== null}>
          {words.say('calendarFind')}
        </button>
      </p>
      {told}
    </form>
  );
}
