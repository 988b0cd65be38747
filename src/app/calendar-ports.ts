/** The door to the owner's calendar. */
import type { CalendarEntry } from '../core/calendar.ts';
import type { CalendarLogin } from '../core/calendar-state.ts';
import type { Instant } from '../core/day.ts';
import type { Delivery } from './ports.ts';

/** An entry with the name that it has in every calendar, made of nothing that tells whose or what it is. */
export interface NamedEntry extends CalendarEntry {
  readonly uid: string;
}

export interface FoundCalendar {
  readonly url: string;
  readonly name: string;
}

export type CalendarFailure = Extract<Delivery, { kind: 'failed' }>;

export type FoundCalendars = { readonly kind: 'found'; readonly calendars: readonly FoundCalendar[] } | CalendarFailure;

/** Calendars on a server of the owner's (CalDAV). Never throws: what went wrong comes back as a code. */
export interface Calendars {
  /** iCalendar text of these entries as of `stamp`; `showsDetails`: with amount and lender in the words. */
  render(entries: readonly NamedEntry[], choices: { showsDetails: boolean; stamp: Instant }): string;
  /** Writes one entry over its former self; what the owner added to it stays. `etag` as the last `put` gave it. */
  put(
    login: CalendarLogin,
    entry: { readonly href: string; readonly etag: string | null; readonly isNew: boolean; readonly text: string },
  ): Promise<{ readonly kind: 'done'; readonly etag: string | null } | CalendarFailure>;
  /** An entry that is not there is removed. */
  remove(login: CalendarLogin, href: string): Promise<{ readonly kind: 'done' } | CalendarFailure>;
  /** Whether the entry still stands in the calendar. */
  has(login: CalendarLogin, href: string): Promise<{ readonly kind: 'done'; readonly has: boolean } | CalendarFailure>;
}
