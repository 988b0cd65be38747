/** How long a channel is given before the next one is asked, by how near the due day is. */
import { useState } from 'preact/hooks';
import { HOUR_MS, MINUTE_MS } from '../../core/day.ts';
import {
  DEFAULT_PATIENCE,
  isPatience,
  LONGEST_PATIENCE_MS,
  type Patience,
  WAITS,
  type Wait,
} from '../../core/reminder/patience.ts';
import type { DashboardProps } from './dashboard.tsx';

export function PatienceForm({ view, words, ask }: DashboardProps) {
  const { patience } = view.channels;
  const [wrong, setWrong] = useState<readonly Wait[]>([]);
  const [told, setTold] = useState<'saved' | 'no-answer' | null>(null);
  const save = (given: Patience): void => {
    setTold(null);
    void ask({ do: 'patience', patience: given }).then(
      () => setTold('saved'),
      () => setTold('no-answer'), // what was typed stays in the form
    );
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const typed = new FormData(form);
    const given = WAITS.map((wait) => [wait, waitFrom(typed, wait)] as const);
    const refused = given.filter(([, ms]) => ms === null).map(([wait]) => wait);
    setWrong(refused);
    setTold(null);
    if (refused[0]) (form.elements.namedItem(refused[0]) as HTMLElement).focus();
    else save(Object.fromEntries(given) as Patience);
  };
  const isDefault = WAITS.every((wait) => patience[wait] === DEFAULT_PATIENCE[wait]);
  return (
    <section aria-labelledby="patience">
      <h3 id="patience">{words.say('patienceTitle')}</h3>
      <p class="quiet">{words.say('patienceText')}</p>
      <form onSubmit={submit} noValidate key={JSON.stringify(patience)}>
        <div class="waits">
          {WAITS.map((wait) => {
            const unit = patience[wait] % HOUR_MS === 0 ? HOUR_MS : MINUTE_MS;
            const label = words.say(`wait_${wait}`);
            const isWrong = wrong.includes(wait);
            return (
              <div class="wait" key={wait}>
                <label for={`wait-${wait}`}>{label}</label>
                <input
                  id={`wait-${wait}`}
                  name={wait}
                  inputMode="numeric"
                  autocomplete="off"
                  maxLength={4}
                  defaultValue={String(patience[wait] / unit)}
                  aria-invalid={isWrong}
                  aria-describedby={isWrong ? `wait-${wait}-wrong` : undefined}
                />
                <select name={`${wait}-unit`} aria-label={words.say('patienceUnit', label)}>
                  <option value={MINUTE_MS} selected={unit === MINUTE_MS}>
                    {words.say('patienceMinutes')}
                  </option>
                  <option value={HOUR_MS} selected={unit === HOUR_MS}>
                    {words.say('patienceHours')}
                  </option>
                </select>
                {isWrong && (
                  <span class="mistake" id={`wait-${wait}-wrong`}>
                    {words.say('patienceWrong', String(LONGEST_PATIENCE_MS[wait] / HOUR_MS))}
                  </span>
                )}
              </div>
            );
          })}
        </div>
        <p class="acts">
          <button type="submit">{words.say('patienceSave')}</button>
          {!isDefault && (
            <button type="button" onClick={() => save(DEFAULT_PATIENCE)}>
              {words.say('patienceReset')}
            </button>
          )}
        </p>
      </form>
      <p role="status">{told && words.say(told === 'saved' ? 'ruleSaved' : 'channelNoAnswer')}</p>
    </section>
  );
}

/** Null: no whole number, or out of bounds. */
function waitFrom(typed: FormData, wait: Wait): number | null {
  const text = String(typed.get(wait) ?? '').trim();
  const ms = /^\d{1,4}$/.test(text) ? Number(text) * Number(typed.get(`${wait}-unit`)) : Number.NaN;
  return isPatience(wait, ms) ? ms : null;
}
