/**
 * ntfy, of ntfy.sh or the owner's own server.
 * Sources: binwiederhier/ntfy docs/publish.md and server/errors.go (limits, codes); PR #1536 and #1556 (2026-01, v2.16.0:
 * `sequence_id`, `DELETE /<topic>/<sequence_id>`, a scheduled message with the same id is replaced, a deleted one never sent);
 * message/cache.go `DeleteScheduledBySequenceID` (what is not published yet is removed from the cache). An older server
 * ignores `sequence_id`, leaves it out of its reply, and answers DELETE with 404 (40401).
 */
import type { Values } from '../../core/channel/fields.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../core/day.ts';
import type { Asked } from './ask.ts';
import { accepted, bytes, type Contract, type Errors, failed, type Message, named, textOf } from './contract.ts';

/** Ten seconds to three days are the server's bounds; a margin for clocks that differ. */
export const ARM_AHEAD_MS = 3 * DAY_MS - 10 * MINUTE_MS;
const LEAST_AHEAD_MS = 15_000;

const ERRORS: Errors = {
  40004: 'push-clock',
  40005: 'push-clock',
  40006: 'push-clock',
  40009: 'push-not-found',
  40010: 'push-not-found',
  40101: 'push-wrong-key',
  40301: 'push-wrong-key',
  40401: 'push-not-found',
  41301: 'push-message-too-long',
  41302: 'push-message-too-long',
  41303: 'push-message-too-long',
  // A burst of 60, then one more every 5 seconds.
  42901: ['push-rate-limited', MINUTE_MS],
  42903: ['push-rate-limited', MINUTE_MS],
  42904: ['push-rate-limited', 10 * MINUTE_MS],
  42905: ['push-quota', DAY_MS],
  42909: ['push-rate-limited', 60 * MINUTE_MS],
  50701: ['push-quota', DAY_MS],
};

export const ntfy: Contract = {
  title: bytes(250),
  text: bytes(4096),
  /** Only on servers that know sequence ids: channel.ts looks at `canWithdraw`. */
  replaces: true,
  request: (message, values) => publish(message, values),
  verdict: ({ status, json, now, tag }) => {
    if (status === 200 && textOf(json.id) !== '' && json.event === 'message') return accepted(tag);
    // The day of its quota ends at midnight UTC.
    if (json.code === 42908) return failed('push-quota', DAY_MS - (now % DAY_MS));
    return json.code === undefined ? null : named(ERRORS, json.code);
  },
  withdraw: (receipt, values) => remove(receipt, values),
  // What it holds would ring: a page of something else, even one of 404, takes nothing back.
  isWithdrawn: (status, { event }) => status === 200 && event === 'message_delete',
};

/** `at`: hold it until then. The sequence id is the message's tag, so that it is known even if the reply is lost. */
export function publish(message: Message, values: Values, at?: Instant): Asked {
  return {
    url: `${values.server}/`,
    headers: authorization(values),
    body: {
      topic: values.topic,
      title: message.title,
      message: message.text,
      priority: message.loudness === 'loudest' ? 5 : 4,
      tags: [message.loudness === 'loudest' ? 'rotating_light' : 'bell'],
      sequence_id: message.tag,
      // A moment, not a span: it stays right when this machine's clock is not.
      ...(at === undefined ? {} : { delay: String(Math.round(at / 1000)) }),
    },
  };
}

export function isArmable(at: Instant, now: Instant): boolean {
  return at - now >= LEAST_AHEAD_MS && at - now <= ARM_AHEAD_MS;
}

export function remove(sequenceId: string, values: Values): Asked {
  return { url: `${topicOf(values)}/${sequenceId}`, method: 'DELETE', headers: authorization(values) };
}

/** Everything of the topic from the server's second `since` on, with what it still holds back. */
export function held(since: number, values: Values): Asked {
  return {
    url: `${topicOf(values)}/json?poll=1&sched=1&since=${since}`,
    method: 'GET',
    headers: authorization(values),
  };
}

function topicOf({ server, topic = '' }: Values): string {
  return `${server}/${encodeURIComponent(topic)}`;
}

/** A token of ntfy begins with `tk_`; `name:password` is the other way in. */
function authorization({ token = '' }: Values): Record<string, string> {
  if (token === '') return {};
  return { Authorization: token.includes(':') ? `Basic ${btoa(token)}` : `Bearer ${token}` };
}
