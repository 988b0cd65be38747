import { expect, test } from 'vitest';
import type { Family, Reading } from '../../../src/core/reading.ts';
import { type Moment, outbox } from '../../../src/sites/hook/outbox.ts';

const bill = (key: string) => ({ key }) as never;
const bills = (...keys: string[]): Reading => ({
  kind: 'bills',
  bills: keys.map(bill),
  covered: ['issued' as Family],
  accountMarker: null,
});
const unreadable = (why: 'layout-unknown' | 'challenge' | 'still-loading' = 'layout-unknown'): Reading => ({
  kind: 'unreadable',
  why,
});
const at = (now: number, more: Partial<Moment> = {}): Moment => ({
  now,
  lastChangeAt: 0,
  isLoaded: true,
  path: '/list',
  ...more,
});

test('bills are told at once, and the same bills in another order are not told again', () => {
  const box = outbox();
  expect(box.weigh(bills('a', 'b'), at(0))).toEqual({ send: bills('a', 'b') });
  box.told(bills('a', 'b'));
  expect(box.weigh(bills('b', 'a'), at(1000))).toBeNull();
  expect(box.weigh(bills('b'), at(2000))).toEqual({ send: bills('b') });
});

test('a page that is still filling is not called unreadable', () => {
  const box = outbox();
  expect(box.weigh(unreadable('still-loading'), at(0))).toEqual({ againMs: 8000 });
  expect(box.weigh(unreadable('still-loading'), at(7000, { lastChangeAt: 6900 }))).toEqual({ againMs: 2900 });
  expect(box.weigh(bills('a'), at(9000))).toEqual({ send: bills('a') });
  expect(box.weigh(unreadable(), at(9100, { path: '/other' }))).toEqual({ againMs: 8000 });
});

test('a page that stays unreadable is told, once', () => {
  const box = outbox();
  box.weigh(unreadable(), at(0));
  expect(box.weigh(unreadable(), at(8000))).toEqual({ send: unreadable() });
  box.told(unreadable());
  expect(box.weigh(unreadable(), at(60_000))).toBeNull();
});

test('an unreadable page that never rests is told after half a minute', () => {
  const box = outbox();
  box.weigh(unreadable(), at(0));
  expect(box.weigh(unreadable(), at(29_000, { lastChangeAt: 29_000 }))).toEqual({ againMs: 1000 });
  expect(box.weigh(unreadable(), at(30_000, { lastChangeAt: 30_000 }))).toEqual({ send: unreadable() });
});

test('a document that is not loaded yet is waited for', () => {
  const box = outbox();
  box.weigh(unreadable(), at(0, { isLoaded: false }));
  expect(box.weigh(unreadable(), at(9000, { isLoaded: false }))).toEqual({ againMs: 21_000 });
});

test('another tab of a page whose bills were read is not a failure; a challenge and a sign-in are', () => {
  const box = outbox();
  box.weigh(bills('a'), at(0));
  box.told(bills('a'));
  expect(box.weigh(unreadable(), at(60_000))).toBeNull();
  box.weigh(unreadable('challenge'), at(61_000));
  expect(box.weigh(unreadable('challenge'), at(70_000))).toEqual({ send: unreadable('challenge') });
  box.weigh({ kind: 'signed-out' }, at(71_000));
  expect(box.weigh({ kind: 'signed-out' }, at(74_000))).toEqual({ send: { kind: 'signed-out' } });
});

test('words of a sign-in that flash by are not told', () => {
  const box = outbox();
  expect(box.weigh({ kind: 'signed-out' }, at(0))).toEqual({ againMs: 3000 });
  expect(box.weigh(bills('a'), at(800))).toEqual({ send: bills('a') });
});

test('what nobody took is told again at its time, and what is new at once', () => {
  const box = outbox();
  box.told(bills('a'));
  box.refused(1000);
  expect(box.weigh(bills('a'), at(400))).toEqual({ againMs: 600 });
  expect(box.weigh(bills('b'), at(500))).toEqual({ send: bills('b') });
  expect(box.weigh(bills('a'), at(1000))).toEqual({ send: bills('a') });
  box.told(bills('a'));
  expect(box.weigh(bills('a'), at(2000))).toBeNull();
});
