import { expect, it } from 'vitest';
import { badgeFor } from '../../src/app/badge.ts';
import { at, bill, day } from '../core/made-up.ts';

const now = at('2026-09-14 23:59');
const due = (text: string | null) => bill({ dueDay: text === null ? null : day(text) });

it.each([
  ['nothing is watched', [], null, 'calm'],
  ['a day was not read', [null], null, 'soon'],
  ['a week is left', ['2026-09-21'], 7, 'calm'],
  ['four days are left', ['2026-09-18'], 4, 'calm'],
  ['three days are left', ['2026-09-17'], 3, 'soon'],
  ['it is due today', ['2026-09-14'], 0, 'urgent'],
  ['one has passed', ['2026-09-30', '2026-09-12', null], -2, 'urgent'],
] as const)('%s', (_, days, daysLeft, urgency) => {
  expect(badgeFor(days.map(due), now)).toEqual({ daysLeft, watched: days.length, urgency });
});
