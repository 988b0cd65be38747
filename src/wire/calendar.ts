/** The background's part in the owner's calendar: the door to the server, and one thing at a time. */
import { calendarFile, chooseCalendar, keepInStep, showDetails, stopCalendar, writeNow } from '../app/calendar.ts';
import type { Ports } from '../app/ports.ts';
import { language, say } from '../browser/pages.ts';
import { siteAccess } from '../browser/site-permissions.ts';
import { errorName } from '../core/error-name.ts';
import { openCalendars } from '../delivery/calendar/caldav.ts';
import { wordsIn } from '../i18n/words.ts';
import type { OwnMessage, Replies } from '../messages/own.ts';
import { oneAtATime } from './in-turn.ts';

const calendars = openCalendars(
  { fetch: (...asked) => fetch(...asked), isAllowed: siteAccess.has },
  wordsIn(say, language()),
);

/** Two runs at once would write one entry twice. */
const inTurn = oneAtATime();

/** After every pass, and never in its way; what fails is in the calendar's own state. */
export async function calendarAtWake(ports: Ports): Promise<void> {
  try {
    await inTurn(() => keepInStep(ports, calendars));
  } catch (error) {
    ports.log.warn('calendar-run-failed', { name: errorName(error) });
  }
}

type Asked = Extract<OwnMessage, { do: `calendar-${string}` }>;

export async function answerCalendar(ports: Ports, message: Asked): Promise<Replies[Asked['do']]> {
  switch (message.do) {
    case 'calendar-choose':
      return inTurn(() => chooseCalendar(ports, calendars, message.account));
    case 'calendar-details':
      return inTurn(() => showDetails(ports, calendars, message.showsDetails));
    case 'calendar-now':
      return inTurn(() => writeNow(ports, calendars));
    case 'calendar-stop':
      return inTurn(() => stopCalendar(ports, calendars, message.removes));
    case 'calendar-file':
      return calendarFile(ports, calendars, message.showsDetails);
  }
}
