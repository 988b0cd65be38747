/**
 * From a typed address to the calendars behind it: current-user-principal → calendar-home-set → calendars (RFC 4791,
 * RFC 6764, RFC 5397). tsdav writes and reads the XML; it is given a fetch that is bounded and follows nothing. Only the
 * page where a calendar is chosen needs it: the background does without its 90 kB.
 */
import { type DAVResponse, propfind } from 'tsdav';
import type { FoundCalendar, FoundCalendars } from '../../app/calendar-ports.ts';
import type { CalendarLogin } from '../../core/calendar-state.ts';
import { isTrusted, serverAddress } from '../../core/server-address.ts';
import { type Ask, askerFor, type CalendarTools, CalendarTrouble, told, troubleOf, whereTo } from './ask.ts';

/** Nobody has more, and each costs a line to choose from. */
const MOST_CALENDARS = 100;
const MOST_NAME = 100;

const CALENDAR_PROPS = {
  'd:displayname': {},
  'd:resourcetype': {},
  'd:current-user-privilege-set': {},
  'c:supported-calendar-component-set': {},
};

/** The calendars of this login that take events and may be written. Never throws. */
export function findCalendars(login: CalendarLogin, tools: CalendarTools): Promise<FoundCalendars> {
  return told(async () => ({ kind: 'found', calendars: await calendarsOf(login, tools) }));
}

async function calendarsOf(login: CalendarLogin, tools: CalendarTools): Promise<FoundCalendar[]> {
  const address = serverAddress(login.server);
  if (!address) throw new CalendarTrouble('calendar-address');
  const server = urlOf(address.url, 'calendar-address');
  const ask = askerFor(login, tools);
  let trouble = new CalendarTrouble('calendar-not-caldav');
  for (const start of startsOf(server)) {
    try {
      return await calendarsFrom(await landing(start, tools, ask), ask);
    } catch (error) {
      if (!(error instanceof CalendarTrouble) || !GOES_ON.includes(error.failure.code)) throw error;
      if (trouble.failure.code === 'calendar-not-caldav' && error.failure.code !== 'calendar-not-found')
        trouble = error;
    }
  }
  throw trouble;
}

/** After these the next address may still be right. */
const GOES_ON: readonly string[] = [
  'calendar-not-found',
  'calendar-not-caldav',
  'calendar-forbidden',
  'calendar-refused',
];

/** What was typed, where RFC 6764 says to look, and where Nextcloud and its like answer. */
function startsOf(typed: URL): string[] {
  const folder = typed.pathname.endsWith('/') ? typed.pathname : `${typed.pathname}/`;
  const known = `${typed.origin}/.well-known/caldav`;
  const first = folder === '/' ? [known, typed.href] : [typed.href, known];
  return [...first, `${typed.origin}${folder}remote.php/dav/`];
}

/** Where a start leads. Only the address is asked for without the login; the login then goes there straight, if at all. */
async function landing(start: string, tools: CalendarTools, ask: Ask): Promise<{ url: string; found: DAVResponse }> {
  const props = { 'd:current-user-principal': {}, ...CALENDAR_PROPS };
  try {
    return { url: start, found: await only(start, props, ask) };
  } catch (error) {
    if (!(error instanceof CalendarTrouble) || error.failure.code !== 'calendar-redirected') throw error;
    const url = await whereTo(start, tools);
    if (url === null || url === start) throw new CalendarTrouble('calendar-not-caldav');
    if (!isTrusted(new URL(url).origin, new URL(start).origin)) throw new CalendarTrouble('calendar-elsewhere');
    return { url, found: await only(url, props, ask) };
  }
}

async function calendarsFrom({ url, found }: { url: string; found: DAVResponse }, ask: Ask): Promise<FoundCalendar[]> {
  if (isCalendar(found)) return writable([found], url);
  const [principal] = hrefsOf(found.props?.currentUserPrincipal);
  if (principal === undefined) throw new CalendarTrouble('calendar-not-caldav');
  const principalUrl = resolved(principal, url);
  const home = await only(principalUrl, { 'c:calendar-home-set': {} }, ask);
  const homes = hrefsOf(home.props?.calendarHomeSet).slice(0, 3);
  if (homes.length === 0) throw new CalendarTrouble('calendar-not-caldav');
  const calendars: FoundCalendar[] = [];
  for (const each of homes) {
    const homeUrl = resolved(each, principalUrl);
    calendars.push(...writable(await props(homeUrl, CALENDAR_PROPS, '1', ask), homeUrl));
  }
  if (calendars.length === 0) throw new CalendarTrouble('calendar-none');
  return calendars.slice(0, MOST_CALENDARS);
}

async function only(url: string, wanted: object, ask: Ask): Promise<DAVResponse> {
  const [first] = await props(url, wanted, '0', ask);
  if (!first?.props) throw new CalendarTrouble('calendar-not-caldav');
  return first;
}

async function props(url: string, wanted: object, depth: '0' | '1', ask: Ask): Promise<DAVResponse[]> {
  const found = await propfind({ url, props: wanted as Record<string, object>, depth, fetch: davFetch(ask) });
  return found.filter((each) => each.props !== undefined);
}

/** What tsdav needs of a fetch. It gets a multistatus in XML or nothing: whatever else came is told by its status. */
function davFetch(ask: Ask): typeof fetch {
  return (async (url: string, init: { method: string; headers: Record<string, string>; body: string }) => {
    const { method, headers, body } = init;
    const answer = await ask(url, { method, headers, body });
    if (answer.status !== 207) throw troubleOf(answer);
    if (!/xml/i.test(answer.headers.get('Content-Type') ?? '')) throw new CalendarTrouble('calendar-not-caldav');
    return { ok: true, status: 207, statusText: '', url, headers: answer.headers, text: async () => answer.text };
  }) as unknown as typeof fetch;
}

/** Of what tsdav made of the XML, which may be anything. */
type Loose = Record<string, unknown>;

function looseOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function hrefsOf(value: unknown): string[] {
  return listOf(looseOf(value).href).filter((href) => typeof href === 'string' && href !== '') as string[];
}

function isCalendar({ props: found }: DAVResponse): boolean {
  const { calendar, subscribed } = looseOf(found?.resourcetype);
  return calendar !== undefined && subscribed === undefined;
}

function writable(found: readonly DAVResponse[], base: string): FoundCalendar[] {
  return found
    .filter((each) => isCalendar(each) && takesEvents(each) && mayWrite(each))
    .map((each) => {
      const url = resolved(each.href ?? '', base);
      const name = textOf(each.props?.displayname).slice(0, MOST_NAME);
      return { url: url.endsWith('/') ? url : `${url}/`, name: name || nameIn(url) };
    });
}

/** A server that does not say takes all. */
function takesEvents({ props: found }: DAVResponse): boolean {
  const parts = listOf(looseOf(found?.supportedCalendarComponentSet).comp);
  const names = parts.map((part) => looseOf(looseOf(part)._attributes).name);
  return names.length === 0 || names.includes('VEVENT');
}

function mayWrite({ props: found }: DAVResponse): boolean {
  const privileges = listOf(looseOf(found?.currentUserPrivilegeSet).privilege).flatMap((each) =>
    Object.keys(looseOf(each)),
  );
  return privileges.length === 0 || ['all', 'write', 'writeContent', 'bind'].some((name) => privileges.includes(name));
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value).trim();
  return typeof looseOf(value)._cdata === 'string' ? String(looseOf(value)._cdata).trim() : '';
}

function resolved(href: string, base: string): string {
  return urlOf(href, 'calendar-not-caldav', base).href;
}

function urlOf(text: string, trouble: string, base?: string): URL {
  try {
    return new URL(text, base);
  } catch {
    throw new CalendarTrouble(trouble);
  }
}

/** Names come from the href alone (facts/sync.md). */
function nameIn(href: string): string {
  const name = href.split('/').filter(Boolean).at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a broken escape stays as it stands
  }
}
