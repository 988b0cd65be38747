import { describe, expect, it } from 'vitest';
import type { HeldMessage } from '../../src/core/reminder/chain.ts';
import { coveredOf } from '../../src/core/reminder/covered.ts';
import { historyOf } from '../../src/core/reminder/history.ts';
import { plan } from '../../src/core/reminder/plan.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { at, bill, day } from './made-up.ts';

const now = at('2026-09-12 12:00');
const one = bill();
const { next } = plan([one], DEFAULT_RULES, historyOf([], 'd'), now);
const held = (reminderId: string, armedFor: number | null): HeldMessage => ({
  entryId: `e|${reminderId}`,
  reminderId,
  billId: one.id,
  channel: 'n',
  noticeId: 'x',
  receipt: 'r',
  armedFor,
  sentAt: now,
});
const promised = next.filter(({ kind }) => kind !== 'overdue');

describe('what is covered while the browser stays shut', () => {
  it('nothing, where nothing stands outside it', () => {
    expect(promised.length).toBe(4);
    expect(coveredOf([one], next, [], null, now)).toEqual({
      armedFor: [],
      calendar: null,
      bills: [{ billId: one.id, dueDay: day('2026-09-14'), promised: 4, covered: 0 }],
      firstGapAt: at('2026-09-13 10:00'),
    });
  });

  it('what a service holds, and the first notice that it does not', () => {
    const armed = promised.slice(0, 2).map(({ id, at: moment }) => held(id, moment + 1));
    const covered = coveredOf(
      [one],
      next,
      [...armed, held(promised[2]!.id, null), held(promised[3]!.id, now - 1)],
      null,
      now,
    );
    expect(covered.armedFor).toEqual([at('2026-09-13 10:00') + 1, at('2026-09-14 10:00') + 1]);
    expect(covered.bills[0]).toMatchObject({ promised: 4, covered: 2 });
    expect(covered.firstGapAt).toBe(at('2026-09-14 18:00'));
  });

  it('every notice up to the last alarm of a whole calendar, none of one that may lack it', () => {
    const until = at('2026-09-14 21:00');
    expect(coveredOf([one], next, [], { until, isWhole: true }, now)).toMatchObject({
      bills: [{ promised: 4, covered: 4 }],
      firstGapAt: null,
    });
    expect(coveredOf([one], next, [], { until, isWhole: false }, now).bills[0]!.covered).toBe(0);
    expect(coveredOf([one], next, [], { until: until - 1, isWhole: true }, now).firstGapAt).toBe(until);
  });

  it('says nothing of bills that are paid, muted, without a day, or past', () => {
    const bills = [
      bill({ owner: { paidAt: now } }),
      bill({ id: 'm', owner: { mutedAt: now } }),
      bill({ id: 'd', dueDay: null }),
      bill({ id: 'p', dueDay: day('2026-09-01') }),
    ];
    const planned = plan(bills, DEFAULT_RULES, historyOf([], 'd'), now).next;
    expect(coveredOf(bills, planned, [], null, now).bills).toEqual([]);
  });
});
