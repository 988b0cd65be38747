/** Months: their grid, the keys of it, what falls due in them, and what is planned. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, dayFrom, daysInMonth, weekdayOf } from '../../src/core/day.ts';
import { fallsDue } from '../../src/core/falls-due.ts';
import type { Fen } from '../../src/core/money.ts';
import { addMonth, dayAfterKey, monthOf, weeksOf } from '../../src/core/month.ts';
import { monthPlan } from '../../src/core/month-plan.ts';
import { historyOf } from '../../src/core/reminder/history.ts';
import { plan } from '../../src/core/reminder/plan.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { at, bill, day } from './made-up.ts';

const months = fc
  .tuple(fc.integer({ min: 1993, max: 2100 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => monthOf(dayFrom(year, month, 1)!));

describe('a month', () => {
  it('holds each of its days once, in whole weeks from Monday', () => {
    fc.assert(
      fc.property(months, (month) => {
        const weeks = weeksOf(month);
        const days = weeks.flat().filter((each) => each !== null);
        const [year, number] = month.split('-').map(Number) as [number, number];
        expect(days).toEqual(Array.from({ length: daysInMonth(year, number) }, (_, i) => dayFrom(year, number, i + 1)));
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          for (const [column, each] of week.entries()) if (each) expect((weekdayOf(each) + 6) % 7).toBe(column);
        }
      }),
    );
  });

  it('keys go where the pattern says, and other keys nowhere', () => {
    const from = day('2026-09-10');
    const to = (key: string, isShift = false) => dayAfterKey(from, key, isShift);
    expect(
      ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'].map((k) => to(k)),
    ).toEqual([
      '2026-09-09',
      '2026-09-11',
      '2026-09-03',
      '2026-09-17',
      '2026-09-07',
      '2026-09-13',
      '2026-08-10',
      '2026-10-10',
    ]);
    expect([to('PageDown', true), to('PageUp', true)]).toEqual(['2027-09-10', '2025-09-10']);
    expect(dayAfterKey(day('2026-01-31'), 'PageDown', false)).toBe('2026-02-28');
    expect(to('a')).toBeNull();
  });
});

describe('what falls due', () => {
  const today = day('2026-09-10');
  it('counts what is unknown and adds only what is known', () => {
    const { months, overdue, dayless } = fallsDue(
      [
        bill({ key: 'a', id: 'a', remainingFen: 100 as Fen }),
        bill({ key: 'b', id: 'b', remainingFen: null }),
        bill({ key: 'c', id: 'c', dueDay: day('2026-09-01'), remainingFen: 50 as Fen }),
        bill({ key: 'd', id: 'd', dueDay: null, remainingFen: 7 as Fen }),
      ],
      today,
      120 as Fen,
    );
    expect(months[0]).toMatchObject({ month: '2026-09', knownFen: 100, bills: 2, unknown: 1, budget: 'over' });
    expect(months).toHaveLength(3);
    expect(overdue).toMatchObject({ knownFen: 50, bills: 1 });
    expect(dayless).toMatchObject({ knownFen: 7, bills: 1 });
  });

  it('an unknown amount keeps a budget from being kept for certain', () => {
    const unknown = bill({ remainingFen: null });
    expect(fallsDue([unknown], today, 100 as Fen).months[0]!.budget).toBe('unsure');
    expect(fallsDue([unknown], today, null).months[0]!.budget).toBeNull();
    const known = bill({ remainingFen: 100 as Fen });
    // No bill was read of the months ahead: that promises nothing.
    expect(fallsDue([known], today, 100 as Fen).months.map(({ budget }) => budget)).toEqual([
      'within',
      'unknown',
      'unknown',
    ]);
  });

  it('a bill that was read is not expected a second time in its month', () => {
    const expected = bill({ key: 'e', id: 'e', asks: 'expected', remainingFen: null, dueDay: day('2026-09-15') });
    const next = { ...expected, id: 'f', dueDay: day('2026-10-15') };
    const { months } = fallsDue([bill(), expected, next], today, null);
    expect(months.map(({ bills, expected: count }) => [bills, count])).toEqual([
      [1, 0],
      [1, 1],
      [0, 0],
    ]);
  });

  it('ten thousand of the largest amounts are summed and not refused', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      bill({ key: `${i}`, id: `${i}`, remainingFen: 9_999_999_999 as Fen }),
    );
    expect(fallsDue(many, today, null).months[0]!.knownFen).toBe(99_999_999_990_000);
  });
});

describe('the plan of a month', () => {
  const now = at('2026-09-10 12:00');
  const world = (bills: readonly ReturnType<typeof bill>[]) => ({
    allBills: bills,
    ahead: bills,
    next: plan(bills, DEFAULT_RULES, historyOf([], 'd'), now).next,
    rules: DEFAULT_RULES,
    habit: null,
  });

  it('has everything the planner promises in it, each once', () => {
    const { next, ...rest } = world([bill(), bill({ key: 'o', id: 'o', dueDay: day('2026-10-02') })]);
    const month = monthPlan({ next, ...rest }, '2026-09', now);
    const shown = [...month.values()].flatMap(({ reminders }) => reminders.map(({ id }) => id));
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown).toEqual(
      expect.arrayContaining(next.filter((each) => each.at < at('2026-10-01 00:00')).map(({ id }) => id)),
    );
    expect(month.get(day('2026-09-14'))!.due).toHaveLength(1);
  });

  it('tells the reminders of one day in their order, of however many bills', () => {
    const far = ['b', 'a'].map((key) => bill({ key, id: key, dueDay: day('2026-12-14') }));
    const { reminders } = monthPlan(world(far), '2026-12', now).get(day('2026-12-14'))!;
    const hour = (of: number) => at(`2026-12-14 ${of}:00`);
    expect(reminders.map((each) => [each.billId, each.at])).toEqual(
      [10, 18, 21].flatMap((of) => ['a', 'b'].map((id) => [id, hour(of)])),
    );
  });

  it('an overdue bill is told on every day that is left', () => {
    const late = world([bill({ dueDay: day('2026-09-08'), owedSince: at('2026-09-01 00:00') })]);
    for (const month of ['2026-09', '2026-10']) {
      const days = [...monthPlan(late, month, now)].filter(
        ([each, { reminders }]) => each > '2026-09-10' && reminders.length > 0,
      );
      expect(days).toHaveLength(month === '2026-09' ? 20 : 31);
    }
  });

  it('a month that is over has its due days and no promise', () => {
    const month = monthPlan(world([bill({ dueDay: day('2026-08-14') })]), addMonth('2026-09', -1), now);
    expect([...month.values()].flatMap(({ reminders }) => reminders)).toEqual([]);
    expect(month.size).toBe(1);
    expect(addMonths(day('2026-08-14'), 1)).toBe('2026-09-14');
  });
});
