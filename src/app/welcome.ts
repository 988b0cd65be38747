/** The first page of all: opened by itself once in the life of this store, and left off and resumed at will. */
import type { Bill } from '../core/bill.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import type { Rules } from '../core/rules.ts';
import type { WelcomeStep } from '../core/welcome.ts';
import { MOST_COUNTED } from './glance.ts';
import type { Ports, SelfTest } from './ports.ts';

export interface WelcomeView {
  readonly step: WelcomeStep;
  readonly rules: Rules;
  readonly selfTest: SelfTest | null;
  /** The newest of the ledger: whether the test's notice was taken stands there. */
  readonly entries: readonly LedgerEntry[];
  /** The soonest bill of a known amount; null while none was read. */
  readonly bill: Bill | null;
  /** As far as they were counted. */
  readonly bills: number;
  /** A page showed what is owed, be it nothing. */
  readonly wasRead: boolean;
  readonly isCounted: boolean;
}

/** As much as a test can have left behind it. */
const MOST_ENTRIES = 50;
const MOST_BILLS = 20;

/** True once. Written before the page is opened: whatever dies in between, it does not come twice. */
export async function isFirstTime({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<boolean> {
  if ((await store.welcome()) !== null) return false;
  await store.saveWelcome({ step: 'promise', at: clock.now() });
  return true;
}

export async function welcomeViewOf({ store }: Pick<Ports, 'store'>): Promise<WelcomeView> {
  const [welcome, rules, selfTest, entries, { bills, count }, sites] = await Promise.all([
    store.welcome(),
    store.rules(),
    store.selfTest(),
    store.latestEntries(MOST_ENTRIES),
    store.firstWatched(MOST_BILLS, MOST_COUNTED),
    store.siteStates(),
  ]);
  const bill = bills.find(({ remainingFen }) => remainingFen !== null) ?? null;
  return {
    step: welcome?.step ?? 'promise',
    rules,
    selfTest,
    entries,
    bill,
    bills: count,
    wasRead: sites.some(({ billsReadAt }) => billsReadAt !== null),
    isCounted: count < MOST_COUNTED,
  };
}
