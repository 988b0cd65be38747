import { describe, expect, it } from 'vitest';
import { popupViewOf } from '../../src/app/popup-view.ts';
import { at, bill, day } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const now = at('2026-09-10 09:00');
const of = (key: string, dueDay: string | null) => bill({ id: key, key, dueDay: dueDay === null ? null : day(dueDay) });

describe('what the popup shows', () => {
  it('first what is overdue or due today, then what has no day, then the rest by its day', async () => {
    const bills = [of('later', '2026-09-14'), of('dayless', null), of('today', '2026-09-10'), of('late', '2026-09-01')];
    const view = await popupViewOf({ store: memoryStore({ bills }), clock: { now: () => now } });
    expect(view.bills.map(({ key }) => key)).toEqual(['late', 'today', 'dayless', 'later']);
  });

  it('counts what it does not show up to a hundred', async () => {
    const bills = Array.from({ length: 130 }, (_, n) => of(`b${n}`, '2026-09-14'));
    const view = await popupViewOf({ store: memoryStore({ bills }), clock: { now: () => now } });
    expect([view.bills.length, view.more, view.isMoreCounted]).toEqual([20, 80, false]);
  });
});
