/** Whether what is promised can be kept: what comes next, and what stands in its way. Asked of the background, which keeps it. */
import { isReady, type ServiceId } from '../core/channel/setting.ts';
import type { Instant } from '../core/day.ts';
import type { Lost } from '../core/lost.ts';
import { lookAhead } from './look-ahead.ts';
import type { Ports } from './ports.ts';
import { shownUnwritten } from './unwritten.ts';

export interface Health {
  /** The earliest promise that was not kept yet; in the past while a delivery is retried. */
  readonly nextReminderAt: Instant | null;
  /** False when the browser says that its notices are switched off. */
  readonly isNotifying: boolean;
  /** False when the last notice could not be written down: the disk may be full. */
  readonly isWriting: boolean;
  /** Channels in use whose last answer was no. */
  readonly failing: readonly { readonly service: ServiceId; readonly label: string }[];
  /** The browser lost the database, and the owner has not seen that yet. */
  readonly lost: Lost | null;
  /** Null: this browser does not sync. */
  readonly sync: {
    readonly doneAt: Instant | null;
    readonly failingSince: Instant | null;
    /** Changes from other browsers that wait for the owner's word. */
    readonly questions: number;
  } | null;
}

/** `asking` until the background answered, `silent` when it did not. */
export type KnownHealth = Health | 'asking' | 'silent';

export async function healthOf(
  ports: Pick<Ports, 'store' | 'clock' | 'unwritten' | 'log'>,
  isAllowed: () => Promise<boolean>,
): Promise<Health> {
  const [{ plan, channels, sync, lost }, isNotifying, unwritten] = await Promise.all([
    lookAhead(ports),
    isAllowed(),
    shownUnwritten(ports, ports.clock.now()),
  ]);
  return {
    nextReminderAt: (plan.due[0] ?? plan.next[0])?.at ?? null,
    isNotifying,
    isWriting: unwritten.size === 0,
    failing: channels.list
      .filter((setting) => isReady(setting) && setting.health.failure !== null)
      .map(({ service, label }) => ({ service, label })),
    lost,
    sync: sync.place && {
      doneAt: sync.doneAt,
      failingSince: sync.failingSince,
      questions: sync.question?.length ?? 0,
    },
  };
}
