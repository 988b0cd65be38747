import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { NamedEntry } from '../../../src/app/calendar-ports.ts';
import type { Fen } from '../../../src/core/money.ts';
import { icsOf } from '../../../src/delivery/calendar/ics.ts';
import { keepTheirs } from '../../../src/delivery/calendar/keep-theirs.ts';
import { wordsIn } from '../../../src/i18n/words.ts';
import { at, day } from '../../core/made-up.ts';
import { sayFrom } from '../../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const stamp = at('2026-09-01 12:00');

const entry = (part: Partial<NamedEntry> = {}): NamedEntry => ({
  uid: 'duly-0123',
  billId: 'jd-baitiao/default/k1',
  isExpected: false,
  dueDay: day('2026-09-14'),
  dueDayIs: 'stated',
  title: '京东白条九月账单',
  remainingFen: 38620 as Fen,
  alarms: [at('2026-09-07 10:00'), at('2026-09-14 21:00')],
  ...part,
});
const plain = { showsDetails: false, stamp };
const detailed = { showsDetails: true, stamp };

/** What an independent library makes of it. */
function parsed(text: string) {
  const root = new ICAL.Component(ICAL.parse(text));
  return root.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const alarms = component.getAllSubcomponents('valarm');
    return {
      uid: event.uid,
      summary: event.summary,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      isAllDay: event.startDate.isDate,
      triggers: alarms.map((alarm) => {
        const trigger = alarm.getFirstProperty('trigger')!;
        expect(trigger.type).toBe('date-time');
        expect(alarm.getFirstPropertyValue('action')).toBe('DISPLAY');
        return (trigger.getFirstValue() as InstanceType<typeof ICAL.Time>).toJSDate().getTime();
      }),
      words: alarms.map((alarm) => alarm.getFirstPropertyValue('description')),
    };
  });
}

describe('iCalendar text', () => {
  it('is one all-day event with absolute alarms in UTC, as RFC 5545 has it', () => {
    const lines = icsOf([entry()], words, plain).split('\r\n');
    const written = new Date(stamp).toISOString().replace(/[-:]|\.\d+/g, '');
    expect(lines).toEqual(
      expect.arrayContaining([`DTSTAMP:${written}`, `LAST-MODIFIED:${written}`, 'TRANSP:TRANSPARENT']),
    );
    expect(lines).toContain('DTSTART;VALUE=DATE:20260914');
    expect(lines).toContain('DTEND;VALUE=DATE:20260915');
    expect(lines).toContain('TRIGGER;VALUE=DATE-TIME:20260907T020000Z');
    expect(lines).toContain('TRIGGER;VALUE=DATE-TIME:20260914T130000Z');
    expect(lines.filter((line) => line === 'ACTION:DISPLAY')).toHaveLength(2);
    expect(lines.indexOf('END:VALARM')).toBeLessThan(lines.indexOf('END:VEVENT'));
    expect(lines.at(-1)).toBe('');
  });

  it('tells neither lender nor amount until the owner says so', () => {
    expect(icsOf([entry()], words, plain)).not.toMatch(/京东|白条|386\.20|38620/);
    expect(parsed(icsOf([entry()], words, detailed))[0]?.summary).toBe('京东白条九月账单 到期，应还 ¥386.20');
    expect(parsed(icsOf([entry({ remainingFen: null })], words, detailed))[0]?.summary).toContain('金额未知');
  });

  it('whatever a bill is called, another library reads back the same, in lines of at most 75 octets', () => {
    const title = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({
        unit: fc.constantFrom('很', '😀', ',', ';', '\\', '\n', '\r', '\r\n ', ':', '"', 'n', '\t', '\u2028'),
        maxLength: 120,
      }),
      fc.constantFrom('END:VEVENT', '\nEND:VCALENDAR\nBEGIN:VEVENT', 'TRIGGER:20260914T130000Z', '\ud800'),
    );
    fc.assert(
      fc.property(title, (text) => {
        const written = icsOf([entry({ title: text })], words, detailed);
        for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const [event, ...more] = parsed(written);
        const shown = text
          .replace(/\r\n?/g, '\n')
          .replace(/\n+/g, ' ')
          .replace(/\p{Cc}/gu, ' ')
          .toWellFormed();
        expect(more).toEqual([]);
        expect(event?.summary).toBe(`${shown} 到期，应还 ¥386.20`);
        expect(event?.words).toEqual([event?.summary, event?.summary]);
        expect(event?.triggers).toEqual([...entry().alarms]);
        expect(event).toMatchObject({ uid: 'duly-0123', start: '2026-09-14', end: '2026-09-15', isAllDay: true });
      }),
      { numRuns: 300 },
    );
  });

  it('holds any number of bills in one file', () => {
    const entries = Array.from({ length: 40 }, (_, n) => entry({ uid: `duly-${n}`, isExpected: n % 2 === 1 }));
    expect(parsed(icsOf(entries, words, plain)).map(({ uid }) => uid)).toEqual(entries.map(({ uid }) => uid));
    expect(parsed(icsOf([], words, plain))).toEqual([]);
  });
});

describe('an entry that the owner edited', () => {
  const ours = icsOf(
    [entry({ dueDay: day('2026-09-16'), alarms: [at('2026-09-07 10:00'), at('2026-09-16 10:00')] })],
    words,
    plain,
  );
  const theirs = icsOf([entry()], words, detailed)
    .replace('TRANSP:TRANSPARENT', 'TRANSP:TRANSPARENT\r\nLOCATION:家里\\, 书房\r\nCOLOR:red\r\nRRULE:FREQ=DAILY')
    .replace('X-DULY-ALARM:1\r\n', 'X-DULY-ALARM:1\r\nACKNOWLEDGED:20260907T020100Z\r\n')
    .replace(
      'END:VEVENT',
      'BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:mine\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\nEND:VEVENT',
    );
  const kept = keepTheirs(ours, theirs);

  it('keeps what they added, and an answered alarm stays answered', () => {
    const event = new ICAL.Component(ICAL.parse(kept)).getFirstSubcomponent('vevent');
    expect(event?.getFirstPropertyValue('location')).toBe('家里, 书房');
    expect(event?.getFirstPropertyValue('color')).toBe('red');
    const alarms = event?.getAllSubcomponents('valarm') ?? [];
    expect(alarms.map((alarm) => alarm.getFirstPropertyValue('trigger')?.toString())).toEqual([
      '2026-09-07T02:00:00Z',
      '2026-09-16T02:00:00Z',
      '-PT1H',
    ]);
    expect(alarms.map((alarm) => alarm.hasProperty('acknowledged'))).toEqual([true, false, false]);
  });

  it('an alarm of theirs that has come to ring when ours does is not doubled', () => {
    const moment = 'TRIGGER;VALUE=DATE-TIME:20260907T020000Z';
    const same = theirs.replace('TRIGGER:-PT1H', moment);
    expect(keepTheirs(ours, same).split(moment)).toHaveLength(2);
  });

  it('has our day and our words: no lender and no amount comes back by it, and one day stays one day', () => {
    expect(kept).toContain('DTSTART;VALUE=DATE:20260916');
    expect(kept).not.toMatch(/京东|386|RRULE|20260914T130000Z/);
  });

  it('that they cancelled rings again: to be silent it is muted or marked', () => {
    expect(keepTheirs(ours, theirs.replace('COLOR:red', 'STATUS:CANCELLED'))).not.toContain('STATUS');
  });

  it.each(['', 'nonsense', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n', '<html></html>'])(
    'is ours whole where theirs is %j',
    (text) => {
      expect(keepTheirs(ours, text)).toBe(ours);
    },
  );
});
