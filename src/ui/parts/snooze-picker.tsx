/** 稍后提醒: tonight, tomorrow morning, or a moment of one's own. A moment that has passed is refused beside the field. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Instant } from '../../core/day.ts';
import type { SnoozeChoice } from '../../core/reminder/snooze.ts';
import type { Words } from '../../i18n/words.ts';

interface SnoozePickerProps {
  readonly choices: readonly SnoozeChoice[];
  readonly words: Words;
  readonly now: Instant;
  readonly pick: (until: Instant) => void;
  /** What else may be done about the bill, after the moments. */
  readonly children?: ComponentChildren;
}

export function SnoozePicker({ choices, words, now, pick, children }: SnoozePickerProps) {
  const [isWrong, setWrong] = useState(false);
  const pickOwn = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement).get('until');
    // A datetime-local field is read on the clock of this machine, as it was typed.
    const until = new Date(String(typed)).getTime();
    setWrong(!(until > now));
    if (until > now) pick(until);
  };
  return (
    <details>
      <summary>{words.say('actionLater')}</summary>
      <div class="acts">
        {choices.map(({ name, until }) => (
          <button key={name} type="button" onClick={() => pick(until)}>
            {words.say(`snooze_${name}`)} {words.moment(until)}
          </button>
        ))}
      </div>
      <form class="acts" onSubmit={pickOwn}>
        <label>
          {words.say('snooze_own')}
          <input name="until" type="datetime-local" required />
        </label>
        <button type="submit">{words.say('snoozeSet')}</button>
        {isWrong && <span role="alert">{words.say('snoozeWrong')}</span>}
      </form>
      {children}
    </details>
  );
}
