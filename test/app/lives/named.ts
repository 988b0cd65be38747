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
