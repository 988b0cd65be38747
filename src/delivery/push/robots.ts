/** Robots in a group chat: 企业微信, 钉钉, 飞书. All three answer 200 to a failure; only their own code counts. */
import { MINUTE_MS } from '../../core/day.ts';
import { accepted, bytes, type Contract, type Errors, failed, named, oneText, textOf } from './contract.ts';
import { dingtalkSign, feishuSign } from './sign.ts';

/** Sources: facts/channels.md §2.2; the codes beyond 93000 and 45009 from the general list of 企业微信 (memory). */
const WECOM: Errors = {
  93000: 'push-wrong-key',
  45009: ['push-rate-limited', MINUTE_MS],
  45033: ['push-rate-limited', MINUTE_MS],
  45002: 'push-message-too-long',
  '-1': 'push-server-error',
};

export const wecom: Contract = {
  title: bytes(200),
  text: bytes(1800),
  request: (message, { key = '' }) => ({
    url: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`,
    body: {
      msgtype: 'text',
      text: { content: oneText(message), ...(message.loudness === 'loudest' ? { mentioned_list: ['@all'] } : {}) },
    },
  }),
  verdict: ({ status, json }) => chatVerdict(status, json.errcode, WECOM),
};

/** Sources: facts/channels.md §2.2; 130101 and its words from robots in the open (github.com, `exceed 20 times per minute`). */
const DINGTALK: Errors = {
  130101: ['push-muted', 10 * MINUTE_MS],
  410100: ['push-muted', 10 * MINUTE_MS],
  300001: 'push-wrong-key',
  300005: 'push-wrong-key',
  400101: 'push-wrong-key',
  400106: 'push-wrong-key',
  '-1': 'push-server-error',
};

export const dingtalk: Contract = {
  title: bytes(200),
  text: bytes(8000),
  request: async (message, { token = '', secret = '', keyword = '' }, now) => {
    const sign = secret ? `&timestamp=${now}&sign=${encodeURIComponent(await dingtalkSign(secret, now))}` : '';
    return {
      url: `https://oapi.dingtalk.com/robot/send?access_token=${encodeURIComponent(token)}${sign}`,
      body: {
        msgtype: 'text',
        text: { content: withKeyword(oneText(message), keyword) },
        at: { isAtAll: message.loudness === 'loudest' },
      },
    };
  },
  verdict: ({ status, json }) => {
    if (json.errcode !== 310000) return chatVerdict(status, json.errcode, DINGTALK);
    const why = textOf(json.errmsg);
    if (/keyword/i.test(why)) return failed('push-keyword');
    if (/timestamp/i.test(why)) return failed('push-clock');
    return failed(/whitelist|\bip\b/i.test(why) ? 'push-ip-refused' : 'push-signature');
  },
};

/** Sources: facts/channels.md §2.2; 19001 `incoming webhook access token invalid` as robots in the open report it. */
const FEISHU: Errors = {
  19001: 'push-wrong-key',
  19021: 'push-signature',
  19022: 'push-ip-refused',
  19024: 'push-keyword',
  11232: ['push-rate-limited', MINUTE_MS],
};

export const feishu: Contract = {
  title: bytes(200),
  text: bytes(8000),
  request: async (message, { server, token = '', secret = '', keyword = '' }, now) => {
    const timestamp = Math.floor(now / 1000);
    // In its texts a `<` may begin a mention: only ours may.
    const text = withKeyword(oneText(message).replaceAll('<', '＜'), keyword);
    const all = message.loudness === 'loudest' ? '<at user_id="all"></at> ' : '';
    return {
      url: `${server}/open-apis/bot/v2/hook/${encodeURIComponent(token)}`,
      body: {
        ...(secret ? { timestamp: String(timestamp), sign: await feishuSign(secret, timestamp) } : {}),
        msg_type: 'text',
        content: { text: all + text },
      },
    };
  },
  verdict: ({ status, json }) => chatVerdict(status, json.code ?? json.StatusCode, FEISHU),
};

function chatVerdict(status: number, code: unknown, errors: Errors) {
  if (code === undefined) return null;
  return status === 200 && code === 0 ? accepted() : named(errors, code);
}

function withKeyword(text: string, keyword: string): string {
  return keyword === '' || text.includes(keyword) ? text : `${text}\n${keyword}`;
}
