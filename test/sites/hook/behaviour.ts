/** What a page can tell of its own fetch and XMLHttpRequest, but for stack frames and `toString`. Sent as text. */

/** The same list must come out on a page that is hooked and on one that is not. */
export async function behaviour(): Promise<Record<string, unknown>> {
  const list = '/v3/ious/getBillList';
  const attempt = async (run: () => unknown): Promise<string> => {
    try {
      return `gave ${String(await run())}`;
    } catch (error) {
      return `threw ${(error as Error).name}`;
    }
  };
  const shape = (owner: object, name: string): unknown => {
    const own = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor;
    const { value, writable, enumerable, configurable } = own;
    const names = Object.getOwnPropertyNames(value).sort().join();
    return [writable, enumerable, configurable, typeof value, value.name, value.length, names, 'prototype' in value];
  };
  const xhr = (open: (request: XMLHttpRequest) => void, type: XMLHttpRequestResponseType = ''): Promise<unknown> =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const events: string[] = [];
      for (const name of ['loadstart', 'readystatechange', 'load', 'error', 'abort', 'loadend'] as const) {
        request.addEventListener(name, () => events.push(`${name}${request.readyState}`));
      }
      request.onloadend = () => {
        const { response } = request;
        const text =
          type === 'arraybuffer'
            ? response?.byteLength
            : typeof response === 'string'
              ? response
              : JSON.stringify(response);
        resolve([request.status, text, events.filter((one, at) => one !== events[at - 1])]);
      };
      open(request);
      request.responseType = type;
      request.send('pageNum=1');
    });
  class Asking extends Request {}
  const sync = new XMLHttpRequest();
  sync.open('POST', list, false);
  sync.send();
  const result: Record<string, unknown> = {
    fetchShape: shape(window, 'fetch'),
    openShape: shape(XMLHttpRequest.prototype, 'open'),
    sendShape: shape(XMLHttpRequest.prototype, 'send'),
    keys: Object.keys(window).filter((name) => /duly|hook|fetch/i.test(name)),
    construct: await attempt(() => new (fetch as unknown as new (url: string) => unknown)(list)),
    nothing: await attempt(() => (fetch as unknown as () => unknown)()),
    isPromise: fetch(list) instanceof Promise,
    wrongThis: await attempt(() => fetch.call({} as never, list)),
    noThis: await attempt(async () => (await fetch.call(undefined as never, list)).status),
    badUrl: await attempt(() => fetch('https://[')),
    badMethod: await attempt(() => fetch(list, { method: 'B AD' })),
    text: await attempt(async () => (await fetch(list, { method: 'POST', body: 'pageNum=1' })).text()),
    url: await attempt(async () => (await fetch(new URL(`${list}?a=1`, location.href))).url.replace(location.host, '')),
    request: await attempt(async () => (await fetch(new Asking(list, { method: 'POST', body: 'x=1' }))).text()),
    cloned: await attempt(async () => {
      const response = await fetch(list);
      const other = response.clone();
      return [response.bodyUsed, (await response.text()) === (await other.text()), response.bodyUsed, response.type];
    }),
    getterOnce: await attempt(async () => {
      let asked = 0;
      const init = {
        get method() {
          asked++;
          return 'POST';
        },
      };
      await fetch(list, init);
      return asked;
    }),
    objectOnce: await attempt(async () => {
      let asked = 0;
      await fetch({
        toString: () => {
          asked++;
          return '/v3/ious/getBillList';
        },
      } as never);
      return asked;
    }),
    streamed: await attempt(async () => {
      const started = performance.now();
      const reader = ((await fetch(`${list}?as=stream`)).body as ReadableStream<Uint8Array>).getReader();
      const first = await reader.read();
      const isEarly = performance.now() - started < 800;
      let length = first.value?.length ?? 0;
      for (let part = await reader.read(); !part.done; part = await reader.read()) length += part.value.length;
      return [isEarly, length];
    }),
    big: await attempt(async () => (await (await fetch(`${list}?as=big`)).text()).length),
    aborted: await attempt(() => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 100);
      return fetch(`${list}?as=slow`, { signal: abort.signal });
    }),
    abortedBody: await attempt(async () => {
      const abort = new AbortController();
      const response = await fetch(`${list}?as=stream`, { signal: abort.signal });
      abort.abort();
      return response.text();
    }),
    failed: await attempt(() => fetch(`${list}?as=failing`)),
    redirected: await attempt(async () => (await fetch(`${list}?as=redirect`)).redirected),
    sync: [sync.status, sync.responseText],
    sendFirst: await attempt(() => new XMLHttpRequest().send()),
    openBad: await attempt(() => new XMLHttpRequest().open('B AD', list)),
    openFew: await attempt(() => (new XMLHttpRequest().open as (method: string) => void)('GET')),
    openForeign: await attempt(() => XMLHttpRequest.prototype.open.call({} as never, 'GET', list, true)),
    sendForeign: await attempt(() => XMLHttpRequest.prototype.send.call({} as never)),
    xhrText: await xhr((request) => request.open('POST', list)),
    xhrJson: await xhr((request) => request.open('POST', list), 'json'),
    xhrBuffer: await xhr((request) => request.open('POST', new URL(list, location.href)), 'arraybuffer'),
    xhrFailed: await xhr((request) => request.open('POST', `${list}?as=failing`)),
    xhrAborted: await xhr((request) => {
      request.open('POST', `${list}?as=slow`);
      setTimeout(() => request.abort(), 100);
    }),
  };
  return result;
}

/** How often the page heard of its own unhandled rejections, and of none that it handled. */
export async function rejections(): Promise<unknown> {
  const list = '/v3/ious/getBillList';
  const unhandled: { isMine: boolean; name: string }[] = [];
  const promises: Promise<unknown>[] = [];
  window.addEventListener('unhandledrejection', (event) => {
    unhandled.push({ isMine: promises.includes(event.promise), name: (event.reason as Error).name });
    event.preventDefault();
  });
  const aborted = AbortSignal.abort();
  promises.push(fetch(`${list}?as=failing`), fetch(list, { signal: aborted }));
  await fetch(`${list}?as=failing`).catch(() => null);
  await fetch(list, { signal: aborted }).then(
    () => null,
    () => null,
  );
  await fetch(`${list}?as=stream`);
  const stopped = new AbortController();
  const half = await fetch(`${list}?as=stream`, { signal: stopped.signal });
  await half.body?.cancel();
  stopped.abort();
  await new Promise((done) => setTimeout(done, 1500));
  return unhandled.sort((one, other) => one.name.localeCompare(other.name));
}
