/** Lives one life through the real app, with store and channels in memory; what it writes down, `judge` holds against the promise. */
import type { BadgeFacts } from '../../../src/app/badge.ts';
import type { Channel, Ports, Store } from '../../../src/app/ports.ts';
import { remind, type Wake } from '../../../src/app/remind.ts';
import type { Unwritten } from '../../../src/app/unwritten.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/core/day.ts';
import type { Notice } from '../../../src/core/reminder/notice.ts';
import { DEFAULT_RULES } from '../../../src/core/rules.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { setting } from '../escalation/world.ts';
import { type Deeds, deeds } from './deeds.ts';
import { Broken, type Diary, type Told, when } from './diary.ts';
import { BIRTH, DEATH, type Life, momentOf, type Trouble } from './life.ts';

class Crash extends Error {}
/** The disk's word. */
export class Refused extends Error {}

/** As `src/browser/alarm.ts` does it: what rang and was not armed anew rings again. */
const RING_AGAIN_MS = 5 * MINUTE_MS;
const RESTART_MS = 4 * MINUTE_MS;
const WRITES = /^(?:take|rewrite|mark|save|record|forget|amend|prune|change|remove)/;

export function isOn({ minute, hours }: Trouble, at: Instant): boolean {
  return at >= momentOf(minute) && at < momentOf(minute) + hours * HOUR_MS;
}

export async function live(life: Life): Promise<Diary> {
  const diary: Diary = {
    ...{ life, appNow: () => now(), minds: [], spells: [], told: [], asked: [], acks: [], snoozes: [] },
    ...{ wishes: [], disputes: [], passes: 0 },
  };
  const store = memoryStore();
  await store.saveRules({ ...DEFAULT_RULES, adapts: life.adapts });
  if (life.hasPhone) await store.changeChannels((channels) => ({ ...channels, list: [setting('phone')] }));

  let time = BIRTH;
  let armed: Instant | null = null;
  let restartAt: Instant | null = null;
  let names = 0;
  let session = 0;
  let badge: BadgeFacts | null = null;
  let unwritten: Unwritten | null = null;
  const has = (what: Trouble['what']): boolean => life.troubles.some((each) => each.what === what && isOn(each, time));
  const now = (): Instant =>
    time + HOUR_MS * (life.troubles.find((each) => each.what === 'clock-wrong' && isOn(each, time))?.offHours ?? 0);
  const isThere = (): boolean => restartAt === null && !has('asleep') && !has('closed');

  const flaky = new Proxy<Store>(store, {
    get: (target, name: keyof Store) => {
      const door = target[name] as (...given: unknown[]) => Promise<unknown>;
      return async (...given: unknown[]) => {
        if (has('storage-dead') || (has('disk-full') && WRITES.test(name))) throw new Refused(name);
        return door(...given);
      };
    },
  });
  const channel = (id: string): Channel => ({
    id,
    send: async (notice: Notice) => {
      await world.mayRing(notice);
      const isDesktop = id === 'desktop';
      const dies = isDesktop && has('browser-dies');
      const busy = isDesktop ? undefined : life.troubles.find((each) => each.what === 'phone-busy' && isOn(each, time));
      const isFailing = isDesktop ? has('desktop-refuses') || has('desktop-hangs') : has('phone-fails');
      const fails = isFailing || busy !== undefined;
      const pauseMs = busy && Math.min(momentOf(busy.minute) + busy.hours * HOUR_MS - time, DAY_MS);
      const isOdd = dies || has('storage-dead') || has('clock-wrong');
      const mayRepeat = isOdd || has('disk-full');
      const isAccepted = !dies && !fails;
      diary.told.push({
        ...{ at: time, appAt: now(), channel: id, notice, isAccepted, mayRepeat, session },
        isUnwritten: isDesktop && !isOdd && has('disk-full'),
        pausedUntil: pauseMs === undefined ? null : time + pauseMs,
      });
      if (dies) throw new Crash();
      return isAccepted
        ? { kind: 'accepted' }
        : { kind: 'failed', code: 'made-up', ...(busy && { pauseMs: pauseMs! }) };
    },
    withdraw: async () => true,
  });
  const ports: Ports = {
    clock: { now },
    ids: { next: () => `id-${++names}`, hash: async (text) => text },
    store: flaky,
    alarm: {
      armedFor: async () => armed,
      arm: async (at) => {
        armed = at;
      },
    },
    channels: [channel('desktop')],
    channelFor: ({ id }) => channel(id),
    badge: {
      show: async (facts) => {
        badge = facts;
      },
    },
    log: { warn: () => {} },
    unwritten: {
      last: async () => unwritten,
      keep: async (shown) => {
        unwritten = shown;
      },
    },
  };
  const world: Deeds = deeds(life, diary, ports, store, () => time);

  const pass = async (wake: Wake): Promise<void> => {
    if (!isThere()) return;
    diary.passes++;
    const before = diary.told.length;
    try {
      await remind(ports, wake);
    } catch (error) {
      if (error instanceof Crash) {
        restartAt = time + RESTART_MS;
        if (life.forgetsAlarms) armed = null;
        return;
      }
      if (!(error instanceof Refused)) throw error;
    }
    if (has('storage-dead') && !badge?.isUntold) throw new Broken('the badge hides a dead store', { at: when(time) });
    const refused = diary.told.slice(before).find((each) => each.channel === 'desktop' && !each.isAccepted);
    const isTaken = ({ isAccepted, notice }: Told): boolean =>
      isAccepted && notice.reminders.some(({ id }) => refused?.notice.reminders.some((each) => each.id === id));
    if (refused && !diary.told.some(isTaken) && !badge?.isUntold)
      throw new Broken('told in no way, and the badge is calm', { at: when(time), notice: refused.notice.id });
    if (has('storage-dead') || has('disk-full')) return;
    const entries = new Map(store.entries().map((entry) => [`${entry.reminderId} ${entry.channel}`, entry.outcome]));
    for (const { channel: id, notice, isAccepted } of diary.told.slice(before)) {
      for (const reminder of notice.reminders) {
        const outcome = entries.get(`${reminder.id} ${id}`);
        if (outcome !== (isAccepted ? 'accepted' : 'failed'))
          throw new Broken('the ledger tells another end', { at: when(time), id, reminder: reminder.id, outcome });
      }
    }
  };

  const hadWrongClock = life.troubles.some(({ what }) => what === 'clock-wrong');
  let wasClosed = false;
  let wasThere = true;
  /** Something began or ended: the machine may be there again. */
  const changed = async (isQuiet: boolean): Promise<void> => {
    wasClosed ||= has('closed') || restartAt !== null;
    if (restartAt !== null && restartAt <= time) restartAt = null;
    const isBack = isThere() && !wasThere;
    wasThere = isThere();
    if (!isBack) return hadWrongClock ? pass('active') : undefined;
    if (wasClosed) {
      session++;
      unwritten = null;
      if (life.forgetsAlarms) armed = null;
    }
    const wake = wasClosed ? 'start-up' : 'active';
    wasClosed = false;
    // The system says nothing of some wakes: then the alarm that was missed rings.
    if (wake === 'start-up' || hadWrongClock || !isQuiet || armed === null) await pass(wake);
  };

  const moments: { readonly at: Instant; readonly happen: () => Promise<void> }[] = [
    ...life.events.map((event) => ({
      at: momentOf(event.minute),
      happen: async () => {
        // What the old rules still owe is delivered first.
        if (event.do === 'rules' || event.do === 'bill-rules') await pass('message');
        const isSeen = await world.happen(event, isThere());
        if (isSeen) await pass('message');
      },
    })),
    ...life.troubles.flatMap((trouble) =>
      [momentOf(trouble.minute), momentOf(trouble.minute) + trouble.hours * HOUR_MS].map((at) => ({
        at,
        happen: () => changed(trouble.offHours % 2 === 0),
      })),
    ),
  ].sort((a, b) => a.at - b.at);
  await pass('install');
  for (let next = 0; time < DEATH; ) {
    const momentAt = Math.max(time, moments[next]?.at ?? Number.POSITIVE_INFINITY);
    const shift = now() - time;
    const alarmAt = isThere() && armed !== null ? Math.max(time, armed - shift) : Number.POSITIVE_INFINITY;
    const backAt = restartAt ?? Number.POSITIVE_INFINITY;
    const soonest = Math.min(momentAt, alarmAt, backAt, DEATH);
    if (soonest > time) time = soonest;
    if (time >= DEATH) break;
    if (backAt <= time) {
      wasClosed = true;
      wasThere = false;
      await changed(false);
    } else if (momentAt <= time) {
      next++;
      await moments[next - 1]!.happen();
      // A browser that died and is closed or asleep now is started later.
    } else {
      armed = now() + RING_AGAIN_MS;
      await pass('alarm');
    }
  }
  for (const each of [...diary.spells, ...diary.asked]) each.until = Math.min(each.until, DEATH);
  return diary;
}
