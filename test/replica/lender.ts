/**
 * A made-up lender that no site of the list claims: its words and its markup are its own. Served under a name that only
 * the tests' browsers know. Days are counted from `today`; all data is invented.
 */
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { addDays, type Day } from '../../src/core/day.ts';
import { certificate } from './certificate.ts';

export const LENDER_HOST = 'my.xingyun-dai.example';
export const LENDER_PAGE = `https://${LENDER_HOST}/account/repay`;

export interface Lender {
  readonly port: number;
  /** How the page is built: as taught, rebuilt with other classes and advertisements, or with other words. */
  setLook(look: 'usual' | 'rebuilt' | 'unknown'): void;
  close(): Promise<void>;
}

export function lenderPage(today: string, look: 'usual' | 'rebuilt' | 'unknown' = 'usual'): string {
  const due = addDays(today as Day, 6);
  const [year, month, date] = due.split('-').map(Number);
  const c = (name: string): string => (look === 'rebuilt' ? `x${name.length}-${name.charCodeAt(0)}` : name);
  const ad = look === 'rebuilt' ? '<aside class="promo"><b>新客立减</b><span>最高 ¥50.00</span></aside>' : '';
  const word = look === 'unknown' ? ['扣账时点', '本次金额', '起付线'] : ['划扣日期', '本次要还', '最少还'];
  const body =
    look === 'unknown'
      ? `<p>${word[0]} ${year}/${month}/${date}</p><p>${word[1]} 1,286.40</p>`
      : `${ad}<div class="${c('card')}"><div class="${c('cell')}"><span class="${c('name')}">${word[0]}</span>${look === 'rebuilt' ? '<div>' : ''}<em class="${c('value')}">${year}年${month}月${date}日</em>${look === 'rebuilt' ? '</div>' : ''}</div>
<div class="${c('cell')}"><span class="${c('name')}">${word[1]}</span><em class="${c('value')}">¥<b>1,286</b><small>.40</small></em></div>
<div class="${c('cell')}"><span class="${c('name')}">${word[2]}</span><em class="${c('value')}">¥128.64</em></div>
<div class="${c('cell')}"><span class="${c('name')}">总授信</span><em class="${c('value')}">¥20,000.00</em></div></div>${ad}`;
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>我的还款 - 行云贷演示</title>
<style nonce="lender">body{font:16px/1.6 sans-serif;margin:0;background:#f2f4f8;color:#223}header{background:#3247a8;color:#fff;padding:16px 40px}main{max-width:760px;margin:32px auto;padding:0 16px}
.card,.x4-99{background:#fff;border-radius:12px;padding:8px 24px}.cell,.x4-99{display:flex;justify-content:space-between;padding:14px 0;border-bottom:1px solid #e6e9f2}em{font-style:normal;font-weight:600}button{font:inherit;padding:10px 32px;margin-top:24px}</style></head>
<body><header><strong>行云贷</strong>（演示页面，数据均为虚构）</header><main><h2>这一期</h2>${body}
<button id="pay">马上还</button><script nonce="lender">document.addEventListener('click', (event) => { if (event.target.closest('#pay')) document.title = '付款了'; }); document.addEventListener('keydown', (event) => { document.body.dataset.keys = (document.body.dataset.keys ?? '') + event.key; });</script></main></body></html>`;
}

export async function startLender(today: string): Promise<Lender> {
  let look: 'usual' | 'rebuilt' | 'unknown' = 'usual';
  const sockets = new Set<Socket>();
  const server: Server = createServer(certificate([LENDER_HOST]), (request, response) => {
    const isPage = request.url?.startsWith('/account/repay');
    // A strict policy of the page's own must not take the overlay's style away.
    response.writeHead(isPage ? 200 : 404, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'self'; style-src 'nonce-lender'; script-src 'nonce-lender'",
    });
    response.end(isPage ? lenderPage(today, look) : '');
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    setLook: (next) => {
      look = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
