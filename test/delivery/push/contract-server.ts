/**
 * Stands in for services that cannot be reached from here: one server that speaks each one's protocol with its errors, told
 * apart by the Host header (or `X-Contract-Host`, for a fetch that may not set Host). What it follows: protocols.ts says for
 * thirteen of them; ntfy is here, because it holds messages: binwiederhier/ntfy docs/publish.md, server/errors.go, and PR
 * #1536 and #1556 (2.16). It proves that we keep to these documents, not that the services do.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { SERVICES, type ServiceId } from '../../../src/core/channel/setting.ts';
import { certificate } from '../../replica/certificate.ts';
import { type Json, NTFY, PROTOCOLS, type Received, type Reply } from './protocols.ts';

/** What a service does instead of its work. */
export type Mode =
  | 'works'
  | 'rate-limited'
  | 'server-error'
  | 'slow'
  | 'dropped'
  | 'cut-off'
  | 'redirect'
  | 'html'
  | 'login-page'
  | 'huge'
  | 'nothing'
  | 'junk-json';

export interface HeldMessage {
  readonly id: string;
  readonly sequence_id?: string;
  readonly time: number;
  readonly event: 'message' | 'message_delete';
  readonly topic: string;
  readonly title?: string;
  readonly message?: string;
  readonly priority?: number;
}

export interface ContractServer {
  /** `http://127.0.0.1:<port>`, or https when asked for. */
  readonly url: string;
  readonly port: number;
  /** Everything that was asked, oldest first. */
  readonly received: Received[];
  behave(service: ServiceId, mode: Mode): void;
  /** Before 2.16 sequence ids are ignored and DELETE is unknown; PR #1536 alone deletes what was shown, not what waits. */
  setNtfyVersion(version: 'before-2.16' | 'without-1556' | '2.16'): void;
  /** What ntfy delivered by now, and what it still holds back. */
  ntfy(): { readonly delivered: readonly HeldMessage[]; readonly held: readonly HeldMessage[] };
  /** How many bytes of the huge answer were taken from us. */
  hugeBytes(): number;
  stop(): Promise<void>;
}

export interface ContractServerOptions {
  readonly tls?: boolean;
  /** The server's own clock, for moments and signatures. */
  readonly now?: () => number;
}

/** The names in the certificate. */
const CONTRACT_HOSTS = [
  'api.day.app',
  'sctapi.ftqq.com',
  '42.push.ft07.com',
  'qyapi.weixin.qq.com',
  'ntfy.sh',
  'push.example.org',
  'hook.example.org',
  'www.pushplus.plus',
  'wxpusher.zjiecode.com',
  'oapi.dingtalk.com',
  'open.feishu.cn',
  'api.telegram.org',
  'gotify.example.org',
  'api.pushover.net',
  'discord.com',
  'apprise.example.org',
] as const;

/** Ten megabytes: what no answer of these services ever is. */
const HUGE = 10 * 1024 * 1024;

const OTHER_REPLIES: Partial<Record<Mode, Reply>> = {
  'server-error': { status: 503, headers: { 'Retry-After': '20' }, body: 'upstream' },
  redirect: { status: 302, headers: { Location: 'https://elsewhere.example.org/' }, body: '' },
  html: {
    status: 200,
    headers: { 'Content-Type': 'text/html' },
    body: '<!doctype html><title>Welcome</title><p>Please accept the terms of this network.',
  },
  'login-page': { status: 403, headers: { 'Content-Type': 'text/html' }, body: '<html>who are you?</html>' },
  nothing: { status: 200, body: '' },
  'junk-json': { status: 200, body: { hello: 'world' } },
};

export async function startContractServer(options: ContractServerOptions = {}): Promise<ContractServer> {
  const now = options.now ?? Date.now;
  let knowsSequences = true;
  let dropsWaiting = true;
  let hugeBytes = 0;
  let serial = 0;
  const received: Received[] = [];
  const modes = new Map<ServiceId, Mode>();
  const messages: HeldMessage[] = [];
  const sockets = new Set<Socket>();

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = String(request.headers['x-contract-host'] ?? request.headers.host ?? '').replace(/:\d+$/, '');
    const url = new URL(request.url ?? '/', `https://${host || 'localhost'}`);
    const raw = await bodyOf(request);
    const service = serviceOf(host);
    if (!service) {
      send(response, { status: 404, body: 'nobody lives here' });
      return;
    }
    const asked: Received = {
      service,
      method: request.method ?? 'GET',
      host,
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: request.headers,
      raw,
      body: parsed(raw),
    };
    received.push(asked);
    misbehave(modes.get(service) ?? 'works', asked, response);
  };

  const misbehave = (mode: Mode, asked: Received, response: ServerResponse): void => {
    if (mode === 'slow') return;
    if (mode === 'dropped') response.socket?.destroy();
    else if (mode === 'cut-off') breakOff(response);
    else if (mode === 'huge') pour(response);
    else send(response, replyOf(mode, asked));
  };

  const replyOf = (mode: Mode, asked: Received): Reply => {
    const protocol = asked.service === 'ntfy' ? null : PROTOCOLS[asked.service];
    if (mode === 'works') return protocol ? protocol.answer(asked, now()) : ntfyAnswer(asked);
    if (mode === 'rate-limited') return protocol ? protocol.rateLimited : NTFY_RATE;
    return OTHER_REPLIES[mode] ?? { status: 500, body: mode };
  };

  const pour = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const piece = Buffer.alloc(64 * 1024, 0x20);
    let sent = 0;
    const more = (): void => {
      while (sent < HUGE && !response.destroyed) {
        sent += piece.length;
        hugeBytes += piece.length;
        if (response.write(piece)) continue;
        response.once('drain', more);
        return;
      }
      response.end();
    };
    more();
  };

  const NTFY_RATE: Reply = {
    status: 429,
    body: {
      code: 42901,
      http: 429,
      error: 'limit reached: too many requests, please be nice',
      link: 'https://ntfy.sh',
    },
  };
  const no = (code: number, error: string): Reply => ({
    status: Math.floor(code / 100),
    body: { code, http: Math.floor(code / 100), error },
  });

  const ntfyAnswer = ({ method, path, headers, query, body }: Received): Reply => {
    const parts = path.split('/').filter(Boolean);
    const topic = String(parts[0] ?? body.topic ?? '');
    if (!/^[\w-]{1,64}$/.test(topic)) return no(40009, 'invalid request: topic invalid');
    if (headers.authorization !== `Bearer ${NTFY.token}`)
      return headers.authorization ? no(40101, 'unauthorized') : no(40301, 'forbidden');
    const seconds = Math.floor(now() / 1000);
    if (method === 'GET' && parts[1] === 'json' && query.get('poll') === '1') {
      const since = Number(query.get('since') ?? 0);
      const shown = messages.filter(
        (each) => each.topic === topic && each.time >= since && (each.time <= seconds || query.get('sched') === '1'),
      );
      return { status: 200, body: shown.map((each) => `${JSON.stringify(each)}\n`).join('') };
    }
    if (method === 'DELETE' && parts.length === 2) {
      if (!knowsSequences) return no(40401, 'page not found');
      const waiting = messages.findIndex(
        (each) =>
          each.topic === topic && each.sequence_id === parts[1] && each.event === 'message' && each.time > seconds,
      );
      if (waiting >= 0 && dropsWaiting) messages.splice(waiting, 1);
      const event: HeldMessage = {
        id: `m${++serial}`,
        sequence_id: parts[1]!,
        time: seconds,
        event: 'message_delete',
        topic,
      };
      messages.push(event);
      return { status: 200, body: event };
    }
    if (method !== 'POST' || parts.length > 0) return no(40401, 'page not found');
    const time = body.delay === undefined ? seconds : Number(body.delay);
    if (body.delay !== undefined) {
      if (typeof body.delay !== 'string' || !(time > seconds))
        return no(40004, 'invalid delay parameter: unable to parse delay');
      if (time - seconds < 10) return no(40005, 'invalid delay parameter: too small');
      if (time - seconds > 3 * 86_400) return no(40006, 'invalid delay parameter: too large');
    }
    if (Buffer.byteLength(String(body.message), 'utf8') > 4096) return no(41303, 'JSON body too large');
    if (knowsSequences && body.sequence_id) {
      const former = messages.findIndex((each) => each.sequence_id === body.sequence_id && each.time > seconds);
      if (former >= 0) messages.splice(former, 1);
    }
    const message: HeldMessage = {
      id: `m${++serial}`,
      ...(knowsSequences ? { sequence_id: String(body.sequence_id ?? `m${serial}`) } : {}),
      time,
      event: 'message',
      topic,
      title: String(body.title),
      message: String(body.message),
      priority: Number(body.priority),
    };
    messages.push(message);
    return { status: 200, body: message };
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    respond(request, response).catch((error) => {
      if (!response.headersSent) send(response, { status: 500, body: String(error) });
    });
  };
  const server = options.tls ? createSecure(certificate(CONTRACT_HOSTS), handle) : createPlain(handle);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    received,
    behave: (service, mode) => void modes.set(service, mode),
    setNtfyVersion: (version) => {
      knowsSequences = version !== 'before-2.16';
      dropsWaiting = version === '2.16';
    },
    ntfy: () => {
      const seconds = Math.floor(now() / 1000);
      const own = messages.filter((each) => each.event === 'message');
      return {
        delivered: own.filter((each) => each.time <= seconds),
        held: own.filter((each) => each.time > seconds),
      };
    },
    hugeBytes: () => hugeBytes,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A fetch that takes every request of ours to the contract server, and tells it whose it was. */
export function fetchVia(server: Pick<ContractServer, 'url'>): typeof fetch {
  return (input, init) => {
    const url = new URL(String(input));
    const headers = new Headers(init?.headers);
    headers.set('X-Contract-Host', url.host);
    return fetch(`${server.url}${url.pathname}${url.search}`, { ...init, headers });
  };
}

function serviceOf(host: string): ServiceId | undefined {
  return SERVICES.find((id) => (id === 'ntfy' ? NTFY : PROTOCOLS[id]).hosts.test(host));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(raw: string): Json {
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return {}; // not JSON: the protocol says what it misses
  }
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '400' });
  response.write('{"code":0,"errcode":0,"ok":true');
  setTimeout(() => response.socket?.destroy(), 20);
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(status === 204 ? undefined : text);
}
