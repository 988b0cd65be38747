/** 申诉材料: one bill's story, to print or to hand over. */
import './evidence.css';
import { useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { type Day, dayOf } from '../../core/day.ts';
import { EVIDENCE_FIELDS, type EvidenceField } from '../../core/evidence.ts';
import { BillPicker } from '../parts/bill-picker.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { EvidenceActs } from './evidence-acts.tsx';
import { EvidenceCheckPanel } from './evidence-check.tsx';
import { EvidencePaper } from './evidence-paper.tsx';
import { EvidenceStatement } from './evidence-statement.tsx';
import { NoBills } from './no-bills.tsx';
import { useEvidence } from './use-evidence.ts';

/** What a person hands over without having thought about it: nothing that tells of their devices. */
const USUAL: readonly EvidenceField[] = EVIDENCE_FIELDS.filter((field) => field !== 'devices');

export function Evidence(props: DashboardProps) {
  const { view, words, now, ask } = props;
  const [chosenId, setChosenId] = useState(props.detail ?? '');
  const bill = view.allBills.find(({ id }) => id === chosenId) ?? usualOf(view.allBills, dayOf(now));
  const [fields, setFields] = useState(USUAL);
  const made = useEvidence(bill, fields, props);
  if (!bill) {
    return (
      <>
        <section>
          <NoBills {...props} />
        </section>
        <EvidenceCheckPanel words={words} ask={ask} />
      </>
    );
  }
  const toggle = (field: EvidenceField): void =>
    setFields(EVIDENCE_FIELDS.filter((each) => fields.includes(each) !== (each === field)));
  return (
    <>
      <section class="no-print">
        <p>{words.say('evidenceText')}</p>
        <BillPicker bills={view.allBills} chosen={bill} choose={({ id }) => setChosenId(id)} words={words} />
        <fieldset>
          <legend>{words.say('evidenceFields')}</legend>
          {EVIDENCE_FIELDS.map((field) => (
            <label class="check" key={field}>
              <input type="checkbox" checked={fields.includes(field)} onChange={() => toggle(field)} />
              {words.say(`evidenceField_${field}`)}
            </label>
          ))}
        </fieldset>
        <EvidenceStatement key={bill.id} bill={bill} words={words} ask={ask} />
        <EvidenceActs evidence={made === 'failed' ? null : made} words={words} />
      </section>
      {made === 'failed' && <p role="alert">{words.say('evidenceFailed')}</p>}
      {made !== null && made !== 'failed' && <EvidencePaper evidence={made} words={words} />}
      <EvidenceCheckPanel words={words} ask={ask} />
    </>
  );
}

/** What an appeal is about: the last bill whose day has come; the first of the list where there is none. */
function usualOf(bills: readonly Bill[], today: Day): Bill | null {
  return bills.find(({ dueDay }) => dueDay !== null && dueDay <= today) ?? bills[0] ?? null;
}
