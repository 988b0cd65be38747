import { describe, expect, it } from 'vitest';
import { act } from '../../src/app/owner-acts.ts';
import type { Delivery } from '../../src/app/ports.ts';
import { remind } from '../../src/app/remind.ts';
import { DAY_MS, MINUTE_MS } from '../../src/core/day.ts';
import { historyOf } from '../../src/core/reminder/history.ts';
import { plan } from '../../src/core/reminder/plan.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { at, bill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const DUE = at('2026-09-14 10:00');
const dueBill = bill({ owedSince: at('2026-09-14 08:00'), readAt: at('2026-09-14 08:00') });

describe('the trail of a reminder', () => {
  it('keeps every attempt that failed before the one that was accepted', async () => {
    const store = memoryStore({ bills: [dueBill] });
    const answers: Delivery[] = [
      { kind: 'failed', code: 'notifications-off' },
      { kind: 'failed', code: 'desktop-timeout' },
      { kind: 'accepted' },
    ];
    const over = portsOver(store, { now: DUE, answer: async () => answers.shift()! });
    for (const minutes of [0, 5, 10]) {
      over.ports.at(DUE + minutes * MINUTE_MS);
      await remind(over.ports, 'alarm');
    }
    const [entry, ...more] = store.entries();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      outcome: 'accepted',
      formerFailures: [
        { at: DUE, code: 'notifications-off' },
        { at: DUE + 5 * MINUTE_MS, code: 'desktop-timeout' },
      ],
    });
  });
});

describe('quiet hours that are switched off at night', () => {
  it('lose nothing of what they held back', () => {
    const quiet = { fromHour: 22, toHour: 8 };
    const rules = { ...DEFAULT_RULES, leadDays: [3], beforeHour: 23, quiet };
    const watched = [bill({ owedSince: at('2026-09-01 08:00') })];
    const night = at('2026-09-12 02:00');
    expect(plan(watched, rules, historyOf([], 'd'), night).due).toEqual([]);
    const changed = { ...rules, quiet: null, since: night, quietBefore: quiet };
    expect(plan(watched, changed, historyOf([], 'd'), night).due.map(({ kind }) => kind)).toEqual(['before']);
  });
});

describe('a snooze', () => {
  it('without an end, or with one beyond two months, is refused: it would be a mute', async () => {
    const store = memoryStore({ bills: [dueBill] });
    const { ports } = portsOver(store, { now: DUE });
    const snooze = (until?: number) => act(ports, { do: 'snooze', billId: dueBill.id, via: 'popup', until });
    expect(await snooze()).toBe(false);
    expect(await snooze(DUE + 61 * DAY_MS)).toBe(false);
    expect((await store.bill(dueBill.id))!.owner).toEqual({});
    expect(await snooze(DUE + DAY_MS)).toBe(true);
  });
});
