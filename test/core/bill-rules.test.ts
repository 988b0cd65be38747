import { describe, expect, it } from 'vitest';
import { type Bill, isPaidDisputed, watchDayOf } from '../../src/core/bill.ts';
import { DAY_MS, HOUR_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import { historyOf } from '../../src/core/reminder/history.ts';
import { plan } from '../../src/core/reminder/plan.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { at, bill } from './made-up.ts';

const READ = at('2026-09-05 09:00');
const ahead = (...bills: Parameters<typeof plan>[0]) => plan(bills, DEFAULT_RULES, historyOf([], 'd'), READ).next;
const own = { leadDays: [2], beforeHour: 20, dueHours: [8], overdueHour: 7 };

describe('a bill with rules of its own', () => {
  it('follows them, and no other bill does', () => {
    const mine = bill({ id: 'a', owedSince: READ, readAt: READ, owner: { rules: own } });
    const other = bill({ id: 'b', owedSince: READ, readAt: READ });
    const moments = (id: string) =>
      ahead(mine, other)
        .filter(({ billId }) => billId === id)
        .map(({ kind, at: when }) => [kind, when]);
    expect(moments('a')).toEqual([
      ['before', at('2026-09-12 20:00')],
      ['due-today', at('2026-09-14 08:00')],
      ['overdue', at('2026-09-15 07:00')],
    ]);
    expect(moments('b')).toHaveLength(7);
  });
});

describe('a bill that was marked as paid', () => {
  const paidAt = at('2026-09-10 10:00');
  const read = (readAt: number) => bill({ owedSince: READ, readAt, owner: { paidAt } });
  const due = (readAt: number) => plan([read(readAt)], DEFAULT_RULES, historyOf([], 'd'), readAt + HOUR_MS).due;

  it('is said once when a reading of a later day still shows money owed', () => {
    const readAt = at('2026-09-11 10:00');
    expect(due(readAt).map(({ kind, at: when }) => [kind, when])).toEqual([['stale-reading', readAt]]);
    expect(isPaidDisputed(read(readAt))).toBe(true);
    expect(watchDayOf(read(readAt))).toBe('2026-09-14');
  });

  it('is said once more on the same day when a later reading shows more', () => {
    const [less, more] = [at('2026-09-11 10:00'), at('2026-09-11 15:00')];
    const said = new Set(due(less).map(({ id }) => id));
    const grown = { ...read(more), grewAt: more };
    const again = (row: Bill, now: number) =>
      plan([row], DEFAULT_RULES, historyOf([], 'd'), now).due.filter(({ id }) => !said.has(id));
    expect(again(read(more), more)).toEqual([]);
    expect(again(grown, more).map(({ at: when }) => when)).toEqual([more]);
    for (const { id } of again(grown, more)) said.add(id);
    const reread = at('2026-09-11 17:00');
    expect(again({ ...grown, readAt: reread }, reread)).toEqual([]);
    // A page that shows less and that again, at every look, is no news.
    const flipped = at('2026-09-11 19:00');
    expect(again({ ...grown, readAt: flipped, grewAt: flipped }, flipped)).toEqual([]);
    // What grew before it was paid is what was paid.
    const before = { ...read(less), grewAt: paidAt - 1 };
    expect(again(before, less)).toEqual([]);
  });

  it('is not disputed by a reading that shows no amount, or none owed', () => {
    for (const remainingFen of [null, 0 as Fen])
      expect(isPaidDisputed({ ...read(at('2026-09-11 10:00')), remainingFen })).toBe(false);
  });

  it('is silent while the payment may still be on its way, and on its due day', () => {
    expect(due(at('2026-09-10 20:00'))).toEqual([]);
    expect(plan([read(READ)], DEFAULT_RULES, historyOf([], 'd'), at('2026-09-14 12:00')).due).toEqual([]);
    expect(watchDayOf(read(READ))).toBeUndefined();
  });
});

describe('a bill that is read in the evening of its due day', () => {
  const [evening, later] = [at('2026-09-14 22:00'), at('2026-09-14 23:00')];
  const dueAt = (row: Bill, now: number) => plan([row], DEFAULT_RULES, historyOf([], 'd'), now).due.map(({ id }) => id);

  it('and has grown is told once more, and not each time that two pages show less and that again', () => {
    const grown = bill({ owedSince: READ, readAt: evening, grewAt: evening });
    const told = new Set(dueAt(bill({ owedSince: READ, readAt: READ }), evening));
    const first = dueAt(grown, evening).filter((id) => !told.has(id));
    expect(first).toHaveLength(1);
    expect(dueAt({ ...grown, readAt: later, grewAt: later }, later).filter((id) => !told.has(id))).toEqual(first);
  });

  it('for the first time is told, whatever a clock that ran ahead said of growing', () => {
    const met = bill({ owedSince: evening, readAt: evening });
    expect(dueAt(met, evening)).toHaveLength(1);
    expect(dueAt({ ...met, grewAt: at('2031-01-01 12:00') }, evening)).toEqual(dueAt(met, evening));
    const ahead = bill({ owedSince: at('2031-01-01 12:00'), readAt: evening, grewAt: evening });
    expect(dueAt(ahead, evening)).toContain(`${ahead.id}|due-today|2026-09-14|grown`);
  });
});

describe('a question that stands for years', () => {
  it('asks about the last days alone, on the days on which it always would have', () => {
    const asked = (owedSince: number) =>
      plan([bill({ dueDay: null, owedSince, readAt: owedSince })], DEFAULT_RULES, historyOf([], 'd'), READ);
    const [old, young] = [asked(0), asked(READ - 60 * DAY_MS)];
    expect(old.due.length).toBeLessThan(35);
    expect(young.due).toHaveLength(20);
    expect(old.next).toHaveLength(1);
    const days = old.due.map(({ at: when }) => Math.floor(when / DAY_MS));
    expect(days.every((each) => (each - days[0]!) % 3 === 0)).toBe(true);
  });
});

describe('rules that are changed in the middle of a day', () => {
  const watched = bill({ owedSince: READ, readAt: READ });
  const dueAt = (rules: Partial<typeof DEFAULT_RULES>, now: number) =>
    plan([watched], { ...DEFAULT_RULES, ...rules, since: now }, historyOf([], 'd'), now).due.map(({ kind }) => kind);

  it('still tell the due day, though its new hour is past and its old one had not come', () => {
    expect(dueAt({ dueHours: [8] }, at('2026-09-14 12:00'))).toContain('due-today');
  });

  it('still tell the day before', () => {
    expect(dueAt({ beforeHour: 9 }, at('2026-09-13 09:30'))).toEqual(['before']);
  });

  it('promise nothing of the days before', () => {
    expect(dueAt({ leadDays: [8, 7, 5, 3] }, at('2026-09-10 12:00'))).toEqual([]);
  });
});
