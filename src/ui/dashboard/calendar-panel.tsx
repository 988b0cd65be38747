/** The owner's calendar: connect, choose, see it written; how it fares; and the file for those who connect nothing. */
import './calendar.css';
import type { FoundCalendars } from '../../app/calendar-ports.ts';
import type { CalendarView } from '../../app/calendar-view.ts';
import type { CalendarLogin } from '../../core/calendar-state.ts';
import type { Instant } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import type { Allow } from '../parts/allow.ts';
import { CalendarConnect } from './calendar-connect.tsx';
import { CalendarFile } from './calendar-file.tsx';
import { CalendarState } from './calendar-state.tsx';

export interface CalendarPanelProps {
  /** `DashboardView` has it. */
  readonly view: { readonly calendar: CalendarView };
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  /** Asks the server; never rejects. Nothing is kept. */
  readonly findCalendars: (login: CalendarLogin) => Promise<FoundCalendars>;
  readonly allow: Allow;
}

export function CalendarPanel(props: CalendarPanelProps) {
  const { view, words } = props;
  const { account } = view.calendar;
  return (
    <>
      <section aria-labelledby="calendar">
        <h3 id="calendar">{words.say('calendarTitle')}</h3>
        <p class="quiet">{words.say('calendarText')}</p>
        {account ? <CalendarState {...props} account={account} /> : <CalendarConnect {...props} />}
      </section>
      <CalendarFile {...props} />
    </>
  );
}
