/** The promise of the page hook (design §4), each half of it in real browsers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forge, spyOnEverything } from '../sites/hook/attacks.ts';
import { behaviour, rejections } from '../sites/hook/behaviour.ts';
import { type Order, type Probe, startProbe } from '../sites/hook/probe.ts';

/** In no order: an answer whose body came later is heard later. */
const bodies = (heard: readonly { readonly body: string }[]): string[] =>
  heard.map(({ body }) => JSON.parse(body).from).sort();

describe.each(['chromium', 'firefox'] as const)('%s', (browser) => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe(browser, 'page side first');
  });
  afterAll(() => probe?.close());

  test('a listed answer is heard once, by fetch and by XHR, and no request is added', async () => {
    const { heard, asked } = await probe.play(askThrice);
    expect(heard.map(({ url, status, requestBody }) => [url, status, requestBody]).sort()).toEqual([
      ['https://baitiao.jd.com/v3/ious/getBillList?_=1', 200, 'pageNum=2&pageSize=10'],
      ['https://baitiao.jd.com/v3/ious/queryNotOutAccount', 200, 'a=1'],
      ['https://ms.jr.jd.com/gw/generic/bt/h5/m/queryCard', 200, undefined],
    ]);
    expect(bodies(heard)).toEqual([
      '/gw/generic/bt/h5/m/queryCard',
      '/v3/ious/getBillList',
      '/v3/ious/queryNotOutAccount',
    ]);
    expect(asked).toEqual([
      'POST baitiao.jd.com/v3/ious/getBillList?_=1 pageNum=2&pageSize=10',
      'POST baitiao.jd.com/v3/ious/queryNotOutAccount a=1',
      'POST ms.jr.jd.com/gw/generic/bt/h5/m/queryCard {"idCard":"x"}',
    ]);
  });

  test('a listed answer is heard that was asked for by a relative address', async () => {
    const { heard } = await probe.play(askRelatively);
    expect(heard.map(({ url }) => url)).toEqual(['https://baitiao.jd.com/v3/ious/getBillList?_=2']);
  });

  test('an address that is not listed is not looked at', async () => {
    const { heard, asked } = await probe.play(askElsewhere);
    expect(heard).toEqual([]);
    expect(asked).toHaveLength(6);
  });

  test('a later page script cannot read the channel', async () => {
    const { result, heard } = await probe.play(spyOnEverything);
    expect(result).toEqual([]);
    expect(bodies(heard)).toEqual(['/v3/ious/getBillList', '/v3/ious/queryNotOutAccount']);
  });

  test('a later page script cannot forge a response: fake hook events are refused', async () => {
    const { result, heard } = await probe.play(forge);
    expect(result).toEqual([]);
    expect(heard).toEqual([]);
  });

  test('the page behaves the same but for stack frames and toString', async () => {
    const hooked = await probe.play(behaviour);
    const free = await probe.play(behaviour, 'www.jd.com');
    expect(free.heard).toEqual([]);
    expect(hooked.result).toEqual(free.result);
    // What fails is asked again by the browser itself, now and then.
    const orderly = (asked: readonly string[]): string[] => asked.filter((one) => !one.includes('failing'));
    expect(orderly(hooked.asked).map((one) => one.replace('baitiao', 'www'))).toEqual(orderly(free.asked));
    expect(hooked.heard.length).toBeGreaterThan(8);
    expect(hooked.heard.every(({ body }) => body.startsWith('{') && body.endsWith('}') && body.length < 1000)).toBe(
      true,
    );
  });

  test('unhandled rejections are still the page’s', async () => {
    const { result } = await probe.play(rejections);
    expect(result).toEqual([
      { isMine: true, name: 'AbortError' },
      { isMine: true, name: 'TypeError' },
    ]);
    expect(result).toEqual((await probe.play(rejections, 'www.jd.com')).result);
  });

  test('an iframe’s fetch bypasses the hook and nothing breaks', async () => {
    const { result, heard } = await probe.play(askThroughFrame);
    expect(result).toBe('/v3/ious/getBillList');
    expect(heard).toEqual([]);
  });

  test('a frozen or replaced fetch breaks nothing', async () => {
    const { result, heard } = await probe.play(freeze);
    expect(result).toEqual(['mine', false, '/v3/ious/queryNotOutAccount']);
    expect(bodies(heard)).toEqual(['/v3/ious/queryNotOutAccount']);
  });
});

test.each([
  ['chromium', 'isolated side first'],
  ['firefox', 'isolated side first'],
] as const)('%s, %s: the two scripts find each other in either order', async (browser, order: Order) => {
  const probe = await startProbe(browser, order);
  try {
    expect((await probe.play(askThrice)).heard).toHaveLength(3);
    expect((await probe.play(forge)).heard).toEqual([]);
    expect((await probe.play(spyOnEverything)).result).toEqual([]);
  } finally {
    await probe.close();
  }
});

test.each([
  ['chromium', 'isolated side alone'],
  ['chromium', 'page side alone'],
  ['firefox', 'isolated side alone'],
  ['firefox', 'page side alone'],
] as const)('%s, %s: a page cannot play the missing half', async (browser, order: Order) => {
  const probe = await startProbe(browser, order);
  try {
    const { result, heard } = await probe.play(forge);
    expect(result).toEqual([]);
    expect(heard).toEqual([]);
  } finally {
    await probe.close();
  }
});

test('firefox: put into a page that has already begun, the hook leaves it alone, and the page is offered nothing', async () => {
  const probe = await startProbe('firefox', 'page side first', true);
  try {
    const { result, heard } = await probe.play(askLate);
    expect(result).toEqual({ isFetchNative: true, offers: 0 });
    expect(heard).toEqual([]);
  } finally {
    await probe.close();
  }
});

async function askThrice(): Promise<void> {
  await fetch('/v3/ious/getBillList?_=1', { method: 'POST', body: 'pageNum=2&pageSize=10' });
  const request = new XMLHttpRequest();
  request.open('post', 'https://baitiao.jd.com/v3/ious/queryNotOutAccount');
  await new Promise((done) => {
    request.onload = done;
    request.send(new URLSearchParams({ a: '1' }));
  });
  await fetch('https://ms.jr.jd.com/gw/generic/bt/h5/m/queryCard', { method: 'POST', body: '{"idCard":"x"}' });
}

async function askRelatively(): Promise<void> {
  const base = document.createElement('base');
  base.href = '/v3/ious/';
  document.head.append(base);
  await fetch('getBillList?_=2', { method: 'POST', body: 'pageNum=1' });
}

async function askElsewhere(): Promise<void> {
  for (const url of [
    '/v3/ious/getBillListing',
    '/x/v3/ious/getBillList',
    '/x?to=/v3/ious/getBillList',
    'https://ms.jr.jd.com/v3/ious/getBillList',
    '/v3/ious/getBillList/',
    '/v3/ious/pay',
  ]) {
    await fetch(url, { method: 'POST' });
  }
}

async function askThroughFrame(): Promise<string> {
  const frame = document.createElement('iframe');
  document.documentElement.append(frame);
  const inner = frame.contentWindow as Window & typeof globalThis;
  return (await (await inner.fetch('/v3/ious/getBillList')).json()).from;
}

async function freeze(): Promise<unknown[]> {
  Object.defineProperty(window, 'fetch', { value: () => 'mine', writable: false, configurable: false });
  Object.freeze(XMLHttpRequest.prototype);
  const request = new XMLHttpRequest();
  const isReplaced = Reflect.set(XMLHttpRequest.prototype, 'open', () => {});
  request.open('GET', '/v3/ious/queryNotOutAccount');
  await new Promise((done) => {
    request.onload = done;
    request.send();
  });
  return [fetch('/v3/ious/getBillList'), isReplaced, JSON.parse(request.responseText).from];
}

async function askLate(): Promise<{ isFetchNative: boolean; offers: number }> {
  let offers = 0;
  window.addEventListener('duly:offer', () => offers++, true);
  await new Promise((done) => setTimeout(done, 4000));
  await fetch('/v3/ious/getBillList');
  return { isFetchNative: /native code/.test(String(fetch)), offers };
}
