import { Window } from 'happy-dom';
import { afterEach, expect, test, vi } from 'vitest';
import { watchPage } from '../../../src/sites/hook/living.ts';

/** A page that has loaded. */
async function living() {
  const page = new Window({ url: 'https://baitiao.jd.com/page' });
  await page.happyDOM.waitUntilComplete();
  let asked = 0;
  const navigation = new page.EventTarget();
  Object.defineProperty(page, 'navigation', {
    get: () => {
      asked++;
      return navigation;
    },
  });
  const heard: string[] = [];
  let deafMs = 0;
  const unwatch = watchPage(page as never, {
    changed: () => heard.push('changed'),
    called: () => heard.push('called'),
    deafForMs: () => deafMs,
  });
  return {
    unwatch,
    asked: () => asked,
    deafFor: (ms: number) => {
      deafMs = ms;
    },
    change: async () => {
      page.document.body.append(page.document.createElement('i'));
      await page.happyDOM.waitUntilComplete();
    },
    route: (path: string) => {
      page.history.pushState(null, '', path);
      navigation.dispatchEvent(new page.Event('currententrychange'));
    },
    click: () => page.document.body.click(),
    heard: () => heard.splice(0),
  };
}

afterEach(() => vi.useRealTimers());

test('a change is a change, and a change on a new route is a call', async () => {
  const page = await living();
  expect(page.heard()).toEqual(['called']);
  await page.change();
  expect(page.heard()).toEqual(['changed']);
  page.route('/other');
  await page.change();
  expect(page.heard()).toEqual(['called']);
  expect(page.asked()).toBe(0);
});

test('deaf to changes, not to routes', async () => {
  const page = await living();
  page.deafFor(60_000);
  await page.change();
  page.heard();
  await page.change();
  expect(page.heard()).toEqual([]);
  page.route('/other');
  expect(page.heard()).toEqual(['called']);
});

test('a click ends the deafness: what it brings comes later', async () => {
  const page = await living();
  page.deafFor(60_000);
  await page.change();
  page.deafFor(0);
  page.click();
  page.heard();
  await page.change();
  expect(page.heard()).toEqual(['changed']);
});

test('deafness ends by itself', async () => {
  const page = await living();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  page.deafFor(2_000);
  await page.change();
  page.deafFor(0);
  page.heard();
  vi.advanceTimersByTime(1_999);
  await page.change();
  expect(page.heard()).toEqual([]);
  vi.advanceTimersByTime(1);
  await page.change();
  expect(page.heard()).toEqual(['changed']);
});

test('nothing is heard once it is over, deaf or not', async () => {
  for (const deafMs of [0, 60_000]) {
    const page = await living();
    page.deafFor(deafMs);
    await page.change();
    page.heard();
    page.unwatch();
    page.click();
    page.route('/other');
    await page.change();
    expect(page.heard()).toEqual([]);
  }
});
