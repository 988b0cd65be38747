/** The real pass with several channels in memory, each of which the test can switch off, delay or let hold messages. */
import type { Channel, Delivery, Ports } from '../../../src/app/ports.ts';
import { remind } from '../../../src/app/remind.ts';
import type { Bill } from '../../../src/core/bill.ts';
import { type ChannelSetting, type Loudness, NO_HEALTH } from '../../../src/core/channel/setting.ts';
import { DAY_MS, type Instant } from '../../../src/core/day.ts';
import type { Notice } from '../../../src/core/reminder/notice.ts';
import { type MemoryStore, memoryStore } from '../../fakes/memory-store.ts';

export interface Sent {
  readonly channel: string;
  readonly at: Instant;
  readonly notice: Notice;
  readonly loudness: Loudness;
}

/** A message that a service holds until its moment. */
interface Armed extends Sent {
  readonly receipt: string;
}

export type Answer = Delivery | 'accepted' | 'failed';

export interface World {
  readonly store: MemoryStore;
  readonly ports: Ports;
  /** What reached a person, in order; armed messages at their moment. */
  readonly sent: Sent[];
  readonly armed: () => readonly Armed[];
  readonly withdrawn: string[];
  /** What stands on the screen of the person behind `channel`: sent, and not taken back since. */
  readonly shown: (channel: string) => readonly Notice[];
  /** How a channel answers from now on. */
  readonly answers: Map<string, Answer>;
  /** Lets the alarm ring as often as it wants until `until`; the browser is closed when `isOpen` is false. */
  run(until: Instant, isOpen?: boolean): Promise<void>;
  now(): Instant;
}

export function setting(id: string, part: Partial<ChannelSetting> = {}): ChannelSetting {
  return {
    id,
    service: 'bark',
    label: '',
    values: {},
    showsDetails: false,
    whose: 'mine',
    agreedAt: null,
    isOn: true,
    addedAt: 1,
    confirmedAt: 1,
    health: NO_HEALTH,
    ...part,
  };
}

export async function worldOf(
  start: Instant,
  bills: readonly Bill[],
  list: readonly ChannelSetting[],
  { holds = [], lateMs = 0 }: { readonly holds?: readonly string[]; readonly lateMs?: number } = {},
): Promise<World> {
  const store = memoryStore({ bills });
  await store.changeChannels((channels) => ({ ...channels, list }));
  let now = start;
  let alarm: Instant | null = null;
  let names = 0;
  const sent: Sent[] = [];
  let armed: Armed[] = [];
  const withdrawn: string[] = [];
  const shown: { readonly receipt: string; readonly notice: Notice; readonly channel: string }[] = [];
  const answers = new Map<string, Answer>();
  const answerOf = (id: string): Delivery => {
    const answer = answers.get(id) ?? 'accepted';
    return answer === 'failed'
      ? { kind: 'failed', code: 'made-up' }
      : answer === 'accepted'
        ? { kind: 'accepted' }
        : answer;
  };
  // As ntfy does it: one name for one notice, and what is published under it takes the place of what waits or stands there.
  const nameOf = (id: string, notice: Notice): string => `${id}:${notice.id}`;
  const channel = (id: string): Channel => ({
    id,
    send: async (notice, loudness = 'normal') => {
      const answer = answerOf(id);
      if (answer.kind !== 'accepted') return answer;
      sent.push({ channel: id, at: now, notice, loudness });
      if (!holds.includes(id)) return answer;
      const receipt = nameOf(id, notice);
      armed = armed.filter((message) => message.receipt !== receipt);
      shown.push({ receipt, notice, channel: id });
      return { ...answer, receipt };
    },
    withdraw: async (noticeId, given) => {
      const receipt = given ?? `${id}:${noticeId}`;
      withdrawn.push(`${id}|${noticeId}|${receipt}`);
      armed = armed.filter((message) => message.receipt !== receipt);
      for (const [at, message] of [...shown.entries()].reverse()) if (message.receipt === receipt) shown.splice(at, 1);
      return true;
    },
    ...(holds.includes(id)
      ? {
          armAheadMs: 3 * DAY_MS,
          arm: async (notice: Notice, at: Instant, loudness: Loudness): Promise<Delivery> => {
            if (answerOf(id).kind === 'failed') return answerOf(id);
            const receipt = nameOf(id, notice);
            armed = armed.filter((message) => message.receipt !== receipt);
            armed.push({ channel: id, at, notice, loudness, receipt });
            return { kind: 'accepted', receipt };
          },
        }
      : {}),
  });
  const ports: Ports = {
    clock: { now: () => now },
    ids: { next: () => `id-${++names}`, hash: async (text) => text },
    store,
    alarm: {
      armedFor: async () => alarm,
      arm: async (at) => {
        alarm = at;
      },
    },
    channels: [channel('desktop')],
    channelFor: ({ id }) => channel(id),
    badge: { show: async () => {} },
    log: { warn: () => {} },
  };
  const moveTo = (at: Instant): void => {
    for (const message of armed.filter((each) => each.at <= at)) {
      sent.push(message);
      shown.push(message);
    }
    armed = armed.filter((each) => each.at > at);
    now = at;
  };
  return {
    store,
    ports,
    sent,
    armed: () => armed,
    withdrawn,
    shown: (id) => shown.filter((each) => each.channel === id).map(({ notice }) => notice),
    answers,
    now: () => now,
    run: async (until, isOpen = true) => {
      if (isOpen) await remind(ports, 'active');
      while (isOpen && alarm !== null && alarm <= until) {
        moveTo(Math.max(alarm + lateMs, now + 1));
        await remind(ports, 'alarm');
      }
      moveTo(until);
    },
  };
}
