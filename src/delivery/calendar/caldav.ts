/** Entries in a CalDAV calendar. GET, PUT and DELETE are plain requests (design §8, tsdav): it cuts bodies and drops headers. */
import type { Calendars } from '../../app/calendar-ports.ts';
import type { Words } from '../../i18n/words.ts';
import type { Answer } from '../request.ts';
import { type Ask, askerFor, type CalendarTools, CalendarTrouble, told, troubleOf } from './ask.ts';
import { icsOf } from './ics.ts';
import { keepTheirs } from './keep-theirs.ts';

export function openCalendars(tools: CalendarTools, words: Words): Calendars {
  return {
    render: (entries, choices) => icsOf(entries, words, choices),
    put: (login, entry) => told(async () => ({ kind: 'done', etag: await put(askerFor(login, tools), entry) })),
    remove: (login, href) =>
      told(async () => {
        await entryAt(askerFor(login, tools), href, 'DELETE');
        return { kind: 'done' };
      }),
    has: (login, href) =>
      told(async () => ({ kind: 'done', has: (await entryAt(askerFor(login, tools), href, 'GET')) !== null })),
  };
}

type Entry = Parameters<Calendars['put']>[1];

/** The new ETag; null when the server tells none that may be relied on. */
async function put(ask: Ask, { href, etag, isNew, text }: Entry): Promise<string | null> {
  if (isNew || etag !== null) {
    const answer = await write(ask, href, text, isNew ? { 'If-None-Match': '*' } : { 'If-Match': etag! });
    if (answer.status !== 412 && (isNew || !isMissing(answer))) return etagOf(done(answer));
  }
  // It is there already, or was changed since, or nobody knows: read first, and keep what the owner added.
  const there = await entryAt(ask, href, 'GET');
  if (there === null) return etagOf(done(await write(ask, href, text, { 'If-None-Match': '*' })));
  const known = etagOf(there);
  const kept = keepTheirs(text, there.text);
  return etagOf(done(await write(ask, href, kept, known === null ? {} : { 'If-Match': known })));
}

async function write(ask: Ask, href: string, body: string, guard: Record<string, string>): Promise<Answer> {
  const headers = { 'Content-Type': 'text/calendar; charset=utf-8', ...guard };
  const answer = await ask(href, { method: 'PUT', headers, body });
  // There is no such calendar to write into (RFC 4918 §9.7.1).
  if (isMissing(answer) || (answer.status === 409 && !/no-uid-conflict/.test(answer.text))) await lookAround(ask, href);
  return answer;
}

/**
 * The answer for an entry; null where there is none, by the word of the server itself. A proxy says 404 too, while the
 * server behind it is down: so the calendar must answer, and then the same be said once more.
 */
async function entryAt(ask: Ask, href: string, method: 'GET' | 'DELETE'): Promise<Answer | null> {
  const answer = await ask(href, { method });
  if (!isMissing(answer)) return done(answer);
  await lookAround(ask, href);
  const again = await ask(href, { method });
  return isMissing(again) ? null : done(again);
}

/** Throws where the calendar of this entry does not answer. It is gone only if what holds it answers. */
async function lookAround(ask: Ask, href: string): Promise<void> {
  const calendar = new URL('.', href).href;
  const look = (url: string): Promise<Answer> => ask(url, { method: 'PROPFIND', headers: { Depth: '0' } });
  const answer = await look(calendar);
  if (answer.status === 207) return;
  if (!isMissing(answer)) throw troubleOf(answer);
  const home = await look(new URL('..', calendar).href);
  const isGone = home.status === 207 && isMissing(await look(calendar));
  throw new CalendarTrouble(isGone ? 'calendar-not-found' : 'calendar-server-error');
}

/** Of one entry a 207 tells that it was refused; and a page that says 200 is no calendar's, as Apache's with 201 are. */
function done(answer: Answer): Answer {
  const { status, text } = answer;
  const isPage = status === 200 && /^\s*<(?:!doctype html|html)\b/i.test(text);
  if (isMissing(answer)) throw new CalendarTrouble('calendar-refused');
  if (status >= 300 || status === 207 || isPage) throw troubleOf(answer);
  return answer;
}

function isMissing({ status }: Answer): boolean {
  return status === 404 || status === 410;
}

/** A weak one never matches (Apache gives them right after a write, facts/tooling.md §6), so it is as good as none. */
function etagOf({ headers }: Answer): string | null {
  const etag = headers.get('ETag');
  return etag === null || etag.startsWith('W/') ? null : etag;
}
