/** Beyond the desktop: every step that is due now, sent; a channel that fails hands over to the next in the same pass. */
import type { ChannelHealth, Loudness } from '../core/channel/setting.ts';
import { DAY_MS, type Instant } from '../core/day.ts';
import { type Channels, chainOf, type HeldMessage } from '../core/reminder/chain.ts';
import { type Escalation, escalate, type Step } from '../core/reminder/escalate.ts';
import { believed } from '../core/reminder/history.ts';
import { merge } from '../core/reminder/notice.ts';
import type { LateWhy, Reminder } from '../core/reminder/reminder.ts';
import { deliver, entryId } from './deliver.ts';
import type { Ahead } from './look-ahead.ts';
import type { Channel, Delivery, Ports } from './ports.ts';

/** A message that was shown this long ago is taken back no more. */
export const HELD_MS = 7 * DAY_MS;

/** What of the escalation stands after everything that is due was sent. */
export async function escalateNow(ports: Ports, ahead: Ahead, now: Instant, lateWhy: LateWhy): Promise<Escalation> {
  const rounds = chainOf(ahead.channels).links.length;
  let standing = ahead.escalation;
  let channels = ahead.channels;
  // The desktop may have spoken or failed just now: the ledger is asked again, and after each round of sending.
  for (let round = 0; round <= rounds && rounds > 0; round++) {
    const ledger = believed(await ports.store.ledgerOf(ahead.bills.map(({ id }) => id)), now);
    standing = escalate(ahead.bills, ahead.rules, ledger, ahead.device, chainOf(channels), now);
    if (standing.due.length === 0 || round === rounds) break;
    channels = await sendAll(ports, { ...ahead, ledger, channels }, standing.due, now, lateWhy);
  }
  return standing;
}

/** Over all channels at once: a slow one does not hold up the others. */
async function sendAll(
  ports: Ports,
  { bills, ledger, device, channels }: Ahead,
  due: readonly Step[],
  now: Instant,
  lateWhy: LateWhy,
): Promise<Channels> {
  const byId = new Map(bills.map((bill) => [bill.id, bill]));
  const answers = await Promise.all(
    groupsOf(due).map(async ({ channelId, loudness, reminders }) => {
      const setting = channels.list.find(({ id }) => id === channelId);
      const notice = merge(reminders, byId, now, lateWhy);
      if (!setting || !notice) return [];
      const channel = ports.channelFor(setting);
      // A channel that breaks its word never to throw must not take the others with it.
      const safe: Channel = { ...channel, send: (...asked) => channel.send(...asked).catch(broken) };
      const delivery = await deliver(ports, { channel: safe, notice, loudness, ledger, device, now });
      const held = heldOf(channel, notice.id, reminders, delivery, device, ports.clock.now());
      return [{ channelId, delivery, held }];
    }),
  );
  const at = ports.clock.now();
  return ports.store.changeChannels((current) => ({
    ...current,
    list: current.list.map((setting) => {
      const mine = answers.flat().filter(({ channelId }) => channelId === setting.id);
      return {
        ...setting,
        health: mine.reduce((health, { delivery }) => healthAfter(health, delivery, at), setting.health),
      };
    }),
    held: [
      ...current.held.filter(({ armedFor, sentAt }) => (armedFor ?? sentAt) > at - HELD_MS),
      ...answers.flat().flatMap(({ held }) => held),
    ],
  }));
}

interface Group {
  readonly channelId: string;
  readonly loudness: Loudness;
  readonly reminders: readonly Reminder[];
}

/** What goes over one channel goes as one message. */
function groupsOf(due: readonly Step[]): Group[] {
  const groups = new Map<string, { channelId: string; loudness: Loudness; reminders: Reminder[] }>();
  for (const { channel, loudness, reminder } of due) {
    const group = groups.get(channel) ?? { channelId: channel, loudness, reminders: [] };
    groups.set(channel, group);
    group.reminders.push(reminder);
    if (loudness === 'loudest') group.loudness = loudness;
  }
  return [...groups.values()];
}

function heldOf(
  channel: Channel,
  noticeId: string,
  reminders: readonly Reminder[],
  delivery: Delivery,
  device: string,
  sentAt: Instant,
): HeldMessage[] {
  if (delivery.kind === 'failed' || delivery.receipt === undefined) return [];
  const { receipt } = delivery;
  return reminders.map(({ id: reminderId, billId }) => ({
    entryId: entryId(reminderId, channel.id, device),
    reminderId,
    billId,
    channel: channel.id,
    noticeId,
    receipt,
    armedFor: null,
    sentAt,
  }));
}

function broken(): Delivery {
  return { kind: 'failed', code: 'channel-broke' };
}

export function healthAfter(health: ChannelHealth, delivery: Delivery, at: Instant): ChannelHealth {
  if (delivery.kind === 'accepted') return { ...health, acceptedAt: at, failure: null, pausedUntil: null };
  const pausedUntil = delivery.pauseMs === undefined ? null : at + delivery.pauseMs;
  return { ...health, failedAt: at, failure: delivery.code, pausedUntil };
}
