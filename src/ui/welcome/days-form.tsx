/** When to be reminded: the same fields as on the dashboard, with nothing that needs a thought on the first day. */
import { useState } from 'preact/hooks';
import { billRulesFrom, RuleFields } from '../parts/rule-fields.tsx';
import type { WelcomeProps } from './welcome.tsx';

export function DaysForm({ view: { rules }, words, ask }: WelcomeProps) {
  const [said, setSaid] = useState<'ruleSaved' | 'ruleWrong' | 'popupNotDone' | null>(null);
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const hours = billRulesFrom(new FormData(event.currentTarget as HTMLFormElement));
    setSaid(hours ? null : 'ruleWrong');
    if (!hours) return;
    const { quiet, zone } = rules;
    void ask({ do: 'rules', rules: { ...hours, quiet, zone } }).then(
      () => setSaid('ruleSaved'),
      () => setSaid('popupNotDone'),
    );
  };
  return (
    <>
      <p>{words.say('welcomeDaysText')}</p>
      <form onSubmit={save} key={rules.since}>
        <RuleFields rules={rules} words={words} />
        <button type="submit">{words.say('ruleSave')}</button>
        <span role="status">{said === 'ruleSaved' && words.say(said)}</span>
        {said !== null && said !== 'ruleSaved' && <p role="alert">{words.say(said)}</p>}
      </form>
    </>
  );
}
