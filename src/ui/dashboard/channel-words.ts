/** What channels are called, here and in the ledger. */
import type { ChannelsView } from '../../app/channels-view.ts';
import type { ServiceId } from '../../core/channel/setting.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/day.ts';
import { DESKTOP } from '../../core/reminder/chain.ts';
import type { Notice } from '../../core/reminder/notice.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';

export function channelName({ label, service }: { readonly label: string; readonly service: ServiceId }, words: Words) {
  return label || words.service(service);
}

/** Of a ledger entry: the desktop, one of the list, one that was removed lately, or one that nobody knows any more. */
export function channelById(
  { list, bin }: ChannelsView,
  id: string,
  words: Words,
): { name: string; service?: ServiceId } {
  if (id === DESKTOP) return { name: words.say('channelDesktop') };
  const found = [...list, ...bin].find((each) => each.id === id);
  return found ? { name: channelName(found, words), service: found.service } : { name: words.say('channelUnknown') };
}

/** Whole hours as hours, everything else in minutes: nothing is rounded away. */
export function waitWords(ms: number, { say }: Words): string {
  return ms >= HOUR_MS && ms % HOUR_MS === 0
    ? say('lateHours', String(ms / HOUR_MS))
    : say('lateMinutes', String(Math.round(ms / MINUTE_MS)));
}

const CHECKS: Readonly<Record<ServiceId, MessageKey>> = {
  bark: 'channelCheck_bark',
  serverchan: 'channelCheck_wechat',
  pushplus: 'channelCheck_wechat',
  wxpusher: 'channelCheck_wechat',
  ntfy: 'channelCheck_ntfy',
  wecom: 'channelCheck_group',
  dingtalk: 'channelCheck_group',
  feishu: 'channelCheck_group',
  discord: 'channelCheck_group',
  telegram: 'channelCheck_telegram',
  gotify: 'channelCheck_app',
  pushover: 'channelCheck_app',
  webhook: 'channelCheck_webhook',
  apprise: 'channelCheck_webhook',
};

/** What to look at when a message was sent and not seen. */
export function checkOf(service: ServiceId, { say }: Words): string {
  return say(CHECKS[service]);
}

/** A made-up notice, to show what a channel would say of a real one. */
export function sampleNotice(title: string): Notice {
  return {
    id: 'sample',
    kind: 'before',
    reminders: [],
    bills: [
      {
        id: 'sample',
        title,
        dueDay: '2026-09-14' as Notice['bills'][number]['dueDay'],
        dueDayIs: 'stated',
        daysLeft: 3,
        remainingFen: 38620 as Notice['bills'][number]['remainingFen'],
        minimumFen: null,
        asks: null,
        readDaysAgo: 0,
        overdueFeeFen: null,
        hasKnownRate: true,
        isPaidDisputed: false,
        source: 'responses',
      },
    ],
    lateMs: 0,
    lateWhy: null,
  };
}
