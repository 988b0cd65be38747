/** When to be reminded: the same fields as on the dashboard. The way on saves what was changed. */
import { useState } from 'preact/hooks';
import { billRulesFrom, RuleFields } from '../parts/rule-fields.tsx';
import { hasUnsaved } from '../parts/unsaved.ts';
import type { WelcomeProps } from './welcome.tsx';

interface DaysFormProps extends WelcomeProps {
  readonly id: string;
  /** Saved, or nothing to save. */
  readonly next: () => void;
}

export function DaysForm({ id, next, view: { rules }, words, ask }: DaysFormProps) {
  const [said, setSaid] = useState<'ruleWrong' | 'popupNotDone' | null>(null);
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (!hasUnsaved(form)) {
      next();
      return;
    }
    const hours = billRulesFrom(new FormData(form));
    setSaid(hours ? null : 'ruleWrong');
    if (!hours) return;
    const { quiet, zone } = rules;
    void ask({ do: 'rules', rules: { ...hours, quiet, zone } }).then(next, () => setSaid('popupNotDone'));
  };
  return (
    <>
      <p>{words.say('welcomeDaysText')}</p>
      <form id={id} onSubmit={save} key={rules.since}>
        <RuleFields rules={rules} words={words} />
        {said && <p role="alert">{words.say(said)}</p>}
      </form>
    </>
  );
}
