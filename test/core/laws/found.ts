/** Worlds that once broke a law, as fast-check shrank them. */
import type { World } from './world.ts';

const RULES = { leadDays: [7, 3, 1], beforeHour: 0, dueHours: [10, 18, 21], overdueHour: 0 };
const EMPTY: World = {
  firstDay: '2028-02-25',
  days: 2,
  zone: 'Asia/Shanghai',
  rules: RULES,
  quiet: null,
  sends: [],
  keepsAlarms: false,
  events: [],
};
const read = (minute: number, due: number | null, owed: number | 'unknown' = 38620) => ({
  do: 'read' as const,
  bills: [{ bill: 0, due, owed }],
  isWhole: false,
  minute,
});

export const FOUND: Record<string, World> = {
  'a snooze came twice when a reading found the day after it ended': {
    ...EMPTY,
    events: [read(0, null), { do: 'snooze', bill: 0, hours: 0, minute: 0 }, read(1, 0)],
  },
  'a bill that was first read under a clock that ran ahead fell silent': {
    ...EMPTY,
    events: [
      read(0, null),
      read(1441, -2),
      { do: 'clock', hours: -2, minute: 1442 },
      { do: 'sleep', hours: 1, minute: 1500 },
    ],
  },
  'a clock set back by a day had no alarm for the next overdue day': {
    ...EMPTY,
    events: [read(1, -1), { do: 'clock', hours: -25, minute: 1440 }, { do: 'close', minute: 1441 }],
  },
  'rules that were saved at night dropped what quiet hours held back': {
    ...EMPTY,
    days: 3,
    rules: { ...RULES, beforeHour: 23.75 },
    quiet: { fromHour: 22, toHour: 7 },
    events: [read(0, 1), { do: 'rules', rules: { ...RULES, beforeHour: 23.75 }, minute: 1439 }],
  },
  'a snooze that ended before the day was known, acknowledged, left the due day its slots': {
    ...EMPTY,
    events: [
      read(0, null),
      { do: 'snooze', bill: 0, hours: 9, minute: 900 },
      read(1440, 1),
      { do: 'acknowledge', bill: 0, minute: 1440 },
    ],
  },
  'other hours for the due day, saved under a clock that ran ahead, lost their slot': {
    ...EMPTY,
    days: 1,
    events: [
      read(0, 0),
      { do: 'rules', rules: { ...RULES, dueHours: [6.5, 12.75] }, minute: 600 },
      { do: 'clock', hours: -1, minute: 601 },
      { do: 'snooze', bill: 0, hours: 0, minute: 601 },
    ],
  },
  'rules that were saved under a clock that ran ahead silenced every bill': {
    ...EMPTY,
    events: [
      read(0, 1),
      { do: 'clock', hours: 60, minute: 1 },
      { do: 'rules', rules: { ...RULES, beforeHour: 8 }, minute: 2 },
      { do: 'clock', hours: -60, minute: 3 },
    ],
  },
  'acknowledging after the clock was set back acknowledged another notice': {
    ...EMPTY,
    days: 4,
    events: [
      read(0, 2),
      { do: 'clock', hours: 60, minute: 1 },
      { do: 'wake', minute: 2 },
      { do: 'clock', hours: -60, minute: 3 },
      { do: 'acknowledge', bill: 0, minute: 1441 },
    ],
  },
  'a snooze that was chosen under a clock that ran ahead silenced the bill until then': {
    ...EMPTY,
    days: 3,
    sends: ['accepted', 'failed'],
    events: [
      read(0, 1),
      { do: 'clock', hours: 60, minute: 1 },
      { do: 'snooze', bill: 0, hours: 2, minute: 2 },
      { do: 'clock', hours: -60, minute: 3 },
      { do: 'wake', minute: 35 * 60 },
    ],
  },
  'more was read than was acknowledged on the due day, and the hours that were left were silent': {
    ...EMPTY,
    days: 1,
    events: [read(0, 0, 1), { do: 'acknowledge', bill: 0, minute: 630 }, read(900, 0)],
  },
  'what was acknowledged and paid was owed again on the same day, and silent': {
    ...EMPTY,
    days: 1,
    events: [
      read(0, 0, 1),
      { do: 'acknowledge', bill: 0, minute: 630 },
      { do: 'paid', bill: 0, minute: 640 },
      read(900, 0),
      { do: 'acknowledge', bill: 0, minute: 1090 },
      read(1100, 0, 0),
      read(1300, 0),
    ],
  },
  'what was overdue when it was read waited for the next morning': { ...EMPTY, events: [read(600, -2)] },
  'a bill that was zero and is owed again claimed to be days late': {
    ...EMPTY,
    days: 4,
    events: [read(0, 3, 0), read(2880, 3)],
  },
};
