/** What every Store keeps. Run on the one in memory and on the one over IndexedDB. */
import { describe, expect, it } from 'vitest';
import type { OwnerActEntry, SiteState, Store } from '../../src/app/ports.ts';
import type { Bill } from '../../src/core/bill.ts';
import { NO_CALENDAR } from '../../src/core/calendar-state.ts';
import { habitOf } from '../../src/core/habit.ts';
import type { Fen } from '../../src/core/money.ts';
import type { LedgerEntry } from '../../src/core/reminder/reminder.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { at, bill, day, READ_AT, SITE } from '../core/made-up.ts';

export const state = (part: Partial<SiteState> = {}): SiteState => ({
  siteId: SITE,
  account: 'default',
  kind: 'bills',
  why: null,
  at: READ_AT,
  billsReadAt: READ_AT,
  lastMonthly: null,
  issuedReadAt: READ_AT,
  signedOutSince: null,
  ...part,
});

export const entry = (part: Partial<LedgerEntry> = {}): LedgerEntry => {
  const reminderId = part.reminderId ?? `${bill().id}|due-today|2026-09-14|10`;
  return {
    id: `${reminderId}|desktop|device-a`,
    reminderId,
    billId: bill().id,
    kind: 'due-today',
    day: day('2026-09-14'),
    channel: 'desktop',
    device: 'device-a',
    noticeId: reminderId,
    plannedAt: at('2026-09-14 10:00'),
    firedAt: at('2026-09-14 10:00'),
    outcome: 'accepted',
    settledAt: at('2026-09-14 10:00'),
    failure: null,
    lateMs: 0,
    lateWhy: null,
    seen: 'unknown',
    seenAt: null,
    ...part,
  };
};

export const actOf = (part: Partial<OwnerActEntry> = {}): OwnerActEntry => ({
  id: 'act-1',
  billId: bill().id,
  do: 'paid',
  via: 'popup',
  at: READ_AT,
  until: null,
  ...part,
});

export async function put(store: Store, ...bills: readonly Bill[]): Promise<void> {
  await store.takeReading(SITE, 'default', () => ({ bills, goneIds: [], state: state() }));
}

const idsOf = (bills: readonly Bill[]): string[] => bills.map((each) => each.key).sort();

export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`a store: ${name}`, () => {
    it('gives all bills, the latest due day first, one without a day before them', async () => {
      const store = await open();
      const days = { a: day('2026-09-14'), b: null, c: day('2026-10-14') };
      await put(
        store,
        ...Object.entries(days).map(([key, dueDay]) => bill({ key, id: `made-up/default/${key}`, dueDay })),
      );
      expect((await store.allBills()).map(({ key }) => key)).toEqual(['b', 'c', 'a']);
    });

    it('gives what falls due from a day on, paid or not, and nothing without a day', async () => {
      const store = await open();
      const days = { a: '2026-09-13', b: '2026-09-14', c: '2027-01-01' };
      const dated = Object.entries(days).map(([key, dueDay]) =>
        bill({ key, id: `made-up/default/${key}`, dueDay: day(dueDay), owner: { paidAt: 1 } }),
      );
      await put(store, ...dated, bill({ key: 'd', id: 'made-up/default/d', dueDay: null }));
      expect((await store.billsDueSince(day('2026-09-14'))).map(({ key }) => key).sort()).toEqual(['b', 'c']);
    });

    it('gives the watched bills and no paid, muted or known-zero one', async () => {
      const store = await open();
      await put(
        store,
        bill({ key: 'open' }),
        bill({ key: 'unknown-amount', remainingFen: null, standing: 'unknown' }),
        bill({ key: 'no-day', dueDay: null }),
        bill({ key: 'paid', owner: { paidAt: READ_AT } }),
        bill({ key: 'muted', owner: { mutedAt: READ_AT } }),
        bill({ key: 'zero', remainingFen: 0 as Fen, standing: 'settled' }),
        bill({ key: 'settled', remainingFen: null, standing: 'settled' }),
        bill({ key: 'snoozed', owner: { snoozedAt: READ_AT, snoozedUntil: READ_AT + 1 } }),
      );
      expect(idsOf(await store.watchedBills())).toEqual(['no-day', 'open', 'snoozed', 'unknown-amount']);
      const { bills, count } = await store.firstWatched(2, 9);
      expect([bills.map(({ key }) => key), count]).toEqual([['no-day', 'open'], 4]);
    });

    it('counts the watched bills up to a bound', async () => {
      const store = await open();
      await put(store, bill({ key: 'a' }), bill({ key: 'b' }), bill({ key: 'c' }));
      expect((await store.firstWatched(1, 2)).count).toBe(2);
    });

    it('watches a bill again when its mark is taken back, and forgets it when it is set', async () => {
      const store = await open();
      await put(store, bill());
      expect(await store.mark(actOf(), (marks) => ({ ...marks, paidAt: READ_AT }))).toBe(true);
      expect(await store.watchedBills()).toEqual([]);
      await store.mark(actOf({ id: 'act-2', do: 'unpaid' }), ({ paidAt: _, ...marks }) => marks);
      expect(await store.watchedBills()).toEqual([bill()]);
    });

    it('gives back exactly the bill that was written', async () => {
      const store = await open();
      const full = bill({
        missingSince: READ_AT,
        owner: { note: '“引号” 🙂', snoozedAt: 1, snoozedUntil: 2 },
        doubts: [{ field: 'dueDay', values: [{ source: 'labels', value: '2026-09-13' }] }],
      });
      await put(store, full);
      expect(await store.bill(full.id)).toEqual(full);
      expect(await store.watchedBills()).toEqual([full]);
    });

    it('has no bill where none was written', async () => {
      const store = await open();
      expect(await store.bill('nobody/default/k1')).toBeUndefined();
      expect(await store.mark(actOf({ billId: 'nobody/default/k1' }), (marks) => marks)).toBe(false);
      expect(await store.actsOf('nobody/default/k1')).toEqual([]);
    });

    it('a reading whose change throws keeps nothing of it', async () => {
      const store = await open();
      await put(store, bill());
      await expect(
        store.takeReading(SITE, 'default', () => {
          throw new Error('made up');
        }),
      ).rejects.toThrow('made up');
      expect(await store.watchedBills()).toEqual([bill()]);
      expect(await store.siteStates()).toEqual([state()]);
    });

    it('an act whose change throws keeps neither mark nor act', async () => {
      const store = await open();
      await put(store, bill());
      await expect(
        store.mark(actOf(), () => {
          throw new Error('made up');
        }),
      ).rejects.toThrow('made up');
      expect(await store.bill(bill().id)).toEqual(bill());
      expect(await store.actsOf(bill().id)).toEqual([]);
    });

    it('two readings at once lose neither', async () => {
      const store = await open();
      const add = (key: string) =>
        store.takeReading(SITE, 'default', ({ bills }) => ({
          bills: [...bills, bill({ key })],
          goneIds: [],
          state: state(),
        }));
      await Promise.all([add('a'), add('b'), add('c')]);
      expect(idsOf(await store.watchedBills())).toEqual(['a', 'b', 'c']);
    });

    it('a reading knows the bills of its own account alone', async () => {
      const store = await open();
      await put(store, bill());
      let known = -1;
      await store.takeReading(SITE, 'another', ({ bills, state: former }) => {
        known = bills.length;
        expect(former).toBeNull();
        return { bills: [], goneIds: [], state: state({ account: 'another' }) };
      });
      expect(known).toBe(0);
      expect(await store.siteStates()).toHaveLength(2);
    });

    it('keeps the acts of a bill in the order of time', async () => {
      const store = await open();
      await put(store, bill());
      await store.mark(actOf({ id: 'later', at: READ_AT + 2 }), (marks) => marks);
      await store.mark(actOf({ id: 'earlier', at: READ_AT + 1 }), (marks) => marks);
      expect((await store.actsOf(bill().id)).map((each) => each.id)).toEqual(['earlier', 'later']);
    });

    it('an act of the same id replaces the former one, and what the owner wrote stays as it is', async () => {
      const store = await open();
      await put(store, bill());
      for (const statement of ['没有收到短信', '没有收到短信，号码已停用 🙂'])
        await store.mark(actOf({ id: 'statement', do: 'statement' }), (marks) => ({
          ...marks,
          statement,
          statementAt: 4,
        }));
      expect(await store.actsOf(bill().id)).toHaveLength(1);
      expect((await store.bill(bill().id))?.owner).toEqual({
        statement: '没有收到短信，号码已停用 🙂',
        statementAt: 4,
      });
    });

    it('keeps a budget once it is set, and none before it or after it is taken back', async () => {
      const store = await open();
      expect(await store.budget()).toBeNull();
      await store.saveBudget(200000 as Fen);
      expect(await store.budget()).toBe(200000);
      await store.saveBudget(null);
      expect(await store.budget()).toBeNull();
    });

    it('keeps that the database was lost until the owner has seen it', async () => {
      const store = await open();
      expect(await store.lost()).toBeNull();
      const lost = { at: 7, copiedAt: null, bills: 2, wasSyncing: true };
      await store.saveLost(lost);
      expect(await store.lost()).toEqual(lost);
      await store.saveLost(null);
      expect(await store.lost()).toBeNull();
    });

    it('the strongest word about a notice stays, whatever comes after it', async () => {
      const store = await open();
      await store.record([entry()]);
      const noticeId = entry().noticeId;
      await store.recordSeen(noticeId, 'clicked', 1);
      await store.recordSeen(noticeId, 'closed', 2);
      expect((await store.ledgerOf([bill().id]))[0]).toMatchObject({ seen: 'clicked', seenAt: 1 });
      await store.recordSeen(noticeId, 'acknowledged', 3);
      await store.recordSeen(noticeId, 'clicked', 4);
      expect((await store.ledgerOf([bill().id]))[0]).toMatchObject({ seen: 'acknowledged', seenAt: 3 });
      await store.forgetSeen(noticeId, bill().id);
      expect((await store.ledgerOf([bill().id]))[0]).toMatchObject({
        seen: 'unknown',
        seenAt: null,
        outcome: 'accepted',
      });
    });

    it('a word about one bill of a notice is not said about the other', async () => {
      const store = await open();
      const other = entry({ reminderId: 'x/y/z|due-today|2026-09-14|10', billId: 'x/y/z', noticeId: entry().noticeId });
      await store.record([entry(), other]);
      expect(await store.recordSeen(entry().noticeId, 'acknowledged', 5, 'x/y/z')).toHaveLength(1);
      expect((await store.ledgerOf([bill().id]))[0]!.seen).toBe('unknown');
      expect((await store.ledgerOf(['x/y/z']))[0]!.seen).toBe('acknowledged');
    });

    it('a word about a notice that nobody knows changes nothing', async () => {
      const store = await open();
      expect(await store.recordSeen('nobody', 'acknowledged', 1)).toEqual([]);
    });

    it('recording one reminder again replaces it instead of adding one', async () => {
      const store = await open();
      await store.record([entry({ outcome: 'fired', settledAt: null })]);
      await store.record([entry()]);
      expect(await store.ledgerOf([bill().id])).toEqual([entry()]);
    });

    it('finds the ledger of many bills, and of none', async () => {
      const store = await open();
      const ids = Array.from({ length: 600 }, (_, i) => `made-up/default/many-${i}`);
      await store.record(ids.map((billId) => entry({ reminderId: `${billId}|due-today|2026-09-14|10`, billId })));
      expect(await store.ledgerOf(ids)).toHaveLength(600);
      expect(await store.ledgerOf(ids.slice(0, 7))).toHaveLength(7);
      expect(await store.ledgerOf([])).toEqual([]);
    });

    it('the newest entries come first', async () => {
      const store = await open();
      await store.record([1, 3, 2].map((n) => entry({ reminderId: `r${n}`, firedAt: n })));
      expect((await store.latestEntries(2)).map((each) => each.firedAt)).toEqual([3, 2]);
    });

    it('prunes what is old, never the story of a bill that is still watched', async () => {
      const store = await open();
      await put(store, bill());
      await store.record([
        entry({ firedAt: 1 }),
        entry({ reminderId: 'gone', billId: 'gone/gone/gone', firedAt: 1 }),
        entry({ reminderId: 'new', billId: 'gone/gone/gone', firedAt: 9 }),
      ]);
      expect(await store.prune(5)).toBe(1);
      expect((await store.latestEntries(9)).map((each) => each.reminderId).sort()).toEqual(
        [entry().reminderId, 'new'].sort(),
      );
    });

    it('has the default rules until others are saved', async () => {
      const store = await open();
      expect(await store.rules()).toEqual(DEFAULT_RULES);
      const mine = { ...DEFAULT_RULES, leadDays: [2], quiet: { fromHour: 22, toHour: 7 }, since: 5 };
      await store.saveRules(mine);
      expect(await store.rules()).toEqual(mine);
    });

    it('has one name for this browser, even when asked many times at once', async () => {
      const store = await open();
      const names = await Promise.all(Array.from({ length: 8 }, () => store.deviceId()));
      expect(new Set(names).size).toBe(1);
      expect(names[0]).not.toBe('');
    });

    it('keeps what was learnt of the hours, and takes a damaged row for nothing', async () => {
      const store = await open();
      expect(await store.habit()).toBeNull();
      const habit = habitOf([entry()], DEFAULT_RULES, day('2026-09-15'));
      await store.saveHabit(habit);
      expect(await store.habit()).toEqual(habit);
      await store.saveHabit({ ...habit, weeks: 'none' } as unknown as typeof habit);
      expect(await store.habit()).toBeNull();
    });

    it('keeps the hours where the owner put them when told not to adapt them', async () => {
      const store = await open();
      await store.saveRules({ ...DEFAULT_RULES, adapts: false });
      expect((await store.rules()).adapts).toBe(false);
    });

    it('keeps the calendar and what stands in it, and changes it in one step', async () => {
      const store = await open();
      expect(await store.calendar()).toEqual(NO_CALENDAR);
      const entry = { href: 'https://dav.example/c/a.ics', etag: null, hash: 'h', lastAlarmAt: 7 };
      await Promise.all(
        ['a', 'b'].map((uid) =>
          store.changeCalendar((calendar) => ({ ...calendar, written: { ...calendar.written, [uid]: entry } })),
        ),
      );
      expect((await store.calendar()).written).toEqual({ a: entry, b: entry });
    });

    it('remembers the last pass and the self-test, and nothing before them', async () => {
      const store = await open();
      expect(await store.lastPassAt()).toBeNull();
      expect(await store.selfTest()).toBeNull();
      await store.savePass(7);
      await store.saveSelfTest({ at: 8, wasSeen: null });
      expect(await store.lastPassAt()).toBe(7);
      expect(await store.selfTest()).toEqual({ at: 8, wasSeen: null });
      await store.saveSelfTest(null);
      expect(await store.selfTest()).toBeNull();
    });
  });
}
