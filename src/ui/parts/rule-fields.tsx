/** The part of the rules that a single bill may have of its own: fields, and what was typed into them. */
import type { BillRules } from '../../core/rules.ts';
import type { Words } from '../../i18n/words.ts';
import { clockOf, hourOf, numbersOf } from './typed.ts';

export function RuleFields({ rules, words }: { readonly rules: BillRules; readonly words: Words }) {
  return (
    <>
      <label>
        {words.say('ruleLeadDays')}
        <input name="leadDays" defaultValue={rules.leadDays.join(', ')} inputMode="numeric" />
      </label>
      <label>
        {words.say('ruleBeforeHour')}
        <input name="beforeHour" type="time" defaultValue={clockOf(rules.beforeHour)} required />
      </label>
      <label>
        {words.say('ruleDueHours')}
        <input name="dueHours" defaultValue={rules.dueHours.map(clockOf).join(', ')} required />
      </label>
      <label>
        {words.say('ruleOverdueHour')}
        <input name="overdueHour" type="time" defaultValue={clockOf(rules.overdueHour)} required />
      </label>
    </>
  );
}

interface GivenHours {
  leadDays: number[];
  beforeHour: number;
  dueHours: number[];
  overdueHour: number;
}

/** Null when something typed is no day count or no hour. */
export function billRulesFrom(form: FormData): GivenHours | null {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const leadDays = numbersOf(text('leadDays'), 60);
  const dueHours = text('dueHours')
    .split(/[,，、\s]+/)
    .filter(Boolean)
    .map(hourOf);
  const [beforeHour, overdueHour] = [hourOf(text('beforeHour')), hourOf(text('overdueHour'))];
  if (leadDays === null || beforeHour === null || overdueHour === null) return null;
  if (dueHours.length === 0 || dueHours.includes(null)) return null;
  return { leadDays, beforeHour, dueHours: dueHours as number[], overdueHour };
}
