import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, DAY_MS, dayOf, HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import {
  isRefreshDone,
  type LastLook,
  NO_REFRESH,
  REFRESH_EVERY_MS,
  type Refresh,
  type RefreshStop,
  refreshOpening,
  refreshOver,
  refreshStop,
  refreshVerdict,
  soundRefresh,
} from '../../src/core/refresh.ts';
import { at, billsReading } from './made-up.ts';

const NOW = at('2026-09-10 12:00');
const on: Refresh = { ...NO_REFRESH, isOn: true };
const look = (part: Partial<LastLook> = {}): LastLook => ({
  kind: 'bills',
  why: null,
  at: NOW - 21 * HOUR_MS,
  billsReadAt: NOW - 21 * HOUR_MS,
  ...part,
});
const due = (days: number) => ({ dueDay: addDays(dayOf(NOW), days) });
const verdict = (refresh: Refresh, looks = [look()], bills: readonly object[] = [due(3)], now = NOW) =>
  refreshVerdict(refresh, { siteId: 's', looks, bills: bills as never, now });

describe('the page is opened by itself', () => {
  it.each([
    ['due in 7 days', due(7)],
    ['due today', due(0)],
    ['overdue', due(-40)],
    ['expected and not confirmed', { ...due(5), asks: 'expected' }],
  ])('when a bill is %s', (_, bill) => expect(verdict(on, [look()], [bill])).toBe('open'));

  it.each([
    ['nobody asked for it', NO_REFRESH, [look()], [due(3)], 'off'],
    ['nothing was ever read', on, [look({ billsReadAt: null })], [due(3)], 'never-read'],
    ['nobody was ever there', on, [], [due(3)], 'never-read'],
    ['it was read a while ago', on, [look({ billsReadAt: NOW - 19 * HOUR_MS })], [due(3)], 'fresh'],
    ['no bill is near', on, [look()], [due(8), { dueDay: null }], 'not-needed'],
    ['it asked to sign in', on, [look({ kind: 'signed-out' })], [due(3)], 'stopped'],
    ['it asked for a check', on, [look({ kind: 'unreadable', why: 'challenge' })], [due(3)], 'stopped'],
    ['there is no account', on, [look({ kind: 'no-account' })], [due(3)], 'stopped'],
    ['one is open', refreshOpening(on, 's', NOW), [look()], [due(3)], 'busy'],
  ] as const)('not when %s', (_, refresh, looks, bills, why) => {
    expect(verdict(refresh, [...looks], bills)).toBe(why);
  });

  it('one of two accounts that asks to sign in stops nothing once the other was read after it', () => {
    const looks = [look({ kind: 'signed-out', at: NOW - 50 * HOUR_MS }), look()];
    expect(verdict(on, looks)).toBe('open');
  });
});

describe('what a tab told', () => {
  it.each([
    [billsReading([], ['issued']), true],
    [billsReading([], ['unissued']), false],
    [{ kind: 'signed-out' }, true],
    [{ kind: 'no-account' }, true],
    [{ kind: 'unreadable', why: 'challenge' }, true],
    [{ kind: 'unreadable', why: 'still-loading' }, false],
  ] as const)('%o: enough is %s', (reading, isEnough) => expect(isRefreshDone(reading)).toBe(isEnough));
});

type Event = { afterMs: number; tab: RefreshStop | 'read' | 'nothing'; owner: boolean };
const event = fc.record<Event>({
  afterMs: fc.integer({ min: MINUTE_MS, max: 3 * DAY_MS }),
  tab: fc.constantFrom('read', 'nothing', 'sign-in', 'challenge', 'elsewhere'),
  /** The owner was at the page themselves, and it was read. */
  owner: fc.boolean(),
});

/** Every wake of a life, with what the tab would meet if it were opened. */
function live(events: readonly Event[]): { opened: number[]; closedAt: (number | null)[] } {
  let [refresh, now, looks] = [on, NOW, [look()]];
  const [opened, closedAt]: [number[], (number | null)[]] = [[], []];
  let door: number | null = null;
  for (const { afterMs, tab, owner } of events) {
    now += afterMs;
    if (owner) [looks, door] = [[look({ at: now, billsReadAt: now })], null];
    if (verdict(refresh, looks, [{ dueDay: dayOf(now) }], now) !== 'open') continue;
    opened.push(now);
    closedAt.push(door);
    refresh = refreshOver(refreshOpening(refresh, 's', now), tab, now);
    if (tab === 'read') looks = [look({ at: now, billsReadAt: now })];
    if (tab === 'sign-in' || tab === 'challenge' || tab === 'elsewhere') door = now;
  }
  return { opened, closedAt };
}

describe('whatever happens', () => {
  it('never twice within 20 hours, and never after a door until the owner was there', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const { opened, closedAt } = live(events);
        const gaps = opened.slice(1).map((moment, i) => moment - opened[i]!);
        expect(gaps.every((gap) => gap >= REFRESH_EVERY_MS)).toBe(true);
        expect(closedAt.every((door) => door === null)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('a background that dies after writing opens no second tab, whenever it comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: REFRESH_EVERY_MS - 1 }), (afterMs) => {
        const died = refreshOpening(on, 's', NOW);
        const back = refreshOver(soundRefresh(structuredClone(died)), 'nothing', NOW + afterMs);
        expect(verdict(died, [look()], [due(0)], NOW + afterMs)).toBe('busy');
        expect(verdict(back, [look()], [due(0)], NOW + afterMs)).toBe('recent');
      }),
    );
  });

  it('a clock that was a year ahead holds it back no longer than a day once it is right', () => {
    const ahead = refreshOver(refreshOpening(on, 's', NOW + 365 * DAY_MS), 'nothing', NOW + 365 * DAY_MS);
    expect(verdict(ahead)).toBe('open');
  });

  it('a door that was met under such a clock is shut no longer than until a good reading', () => {
    const then = NOW + 365 * DAY_MS;
    const stopped = refreshOver(refreshOpening(on, 's', then), 'sign-in', then);
    expect(verdict(stopped)).toBe('open');
    expect(verdict(stopped, [look({ kind: 'signed-out' })])).toBe('stopped');
    expect(refreshStop(stopped, 's', [look()], NOW)).toBeNull();
  });

  it('the reason is said until a good reading', () => {
    const stopped = refreshOver(refreshOpening(on, 's', NOW), 'challenge', NOW);
    expect(refreshStop(stopped, 's', [look()], NOW)).toBe('challenge');
    expect(refreshStop(stopped, 's', [look({ at: NOW + 1, billsReadAt: NOW + 1 })], NOW + 1)).toBeNull();
    expect(refreshStop(on, 's', [look({ kind: 'signed-out', at: NOW })], NOW)).toBe('sign-in');
  });

  it('a damaged row is switched off', () => {
    fc.assert(fc.property(fc.anything(), (raw) => void soundRefresh(raw)));
    expect(soundRefresh({ isOn: 'yes', tab: 7, sites: { s: null } })).toEqual(NO_REFRESH);
  });
});
