import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bill } from '../../src/core/bill.ts';
import { calendarEntries } from '../../src/core/calendar.ts';
import {
  type Calendar,
  calendarCover,
  calendarDone,
  calendarFailed,
  isCalendarDue,
  NO_CALENDAR,
  soundCalendar,
} from '../../src/core/calendar-state.ts';
import { addDays, DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../src/core/day.ts';
import type { Habit } from '../../src/core/habit.ts';
import { presenceOn } from '../../src/core/habit-presence.ts';
import type { Fen } from '../../src/core/money.ts';
import { expectedBills } from '../../src/core/reminder/expected.ts';
import { historyOf } from '../../src/core/reminder/history.ts';
import { plan } from '../../src/core/reminder/plan.ts';
import type { LedgerEntry } from '../../src/core/reminder/reminder.ts';
import { DEFAULT_RULES, type Rules } from '../../src/core/rules.ts';
import { isTrusted, serverAddress } from '../../src/core/server-address.ts';
import { at, bill, day } from '../core/made-up.ts';

const now = at('2026-09-01 12:00');
const ahead = (part: Partial<Bill> = {}) => bill({ owedSince: now, readAt: now, ...part });

/** Every moment at which the planner wants to speak of this bill up to the end of its due day, wake by wake. */
function plannedMoments(
  of: Bill,
  rules: Rules,
  from: Instant,
  kinds: readonly string[],
  habit: Habit | null,
): Instant[] {
  const seen = new Map<string, Instant>();
  const until = Date.parse(`${addDays(of.dueDay!, 3)}T00:00:00+08:00`);
  for (let time = from; time <= until; ) {
    const { due, next } = plan([of], rules, historyOf([], 'd'), time, habit);
    for (const each of [...due, ...next]) if (kinds.includes(each.kind)) seen.set(each.id, each.at);
    time = next[0]?.at ?? until + 1;
  }
  return [...new Set(seen.values())].sort((a, b) => a - b);
}

const hours = fc.constantFrom(0, 6.5, 8, 10, 18, 21, 23.75);
/** The day before the due day is told at another hour, and five days before is added. */
const habitAt = (hour: number, { zone, beforeHour }: Rules): Habit => ({
  day: day('2026-09-01'),
  zone,
  beforeHour,
  chances: [],
  weeks: Array.from({ length: 7 }, () => ({ moved: [[1, hour]], added: [[5, hour, day('2026-09-01')]] })),
  facts: {} as Habit['facts'],
  presence: presenceOn(null, day('2026-09-01')),
});
const someRules = fc.record({
  leadDays: fc.constantFrom([7, 3, 1], [1], [], [5, 2, 2]),
  beforeHour: hours,
  dueHours: fc.array(hours, { minLength: 1, maxLength: 4 }),
  overdueHour: hours,
});

describe('the entries of a calendar', () => {
  it('7, 3 and 1 days before at 10:00 and the due day at 10, 18 and 21, in Shanghai', () => {
    const [entry] = calendarEntries([ahead()], DEFAULT_RULES, now);
    expect(entry?.alarms).toEqual(
      ['09-07 10:00', '09-11 10:00', '09-13 10:00', '09-14 10:00', '09-14 18:00', '09-14 21:00'].map((text) =>
        at(`2026-${text}`),
      ),
    );
    expect(entry).toMatchObject({ dueDay: '2026-09-14', isExpected: false, remainingFen: 38620 });
  });

  it('rings at exactly the moments of the planner, with own rules, quiet hours, habits and any zone', () => {
    fc.assert(
      fc.property(
        fc.record({
          general: someRules,
          own: fc.option(someRules),
          quiet: fc.constantFrom(null, { fromHour: 22, toHour: 9 }, { fromHour: 9, toHour: 12 }),
          zone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu'),
          due: fc.integer({ min: 0, max: 40 }),
          moved: fc.option(hours),
        }),
        ({ general, own, quiet, zone, due, moved }) => {
          const rules: Rules = { ...general, quiet, zone, since: 0 };
          const dueDay = addDays(day('2026-09-01'), due);
          const of = ahead({ dueDay, owner: own ? { rules: own, rulesSince: 0 } : {} });
          const habit = moved === null ? null : habitAt(moved, rules);
          const alarms = calendarEntries([of], rules, now, habit)[0]?.alarms ?? [];
          expect(alarms).toEqual(plannedMoments(of, rules, now, ['before', 'due-today'], habit));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('an acknowledgement ends its own alarm and never one of a later day; a snooze past the due day rings at its end', () => {
    const of = ahead();
    const heard = {
      id: 'e',
      reminderId: `${of.id}|before|2026-09-14|-3`,
      billId: of.id,
      kind: 'before',
      day: of.dueDay!,
      channel: 'desktop',
      device: 'elsewhere',
      noticeId: 'n',
      plannedAt: now,
      firedAt: now,
      outcome: 'accepted',
      settledAt: now,
      failure: null,
      lateMs: 0,
      lateWhy: null,
      seen: 'acknowledged',
      seenAt: now,
    } as const;
    const alarmsOf = (each: Bill, ...ledger: LedgerEntry[]): Instant[] =>
      calendarEntries([each], DEFAULT_RULES, now, null, ledger)[0]!.alarms as Instant[];
    const all = alarmsOf(of);
    expect(alarmsOf(of, heard)).toEqual(all.filter((moment) => moment !== at('2026-09-11 10:00')));
    for (const seen of ['clicked', 'closed', 'unknown'] as const) expect(alarmsOf(of, { ...heard, seen })).toEqual(all);
    const until = at('2026-09-15 09:00');
    expect(alarmsOf({ ...of, owner: { snoozedAt: now, snoozedUntil: until } })).toEqual([until]);
    const late = at('2026-09-16 12:00');
    const owner = { snoozedAt: late, snoozedUntil: late + DAY_MS };
    const overdue = ahead({ owedSince: late, readAt: late, owner });
    expect(calendarEntries([overdue], DEFAULT_RULES, late + HOUR_MS)[0]?.alarms).toEqual([late + DAY_MS]);
  });

  it('do not change while time goes by: nothing is written again without a reason', () => {
    const later = [2, 5, 8, 13.5, 20].map((days) => calendarEntries([ahead()], DEFAULT_RULES, now + days * DAY_MS));
    for (const entries of later) expect(entries).toEqual(calendarEntries([ahead()], DEFAULT_RULES, now));
  });

  it('leave out what is paid, muted, settled or has no day, and keep an unknown amount', () => {
    const entries = calendarEntries(
      [
        ahead({ key: 'paid', owner: { paidAt: now } }),
        ahead({ key: 'muted', owner: { mutedAt: now } }),
        ahead({ key: 'zero', remainingFen: 0 as Fen, standing: 'settled' }),
        ahead({ key: 'dayless', dueDay: null }),
        ahead({ id: 'a/b/unknown', key: 'unknown', remainingFen: null, standing: 'unknown' }),
      ],
      DEFAULT_RULES,
      now,
    );
    expect(entries.map(({ billId }) => billId)).toEqual(['a/b/unknown']);
  });

  it('hold next months too, as expected, so that a shut browser is covered beyond the bill that was read', () => {
    const account = {
      siteId: 'made-up',
      account: 'default',
      lastMonthly: { title: '九月账单', statementDay: day('2026-09-05'), dueDay: day('2026-09-14') },
      billsReadAt: now,
      issuedReadAt: now,
      signedOutSince: null,
    };
    const entries = calendarEntries(expectedBills([account], now), DEFAULT_RULES, now);
    expect(entries.map(({ dueDay, isExpected }) => [dueDay, isExpected])).toEqual([
      ['2026-10-14', true],
      ['2026-11-14', true],
      ['2026-12-14', true],
    ]);
    expect(entries[0]?.alarms[0]).toBe(at('2026-10-07 10:00'));
  });
});

describe('the state of a calendar', () => {
  const account = { server: 'https://a.example', user: 'u', password: 'p', url: 'https://a.example/c/', name: 'n' };
  const connected: Calendar = {
    ...NO_CALENDAR,
    account: { ...account, showsDetails: false },
    written: {
      a: { href: 'https://a.example/c/a.ics', etag: null, hash: 'h', lastAlarmAt: now + DAY_MS },
      b: { href: 'https://a.example/c/b.ics', etag: '"1"', hash: 'h', lastAlarmAt: now + 9 * DAY_MS },
    },
  };

  it('covers until the last alarm that stands there, and says whether all of it does', () => {
    expect(calendarCover(NO_CALENDAR, now)).toBeNull();
    expect(calendarCover(connected, now)).toEqual({ until: now + 9 * DAY_MS, isWhole: true });
    expect(calendarCover(connected, now + 9 * DAY_MS)).toBeNull();
    const failed = calendarFailed(connected, { code: 'calendar-offline', missing: 1 }, now);
    expect(calendarCover(failed, now)).toEqual({ until: now + 9 * DAY_MS, isWhole: false });
    expect(calendarCover(calendarFailed(connected, { code: 'calendar-not-found', missing: 2 }, now), now)).toBeNull();
  });

  it('waits longer after each failure, a day after a wrong password, and as long as the server asks', () => {
    const wait = (calendar: Calendar): number => {
      let ms = 0;
      while (!isCalendarDue(calendar, now + ms)) ms += MINUTE_MS;
      return ms;
    };
    let calendar = connected;
    const waits = Array.from({ length: 9 }, () => {
      calendar = calendarFailed(calendar, { code: 'calendar-offline', missing: 0 }, now);
      return wait(calendar) / MINUTE_MS;
    });
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360]);
    expect(wait(calendarFailed(connected, { code: 'calendar-wrong-login', missing: 0 }, now))).toBe(DAY_MS);
    expect(wait(calendarFailed(connected, { code: 'calendar-busy', pauseMs: 2 * HOUR_MS, missing: 0 }, now))).toBe(
      2 * HOUR_MS,
    );
    expect(isCalendarDue(calendarDone(calendar, 0, now), now)).toBe(true);
    // The clock ran ahead when it failed.
    expect(isCalendarDue(calendar, now - DAY_MS)).toBe(true);
  });

  it('is believed only where a row makes sense', () => {
    expect(soundCalendar(undefined)).toEqual(NO_CALENDAR);
    expect(soundCalendar('x')).toEqual(NO_CALENDAR);
    expect(soundCalendar({ account: { server: 1 }, written: { a: { href: 'x' }, b: null } })).toEqual(NO_CALENDAR);
    expect(soundCalendar({ account: { ...account, password: 5 } })).toEqual(NO_CALENDAR);
    const moments = { writtenAt: now, checkedAt: now, failedAt: now, pausedUntil: now + HOUR_MS };
    const failing = { ...connected, ...moments, missing: 2, failures: 3, failure: 'calendar-busy' };
    for (const sound of [connected, failing]) expect(soundCalendar(structuredClone(sound))).toEqual(sound);
  });
});

describe('the address of a calendar server', () => {
  it.each([
    ['caldav.icloud.com', 'https://caldav.icloud.com/', ['https://caldav.icloud.com/*', 'https://*.icloud.com/*']],
    ['https://cloud.example:8443/nextcloud', 'https://cloud.example:8443/nextcloud', ['https://cloud.example/*']],
    ['http://127.0.0.1:5232/', 'http://127.0.0.1:5232/', ['http://127.0.0.1/*']],
    ['http://nas.local:5000/caldav/', 'http://nas.local:5000/caldav/', ['http://nas.local/*']],
  ])('%s is taken', (typed, url, patterns) => {
    expect(serverAddress(typed)).toEqual({ url, patterns });
  });

  it.each([
    'http://cloud.example/',
    'http://8.8.8.8/',
    'http://icloud.com.evil.example',
    'ftp://cloud.example/',
    'https://user:secret@cloud.example/',
    '',
    'javascript:alert(1)',
    '两 个 词',
  ])('%s is refused', (typed) => {
    expect(serverAddress(typed)).toBeNull();
  });

  it('the login goes to the typed origin alone, and among the hosts of iCloud', () => {
    expect(isTrusted('https://a.example', 'https://a.example')).toBe(true);
    expect(isTrusted('https://p42-caldav.icloud.com', 'https://caldav.icloud.com')).toBe(true);
    expect(isTrusted('https://b.a.example', 'https://a.example')).toBe(false);
    expect(isTrusted('http://p42-caldav.icloud.com', 'https://caldav.icloud.com')).toBe(false);
    expect(isTrusted('https://evilicloud.com', 'https://caldav.icloud.com')).toBe(false);
    expect(isTrusted('https://p1.icloud.com:444', 'https://caldav.icloud.com')).toBe(false);
    expect(isTrusted('https://a.example:8443', 'https://a.example')).toBe(false);
  });
});
