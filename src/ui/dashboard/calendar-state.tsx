/** A connected calendar: what stands in it, how far it covers, what went wrong, and the ways out. */
import { useState } from 'preact/hooks';
import type { CalendarView } from '../../app/calendar-view.ts';
import { serverAddress } from '../../core/server-address.ts';
import type { CalendarPanelProps } from './calendar-panel.tsx';

interface CalendarStateProps extends CalendarPanelProps {
  readonly account: NonNullable<CalendarView['account']>;
}

export function CalendarState({ view, words, now, ask, allow, account }: CalendarStateProps) {
  const { entries, missing, writtenAt, failure, failedAt, cover } = view.calendar;
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const run = async (work: () => Promise<string | null>): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    setTrouble(await work().catch(() => words.say('calendarNoAnswer')));
    setBusy(false);
  };
  const write = (): void => {
    // A permission that was taken back can be given again here.
    const asked = allow(serverAddress(account.server)?.patterns ?? [], true);
    void run(async () => {
      if (!(await asked.catch(() => false))) return words.say('calendarDenied');
      await ask({ do: 'calendar-now' });
      return null;
    });
  };
  const showDetails = (event: Event): void => {
    const showsDetails = (event.currentTarget as HTMLInputElement).checked;
    void run(async () => {
      await ask({ do: 'calendar-details', showsDetails });
      return null;
    });
  };
  const stop = (removes: boolean): void =>
    void run(async () => {
      const answer = await ask({ do: 'calendar-stop', removes });
      return answer.kind === 'failed' ? words.say('calendarStopFailed', words.failure(answer.code)) : null;
    });
  return (
    <>
      <p>{words.say('calendarConnected', account.name, account.user)}</p>
      <p role="status">
        {isBusy
          ? words.say('calendarUsing')
          : writtenAt !== null &&
            (entries > 0
              ? words.say('calendarWritten', String(entries), words.moment(writtenAt))
              : words.say('calendarWrittenNone'))}
        {!isBusy && missing > 0 && ` ${words.say('calendarMissing', String(missing))}`}
      </p>
      {cover && <p>{words.say('calendarCovered', words.moment(cover.until))}</p>}
      {failure !== null && (
        <p class="remark" role="alert">
          {words.say('calendarFailed', words.ago(failedAt ?? now, now), words.failure(failure))}
        </p>
      )}
      <label class="check">
        <input
          type="checkbox"
          name="calendarDetails"
          checked={account.showsDetails}
          disabled={isBusy}
          onChange={showDetails}
        />
        {words.say('calendarDetails')}
      </label>
      <p class="acts">
        <button type="button" class="main" disabled={isBusy} onClick={write}>
          {words.say('calendarNow')}
        </button>
        <button type="button" disabled={isBusy} onClick={() => stop(true)}>
          {words.say('calendarStop')}
        </button>
        <button type="button" disabled={isBusy} onClick={() => stop(false)}>
          {words.say('calendarForget')}
        </button>
      </p>
      {trouble && <p role="alert">{trouble}</p>}
    </>
  );
}
