/** The owner's channels in their order, and what the escalation makes of them. */
import { type ChannelHealth, type ChannelSetting, isReady, SERVICES } from '../channel/setting.ts';
import { DAY_MS, type Instant, isInstant } from '../day.ts';
import type { Chain } from './escalate.ts';
import { DEFAULT_PATIENCE, isPatience, type Patience, WAITS } from './patience.ts';

/** The channel that speaks first, always: the desktop of the machine that the pass runs on. */
export const DESKTOP = 'desktop';

export interface Channels {
  /** In the order in which they are asked; a second person's stands last. */
  readonly list: readonly ChannelSetting[];
  readonly patience: Patience;
  /** Messages that a service may still take back. */
  readonly held: readonly HeldMessage[];
  /** Removed by the owner: kept for a few days, to be had back, and to take back what their services still hold. */
  readonly bin: readonly BinnedChannel[];
}

export interface BinnedChannel {
  readonly setting: ChannelSetting;
  /** Its place in the order. */
  readonly place: number;
  readonly at: Instant;
}

export const BIN_DAYS = 7;

/** What is still to be had back. A moment ahead was written under a wrong clock. */
export function stillBinned(bin: readonly BinnedChannel[], now: Instant): BinnedChannel[] {
  return bin.filter(({ at }) => Math.abs(now - at) < BIN_DAYS * DAY_MS);
}

/** A message that was armed ahead, or shown under a name by which it can be withdrawn. */
export interface HeldMessage {
  /** Of the ledger. */
  readonly entryId: string;
  readonly reminderId: string;
  readonly billId: string;
  readonly channel: string;
  readonly noticeId: string;
  readonly receipt: string | null;
  /** When an armed one is delivered; null for one that was shown at once. */
  readonly armedFor: Instant | null;
  readonly sentAt: Instant;
  /** What it says, as a hash: other facts make another message. */
  readonly says?: string;
  /** Written before the service is asked to hold it, and left so where no yes came back: it may be there, and is no cover. */
  readonly isUnsure?: true;
}

export const NO_CHANNELS: Channels = { list: [], patience: DEFAULT_PATIENCE, held: [], bin: [] };

/** With one channel changed. */
export function withSetting(
  channels: Channels,
  id: string,
  change: (setting: ChannelSetting) => ChannelSetting,
): Channels {
  return { ...channels, list: channels.list.map((each) => (each.id === id ? change(each) : each)) };
}

/** Who is asked after the desktop: only what was set up to the end, a second person's channel last. */
export function chainOf({ list, patience }: Channels): Chain {
  const ready = list.filter(isReady);
  const mine = ready.filter(({ whose }) => whose === 'mine');
  const ordered = [...mine, ...ready.filter(({ whose }) => whose === 'other')];
  return {
    first: DESKTOP,
    patience,
    links: ordered.map(({ id, health }, index) => ({
      channel: id,
      pausedUntil: health.pausedUntil,
      isLast: index === ordered.length - 1 || index === mine.length - 1,
    })),
  };
}

/** A row that something damaged costs no channel that is still whole. */
export function soundChannels(raw: unknown): Channels {
  const { list, patience, held, bin } = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<
    Record<keyof Channels, unknown>
  >;
  return {
    list: Array.isArray(list) ? list.flatMap(soundSetting) : [],
    patience: soundPatience(patience),
    held: Array.isArray(held) ? held.filter(isHeld) : [],
    bin: Array.isArray(bin) ? bin.flatMap(soundBinned) : [],
  };
}

function soundSetting(raw: Partial<ChannelSetting> | null): ChannelSetting[] {
  const service = SERVICES.find((each) => each === raw?.service);
  if (!raw || !service || typeof raw.id !== 'string' || typeof raw.values !== 'object' || raw.values === null)
    return [];
  return [
    {
      id: raw.id,
      service,
      label: typeof raw.label === 'string' ? raw.label : '',
      values: Object.fromEntries(Object.entries(raw.values).filter(([, value]) => typeof value === 'string')),
      showsDetails: raw.showsDetails === true,
      whose: raw.whose === 'other' ? 'other' : 'mine',
      agreedAt: moment(raw.agreedAt),
      isOn: raw.isOn !== false,
      addedAt: moment(raw.addedAt) ?? 0,
      confirmedAt: moment(raw.confirmedAt),
      health: soundHealth(raw.health),
    },
  ];
}

/** A pause that is no moment would keep the channel out of every pass. */
function soundHealth(raw: Partial<ChannelHealth> | null | undefined): ChannelHealth {
  return {
    acceptedAt: moment(raw?.acceptedAt),
    failedAt: moment(raw?.failedAt),
    failure: typeof raw?.failure === 'string' ? raw.failure : null,
    pausedUntil: moment(raw?.pausedUntil),
    canWithdraw: typeof raw?.canWithdraw === 'boolean' ? raw.canWithdraw : null,
  };
}

function moment(value: unknown): Instant | null {
  return isInstant(value) ? value : null;
}

function soundBinned(raw: Partial<BinnedChannel> | null): BinnedChannel[] {
  const { at, place = 0 } = raw ?? {};
  if (!isInstant(at)) return [];
  return soundSetting(raw?.setting ?? null).map((setting) => ({ setting, place, at }));
}

function soundPatience(raw: unknown): Patience {
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const one = (wait: (typeof WAITS)[number]): number => {
    const value = given[wait];
    const isSound = typeof value === 'number' && isPatience(wait, value);
    return isSound ? value : DEFAULT_PATIENCE[wait];
  };
  return Object.fromEntries(WAITS.map((wait) => [wait, one(wait)])) as Patience;
}

function isHeld(raw: Partial<HeldMessage> | null): raw is HeldMessage {
  const { entryId, reminderId, billId, channel, noticeId, sentAt, armedFor } = raw ?? {};
  const isNamed = [entryId, reminderId, billId, channel, noticeId].every((name) => typeof name === 'string');
  return isNamed && isInstant(sentAt) && (armedFor === null || isInstant(armedFor));
}
