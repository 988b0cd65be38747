/**
 * The owner's calendar, kept in step with the bills: differences only, a few requests at a time, each result kept at
 * once. It stands beside the pass and never in its way.
 */
import { elsewhere, isWatched } from '../core/bill.ts';
import { type CalendarEntry, calendarEntries, KEPT_DAYS } from '../core/calendar.ts';
import {
  type Calendar,
  type CalendarAccount,
  calendarDone,
  calendarFailed,
  hrefOf,
  isCalendarDue,
  NO_CALENDAR,
} from '../core/calendar-state.ts';
import { addDays, dayOf, HOUR_MS } from '../core/day.ts';
import { expectedBills } from '../core/reminder/expected.ts';
import type { CalendarFailure, Calendars, NamedEntry } from './calendar-ports.ts';
import type { Ports } from './ports.ts';

type Doors = Pick<Ports, 'store' | 'clock' | 'ids'>;

/** What one wake may ask of the server; the rest comes with the next. */
const MOST_CHANGES = 20;
/** A worker of the browser's lives for 30 seconds after its last event. */
const RUN_MS = 15_000;
/** What the owner deletes in the calendar by hand is seen, and written again, within this time. */
const CHECK_EVERY_MS = 20 * HOUR_MS;
/** One entry's trouble; the others go on. */
const OF_ONE_ENTRY: readonly string[] = ['calendar-refused', 'calendar-conflict', 'calendar-too-large'];

export type CalendarOutcome =
  | { readonly kind: 'done'; readonly written: number; readonly missing: number }
  | CalendarFailure;

/** What should stand in a calendar now, under names that tell nothing of the bill. */
export async function wantedEntries({ store, clock, ids }: Doors): Promise<NamedEntry[]> {
  const salt = await store.salt();
  const now = clock.now();
  const entries = await store.together(async () => {
    const [dated, sites, rules, habit] = await Promise.all([
      store.billsDueSince(addDays(dayOf(now), -KEPT_DAYS)),
      store.siteStates(),
      store.rules(),
      store.habit(),
    ]);
    // The calendar is all browsers': what is silent on this one alone stays in it.
    const bills = dated.map(elsewhere).filter(isWatched);
    const ledger = await store.ledgerOf(bills.map(({ id }) => id));
    return calendarEntries([...bills, ...expectedBills(sites, now)], rules, now, habit, ledger);
  });
  const uidOf = async ({ billId }: CalendarEntry): Promise<string> =>
    `duly-${(await ids.hash(`${salt}|calendar|${billId}`)).slice(0, 32)}`;
  return Promise.all(entries.map(async (entry) => ({ ...entry, uid: await uidOf(entry) })));
}

/** The file for a calendar that is not connected. */
export async function calendarFile(
  ports: Doors,
  calendars: Calendars,
  showsDetails: boolean,
): Promise<{ text: string; count: number }> {
  const entries = (await wantedEntries(ports)).filter(({ alarms }) => alarms.length > 0);
  const text = calendars.render(entries, { showsDetails, stamp: ports.clock.now() });
  return { text, count: entries.length };
}

/**
 * Keeps the choice and writes what is owed at once, so that the owner sees it work. Another calendar is left only when
 * our entries are out of it: nobody would silence them there when the bill is paid.
 */
export async function chooseCalendar(
  ports: Doors,
  calendars: Calendars,
  account: CalendarAccount,
): Promise<CalendarOutcome> {
  const { account: former } = await ports.store.calendar();
  if (former && former.url !== account.url) {
    const left = await stopCalendar(ports, calendars, true);
    if (left.kind === 'failed') return left;
  }
  await ports.store.changeCalendar(({ account: same, written }) => ({
    ...NO_CALENDAR,
    account,
    written: same ? written : {},
    checkedAt: ports.clock.now(),
  }));
  return writeNow(ports, calendars);
}

/** The owner asked: no waiting after a failure. */
export async function writeNow(ports: Doors, calendars: Calendars): Promise<CalendarOutcome> {
  await ports.store.changeCalendar((calendar) => ({ ...calendar, failedAt: null, pausedUntil: null }));
  await keepInStep(ports, calendars);
  const { failure, written, missing } = await ports.store.calendar();
  if (failure !== null) return { kind: 'failed', code: failure };
  return { kind: 'done', written: Object.keys(written).length, missing };
}

export async function showDetails(ports: Doors, calendars: Calendars, showsDetails: boolean): Promise<CalendarOutcome> {
  await ports.store.changeCalendar((calendar) =>
    calendar.account ? { ...calendar, account: { ...calendar.account, showsDetails } } : calendar,
  );
  return writeNow(ports, calendars);
}

/** Forgets the account and its password; with `removes`, only after our entries are out of the calendar. */
export async function stopCalendar(
  ports: Doors,
  calendars: Calendars,
  removes: boolean,
): Promise<CalendarFailure | { readonly kind: 'done' }> {
  const { account, written } = await ports.store.calendar();
  if (account && removes) {
    for (const [uid, { href }] of Object.entries(written)) {
      const answer = await calendars.remove(account, href);
      if (answer.kind === 'failed' && answer.code !== 'calendar-not-found') return answer;
      await forget(ports, uid);
    }
  }
  await ports.store.changeCalendar(() => NO_CALENDAR);
  return { kind: 'done' };
}

/** At every wake, after the pass. Idempotent; it writes only what differs from what was last written. */
export async function keepInStep(ports: Doors, calendars: Calendars): Promise<void> {
  const { store, clock } = ports;
  const before = await store.calendar();
  const { account } = before;
  if (!account || !isCalendarDue(before, clock.now())) return;
  const lost = await lookForLost(ports, calendars, account, before);
  if (lost) return fail(ports, lost, before.missing);
  const changes = await changesOf(ports, calendars, account);
  if (changes.length === 0 && before.failure === null && before.missing === 0 && before.writtenAt !== null) return;
  const until = clock.now() + RUN_MS;
  let missing = changes.filter(({ isWrite }) => isWrite).length;
  let trouble: CalendarFailure | null = null;
  for (const { isWrite, make } of changes.slice(0, MOST_CHANGES)) {
    if (clock.now() >= until) break;
    const failure = await make();
    if (failure === null && isWrite) missing -= 1;
    trouble = failure ?? trouble;
    if (failure !== null && !OF_ONE_ENTRY.includes(failure.code)) break;
  }
  if (trouble !== null) return fail(ports, trouble, missing);
  await store.changeCalendar((calendar) => calendarDone(calendar, missing, clock.now()));
}

async function fail({ store, clock }: Doors, { code, pauseMs }: CalendarFailure, missing: number): Promise<void> {
  const failed = { code, missing, ...(pauseMs === undefined ? {} : { pauseMs }) };
  await store.changeCalendar((calendar) => ({
    ...calendarFailed(calendar, failed, clock.now()),
    // A refusal may mean that the whole calendar is gone: the next run looks.
    ...(OF_ONE_ENTRY.includes(code) ? { checkedAt: null } : {}),
  }));
}

/** Once in a while: what no longer stands in the calendar was not written, as far as the next step goes. */
async function lookForLost(
  { store, clock }: Doors,
  calendars: Calendars,
  account: CalendarAccount,
  { written, checkedAt }: Calendar,
): Promise<CalendarFailure | null> {
  const now = clock.now();
  const isRecent = checkedAt !== null && Math.abs(now - checkedAt) < CHECK_EVERY_MS;
  if (Object.keys(written).length === 0 || isRecent) return null;
  // What rings next matters most; what rang already is of no use.
  const ringing = Object.entries(written).filter(([, { lastAlarmAt }]) => lastAlarmAt > now);
  ringing.sort(([, a], [, b]) => a.lastAlarmAt - b.lastAlarmAt);
  for (const [uid, { href }] of ringing.slice(0, MOST_CHANGES)) {
    if (clock.now() >= now + RUN_MS) break;
    const answer = await calendars.has(account, href);
    if (answer.kind === 'done' && !answer.has) await forget({ store }, uid);
    if (answer.kind === 'failed' && !OF_ONE_ENTRY.includes(answer.code)) return answer;
  }
  await store.changeCalendar((calendar) => ({ ...calendar, checkedAt: now }));
  return null;
}

interface Change {
  /** False: something is taken out. */
  readonly isWrite: boolean;
  readonly make: () => Promise<CalendarFailure | null>;
}

/** The soonest due day first, removals last. */
async function changesOf(ports: Doors, calendars: Calendars, account: CalendarAccount): Promise<Change[]> {
  const { store, clock, ids } = ports;
  const { showsDetails } = account;
  const now = clock.now();
  const wanted = await wantedEntries(ports);
  const { written } = await store.calendar();
  const changes: Change[] = [];
  for (const entry of wanted) {
    const { uid } = entry;
    const former = written[uid];
    const lastAlarmAt = entry.alarms.at(-1) ?? 0;
    // Nothing would ring any more.
    if (!former && lastAlarmAt <= now) continue;
    const hash = await ids.hash(calendars.render([entry], { showsDetails, stamp: 0 }));
    if (former?.hash === hash) continue;
    const make = async (): Promise<CalendarFailure | null> => {
      const href = former?.href ?? hrefOf(account.url, uid);
      const text = calendars.render([entry], { showsDetails, stamp: clock.now() });
      const answer = await calendars.put(account, { href, etag: former?.etag ?? null, isNew: !former, text });
      if (answer.kind === 'failed') return answer;
      const now = { href, etag: answer.etag, hash, lastAlarmAt };
      await store.changeCalendar((calendar) => ({ ...calendar, written: { ...calendar.written, [uid]: now } }));
      return null;
    };
    changes.push({ isWrite: true, make });
  }
  const names = new Set(wanted.map(({ uid }) => uid));
  for (const [uid, { href }] of Object.entries(written)) {
    if (names.has(uid)) continue;
    const make = async (): Promise<CalendarFailure | null> => {
      const answer = await calendars.remove(account, href);
      if (answer.kind === 'failed') return answer;
      await forget(ports, uid);
      return null;
    };
    changes.push({ isWrite: false, make });
  }
  return changes;
}

async function forget({ store }: Pick<Ports, 'store'>, uid: string): Promise<void> {
  await store.changeCalendar((calendar) => {
    const { [uid]: _, ...written } = calendar.written;
    return { ...calendar, written };
  });
}
