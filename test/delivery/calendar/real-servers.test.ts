/** CalDAV against a real Radicale, and against WebDAV servers that are no calendar servers; all from Debian's packages. */
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  calendarFile,
  chooseCalendar,
  keepInStep,
  showDetails,
  stopCalendar,
  writeNow,
} from '../../../src/app/calendar.ts';
import type { Calendars } from '../../../src/app/calendar-ports.ts';
import { act } from '../../../src/app/owner-acts.ts';
import type { Bill } from '../../../src/core/bill.ts';
import type { CalendarAccount, CalendarLogin } from '../../../src/core/calendar-state.ts';
import { DAY_MS } from '../../../src/core/day.ts';
import type { Fen } from '../../../src/core/money.ts';
import type { CalendarTools } from '../../../src/delivery/calendar/ask.ts';
import { openCalendars } from '../../../src/delivery/calendar/caldav.ts';
import { findCalendars } from '../../../src/delivery/calendar/discover.ts';
import { wordsIn } from '../../../src/i18n/words.ts';
import { portsOver } from '../../app/ports-over.ts';
import { put as putBills } from '../../contracts/store-contract.ts';
import { at, bill, day } from '../../core/made-up.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sayFrom } from '../../i18n/say-from.ts';
import { startServer } from '../../sync/servers.ts';
import { PASSWORD, type Started, startRadicale, USER } from './servers.ts';

const now = at('2026-09-01 12:00');
const ahead = (part: Partial<Bill> = {}) => bill({ owedSince: now, readAt: now, ...part });
const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const requests: string[] = [];
const tools: CalendarTools = {
  fetch: (url, init) => {
    requests.push(`${init?.method ?? 'GET'} ${new URL(String(url)).pathname}`);
    return fetch(url, init);
  },
  isAllowed: async () => true,
};
const calendars: Calendars = openCalendars(tools, words);
/** As some proxies answer for every address while the server behind them is down. */
const behindProxy: Calendars = openCalendars(
  { ...tools, fetch: async () => new Response('404 page not found', { status: 404 }) },
  words,
);
const find = (login: CalendarLogin) => findCalendars(login, tools);
const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
const hash = async (text: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex');

function world(...bills: Bill[]) {
  const { ports } = portsOver(memoryStore({ bills }), { now });
  return { ...ports, ids: { ...ports.ids, hash } };
}

describe('a real Radicale', () => {
  let server: Started;
  let login: CalendarLogin;

  const ask = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, server.origin), {
      method,
      headers: { Authorization: authorization, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const makeCalendar = async (name: string, title: string, parts = '<C:comp name="VEVENT"/>'): Promise<void> => {
    const made = await ask(
      'MKCALENDAR',
      `/${USER}/${name}/`,
      `<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop><D:displayname>${title}</D:displayname><C:supported-calendar-component-set>${parts}</C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>`,
    );
    expect(made.status).toBe(201);
  };
  const accountFor = (name: string, part: Partial<CalendarAccount> = {}): CalendarAccount => ({
    ...login,
    url: `${server.origin}/${USER}/${name}/`,
    name,
    showsDetails: false,
    ...part,
  });
  /** Every event of the calendar as the server gives it to any other program. */
  const eventsIn = async (name: string) => {
    const text = await (await ask('GET', `/${USER}/${name}/`)).text();
    const root = text ? new ICAL.Component(ICAL.parse(text)) : null;
    return (root?.getAllSubcomponents('vevent') ?? [])
      .map((component) => ({
        uid: String(component.getFirstPropertyValue('uid')),
        summary: component.getFirstPropertyValue('summary'),
        day: String(component.getFirstPropertyValue('dtstart')),
        location: component.getFirstPropertyValue('location'),
        alarms: component.getAllSubcomponents('valarm').map((alarm) => {
          const trigger = alarm.getFirstProperty('trigger')!;
          expect(trigger.type).toBe('date-time');
          return (trigger.getFirstValue() as InstanceType<typeof ICAL.Time>).toJSDate().getTime();
        }),
      }))
      .sort((a, b) => (a.day < b.day ? -1 : 1));
  };

  beforeAll(async () => {
    server = await startRadicale();
    login = { server: `${server.origin}/`, user: USER, password: PASSWORD };
    await ask('PROPFIND', `/${USER}/`);
  }, 30_000);
  afterAll(() => server.end());

  it('an account without any calendar says so; then those that take events are found, by their names', async () => {
    expect(await find(login)).toEqual({ kind: 'failed', code: 'calendar-none' });
    await makeCalendar('home', '家里 &amp; 账单');
    await makeCalendar('tasks', '待办', '<C:comp name="VTODO"/>');
    await makeCalendar('number', '2026');
    const answer = await find(login);
    expect(answer.kind === 'found' && [...answer.calendars].sort((a, b) => (a.url < b.url ? -1 : 1))).toEqual([
      { url: `${server.origin}/${USER}/home/`, name: '家里 & 账单' },
      { url: `${server.origin}/${USER}/number/`, name: '2026' },
    ]);
  });

  it('is found from the server, the well-known address, the principal, and the calendar itself', async () => {
    for (const path of ['', '/', '/.well-known/caldav', `/${USER}/`]) {
      const answer = await find({ ...login, server: server.origin + path });
      expect(answer.kind === 'found' && answer.calendars.length, path).toBe(2);
    }
    expect(await find({ ...login, server: `${server.origin}/${USER}/home/` })).toEqual({
      kind: 'found',
      calendars: [{ url: `${server.origin}/${USER}/home/`, name: '家里 & 账单' }],
    });
  });

  it('a wrong password is told as that, and is not tried at another address', async () => {
    requests.length = 0;
    expect(await find({ ...login, password: 'wrong' })).toEqual({
      kind: 'failed',
      code: 'calendar-wrong-login',
    });
    // The well-known address sends us on (asked once more without the login), and one refusal ends it.
    expect(requests).toEqual(['PROPFIND /.well-known/caldav', 'PROPFIND /.well-known/caldav', 'PROPFIND /']);
  });

  it('entries are created, updated, removed when paid, and all of it stands on the server', async () => {
    await makeCalendar('life', '账单');
    const second = ahead({ id: 'made-up/default/k2', key: 'k2', dueDay: day('2026-09-20') });
    const ports = world(ahead(), second);
    expect(await chooseCalendar(ports, calendars, accountFor('life'))).toEqual({
      kind: 'done',
      written: 2,
      missing: 0,
    });
    const created = await eventsIn('life');
    expect(created.map((event) => event.day)).toEqual(['2026-09-14', '2026-09-20']);
    expect(created.map((event) => event.summary)).toEqual(['按时还：有一笔账单到期', '按时还：有一笔账单到期']);
    expect(created[0]?.alarms).toEqual(
      ['09-07 10:00', '09-11 10:00', '09-13 10:00', '09-14 10:00', '09-14 18:00', '09-14 21:00'].map((text) =>
        at(`2026-${text}`),
      ),
    );
    expect(created.every(({ uid }) => /^duly-[0-9a-f]{32}$/.test(uid))).toBe(true);

    requests.length = 0;
    await keepInStep(ports, calendars);
    expect(requests, 'nothing changed').toEqual([]);
    ports.at(now + DAY_MS);
    await keepInStep(ports, calendars);
    await keepInStep(ports, calendars);
    const names = created.map(({ uid }) => `GET /${USER}/life/${uid}.ics`);
    expect(requests, 'one look a day whether they still stand there').toEqual(names);

    await putBills(ports.store, ahead({ dueDay: day('2026-09-16') }), second);
    await keepInStep(ports, calendars);
    const moved = await eventsIn('life');
    expect(moved.map((event) => event.day)).toEqual(['2026-09-16', '2026-09-20']);
    expect(moved[0]?.uid).toBe(created[0]?.uid);
    expect(moved[0]?.alarms.at(-1)).toBe(at('2026-09-16 21:00'));

    await act(ports, { do: 'paid', billId: ahead().id, via: 'popup' });
    await keepInStep(ports, calendars);
    expect((await eventsIn('life')).map((event) => event.day)).toEqual(['2026-09-20']);
    await act(ports, { do: 'unpaid', billId: ahead().id, via: 'popup' });
    await keepInStep(ports, calendars);
    expect((await eventsIn('life')).map((event) => event.day)).toEqual(['2026-09-16', '2026-09-20']);

    expect(await stopCalendar(ports, calendars, true)).toEqual({ kind: 'done' });
    expect(await eventsIn('life')).toEqual([]);
    expect(JSON.stringify(await ports.store.calendar())).not.toContain(PASSWORD);
  });

  it('details come and go with the owner’s word', async () => {
    await makeCalendar('words', '账单');
    const ports = world(ahead());
    await chooseCalendar(ports, calendars, accountFor('words'));
    await showDetails(ports, calendars, true);
    expect((await eventsIn('words'))[0]?.summary).toBe('九月账单 到期，应还 ¥386.20');
    await showDetails(ports, calendars, false);
    expect((await eventsIn('words'))[0]?.summary).toBe('按时还：有一笔账单到期');
  });

  it('what the owner added by hand survives our change, and their deletion is made good within a day', async () => {
    await makeCalendar('edited', '账单');
    const ports = world(ahead());
    await chooseCalendar(ports, calendars, accountFor('edited'));
    const [{ href } = { href: '' }] = Object.values((await ports.store.calendar()).written);
    const text = await (await ask('GET', href)).text();
    await ask('PUT', href, text.replace('SUMMARY:', 'LOCATION:书房\r\nSUMMARY:'), { 'Content-Type': 'text/calendar' });
    await putBills(ports.store, ahead({ dueDay: day('2026-09-18') }));
    expect(await writeNow(ports, calendars)).toMatchObject({ kind: 'done' });
    expect(await eventsIn('edited')).toMatchObject([{ day: '2026-09-18', location: '书房' }]);

    await ask('DELETE', href);
    ports.at(now + DAY_MS);
    await keepInStep(ports, calendars);
    expect(await eventsIn('edited')).toMatchObject([{ day: '2026-09-18', location: null }]);
  });

  it('a browser that died between writing and remembering writes no second entry', async () => {
    await makeCalendar('died', '账单');
    const ports = world(ahead());
    await chooseCalendar(ports, calendars, accountFor('died'));
    await ports.store.changeCalendar((calendar) => ({ ...calendar, written: {} }));
    expect(await writeNow(ports, calendars)).toMatchObject({ kind: 'done', written: 1 });
    expect(await eventsIn('died')).toHaveLength(1);
  });

  it('a calendar that is gone is told as gone, covers nothing any more, and is written whole when it is back', async () => {
    await makeCalendar('gone', '账单');
    const ports = world(ahead());
    await chooseCalendar(ports, calendars, accountFor('gone'));
    await ask('DELETE', `/${USER}/gone/`);
    ports.at(now + DAY_MS);
    await keepInStep(ports, calendars);
    expect(await ports.store.calendar()).toMatchObject({ failure: 'calendar-not-found', written: {} });
    await makeCalendar('gone', '账单');
    expect(await writeNow(ports, calendars)).toMatchObject({ kind: 'done', written: 1 });
    expect(await eventsIn('gone')).toHaveLength(1);
    await ask('DELETE', `/${USER}/gone/`);
    expect(await stopCalendar(ports, calendars, true), 'it can be left').toEqual({ kind: 'done' });
  });

  it('a proxy’s 404 while it is down: nothing is believed gone, and a paid bill’s entry is taken out afterwards', async () => {
    await makeCalendar('proxy', '账单');
    const second = ahead({ id: 'made-up/default/k2', key: 'k2', dueDay: day('2026-09-20') });
    const ports = world(ahead(), second);
    await chooseCalendar(ports, calendars, accountFor('proxy'));
    const { written } = await ports.store.calendar();
    ports.at(now + DAY_MS);
    await keepInStep(ports, behindProxy);
    expect(await ports.store.calendar(), 'looked for').toMatchObject({ failure: 'calendar-server-error', written });
    await putBills(ports.store, ahead({ dueDay: day('2026-09-16') }), second);
    await writeNow(ports, behindProxy);
    expect((await ports.store.calendar()).written, 'changed').toEqual(written);
    await act(ports, { do: 'paid', billId: ahead().id, via: 'popup' });
    await writeNow(ports, behindProxy);
    expect((await ports.store.calendar()).written, 'removed').toEqual(written);
    expect((await stopCalendar(ports, behindProxy, true)).kind).toBe('failed');
    expect(await writeNow(ports, calendars)).toMatchObject({ kind: 'done', written: 1 });
    expect((await eventsIn('proxy')).map((event) => event.day)).toEqual(['2026-09-20']);
  });

  it('what was deleted by hand and is then paid is gone, by the word of the server itself', async () => {
    await makeCalendar('by-hand', '账单');
    const ports = world(ahead());
    await chooseCalendar(ports, calendars, accountFor('by-hand'));
    const [{ href } = { href: '' }] = Object.values((await ports.store.calendar()).written);
    await ask('DELETE', href);
    await act(ports, { do: 'paid', billId: ahead().id, via: 'popup' });
    expect(await writeNow(ports, calendars)).toEqual({ kind: 'done', written: 0, missing: 0 });
  });

  it('thirty bills come in two runs, the soonest first, and the file holds all of them', async () => {
    await makeCalendar('many', '账单');
    const bills = Array.from({ length: 30 }, (_, n) =>
      ahead({
        id: `made-up/default/m${n}`,
        key: `m${n}`,
        dueDay: day(`2026-10-${String(n + 1).padStart(2, '0')}`),
        remainingFen: (n + 1) as Fen,
      }),
    );
    const ports = world(...bills);
    expect(await chooseCalendar(ports, calendars, accountFor('many'))).toEqual({
      kind: 'done',
      written: 20,
      missing: 10,
    });
    expect((await eventsIn('many')).at(-1)?.day).toBe('2026-10-20');
    await keepInStep(ports, calendars);
    expect(await eventsIn('many')).toHaveLength(30);
    const file = await calendarFile(ports, calendars, false);
    expect(file.count).toBe(30);
    expect(new ICAL.Component(ICAL.parse(file.text)).getAllSubcomponents('vevent')).toHaveLength(30);
  });
});

describe('a server that is no calendar server', () => {
  it('rclone’s WebDAV is told as that', async () => {
    const { url, user, password, close } = await startServer('rclone');
    try {
      const login = { server: url, user, password };
      expect(await find(login)).toEqual({ kind: 'failed', code: 'calendar-not-caldav' });
      expect(await find({ ...login, password: 'wrong' })).toEqual({
        kind: 'failed',
        code: 'calendar-wrong-login',
      });
    } finally {
      await close();
    }
  });

  it('Apache’s is too, and its ETags, weak or missing, cost no entry', async () => {
    const { url, user, password, close } = await startServer('apache');
    try {
      const login = { server: url, user, password };
      expect(await find(login)).toEqual({ kind: 'failed', code: 'calendar-not-caldav' });
      const ports = world(ahead());
      const account = { ...login, url, name: 'x', showsDetails: false };
      expect(await chooseCalendar(ports, calendars, account)).toMatchObject({ kind: 'done', written: 1 });
      const [written] = Object.values((await ports.store.calendar()).written);
      expect(written?.etag).toBeNull();
      // At once, while the ETag is weak.
      expect(await showDetails(ports, calendars, true)).toMatchObject({ kind: 'done', written: 1 });
      const headers = { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
      expect(await (await fetch(written?.href ?? '', { headers })).text()).toContain('386.20');
    } finally {
      await close();
    }
  });
});
