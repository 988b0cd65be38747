import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  calendarFile,
  chooseCalendar,
  keepInStep,
  stopCalendar,
  wantedEntries,
  writeNow,
} from '../../src/app/calendar.ts';
import type { Calendars } from '../../src/app/calendar-ports.ts';
import { calendarViewOf } from '../../src/app/calendar-view.ts';
import { act } from '../../src/app/owner-acts.ts';
import type { Bill } from '../../src/core/bill.ts';
import { DAY_MS, MINUTE_MS } from '../../src/core/day.ts';
import { type LedgerEntry, reminderId } from '../../src/core/reminder/reminder.ts';
import { put as putBills } from '../contracts/store-contract.ts';
import { at, bill, day } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const now = at('2026-09-01 12:00');
const ahead = (key: string, part: Partial<Bill> = {}) =>
  bill({ id: `made-up/default/${key}`, key, owedSince: now, readAt: now, ...part });
const account = {
  server: 'https://dav.example/',
  user: 'me@example.org',
  password: 'top-secret',
  url: 'https://dav.example/c/',
  name: '账单',
  showsDetails: false,
};

type Failing = (what: string, href: string) => { code: string; pauseMs?: number } | null;

/** A calendar in memory that fails when it is told to. */
function fakeCalendars(failing: Failing = () => null) {
  const there = new Map<string, string>();
  const asked: string[] = [];
  let trouble = failing;
  const answer = <T extends { kind: string }>(what: string, href: string, good: () => T) => {
    asked.push(what);
    const failure = trouble(what, href);
    return failure ? { kind: 'failed' as const, ...failure } : good();
  };
  const calendars: Calendars = {
    render: (entries, { showsDetails }) => JSON.stringify({ entries, showsDetails }),
    put: async (_, { href, text }) =>
      answer('put', href, () => {
        there.set(href, text);
        return { kind: 'done' as const, etag: null };
      }),
    remove: async (_, href) =>
      answer('remove', href, () => {
        there.delete(href);
        return { kind: 'done' as const };
      }),
    has: async (_, href) => answer('has', href, () => ({ kind: 'done' as const, has: there.has(href) })),
  };
  const fail = (next: Failing): void => {
    trouble = next;
  };
  return { calendars, there, asked, fail };
}

function acknowledged(of: Bill, kind: 'before' | 'due-today', slot: string, seenAt: number): LedgerEntry {
  const id = reminderId(of.id, kind, of.dueDay!, slot);
  return {
    id: `${id}|desktop|d`,
    reminderId: id,
    billId: of.id,
    kind,
    day: of.dueDay!,
    channel: 'desktop',
    device: 'd',
    noticeId: id,
    plannedAt: seenAt,
    firedAt: seenAt,
    outcome: 'accepted',
    settledAt: seenAt,
    failure: null,
    lateMs: 0,
    lateWhy: null,
    seen: 'acknowledged',
    seenAt,
  };
}

function world(...bills: Bill[]) {
  const { ports } = portsOver(memoryStore({ bills }), { now });
  const hash = async (text: string) => createHash('sha256').update(text).digest('hex');
  return { ...ports, ids: { ...ports.ids, hash } };
}

describe('a calendar kept in step', () => {
  it('without an account nothing is asked', async () => {
    const { calendars, asked } = fakeCalendars();
    await keepInStep(world(ahead('a')), calendars);
    expect(asked).toEqual([]);
  });

  it('names are the same at every look, differ by bill, and tell nothing of it', async () => {
    const ports = world(ahead('京东-138001'), ahead('b'));
    const first = await wantedEntries(ports);
    ports.at(now + 3 * DAY_MS);
    const names = first.map(({ uid }) => uid);
    expect((await wantedEntries(ports)).map(({ uid }) => uid)).toEqual(names);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^duly-[0-9a-f]{32}$/);
  });

  it('what is silent on one browser alone stays in the calendar, which is all browsers’; paid, it goes', async () => {
    const ports = world(ahead('a'), ahead('b', { dueDay: day('2026-09-20') }));
    const fake = fakeCalendars();
    await chooseCalendar(ports, fake.calendars, account);
    await act(ports, { do: 'hide', billId: ahead('a').id, via: 'dashboard' });
    await keepInStep(ports, fake.calendars);
    expect(fake.there.size).toBe(2);
    await putBills(ports.store, { ...(await ports.store.bill(ahead('a').id))!, dueDay: day('2026-09-12') });
    await keepInStep(ports, fake.calendars);
    expect([...fake.there.values()].join()).toContain('2026-09-12');
    await act(ports, { do: 'paid', billId: ahead('a').id, via: 'popup' });
    await keepInStep(ports, fake.calendars);
    expect(fake.there.size).toBe(1);
  });

  it('what the server refuses for one entry costs the others nothing, and is tried again later', async () => {
    const ports = world(
      ahead('a'),
      ahead('b', { dueDay: day('2026-09-20') }),
      ahead('c', { dueDay: day('2026-09-25') }),
    );
    let refusals = 1;
    const fake = fakeCalendars(() => (refusals-- > 0 ? { code: 'calendar-refused' } : null));
    expect(await chooseCalendar(ports, fake.calendars, account)).toEqual({ kind: 'failed', code: 'calendar-refused' });
    expect(fake.there.size).toBe(2);
    expect(await ports.store.calendar()).toMatchObject({ missing: 1, failure: 'calendar-refused' });
    await keepInStep(ports, fake.calendars);
    expect(fake.asked).toHaveLength(3);
    ports.at(now + 6 * MINUTE_MS);
    await keepInStep(ports, fake.calendars);
    expect(fake.there.size).toBe(3);
    expect(await ports.store.calendar()).toMatchObject({ missing: 0, failure: null, failures: 0 });
  });

  // An owner may have put a picture into it, larger than any answer that is read.
  it.each(['calendar-too-large', 'calendar-refused'])(
    'one entry that cannot be looked at holds up no other: %s',
    async (code) => {
      const ports = world(ahead('a'));
      const fake = fakeCalendars();
      await chooseCalendar(ports, fake.calendars, account);
      fake.fail((what) => (what === 'has' ? { code } : null));
      await putBills(ports.store, ahead('b'));
      ports.at(now + 2 * DAY_MS);
      await keepInStep(ports, fake.calendars);
      expect(fake.there.size).toBe(2);
      expect(await ports.store.calendar()).toMatchObject({ missing: 0, failure: null });
    },
  );

  it('a wrong password ends the run at once and is not tried again within the day', async () => {
    const ports = world(ahead('a'), ahead('b'));
    const fake = fakeCalendars(() => ({ code: 'calendar-wrong-login' }));
    await chooseCalendar(ports, fake.calendars, account);
    for (const minutes of [10, 60, 600]) {
      ports.at(now + minutes * MINUTE_MS);
      await keepInStep(ports, fake.calendars);
    }
    expect(fake.asked).toEqual(['put']);
    const state = await ports.store.calendar();
    expect(calendarViewOf(state, now)).toMatchObject({ failure: 'calendar-wrong-login', missing: 2, cover: null });
  });

  it('an old entry that nothing would ring for is not made, one that stands stays until it is paid', async () => {
    const overdue = ahead('a', { dueDay: day('2026-09-02') });
    const ports = world(overdue);
    const fake = fakeCalendars();
    await chooseCalendar(ports, fake.calendars, account);
    expect(fake.there.size).toBe(1);
    ports.at(now + 5 * DAY_MS);
    await keepInStep(ports, fake.calendars);
    expect(fake.there.size).toBe(1);
    await putBills(ports.store, overdue, ahead('b', { dueDay: day('2026-09-03') }));
    await keepInStep(ports, fake.calendars);
    expect(fake.there.size).toBe(1);
    await putBills(ports.store, { ...overdue, owner: { paidAt: now } });
    await keepInStep(ports, fake.calendars);
    expect(fake.there.size).toBe(0);
  });

  it('a file for a calendar that is not connected has what will ring, and says how many', async () => {
    const heard = ahead('a', { owedSince: at('2026-09-14 08:00'), readAt: at('2026-09-14 08:00') });
    const ports = world(heard, ahead('b'));
    ports.at(at('2026-09-14 10:05'));
    await ports.store.record([acknowledged(heard, 'due-today', '10', at('2026-09-14 10:01'))]);
    const { text, count } = await calendarFile(ports, fakeCalendars().calendars, false);
    expect((JSON.parse(text) as { entries: Bill[] }).entries).toHaveLength(1);
    expect(count).toBe(1);
  });

  it('a slow server costs one run no more than its time', async () => {
    const ports = world(...Array.from({ length: 10 }, (_, n) => ahead(`k${n}`)));
    let time = now;
    const fake = fakeCalendars(() => {
      time += 6_000;
      ports.at(time);
      return null;
    });
    await chooseCalendar(ports, fake.calendars, account);
    expect(fake.asked).toHaveLength(3);
    expect(await ports.store.calendar()).toMatchObject({ missing: 7, failure: null });
  });

  it('the password and the address never leave for our pages', async () => {
    const ports = world(ahead('a'));
    await chooseCalendar(ports, fakeCalendars().calendars, account);
    const view = calendarViewOf(await ports.store.calendar(), now);
    expect(JSON.stringify(view)).not.toContain(account.password);
    expect(JSON.stringify(view)).not.toContain(account.url);
    expect(view).toMatchObject({ entries: 1, cover: { until: at('2026-09-14 21:00'), isWhole: true } });
  });

  it('stopping takes the entries out first, and keeps the account while it cannot', async () => {
    const ports = world(ahead('a'), ahead('b'));
    const fake = fakeCalendars();
    await chooseCalendar(ports, fake.calendars, account);
    fake.fail((what) => (what === 'remove' ? { code: 'calendar-offline' } : null));
    expect(await stopCalendar(ports, fake.calendars, true)).toMatchObject({ code: 'calendar-offline' });
    expect((await ports.store.calendar()).account).not.toBeNull();
    fake.fail(() => null);
    expect(await stopCalendar(ports, fake.calendars, true)).toEqual({ kind: 'done' });
    expect(fake.there.size).toBe(0);
    expect(await ports.store.calendar()).toMatchObject({ account: null, written: {} });
  });

  it('another calendar is chosen only when the entries are out of the former one', async () => {
    const ports = world(ahead('a'));
    const fake = fakeCalendars();
    const other = { ...account, url: 'https://dav.example/other/' };
    await chooseCalendar(ports, fake.calendars, account);
    fake.fail((what) => (what === 'remove' ? { code: 'calendar-offline' } : null));
    expect(await chooseCalendar(ports, fake.calendars, other)).toMatchObject({ code: 'calendar-offline' });
    expect((await ports.store.calendar()).account?.url).toBe(account.url);
    expect([...fake.there.keys()]).toEqual([expect.stringContaining(account.url)]);
    fake.fail(() => null);
    expect(await chooseCalendar(ports, fake.calendars, other)).toMatchObject({ kind: 'done', written: 1 });
    expect([...fake.there.keys()]).toEqual([expect.stringContaining(other.url)]);
  });

  it('what was acknowledged or put off rings there no more, and what is promised instead does', async () => {
    const one = ahead('a');
    const ports = world(one);
    const fake = fakeCalendars();
    const rings = (): number[] => [...fake.there.values()].flatMap((text) => JSON.parse(text).entries[0].alarms);
    await chooseCalendar(ports, fake.calendars, account);
    ports.at(at('2026-09-14 10:05'));
    const told = acknowledged(one, 'due-today', '10', at('2026-09-14 10:01'));
    await ports.store.record([told]);
    await keepInStep(ports, fake.calendars);
    expect(rings().filter((moment) => moment > at('2026-09-14 10:05'))).toEqual([]);
    expect(fake.there.size).toBe(1);
    await ports.store.record([{ ...told, seen: 'unknown', seenAt: null }]);
    await keepInStep(ports, fake.calendars);
    expect(rings()).toContain(at('2026-09-14 21:00'));
    const until = at('2026-09-14 20:00');
    await putBills(ports.store, { ...one, owner: { snoozedAt: at('2026-09-14 10:05'), snoozedUntil: until } });
    await keepInStep(ports, fake.calendars);
    expect(rings().filter((moment) => moment > at('2026-09-14 10:05'))).toEqual([until, at('2026-09-14 21:00')]);
  });

  it('only disconnecting leaves the entries where they are', async () => {
    const ports = world(ahead('a'));
    const fake = fakeCalendars();
    await chooseCalendar(ports, fake.calendars, account);
    await stopCalendar(ports, fake.calendars, false);
    expect(fake.there.size).toBe(1);
    expect((await ports.store.calendar()).account).toBeNull();
    expect(await writeNow(ports, fake.calendars)).toEqual({ kind: 'done', written: 0, missing: 0 });
  });
});
