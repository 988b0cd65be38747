/** Every door in memory, with a clock that the test moves. */

import type { BadgeFacts } from '../../src/app/badge.ts';
import type { Channel, Delivery, Ports, Store } from '../../src/app/ports.ts';
import type { Instant } from '../../src/core/day.ts';
import type { Notice } from '../../src/core/reminder/notice.ts';

export interface TestPorts extends Ports {
  /** Moves the clock. */
  at(now: Instant): void;
}

export interface Watched {
  readonly ports: TestPorts;
  /** Every notice that reached the channel, in order. */
  readonly sent: Notice[];
  /** What happened, in order: `arm 123`, `send`, `badge`. */
  readonly steps: string[];
  readonly warnings: string[];
  readonly badges: BadgeFacts[];
  armedFor(): Instant | null;
}

export function portsOver(
  store: Store,
  {
    now,
    answer = async () => ({ kind: 'accepted' }),
  }: { now: Instant; answer?: (notice: Notice) => Promise<Delivery> },
): Watched {
  let clock = now;
  let armed: Instant | null = null;
  let names = 0;
  const sent: Notice[] = [];
  const steps: string[] = [];
  const warnings: string[] = [];
  const badges: BadgeFacts[] = [];
  const channel: Channel = {
    id: 'desktop',
    send: (notice) => {
      sent.push(notice);
      steps.push('send');
      return answer(notice);
    },
    withdraw: async () => true,
  };
  return {
    sent,
    steps,
    warnings,
    badges,
    armedFor: () => armed,
    ports: {
      at: (next) => {
        clock = next;
      },
      clock: { now: () => clock },
      ids: { next: () => `id-${++names}`, hash: async (text) => text },
      store,
      alarm: {
        armedFor: async () => armed,
        arm: async (when) => {
          armed = when;
          steps.push(`arm ${when - clock}`);
        },
      },
      channels: [channel],
      channelFor: () => channel,
      badge: {
        show: async (facts) => {
          badges.push(facts);
          steps.push('badge');
        },
      },
      log: { warn: (code) => void warnings.push(code) },
    },
  };
}
