/** What the owner types to set a service up: which fields, how each is read, and which addresses it needs. Pure; no words. */
import { isAllowed, parseAddress, patternOf } from './address.ts';
import { SERVICE_FIELDS } from './service-fields.ts';
import type { ServiceId } from './setting.ts';

export type Values = Readonly<Record<string, string>>;

/** Why a field was not taken: said by `words.failure`. */
export type FieldCode =
  | 'field-missing'
  | 'field-key'
  | 'field-address'
  | 'field-http'
  | 'field-template'
  | 'field-seal'
  | 'field-choice';

export interface Field {
  readonly name: string;
  /** `key` and `secret` are shown masked once saved, and so is a `url` that is a key by itself (`isSecret`). */
  readonly kind: 'key' | 'url' | 'secret' | 'text' | 'choice' | 'template';
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  /** What such a value looks like; made up. Its label is `words.serviceField(service, name)`. */
  readonly example: string;
  /** What stands there when nothing is typed. */
  readonly preset?: string;
  /** For `choice`; their words are `words.serviceChoice(choice)`. */
  readonly choices?: readonly string[];
  /** Reads what was typed, a whole pasted address as well as a bare key; may settle other fields too. */
  readonly read: (typed: string) => Values | FieldCode;
}

export const FIELDS: Readonly<Record<ServiceId, readonly Field[]>> = SERVICE_FIELDS;

export type Parsed =
  | { readonly values: Values }
  | {
      readonly field: string;
      readonly code: FieldCode;
    };

/** Every field of the service settled, or the first that cannot be. */
export function parseValues(service: ServiceId, typed: Values): Parsed {
  const { values, mistakes } = readFields(service, typed);
  const [first] = Object.entries(mistakes);
  if (first) return { field: first[0], code: first[1] };
  return { values: { ...Object.fromEntries(FIELDS[service].map(({ name }) => [name, ''])), ...values } };
}

export interface ReadFields {
  /** Without the kept ones. A pasted address outweighs a preset beside it, and settles a field that was left empty. */
  readonly values: Values;
  readonly mistakes: Readonly<Record<string, FieldCode>>;
}

/** A form as far as it is typed. `kept`: fields whose stored value stays when nothing is typed. */
export function readFields(service: ServiceId, typed: Values, kept: readonly string[] = []): ReadFields {
  const own: Record<string, string> = {};
  const pasted: Record<string, string> = {};
  const mistakes: Record<string, FieldCode> = {};
  for (const { name, preset = '', read } of FIELDS[service]) {
    const text = (typed[name] ?? '').trim() || (kept.includes(name) ? '' : preset);
    if (text === '') continue;
    const values = read(text);
    if (typeof values === 'string') mistakes[name] = values;
    else for (const [key, value] of Object.entries(values)) (key === name ? own : pasted)[key] = value;
  }
  const values: Values = { ...own, ...pasted };
  for (const { name, isRequired } of FIELDS[service])
    if (isRequired && !values[name] && !kept.includes(name)) mistakes[name] ??= 'field-missing';
  // An application of WxPusher writes to somebody; a simple token is its own recipient.
  if (service === 'wxpusher' && values.token?.startsWith('AT_') && !values.uid) mistakes.uid ??= 'field-missing';
  return { values, mistakes };
}

const HOSTS: Readonly<Partial<Record<ServiceId, string>>> = {
  wecom: 'https://qyapi.weixin.qq.com',
  pushplus: 'https://www.pushplus.plus',
  wxpusher: 'https://wxpusher.zjiecode.com',
  dingtalk: 'https://oapi.dingtalk.com',
  pushover: 'https://api.pushover.net',
};

/** Where the service of these parsed values stands: `https://host[:port][/path]`, without a slash at its end. */
export function baseOf(service: ServiceId, values: Values): string {
  const num = service === 'serverchan' ? /^sctp(\d+)t/.exec(values.key ?? '')?.[1] : undefined;
  if (service === 'serverchan') return num ? `https://${num}.push.ft07.com` : 'https://sctapi.ftqq.com';
  return (HOSTS[service] ?? values.server ?? values.url ?? values.webhook ?? '').replace(/\/+$/, '');
}

/** The match patterns to ask the browser for, in the click that saves these values. */
export function originsOf(service: ServiceId, values: Values): readonly string[] {
  const address = parseAddress(baseOf(service, values));
  return address && isAllowed(address) ? [patternOf(address)] : [];
}

/** Enough to tell two keys apart, never enough to use one. */
export function mask(value: string): string {
  const address = parseAddress(value);
  if (address) return address.rest.length > 1 ? `${address.origin}/${mask(address.rest.slice(1))}` : address.origin;
  return value.length >= 12 ? `••••${value.slice(-4)}` : '••••';
}

/**
 * What "accepted" proves. `inbox`: the message stands in the chat or app, or was handed to Apple or the server that the app
 * listens to. `queue`: it will be tried; whether it arrives the service tells later or never (facts/channels.md §2.1).
 */
export const PROVES: Readonly<Record<ServiceId, 'inbox' | 'queue'>> = {
  bark: 'inbox',
  serverchan: 'queue',
  wecom: 'inbox',
  ntfy: 'inbox',
  webhook: 'queue',
  pushplus: 'queue',
  wxpusher: 'queue',
  dingtalk: 'inbox',
  feishu: 'inbox',
  telegram: 'inbox',
  gotify: 'inbox',
  pushover: 'queue',
  discord: 'inbox',
  apprise: 'queue',
};

/** Where the owner gets what the fields ask for. */
export const HELP: Readonly<Record<ServiceId, string>> = {
  bark: 'https://bark.day.app/',
  serverchan: 'https://sct.ftqq.com/',
  wecom: 'https://open.work.weixin.qq.com/help2/pc/14931',
  ntfy: 'https://docs.ntfy.sh/',
  webhook: 'https://developer.mozilla.org/docs/Web/HTTP/Methods/POST',
  pushplus: 'https://www.pushplus.plus/',
  wxpusher: 'https://wxpusher.zjiecode.com/docs/',
  dingtalk: 'https://open.dingtalk.com/',
  feishu: 'https://open.feishu.cn/',
  telegram: 'https://core.telegram.org/bots#how-do-i-create-a-bot',
  gotify: 'https://gotify.net/docs/',
  pushover: 'https://pushover.net/',
  discord: 'https://support.discord.com/hc/articles/228383668',
  apprise: 'https://github.com/caronc/apprise-api',
};
