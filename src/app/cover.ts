/**
 * Cover while the browser is closed: what the escalation would send in the next days is handed to a service that holds
 * it until its moment, and taken back when it is no longer true. What was shown is taken back once it was heard.
 */
import { type Bill, isWatched, staysOnDesk } from '../core/bill.ts';
import type { Loudness } from '../core/channel/setting.ts';
import { type Instant, MINUTE_MS } from '../core/day.ts';
import { pauseEnd } from '../core/pause.ts';
import { chainOf, type HeldMessage, withSetting } from '../core/reminder/chain.ts';
import { type Escalation, loudnessOf } from '../core/reminder/escalate.ts';
import { merge, type Notice } from '../core/reminder/notice.ts';
import { waitOf } from '../core/reminder/patience.ts';
import { deferred } from '../core/reminder/quiet.ts';
import type { LedgerEntry, Reminder } from '../core/reminder/reminder.ts';
import { deliver, entryId } from './deliver.ts';
import { HELD_MS, healthAfter } from './escalate.ts';
import type { Ahead } from './look-ahead.ts';
import type { Channel, Ports } from './ports.ts';

/** A service may be asked for so many at once; the nearest first, the rest at a later wake. */
const MOST_ARMED = 20;
/** What comes sooner than this is the browser's own to say. */
const SOONEST_MS = 2 * MINUTE_MS;

/** False when a service refused or did not answer: the pass looks again soon. */
export async function cover(ports: Ports, ahead: Ahead, escalation: Escalation, now: Instant): Promise<boolean> {
  const { held } = await ports.store.channels();
  const wanted = await wantedMessages(ports, ahead, held, escalation, now);
  if (held.length === 0 && wanted.length === 0) return true;
  const ledger = await ports.store.ledgerOf([
    ...new Set([...ahead.bills, ...held.map(({ billId: id }) => ({ id }))].map(({ id }) => id)),
  ]);
  const stands = new Set(wanted.map((message) => message.key));
  const over = held.filter((message) =>
    isAhead(message, now) ? message.isUnsure || !stands.has(keyOf(message)) : isHeard(message, ahead, ledger),
  );
  // A service that refuses one, or does not answer, is asked for no more until the next wake.
  const closed = await takeBack(ports, ahead, over, held, now);
  const known = new Set(held.filter(({ isUnsure }) => !isUnsure).map(keyOf));
  for (const message of wanted) {
    const { key, channel, isPaused } = message;
    if (known.has(key) || isPaused || closed.has(channel.id)) continue;
    if (!(await armOne(ports, ahead, message, ledger, now))) closed.add(channel.id);
  }
  return closed.size === 0;
}

interface Wanted {
  readonly key: string;
  readonly channel: Channel;
  /** The service asked for silence: what it holds stands, and nothing new is armed. */
  readonly isPaused: boolean;
  readonly armedFor: Instant;
  readonly notice: Notice;
  readonly loudness: Loudness;
  readonly says: string;
}

/** One message for each channel and moment, with everything that is to be said then. */
async function wantedMessages(
  ports: Ports,
  ahead: Ahead,
  held: readonly HeldMessage[],
  escalation: Escalation,
  now: Instant,
): Promise<Wanted[]> {
  const { channels, device, ledger } = ahead;
  const bills = new Map(ahead.bills.map((bill) => [bill.id, bill]));
  const entries = new Map(ledger.map((entry) => [entry.id, entry]));
  const chain = chainOf(channels);
  const wanted: Wanted[] = [];
  for (const [index, link] of chain.links.entries()) {
    const setting = channels.list.find(({ id }) => id === link.channel);
    if (setting?.health.canWithdraw !== true) continue;
    const isPaused = pauseEnd(link.pausedUntil, now) !== null;
    const channel = ports.channelFor(setting);
    if (!channel.arm || !channel.armAheadMs) continue;
    const moments = new Map<Instant, Reminder[]>();
    const add = (reminder: Reminder, armedFor: Instant): void => {
      moments.set(armedFor, [...(moments.get(armedFor) ?? []), reminder]);
    };
    for (const reminder of ahead.plan.next) {
      const bill = bills.get(reminder.billId);
      const armedFor = bill && momentOf(reminder, bill, ahead, index + 1);
      if (!armedFor || armedFor < now + SOONEST_MS || armedFor > now + channel.armAheadMs) continue;
      if (!isTold(entries.get(entryId(reminder.id, channel.id, device)), now)) add(reminder, armedFor);
    }
    // The desktop has spoken since: what was armed for it is the next step, and stays as it is.
    for (const { entryId: id, channel: of, armedFor, isUnsure } of held) {
      const entry = entries.get(id);
      if (isUnsure || of !== channel.id || armedFor === null || armedFor <= now || !entry || !escalation.held.has(id))
        continue;
      const { reminderId, billId, kind, day } = entry;
      add({ id: reminderId, billId, kind, day, at: armedFor }, armedFor);
    }
    // The next step of what the desktop has said: it comes even if the browser is closed before.
    for (const { channel: of, reminder, at } of escalation.next) {
      const isNear = at >= now + SOONEST_MS && at <= now + channel.armAheadMs;
      if (of === channel.id && isNear) add(reminder, at);
    }
    for (const armedFor of [...moments.keys()].sort((a, b) => a - b).slice(0, MOST_ARMED)) {
      const reminders = moments.get(armedFor)!.map((reminder) => ({ ...reminder, at: armedFor }));
      const notice = merge(reminders, bills, armedFor, 'unknown');
      if (!notice) continue;
      const says = await ports.ids.hash(
        JSON.stringify([notice.bills, reminders.map(({ id }) => id).sort(), setting.showsDetails, setting.values]),
      );
      const key = keyOf({ channel: channel.id, armedFor, says });
      wanted.push({ key, channel, isPaused, armedFor, notice, loudness: loudnessOf(notice.kind, link), says });
    }
  }
  return wanted;
}

/** The channel has said it; what its service held has come, with the browser open or closed. */
function isTold(entry: LedgerEntry | undefined, now: Instant): boolean {
  return entry?.outcome === 'accepted' || (entry?.outcome === 'armed' && entry.plannedAt <= now);
}

function keyOf({ channel, armedFor, says }: Pick<HeldMessage, 'channel' | 'armedFor' | 'says'>): string {
  return `${channel}|${armedFor}|${says}`;
}

/** When the escalation would reach the channel at this place of the order, if nobody answers. Null: it never would. */
function momentOf(reminder: Reminder, bill: Bill, { channels, rules }: Ahead, place: number): Instant | null {
  const wait = waitOf(reminder.kind, reminder.day, reminder.at);
  if (wait === null || !isWatched(bill) || staysOnDesk(bill)) return null;
  return deferred(reminder.at + channels.patience[wait] * place, rules, bill.dueDay);
}

/** Acknowledged, paid, muted or gone. */
function isHeard({ billId, reminderId }: HeldMessage, { bills }: Ahead, ledger: readonly LedgerEntry[]): boolean {
  const bill = bills.find(({ id }) => id === billId);
  return (
    !bill ||
    !isWatched(bill) ||
    ledger.some((entry) => entry.reminderId === reminderId && entry.seen === 'acknowledged')
  );
}

function isAhead({ armedFor }: HeldMessage, now: Instant): boolean {
  return armedFor !== null && armedFor > now;
}

/**
 * Gives the channels that did not take back what is still to come: they are asked for it again soon. What stands on a
 * screen is asked for at every wake until it is too old: Telegram, for one, never deletes what was shown two days ago.
 * Where another message has the same name there, only our note of this one goes: it took its place, or it tells of more
 * bills.
 */
async function takeBack(
  ports: Ports,
  { channels, sync }: Ahead,
  over: readonly HeldMessage[],
  held: readonly HeldMessage[],
  now: Instant,
): Promise<Set<string>> {
  const known = [...channels.list, ...channels.bin.map(({ setting }) => setting)];
  const stays = held.filter((message) => !over.includes(message));
  const standing = new Set(stays.flatMap((message) => [nameOf(message), nameOf({ ...message, receipt: null })]));
  const receipts = new Map(over.map((message) => [nameOf(message), message]));
  const gone = new Set<string>();
  // Silent on this browser alone: a message of a shared channel is the other browsers' too.
  for (const message of sync.sharesChannels ? over : [])
    if ((await ports.store.bill(message.billId))?.owner.hiddenAt !== undefined) standing.add(nameOf(message));
  await Promise.all(
    [...receipts].map(async ([name, { channel, noticeId, receipt, armedFor, sentAt }]) => {
      const isDone = standing.has(name) || (armedFor ?? sentAt) <= now - HELD_MS;
      const setting = isDone ? undefined : known.find(({ id }) => id === channel);
      if (!setting || (await ports.channelFor(setting).withdraw(noticeId, receipt ?? undefined))) gone.add(name);
    }),
  );
  const taken = over.filter((message) => gone.has(nameOf(message)));
  const stillAhead = over.filter((message) => isAhead(message, now) && !taken.includes(message));
  const closed = new Set(stillAhead.map(({ channel }) => channel));
  if (taken.length === 0) return closed;
  const rearmed = new Set(stays.filter((message) => isAhead(message, now)).map(({ entryId: id }) => id));
  const unsent = taken
    .filter((message) => isAhead(message, now) && !rearmed.has(message.entryId))
    .map(({ entryId: id }) => id);
  await ports.store.amend(unsent, (entry) =>
    entry.outcome === 'armed' ? { ...entry, outcome: 'withdrawn', settledAt: ports.clock.now() } : entry,
  );
  const ids = new Set(taken.map(rowOf));
  await ports.store.changeChannels((current) => ({
    ...current,
    held: current.held.filter((message) => !ids.has(rowOf(message))),
  }));
  return closed;
}

/** What the service knows the message by. */
function nameOf({ channel, noticeId, receipt }: Pick<HeldMessage, 'channel' | 'noticeId' | 'receipt'>): string {
  return receipt === null ? `${channel}|of ${noticeId}` : `${channel}|${receipt}`;
}

function rowOf({ entryId: id, armedFor, receipt, says = '' }: HeldMessage): string {
  return `${id}|${armedFor}|${receipt}|${says}`;
}

/** True when the service has it. */
async function armOne(
  ports: Ports,
  { device }: Ahead,
  { channel, armedFor, notice, loudness, says }: Wanted,
  ledger: readonly LedgerEntry[],
  now: Instant,
): Promise<boolean> {
  const unsure = notice.reminders.map(
    ({ id: reminderId, billId }): HeldMessage => ({
      entryId: entryId(reminderId, channel.id, device),
      reminderId,
      billId,
      channel: channel.id,
      noticeId: notice.id,
      receipt: null,
      armedFor,
      sentAt: now,
      isUnsure: true,
    }),
  );
  const rows = new Set(unsure.map(rowOf));
  const others = (held: readonly HeldMessage[]): HeldMessage[] => held.filter((each) => !rows.has(rowOf(each)));
  // Noted before it is asked for: whatever becomes of the answer or of this worker, it can be taken back.
  await ports.store.changeChannels((current) => ({ ...current, held: [...others(current.held), ...unsure] }));
  const errand = { channel, notice, loudness, ledger, device, now, armFor: armedFor };
  const delivery = await deliver(ports, errand);
  const sentAt = ports.clock.now();
  await ports.store.changeChannels((current) => ({
    ...withSetting(current, channel.id, (each) => ({ ...each, health: healthAfter(each.health, delivery, sentAt) })),
    held:
      delivery.kind === 'failed'
        ? current.held
        : [
            ...others(current.held),
            ...unsure.map(({ isUnsure: _, ...message }) => ({
              ...message,
              receipt: delivery.receipt ?? null,
              sentAt,
              says,
            })),
          ],
  }));
  return delivery.kind === 'accepted';
}
