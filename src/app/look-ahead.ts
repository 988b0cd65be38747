/** What is watched and what the planner makes of it: the pass, the popup and the dashboard ask here. */
import type { Bill } from '../core/bill.ts';
import { type Contact, contactBills } from '../core/contact.ts';
import type { Instant } from '../core/day.ts';
import type { Habit } from '../core/habit.ts';
import { type Channels, chainOf } from '../core/reminder/chain.ts';
import { type Escalation, escalate } from '../core/reminder/escalate.ts';
import { expectedBills } from '../core/reminder/expected.ts';
import { historyOf } from '../core/reminder/history.ts';
import { type Plan, plan } from '../core/reminder/plan.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import type { Rules } from '../core/rules.ts';
import { type Sync, syncBills } from '../core/sync-setting.ts';
import type { Ports, SelfTest, SiteState, Store } from './ports.ts';
import { selfTestBill } from './self-test.ts';

export interface Ahead {
  /** Bills that were read and are still watched, then those that are expected. */
  readonly bills: readonly Bill[];
  readonly sites: readonly SiteState[];
  readonly ledger: readonly LedgerEntry[];
  readonly device: string;
  readonly rules: Rules;
  readonly plan: Plan;
  readonly channels: Channels;
  readonly escalation: Escalation;
  readonly sync: Sync;
  /** When to look again at the latest. */
  readonly wakeAt: Instant;
}

export async function lookAhead({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<Ahead> {
  const now = clock.now();
  // Made at the first look of all, which is a write.
  const device = await store.deviceId();
  return store.together(async () => {
    const [watched, sites, rules, test, contact, channels, habit, sync] = await Promise.all([
      store.watchedBills(),
      store.siteStates(),
      store.rules(),
      store.selfTest(),
      store.contact(),
      store.channels(),
      store.habit(),
      store.sync(),
    ]);
    return ahead({ watched, sites, rules, test, contact, channels, habit, sync, device, now }, store);
  });
}

interface Looked {
  readonly watched: readonly Bill[];
  readonly sites: readonly SiteState[];
  readonly rules: Rules;
  readonly test: SelfTest | null;
  readonly contact: Contact;
  readonly channels: Channels;
  readonly habit: Habit | null;
  readonly sync: Sync;
  readonly device: string;
  readonly now: Instant;
}

async function ahead(looked: Looked, store: Store): Promise<Ahead> {
  const { watched, sites, rules, test, contact, channels, habit, sync, device, now } = looked;
  const bills = [
    ...watched,
    ...expectedBills(sites, now),
    ...contactBills(contact, now),
    ...syncBills(sync, device, now),
    ...(test ? selfTestBill(test.at, now) : []),
  ];
  const ledger = await store.ledgerOf(bills.map((bill) => bill.id));
  const planned = plan(bills, rules, historyOf(ledger, device), now, habit);
  const escalation = escalate(bills, rules, ledger, device, chainOf(channels), now);
  const wakeAt = escalation.next.reduce((soonest, { at }) => Math.min(soonest, at), planned.wakeAt);
  return { bills, sites, ledger, device, rules, plan: planned, channels, escalation, sync, wakeAt };
}
