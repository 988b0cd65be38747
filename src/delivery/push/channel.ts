/** The channel behind what the owner set up: one table entry per service (services.ts), one way to ask (ask.ts). */
import type { Channel } from '../../app/ports.ts';
import type { ChannelSetting } from '../../core/channel/setting.ts';
import type { Words } from '../../i18n/words.ts';

export interface PushTools {
  readonly words: Words;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

export function pushChannel(setting: ChannelSetting, _tools: PushTools): Channel {
  return {
    id: setting.id,
    send: async () => ({ kind: 'failed', code: 'service-unknown' }),
    withdraw: async () => {},
  };
}
