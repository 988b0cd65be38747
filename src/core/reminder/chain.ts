/** The owner's channels in their order, and what the escalation makes of them. */
import { type ChannelSetting, isReady, NO_HEALTH, SERVICES } from '../channel/setting.ts';
import type { Instant } from '../day.ts';
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
  const moment = (value: unknown): Instant | null =>
    typeof value === 'number' && Number.isFinite(value) ? value : null;
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
      health: { ...NO_HEALTH, ...(typeof raw.health === 'object' ? raw.health : {}) },
    },
  ];
}

function soundBinned(raw: Partial<BinnedChannel> | null): BinnedChannel[] {
  const { at, place = 0 } = raw ?? {};
  if (typeof at !== 'number') return [];
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
  return typeof raw?.entryId === 'string' && typeof raw.channel === 'string' && typeof raw.sentAt === 'number';
}
