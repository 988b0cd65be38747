/** What the first services answer, to the last error word; and how any answer is read. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServiceId } from '../../../src/core/channel/setting.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/core/day.ts';
import { retryAfterMs } from '../../../src/core/pause.ts';
import { ask } from '../../../src/delivery/push/ask.ts';
import { type PushTools, pushChannel } from '../../../src/delivery/push/channel.ts';
import { aNotice, NOW } from '../channel-contract.ts';
import { startContractServer } from './contract-server.ts';
import { settingOf, TYPED, toolsFor } from './settings.ts';

/** The verdict on one answer, as the channel gives it. */
function heard(service: ServiceId, body: unknown, status = 200, headers: Record<string, string> = {}) {
  const fetch = async () =>
    new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  return channelOver(service, fetch).send(aNotice());
}

function channelOver(service: ServiceId, answer: typeof fetch, typed = TYPED[service], part: Partial<PushTools> = {}) {
  return pushChannel(settingOf(service, typed), { ...toolsFor({ url: '' }), fetch: answer, ...part });
}

const TO_HOOK = { url: 'https://example.org/hook' };

/** NOW is 10:00 in Shanghai, 02:00 UTC. */
const REST_OF_SHANGHAI_DAY = 14 * HOUR_MS;

describe('each error word', () => {
  it.each<[ServiceId, number, unknown, string, number?]>([
    ['ntfy', 401, { code: 40101, http: 401, error: 'unauthorized' }, 'push-wrong-key'],
    ['ntfy', 403, { code: 40301, http: 403, error: 'forbidden' }, 'push-wrong-key'],
    ['ntfy', 413, { code: 41303, http: 413, error: 'JSON body too large' }, 'push-message-too-long'],
    ['ntfy', 400, { code: 40005, http: 400, error: 'too small' }, 'push-clock'],
    ['ntfy', 400, { code: 40006, http: 400, error: 'too large' }, 'push-clock'],
    ['ntfy', 400, { code: 40009, http: 400, error: 'topic invalid' }, 'push-not-found'],
    ['ntfy', 404, { code: 40401, http: 404, error: 'page not found' }, 'push-not-found'],
    ['ntfy', 429, { code: 42901, http: 429, error: 'too many requests' }, 'push-rate-limited', MINUTE_MS],
    ['ntfy', 429, { code: 42903, http: 429, error: 'too many requests' }, 'push-rate-limited', MINUTE_MS],
    ['ntfy', 429, { code: 42904, http: 429, error: 'too many emails' }, 'push-rate-limited', 10 * MINUTE_MS],
    ['ntfy', 429, { code: 42905, http: 429, error: 'bandwidth reached' }, 'push-quota', DAY_MS],
    ['ntfy', 429, { code: 42909, http: 429, error: 'too many auth failures' }, 'push-rate-limited', 60 * MINUTE_MS],
    ['ntfy', 429, { code: 42908, http: 429, error: 'too many messages' }, 'push-quota', 22 * HOUR_MS],
    ['ntfy', 507, { code: 50701, http: 507, error: 'cannot publish' }, 'push-quota', DAY_MS],
    ['ntfy', 200, { id: 'x', event: 'open' }, 'push-bad-answer'],
    ['bark', 400, { code: 400, message: 'device key is empty' }, 'push-wrong-key'],
    ['bark', 500, { code: 500, message: 'push failed: BadDeviceToken' }, 'push-device-gone'],
    ['bark', 410, { code: 410, message: 'push failed: Unregistered' }, 'push-device-gone'],
    ['bark', 200, { code: 400, message: 'one of a batch failed' }, 'push-refused'],
    ['bark', 405, 'Method Not Allowed', 'push-not-json'],
    ['serverchan', 400, { code: 40001, message: '[AUTH]错误的Key', scode: 461 }, 'push-wrong-key'],
    [
      'serverchan',
      400,
      { code: 40001, message: '[AUTH]超过当天的发送次数限制[5]', scode: 471 },
      'push-quota',
      REST_OF_SHANGHAI_DAY,
    ],
    ['serverchan', 200, { code: 471, message: '超过当天的发送次数限制[5]' }, 'push-quota', REST_OF_SHANGHAI_DAY],
    ['serverchan', 200, { code: 40001, message: 'bad pushtoken' }, 'push-wrong-key'],
    ['serverchan', 200, { code: 0, data: { errno: 1024, error: 'queue' } }, 'push-refused'],
    ['wecom', 200, { errcode: 93000, errmsg: 'invalid webhook url' }, 'push-wrong-key'],
    ['wecom', 200, { errcode: 45009, errmsg: 'api freq out of limit' }, 'push-rate-limited', MINUTE_MS],
    ['wecom', 200, { errcode: 45002, errmsg: 'content size out of limit' }, 'push-message-too-long'],
    ['wecom', 200, { errcode: -1, errmsg: 'system busy' }, 'push-server-error'],
    ['wecom', 200, { errcode: 12345, errmsg: 'new in 2030' }, 'push-refused'],
    ['wecom', 200, { errcode: 'constructor' }, 'push-refused'],
    ['wecom', 200, ' \n', 'push-empty-answer'],
    ['wecom', 403, '<html>blocked</html>', 'push-not-json'],
    ['wecom', 429, '<html>busy</html>', 'push-rate-limited', MINUTE_MS],
    ['wecom', 502, '<html>bad gateway</html>', 'push-server-error'],
    ['webhook', 401, '', 'push-wrong-key'],
    ['webhook', 404, 'nothing here', 'push-not-found'],
    ['webhook', 413, '', 'push-message-too-long'],
    ['webhook', 200, { ok: false }, 'push-refused'],
    ['webhook', 200, 'ok', 'push-refused'],
    ['pushplus', 200, { code: 900, msg: '用户账号使用受限' }, 'push-muted', REST_OF_SHANGHAI_DAY],
    ['pushplus', 200, { code: 888, msg: '积分不足' }, 'push-quota'],
    ['pushplus', 200, { code: 903, msg: '无效的用户令牌' }, 'push-wrong-key'],
    ['pushplus', 200, { code: 905, msg: '账户未进行实名认证' }, 'push-unverified'],
    ['pushplus', 200, { code: 403, msg: '请求IP未授权' }, 'push-ip-refused'],
    ['wxpusher', 200, { code: 1000, data: [{ code: 1000 }, { code: 1001 }] }, 'push-no-recipient'],
    ['wxpusher', 200, { code: 1000, data: [] }, 'push-no-recipient'],
    ['dingtalk', 200, { errcode: 310000, errmsg: 'keywords not in content' }, 'push-keyword'],
    ['dingtalk', 200, { errcode: 310000, errmsg: 'invalid timestamp' }, 'push-clock'],
    ['dingtalk', 200, { errcode: 310000, errmsg: 'sign not match' }, 'push-signature'],
    ['dingtalk', 200, { errcode: 310000, errmsg: 'ip 1.2.3.4 not in whitelist' }, 'push-ip-refused'],
    ['dingtalk', 200, { errcode: 130101, errmsg: 'send too fast' }, 'push-muted', 10 * MINUTE_MS],
    ['feishu', 200, { code: 19021, msg: 'sign match fail' }, 'push-signature'],
    ['feishu', 200, { code: 19022, msg: 'Ip Not Allowed' }, 'push-ip-refused'],
    ['feishu', 200, { code: 19024, msg: 'Key Words Not Found' }, 'push-keyword'],
    ['feishu', 200, { code: 11232, msg: 'frequency limited' }, 'push-rate-limited', MINUTE_MS],
    ['feishu', 200, { StatusCode: 9499, StatusMessage: 'Bad Request' }, 'push-refused'],
    ['telegram', 400, { ok: false, error_code: 400, description: 'Bad Request: chat not found' }, 'push-no-recipient'],
    ['telegram', 403, { ok: false, error_code: 403, description: 'bot was blocked by the user' }, 'push-no-recipient'],
    ['telegram', 429, { ok: false, error_code: 429, parameters: { retry_after: 33 } }, 'push-rate-limited', 33_000],
    ['telegram', 429, { ok: false, error_code: 429, parameters: { retry_after: -1 } }, 'push-rate-limited', MINUTE_MS],
    ['telegram', 200, { ok: false }, 'push-bad-answer'],
    ['serverchan', 200, { code: 40001, scode: 471, message: 'x' }, 'push-quota', REST_OF_SHANGHAI_DAY],
    ['serverchan', 200, { code: 471, message: 'x' }, 'push-quota', REST_OF_SHANGHAI_DAY],
    ['serverchan', 400, { code: 5, message: 'x' }, 'push-refused'],
    ['serverchan', 500, { code: 5, message: 'x' }, 'push-server-error'],
    ['serverchan', 200, { message: 'x' }, 'push-bad-answer'],
    ['serverchan', 500, { message: 'x' }, 'push-server-error'],
    ['pushover', 400, { status: 0, user: 'invalid' }, 'push-no-recipient'],
    ['discord', 404, { message: 'Unknown Webhook', code: 10015 }, 'push-wrong-key'],
    ['discord', 204, '', 'push-empty-answer'],
    ['apprise', 424, { error: 'at least one failed' }, 'push-partly-failed'],
    ['apprise', 204, '', 'push-wrong-key'],
    ['apprise', 431, '', 'push-message-too-long'],
  ])('%s %i %j is %s', async (service, status, body, code, pauseMs) => {
    expect(await heard(service, body, status)).toEqual({ kind: 'failed', code, ...(pauseMs ? { pauseMs } : {}) });
  });

  it.each<[ServiceId, unknown, string | undefined]>([
    ['ntfy', { id: 'abc', event: 'message', time: 1 }, expect.stringMatching(/^[0-9a-f]{24}$/)],
    ['bark', { code: 200, message: 'success' }, expect.stringMatching(/^[0-9a-f]{24}$/)],
    ['serverchan', { code: 0, data: { pushid: '77', errno: 0 } }, '77'],
    ['wecom', { errcode: 0, errmsg: 'ok' }, undefined],
    ['feishu', { StatusCode: 0, StatusMessage: 'success' }, undefined],
    ['pushplus', { code: 200, data: 'serial' }, 'serial'],
    ['telegram', { ok: true, result: { message_id: 5 } }, '5'],
    ['discord', { id: '99' }, '99'],
  ])('%s %j is accepted', async (service, body, receipt) => {
    expect(await heard(service, body)).toEqual({ kind: 'accepted', ...(receipt ? { receipt } : {}) });
  });

  it.each([
    '<!-- gateway --><html><body>Sign in</body></html>',
    '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html>',
    '<meta http-equiv="refresh" content="0; url=https://portal.example/">',
    '\ufeff<title>Welcome</title><p>Please accept the terms',
  ])('where any word is a yes, a page is none: %j', async (page) => {
    const channel = channelOver('webhook', async () => new Response(page), TO_HOOK);
    expect(await channel.send(aNotice())).toEqual({ kind: 'failed', code: 'push-not-json' });
  });

  it.each(['', 'ok', '<response><code>0</code></response>'])('where any word is a yes, so is %j', async (word) => {
    const channel = channelOver('webhook', async () => new Response(word), TO_HOOK);
    expect(await channel.send(aNotice())).toEqual({ kind: 'accepted' });
  });

  it('a Retry-After outweighs what the table knows', async () => {
    const body = { code: 42901, http: 429, error: 'x' };
    expect(await heard('ntfy', body, 429, { 'Retry-After': '5' })).toMatchObject({ pauseMs: 5000 });
  });
});

describe('a Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['1.5', 1500],
    ['0', 0],
    [new Date(NOW + HOUR_MS).toUTCString(), HOUR_MS],
    [new Date(NOW - HOUR_MS).toUTCString(), 0],
    ['99999999', DAY_MS],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%s', (value, expected) => {
    const headers = { Date: new Date(NOW).toUTCString(), ...(value === null ? {} : { 'Retry-After': value }) };
    expect(retryAfterMs(new Headers(headers))).toBe(expected);
  });

  it('a date without the server’s own clock beside it names no time', () => {
    expect(retryAfterMs(new Headers({ 'Retry-After': new Date(NOW).toUTCString() }))).toBeNull();
  });
});

describe('where we may ask', () => {
  const fetchNothing = vi.fn(async () => new Response('{}'));
  const tools = { fetch: fetchNothing as unknown as typeof fetch };
  afterEach(() => void fetchNothing.mockClear());

  it.each([
    'http://example.org/',
    'http://8.8.8.8/',
    'http://010.0.0.1/',
    'http://172.32.0.1/',
    'http://127.0.0.1.example.org/',
    'http://localhost@example.org/',
    'https://name:word@example.org/',
    'http://[2001:db8::1]/',
    'http://169.254.169.254/',
    'ftp://192.168.1.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'nonsense',
  ])('not %s', async (url) => {
    expect(await ask({ url }, tools)).toEqual({ kind: 'failed', code: 'push-address-refused' });
    expect(fetchNothing).not.toHaveBeenCalled();
  });

  it.each([
    'https://example.org/',
    'http://127.0.0.1:8080/',
    'http://localhost/',
    'http://nas.local:81/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.0.9/',
    'http://[::1]/',
    'http://[fd12:3456::1]/',
  ])('%s', async (url) => {
    expect(await ask({ url }, tools)).toMatchObject({ kind: 'answer' });
  });
});

describe('taking a message back', () => {
  it.each<[ServiceId, string | undefined, string, string]>([
    ['bark', undefined, 'POST', '/push'],
    ['telegram', '7', 'POST', '/bot123456789:AAbot-secret-token/deleteMessage'],
    ['discord', '9', 'DELETE', '/api/webhooks/123456/discord-secret-token/messages/9'],
    ['pushover', 'receipt1', 'POST', '/1/receipts/receipt1/cancel.json'],
  ])('%s', async (service, receipt, method, path) => {
    const server = await startContractServer({ now: () => NOW });
    const channel = pushChannel(settingOf(service, TYPED[service]), toolsFor(server));
    expect(await channel.withdraw(aNotice().id, receipt)).toBe(true);
    expect(server.received.map((each) => [each.method, each.path])).toEqual([[method, path]]);
    await server.stop();
  });

  it.each([
    [204, true],
    [404, true],
    [410, true],
    [302, false],
    [403, false],
    [500, false],
  ])('is done when the service says so or knows it no more: %d', async (status, isDone) => {
    const channel = channelOver('discord', async () => new Response(null, { status }));
    expect(await channel.withdraw(aNotice().id, '9')).toBe(isDone);
  });

  // The page of a network that asks to be signed in to; an emergency of Pushover rings on behind it.
  it.each<ServiceId>(['bark', 'telegram', 'discord', 'pushover'])(
    'is not done where a page answers: %s',
    async (service) => {
      const fetch = async () => new Response('<html>Sign in</html>');
      expect(await channelOver(service, fetch).withdraw(aNotice().id, '9')).toBe(false);
    },
  );

  it('of WxPusher is not done by what its code says was refused', async () => {
    const typed = { token: 'AT_application', uid: 'UID_owner' };
    const withdraw = (code: number): Promise<boolean> =>
      channelOver('wxpusher', async () => Response.json({ code }), typed).withdraw(aNotice().id, '9');
    expect([await withdraw(1000), await withdraw(1001)]).toEqual([true, false]);
  });

  it.each<ServiceId>(['bark', 'ntfy'])(
    'never throws, though the store does not say whose it is: %s',
    async (service) => {
      const whose = () => Promise.reject(new Error('no store'));
      const channel = channelOver(service, async () => new Response('{}'), TYPED[service], { whose });
      expect(await channel.withdraw(aNotice().id)).toBe(false);
      expect((await channel.probe?.())?.canWithdraw ?? null).toBeNull();
    },
  );

  it.each<ServiceId>(['wecom', 'serverchan', 'webhook', 'gotify'])('%s cannot, and asks nothing', async (service) => {
    const server = await startContractServer({ now: () => NOW });
    const channel = pushChannel(settingOf(service, TYPED[service]), toolsFor(server));
    expect(await channel.withdraw(aNotice().id, 'anything')).toBe(true);
    expect(server.received).toEqual([]);
    await server.stop();
  });
});

describe('settings from elsewhere', () => {
  it('a service that this version does not know fails by its code', async () => {
    const setting = { ...settingOf('wecom', TYPED.wecom), service: 'pigeon' as ServiceId };
    const server = await startContractServer();
    expect(await pushChannel(setting, toolsFor(server)).send(aNotice())).toEqual({
      kind: 'failed',
      code: 'push-service-unknown',
    });
    await server.stop();
  });

  it('values that no longer read fail by theirs, and a clock that is hours off is said to be', async () => {
    const server = await startContractServer({ now: () => NOW + 5 * HOUR_MS });
    const broken = { ...settingOf('wecom', TYPED.wecom), values: { key: 'javascript:' } };
    expect(await pushChannel(broken, toolsFor(server)).send(aNotice())).toMatchObject({ code: 'push-bad-settings' });
    const dingtalk = pushChannel(settingOf('dingtalk', TYPED.dingtalk), toolsFor(server));
    expect(await dingtalk.send(aNotice())).toMatchObject({ code: 'push-clock' });
    const feishu = pushChannel(settingOf('feishu', TYPED.feishu), toolsFor(server));
    expect(await feishu.send(aNotice())).toMatchObject({ code: 'push-signature' });
    await server.stop();
  });
});
