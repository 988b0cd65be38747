import { describe, expect, it } from 'vitest';
import { renewHabit, switchHabit } from '../../src/app/habit.ts';
import { DAY_MS, HOUR_MS } from '../../src/core/day.ts';
import { at } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

/** A Tuesday. */
const now = at('2026-09-01 21:10');
const CELL = 2 * 24 + 21;
const world = () => portsOver(memoryStore({ bills: [] }), { now }).ports;

describe('somebody is at the machine', () => {
  it.each([
    ['active', [CELL]],
    ['start-up', [CELL]],
    ['alarm', []],
    ['message', []],
    ['page', []],
    ['install', []],
    ['session', []],
  ] as const)('a wake by %s', async (wake, today) => {
    const ports = world();
    await renewHabit(ports, wake, now);
    expect((await ports.store.habit())?.presence.today).toEqual(today);
  });

  it('is kept for the next day, once for each hour, and not while the habit is switched off', async () => {
    const ports = world();
    for (const [wake, later] of [
      ['alarm', 0],
      ['active', 1],
      ['active', 2],
      ['active', HOUR_MS],
    ] as const)
      await renewHabit(ports, wake, now + later);
    await switchHabit(ports, false);
    await renewHabit(ports, 'active', now + 2 * HOUR_MS);
    expect((await ports.store.habit())?.presence.today).toEqual([CELL, CELL + 1]);
    await switchHabit(ports, true);
    await renewHabit(ports, 'active', now + DAY_MS);
    const { presence } = (await ports.store.habit())!;
    expect(presence.there[CELL]).toBeGreaterThan(0.9);
    expect(presence.today).toEqual([CELL + 24]);
  });
});
