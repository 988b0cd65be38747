/** Made-up channels, and tools that lead to the contract server. */
import { parseValues, type Values } from '../../../src/core/channel/fields.ts';
import { type ChannelSetting, NO_HEALTH, type ServiceId } from '../../../src/core/channel/setting.ts';
import { type PushTools, pushChannel } from '../../../src/delivery/push/channel.ts';
import { wordsIn } from '../../../src/i18n/words.ts';
import { sayFrom } from '../../i18n/say-from.ts';
import { NOW } from '../channel-contract.ts';
import { type ContractServer, fetchVia } from './contract-server.ts';
import { NTFY, PROTOCOLS } from './protocols.ts';

export const zh = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');

const everyService = (what: 'typed' | 'wrong', ntfy: Values) =>
  ({
    ...Object.fromEntries(Object.entries(PROTOCOLS).map(([id, protocol]) => [id, protocol[what]])),
    ntfy,
  }) as Readonly<Record<ServiceId, Values>>;
export const TYPED = everyService('typed', { topic: NTFY.topic, token: NTFY.token });
export const WRONG = everyService('wrong', { topic: NTFY.topic, token: 'tk_nobody' });

export function settingOf(service: ServiceId, typed: Values, part: Partial<ChannelSetting> = {}): ChannelSetting {
  const parsed = parseValues(service, typed);
  if (!('values' in parsed)) throw new Error(`${service}.${parsed.field}: ${parsed.code}`);
  return {
    id: 'channel-1',
    service,
    label: '',
    values: parsed.values,
    showsDetails: false,
    whose: 'mine',
    agreedAt: null,
    isOn: true,
    addedAt: NOW,
    confirmedAt: NOW,
    health: { ...NO_HEALTH, canWithdraw: service === 'ntfy' ? true : null },
    ...part,
  };
}

export function toolsFor(server: Pick<ContractServer, 'url'>, part: Partial<PushTools> = {}): PushTools {
  return {
    words: zh,
    fetch: fetchVia(server),
    now: () => NOW,
    whose: async () => 'device-1',
    mayReach: async () => true,
    ...part,
  };
}

export function channelTo(server: ContractServer, service: ServiceId, part: Partial<ChannelSetting> = {}) {
  return pushChannel(settingOf(service, TYPED[service], part), toolsFor(server));
}
