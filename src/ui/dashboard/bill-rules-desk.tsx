/** One bill's own rules. Saved or given back to the general ones; what was typed wrong is said and kept. */
import { useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { useLentFocus } from '../parts/lent-focus.ts';
import { billRulesFrom, RuleFields } from '../parts/rule-fields.tsx';
import type { DashboardProps } from './dashboard.tsx';

interface BillRulesDeskProps extends Pick<DashboardProps, 'view' | 'words' | 'ask'> {
  readonly bill: Bill;
  readonly close: () => void;
}

export function BillRulesDesk({ bill, view, words, ask, close }: BillRulesDeskProps) {
  const [isWrong, setWrong] = useState(false);
  const [isFailed, setFailed] = useState(false);
  const heading = useLentFocus();
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const rules = billRulesFrom(new FormData(event.currentTarget as HTMLFormElement));
    setWrong(rules === null);
    if (rules === null) return;
    await keep(rules);
  };
  const keep = async (rules: ReturnType<typeof billRulesFrom>): Promise<void> => {
    const { ok } = await ask({ do: 'bill-rules', billId: bill.id, rules }).catch(() => ({ ok: false }));
    setFailed(!ok);
    if (ok) close();
  };
  return (
    <section class="bill-form" aria-labelledby="bill-rules">
      <h3 id="bill-rules" class="clamp" tabIndex={-1} ref={heading}>
        {words.say('billRules', bill.title)}
      </h3>
      <form onSubmit={save}>
        <RuleFields rules={{ ...view.rules, ...bill.owner.rules }} words={words} />
        <div class="acts">
          <button type="submit" class="main">
            {words.say('ruleSave')}
          </button>
          {bill.owner.rules && (
            <button type="button" onClick={() => void keep(null)}>
              {words.say('billRulesGeneral')}
            </button>
          )}
          <button type="button" onClick={close}>
            {words.say('billRulesClose')}
          </button>
        </div>
        {isWrong && <p role="alert">{words.say('ruleWrong')}</p>}
        {isFailed && <p role="alert">{words.say('formFailed')}</p>}
      </form>
    </section>
  );
}
