/** What the owner means to spend on debts in a month; an empty field takes it back. */
import { useState } from 'preact/hooks';
import { type Fen, formatFen, parseFen } from '../../core/money.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import { useOwnId } from '../parts/own-id.ts';

interface BudgetFormProps {
  readonly budgetFen: Fen | null;
  readonly words: Words;
  readonly ask: Ask;
}

export function BudgetForm({ budgetFen, words, ask }: BudgetFormProps) {
  const id = useOwnId();
  const [said, setSaid] = useState<MessageKey | null>(null);
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget as HTMLFormElement).get('budget') ?? '').trim();
    const budget = typed === '' ? null : parseFen(typed);
    if (typed !== '' && budget === null) {
      setSaid('costBudgetWrong');
      return;
    }
    void ask({ do: 'budget', budget }).then(
      () => setSaid('costBudgetSaved'),
      () => setSaid('formFailed'),
    );
  };
  const isWrong = said === 'costBudgetWrong' || said === 'formFailed';
  return (
    <form onSubmit={save} noValidate key={budgetFen}>
      <div class="field">
        <label for={id}>{words.say('costBudget')}</label>
        <input
          id={id}
          name="budget"
          inputMode="decimal"
          autocomplete="off"
          aria-invalid={isWrong}
          aria-describedby={`${id}-said`}
          defaultValue={budgetFen === null ? '' : formatFen(budgetFen)}
        />
      </div>
      <div class="acts">
        <button type="submit">{words.say('costBudgetSave')}</button>
        <span id={`${id}-said`} role="status" class={isWrong ? 'refused' : undefined}>
          {said && words.say(said)}
        </span>
      </div>
    </form>
  );
}
