/** One person's year with the real planner: what was raised, what was acknowledged, and which bill passed in silence. */
import type { Bill } from '../../../src/core/bill.ts';
import {
  addDays,
  type Day,
  dayOf,
  daysBetween,
  endOf,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  startOf,
} from '../../../src/core/day.ts';
import { type Habit, habitFrom } from '../../../src/core/habit.ts';
import { toldOf } from '../../../src/core/habit-cells.ts';
import { type Presence, presenceOn, seenAt } from '../../../src/core/habit-presence.ts';
import { type Chain, escalate } from '../../../src/core/reminder/escalate.ts';
import { historyOf } from '../../../src/core/reminder/history.ts';
import { waitOf } from '../../../src/core/reminder/patience.ts';
import { plan } from '../../../src/core/reminder/plan.ts';
import { type LedgerEntry, type Reminder, seenAs } from '../../../src/core/reminder/reminder.ts';
import { DEFAULT_RULES, type Rules } from '../../../src/core/rules.ts';
import { bill as madeUp } from '../../core/made-up.ts';
import { type ByLead, chanceOf, type Person, WHEN } from './people.ts';

export interface Policy {
  readonly name: string;
  readonly rules: Rules;
  readonly adapts: boolean;
  readonly chain?: Chain;
  /** The service holds a push up to three days ahead: it comes although the machine sleeps. */
  readonly isHeldAhead?: boolean;
  /** The bill stands in the calendar of the telephone, with an alarm at every slot, until it is marked as paid. */
  readonly isInCalendar?: boolean;
}

export interface Outcome {
  bills: number;
  missed: number;
  /** A notice that names two bills counts for both; a push counts like a notice of the desktop. */
  notices: number;
  pushes: number;
}

export const PLAIN: Rules = { ...DEFAULT_RULES, dueHours: [] };
const DEVICE = 'made-up';
const FOUND_WITHIN_HOURS = 72;
const PUSH_LOOKED_AT_WITHIN_HOURS = 24;
/** After the machine woke. */
const ARM_AHEAD_MS = 72 * HOUR_MS;
const WAKES_MS = 2 * MINUTE_MS;

interface Owed {
  bill: Bill;
  readonly dueDay: Day;
  isHeard: boolean;
  entries: LedgerEntry[];
}
interface Event {
  readonly at: Instant;
  readonly run: (now: Instant) => void;
}

export function live(person: Person, year: number, seed: number, policy: Policy): Outcome {
  const { habits, factor } = person;
  const first = `${year}-01-01` as Day;
  const begin = startOf(first);
  const outcome: Outcome = { bills: 0, missed: 0, notices: 0, pushes: 0 };
  const open = new Map<string, Owed>();
  const past: LedgerEntry[] = [];
  const events: Event[] = [];
  const add = (at: Instant, run: Event['run']): void => {
    let index = events.length;
    while (index > 0 && events[index - 1]!.at <= at) index--;
    events.splice(index, 0, { at, run });
  };
  const draw = (...parts: readonly number[]): number => chanceOf(seed, person.id, ...parts);
  const clock = (at: Instant): [day: number, hour: number] => {
    const hours = Math.floor((at - begin) / HOUR_MS);
    return [Math.floor(hours / 24), hours % 24];
  };
  const whenever = (is: (day: number, hour: number) => boolean, at: Instant, hours: number): Instant | null => {
    for (let n = 0; n <= hours; n++) {
      const then = n === 0 ? at : begin + (Math.floor((at - begin) / HOUR_MS) + n) * HOUR_MS;
      if (is(...clock(then))) return n === 0 ? at : then + WAKES_MS;
    }
    return null;
  };

  let habit: Habit | null = null;
  let changedAt: Instant | null = null;
  let presence: Presence | null = null;
  let watchedFrom: Instant | null = null;
  /** Whoever sits at the machine wakes it from idleness within the hour. Known from the first reading on. */
  const watch = (until: Instant): void => {
    for (let at = watchedFrom ?? until; at < until; at += HOUR_MS)
      if (person.isHere(...clock(at))) presence = seenAt(presenceOn(presence, dayOf(at)), policy.rules.zone, at);
    if (watchedFrom !== null) watchedFrom = until;
  };
  const learn = (now: Instant): void => {
    const day = dayOf(now);
    if (!policy.adapts || changedAt === null || changedAt >= startOf(day)) return;
    changedAt = null;
    const all = [...past, ...[...open.values()].flatMap(({ entries }) => entries)];
    watch(startOf(day));
    habit = habitFrom(toldOf(all, startOf(day)), presenceOn(presence, day), policy.rules, day, habit);
  };
  /** What happened today is learnt from tomorrow: the first pass of that day looks again. */
  const changed = (now: Instant): void => {
    if (!policy.adapts) return;
    if (changedAt === null) wake(startOf(addDays(dayOf(now), 1)) + 5 * HOUR_MS);
    changedAt = now;
  };

  let armed = Number.POSITIVE_INFINITY;
  const wake = (at: Instant): void => {
    const on = whenever(person.isOn, at, 24 * 40);
    if (on === null || on >= armed) return;
    armed = on;
    add(on, (now) => {
      if (now === armed) pass(now);
    });
  };
  const pass = (now: Instant): void => {
    armed = Number.POSITIVE_INFINITY;
    if (open.size === 0) return;
    learn(now);
    const all = [...open.values()];
    const bills = all.map(({ bill }) => bill);
    const { due, next } = plan(
      bills,
      policy.rules,
      historyOf(
        all.flatMap(({ entries }) => entries),
        DEVICE,
      ),
      now,
      habit,
    );
    if (due.length > 0) {
      const ids = [...new Set(due.map(({ billId }) => billId))];
      for (const { id, billId, kind, day, at } of due) {
        const owed = open.get(billId)!;
        owed.entries.push(entryOf(id, billId, kind, day, 'desktop', `${now}`, at, now));
      }
      outcome.notices += ids.length;
      changed(now);
      heard(`${now}`, ids, now);
    }
    if (policy.chain) {
      const ledger = [...open.values()].flatMap(({ entries }) => entries);
      const { due: steps, next: later } = escalate(bills, policy.rules, ledger, DEVICE, policy.chain, now);
      if (steps.length > 0) {
        const ids = [...new Set(steps.map(({ reminder }) => reminder.billId))];
        for (const { reminder, channel } of steps)
          open
            .get(reminder.billId)!
            .entries.push(
              entryOf(
                reminder.id,
                reminder.billId,
                reminder.kind,
                reminder.day,
                channel,
                `push ${now}`,
                reminder.at,
                now,
              ),
            );
        outcome.notices += ids.length;
        outcome.pushes += ids.length;
        pushed(`push ${now}`, ids, now);
      }
      for (const { at } of later) wake(at);
    }
    if (next[0]) wake(next[0].at);
    if (policy.chain && policy.isHeldAhead) holdAhead(next, policy.chain, now);
  };

  /** What a service holds is taken back and armed anew at every pass; what comes due while the machine sleeps is delivered. */
  let armedAhead = new Map<string, Instant>();
  const holdAhead = (next: readonly Reminder[], { patience }: Chain, now: Instant): void => {
    const former = armedAhead;
    armedAhead = new Map();
    for (const reminder of next) {
      const { id, billId, kind, day, at } = reminder;
      const wait = waitOf(kind, day, at);
      const armedFor = wait === null ? Number.POSITIVE_INFINITY : at + patience[wait];
      if (armedFor > now + ARM_AHEAD_MS) continue;
      armedAhead.set(id, armedFor);
      if (former.get(id) === armedFor) continue;
      add(armedFor, (then) => {
        const owed = open.get(billId);
        if (armedAhead.get(id) !== then || !owed) return;
        armedAhead.delete(id);
        const noticeId = `held ${then}|${id}`;
        owed.entries.push({ ...entryOf(id, billId, kind, day, 'push', noticeId, then, then), outcome: 'armed' });
        outcome.notices++;
        outcome.pushes++;
        pushed(noticeId, [billId], then);
      });
    }
  };

  /** The chance that fits the nearest bill of a notice. */
  const leaning = (by: ByLead, ids: readonly string[], now: Instant): number => {
    const left = Math.min(
      ...ids.flatMap((id) => (open.has(id) ? [daysBetween(dayOf(now), open.get(id)!.dueDay)] : [])),
    );
    return by[left >= 7 ? 'week' : left >= 2 ? 'days' : left === 1 ? 'eve' : 'due'] * factor;
  };
  const delayMs = (...key: readonly number[]): number => {
    const [u, v] = [Math.max(1e-9, draw(WHEN.delay, 0, ...key)), draw(WHEN.delay, 1, ...key)];
    const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    return habits.delayMinutes * Math.exp(habits.delaySpread * normal) * MINUTE_MS;
  };
  const heard = (noticeId: string, ids: readonly string[], firedAt: Instant): void => {
    let at = firedAt;
    if (!person.isHere(...clock(at))) {
      const back = whenever(person.isHere, at, FOUND_WITHIN_HOURS);
      if (back === null || draw(WHEN.finds, ...clock(firedAt)) >= habits.foundLater) return;
      at = back;
    }
    const key = [...clock(at), ...clock(firedAt)];
    if (draw(WHEN.reacts, ...key) < leaning(habits.reacts, ids, at)) react(noticeId, ids, at + delayMs(...key), key);
    else if (draw(WHEN.closes, ...key) < habits.closes) add(at + MINUTE_MS, () => see(noticeId, ids, 'closed', at));
  };
  const pushed = (noticeId: string, ids: readonly string[], firedAt: Instant): void => {
    const at = whenever(person.hasPhone, firedAt, PUSH_LOOKED_AT_WITHIN_HOURS);
    if (at === null) return;
    const key = [...clock(at), ...clock(firedAt), 1];
    if (draw(WHEN.reacts, ...key) < leaning(habits.pushReacts, ids, at))
      react(noticeId, ids, at + delayMs(...key), key);
  };
  /** Nobody tells of it: what the owner does then is done on Duly's pages, and acknowledges the newest notice. */
  const rings = (id: string, at: Instant): void => {
    const owed = open.get(id);
    if (!owed || owed.bill.owner.paidAt !== undefined) return;
    outcome.notices++;
    outcome.pushes++;
    const noticeId = owed.entries.at(-1)?.noticeId ?? `calendar ${at}`;
    pushed(noticeId, [id], at);
  };
  const see = (noticeId: string, ids: readonly string[], seen: 'closed' | 'acknowledged', at: Instant): void => {
    for (const id of ids) {
      const owed = open.get(id);
      if (!owed) continue;
      owed.entries = owed.entries.map((entry) => (entry.noticeId === noticeId ? seenAs(entry, seen, at) : entry));
      owed.isHeard ||= seen === 'acknowledged';
    }
  };
  const react = (noticeId: string, ids: readonly string[], at: Instant, key: readonly number[]): void =>
    add(at, (now) => {
      see(noticeId, ids, 'acknowledged', now);
      changed(now);
      for (const [index, id] of ids.entries()) {
        const owed = open.get(id);
        if (owed && draw(WHEN.pays, index, ...key) < habits.pays) owed.bill = { ...owed.bill, owner: { paidAt: now } };
        const isPaid = owed?.bill.owner.paidAt !== undefined;
        for (const armed of armedAhead.keys())
          if (armed.startsWith(`${id}|`) && (isPaid || owed?.dueDay === dayOf(now))) armedAhead.delete(armed);
      }
      // The reminders that are still promised are asked for again: what was paid has none.
      wake(now);
    });

  for (const [index, { dueDays, readDaysBefore }] of person.bills.entries()) {
    for (const [month, dueDay] of dueDays.entries()) {
      const id = `made-up/default/${index}-${month}`;
      outcome.bills++;
      const readAt = startOf(addDays(dueDay, -readDaysBefore[month]!)) + 20 * HOUR_MS;
      const paidOn = addDays(dueDay, -1 - Math.floor(8 * draw(WHEN.unasked, index, month, 1)));
      const paidAt = draw(WHEN.unasked, index, month) < habits.paysUnasked ? startOf(paidOn) + 20.5 * HOUR_MS : null;
      add(readAt, (now) => {
        watchedFrom ??= now;
        const bill = madeUp({ id, key: id, dueDay, owedSince: now, readAt: now, statementDay: null });
        open.set(id, { bill, dueDay, isHeard: false, entries: [] });
        wake(now + 1);
        if (policy.isInCalendar) for (const at of slotsFrom(now, dueDay, policy.rules)) add(at, () => rings(id, at));
      });
      if (paidAt !== null)
        add(paidAt, (now) => {
          const owed = open.get(id)!;
          owed.isHeard = true;
          owed.bill = { ...owed.bill, owner: { paidAt: now } };
        });
      add(endOf(dueDay), () => {
        const owed = open.get(id)!;
        if (!owed.isHeard) outcome.missed++;
        past.push(...owed.entries);
        open.delete(id);
      });
    }
  }
  for (let event = events.pop(); event; event = events.pop()) event.run(event.at);
  return outcome;
}

/** The moments of the rules between the reading and the end of the due day. */
function slotsFrom(readAt: Instant, dueDay: Day, { leadDays, beforeHour, dueHours }: Rules): Instant[] {
  const leads = leadDays.map((lead) => startOf(addDays(dueDay, -lead)) + beforeHour * HOUR_MS);
  return [...leads, ...dueHours.map((hour) => startOf(dueDay) + hour * HOUR_MS)].filter((at) => at > readAt);
}

function entryOf(
  reminderId: string,
  billId: string,
  kind: LedgerEntry['kind'],
  day: Day,
  channel: string,
  noticeId: string,
  plannedAt: Instant,
  firedAt: Instant,
): LedgerEntry {
  return {
    id: `${reminderId}|${channel}|${DEVICE}`,
    reminderId,
    billId,
    kind,
    day,
    channel,
    device: DEVICE,
    noticeId,
    plannedAt,
    firedAt,
    outcome: 'accepted',
    settledAt: firedAt,
    failure: null,
    lateMs: Math.max(0, firedAt - plannedAt),
    lateWhy: null,
    seen: 'unknown',
    seenAt: null,
  };
}
