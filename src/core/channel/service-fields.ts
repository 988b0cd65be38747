/** The fields of each service. Shapes of keys: facts in docs of each service; where none is stated, any word without blanks. */
import { type Address, isAllowed, parseAddress } from './address.ts';
import type { Field, Values } from './fields.ts';
import type { ServiceId } from './setting.ts';
import { isTemplate, PRESET_TEMPLATE } from './template.ts';

type Read = Field['read'];
type More = Partial<Omit<Field, 'name' | 'kind' | 'read'>>;

function field(name: string, kind: Field['kind'], example: string, read: Read, more: More = {}): Field {
  return { name, kind, isRequired: true, isSecret: kind === 'key' || kind === 'secret', example, read, ...more };
}

/** A bare key, or a pasted address of which `from` finds the values; `from` gives null for an address of something else. */
function keyRead(name: string, bare: RegExp, from: (address: Address) => Values | null = () => null): Read {
  return (typed) => {
    if (bare.test(typed)) return { [name]: typed };
    const address = parseAddress(typed);
    if (!address) return 'field-key';
    if (!isAllowed(address)) return 'field-http';
    return from(address) ?? 'field-key';
  };
}

/** The address of a server: its path is kept, for servers behind one; the query is not. */
function serverRead(name: string): Read {
  return (typed) => {
    const address = parseAddress(typed);
    if (!address) return 'field-address';
    return isAllowed(address) ? { [name]: joined(address, address.parts) } : 'field-http';
  };
}

function joined({ origin }: Address, parts: readonly string[]): string {
  return [origin, ...parts.map(encodeURIComponent)].join('/');
}

/** The first part of the address that looks like a key, with what stands before it as the server. */
function keyOfPath(name: string, place: number, key: RegExp): (address: Address) => Values | null {
  return (address) => {
    const found = address.parts[place];
    return found !== undefined && key.test(found)
      ? { [name]: found, server: joined(address, address.parts.slice(0, place)) }
      : null;
  };
}

const WORD = /^[\w-]+$/;
const server = (preset?: string): Field =>
  field('server', 'url', preset ?? 'https://push.example.org', serverRead('server'), {
    isRequired: preset === undefined,
    ...(preset === undefined ? {} : { preset }),
  });
const free = (name: string, example: string): Field =>
  field(name, 'text', example, (typed) => ({ [name]: typed }), { isRequired: false });
const choice = (name: string, choices: readonly string[]): Field =>
  field(name, 'choice', choices[0]!, (typed) => (choices.includes(typed) ? { [name]: typed } : 'field-choice'), {
    isRequired: false,
    preset: choices[0]!,
    choices,
  });
const secret = (name: string, example: string, shape = /^[\x21-\x7e]+$/): Field =>
  field(name, 'secret', example, (typed) => (shape.test(typed) ? { [name]: typed } : 'field-key'), {
    isRequired: false,
  });

const SERVERCHAN_KEY = /^(?:SCT[0-9A-Za-z]+|sctp\d+t[0-9A-Za-z]+)$/;
const FEISHU = 'https://open.feishu.cn';
const LARK = 'https://open.larksuite.com';
const DISCORD_HOST = /^(?:(?:ptb|canary)\.)?discord(?:app)?\.com$/;

export const SERVICE_FIELDS: Readonly<Record<ServiceId, readonly Field[]>> = {
  bark: [
    field('key', 'key', 'https://api.day.app/AbCdEfGh12345678/', keyRead('key', WORD, keyOfPath('key', 0, WORD))),
    server('https://api.day.app'),
    field(
      'seal',
      'secret',
      '1234567890123456',
      (typed) => (/^(?:[\x21-\x7e]{16}|[\x21-\x7e]{24}|[\x21-\x7e]{32})$/.test(typed) ? { seal: typed } : 'field-seal'),
      { isRequired: false },
    ),
    choice('sealMode', ['cbc', 'gcm']),
  ],
  serverchan: [
    field(
      'key',
      'key',
      'SCT123456TAbCdEfGh',
      keyRead('key', SERVERCHAN_KEY, ({ host, parts }) => {
        const key = (parts.at(-1) ?? '').replace(/\.send$/, '');
        const isOurs = host === 'sctapi.ftqq.com' || host.endsWith('.push.ft07.com');
        return isOurs && SERVERCHAN_KEY.test(key) ? { key } : null;
      }),
    ),
  ],
  wecom: [
    field(
      'key',
      'key',
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
      keyRead('key', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, ({ host, query }) => {
        const key = query.get('key') ?? '';
        return host === 'qyapi.weixin.qq.com' && WORD.test(key) ? { key } : null;
      }),
    ),
  ],
  ntfy: [
    field(
      'topic',
      'key',
      'duly-7f3k9q2m',
      keyRead('topic', /^[\w-]{1,64}$/, (address) =>
        address.parts.length === 0 ? null : keyOfPath('topic', address.parts.length - 1, /^[\w-]{1,64}$/)(address),
      ),
    ),
    server('https://ntfy.sh'),
    secret('token', 'tk_…'),
  ],
  webhook: [
    field(
      'url',
      'url',
      'https://example.org/hook',
      (typed) => {
        const address = parseAddress(typed);
        if (!address) return 'field-address';
        return isAllowed(address) ? { url: address.origin + address.rest } : 'field-http';
      },
      { isSecret: true },
    ),
    field(
      'template',
      'template',
      PRESET_TEMPLATE,
      (typed) => (isTemplate(typed) ? { template: typed } : 'field-template'),
      {
        isRequired: false,
        preset: PRESET_TEMPLATE,
      },
    ),
    secret('authorization', 'Bearer …', /^[\x20-\x7e]+$/),
    field('success', 'text', 'code=0', (typed) => (/^[\w.]+=.+$/.test(typed) ? { success: typed } : 'field-key'), {
      isRequired: false,
    }),
  ],
  pushplus: [field('token', 'key', '0123456789abcdef0123456789abcdef', keyRead('token', /^[0-9a-z]{16,64}$/i))],
  wxpusher: [
    field('token', 'key', 'SPT_…', keyRead('token', /^(?:SPT|AT)_\w+$/)),
    field('uid', 'text', 'UID_…', keyRead('uid', /^UID_\w+$/), { isRequired: false }),
  ],
  dingtalk: [
    field(
      'token',
      'key',
      'https://oapi.dingtalk.com/robot/send?access_token=…',
      keyRead('token', /^[0-9a-f]{32,}$/i, ({ host, query }) => {
        const token = query.get('access_token') ?? '';
        return host === 'oapi.dingtalk.com' && WORD.test(token) ? { token } : null;
      }),
    ),
    secret('secret', 'SEC…'),
    free('keyword', '还款'),
  ],
  feishu: [
    field(
      'token',
      'key',
      `${FEISHU}/open-apis/bot/v2/hook/…`,
      keyRead('token', WORD, ({ origin, parts }) => {
        const token = parts.at(-1) ?? '';
        const isOurs = (origin === FEISHU || origin === LARK) && parts.at(-2) === 'hook';
        return isOurs && WORD.test(token) ? { token, server: origin } : null;
      }),
    ),
    choice('server', [FEISHU, LARK]),
    secret('secret', '…'),
    free('keyword', '还款'),
  ],
  telegram: [
    field('token', 'key', '123456789:AA…', keyRead('token', /^\d+:[\w-]+$/)),
    field('chat', 'text', '123456789', keyRead('chat', /^(?:-?\d+|@\w+)$/)),
    server('https://api.telegram.org'),
  ],
  gotify: [server(), field('token', 'key', 'AbCdEf.12345678', keyRead('token', /^[\w.-]+$/))],
  pushover: [
    field('token', 'key', 'azGDORePK8gMaC0QOYAMyEEuzJnyUi', keyRead('token', /^[0-9a-z]{30}$/i)),
    field('user', 'key', 'uQiRzpo4DXghDmr9QzzfQu27cmVRsG', keyRead('user', /^[0-9a-z]{30}$/i)),
  ],
  discord: [
    field(
      'webhook',
      'url',
      'https://discord.com/api/webhooks/1234567890/…',
      (typed) => {
        const address = parseAddress(typed);
        if (!address) return 'field-address';
        const at = address.parts.indexOf('webhooks');
        const [id = '', token = ''] = address.parts.slice(at + 1);
        const isOurs = address.scheme === 'https' && DISCORD_HOST.test(address.host) && at > 0;
        return isOurs && /^\d+$/.test(id) && WORD.test(token)
          ? { webhook: `https://discord.com/api/webhooks/${id}/${token}` }
          : 'field-address';
      },
      { isSecret: true },
    ),
  ],
  apprise: [
    field(
      'key',
      'key',
      'https://apprise.example.org/notify/family',
      keyRead('key', /^[\w-]{1,128}$/, (address) => {
        const at = address.parts.indexOf('notify');
        return at < 0 ? null : keyOfPath('key', at, WORD)({ ...address, parts: withoutNotify(address, at) });
      }),
    ),
    server(),
    free('tag', 'family'),
  ],
};

/** `…/notify/KEY` without its `notify`: the server is what stands before it. */
function withoutNotify({ parts }: Address, at: number): readonly string[] {
  return [...parts.slice(0, at), ...parts.slice(at + 1)];
}
