/** What is watched and what the planner makes of it, of one moment: the pass, the dashboard and all who ask what comes next. */
import type { Bill } from '../core/bill.ts';
import { type Contact, contactBills } from '../core/contact.ts';
import type { Instant } from '../core/day.ts';
import { type Lost, lostBills } from '../core/lost.ts';
import { type Channels, chainOf } from '../core/reminder/chain.ts';
import { type Escalation, escalate } from '../core/reminder/escalate.ts';
import { expectedBills } from '../core/reminder/expected.ts';
import { believed, historyOf } from '../core/reminder/history.ts';
import { type Plan, plan } from '../core/reminder/plan.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import type { Rules } from '../core/rules.ts';
import { type Sync, syncBills } from '../core/sync-setting.ts';
import type { Ports, SelfTest, SiteState } from './ports.ts';
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
  readonly lost: Lost | null;
  /** When to look again at the latest. */
  readonly wakeAt: Instant;
}

export async function lookAhead({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<Ahead> {
  const now = clock.now();
  // Made at the first look of all, which is a write.
  const device = await store.deviceId();
  return store.together(async () => {
    const [watched, sites, rules, test, contact, channels, habit, sync, lost] = await Promise.all([
      store.watchedBills(),
      store.siteStates(),
      store.rules(),
      store.selfTest(),
      store.contact(),
      store.channels(),
      store.habit(),
      store.sync(),
      store.lost(),
    ]);
    const bills = [...watched, ...askedBills({ sites, contact, sync, lost, device, test }, now)];
    const ledger = believed(await store.ledgerOf(bills.map((bill) => bill.id)), now);
    const planned = plan(bills, rules, historyOf(ledger, device), now, habit);
    const escalation = escalate(bills, rules, ledger, device, chainOf(channels), now);
    const wakeAt = wakeAtOf(planned, escalation);
    return { bills, sites, ledger, device, rules, plan: planned, channels, escalation, sync, lost, wakeAt };
  });
}

/** When the planner or the next step of the escalation wants to look again, whichever comes first. */
export function wakeAtOf({ wakeAt }: Plan, { next }: Escalation): Instant {
  return next.reduce((soonest, { at }) => Math.min(soonest, at), wakeAt);
}

interface Asking {
  readonly sites: readonly SiteState[];
  readonly contact: Contact;
  readonly sync: Sync;
  readonly lost: Lost | null;
  readonly device: string;
  readonly test: SelfTest | null;
}

/** What is asked of the owner besides the bills that were read. */
export function askedBills({ sites, contact, sync, lost, device, test }: Asking, now: Instant): Bill[] {
  return [
    ...expectedBills(sites, now),
    ...contactBills(contact, now),
    ...syncBills(sync, device, now),
    ...lostBills(lost, device),
    ...(test ? selfTestBill(test.at, now) : []),
  ];
}
