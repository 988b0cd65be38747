/** Every door to the outside; the calendar's and the sync's own are in calendar-ports.ts and sync-ports.ts. */
import type { Bill, BillId, OwnerMarks } from '../core/bill.ts';
import type { Calendar } from '../core/calendar-state.ts';
import type { ChannelSetting, Loudness } from '../core/channel/setting.ts';
import type { Contact } from '../core/contact.ts';
import type { Day, Instant } from '../core/day.ts';
import type { Habit } from '../core/habit.ts';
import type { Lost } from '../core/lost.ts';
import type { Fen } from '../core/money.ts';
import type { Reading } from '../core/reading.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Refresh } from '../core/refresh.ts';
import type { Channels } from '../core/reminder/chain.ts';
import type { Account } from '../core/reminder/expected.ts';
import type { Notice } from '../core/reminder/notice.ts';
import type { LedgerEntry, Seen } from '../core/reminder/reminder.ts';
import type { Rules } from '../core/rules.ts';
import type { Sync } from '../core/sync-setting.ts';
import type { Welcome } from '../core/welcome.ts';
import type { BadgeFacts } from './badge.ts';
import type { Glance } from './glance.ts';
import type { LastImport } from './import-bills.ts';
import type { FormerAccounts, SyncDoor } from './sync-ports.ts';
import type { UnwrittenMemory } from './unwritten.ts';

export interface Clock {
  now(): Instant;
}

/** The last look at one account page, and what it leaves to expect. */
export interface SiteState extends Account {
  readonly kind: Reading['kind'];
  readonly why: string | null;
  readonly at: Instant;
}

/** One thing the owner did to a bill: kept beside the reminders, so that the story of a bill is whole. */
export interface OwnerActEntry {
  readonly id: string;
  readonly billId: BillId;
  readonly do: OwnerActName | 'rules' | 'statement';
  readonly via: 'notice' | 'popup' | 'dashboard';
  readonly at: Instant;
  readonly until: Instant | null;
}

/** `hide`: silent on this browser alone; never shared. */
type Undoable = 'paid' | 'mute' | 'hide' | 'snooze' | 'acknowledge';
export type OwnerActName = Undoable | `un${Undoable}`;

/** A real reminder that the owner asked for, to see the whole scheduled path work. */
export interface SelfTest {
  readonly at: Instant;
  /** What the owner said afterwards; null while they were not asked or did not answer. */
  readonly wasSeen: boolean | null;
}

export interface Known {
  readonly bills: readonly Bill[];
  readonly state: SiteState | null;
}

export interface Taken {
  readonly bills: readonly Bill[];
  /** Rows to drop. */
  readonly goneIds?: readonly BillId[];
  readonly state: SiteState;
}

/** A bill that the owner deleted, and what was expected after it. */
export interface BinnedBill {
  readonly bill: Bill;
  readonly state: SiteState | null;
  readonly at: Instant;
}

export interface BillsKnown {
  readonly bills: readonly Bill[];
  readonly states: readonly SiteState[];
  /** The last deleted one first. */
  readonly bin: readonly BinnedBill[];
  /** Null once it was taken back. */
  readonly lastImport: LastImport | null;
}

export interface BillsChange {
  readonly put?: readonly Bill[];
  readonly remove?: readonly BillId[];
  readonly putStates?: readonly SiteState[];
  readonly removeStates?: readonly Pick<SiteState, 'siteId' | 'account'>[];
  /** The whole bin as it is from now on. */
  readonly bin?: readonly BinnedBill[];
  readonly lastImport?: LastImport | null;
}

export interface Store extends Glance {
  /** Everything that `look` reads is of one moment: no write comes between. It must not write. */
  together<T>(look: () => Promise<T>): Promise<T>;
  /** Bills that may still cost their owner money, by due day; read over an index, never a full scan. */
  watchedBills(): Promise<Bill[]>;
  /** Whatever their state, over an index; those without a day are not among them. */
  billsDueSince(day: Day): Promise<Bill[]>;
  /** Every bill, latest due day first, those without a day before all: for people to read, never for the pass. */
  allBills(): Promise<Bill[]>;
  /** One transaction: `change` gets what is known of the account and returns what to write; nothing is kept when it throws. */
  takeReading(siteId: string, account: string, change: (known: Known) => Taken): Promise<void>;
  /** One transaction over all bills, for what the owner writes, imports or deletes; nothing is kept when `change` throws or gives null. */
  rewriteBills(change: (known: BillsKnown) => BillsChange | null): Promise<void>;
  /** Changes the owner's marks alone and keeps the act, in one transaction; false when there is no such bill. An act of the same id is replaced. */
  mark(act: OwnerActEntry, change: (owner: OwnerMarks) => OwnerMarks): Promise<boolean>;
  /** What the owner did to a bill, oldest first. */
  actsOf(billId: BillId): Promise<OwnerActEntry[]>;
  /** The site's bills that have one of these keys, whatever their account. */
  billsWithKeys(siteId: string, keys: readonly string[]): Promise<Bill[]>;
  /** Made once for this vault; what tells accounts apart is hashed with it. */
  salt(): Promise<string>;
  saveRules(rules: Rules): Promise<void>;
  /** A random name of this browser, made once. */
  deviceId(): Promise<string>;
  lastPassAt(): Promise<Instant | null>;
  savePass(at: Instant): Promise<void>;

  ledgerOf(billIds: readonly BillId[]): Promise<LedgerEntry[]>;
  /** Adds or replaces, in one transaction. */
  record(entries: readonly LedgerEntry[]): Promise<void>;
  /** Writes what the owner did with a notice, or with one bill of it; the strongest word stays (acknowledged > clicked > closed). */
  recordSeen(noticeId: string, seen: Seen, at: Instant, billId?: BillId): Promise<LedgerEntry[]>;
  /** Takes an acknowledgement back: the entries of this notice and bill are unseen again. */
  forgetSeen(noticeId: string, billId: BillId): Promise<void>;
  /** Writes what became of entries that are already there, without touching what the owner did with them. */
  amend(ids: readonly string[], change: (entry: LedgerEntry) => LedgerEntry): Promise<void>;
  noticeEntries(noticeId: string): Promise<LedgerEntry[]>;
  /** The newest entries first. */
  latestEntries(most: number): Promise<LedgerEntry[]>;
  /** Drops entries fired before `before`, except those of watched bills; returns how many. */
  prune(before: Instant): Promise<number>;
  /** What was learnt of the owner's hours; null when nothing was, or when the row is damaged. */
  habit(): Promise<Habit | null>;
  saveHabit(habit: Habit): Promise<void>;
  selfTest(): Promise<SelfTest | null>;
  saveSelfTest(test: SelfTest | null): Promise<void>;
  welcome(): Promise<Welcome | null>;
  saveWelcome(welcome: Welcome): Promise<void>;

  contact(): Promise<Contact>;
  /** One transaction; gives what is now written. */
  changeContact(change: (contact: Contact) => Contact): Promise<Contact>;
  channels(): Promise<Channels>;
  changeChannels(change: (channels: Channels) => Channels): Promise<Channels>;
  refresh(): Promise<Refresh>;
  changeRefresh(change: (refresh: Refresh) => Refresh): Promise<Refresh>;
  calendar(): Promise<Calendar>;
  changeCalendar(change: (calendar: Calendar) => Calendar): Promise<Calendar>;
  sync(): Promise<Sync>;
  changeSync(change: (sync: Sync) => Sync): Promise<Sync>;
  /** What the owner means to spend on debts in a month; null: nothing was set. */
  budget(): Promise<Fen | null>;
  saveBudget(budget: Fen | null): Promise<void>;
  lost(): Promise<Lost | null>;
  saveLost(lost: Lost | null): Promise<void>;
  saveClosedSites(siteIds: readonly string[]): Promise<void>;

  saveRecipe(recipe: Recipe): Promise<void>;
  /** The recipe and the state of its page go; the bills that it read stay. */
  removeRecipe(id: string): Promise<void>;
}

/** The doorbell. It carries no truth: losing it costs at most a heartbeat. */
export interface Alarm {
  /** When it will next ring; null when none is set. */
  armedFor(): Promise<Instant | null>;
  arm(at: Instant): Promise<void>;
}

export type Delivery =
  | {
      readonly kind: 'accepted';
      /** The service's own name of the message, where it has one: what `withdraw` needs. */
      readonly receipt?: string;
    }
  | {
      readonly kind: 'failed';
      readonly code: string;
      /** The service asked for this much silence, or will refuse for that long. */
      readonly pauseMs?: number;
    };

export interface Channel {
  readonly id: string;
  /** Never throws: what went wrong comes back as a code. */
  send(notice: Notice, loudness?: Loudness): Promise<Delivery>;
  /** Takes the message back where the service can; never throws. True when nothing is left to take back. */
  withdraw(noticeId: string, receipt?: string): Promise<boolean>;
  /** Hands the message to the service now, to be delivered at `at` unless it is withdrawn. Only where a service can do both. */
  arm?(notice: Notice, at: Instant, loudness: Loudness): Promise<Delivery>;
  /** How far ahead `arm` may be asked. */
  readonly armAheadMs?: number;
  /** Finds out at set-up what `health.canWithdraw` is; null when it cannot be told now. Asks the service; never throws. */
  probe?(): Promise<{ readonly canWithdraw: boolean | null }>;
}

/** The desktop's own notices. `create` with an id that is shown replaces it. Rejects when the browser refuses. */
export interface DesktopNotices {
  create(id: string, notice: DesktopNotice): Promise<void>;
  clear(id: string): Promise<void>;
  /** False when the browser says that its notices are switched off; the system's own switch cannot be seen. */
  isAllowed(): Promise<boolean>;
}

export interface DesktopNotice {
  readonly title: string;
  readonly message: string;
  /** Shown where the browser has buttons; the index comes back with the press. */
  readonly buttons: readonly string[];
  /** Stays on the screen until it is dealt with, where the browser can. */
  readonly isSticky: boolean;
}

export interface Badge {
  show(facts: BadgeFacts): Promise<void>;
}

/** Codes and facts only: no amount, no name, no secret. */
export interface Log {
  warn(code: string, facts?: Record<string, string | number>): void;
}

export interface Ids {
  /** A new random name, never used before. */
  next(): string;
  /** SHA-256 of the text, as hex digits. */
  hash(text: string): Promise<string>;
}

export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly store: Store;
  readonly alarm: Alarm;
  readonly channels: readonly Channel[];
  /** The channel behind what the owner set up. */
  readonly channelFor: (setting: ChannelSetting) => Channel;
  readonly badge: Badge;
  readonly log: Log;
  readonly unwritten?: UnwrittenMemory;
  /** The background's alone: no page syncs. */
  readonly sync?: SyncDoor;
  /** The background's alone: no page takes a reading. */
  readonly accounts?: FormerAccounts;
}
