import { describe, expect, it } from 'vitest';
import { remind } from '../../src/app/remind.ts';
import { takeReading } from '../../src/app/take-reading.ts';
import type { Fen } from '../../src/core/money.ts';
import { FAMILIES, type Reading } from '../../src/core/reading.ts';
import { at, billsReading, day, readBill, SITE } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const READ = at('2026-09-10 12:00');
const told = async (...readings: readonly [string, Reading][]) => {
  const store = memoryStore();
  const watched = portsOver(store, { now: READ });
  for (const [when, reading] of readings) {
    watched.ports.at(at(when));
    await takeReading(watched.ports, SITE, reading);
  }
  return { store, ...watched };
};

describe('a reading without bills', () => {
  it.each([
    [{ kind: 'signed-out' }, null],
    [{ kind: 'no-account' }, null],
    [{ kind: 'no-access', why: 'host-permission' }, 'host-permission'],
    [{ kind: 'unreadable', why: 'layout-unknown' }, 'layout-unknown'],
  ] as const)('changes no bill and is remembered with its reason: %o', async (reading, why) => {
    const { store } = await told(
      ['2026-09-10 12:00', billsReading([readBill()], ['issued'])],
      ['2026-09-11 12:00', reading],
    );
    expect(await store.watchedBills()).toMatchObject([{ remainingFen: 38620, standing: 'open', readAt: READ }]);
    expect(await store.siteStates()).toMatchObject([
      { kind: reading.kind, why, at: at('2026-09-11 12:00'), billsReadAt: READ, issuedReadAt: READ },
    ]);
  });

  it('that is the first one leaves nothing that could be mistaken for being free of debt', async () => {
    const { store } = await told(['2026-09-10 12:00', { kind: 'signed-out' }]);
    expect(await store.siteStates()).toMatchObject([{ kind: 'signed-out', billsReadAt: null, issuedReadAt: null }]);
  });
});

describe('signed out', () => {
  it('counts from the first time, reminds to sign in, and ends with the next bills', async () => {
    const { store, ports, sent } = await told(
      ['2026-09-10 12:00', billsReading([readBill({ dueDay: day('2026-09-30') })], ['issued'])],
      ['2026-09-11 12:00', { kind: 'signed-out' }],
      ['2026-09-11 18:00', { kind: 'signed-out' }],
    );
    expect((await store.siteStates())[0]!.signedOutSince).toBe(at('2026-09-11 12:00'));
    ports.at(at('2026-09-12 10:00'));
    await remind(ports, 'alarm');
    expect(sent.map((notice) => notice.kind)).toEqual(['sign-in']);
    await takeReading(ports, SITE, billsReading([], []));
    ports.at(at('2026-09-15 10:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
  });
});

describe('signed out, where no monthly bill was ever read', () => {
  const sum = readBill({ key: 'sum:baitiao', title: '白条', dueDay: null, statementDay: null });
  const loan = readBill({ family: 'loan', dueDay: day('2026-09-30'), statementDay: null });

  it.each([
    ['a sum', sum],
    ['a loan', loan],
  ])('but %s: it is asked to sign in all the same', async (_, read) => {
    const { ports, sent } = await told(
      ['2026-09-10 12:00', billsReading([read])],
      ['2026-09-11 12:00', { kind: 'signed-out' }],
    );
    ports.at(at('2026-09-12 10:00'));
    await remind(ports, 'alarm');
    expect(sent.flatMap(({ reminders }) => reminders.map(({ kind }) => kind))).toContain('sign-in');
  });

  it.each<[string, Reading[]]>([
    ['nobody was signed in', []],
    ['the page said that nothing is owed', [billsReading([], [...FAMILIES])]],
  ])('nor anything else, nobody is asked: %s', async (_, read) => {
    const { ports, sent } = await told(...read.map((each): [string, Reading] => ['2026-09-10 12:00', each]), [
      '2026-09-11 12:00',
      { kind: 'signed-out' },
    ]);
    ports.at(at('2026-09-12 10:00'));
    await remind(ports, 'alarm');
    expect(sent).toEqual([]);
  });
});

describe('a monthly debt', () => {
  const months = async (...readings: readonly [string, Reading][]): Promise<string[]> => {
    const { ports, sent, armedFor } = await told(...readings);
    await remind(ports, 'message');
    const end = at('2027-06-01 00:00');
    while (armedFor()! < end) {
      ports.at(armedFor()!);
      await remind(ports, 'alarm');
    }
    return [...new Set(sent.flatMap((notice) => notice.reminders.map((reminder) => reminder.day.slice(0, 7))))];
  };

  it('that was read once never goes a month without a reminder to look, though it was paid', async () => {
    const paid = billsReading([readBill({ remainingFen: 0 as Fen, standing: 'settled' })], ['issued']);
    expect(
      await months(['2026-09-10 12:00', billsReading([readBill()], ['issued'])], ['2026-09-12 12:00', paid]),
    ).toEqual(expect.arrayContaining(['2026-10', '2026-11', '2026-12', '2027-01', '2027-02']));
  });

  it('is not expected from a loan, nor from a month in which nothing was bought yet', async () => {
    const loan = readBill({ family: 'loan' });
    const empty = readBill({ key: 'next', family: 'unissued', standing: 'settled', remainingFen: 0 as Fen });
    const { store } = await told(['2026-09-10 12:00', billsReading([loan, empty], ['unissued', 'loan'])]);
    expect(await store.siteStates()).toMatchObject([{ lastMonthly: null }]);
  });

  it('whose first month was paid before its bill was issued is expected in that month: what is bought since is on it', async () => {
    const next = readBill({
      key: 'next',
      family: 'unissued',
      dueDay: day('2026-10-14'),
      statementDay: day('2026-10-05'),
    });
    const none = { ...next, standing: 'settled' as const, remainingFen: 0 as Fen };
    const asked = await months(
      ['2026-09-10 12:00', billsReading([next], ['unissued'])],
      ['2026-09-12 12:00', billsReading([none], ['unissued'])],
      ['2026-09-13 12:00', billsReading([none], ['unissued'])],
    );
    expect(asked).toEqual(expect.arrayContaining(['2026-10', '2026-11']));
    const issued = billsReading([{ ...none, family: 'issued' }], ['issued']);
    const { store } = await told(
      ['2026-09-10 12:00', billsReading([next], ['unissued'])],
      ['2026-09-12 12:00', billsReading([none], ['unissued'])],
      ['2026-10-07 12:00', issued],
    );
    expect(await store.siteStates()).toMatchObject([{ lastMonthly: { dueDay: '2026-10-14' } }]);
  });

  it('of a month’s last day is not ruled out by a look on the day before the next one may come', async () => {
    const february = readBill({ dueDay: day('2027-03-09'), statementDay: day('2027-02-28') });
    const asked = await months(
      ['2027-02-28 12:00', billsReading([february], ['issued'])],
      ['2027-03-05 12:00', billsReading([{ ...february, remainingFen: 0 as Fen, standing: 'settled' }], ['issued'])],
      ['2027-03-30 12:00', billsReading([], ['issued'])],
    );
    expect(asked).toEqual(expect.arrayContaining(['2027-04', '2027-05']));
  });

  it('of the 31st is expected on the last day of a shorter month', async () => {
    const { ports, sent, armedFor } = await told([
      '2027-01-25 12:00',
      billsReading([readBill({ dueDay: day('2027-01-31'), statementDay: day('2027-01-22') })], ['issued']),
    ]);
    await remind(ports, 'message');
    while (armedFor()! < at('2027-03-05 00:00')) {
      ports.at(armedFor()!);
      await remind(ports, 'alarm');
    }
    expect(
      sent.flatMap((notice) => notice.bills).some((each) => each.asks === 'expected' && each.dueDay === '2027-02-28'),
    ).toBe(true);
  });

  it('read while the clock ran a year ahead is expected again once the clock is right', async () => {
    const { ports, sent } = await told([
      '2027-09-10 12:00',
      billsReading([readBill({ dueDay: day('2026-09-14') })], ['issued']),
    ]);
    ports.at(at('2026-10-14 10:00'));
    await remind(ports, 'alarm');
    expect(
      sent.flatMap((notice) => notice.bills).some((each) => each.asks === 'expected' && each.dueDay === '2026-10-14'),
    ).toBe(true);
  });
});
