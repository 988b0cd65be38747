/** 稍后提醒: tonight, tomorrow morning, or a moment of one's own. A moment that has passed is refused beside the field. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Instant } from '../../core/day.ts';
import type { SnoozeChoice } from '../../core/reminder/snooze.ts';
import { isolated } from '../../i18n/isolated.ts';
import type { Words } from '../../i18n/words.ts';
import { ActButton } from './act-button.tsx';

interface SnoozePickerProps {
  readonly choices: readonly SnoozeChoice[];
  /** The bill's title. */
  readonly of: string;
  readonly words: Words;
  readonly now: Instant;
  readonly pick: (until: Instant) => void;
  /** What else may be done about the bill, after the moments. */
  readonly children?: ComponentChildren;
}

export function SnoozePicker({ choices, of, words, now, pick, children }: SnoozePickerProps) {
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
      <summary aria-label={words.say('actionOf', words.say('actionLater'), isolated(of))}>
        {words.say('actionLater')}
      </summary>
      <div class="acts">
        {choices.map(({ name, until }) => (
          <ActButton
            key={name}
            {...{ words, of }}
            text={`${words.say(`snooze_${name}`)} ${words.moment(until)}`}
            onClick={() => pick(until)}
          />
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
