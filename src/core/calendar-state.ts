/** The calendar that the owner chose, and what was written into it. The password never leaves the store but for its server. */
import { DAY_MS, HOUR_MS, type Instant, isInstant, MINUTE_MS } from './day.ts';
import { pauseEnd } from './pause.ts';

export interface CalendarLogin {
  /** The address as the owner typed it. */
  readonly server: string;
  readonly user: string;
  readonly password: string;
}

export interface CalendarAccount extends CalendarLogin {
  /** The calendar itself; ends with a slash. */
  readonly url: string;
  readonly name: string;
  /** Amount and lender stand in the entries only where the owner said so. */
  readonly showsDetails: boolean;
}

export interface WrittenEntry {
  readonly href: string;
  /** Null: the server did not say; the next change reads first. */
  readonly etag: string | null;
  /** Of the entry's text without its time stamp. */
  readonly hash: string;
  readonly lastAlarmAt: Instant;
}

export interface Calendar {
  readonly account: CalendarAccount | null;
  /** By UID. */
  readonly written: Readonly<Record<string, WrittenEntry>>;
  /** The last run that met no failure. */
  readonly writtenAt: Instant | null;
  /** When it was last seen that the entries still stand there. */
  readonly checkedAt: Instant | null;
  /** Entries that should stand there and do not yet, as of the last run. */
  readonly missing: number;
  /** The code of the last run's failure; null when it met none. */
  readonly failure: string | null;
  readonly failedAt: Instant | null;
  /** The server asked for silence until then. */
  readonly pausedUntil: Instant | null;
  /** Failed runs in a row. */
  readonly failures: number;
}

export const NO_CALENDAR: Calendar = {
  account: null,
  written: {},
  writtenAt: null,
  checkedAt: null,
  missing: 0,
  failure: null,
  failedAt: null,
  pausedUntil: null,
  failures: 0,
};

export interface CalendarCover {
  /** The last alarm that stands in the calendar: until then a phone rings without the browser. */
  readonly until: Instant;
  /** False: some bill's entry is not there yet, or the last try failed, so that changes since are missing. */
  readonly isWhole: boolean;
}

/** Null: no calendar covers anything after `now`. */
export function calendarCover({ account, written, missing, failure }: Calendar, now: Instant): CalendarCover | null {
  const until = Math.max(0, ...Object.values(written).map(({ lastAlarmAt }) => lastAlarmAt));
  return account && until > now ? { until, isWhole: missing === 0 && failure === null } : null;
}

/** What stops the tries until the owner looks: asking again changes nothing, and may lock the account. */
const HOPELESS: readonly string[] = ['calendar-wrong-login', 'calendar-not-allowed', 'calendar-elsewhere'];
const LONGEST_WAIT_MS = 6 * HOUR_MS;

/** False while a failed calendar is left in peace. A moment ahead was written under a wrong clock and holds nothing back. */
export function isCalendarDue({ failure, failedAt, failures, pausedUntil }: Calendar, now: Instant): boolean {
  if (failure === null || failedAt === null || failedAt > now) return true;
  if (pauseEnd(pausedUntil, now) !== null) return false;
  const waitMs = HOPELESS.includes(failure)
    ? DAY_MS
    : Math.min(5 * MINUTE_MS * 2 ** Math.min(failures - 1, 10), LONGEST_WAIT_MS);
  return now >= failedAt + waitMs;
}

export function calendarFailed(
  calendar: Calendar,
  { code, pauseMs = 0, missing }: { readonly code: string; readonly pauseMs?: number; readonly missing: number },
  now: Instant,
): Calendar {
  // The calendar is gone, and with it everything that was written there.
  const written = code === 'calendar-not-found' ? {} : calendar.written;
  const pausedUntil = pauseMs > 0 ? now + Math.min(pauseMs, DAY_MS) : null;
  return {
    ...calendar,
    written,
    missing,
    failure: code,
    failedAt: now,
    pausedUntil,
    failures: calendar.failures + 1,
  };
}

export function calendarDone(calendar: Calendar, missing: number, now: Instant): Calendar {
  return { ...calendar, missing, writtenAt: now, failure: null, failedAt: null, pausedUntil: null, failures: 0 };
}

/** Where an entry of ours stands. */
export function hrefOf(calendarUrl: string, uid: string): string {
  return `${calendarUrl}${uid}.ics`;
}

/** A row as it may be believed: a damaged account is none, a damaged entry was never written. */
export function soundCalendar(raw: unknown): Calendar {
  const row = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<Calendar>;
  const written = Object.entries(row.written ?? {}).filter(
    ([, entry]) => isText(entry?.href) && isText(entry.hash) && isInstant(entry.lastAlarmAt),
  );
  return {
    account: soundAccount(row.account),
    written: Object.fromEntries(
      written.map(([uid, entry]) => [uid, { ...entry, etag: isText(entry.etag) ? entry.etag : null }]),
    ),
    writtenAt: isInstant(row.writtenAt) ? row.writtenAt : null,
    checkedAt: isInstant(row.checkedAt) ? row.checkedAt : null,
    missing: isCount(row.missing) ? row.missing : 0,
    failure: isText(row.failure) ? row.failure : null,
    failedAt: isInstant(row.failedAt) ? row.failedAt : null,
    pausedUntil: isInstant(row.pausedUntil) ? row.pausedUntil : null,
    failures: isCount(row.failures) ? row.failures : 0,
  };
}

function soundAccount(row: CalendarAccount | null | undefined): CalendarAccount | null {
  if (!row || ![row.server, row.user, row.password, row.url, row.name].every(isText)) return null;
  return { ...row, showsDetails: row.showsDetails === true };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
