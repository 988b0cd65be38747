/**
 * How each service answers, written from its documents and not from our code (signatures by node:crypto, not WebCrypto):
 * ../shared/facts/channels.md §2.1–2.2 with the sources named there; ntfy's errors.go, docs/publish.md and PR #1536/#1556;
 * Server酱's 40001/471 and 飞书's 19001, 钉钉's 130101 as many senders in the open report them. None was reachable from here.
 */
import { createHmac } from 'node:crypto';
import type { ServiceId } from '../../../src/core/channel/setting.ts';

// biome-ignore lint/suspicious/noExplicitAny: what another program wrote, looked at field by field
export type Json = Record<string, any>;

export interface Received {
  readonly service: ServiceId;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: string;
  readonly body: Json;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Protocol {
  /** What the owner of a working account would type. */
  readonly typed: Readonly<Record<string, string>>;
  /** The same with a key that the service does not know. */
  readonly wrong: Readonly<Record<string, string>>;
  readonly hosts: RegExp;
  readonly answer: (request: Received, now: number) => Reply;
  /** What it says to too many messages. */
  readonly rateLimited: Reply;
  /** The words that a reader would see. */
  readonly shown: (body: Json) => string;
  /** The longest body of a message in UTF-8 bytes or UTF-16 units that the service takes. */
  readonly fits: (body: Json) => boolean;
}

const bytesOf = (text: unknown) => Buffer.byteLength(String(text ?? ''), 'utf8');
const charsOf = (text: unknown) => String(text ?? '').length;
const ok = (body: unknown): Reply => ({ status: 200, body });
const hmac = (key: string, message: string) => createHmac('sha256', key).update(message).digest('base64');
let serial = 1000;
const next = () => ++serial;

const DINGTALK_SECRET = 'SEC000000000000000000000';
const FEISHU_SECRET = 'feishu-secret-0001';

const NTFY_TOPIC = 'duly-contract-topic';

export const PROTOCOLS: Record<Exclude<ServiceId, 'ntfy'>, Protocol> = {
  bark: {
    typed: { key: 'BarkKey0123456789' },
    wrong: { key: 'BarkNobody000000' },
    hosts: /^api\.day\.app$/,
    answer: ({ method, path, body }) => {
      if (method !== 'POST' || path !== '/push') return { status: 404, body: { code: 404, message: 'Cannot POST' } };
      if (body.device_key !== 'BarkKey0123456789')
        return {
          status: 400,
          body: {
            code: 400,
            message: 'failed to get device token: failed to get [BarkNobody] device token',
            timestamp: 1,
          },
        };
      return typeof body.id === 'string'
        ? ok({ code: 200, message: 'success', timestamp: 1 })
        : { status: 400, body: { code: 400, message: 'id must be string' } };
    },
    rateLimited: { status: 429, headers: { 'Retry-After': '7' }, body: { code: 429, message: 'Too Many Requests' } },
    shown: (body) => `${body.title}\n${body.body}`,
    fits: (body) => bytesOf(JSON.stringify(body)) <= 4096,
  },
  serverchan: {
    typed: { key: 'SCT123456TabcdefGHIJ' },
    wrong: { key: 'SCT999999Tnobody' },
    hosts: /^(?:sctapi\.ftqq\.com|\d+\.push\.ft07\.com)$/,
    answer: ({ host, path, body }) => {
      const isKnown =
        (host === 'sctapi.ftqq.com' && path === '/SCT123456TabcdefGHIJ.send') ||
        (host === '42.push.ft07.com' && path === '/send/sctp42tabcdef.send');
      if (!isKnown)
        return { status: 400, body: { message: '[AUTH]错误的Key', code: 40001, info: '错误的Key', scode: 461 } };
      if (!body.title) return { status: 400, body: { message: '标题不能为空', code: 40000 } };
      return ok({ code: 0, message: '', data: { pushid: String(next()), readkey: 'r', error: 'SUCCESS', errno: 0 } });
    },
    rateLimited: { status: 400, body: { message: '[AUTH]超过当天的发送次数限制[5]', code: 40001, scode: 471 } },
    shown: (body) => `${body.title}\n${body.desp}`,
    fits: (body) => charsOf(body.title) <= 32 && bytesOf(body.desp) <= 32 * 1024,
  },
  wecom: {
    typed: { key: '01234567-89ab-cdef-0123-456789abcdef' },
    wrong: { key: 'ffffffff-89ab-cdef-0123-456789abcdef' },
    hosts: /^qyapi\.weixin\.qq\.com$/,
    answer: ({ path, query, body }) => {
      if (path !== '/cgi-bin/webhook/send' || query.get('key') !== '01234567-89ab-cdef-0123-456789abcdef')
        return ok({ errcode: 93000, errmsg: 'invalid webhook url, hint: [1]' });
      if (body.msgtype !== 'text' || !body.text?.content) return ok({ errcode: 40008, errmsg: 'invalid message type' });
      return ok({ errcode: 0, errmsg: 'ok' });
    },
    rateLimited: ok({ errcode: 45009, errmsg: 'api freq out of limit' }),
    shown: (body) => body.text.content,
    fits: (body) => bytesOf(body.text.content) <= 2048,
  },
  webhook: {
    typed: { url: 'https://hook.example.org/in?token=hook-secret-77', success: 'ok=true' },
    wrong: { url: 'https://hook.example.org/in?token=nobody', success: 'ok=true' },
    hosts: /^hook\.example\.org$/,
    answer: ({ query }) =>
      query.get('token') === 'hook-secret-77' ? ok({ ok: true }) : { status: 401, body: { ok: false } },
    rateLimited: { status: 429, headers: { 'Retry-After': '30' }, body: { ok: false } },
    shown: (body) => `${body.title}\n${body.text}`,
    fits: (body) => bytesOf(JSON.stringify(body)) <= 8192,
  },
  pushplus: {
    typed: { token: '0123456789abcdef0123456789abcdef' },
    wrong: { token: 'ffffffffffffffffffffffffffffffff' },
    hosts: /^www\.pushplus\.plus$/,
    answer: ({ path, body }) => {
      if (path !== '/send') return ok({ code: 500, msg: '系统异常', data: null });
      if (body.token !== '0123456789abcdef0123456789abcdef')
        return ok({ code: 903, msg: '无效的用户令牌', data: null });
      return body.content ? ok({ code: 200, msg: '请求成功', data: `serial${next()}` }) : ok({ code: 999, msg: 'x' });
    },
    rateLimited: ok({ code: 900, msg: '用户账号使用受限', data: null }),
    shown: (body) => `${body.title}\n${body.content}`,
    fits: (body) => charsOf(body.title) <= 100 && charsOf(body.content) <= 20_000,
  },
  wxpusher: {
    typed: { token: 'SPT_abcdefghijk' },
    wrong: { token: 'SPT_nobody' },
    hosts: /^wxpusher\.zjiecode\.com$/,
    answer: ({ method, path, query, body }) => {
      if (method === 'DELETE')
        return ok({ code: query.get('appToken') === 'AT_application' ? 1000 : 1001, msg: '', data: null });
      const isSimple = path === '/api/send/message/simple-push' && body.spt === 'SPT_abcdefghijk';
      const isFull = path === '/api/send/message' && body.appToken === 'AT_application';
      if (!isSimple && !isFull) return ok({ code: 1001, msg: 'token 不正确', data: null, success: false });
      if (isFull && body.uids?.[0] !== 'UID_owner')
        return ok({ code: 1000, msg: '处理成功', data: [{ uid: body.uids?.[0], code: 1001, status: '用户不存在' }] });
      return ok({
        code: 1000,
        msg: '处理成功',
        success: true,
        data: [
          { uid: 'UID_owner', code: 1000, status: '创建发送任务成功', messageContentId: next(), sendRecordId: next() },
        ],
      });
    },
    rateLimited: { status: 429, body: { code: 1001, msg: '请求过于频繁' } },
    shown: (body) => `${body.summary}\n${body.content}`,
    fits: (body) => charsOf(body.summary) <= 100 && charsOf(body.content) <= 40_000,
  },
  dingtalk: {
    typed: { token: 'a'.repeat(64), secret: DINGTALK_SECRET },
    wrong: { token: 'f'.repeat(64), secret: DINGTALK_SECRET },
    hosts: /^oapi\.dingtalk\.com$/,
    answer: ({ path, query, body }, now) => {
      if (path !== '/robot/send' || query.get('access_token') !== 'a'.repeat(64))
        return ok({ errcode: 300005, errmsg: 'token is not exist' });
      const ms = Number(query.get('timestamp'));
      if (Math.abs(now - ms) > 3_600_000) return ok({ errcode: 310000, errmsg: 'invalid timestamp' });
      if (query.get('sign') !== hmac(DINGTALK_SECRET, `${query.get('timestamp')}\n${DINGTALK_SECRET}`))
        return ok({ errcode: 310000, errmsg: 'sign not match, more: [https://open.dingtalk.com]' });
      return body.text?.content ? ok({ errcode: 0, errmsg: 'ok' }) : ok({ errcode: 40035, errmsg: '缺少参数 json' });
    },
    rateLimited: ok({ errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' }),
    shown: (body) => body.text.content,
    fits: (body) => bytesOf(JSON.stringify(body)) <= 20_000,
  },
  feishu: {
    typed: { token: 'https://open.feishu.cn/open-apis/bot/v2/hook/feishu-token-1', secret: FEISHU_SECRET },
    wrong: { token: 'feishu-nobody', secret: FEISHU_SECRET },
    hosts: /^open\.(?:feishu\.cn|larksuite\.com)$/,
    answer: ({ path, body }, now) => {
      if (path !== '/open-apis/bot/v2/hook/feishu-token-1')
        return ok({ code: 19001, data: {}, msg: 'param invalid: incoming webhook access token invalid' });
      const isFresh = Math.abs(now / 1000 - Number(body.timestamp)) <= 3600;
      if (
        !isFresh ||
        typeof body.timestamp !== 'string' ||
        body.sign !== hmac(`${body.timestamp}\n${FEISHU_SECRET}`, '')
      )
        return ok({ code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' });
      if (body.msg_type !== 'text') return ok({ code: 9499, msg: 'Bad Request', data: {} });
      return ok({ StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' });
    },
    rateLimited: ok({ code: 11232, msg: 'frequency limited psm[lark.oapi.app_platform_runtime]' }),
    shown: (body) => body.content.text,
    fits: (body) => bytesOf(JSON.stringify(body)) <= 20 * 1024,
  },
  telegram: {
    typed: { token: '123456789:AAbot-secret-token', chat: '4242' },
    wrong: { token: '123456789:AAnobody', chat: '4242' },
    hosts: /^api\.telegram\.org$/,
    answer: ({ path, body }) => {
      const [, bot, method] = path.split('/');
      if (bot !== 'bot123456789:AAbot-secret-token')
        return { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } };
      if (String(body.chat_id) !== '4242')
        return { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' } };
      return method === 'deleteMessage'
        ? ok({ ok: true, result: true })
        : ok({ ok: true, result: { message_id: next() } });
    },
    rateLimited: {
      status: 429,
      body: {
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 11',
        parameters: { retry_after: 11 },
      },
    },
    shown: (body) => body.text,
    fits: (body) => charsOf(body.text) <= 4096,
  },
  gotify: {
    typed: { server: 'https://gotify.example.org/push/', token: 'A.gotify-app-token' },
    wrong: { server: 'https://gotify.example.org/push/', token: 'Anobody' },
    hosts: /^gotify\.example\.org$/,
    answer: ({ path, headers, body }) => {
      if (path !== '/push/message')
        return { status: 404, body: { error: 'Not Found', errorCode: 404, errorDescription: 'page not found' } };
      if (headers['x-gotify-key'] !== 'A.gotify-app-token')
        return { status: 401, body: { error: 'Unauthorized', errorCode: 401, errorDescription: 'you need a token' } };
      return ok({ id: next(), appid: 1, message: body.message, title: body.title, priority: body.priority, date: 'x' });
    },
    rateLimited: { status: 429, headers: { 'Retry-After': '9' }, body: { error: 'Too Many Requests', errorCode: 429 } },
    shown: (body) => `${body.title}\n${body.message}`,
    fits: (body) => bytesOf(JSON.stringify(body)) <= 100_000,
  },
  pushover: {
    typed: { token: 'a'.repeat(30), user: 'u'.repeat(30) },
    wrong: { token: 'n'.repeat(30), user: 'u'.repeat(30) },
    hosts: /^api\.pushover\.net$/,
    answer: ({ path, body }) => {
      const no = (part: object) => ({ status: 400, body: { status: 0, request: 'r', errors: ['invalid'], ...part } });
      if (body.token !== 'a'.repeat(30)) return no({ token: 'invalid' });
      if (/^\/1\/receipts\/\w+\/cancel\.json$/.test(path)) return ok({ status: 1, request: 'r' });
      if (body.user !== 'u'.repeat(30)) return no({ user: 'invalid' });
      if (body.priority === 2 && !(body.retry >= 30 && body.expire <= 10_800)) return no({ retry: 'must be supplied' });
      return ok({ status: 1, request: 'r', ...(body.priority === 2 ? { receipt: `receipt${next()}` } : {}) });
    },
    rateLimited: {
      status: 429,
      body: { status: 0, request: 'r', errors: ['application is over its monthly message limit'] },
    },
    shown: (body) => `${body.title}\n${body.message}`,
    fits: (body) => charsOf(body.title) <= 250 && charsOf(body.message) <= 1024,
  },
  discord: {
    typed: { webhook: 'https://canary.discord.com/api/webhooks/123456/discord-secret-token' },
    wrong: { webhook: 'https://discord.com/api/webhooks/123456/nobody' },
    hosts: /^discord\.com$/,
    answer: ({ method, path, query, body }) => {
      if (!path.startsWith('/api/webhooks/123456/discord-secret-token'))
        return { status: 404, body: { message: 'Unknown Webhook', code: 10015 } };
      if (method === 'DELETE') return { status: 204, body: '' };
      if (query.get('wait') !== 'true') return { status: 204, body: '' };
      return charsOf(body.content) <= 2000
        ? ok({ id: String(next()), content: body.content })
        : { status: 400, body: { code: 50035 } };
    },
    rateLimited: {
      status: 429,
      headers: { 'Retry-After': '2' },
      body: { message: 'You are being rate limited.', retry_after: 1.337, global: false },
    },
    shown: (body) => body.content,
    fits: (body) => charsOf(body.content) <= 2000,
  },
  apprise: {
    typed: { key: 'https://apprise.example.org/notify/family-key-1' },
    wrong: { key: 'https://apprise.example.org/notify/nobody' },
    hosts: /^apprise\.example\.org$/,
    answer: ({ path, headers }) => {
      if (path !== '/notify/family-key-1') return { status: 204, body: '' };
      return /json/.test(String(headers.accept)) ? ok({ error: null, details: [] }) : ok('Notification(s) sent.');
    },
    rateLimited: { status: 429, headers: { 'Retry-After': '5' }, body: { error: 'too many' } },
    shown: (body) => `${body.title}\n${body.body}`,
    fits: (body) => bytesOf(JSON.stringify(body)) <= 3_000_000,
  },
};

export const NTFY = {
  topic: NTFY_TOPIC,
  token: 'tk_ntfysecrettoken',
  hosts: /^(?:ntfy\.sh|push\.example\.org|127\.0\.0\.1)$/,
};
