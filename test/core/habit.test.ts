/** What the habit may and may not do: laws over random habits, and what it learns from ledgers of plain people. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, DAY_MS, type Day, dayOf, HOUR_MS, hourIn, startOf, weekdayOf } from '../../src/core/day.ts';
import { ALLOWED, type Habit, habitOf, soundHabit } from '../../src/core/habit.ts';
import { chancesThere, type Presence, presenceOn, seenAt } from '../../src/core/habit-presence.ts';
import { historyOf } from '../../src/core/reminder/history.ts';
import { plan } from '../../src/core/reminder/plan.ts';
import type { LedgerEntry, Reminder } from '../../src/core/reminder/reminder.ts';
import { DEFAULT_RULES, type Rules } from '../../src/core/rules.ts';
import { at, bill, day } from './made-up.ts';

const DUE = day('2026-09-24');
const NOTHING = historyOf([], 'd');

/** One notice of the desktop a day at `hour`, acknowledged `afterHours` later or never. */
function told(days: number, hour: number, afterHours: number | null, until = '2026-09-01'): LedgerEntry[] {
  return Array.from({ length: days }, (_, back) => {
    const on = addDays(day(until), -1 - back);
    const firedAt = startOf(on) + hour * HOUR_MS;
    const isSeen = afterHours !== null;
    return {
      id: `${on}|${hour}`,
      reminderId: `x|before|${on}|-${hour}`,
      billId: `x${on}`,
      kind: 'before',
      day: on,
      channel: 'desktop',
      device: 'd',
      noticeId: `${on}|${hour}`,
      plannedAt: firedAt,
      firedAt,
      outcome: 'accepted',
      settledAt: firedAt,
      failure: null,
      lateMs: 0,
      lateWhy: null,
      seen: isSeen ? 'acknowledged' : 'unknown',
      seenAt: isSeen ? firedAt + afterHours * HOUR_MS : null,
    };
  });
}
const learn = (entries: LedgerEntry[], rules: Rules = DEFAULT_RULES, on = '2026-09-01'): Habit =>
  habitOf(entries, rules, day(on));

/** Somebody was there at this hour on each of the `days` before September, or the machine was watched in vain. */
function presentAt(days: number, hour: number | null): Presence {
  let presence = presenceOn(null, addDays(day('2026-09-01'), -days));
  for (let back = days; back > 0; back--) {
    const on = addDays(day('2026-09-01'), -back);
    presence = presenceOn(presence, on);
    if (hour !== null) presence = seenAt(presence, 'Asia/Shanghai', startOf(on) + hour * HOUR_MS);
  }
  return presenceOn(presence, day('2026-09-01'));
}

describe('who is there, and when', () => {
  const tuesday = 2 * 24;

  it('one hour counts once a day, and of two shifts the later one soon counts more', () => {
    const once = seenAt(presenceOn(null, day('2026-09-01')), 'Asia/Shanghai', at('2026-09-01 21:10'));
    expect(seenAt(once, 'Asia/Shanghai', at('2026-09-01 21:50'))).toBe(once);
    expect(once.today).toEqual([tuesday + 21]);
    let shifted = presentAt(60, 9);
    for (let n = 0; n < 21; n++) {
      const on = addDays(day('2026-09-01'), n);
      shifted = seenAt(presenceOn(shifted, on), 'Asia/Shanghai', startOf(on) + 17 * HOUR_MS);
    }
    const chances = chancesThere(presenceOn(shifted, day('2026-09-22')));
    expect(chances[tuesday + 17]).toBeGreaterThan(0.55);
    expect(chances[tuesday + 9]).toBeLessThan(0.45);
    expect(chances[tuesday + 3]).toBeLessThan(0.05);
  });

  it('a working day says little of a weekend', () => {
    let presence = presenceOn(null, day('2026-08-03'));
    for (let n = 0; n < 28; n++) {
      const on = addDays(day('2026-08-03'), n);
      presence = presenceOn(presence, on);
      if (weekdayOf(on) % 6 !== 0) presence = seenAt(presence, 'Asia/Shanghai', startOf(on) + 10 * HOUR_MS);
    }
    const chances = chancesThere(presenceOn(presence, day('2026-08-31')));
    expect(chances[tuesday + 10]).toBeGreaterThan(0.8);
    expect(chances[10]).toBeLessThan(0.35);
  });

  it('days without a look count as watched, and a clock that was set back costs a day of signs at most', () => {
    const before = presentAt(30, 20);
    const away = presenceOn(before, day('2026-09-29'));
    expect(chancesThere(away)[tuesday + 20]).toBeLessThan(chancesThere(before)[tuesday + 20]! / 2);
    expect(presenceOn(before, day('2026-08-20')).there).toEqual(before.there);
  });
});

describe('what is learnt', () => {
  it('nothing from few notices', () => {
    const habit = learn(told(1, 10, null));
    expect(habit.weeks).toEqual([]);
    expect(habit.facts).toMatchObject({ kind: 'few', notices: 1 });
  });

  it('no move and no more days for somebody who answers at the rules’ hour', () => {
    const habit = learn(told(40, 10, 0.1));
    expect(habit.facts.kind).toBe('stays');
    expect(habit.weeks.flatMap((week) => week.added)).toEqual([]);
  });

  it('the evening of somebody who answers at 20 and never at 10, with the numbers of it', () => {
    const habit = learn([...told(30, 10, null), ...told(12, 20, 0.2)]);
    expect(habit.facts).toMatchObject({
      kind: 'moved',
      at: { hour: 20, raised: 12, seen: 12 },
      rulesAt: { hour: 10, raised: 30, seen: 0 },
    });
    expect(habit.chances[3 * 24 + 20]).toBeGreaterThan(60);
    expect(habit.chances[3 * 24 + 10]).toBeLessThan(15);
  });

  it('that a late answer tells of the hour in which it came', () => {
    const habit = learn(told(30, 10, 9));
    expect(habit.facts.at.hour).toBe(19);
  });

  it('from few notices, the hour at which somebody sits at the machine, and nothing from a machine that nobody uses', () => {
    const few = told(3, 10, null);
    few.push(...told(1, 10, 0.1, '2026-08-20'));
    const at21 = presentAt(14, 21);
    const habit = habitOf(few, DEFAULT_RULES, day('2026-09-01'), { ...learn([]), presence: at21 });
    expect(new Set(habit.weeks.flatMap(({ moved }) => moved.map(([, hour]) => hour)))).toEqual(new Set([21]));
    const nobody = habitOf(few, DEFAULT_RULES, day('2026-09-01'), { ...learn([]), presence: presentAt(14, null) });
    expect(nobody.weeks.flatMap(({ added }) => added)).toEqual([]);
    expect(habit.weeks.flatMap(({ added }) => added)).not.toEqual([]);
  });

  it('no more days for somebody who is there and closes every notice but one', () => {
    const closed = told(40, 10, null).map(
      (entry): LedgerEntry => ({ ...entry, seen: 'closed', seenAt: entry.firedAt + HOUR_MS / 60 }),
    );
    const presence = presentAt(60, 10);
    const habit = habitOf([...closed, ...told(1, 10, 0.1, '2026-06-01')], DEFAULT_RULES, day('2026-09-01'), {
      ...learn([]),
      presence,
    });
    expect(habit.weeks.flatMap(({ added }) => added)).toEqual([]);
  });

  it('that a reminder of which the owner says it never came reached nobody', () => {
    const never = told(30, 10, 0.1).map((entry) => ({ ...entry, missedAt: entry.firedAt + HOUR_MS }));
    const without = told(30, 10, null);
    expect(learn(never)).toEqual(learn(without));
    expect(learn(never)).not.toEqual(learn(told(30, 10, 0.1)));
  });

  it('only of what came before the day, and of recent weeks more than of old ones', () => {
    const later = told(20, 20, 0.1, '2026-10-01');
    expect(learn([...told(10, 10, 0.1), ...later])).toEqual(learn(told(10, 10, 0.1)));
    const changed = [...told(30, 10, 0.1, '2026-03-01'), ...told(20, 10, null), ...told(20, 15, 0.1)];
    expect(learn(changed).facts.kind).toBe('moved');
  });

  it('one row that is small and is read back as it was; a damaged one is none', () => {
    const habit = learn([...told(300, 10, null), ...told(200, 20, 1)]);
    expect(JSON.stringify(habit).length).toBeLessThan(3000);
    expect(soundHabit(JSON.parse(JSON.stringify(habit)))).toEqual(habit);
    const week = { moved: [[3, 9]], added: [[1, 20, '2026-09-01']] };
    const added = { ...habit, weeks: [week] };
    expect(soundHabit(structuredClone(added))).toEqual(added);
    for (const damage of [
      { weeks: [{ ...week, added: [[1, 20, 'x']] }] },
      { chances: [] },
      { weeks: [null] },
      { weeks: [{ moved: [[1, 99]], added: [] }] },
      { day: 7 },
      { presence: undefined },
      { presence: { ...habit.presence, day: 'x' } },
    ])
      expect(soundHabit({ ...habit, ...damage })).toBeNull();
  });
});

/** A habit that says anything it is able to say. */
const hour = fc.integer({ min: ALLOWED.fromHour, max: ALLOWED.toHour - 1 });
const habits = fc
  .array(
    fc.record({
      moved: fc.array(fc.tuple(fc.constantFrom(7, 3, 1), hour), { maxLength: 3 }),
      added: fc.uniqueArray(fc.tuple(fc.constantFrom(2, 5, 4, 10), hour, fc.constant('2026-09-01' as Day)), {
        maxLength: 2,
        selector: ([lead]) => lead,
      }),
    }),
    { minLength: 7, maxLength: 7 },
  )
  .map((weeks): Habit => ({ ...learn([]), weeks }));
const moments = fc.integer({ min: 0, max: 16 * 24 * 4 }).map((quarters) => at('2026-09-12 00:00') + quarters * 900_000);
const zones = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu');
const quiets = fc.constantFrom(null, null, { fromHour: 12, toHour: 14 }, { fromHour: 21, toHour: 9 });
const read = bill({ dueDay: DUE, owedSince: at('2026-09-12 15:00'), readAt: at('2026-09-12 15:00') });
const whole = (now: number, rules: Rules, habit: Habit | null): Reminder[] => {
  const { due, next } = plan([read], rules, NOTHING, now, habit);
  return [...due, ...next];
};

describe('laws of any habit', () => {
  it('slots of the due day and after it are the same with and without', () => {
    fc.assert(
      fc.property(habits, moments, zones, quiets, (habit, now, zone, quiet) => {
        const rules = { ...DEFAULT_RULES, zone, quiet };
        const late = (each: Reminder): boolean => each.kind !== 'before';
        expect(whole(now, rules, { ...habit, zone }).filter(late)).toEqual(whole(now, rules, null).filter(late));
      }),
    );
  });

  it('every reminder that the rules promise is there, in its own day and in the allowed hours', () => {
    fc.assert(
      fc.property(habits, moments, zones, quiets, (habit, now, zone, quiet) => {
        const rules = { ...DEFAULT_RULES, zone, quiet };
        const plain = new Map(whole(now, rules, null).map((each) => [each.id, each]));
        const learnt = whole(now, rules, { ...habit, zone });
        expect(learnt.length).toBeGreaterThanOrEqual(plain.size);
        expect(new Set(learnt.map(({ id }) => id)).size).toBe(learnt.length);
        for (const id of plain.keys()) expect(learnt.map((each) => each.id)).toContain(id);
        for (const { id, at: moment } of learnt) {
          if (plain.get(id)?.at === moment) continue;
          const lead = Number(id.split('|-')[1]);
          expect(dayOf(moment)).toBe(addDays(DUE, -lead));
          const shown = hourIn(zone, moment);
          expect(shown >= ALLOWED.fromHour && shown < ALLOWED.toHour).toBe(true);
        }
      }),
    );
  });

  it('a habit that changes from day to day loses no reminder and tells none twice', () => {
    fc.assert(
      fc.property(fc.array(habits, { minLength: 13, maxLength: 13 }), fc.integer({ min: 1, max: 11 }), (all, every) => {
        const entries: LedgerEntry[] = [];
        const shown: string[] = [];
        const first = at('2026-09-12 16:00');
        for (let now = first; now < startOf(addDays(DUE, 1)); now += every * HOUR_MS) {
          const habit = all[Math.floor((now - startOf(dayOf(first))) / DAY_MS)] ?? null;
          for (const { id, billId, kind, day: due, at: plannedAt } of plan(
            [read],
            DEFAULT_RULES,
            historyOf(entries, 'd'),
            now,
            habit,
          ).due) {
            shown.push(id);
            entries.push({
              ...told(1, 10, null)[0]!,
              id,
              reminderId: id,
              billId,
              kind,
              day: due,
              plannedAt,
              firedAt: now,
            });
          }
        }
        expect(new Set(shown).size).toBe(shown.length);
        for (const slot of ['before|2026-09-24|-7', 'before|2026-09-24|-3', 'before|2026-09-24|-1'])
          expect(shown.some((id) => id.endsWith(slot))).toBe(true);
      }),
    );
  });

  it('moved from 20:00 to 9:00 while it is noon is due at once', () => {
    const rules = { ...DEFAULT_RULES, beforeHour: 20 };
    const weeks = Array.from({ length: 7 }, () => ({ moved: [[7, 9]] as const, added: [] }));
    const noon = at('2026-09-17 12:00');
    expect(plan([read], rules, NOTHING, noon, null).due).toEqual([]);
    const { due } = plan([read], rules, NOTHING, noon, { ...learn([], rules), weeks });
    expect(due.map(({ id }) => id)).toEqual([`${read.id}|before|2026-09-24|-7`]);
  });

  it('is silent when switched off, for a bill with rules of its own, and once somebody has heard', () => {
    const weeks = Array.from({ length: 7 }, () => ({
      moved: [[7, 20]] as const,
      added: [[5, 20, '2026-09-01' as Day]] as const,
    }));
    const habit: Habit = { ...learn([]), weeks };
    const now = at('2026-09-13 00:00');
    expect(whole(now, { ...DEFAULT_RULES, adapts: false }, habit)).toEqual(whole(now, DEFAULT_RULES, null));
    const { leadDays, beforeHour, dueHours, overdueHour } = DEFAULT_RULES;
    const own = { ...read, owner: { rules: { leadDays, beforeHour, dueHours, overdueHour } } };
    expect(plan([own], DEFAULT_RULES, NOTHING, now, habit)).toEqual(plan([own], DEFAULT_RULES, NOTHING, now, null));
    const heard = historyOf(
      [{ ...told(1, 10, 0)[0]!, billId: read.id, day: DUE, reminderId: `${read.id}|before|2026-09-24|-7` }],
      'd',
    );
    const ids = (history: typeof heard): string[] =>
      plan([read], DEFAULT_RULES, history, now, habit).next.map(({ id }) => id);
    expect(ids(NOTHING)).toContain(`${read.id}|before|2026-09-24|-5`);
    expect(ids(heard)).not.toContain(`${read.id}|before|2026-09-24|-5`);
  });
});
