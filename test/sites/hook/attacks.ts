/**
 * What later scripts of a page may try. Each function is sent to the page as text and is its first script: it uses
 * nothing from outside itself.
 */

/** Replaces what the hook could stumble over by spies, asks for a listed answer, and says who saw the answer or a port. */
export async function spyOnEverything(): Promise<string[]> {
  const seen = new Set<string>();
  const real = {
    apply: Reflect.apply,
    Port: MessagePort,
    includes: String.prototype.includes,
  };
  const isMine = (value: unknown): boolean =>
    value instanceof real.Port || (typeof value === 'string' && real.apply(real.includes, value, ['SECRET']));
  const look = (where: string, value: unknown): void => {
    if (isMine(value)) seen.add(where);
    else if (typeof value === 'object' && value !== null && !(value instanceof Response)) {
      for (const name of Object.getOwnPropertyNames(value)) {
        const own = Object.getOwnPropertyDescriptor(value, name);
        if (own && isMine(own.value)) seen.add(`${where}.${name}`);
      }
    }
  };
  const owners: [string, object, string[]][] = [
    ['Reflect', Reflect, ['apply', 'get', 'set', 'getOwnPropertyDescriptor', 'defineProperty']],
    ['Function', Function.prototype, ['apply', 'call', 'bind']],
    ['String', String.prototype, ['indexOf', 'startsWith', 'includes', 'slice', 'split']],
    ['Array', Array.prototype, ['push', 'map', 'join', 'forEach', 'slice']],
    ['Promise', Promise.prototype, ['then', 'catch', 'finally']],
    ['WeakMap', WeakMap.prototype, ['get', 'set']],
    ['Response', Response.prototype, ['text', 'json', 'clone', 'arrayBuffer']],
    ['MessagePort', MessagePort.prototype, ['postMessage', 'start', 'close']],
    ['EventTarget', EventTarget.prototype, ['addEventListener', 'dispatchEvent', 'removeEventListener']],
    ['TextDecoder', TextDecoder.prototype, ['decode']],
    ['ReadableStream', ReadableStream.prototype, ['pipeTo', 'getReader', 'tee']],
    ['URLSearchParams', URLSearchParams.prototype, ['toString']],
    ['JSON', JSON, ['stringify', 'parse']],
    ['window', window, ['postMessage']],
  ];
  for (const [name, owner, methods] of owners) {
    for (const method of methods) {
      const native = (owner as Record<string, (...given: unknown[]) => unknown>)[method];
      if (!native) continue;
      (owner as Record<string, unknown>)[method] = function (this: unknown, ...given: unknown[]) {
        const result = real.apply(native, this, given);
        // This page calls none of these itself.
        if (name === 'Response' || name === 'TextDecoder' || name === 'ReadableStream' || name === 'MessagePort') {
          seen.add(`${name}.${method} was called`);
        }
        for (const value of [this, result, ...given]) look(`${name}.${method}`, value);
        return result;
      };
    }
  }
  for (const [name, prototype, attribute] of [
    ['XMLHttpRequest', XMLHttpRequest.prototype, 'responseText'],
    ['Response', Response.prototype, 'body'],
    ['MessageEvent', MessageEvent.prototype, 'data'],
    ['MessageEvent', MessageEvent.prototype, 'ports'],
  ] as const) {
    const get = Object.getOwnPropertyDescriptor(prototype, attribute)?.get as () => unknown;
    Object.defineProperty(prototype, attribute, {
      configurable: true,
      get() {
        const value = real.apply(get, this, []);
        look(`${name}.${attribute}`, value);
        if (name !== 'MessageEvent') seen.add(`${name}.${attribute} was asked`);
        return value;
      },
    });
  }
  for (const name of [
    '0',
    '1',
    '3',
    'then',
    'write',
    'stream',
    'transfer',
    'data',
    'body',
    'requestBody',
    'toJSON',
    // Last: descriptors inherit it.
    'value',
  ]) {
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      get() {
        look(`Object.prototype.${name} got`, this);
        return undefined;
      },
      set(value) {
        look(`Object.prototype.${name} set`, value);
        Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
      },
    });
  }
  for (const type of ['duly:offer', 'duly:ask', 'message'])
    window.addEventListener(type, (event) => look(type, event), true);
  await fetch('/v3/ious/getBillList', { method: 'POST', body: 'pageNum=1' });
  const request = new XMLHttpRequest();
  request.open('POST', '/v3/ious/queryNotOutAccount');
  await new Promise((done) => {
    request.onloadend = done;
    request.send('a=1');
  });
  await new Promise((done) => setTimeout(done, 300));
  return [...seen];
}

/** Tries to put words into the hook's mouth. Nothing of it may be heard; says what of the channel it got hold of. */
export async function forge(): Promise<string[]> {
  const got: string[] = [];
  const lie = JSON.stringify({ billList: [{ billId: 'FORGED' }] });
  const address = 'https://baitiao.jd.com/v3/ious/getBillList';
  const told = [address, 200, lie, ''];
  const given: MessagePort[] = [];
  const { port1, port2 } = new MessageChannel();
  const offer = (): void => {
    const event = new MessageEvent('duly:offer', { data: address, ports: [port2], cancelable: true });
    if (!window.dispatchEvent(event)) got.push('the ear of the hook');
  };
  // The hand-over once more, from both ends.
  const take = (event: Event): void => {
    given.push(...(event as MessageEvent).ports);
    if (!(event as MessageEvent).ports.includes(port2)) got.push('the port');
  };
  window.addEventListener('duly:offer', take, true);
  window.dispatchEvent(new Event('duly:ask'));
  document.dispatchEvent(new Event('duly:ask'));
  offer();
  given.push(port1, port2);
  document.head.remove();
  window.dispatchEvent(new Event('duly:ask'));
  offer();
  for (const port of given) {
    try {
      port.postMessage(told);
    } catch {
      // A port that was given away.
    }
  }
  window.postMessage(told, '*');
  window.dispatchEvent(new MessageEvent('message', { data: told }));
  // A load event that no network sent.
  const request = new XMLHttpRequest();
  request.open('POST', '/v3/ious/getBillList');
  Object.defineProperty(request, 'responseText', { value: lie });
  Object.defineProperty(request, 'responseURL', { value: address });
  request.send();
  request.dispatchEvent(new Event('load'));
  request.abort();
  // … and one in the middle of a real answer, of which a half has come.
  const half = new XMLHttpRequest();
  half.open('POST', '/v3/ious/getBillList?as=stream');
  await new Promise<void>((done) => {
    half.onprogress = () => {
      half.onprogress = null;
      half.dispatchEvent(new Event('load'));
      half.abort();
      done();
    };
    half.send();
  });
  // Built-ins that answer for the network.
  String.prototype.indexOf = () => 0;
  for (const [prototype, name, value] of [
    [Response.prototype, 'url', address],
    [Response.prototype, 'body', new Response(lie).body],
    [XMLHttpRequest.prototype, 'responseURL', address],
    [XMLHttpRequest.prototype, 'responseText', lie],
  ] as const) {
    Object.defineProperty(prototype, name, { configurable: true, get: () => value });
  }
  TextDecoder.prototype.decode = () => lie;
  Response.prototype.clone = () => new Response(lie);
  await fetch(`data:application/json,${encodeURIComponent(lie)}#/v3/ious/getBillList`).catch(() => null);
  await fetch('/elsewhere?/v3/ious/getBillList').catch(() => null);
  // A response of the page's own in the place of the real one.
  Object.defineProperty(Object.prototype, 'then', {
    configurable: true,
    get() {
      if (!(this instanceof Response)) return undefined;
      return (resolve: (value: unknown) => void) => {
        Reflect.deleteProperty(Object.prototype, 'then');
        resolve(new Response(lie));
      };
    },
  });
  await fetch('/v3/ious/getBillList?hijacked');
  Reflect.deleteProperty(Object.prototype, 'then');
  return got;
}
