import { expect, test } from 'vitest';
import { type Found, settling } from '../../../src/sites/hook/settle.ts';

/** Timers that the test moves by hand. */
function fakeTimers() {
  let now = 0;
  let jobs: { at: number; job: () => void }[] = [];
  return {
    now: () => now,
    after: (ms: number, job: () => void) => {
      const timer = { at: now + ms, job };
      jobs.push(timer);
      return timer;
    },
    cancel: (timer: unknown) => {
      jobs = jobs.filter((one) => one !== timer);
    },
    /** `each` runs at every step, as the page does what it does meanwhile. */
    pass: (ms: number, stepMs = ms, each = () => {}) => {
      for (const end = now + ms; now < end; ) {
        const to = Math.min(end, now + stepMs);
        for (;;) {
          const next = jobs.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at)[0];
          if (!next) break;
          now = Math.max(now, next.at);
          jobs = jobs.filter((one) => one !== next);
          next.job();
        }
        now = to;
        each();
      }
    },
    pending: () => jobs.length,
  };
}

function page(found: () => Found = () => ({ isNew: false })) {
  const timers = fakeTimers();
  const looks: number[] = [];
  const living = settling(() => {
    looks.push(timers.now());
    return found();
  }, timers);
  return { ...timers, living, looks };
}

test('a burst of changes is one look, when it has settled', () => {
  const { pass, living, looks } = page(() => ({ isNew: true }));
  pass(500, 50, living.changed);
  pass(10_000);
  expect(looks).toEqual([1100]);
});

test('a page at rest is not looked at again', () => {
  const { pass, living, looks, pending } = page();
  living.called();
  pass(600_000, 1000);
  expect(looks).toHaveLength(1);
  expect(pending()).toBe(0);
});

test('a page that never rests is looked at after the longest wait, then ever more seldom', () => {
  const { pass, living, looks } = page();
  pass(600_000, 100, living.changed);
  expect(looks[0]).toBe(5100);
  expect(looks.length).toBeLessThan(20);
  const last = looks.at(-1) as number;
  expect(last - (looks.at(-2) as number)).toBeGreaterThanOrEqual(60_000);
});

test('an answer is not kept waiting by a ticker', () => {
  const { pass, living, looks, now } = page();
  pass(300_000, 1000, living.changed);
  const at = now();
  living.called();
  pass(1000);
  expect(looks.at(-1)).toBe(at + 600);
});

test('a page that brings news all the time is looked at twenty times a minute at most', () => {
  const { pass, living, looks } = page(() => ({ isNew: true }));
  pass(300_000, 700, living.called);
  for (let at = 0; at + 20 < looks.length; at++) {
    expect((looks[at + 20] as number) - (looks[at] as number)).toBeGreaterThanOrEqual(60_000);
  }
  expect(looks.length).toBeLessThanOrEqual(101);
});

test('a look that asks for another gets it, without a change', () => {
  let asks = 2;
  const { pass, living, looks } = page(() => (asks-- > 0 ? { isNew: false, againMs: 3000 } : { isNew: false }));
  living.called();
  pass(60_000);
  expect(looks).toEqual([600, 3600, 6600]);
});

test('while a ticker makes no difference, the page need not be heard', () => {
  const { pass, living } = page();
  pass(120_000, 1000, living.changed);
  expect(living.deafForMs()).toBeGreaterThan(1000);
  living.called();
  expect(living.deafForMs()).toBe(0);
});

test('stopped, it stays stopped', () => {
  const { pass, living, looks, pending } = page();
  living.changed();
  living.stop();
  living.called();
  pass(60_000);
  expect(looks).toEqual([]);
  expect(pending()).toBe(0);
});
