/** Lives in which one thing happens: each is what some break of the code would cost, whatever the random ones meet. */
import { MINUTE_MS } from '../../../src/core/day.ts';
import { at } from '../../core/made-up.ts';
import { BIRTH, type Life, type LifeEvent, type Timed, type Trouble } from './life.ts';

/** Issued on 28 August, due on 14 September. */
const PLAIN: Life = {
  statementDate: 28,
  dueAfterDays: 17,
  hasLoan: false,
  hasLongKeys: true,
  isSteady: false,
  estimateOffDays: 0,
  hasPhone: false,
  adapts: false,
  forgetsAlarms: false,
  events: [],
  troubles: [],
};

const minuteOf = (moment: string): number => (at(`2026-${moment}`) - BIRTH) / MINUTE_MS;
const on = (moment: string, event: LifeEvent): Timed<LifeEvent> => ({ ...event, minute: minuteOf(moment) });
const read = (moment: string, view: Extract<LifeEvent, { do: 'read' }>['view']) =>
  on(moment, { do: 'read', view, isNamed: true });
const paid = (moment: string) => on(moment, { do: 'pay', debt: 0, isWhole: true });
const acknowledged = (moment: string) => on(moment, { do: 'acknowledge', debt: 0, hours: 1 });
const amiss = (moment: string, hours: number, what: Trouble['what'], offHours = 0): Trouble => ({
  minute: minuteOf(moment),
  hours,
  what,
  offHours,
});
const HOURS = { leadDays: [7, 3, 1], beforeHour: 10, dueHours: [10, 18, 21], overdueHour: 10 };
const first = read('09-02 09:00', 'full');

export const NAMED: Record<string, Life> = {
  'a bill that a page lists no more': {
    ...PLAIN,
    events: [first, paid('09-03 09:00'), read('09-04 09:00', 'open-only')],
  },
  'a bill whose key the site changed': {
    ...PLAIN,
    events: [first, on('09-03 09:00', { do: 'rekey' }), read('09-04 09:00', 'issued')],
  },
  'a notice of the week before, acknowledged': { ...PLAIN, events: [first, acknowledged('09-07 12:00')] },
  'a notice of the due day, acknowledged': { ...PLAIN, events: [first, acknowledged('09-14 12:00')] },
  'a desktop that refuses through the due morning': {
    ...PLAIN,
    events: [first],
    troubles: [amiss('09-14 09:00', 4, 'desktop-refuses')],
  },
  'a desktop that refuses, and a phone': {
    ...PLAIN,
    hasPhone: true,
    events: [first],
    troubles: [amiss('09-14 09:00', 4, 'desktop-hangs')],
  },
  'a desktop that refuses, and a phone whose service asks to be left alone': {
    ...PLAIN,
    hasPhone: true,
    events: [first],
    troubles: [amiss('09-14 09:00', 4, 'desktop-refuses'), amiss('09-14 09:30', 2, 'phone-busy')],
  },
  'a disk that is full through the due day': {
    ...PLAIN,
    events: [first],
    troubles: [amiss('09-14 00:00', 24, 'disk-full')],
  },
  'a full disk, and a desktop that refuses': {
    ...PLAIN,
    events: [first],
    troubles: [amiss('09-14 00:00', 12, 'disk-full'), amiss('09-14 00:00', 24, 'desktop-refuses')],
  },
  'more than what was acknowledged on the due day': {
    ...PLAIN,
    events: [
      first,
      acknowledged('09-14 12:00'),
      on('09-14 13:00', { do: 'charge', debt: 0, fen: 9000 }),
      read('09-14 14:00', 'full'),
    ],
  },
  'more than what was acknowledged on the due day, and a phone': {
    ...PLAIN,
    hasPhone: true,
    events: [
      first,
      acknowledged('09-14 12:00'),
      on('09-14 13:00', { do: 'charge', debt: 0, fen: 9000 }),
      read('09-14 22:00', 'full'),
    ],
  },
  'a bill that is overdue when a page tells it first': { ...PLAIN, events: [read('09-18 15:00', 'full')] },
  'a machine that sleeps through the due morning': {
    ...PLAIN,
    events: [first],
    troubles: [amiss('09-13 20:00', 16, 'asleep')],
  },
  'a zero that a less trusted reader tells': {
    ...PLAIN,
    events: [first, paid('09-03 09:00'), read('09-04 09:00', 'labels')],
  },
  'a later day that a less trusted reader tells': {
    ...PLAIN,
    events: [first, on('09-03 09:00', { do: 'revise', debt: 0, days: 3 }), read('09-04 09:00', 'labels')],
  },
  'a page that says what was paid': {
    ...PLAIN,
    events: [first, paid('09-03 09:00'), read('09-04 09:00', 'paid-keys')],
  },
  'a page that asks to sign in': {
    ...PLAIN,
    events: [first, on('09-03 09:00', { do: 'refused', what: 'signed-out' })],
  },
  'a page that asks to sign in, after one without a month that shows nobody': {
    ...PLAIN,
    events: [
      first,
      on('09-02 12:00', { do: 'read', view: 'sum', isNamed: false }),
      on('09-03 09:00', { do: 'refused', what: 'signed-out' }),
    ],
  },
  'signed in again, on a page that shows nobody': {
    ...PLAIN,
    events: [
      first,
      on('09-03 09:00', { do: 'refused', what: 'signed-out' }),
      on('09-03 12:00', { do: 'read', view: 'sum', isNamed: false }),
    ],
  },
  'signed in again, after a page that showed nobody (seed 20261124, life 260)': {
    ...PLAIN,
    events: [
      on('09-02 09:00', { do: 'read', view: 'labels-plain', isNamed: false }),
      on('09-03 09:00', { do: 'refused', what: 'signed-out' }),
      on('09-03 12:00', { do: 'read', view: 'overview', isNamed: true }),
    ],
  },
  'a clock that ran weeks ahead for a day': {
    ...PLAIN,
    events: [first],
    troubles: [amiss('09-03 09:00', 24, 'clock-wrong', 480)],
  },
  'a bill whose day no page tells': { ...PLAIN, events: [read('09-02 09:00', 'dayless')] },
  'storage that is dead while the browser starts, with its alarms forgotten': {
    ...PLAIN,
    forgetsAlarms: true,
    events: [first],
    troubles: [amiss('09-13 20:00', 13, 'closed'), amiss('09-14 08:00', 4, 'storage-dead')],
  },
  'an overdue bill whose notice the silence holds back while other rules are saved': {
    ...PLAIN,
    events: [
      first,
      on('09-10 12:00', { do: 'rules', hours: { ...HOURS, overdueHour: 23 }, quiet: { fromHour: 22, toHour: 8 } }),
      on('09-17 02:00', { do: 'rules', hours: { ...HOURS, overdueHour: 23 }, quiet: null }),
    ],
  },
  'an overdue bill told by the hours of before, and other rules saved twice (seed -1431306933)': {
    ...PLAIN,
    events: [
      first,
      on('09-17 12:53', { do: 'rules', hours: { ...HOURS, overdueHour: 19 }, quiet: { fromHour: 18, toHour: 9.5 } }),
      on('09-18 08:04', { do: 'bill-rules', debt: 0, own: null }),
    ],
  },
  'paid before it was issued, and bought on since': {
    ...PLAIN,
    statementDate: 10,
    events: [first, on('09-03 09:00', { do: 'paid', debt: 1, hours: 1 }), read('09-11 09:00', 'full')],
  },
  'the day after an expected due day, in the silence': {
    ...PLAIN,
    events: [
      read('09-02 09:00', 'issued'),
      on('09-10 12:00', { do: 'rules', hours: HOURS, quiet: { fromHour: 22, toHour: 11 } }),
    ],
  },
  'hours and days of its own': {
    ...PLAIN,
    events: [first, on('09-03 12:00', { do: 'bill-rules', debt: 0, own: { ...HOURS, leadDays: [5], dueHours: [8] } })],
  },
  'hours of its own under a short key, and another day': {
    ...PLAIN,
    hasLongKeys: false,
    events: [
      first,
      on('09-03 12:00', { do: 'bill-rules', debt: 0, own: { ...HOURS, leadDays: [5], dueHours: [8] } }),
      on('09-03 13:00', { do: 'revise', debt: 0, days: 2 }),
      read('09-03 14:00', 'full'),
    ],
  },
  'a bill with hours of its own, and a silence for all': {
    ...PLAIN,
    events: [
      first,
      on('09-03 12:00', { do: 'bill-rules', debt: 0, own: { ...HOURS, beforeHour: 7, dueHours: [7, 22] } }),
      on('09-03 13:00', { do: 'rules', hours: HOURS, quiet: { fromHour: 21, toHour: 8 } }),
    ],
  },
  'a silence in which the phone would be asked': {
    ...PLAIN,
    hasPhone: true,
    events: [first, on('09-03 13:00', { do: 'rules', hours: HOURS, quiet: { fromHour: 13, toHour: 16 } })],
  },
  'a silence that begins on a full disk': {
    ...PLAIN,
    events: [first, on('09-03 13:00', { do: 'rules', hours: HOURS, quiet: { fromHour: 11, toHour: 14 } })],
    troubles: [amiss('09-11 09:00', 4, 'disk-full')],
  },
  'a phone whose service asks to be left alone into the silence': {
    ...PLAIN,
    hasPhone: true,
    events: [first, on('09-03 13:00', { do: 'rules', hours: HOURS, quiet: { fromHour: 15, toHour: 23.5 } })],
    troubles: [amiss('09-13 13:00', 3, 'phone-busy')],
  },
  'a snooze that holds nothing back': {
    ...PLAIN,
    events: [first, on('09-03 12:00', { do: 'snooze', debt: 0, hours: 5 })],
  },
  'a snooze that is too long to be one': {
    ...PLAIN,
    events: [first, on('09-03 12:00', { do: 'snooze', debt: 0, hours: 1450 })],
  },
  'a bill that was hidden for a day': {
    ...PLAIN,
    events: [
      first,
      on('09-06 12:00', { do: 'hide', debt: 0, hours: 1 }),
      on('09-08 12:00', { do: 'unhide', debt: 0, hours: 1 }),
    ],
  },
  'a payment that no page shows, told after the silence': {
    ...PLAIN,
    events: [
      first,
      on('09-03 09:00', { do: 'rules', hours: HOURS, quiet: { fromHour: 22, toHour: 8 } }),
      on('09-03 12:00', { do: 'paid', debt: 0, hours: 1 }),
      read('09-03 18:00', 'full'),
      read('09-05 23:00', 'full'),
    ],
  },
  'months that nobody reads': { ...PLAIN, events: [read('09-02 09:00', 'h5')] },
  'deleted in both its forms, and listed again (seed -233466743)': {
    ...PLAIN,
    statementDate: 1,
    dueAfterDays: 9,
    events: [
      read('09-02 09:00', 'labels-plain'),
      paid('09-02 10:30'),
      read('09-02 10:31', 'dayless'),
      on('09-03 09:00', { do: 'delete', debt: 0 }),
      read('09-03 09:01', 'amountless'),
    ],
  },
};
