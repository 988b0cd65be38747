/** Servers that lie, stall or send the login elsewhere: one stable code each, in bounded time, and no word of theirs. */
import { readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { CalendarLogin } from '../../../src/core/calendar-state.ts';
import type { CalendarTools } from '../../../src/delivery/calendar/ask.ts';
import { openCalendars } from '../../../src/delivery/calendar/caldav.ts';
import { findCalendars } from '../../../src/delivery/calendar/discover.ts';
import { wordsIn } from '../../../src/i18n/words.ts';
import { messagesOf, sayFrom } from '../../i18n/say-from.ts';
import { type Started, startOwn } from './servers.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const english = wordsIn(sayFrom('en'), 'en', 'Asia/Shanghai');
const tools: CalendarTools = { fetch, isAllowed: async () => true };
/** For servers that never come to an end. */
const hasty: CalendarTools = { ...tools, answerMs: 700 };
const calendars = openCalendars(tools, words);
const find = (login: CalendarLogin, asker = tools) => findCalendars(login, asker);
const loginTo = ({ origin }: Started): CalendarLogin => ({ server: origin, user: 'u', password: 'top-secret' });

const MULTISTATUS = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">';
const found = (href: string, props: string): string =>
  `${MULTISTATUS}<d:response><d:href>${href}</d:href><d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`;
const xml =
  (text: string): RequestListener =>
  (_, response) => {
    response.writeHead(207, { 'Content-Type': 'application/xml' }).end(text);
  };
const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(code, headers).end('top-secret words of the server');
  };
const nested = (depth: number): string => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${Array.from(
  { length: 20 },
  (_, n) => `<!ENTITY ${'b'.repeat(n + 1)} "${`&${n ? 'b'.repeat(n) : 'a'};`.repeat(10)}">`,
).join(
  '',
)}]><d:multistatus xmlns:d="DAV:"><d:response><d:href>&${'b'.repeat(20)};</d:href></d:response></d:multistatus>`;

const HOSTILE: readonly [string, string, RequestListener][] = [
  ['a wrong login', 'calendar-wrong-login', status(401)],
  ['a closed door', 'calendar-forbidden', status(403)],
  ['nothing there', 'calendar-not-caldav', status(404)],
  ['no PROPFIND', 'calendar-not-caldav', status(405)],
  ['too many requests', 'calendar-busy', status(429, { 'Retry-After': '120' })],
  ['a broken server', 'calendar-server-error', status(500)],
  ['no space', 'calendar-full', status(507)],
  [
    'an HTML page',
    'calendar-not-caldav',
    (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>welcome</html>'),
  ],
  ['an HTML page that says it is XML', 'calendar-not-caldav', xml('<html><body><p>welcome<br></body></html>')],
  ['an empty answer', 'calendar-not-caldav', xml('')],
  ['XML that ends in its middle', 'calendar-not-caldav', xml(`${MULTISTATUS}<d:response><d:href>/`)],
  ['XML of ten thousand levels', 'calendar-not-caldav', xml(nested(10_000))],
  ['an XML bomb', 'calendar-not-caldav', xml(bomb)],
  ['10 MB', 'calendar-too-large', xml(`${MULTISTATUS}${'<d:response/>'.repeat(800_000)}`)],
  ['no answer at all', 'calendar-timeout', () => undefined],
  [
    'an answer that never ends',
    'calendar-timeout',
    (_, response) => void response.writeHead(207, { 'Content-Type': 'application/xml' }).write('<'),
  ],
  [
    'an answer that breaks off',
    'calendar-cut-off',
    (_, response) => {
      response.writeHead(207, { 'Content-Type': 'application/xml', 'Content-Length': '1000' });
      response.write(MULTISTATUS, () => response.socket?.destroy());
    },
  ],
  ['a door that is slammed', 'calendar-offline', ({ socket }) => socket.destroy()],
  [
    'a principal elsewhere',
    'calendar-elsewhere',
    xml(found('/', '<d:current-user-principal><d:href>https://evil.example/p/</d:href></d:current-user-principal>')),
  ],
  [
    'a principal that is no address',
    'calendar-not-caldav',
    xml(found('/', '<d:current-user-principal><d:href>http://[</d:href></d:current-user-principal>')),
  ],
  [
    'a principal that is nobody',
    'calendar-not-caldav',
    xml(found('/', '<d:current-user-principal><d:unauthenticated/></d:current-user-principal>')),
  ],
  [
    'a redirect in a circle',
    'calendar-not-caldav',
    (request, response) => void response.writeHead(302, { Location: request.url ?? '/' }).end(),
  ],
];

describe('a calendar server that answers with', () => {
  it.each(HOSTILE)('%s: %s', async (_, code, listener) => {
    const server = await startOwn(listener);
    try {
      const answer = await find(loginTo(server), code === 'calendar-timeout' ? hasty : tools);
      expect(answer).toMatchObject({ kind: 'failed', code });
      expect(JSON.stringify(answer)).not.toContain('secret');
      for (const { failure } of [words, english]) expect(failure(code)).not.toBe(code);
    } finally {
      await server.end();
    }
  });

  it('Retry-After: the pause is handed on', async () => {
    const server = await startOwn(status(503, { 'Retry-After': '120' }));
    expect(await find(loginTo(server))).toMatchObject({ code: 'calendar-busy', pauseMs: 120_000 });
    await server.end();
    const [said, until] = ['Tue, 01 Sep 2026 04:00:00 GMT', 'Tue, 01 Sep 2026 04:05:00 GMT'];
    const dated = await startOwn(status(429, { Date: said, 'Retry-After': until }));
    expect(await find(loginTo(dated))).toMatchObject({ code: 'calendar-busy', pauseMs: 300_000 });
    await dated.end();
  });

  it('a redirect to another host: the login never goes there, with or without a redirect', async () => {
    const heard: (string | undefined)[] = [];
    const other = await startOwn((request, response) => {
      heard.push(request.headers.authorization);
      xml(found('/', '<d:current-user-principal><d:href>/p/</d:href></d:current-user-principal>'))(request, response);
    });
    const server = await startOwn(
      (_, response) => void response.writeHead(301, { Location: `${other.origin}/dav/` }).end(),
    );
    try {
      expect(await find(loginTo(server))).toMatchObject({ code: 'calendar-elsewhere' });
      const entry = { href: `${server.origin}/c/a.ics`, etag: null, isNew: true, text: 'x' };
      expect(await calendars.put(loginTo(server), entry)).toMatchObject({ code: 'calendar-redirected' });
      expect(await calendars.remove(loginTo(server), entry.href)).toMatchObject({ code: 'calendar-redirected' });
      expect(await calendars.put(loginTo(server), { ...entry, href: `${other.origin}/a.ics` })).toMatchObject({
        code: 'calendar-elsewhere',
      });
      expect(heard).toEqual([undefined]);
    } finally {
      await Promise.all([server.end(), other.end()]);
    }
  });
});

describe('writing one entry', () => {
  const entry = { etag: null, isNew: true, text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' };

  it.each([
    [401, 'calendar-wrong-login'],
    [403, 'calendar-forbidden'],
    [404, 'calendar-refused'],
    [409, 'calendar-refused'],
    [412, 'calendar-conflict'],
    [413, 'calendar-refused'],
    [415, 'calendar-refused'],
    [500, 'calendar-server-error'],
    [507, 'calendar-full'],
  ])('a PUT answered by %d is %s', async (code, expected) => {
    const server = await startOwn((request, response) => {
      const codes: Record<string, number> = { GET: 200, PROPFIND: 207 };
      response.writeHead(codes[request.method!] ?? code, { ETag: '"1"' }).end('');
    });
    const answer = await calendars.put(loginTo(server), { ...entry, href: `${server.origin}/c/a.ics` });
    expect(answer).toEqual({ kind: 'failed', code: expected });
    await server.end();
  });

  it.each([
    ['a page that lets nothing through', 200, '<!DOCTYPE html><title>Sign in</title>'],
    [
      'a part of it that was refused',
      207,
      `${MULTISTATUS}<d:response><d:status>HTTP/1.1 423 Locked</d:status></d:response></d:multistatus>`,
    ],
  ])('%s is no success', async (_, code, text) => {
    const server = await startOwn((__, response) => void response.writeHead(code).end(text));
    const href = `${server.origin}/c/a.ics`;
    const refused = { kind: 'failed', code: 'calendar-not-caldav' };
    expect(await calendars.put(loginTo(server), { ...entry, href })).toEqual(refused);
    expect(await calendars.put(loginTo(server), { ...entry, href, isNew: false })).toEqual(refused);
    expect(await calendars.remove(loginTo(server), href)).toEqual(refused);
    expect(await calendars.has(loginTo(server), href)).toEqual(refused);
    await server.end();
  });

  it('guards a creation and a change, and an unknown ETag is asked for first', async () => {
    const heard: string[] = [];
    const server = await startOwn((request, response) => {
      const { method, headers } = request;
      heard.push(`${method} ${headers['if-none-match'] ?? headers['if-match'] ?? '-'}`);
      response
        .writeHead(method === 'GET' ? 200 : 204, method === 'GET' ? { ETag: '"now"' } : { ETag: 'W/"weak"' })
        .end();
    });
    const href = `${server.origin}/c/a.ics`;
    expect(await calendars.put(loginTo(server), { ...entry, href })).toEqual({ kind: 'done', etag: null });
    await calendars.put(loginTo(server), { ...entry, href, isNew: false, etag: '"then"' });
    await calendars.put(loginTo(server), { ...entry, href, isNew: false });
    expect(heard).toEqual(['PUT *', 'PUT "then"', 'GET -', 'PUT "now"']);
    await server.end();
  });

  it.each([200, 204])('a DELETE answered by %d is done', async (code) => {
    const server = await startOwn(status(code));
    expect(await calendars.remove(loginTo(server), `${server.origin}/h/c/a.ics`)).toEqual({ kind: 'done' });
    await server.end();
  });
});

describe('looking for one entry', () => {
  it.each([
    [200, { kind: 'done', has: true }],
    [409, { kind: 'failed', code: 'calendar-refused' }],
    [500, { kind: 'failed', code: 'calendar-server-error' }],
  ])('%d', async (code, expected) => {
    const server = await startOwn(status(code));
    expect(await calendars.has(loginTo(server), `${server.origin}/a.ics`)).toEqual(expected);
    await server.end();
  });
});

describe('404 for an entry: by whose word?', () => {
  const failed = (code: string) => ({ kind: 'failed', code });
  /** What the server answers to each address, one after the other; the last answer stays. */
  const answering =
    (byPath: Readonly<Record<string, readonly number[]>>): RequestListener =>
    (request, response) => {
      const url = request.url!;
      const left = said[url] ?? [...(byPath[url] ?? [404])];
      said[url] = left;
      response.writeHead(left.length > 1 ? left.shift()! : left[0]!).end();
    };
  let said: Record<string, number[]> = {};

  it.each([
    ['the calendar answers: it is gone', { '/h/c/a.ics': [404], '/h/c/': [207] }, null],
    ['gone for good', { '/h/c/a.ics': [410], '/h/c/': [207] }, null],
    ['the calendar is gone too, and its home answers', { '/h/': [207] }, 'calendar-not-found'],
    ['nobody answers', {}, 'calendar-server-error'],
    ['the home shows a page', { '/h/': [200] }, 'calendar-server-error'],
    ['the calendar shows a page', { '/h/c/': [200] }, 'calendar-not-caldav'],
    ['the calendar asks for a pause', { '/h/c/': [503] }, 'calendar-busy'],
    ['the calendar asks for another login', { '/h/c/': [401] }, 'calendar-wrong-login'],
    [
      'the server comes up meanwhile, without the calendar?',
      { '/h/c/': [404, 207], '/h/': [207] },
      'calendar-server-error',
    ],
  ])('%s', async (_, byPath: Readonly<Record<string, readonly number[]>>, code) => {
    const server = await startOwn(answering(byPath));
    const href = `${server.origin}/h/c/a.ics`;
    for (const isNew of [true, false]) {
      said = {};
      const entry = { etag: isNew ? null : '"1"', isNew, text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', href };
      expect(await calendars.put(loginTo(server), entry)).toEqual(failed(code ?? 'calendar-refused'));
    }
    said = {};
    expect(await calendars.has(loginTo(server), href)).toEqual(code ? failed(code) : { kind: 'done', has: false });
    said = {};
    expect(await calendars.remove(loginTo(server), href)).toEqual(code ? failed(code) : { kind: 'done' });
    await server.end();
  });

  it('the server comes up meanwhile: the entry is asked for once more', async () => {
    const server = await startOwn(answering({ '/h/c/a.ics': [404, 200], '/h/c/': [207] }));
    const href = `${server.origin}/h/c/a.ics`;
    said = {};
    expect(await calendars.has(loginTo(server), href)).toEqual({ kind: 'done', has: true });
    said = {};
    expect(await calendars.remove(loginTo(server), href)).toEqual({ kind: 'done' });
    expect(said['/h/c/a.ics'], 'asked for twice').toEqual([200]);
    await server.end();
  });
});

describe('the calendars of an account', () => {
  const CALENDAR = '<c:calendar/>';
  const called = (name: string, type = CALENDAR) =>
    `<d:resourcetype>${type}</d:resourcetype><d:displayname>${name}</d:displayname>`;

  it('that somebody else keeps cannot be written to, and are none', async () => {
    const props: Record<string, string> = {
      '/': '<d:current-user-principal><d:href>/p/</d:href></d:current-user-principal>',
      '/p/': '<c:calendar-home-set><d:href>/h/</d:href></c:calendar-home-set>',
      '/h/': called('Holidays', `${CALENDAR}<x:subscribed xmlns:x="http://calendarserver.org/ns/"/>`),
    };
    const server = await startOwn((request, response) => {
      const path = request.url!.startsWith('/.well-known/') ? '/' : request.url!;
      xml(found(path, props[path] ?? ''))(request, response);
    });
    expect(await find(loginTo(server))).toMatchObject({ kind: 'failed', code: 'calendar-none' });
    await server.end();
  });

  it('have their names, wherever the answer was parted', async () => {
    const text = Buffer.from(found('/', called('账单')));
    const cut = text.indexOf('账') + 1;
    const server = await startOwn((_, response) => {
      response.writeHead(207, { 'Content-Type': 'application/xml' });
      response.write(text.subarray(0, cut), () => setTimeout(() => response.end(text.subarray(cut)), 20));
    });
    expect(await find(loginTo(server))).toMatchObject({ calendars: [{ name: '账单' }] });
    await server.end();
  });
});

describe('before anything is sent', () => {
  it('an address that may not be asked is refused', async () => {
    const asked: string[] = [];
    const spy = async (url: unknown): Promise<Response> => {
      asked.push(String(url));
      return new Response();
    };
    const watched: CalendarTools = { fetch: spy, isAllowed: async () => false };
    const login = { server: 'http://cloud.example/', user: 'u', password: 'p' };
    expect(await findCalendars(login, watched)).toMatchObject({ code: 'calendar-address' });
    expect(await findCalendars({ ...login, server: 'https://cloud.example' }, watched)).toMatchObject({
      code: 'calendar-not-allowed',
    });
    expect(asked).toEqual([]);
  });

  it('a browser that does not say what may be asked is waited for no longer than a server', async () => {
    const silent: CalendarTools = { ...hasty, isAllowed: () => new Promise(() => undefined) };
    const login = { server: 'https://cloud.example/', user: 'u', password: 'p' };
    const late = { kind: 'failed', code: 'calendar-timeout' };
    expect(await findCalendars(login, silent)).toEqual(late);
    expect(await openCalendars(silent, words).remove(login, 'https://cloud.example/c/a.ics')).toEqual(late);
  });
});

it('every code that the sources can give has its words, and no words are left over', () => {
  const folder = 'src/delivery/calendar';
  const files = readdirSync(folder).map((file) => `${folder}/${file}`);
  const text = [...files, 'src/app/calendar.ts', 'src/core/calendar-state.ts']
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const codes = new Set([...text.matchAll(/'(calendar-[a-z-]+)'/g)].map((match) => match[1]!));
  const keys = [...codes].map((code) => `failure_${code.replaceAll('-', '_')}`).sort();
  for (const locale of ['zh_CN', 'en'] as const)
    expect(
      Object.keys(messagesOf(locale))
        .filter((key) => key.startsWith('failure_calendar_'))
        .sort(),
    ).toEqual(keys);
});
