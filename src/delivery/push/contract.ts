/** What a table entry says of one service: how to ask it, and what its answers mean. */
import type { Delivery } from '../../app/ports.ts';
import type { Values } from '../../core/channel/fields.ts';
import type { Loudness } from '../../core/channel/setting.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../core/day.ts';
import type { Kind } from '../../core/reminder/reminder.ts';
import type { Asked } from './ask.ts';
import type { Limit } from './cut.ts';

export interface Message {
  readonly title: string;
  readonly text: string;
  readonly loudness: Loudness;
  /** The same for the same notice over the same channel; tells nothing of the bill. Letters and digits. */
  readonly tag: string;
  readonly kind: Kind;
  readonly daysLeft: number | null;
}

/** An answer after the parts that all services share were looked at. */
export interface Heard {
  readonly status: number;
  /** What the JSON of the body holds; an empty object when there is none. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly values: Values;
  readonly now: Instant;
  /** Of the message that was sent. */
  readonly tag: string;
}

export interface Contract {
  readonly title: Limit;
  readonly text: Limit;
  readonly request: (message: Message, values: Values, now: Instant) => Asked | Promise<Asked>;
  /** Null: what the status alone says (`statusVerdict`). */
  readonly verdict: (heard: Heard) => Delivery | null;
  /** Success may come without JSON: empty, or a plain word. */
  readonly speaksPlainly?: true;
  /** Sent again under the same tag it replaces the former, so that a second try cannot ring twice; the tag is the receipt. */
  readonly replaces?: true;
  /** Takes back what `receipt` names; null where this message cannot be. */
  readonly withdraw?: (receipt: string, values: Values) => Asked | null;
  /** Whether the answer to that says so; left out: any 2xx of the service's own does, and that it is gone. */
  readonly isWithdrawn?: (status: number, json: Heard['json']) => boolean;
}

export type Failure = Extract<Delivery, { kind: 'failed' }>;

export function failed(code: string, pauseMs?: number | null): Failure {
  return { kind: 'failed', code, ...(pauseMs == null ? {} : { pauseMs }) };
}

export function accepted(receipt?: unknown): Delivery {
  const isName = (typeof receipt === 'string' && receipt !== '') || typeof receipt === 'number';
  return { kind: 'accepted', ...(isName ? { receipt: String(receipt) } : {}) };
}

export type Errors = Readonly<Record<string, string | readonly [code: string, pauseMs: number]>>;

/** The failure that the table names for a service's own code; `push-refused` for one that it does not know. */
export function named(errors: Errors, code: unknown): Failure {
  const found = Object.hasOwn(errors, String(code)) ? errors[String(code)]! : 'push-refused';
  return typeof found === 'string' ? failed(found) : failed(...found);
}

/** What an HTTP status says where the body says nothing more; null for a success. */
export function statusVerdict(status: number, retryAfterMs: number | null): Failure | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) return failed('push-wrong-key');
  if (status === 404 || status === 405 || status === 410) return failed('push-not-found');
  if (status === 413 || status === 431) return failed('push-message-too-long');
  if (status === 429) return failed('push-rate-limited', retryAfterMs ?? MINUTE_MS);
  return status >= 500 ? failed('push-server-error', retryAfterMs) : failed('push-refused');
}

/** Until the next midnight in Shanghai, where the services with daily quotas count their days. */
export function restOfDayMs(now: Instant): number {
  return DAY_MS - ((now + 8 * HOUR_MS) % DAY_MS);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export const bytes = (most: number): Limit => ({ most, of: 'bytes' });
export const chars = (most: number): Limit => ({ most, of: 'chars' });
/** For services with one text: the title is its first line. */
export const oneText = ({ title, text }: Message): string => `${title}\n${text}`;
