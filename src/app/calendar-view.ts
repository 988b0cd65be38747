/** What our pages may know of the calendar: never the password. */
import { type Calendar, type CalendarCover, calendarCover } from '../core/calendar-state.ts';
import type { Instant } from '../core/day.ts';

export interface CalendarView {
  /** Null: none is connected. */
  readonly account: {
    readonly name: string;
    readonly server: string;
    readonly user: string;
    readonly showsDetails: boolean;
  } | null;
  readonly entries: number;
  readonly missing: number;
  readonly writtenAt: Instant | null;
  readonly failure: string | null;
  readonly failedAt: Instant | null;
  readonly cover: CalendarCover | null;
}

export function calendarViewOf(calendar: Calendar, now: Instant): CalendarView {
  const { account, written, missing, writtenAt, failure, failedAt } = calendar;
  return {
    account: account && {
      name: account.name,
      server: account.server,
      user: account.user,
      showsDetails: account.showsDetails,
    },
    entries: Object.keys(written).length,
    missing,
    writtenAt,
    failure,
    failedAt,
    cover: calendarCover(calendar, now),
  };
}
