/** Services that queue a message for the owner's WeChat: Server酱, PushPlus, WxPusher. Accepted is not yet delivered. */
import { baseOf } from '../../core/channel/fields.ts';
import { accepted, bytes, type Contract, chars, type Errors, failed, named, restOfDayMs, textOf } from './contract.ts';

/**
 * Sources: easychen/serverchan-sdk (addresses, success); wrong key = HTTP 400 `{code:40001, message:"[AUTH]错误的Key",
 * scode:461}`, quota = 40001 or 471 `[AUTH]超过当天的发送次数限制[5]`, both as many senders in the open report them.
 */
export const serverchan: Contract = {
  title: chars(32),
  text: bytes(30_000),
  request: ({ title, text }, values) => ({
    url: `${baseOf('serverchan', values)}/${values.key?.startsWith('sctp') ? 'send/' : ''}${values.key}.send`,
    body: { title, desp: asMarkdown(text), short: title },
  }),
  verdict: ({ status, json, now }) => {
    if (json.code === undefined) return null;
    const data = (json.data ?? {}) as Readonly<Record<string, unknown>>;
    if (status === 200 && json.code === 0) return data.errno ? failed('push-refused') : accepted(data.pushid);
    const isQuota = json.scode === 471 || json.code === 471 || /次数|限制/.test(textOf(json.message));
    if (isQuota) return failed('push-quota', restOfDayMs(now));
    if (json.code === 40001 || json.scode === 461) return failed('push-wrong-key');
    return status === 200 ? failed('push-refused') : null;
  },
};

/** The text is markdown there: what a page's own words hold must not become a picture or a link. */
function asMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#!|]/g, '\\$&').replaceAll('\n', '\n\n');
}

/** Source: facts/channels.md §2.2 (official list of codes). */
const PUSHPLUS: Errors = {
  401: 'push-wrong-key',
  403: 'push-ip-refused',
  500: 'push-server-error',
  600: 'push-refused',
  888: 'push-quota',
  903: 'push-wrong-key',
  905: 'push-unverified',
  999: 'push-server-error',
};

export const pushplus: Contract = {
  title: chars(100),
  text: chars(10_000),
  request: ({ title, text }, { token }) => ({
    url: 'https://www.pushplus.plus/send',
    body: { token, title, content: text, template: 'txt', channel: 'wechat' },
  }),
  verdict: ({ status, json, now }) => {
    if (json.code === undefined) return null;
    if (status === 200 && json.code === 200) return accepted(json.data);
    // Going on today may cost the owner the account.
    return json.code === 900 ? failed('push-muted', restOfDayMs(now)) : named(PUSHPLUS, json.code);
  },
};

/** Source: wxpusher/wxpusher-docs openapi.yaml. A deletion takes away the page behind the message, never the message. */
const WXPUSHER: Errors = { 1001: 'push-refused', 1002: 'push-wrong-key' };
const WXPUSHER_API = 'https://wxpusher.zjiecode.com/api/send/message';

export const wxpusher: Contract = {
  title: chars(100),
  text: chars(20_000),
  request: ({ title, text }, { token = '', uid = '' }) => {
    const told = { content: `${title}\n${text}`, summary: title, contentType: 1 };
    return token.startsWith('SPT_')
      ? { url: `${WXPUSHER_API}/simple-push`, body: { ...told, spt: token } }
      : { url: WXPUSHER_API, body: { ...told, appToken: token, uids: [uid] } };
  },
  verdict: ({ status, json }) => {
    if (json.code === undefined || status !== 200) return null;
    if (json.code !== 1000) {
      const isKey = /token|spt/i.test(textOf(json.msg)) && json.code === 1001;
      return isKey ? failed('push-wrong-key') : named(WXPUSHER, json.code);
    }
    const each = Array.isArray(json.data) ? (json.data as readonly Record<string, unknown>[]) : [];
    const isSent = each.length > 0 && each.every((one) => one?.code === 1000);
    return isSent ? accepted(each[0]?.messageContentId) : failed('push-no-recipient');
  },
  withdraw: (receipt, { token = '' }) =>
    token.startsWith('AT_')
      ? {
          url: `${WXPUSHER_API}?messageContentId=${encodeURIComponent(receipt)}&appToken=${encodeURIComponent(token)}`,
          method: 'DELETE',
        }
      : null,
  isWithdrawn: (_, { code }) => code === 1000,
};
