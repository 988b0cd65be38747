/**
 * Entries → iCalendar text. ts-ics writes the components; its output (2.4.6) is mended here and nowhere else: absolute
 * triggers lack `VALUE=DATE-TIME`, lines are folded by characters instead of octets, an alarm's description is not
 * escaped, and carriage returns and control characters pass through (RFC 5545 §3.1, §3.3.11, §3.8.6.3).
 */
import { generateIcsCalendar, type IcsEvent } from 'ts-ics';
import type { Calendars, NamedEntry } from '../../app/calendar-ports.ts';
import { addDays, type Day } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';

type Choices = Parameters<Calendars['render']>[1];

const PRODUCT = '-//Duly//Duly//ZH';
/** Marks our alarms, so that what the owner added beside them is told apart. */
export const OWN_ALARM = 'X-DULY-ALARM:1';

export function icsOf(entries: readonly NamedEntry[], words: Words, choices: Choices): string {
  const text = generateIcsCalendar({
    version: '2.0',
    prodId: PRODUCT,
    events: entries.map((entry) => eventOf(entry, words, choices)),
  });
  return mended(text);
}

function eventOf(entry: NamedEntry, words: Words, { showsDetails, stamp }: Choices): IcsEvent {
  const summary = cleaned(showsDetails ? detailed(entry, words) : plain(entry, words)).replace(/\n+/g, ' ');
  const written = { date: new Date(stamp) };
  return {
    uid: entry.uid,
    summary,
    description: cleaned(words.say(entry.isExpected ? 'calendarEntryExpectedText' : 'calendarEntryText')),
    stamp: written,
    lastModified: written,
    start: { type: 'DATE', date: dateOf(entry.dueDay) },
    end: { type: 'DATE', date: dateOf(addDays(entry.dueDay, 1)) },
    timeTransparent: 'TRANSPARENT',
    alarms: entry.alarms.map((at) => ({
      action: 'DISPLAY',
      description: escaped(summary),
      trigger: { type: 'absolute', value: { type: 'DATE-TIME', date: new Date(at) } },
    })),
  };
}

function plain({ isExpected }: NamedEntry, words: Words): string {
  return words.say(isExpected ? 'calendarEntryExpected' : 'calendarEntry');
}

function detailed({ isExpected, title, remainingFen, dueDayIs }: NamedEntry, words: Words): string {
  if (isExpected) return words.say('calendarEntryExpectedDetails', title);
  const said = words.say('calendarEntryDetails', title, words.amount(remainingFen));
  return dueDayIs === 'estimated' ? `${said} · ${words.say('estimated')}` : said;
}

/** ts-ics takes the UTC parts of a date. */
function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** No control characters but the line feed, whatever a page or an owner wrote. */
function cleaned(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .toWellFormed();
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
}

function mended(text: string): string {
  return unfolded(text)
    .flatMap((line) =>
      /^TRIGGER:\d{8}T\d{6}Z$/.test(line) ? [line.replace(':', ';VALUE=DATE-TIME:'), OWN_ALARM] : [line],
    )
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}

/** The logical lines, without empty ones. */
export function unfolded(text: string): string[] {
  return text
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
}

const MOST_OCTETS = 75;

/** No line of more than 75 octets, and no character cut in two. */
export function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!);
    if (octets + size > MOST_OCTETS) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}

function octetsOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
