/** A way to reach the owner beyond the desktop: what was set up, and how it fares. No words, no addresses of services. */
import type { Instant } from '../day.ts';

/** Every service that has a table entry; the order is the one in which the owner is offered them. */
export const SERVICES = [
  'bark',
  'serverchan',
  'wecom',
  'ntfy',
  'webhook',
  'pushplus',
  'wxpusher',
  'dingtalk',
  'feishu',
  'telegram',
  'gotify',
  'pushover',
  'discord',
  'apprise',
] as const;
export type ServiceId = (typeof SERVICES)[number];

export type Loudness = 'normal' | 'loudest';

export interface ChannelSetting {
  /** Random; the ledger names the channel by it. */
  readonly id: string;
  readonly service: ServiceId;
  /** The owner's name for it; empty: the service's own. */
  readonly label: string;
  /** What was typed, by field: keys and secrets among it. Never logged, never shown whole again. */
  readonly values: Readonly<Record<string, string>>;
  /** Amount and lender are told only where the owner said so. */
  readonly showsDetails: boolean;
  /** A second person's channel stands last, and only once the owner says that this person agreed. */
  readonly whose: 'mine' | 'other';
  readonly agreedAt: Instant | null;
  readonly isOn: boolean;
  readonly addedAt: Instant;
  /** When the owner said that the test message was seen; null: not yet, and not used until then. */
  readonly confirmedAt: Instant | null;
  readonly health: ChannelHealth;
}

export interface ChannelHealth {
  readonly acceptedAt: Instant | null;
  readonly failedAt: Instant | null;
  /** The code of the last failure; null when the last answer was good. */
  readonly failure: string | null;
  /** Nothing is sent before this: the service asked for a pause, or refuses for good until the owner looks. */
  readonly pausedUntil: Instant | null;
  /** The server takes armed messages back (ntfy ≥ 2.16); null: not known, so none is armed. */
  readonly canWithdraw: boolean | null;
}

export const NO_HEALTH: ChannelHealth = {
  acceptedAt: null,
  failedAt: null,
  failure: null,
  pausedUntil: null,
  canWithdraw: null,
};

/** May a reminder go over it? */
export function isReady({ isOn, confirmedAt, whose, agreedAt }: ChannelSetting): boolean {
  return isOn && confirmedAt !== null && (whose === 'mine' || agreedAt !== null);
}
