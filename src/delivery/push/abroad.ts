/** Telegram, Gotify, Pushover, Discord and Apprise API: they say failures with real HTTP statuses. Source: facts/channels.md §2.2. */
import { accepted, bytes, type Contract, chars, failed, oneText, restOfDayMs, textOf } from './contract.ts';

const record = (value: unknown) => (value ?? {}) as Readonly<Record<string, unknown>>;
const pauseOfSeconds = (seconds: unknown): number =>
  typeof seconds === 'number' && seconds > 0 ? Math.min(Math.ceil(seconds * 1000), 86_400_000) : 60_000;

export const telegram: Contract = {
  title: chars(200),
  text: chars(3500),
  request: (message, { server, token, chat }) => ({
    url: `${server}/bot${token}/sendMessage`,
    body: { chat_id: chat, text: oneText(message), disable_notification: false },
  }),
  verdict: ({ status, json }) => {
    if (status === 200) return json.ok === true ? accepted(record(json.result).message_id) : failed('push-bad-answer');
    if (json.ok !== false) return null;
    if (json.error_code === 429)
      return failed('push-rate-limited', pauseOfSeconds(record(json.parameters).retry_after));
    if (json.error_code === 401 || json.error_code === 404) return failed('push-wrong-key');
    const isNobody = json.error_code === 403 || /chat not found/i.test(textOf(json.description));
    return isNobody ? failed('push-no-recipient') : null;
  },
  withdraw: (receipt, { server, token, chat }) => ({
    url: `${server}/bot${token}/deleteMessage`,
    body: { chat_id: chat, message_id: Number(receipt) },
  }),
};

export const gotify: Contract = {
  title: chars(200),
  text: chars(8000),
  request: ({ title, text, loudness }, { server, token = '' }) => ({
    url: `${server}/message`,
    headers: { 'X-Gotify-Key': token },
    body: {
      title,
      message: text,
      priority: loudness === 'loudest' ? 10 : 6,
      // Markdown would let the app fetch pictures that a page's words name.
      extras: { 'client::display': { contentType: 'text/plain' } },
    },
  }),
  verdict: ({ status, json }) =>
    status === 200 ? (json.id === undefined ? failed('push-bad-answer') : accepted(json.id)) : null,
};

/** Every minute for an hour: three hours are the most that it does. Cancelled through its receipt. */
const EMERGENCY = { priority: 2, retry: 60, expire: 3600 };

export const pushover: Contract = {
  title: chars(250),
  text: chars(1024),
  request: ({ title, text, loudness }, { token, user }) => ({
    url: 'https://api.pushover.net/1/messages.json',
    body: { token, user, title, message: text, ...(loudness === 'loudest' ? EMERGENCY : { priority: 1 }) },
  }),
  verdict: ({ status, json, now }) => {
    if (status === 200) return json.status === 1 ? accepted(json.receipt) : failed('push-bad-answer');
    if (json.token === 'invalid') return failed('push-wrong-key');
    if (json.user === 'invalid') return failed('push-no-recipient');
    return status === 429 ? failed('push-quota', restOfDayMs(now)) : null;
  },
  withdraw: (receipt, { token }) => ({
    url: `https://api.pushover.net/1/receipts/${encodeURIComponent(receipt)}/cancel.json`,
    body: { token },
  }),
};

export const discord: Contract = {
  title: chars(200),
  text: chars(1700),
  request: (message, { webhook }) => {
    const isLoud = message.loudness === 'loudest';
    return {
      url: `${webhook}?wait=true`,
      body: {
        content: (isLoud ? '@everyone ' : '') + oneText(message),
        // What a page's words may hold mentions nobody.
        allowed_mentions: { parse: isLoud ? ['everyone'] : [] },
      },
    };
  },
  verdict: ({ status, json }) => {
    if (status === 200) return json.id === undefined ? failed('push-bad-answer') : accepted(json.id);
    // Without `wait` it answers 204 even to what it did not keep.
    if (status === 204) return failed('push-bad-answer');
    if (status === 429)
      return json.retry_after === undefined ? null : failed('push-rate-limited', pauseOfSeconds(json.retry_after));
    const isGone = json.code === 10015 || json.code === 50027 || status === 404;
    return isGone ? failed('push-wrong-key') : null;
  },
  withdraw: (receipt, { webhook }) => ({ url: `${webhook}/messages/${encodeURIComponent(receipt)}`, method: 'DELETE' }),
};

/** Its 200 proves nothing for the plugins behind it that look at the HTTP status only (facts/channels.md §2.1). */
export const apprise: Contract = {
  title: bytes(250),
  text: bytes(8000),
  speaksPlainly: true,
  request: ({ title, text, loudness }, { server, key = '', tag = '' }) => ({
    url: `${server}/notify/${encodeURIComponent(key)}`,
    headers: { Accept: 'application/json' },
    body: {
      title,
      body: text,
      type: loudness === 'loudest' ? 'failure' : 'warning',
      format: 'text',
      ...(tag ? { tag } : {}),
    },
  }),
  verdict: ({ status, json }) => {
    if (status === 200) return json.error ? failed('push-refused') : accepted();
    if (status === 204) return failed('push-wrong-key');
    return status === 424 ? failed('push-partly-failed') : null;
  },
};
