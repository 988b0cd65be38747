/** The account server of the probe: listed addresses that answer as the query asks, and pages made of one script. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { PageResponse } from '../../../src/sites/site.ts';
import { certificate } from '../../replica/certificate.ts';

export type Result = { readonly value: unknown } | { readonly error: string };

export interface AccountServer {
  readonly port: number;
  readonly results: ReadonlyMap<number, Result>;
  readonly heard: readonly { readonly page: string; readonly response: PageResponse }[];
  readonly asked: readonly string[];
  /** `script` is the text of a function that the page runs first; its value is reported. */
  addPage(script: string, body?: string): number;
  close(): Promise<void>;
}

/** Large enough to be skipped. */
const BIG = `{"billList":"${'x'.repeat(2_100_000)}"}`;

/** `json` answers listed addresses before anything else does. */
export async function startAccountServer(
  json: (path: string, params: URLSearchParams) => unknown = () => null,
): Promise<AccountServer> {
  const pages: { script: string; body: string }[] = [];
  const results = new Map<number, Result>();
  const heard: { page: string; response: PageResponse }[] = [];
  const asked: string[] = [];
  const sockets = new Set<Socket>();

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const [, first, second] = url.pathname.split('/');
    const body = await textOf(request);
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Cache-Control', 'no-store');
    if (first === 'page' && second) {
      send(response, 'text/html', pageOf(second, pages[Number(second)]));
      return;
    }
    if (first === 'new') {
      send(response, 'text/html', '<!DOCTYPE html><title>欢迎登录</title>');
      return;
    }
    if (first === 'result') results.set(Number(second), JSON.parse(body));
    else if (first === 'heard') heard.push(JSON.parse(body));
    else if (first !== 'favicon.ico' && url.hostname.endsWith('.jd.com')) {
      asked.push(`${request.method} ${url.hostname}${url.pathname}${url.search} ${body}`);
      const given = json(url.pathname, new URLSearchParams(body));
      if (given) send(response, 'application/json', JSON.stringify(given));
      else answer(url.searchParams.get('as'), url, response);
      return;
    }
    send(response, 'text/plain', '');
  };
  const server = createServer(certificate(['baitiao.jd.com', 'ms.jr.jd.com', 'www.jd.com']), (request, response) => {
    void respond(request, response);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    results,
    heard,
    asked,
    addPage: (script, body = 'page') => pages.push({ script, body }) - 1,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** `as`: how this answer behaves; an ordinary list of bills that names its address when absent. */
function answer(as: string | null, url: URL, response: ServerResponse): void {
  const json = JSON.stringify({ billList: [], secret: 'SECRET-386.20', from: url.pathname });
  switch (as) {
    case 'failing':
      response.destroy();
      return;
    case 'big':
      send(response, 'application/json', BIG);
      return;
    case 'slow':
      setTimeout(() => send(response, 'application/json', json), 1500);
      return;
    case 'stream':
      // The first part comes at once, the rest a second later.
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write(json.slice(0, 20));
      setTimeout(() => response.end(json.slice(20)), 1000);
      return;
    case 'redirect':
      response.writeHead(302, { Location: '/elsewhere' });
      response.end();
      return;
    default:
      send(response, 'application/json', json);
  }
}

function pageOf(id: string, { script, body } = { script: '() => {}', body: '' }): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>page</title><script>{
    const stringify = JSON.stringify;
    const report = navigator.sendBeacon.bind(navigator, '/result/${id}');
    const page = ${script};
    (async () => {
      let text;
      try { text = stringify({ value: (await page()) ?? null }); } catch (error) { text = stringify({ error: String(error) }); }
      report(text);
    })();
  }</script></head><body>${body}</body></html>`;
}

function send(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` });
  response.end(text);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
