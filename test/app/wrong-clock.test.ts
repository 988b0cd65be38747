/** A clock that was wrong once, far in either direction: no bill falls silent for it, and no pass dies of it. */
import { describe, expect, it } from 'vitest';
import { act } from '../../src/app/owner-acts.ts';
import { remind } from '../../src/app/remind.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../src/core/day.ts';
import { expectedBills } from '../../src/core/reminder/expected.ts';
import { merge } from '../../src/core/reminder/notice.ts';
import { at, bill, day, SITE } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { setting, type World, worldOf } from './escalation/world.ts';
import { portsOver } from './ports-over.ts';

const READ = at('2026-09-06 08:00');
const NOW = at('2026-09-08 12:00');
const watched = () => bill({ owedSince: READ, readAt: READ });
const told = ({ sent }: World): string[] =>
  sent.map(({ channel, at: when }) => `${channel} ${new Date(when + 8 * HOUR_MS).toISOString().slice(5, 16)}`);

/** One pass under the wrong clock, then the right one again. */
async function jumped(world: World, to: Instant): Promise<void> {
  await world.run(NOW);
  await world.run(to, false);
  await remind(world.ports, 'active');
  await world.run(NOW + HOUR_MS, false);
  world.sent.length = 0;
}

describe('a clock that was years ahead', () => {
  it('told the whole life of a bill at once: its days are told again when they come', async () => {
    const world = await worldOf(NOW, [watched()], []);
    await jumped(world, at('2036-09-08 12:00'));
    await world.run(at('2026-09-16 12:00'));
    expect(told(world)).toEqual([
      'desktop 09-11T10:00',
      'desktop 09-13T10:00',
      'desktop 09-14T10:00',
      'desktop 09-14T18:00',
      'desktop 09-14T21:00',
      'desktop 09-15T10:00',
      'desktop 09-16T10:00',
    ]);
  });

  it('and its one notice was acknowledged: that ends no day that has not come', async () => {
    const world = await worldOf(NOW, [watched()], []);
    await world.run(NOW);
    await world.run(at('2036-09-08 12:00'), false);
    await remind(world.ports, 'active');
    await act(world.ports, { do: 'acknowledge', billId: bill().id, via: 'popup' });
    await world.run(at('2026-09-13 12:00'), false);
    world.sent.length = 0;
    await world.run(at('2026-09-16 12:00'));
    expect(told(world)).toEqual([
      'desktop 09-13T12:00',
      'desktop 09-14T10:00',
      'desktop 09-14T18:00',
      'desktop 09-14T21:00',
      'desktop 09-15T10:00',
      'desktop 09-16T10:00',
    ]);
  });

  it('makes up for a season of overdue days, and not for every day of a life', async () => {
    const world = await worldOf(NOW, [watched()], []);
    await world.run(at('2099-09-08 12:00'), false);
    await remind(world.ports, 'active');
    const [{ notice } = { notice: null }] = world.sent;
    expect(notice).toMatchObject({ kind: 'overdue', bills: [{ daysLeft: -26_657 }] });
    expect(notice?.reminders.filter(({ kind }) => kind === 'overdue').length).toBeLessThan(100);
  });

  it('leaves next month expected, although a day was read as of that year', () => {
    const lastMonthly = { title: '账单', statementDay: null, dueDay: day('2036-09-14') };
    const readAt = at('2026-09-10 10:00');
    const account = { siteId: SITE, account: 'default', lastMonthly, billsReadAt: readAt, issuedReadAt: readAt };
    const bills = expectedBills([{ ...account, signedOutSince: null }], at('2026-10-10 10:00'));
    expect(bills.map(({ dueDay }) => dueDay)).toContain('2026-10-14');
  });
});

it('more reminders than a call takes arguments make one notice', () => {
  const one = { id: 'r', billId: bill().id, kind: 'overdue', day: day('2026-09-14'), at: NOW } as const;
  const due = [...new Array(200_000).fill(one), { ...one, at: NOW - DAY_MS }];
  expect(merge(due, new Map([[bill().id, bill()]]), NOW, 'asleep')).toMatchObject({ lateMs: DAY_MS });
});

describe('a clock that was weeks ahead', () => {
  const DAYS = [
    'desktop 09-11T10:00',
    'desktop 09-13T10:00',
    'desktop 09-14T10:00',
    'desktop 09-14T18:00',
    'desktop 09-14T21:00',
    'desktop 09-15T10:00',
    'desktop 09-16T10:00',
  ];

  it.each(['2026-09-12 12:00', '2026-09-18 12:00', '2026-09-30 12:00'])(
    'told days in advance (%s): they are told when they come, and nothing when it is set back',
    async (ahead) => {
      const world = await worldOf(NOW, [watched()], []);
      await jumped(world, at(ahead));
      await world.run(at('2026-09-16 12:00'));
      expect(told(world)).toEqual(DAYS);
    },
  );

  it('and what it told was acknowledged: that ends no day that has not come', async () => {
    const world = await worldOf(NOW, [watched()], []);
    await world.run(NOW);
    await world.run(at('2026-09-30 12:00'), false);
    await remind(world.ports, 'active');
    await act(world.ports, { do: 'acknowledge', billId: bill().id, via: 'popup' });
    await world.run(NOW + HOUR_MS, false);
    world.sent.length = 0;
    await world.run(at('2026-09-16 12:00'));
    expect(told(world)).toEqual(DAYS);
  });

  it('asks the other channels after the desktop when the day comes', async () => {
    const world = await worldOf(NOW, [watched()], [setting('a')]);
    await jumped(world, at('2026-09-30 12:00'));
    await world.run(at('2026-09-14 12:00'));
    expect(told(world).slice(-2)).toEqual(['desktop 09-14T10:00', 'a 09-14T10:30']);
  });

  it('dated an acknowledgement: a snooze that was chosen after it rings', async () => {
    const due = at('2026-09-14 10:00');
    const read = due - HOUR_MS;
    const { ports, sent } = portsOver(memoryStore({ bills: [bill({ owedSince: read, readAt: read })] }), { now: due });
    await remind(ports, 'alarm');
    ports.at(due + 20 * DAY_MS);
    await act(ports, { do: 'acknowledge', billId: bill().id, via: 'popup' });
    ports.at(due + HOUR_MS);
    await act(ports, { do: 'snooze', billId: bill().id, via: 'popup', until: due + 2 * HOUR_MS });
    ports.at(due + 2 * HOUR_MS);
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(2);
  });
});

describe('a clock that is set back', () => {
  it('by any time tells nothing again that was told on time', async () => {
    const world = await worldOf(NOW, [watched()], [setting('a')]);
    await world.run(at('2026-09-20 12:00'));
    const before = world.sent.length;
    await world.run(at('2026-09-09 12:00'), false);
    await world.run(at('2026-09-20 12:00'));
    expect(told(world).slice(before)).toEqual([]);
  });

  it('by hours tells nothing again that was told late', async () => {
    const world = await worldOf(NOW, [watched()], []);
    await world.run(at('2026-09-14 20:00'), false);
    await remind(world.ports, 'active');
    await world.run(at('2026-09-14 11:00'), false);
    await world.run(at('2026-09-14 20:30'));
    expect(told(world)).toEqual(['desktop 09-14T20:00']);
  });
});

describe('a clock that stood in 1970', () => {
  it('drops nothing, for no day lies two years before it', async () => {
    const store = memoryStore({ bills: [watched()] });
    const before: Instant[] = [];
    const prune = async (of: Instant) => before.push(of);
    const { ports, sent } = portsOver({ ...store, prune }, { now: 5 });
    await remind(ports, 'alarm');
    ports.at(NOW);
    await remind(ports, 'alarm');
    expect(before.filter(Number.isNaN)).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  it('expects the month after the last one, as ever', () => {
    const lastMonthly = { title: '账单', statementDay: null, dueDay: day('2026-09-14') };
    const account = { siteId: SITE, account: 'default', lastMonthly, billsReadAt: READ, issuedReadAt: READ };
    expect(expectedBills([{ ...account, signedOutSince: null }], 5)[0]?.dueDay).toBe('2026-10-14');
  });
});
