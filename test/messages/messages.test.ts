import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOwnMessage } from '../../src/messages/own.ts';
import { parsePageMessage } from '../../src/messages/page.ts';
import { billsReading, readBill } from '../core/made-up.ts';

const page = (reading: unknown) => ({ from: 'page', siteId: 'jd-baitiao', reading });
const withBill = (part: object) => page(billsReading([{ ...readBill(), ...part }]));
const right = page(billsReading([readBill()], ['issued']));

describe('what a page may say', () => {
  it.each([
    [right],
    [page(billsReading([]))],
    [withBill({ dueDay: null, statementDay: null, totalFen: null, remainingFen: null, minimumFen: null })],
    [withBill({ doubts: [{ field: 'dueDay', values: [{ source: 'labels', value: '2026-09-13' }] }] })],
    [page({ kind: 'signed-out' })],
    [page({ kind: 'no-account' })],
    [page({ kind: 'no-access', why: 'host-permission' })],
    [page({ kind: 'unreadable', why: 'challenge' })],
  ])('is taken as it stands', (message) => {
    expect(parsePageMessage(message)).toEqual(message);
    expect(parsePageMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'page'],
    ['a list', [right]],
    ['no sender', { ...right, from: 'own' }],
    ['no site', { ...right, siteId: '' }],
    ['a site of 41 letters', { ...right, siteId: 'x'.repeat(41) }],
    ['a field that nobody knows', { ...right, more: 1 }],
    ['a reading that nobody knows', page({ kind: 'debt-free' })],
    ['a reading with more than it should', page({ kind: 'signed-out', bills: [] })],
    ['no bills', page({ kind: 'bills', covered: [], accountMarker: null })],
    ['a family that nobody knows', page({ ...billsReading([]), covered: ['everything'] })],
    ['1001 bills', page(billsReading(Array.from({ length: 1001 }, (_, i) => readBill({ key: `k${i}` }))))],
    ['a marker of 201 letters', page({ ...billsReading([]), accountMarker: 'x'.repeat(201) })],
    ['a bill with a field that nobody knows', withBill({ cookie: 'made-up' })],
    ['a bill with the owner in it', withBill({ owner: { paidAt: 1 } })],
    ['a title of 201 letters', withBill({ title: 'x'.repeat(201) })],
    ['an empty title', withBill({ title: '' })],
    ['a key of 121 letters', withBill({ key: 'x'.repeat(121) })],
    ['30 February', withBill({ dueDay: '2026-02-30' })],
    ['a day with a clock', withBill({ dueDay: '2026-09-14 10:00' })],
    ['a day that is a number', withBill({ dueDay: 20260914 })],
    ['a day before the zone was fixed', withBill({ dueDay: '1991-09-14' })],
    ['an amount below zero', withBill({ remainingFen: -1 })],
    ['an amount that is no number', withBill({ remainingFen: Number.NaN })],
    ['an amount without end', withBill({ remainingFen: Number.POSITIVE_INFINITY })],
    ['half a fen', withBill({ remainingFen: 0.5 })],
    ['an amount that is a text', withBill({ remainingFen: '386.20' })],
    ['an amount above belief', withBill({ remainingFen: 1e12 + 1 })],
    ['an absent amount that is not null', withBill({ remainingFen: undefined })],
    ['a standing that nobody knows', withBill({ standing: 'paid' })],
    ['a source that nobody knows', withBill({ source: 'guess' })],
    ['nine doubts', withBill({ doubts: Array.from({ length: 9 }, () => ({ field: 'dueDay', values: [] })) })],
    ['a reason of 41 letters', page({ kind: 'no-access', why: 'x'.repeat(41) })],
    ['a reason that nobody knows', page({ kind: 'unreadable', why: 'just-because' })],
  ])('is refused: %s', (_, message) => {
    expect(parsePageMessage(message)).toBeNull();
  });
});

const calendarAccount = {
  server: 'https://dav.example',
  user: 'me',
  password: 'secret',
  url: 'https://dav.example/c/',
  name: '账单',
  showsDetails: false,
};
const act = (part: object) => ({ do: 'act', act: { do: 'paid', billId: 'a/b/c', via: 'popup', ...part } });
const rules = (part: object) => ({
  do: 'rules',
  rules: {
    leadDays: [7, 3, 1],
    beforeHour: 10,
    dueHours: [10, 18.5],
    overdueHour: 10,
    quiet: { fromHour: 22, toHour: 7 },
    zone: 'Asia/Shanghai',
    ...part,
  },
});

describe('what our own pages may ask', () => {
  it.each([
    [{ do: 'status' }],
    [{ do: 'check' }],
    [act({})],
    [act({ do: 'snooze', until: 1 })],
    [rules({})],
    [rules({ leadDays: [], quiet: null, zone: 'America/New_York' })],
    [{ do: 'self-test' }],
    [{ do: 'calendar-choose', account: calendarAccount }],
    [{ do: 'calendar-stop', removes: true }],
    [{ do: 'self-test-seen', wasSeen: false }],
  ])('is taken as it stands: %j', (message) => {
    expect(parseOwnMessage(message)).toEqual(message);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'status'],
    ['an act that nobody knows', { do: 'forget-everything' }],
    ['a field that nobody knows', { do: 'status', more: 1 }],
    ['a calendar without a password', { do: 'calendar-choose', account: { ...calendarAccount, password: '' } }],
    ['a calendar that is no page', { do: 'calendar-choose', account: { ...calendarAccount, url: 'file:///etc/' } }],
    ['a calendar with more than it should', { do: 'calendar-choose', account: { ...calendarAccount, more: 1 } }],
    ['an act without bill', act({ billId: '' })],
    ['a bill id of 401 letters', act({ billId: 'x'.repeat(401) })],
    ['an act of nobody', act({ via: 'page' })],
    ['a snooze until yesterday millennium', act({ do: 'snooze', until: -1 })],
    ['a snooze without a number', act({ do: 'snooze', until: Number.NaN })],
    ['a snooze that is a text', act({ do: 'snooze', until: '2026-09-14' })],
    ['no zone that anybody knows', rules({ zone: 'Mars/Olympus' })],
    ['24 o’clock', rules({ beforeHour: 24 })],
    ['an hour below zero', rules({ dueHours: [-1] })],
    ['an hour that is no number', rules({ overdueHour: Number.NaN })],
    ['a due day without any slot', rules({ dueHours: [] })],
    ['25 slots', rules({ dueHours: Array.from({ length: 25 }, () => 1) })],
    ['a lead of no days', rules({ leadDays: [0] })],
    ['half a day', rules({ leadDays: [1.5] })],
    ['61 days', rules({ leadDays: [61] })],
    ['quiet without end', rules({ quiet: { fromHour: 22 } })],
    ['a moment that only the background may set', rules({ since: 0 })],
  ])('is refused: %s', (_, message) => {
    expect(parseOwnMessage(message)).toBeNull();
  });
});

describe('any message at all', () => {
  const spoiled = fc.oneof(
    fc.anything(),
    fc.jsonValue(),
    fc
      .tuple(fc.constantFrom(...Object.keys(readBill())), fc.anything())
      .map(([field, value]) => withBill({ [field]: value })),
  );

  it('is parsed without throwing, and what passes is exactly what was sent', () => {
    fc.assert(
      fc.property(spoiled, (raw) => {
        for (const parse of [parsePageMessage, parseOwnMessage]) {
          const parsed = parse(raw);
          if (parsed !== null) expect(parsed).toEqual(raw);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
