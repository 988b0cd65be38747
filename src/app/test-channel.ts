/** A real message over one channel, and what its server can do. */
import { withSetting } from '../core/reminder/chain.ts';
import type { Notice } from '../core/reminder/notice.ts';
import { healthAfter } from './escalate.ts';
import type { Delivery, Ports } from './ports.ts';

type Doors = Pick<Ports, 'store' | 'clock' | 'ids' | 'channelFor'>;

export type Tested = { readonly kind: 'accepted' } | { readonly kind: 'failed'; readonly code: string };

/** The owner asked for it: sent also while the channel is paused, off or not confirmed. */
export async function testChannel({ store, clock, ids, channelFor }: Doors, id: string): Promise<Tested> {
  const { list } = await store.channels();
  const setting = list.find((each) => each.id === id);
  if (!setting) return { kind: 'failed', code: 'channel-gone' };
  const notice: Notice = {
    id: `channel-test|${ids.next()}`,
    kind: 'self-test',
    reminders: [],
    bills: [],
    lateMs: 0,
    lateWhy: null,
  };
  const delivery = await channelFor(setting)
    .send(notice, 'normal')
    // A channel that breaks its word never to throw is a failed one.
    .catch((): Delivery => ({ kind: 'failed', code: 'channel-broke' }));
  const at = clock.now();
  await store.changeChannels((channels) =>
    withSetting(channels, id, (each) => ({ ...each, health: healthAfter(each.health, delivery, at) })),
  );
  return delivery.kind === 'accepted' ? { kind: 'accepted' } : { kind: 'failed', code: delivery.code };
}

/** Can the server take armed messages back? Asked where it matters and is not known; no answer keeps the question open. */
export async function probeChannel({ store, channelFor }: Doors, id: string): Promise<void> {
  const { list } = await store.channels();
  const setting = list.find((each) => each.id === id);
  if (!setting || setting.health.canWithdraw !== null) return;
  const found = await channelFor(setting).probe?.();
  if (!found || found.canWithdraw === null) return;
  const { canWithdraw } = found;
  await store.changeChannels((channels) =>
    withSetting(channels, id, (each) => ({ ...each, health: { ...each.health, canWithdraw } })),
  );
}
