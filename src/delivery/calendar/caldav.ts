/** Entries in a CalDAV calendar. GET, PUT and DELETE are plain requests (design §8, tsdav): it cuts bodies and drops headers. */
import type { Calendars } from '../../app/calendar-ports.ts';
import type { Words } from '../../i18n/words.ts';
import { type Answer, type Ask, askerFor, type CalendarTools, CalendarTrouble, told, troubleOf } from './ask.ts';
import { icsOf } from './ics.ts';
import { keepTheirs } from './keep-theirs.ts';

export function openCalendars(tools: CalendarTools, words: Words): Calendars {
  return {
    render: (entries, choices) => icsOf(entries, words, choices),
    put: (login, entry) => told(async () => ({ kind: 'done', etag: await put(askerFor(login, tools), entry) })),
    remove: (login, href) =>
      told(async () => {
        const answer = await askerFor(login, tools)(href, { method: 'DELETE' });
        if (!isGone(answer)) done(answer);
        return { kind: 'done' };
      }),
    has: (login, href) =>
      told(async () => {
        const answer = await askerFor(login, tools)(href, { method: 'GET' });
        if (isGone(answer)) return { kind: 'done', has: false };
        done(answer);
        return { kind: 'done', has: true };
      }),
  };
}

type Entry = Parameters<Calendars['put']>[1];

/** The new ETag; null when the server tells none that may be relied on. */
async function put(ask: Ask, { href, etag, isNew, text }: Entry): Promise<string | null> {
  if (isNew || etag !== null) {
    const answer = await write(ask, href, text, isNew ? { 'If-None-Match': '*' } : { 'If-Match': etag! });
    // There is no such calendar to make it in (RFC 4918 §9.7.1).
    if (isNew && answer.status === 409 && !/no-uid-conflict/.test(answer.text))
      throw new CalendarTrouble('calendar-not-found');
    if (answer.status !== 412) return etagOf(done(answer));
  }
  // It is there already, or was changed since, or nobody knows: read first, and keep what the owner added.
  const there = await ask(href, { method: 'GET' });
  if (isGone(there)) return etagOf(done(await write(ask, href, text, { 'If-None-Match': '*' })));
  const known = etagOf(done(there));
  const kept = keepTheirs(text, there.text);
  return etagOf(done(await write(ask, href, kept, known === null ? {} : { 'If-Match': known })));
}

function write(ask: Ask, href: string, body: string, guard: Record<string, string>): Promise<Answer> {
  return ask(href, { method: 'PUT', headers: { 'Content-Type': 'text/calendar; charset=utf-8', ...guard }, body });
}

/** Of one entry a 207 tells that it was refused; and a page that says 200 is no calendar's, as Apache's with 201 are. */
function done(answer: Answer): Answer {
  const { status, text } = answer;
  const isPage = status === 200 && /^\s*<(?:!doctype html|html)\b/i.test(text);
  if (status >= 300 || status === 207 || isPage) throw troubleOf(answer);
  return answer;
}

function isGone({ status }: Answer): boolean {
  return status === 404 || status === 410;
}

/** A weak one never matches (Apache gives them right after a write, facts/tooling.md §6), so it is as good as none. */
function etagOf({ headers }: Answer): string | null {
  const etag = headers.get('ETag');
  return etag === null || etag.startsWith('W/') ? null : etag;
}
