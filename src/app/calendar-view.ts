/** What our pages may know of the calendar: never the password. */
import { type Calendar, type CalendarAccount, type CalendarCover, calendarCover } from '../core/calendar-state.ts';
import type { Instant } from '../core/day.ts';

export interface CalendarView extends Pick<Calendar, 'missing' | 'writtenAt' | 'failure' | 'failedAt'> {
  /** Null: none is connected. */
  readonly account: Pick<CalendarAccount, 'name' | 'server' | 'user' | 'showsDetails'> | null;
  readonly entries: number;
  readonly cover: CalendarCover | null;
}

export function calendarViewOf(calendar: Calendar, now: Instant): CalendarView {
  const { account, written, missing, writtenAt, failure, failedAt } = calendar;
  return {
    account: account && shown(account),
    entries: Object.keys(written).length,
    missing,
    writtenAt,
    failure,
    failedAt,
    cover: calendarCover(calendar, now),
  };
}

function shown({ name, server, user, showsDetails }: CalendarAccount): CalendarView['account'] {
  return { name, server, user, showsDetails };
}
