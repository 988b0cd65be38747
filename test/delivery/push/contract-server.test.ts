/** The stand-in as a browser meets it: over TLS, with the service's own name in the Host header. */
import { request } from 'node:https';
import { expect, it } from 'vitest';
import { startContractServer } from './contract-server.ts';

it('tells services apart by the name that a browser asked for', async () => {
  const server = await startContractServer({ tls: true });
  const answer = await new Promise<string>((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: server.port,
        method: 'POST',
        path: '/cgi-bin/webhook/send?key=01234567-89ab-cdef-0123-456789abcdef',
        headers: { Host: 'qyapi.weixin.qq.com', 'Content-Type': 'application/json' },
        rejectUnauthorized: false,
      },
      (response) => {
        let text = '';
        response.on('data', (piece) => {
          text += String(piece);
        });
        response.on('end', () => resolve(text));
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify({ msgtype: 'text', text: { content: '一笔账单今天到期' } }));
  });
  expect(JSON.parse(answer)).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(server.received).toMatchObject([{ service: 'wecom', host: 'qyapi.weixin.qq.com' }]);
  await server.stop();
});
