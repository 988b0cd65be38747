/** The owner's rules. Nothing is saved until the form says so, and what was typed wrong is said beside it. */
import { useState } from 'preact/hooks';
import { SHANGHAI } from '../../core/day.ts';
import type { Rules } from '../../core/rules.ts';
import type { RulesGiven } from '../../messages/own.ts';
import { billRulesFrom, RuleFields } from '../parts/rule-fields.tsx';
import { clockOf, hourOf } from '../parts/typed.ts';
import type { DashboardProps } from './dashboard.tsx';

export function RulesForm({ view, words, ask }: DashboardProps) {
  const { rules } = view;
  const zones = [...new Set([rules.zone, SHANGHAI, Intl.DateTimeFormat().resolvedOptions().timeZone])];
  const [isSaved, setSaved] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const given = rulesFrom(new FormData(event.currentTarget as HTMLFormElement), rules);
    setWrong(given === null);
    setSaved(false);
    if (given === null) return;
    await ask({ do: 'rules', rules: given });
    setSaved(true);
  };
  return (
    <section aria-labelledby="rules">
      <h3 id="rules">{words.say('rules')}</h3>
      <form onSubmit={save} key={rules.since}>
        <RuleFields rules={rules} words={words} />
        <fieldset>
          <legend>{words.say('ruleQuiet')}</legend>
          <label>
            {words.say('ruleQuietFrom')}
            <input name="quietFrom" type="time" defaultValue={rules.quiet ? clockOf(rules.quiet.fromHour) : ''} />
          </label>
          <label>
            {words.say('ruleQuietTo')}
            <input name="quietTo" type="time" defaultValue={rules.quiet ? clockOf(rules.quiet.toHour) : ''} />
          </label>
          <p class="quiet">{words.say('ruleQuietText')}</p>
        </fieldset>
        {/* Where there is nothing to choose, nothing is asked. */}
        {zones.length > 1 && (
          <label>
            {words.say('ruleZone')}
            <select name="zone">
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="submit" class="main">
          {words.say('ruleSave')}
        </button>
        <span role="status">{isSaved && words.say('ruleSaved')}</span>
        {isWrong && <p role="alert">{words.say('ruleWrong')}</p>}
      </form>
    </section>
  );
}

/** Null when something typed is no day count or no hour. */
function rulesFrom(form: FormData, former: Rules): RulesGiven | null {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const hours = billRulesFrom(form);
  const [fromHour, toHour] = [hourOf(text('quietFrom')), hourOf(text('quietTo'))];
  if (hours === null) return null;
  const quiet = fromHour === null || toHour === null || fromHour === toHour ? null : { fromHour, toHour };
  return { ...hours, quiet, zone: text('zone') || former.zone };
}
