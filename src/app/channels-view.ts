/** What our pages may know of the channels: keys and secrets only masked. */
import { FIELDS, mask, originsOf } from '../core/channel/fields.ts';
import { type ChannelHealth, type ChannelSetting, isReady, type ServiceId } from '../core/channel/setting.ts';
import type { Instant } from '../core/day.ts';
import { pauseEnd } from '../core/pause.ts';
import { type Channels, chainOf, stillBinned } from '../core/reminder/chain.ts';
import type { Patience } from '../core/reminder/patience.ts';

export interface ChannelView {
  readonly id: string;
  readonly service: ServiceId;
  /** Empty: the service's own name. */
  readonly label: string;
  readonly whose: ChannelSetting['whose'];
  readonly isOn: boolean;
  readonly showsDetails: boolean;
  readonly confirmedAt: Instant | null;
  readonly state: ChannelState;
  readonly health: ChannelHealth;
  /** By field; what is secret is masked, what is empty is empty. */
  readonly values: Readonly<Record<string, string>>;
  /** What the browser has to allow. */
  readonly patterns: readonly string[];
  /** How long after the desktop it speaks on the due day; null: it does not. */
  readonly afterMs: number | null;
}

export type ChannelState = 'ready' | 'off' | 'unconfirmed' | 'failed' | 'paused';

export interface ChannelsView {
  readonly list: readonly ChannelView[];
  /** The last removed one first. */
  readonly bin: readonly Pick<ChannelView, 'id' | 'service' | 'label'>[];
  readonly patience: Patience;
}

export function channelsViewOf(channels: Channels, now: Instant): ChannelsView {
  const links = chainOf(channels).links.map(({ channel }) => channel);
  const afterMs = (id: string): number | null =>
    links.includes(id) ? channels.patience.today * (links.indexOf(id) + 1) : null;
  return {
    list: channels.list.map((setting) => ({
      id: setting.id,
      service: setting.service,
      label: setting.label,
      whose: setting.whose,
      isOn: setting.isOn,
      showsDetails: setting.showsDetails,
      confirmedAt: setting.confirmedAt,
      state: stateOf(setting, now),
      health: setting.health,
      values: maskedValues(setting),
      patterns: originsOf(setting.service, setting.values),
      afterMs: afterMs(setting.id),
    })),
    bin: stillBinned(channels.bin, now).map(({ setting: { id, service, label } }) => ({ id, service, label })),
    patience: channels.patience,
  };
}

function stateOf(setting: ChannelSetting, now: Instant): ChannelState {
  const { isOn, health } = setting;
  if (!isOn) return 'off';
  if (!isReady(setting)) return 'unconfirmed';
  if (pauseEnd(health.pausedUntil, now) !== null) return 'paused';
  return health.failure === null ? 'ready' : 'failed';
}

/** A value that no field names is left out: another version may call a secret by it. */
function maskedValues({ service, values }: ChannelSetting): Readonly<Record<string, string>> {
  return Object.fromEntries(
    FIELDS[service].map(({ name, isSecret }) => {
      const value = values[name] ?? '';
      return [name, isSecret && value !== '' ? mask(value) : value];
    }),
  );
}
