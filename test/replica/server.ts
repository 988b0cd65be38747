/**
 * A replica of the account site on loopback HTTPS (facts/jd-baitiao.md §2 and §6), told apart by the Host header:
 * baitiao.jd.com, passport.jd.com, trade.jr.jd.com, plogin.m.jd.com, safe.jd.com and authpay.jd.com share one port. All data is made up.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { type Account, type AccountKind, makeAccount, todayInShanghai } from './account.ts';
import { answer, NOT_SIGNED_IN } from './answers.ts';
import { certificate } from './certificate.ts';
import { cardPage, realNamePage, safetyPage } from './contact.ts';
import { billPage, noAccountPage, overviewPage, rebuiltPage, signInPage } from './pages.ts';

export const REPLICA_HOSTS = [
  'baitiao.jd.com',
  'passport.jd.com',
  'trade.jr.jd.com',
  'plogin.m.jd.com',
  'safe.jd.com',
  'authpay.jd.com',
] as const;
export const BILL_PAGE = 'https://baitiao.jd.com/v3/ious/list';

export interface ReplicaOptions {
  /** `YYYY-MM-DD` in Asia/Shanghai; the machine's own day when absent. */
  readonly today?: string;
  readonly account?: AccountKind;
  /** A free one when absent. */
  readonly port?: number;
}

export interface SeenRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface Replica {
  readonly port: number;
  /** Everything that was asked for, oldest first. */
  readonly requests: readonly SeenRequest[];
  setToday(today: string): void;
  setAccount(account: AccountKind): void;
  /** The bound number, as the account pages show it. */
  setPhone(phone: string): void;
  /** What the replica shows now, to compare a reading with. */
  account(): Account;
  close(): Promise<void>;
}

export async function startReplica(options: ReplicaOptions = {}): Promise<Replica> {
  let today = options.today ?? todayInShanghai(Date.now());
  let kind = options.account ?? 'two-bills';
  let phone = '138****1234';
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const account = () => makeAccount(kind, today);

  const server = createServer(certificate(REPLICA_HOSTS), (request, response) => {
    respond(request, response).catch((error) => {
      if (!response.headersSent) send(response, 500, 'text/plain', String(error));
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const url = new URL(request.url ?? '/', `https://${host || 'localhost'}`);
    const params = new URLSearchParams([...url.searchParams, ...new URLSearchParams(await bodyOf(request))]);
    const method = request.method ?? 'GET';
    requests.push({ method, host, path: url.pathname, params: Object.fromEntries(params) });
    if (requests.length > 5000) requests.shift();

    const asset = /^\/static\/(list\.js|site\.css)$/.exec(url.pathname)?.[1];
    if (asset) return send(response, 200, asset.endsWith('js') ? 'text/javascript' : 'text/css', fileText(asset));
    if (url.pathname === '/favicon.ico') return send(response, 204, 'image/x-icon', '');
    const html = (text: string) => send(response, 200, 'text/html', text);
    switch (`${host}${url.pathname}`) {
      case 'baitiao.jd.com/':
        return redirect(response, BILL_PAGE);
      case 'baitiao.jd.com/v3/ious/list':
        if (kind === 'signed-out') return redirect(response, signInUrl(url.href));
        if (kind === 'no-account') return html(noAccountPage());
        return html(kind === 'rebuilt' ? rebuiltPage() : billPage(account()));
      case 'trade.jr.jd.com/centre/browse.action':
        return kind === 'signed-out' ? redirect(response, signInUrl(url.href)) : html(overviewPage(account()));
      case 'passport.jd.com/new/login.aspx':
      case 'passport.jd.com/uc/login':
      case 'plogin.m.jd.com/login/login':
        return html(signInPage(params.get('ReturnUrl') ?? params.get('returnurl') ?? BILL_PAGE));
      case 'authpay.jd.com/auth/toAuthSuccessPage.action':
        return html(realNamePage(phone));
      case 'safe.jd.com/user/paymentpassword/safetyCenter.action':
        return html(safetyPage(phone));
      case 'authpay.jd.com/card/queryBindCard.action':
        return html(cardPage());
      case 'passport.jd.com/uc/loginService': {
        if (kind === 'signed-out') kind = 'two-bills';
        const back = params.get('ReturnUrl') ?? '';
        return redirect(response, /^https:\/\/[a-z.]+\.jd\.com\//.test(back) ? back : BILL_PAGE);
      }
    }
    if (host === 'baitiao.jd.com' && method === 'POST' && kind !== 'rebuilt') {
      const isSignedIn = kind !== 'signed-out' && kind !== 'expired';
      const json = isSignedIn ? answer(url.pathname, params, account()) : NOT_SIGNED_IN;
      if (json) return send(response, 200, 'application/json', JSON.stringify(json));
    }
    return send(response, 404, 'text/html', '<!DOCTYPE html><meta charset="utf-8"><title>404</title><p>页面不存在');
  };

  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', listening);
  });
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    setToday: (day) => {
      today = day;
    },
    setPhone: (next) => {
      phone = next;
    },
    setAccount: (next) => {
      kind = next;
    },
    account,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function signInUrl(back: string): string {
  return `https://passport.jd.com/new/login.aspx?ReturnUrl=${encodeURIComponent(back)}`;
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' });
  response.end(text);
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { Location: to, 'Cache-Control': 'no-store' });
  response.end();
}

function fileText(name: string): string {
  return readFileSync(join(import.meta.dirname, 'static', name), 'utf8');
}

/** A form body; at most 64 kB, the rest is cut off. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 65_536) break;
  }
  return text;
}
