/** Plays a scenario day by day through the real pass, with time, storage and desktop in memory. */
import { act } from '../../src/app/owner-acts.ts';
import type { Channel, Ports, SiteState } from '../../src/app/ports.ts';
import { remind, type Wake } from '../../src/app/remind.ts';
import type { Bill } from '../../src/core/bill.ts';
import { addMonths, daysBetween, type Instant, MINUTE_MS } from '../../src/core/day.ts';
import type { Notice } from '../../src/core/reminder/notice.ts';
import type { Kind } from '../../src/core/reminder/reminder.ts';
import { type MemoryStore, memoryStore } from '../fakes/memory-store.ts';
import type { Scenario, ScenarioAct, ScenarioBill } from './scenario.ts';

export interface PlayedNotice {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly kind: Kind;
  readonly bills: readonly string[];
  readonly channel: string;
  readonly lateMinutes: number;
}

/** Two due days this near are the same month's bill. */
const SAME_MONTH_DAYS = 10;

/** A year at four heartbeats a day is 1 500 passes; this ends a scenario that never would. */
const MOST_PASSES = 200_000;

export async function play(scenario: Scenario): Promise<{ notices: PlayedNotice[]; store: MemoryStore }> {
  const store = memoryStore();
  await store.saveRules(scenario.rules);
  const notices: PlayedNotice[] = [];
  let now = scenario.from;
  let acts = 0;
  let armed: Instant | null = null;
  const desktop: Channel = {
    id: 'desktop',
    send: async (notice) => {
      notices.push(played(notice, now));
      return { kind: 'accepted' };
    },
    withdraw: async () => true,
  };
  const ports: Ports = {
    clock: { now: () => now },
    ids: { next: () => `act-${++acts}`, hash: async (text) => text },
    store,
    alarm: {
      armedFor: async () => armed,
      arm: async (at) => {
        armed = at;
      },
    },
    channels: [desktop],
    channelFor: () => desktop,
    badge: { show: async () => {} },
    log: { warn: () => {} },
  };

  const events = [
    ...scenario.bills.map((bill) => ({ at: bill.readAt, bill })),
    ...scenario.acts.map((owner) => ({ at: owner.at, owner })),
  ].sort((a, b) => a.at - b.at);
  let next = 0;
  let wake: Wake = 'start-up';
  for (let pass = 0; pass < MOST_PASSES && now <= scenario.to; pass++) {
    const asleepUntil = scenario.asleep.find(([start, end]) => now >= start && now < end)?.[1];
    for (; next < events.length && events[next]!.at <= now; next++) await happen(events[next]!, ports);
    if (asleepUntil === undefined) await remind(ports, wake);
    const coming = Math.min(
      asleepUntil ?? armed ?? Number.POSITIVE_INFINITY,
      events[next]?.at ?? Number.POSITIVE_INFINITY,
    );
    wake = asleepUntil !== undefined && coming === asleepUntil ? 'active' : coming === armed ? 'alarm' : 'message';
    now = Math.max(coming, now + 1);
  }
  return { notices, store };
}

async function happen(
  event: { at: Instant; bill: ScenarioBill } | { at: Instant; owner: ScenarioAct },
  ports: Ports,
): Promise<void> {
  if ('bill' in event) await read(event.bill, ports);
  else await doAct(event.owner, ports);
}

async function read(bill: ScenarioBill, { store }: Ports): Promise<void> {
  const former = await store.bill(bill.key);
  const row: Bill = {
    ...former,
    id: bill.key,
    siteId: 'scenario',
    account: bill.key,
    family: 'issued',
    key: bill.key,
    title: bill.title,
    dueDay: bill.dueDay,
    dueDayIs: 'stated',
    statementDay: null,
    totalFen: null,
    remainingFen: bill.remainingFen,
    minimumFen: null,
    overdueFeeFen: null,
    standing: bill.remainingFen === null ? 'unknown' : bill.remainingFen > 0 ? 'open' : 'settled',
    doubts: [],
    source: 'responses',
    owedSince: former && former.dueDay === bill.dueDay && former.remainingFen !== 0 ? former.owedSince : bill.readAt,
    readAt: bill.readAt,
    owner: former?.owner ?? {},
  };
  for (const state of await store.siteStates()) {
    if (isNextOf(bill, state))
      await store.takeReading(state.siteId, state.account, () => ({
        bills: [],
        state: { ...state, lastMonthly: null },
      }));
  }
  const state: SiteState = {
    siteId: row.siteId,
    account: row.account,
    kind: 'bills',
    why: null,
    at: bill.readAt,
    billsReadAt: bill.readAt,
    lastMonthly: bill.dueDay && { title: bill.title, statementDay: null, dueDay: bill.dueDay },
    issuedReadAt: bill.readAt,
    signedOutSince: null,
  };
  await store.takeReading(row.siteId, row.account, () => ({ bills: [row], state }));
}

/** Each bill of a scenario begins a monthly debt of its own, unless it is the next month of one that is known. */
function isNextOf(bill: ScenarioBill, { account, lastMonthly }: SiteState): boolean {
  if (account === bill.key || !lastMonthly || !bill.dueDay) return false;
  const expected = addMonths(lastMonthly.dueDay, 1);
  return Math.abs(daysBetween(expected, bill.dueDay)) <= SAME_MONTH_DAYS;
}

async function doAct({ do: name, key, until }: ScenarioAct, ports: Ports): Promise<void> {
  if (name !== 'close') await act(ports, { do: name, billId: key, via: 'notice', until });
}

function played(notice: Notice, now: Instant): PlayedNotice {
  return {
    at: new Date(now).toISOString(),
    kind: notice.kind,
    bills: [...new Set(notice.bills.map((bill) => keyOf(bill.id)))],
    channel: 'desktop',
    lateMinutes: Math.floor(notice.lateMs / MINUTE_MS),
  };
}

/** An expected bill is told by the key of the bill that it follows. */
function keyOf(billId: string): string {
  return /^scenario\/(.*)\/(?:expected:.*|sign-in)$/.exec(billId)?.[1] ?? billId;
}
