/** One bill by hand. Nothing that was typed is lost: a mistake is said beside its field, and the text stays. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { BillGiven } from '../../app/edit-bill.ts';
import type { Bill } from '../../core/bill.ts';
import { formatFen } from '../../core/money.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import { useLentFocus } from '../parts/lent-focus.ts';
import { useOwnId } from '../parts/own-id.ts';
import { type BillField, givenFrom, type Mistakes } from './bill-form-fields.ts';

interface BillFormProps {
  /** Null: a new bill. */
  readonly bill: Bill | null;
  /** False: a page read it, and only the note is the owner's. */
  readonly isOwners: boolean;
  readonly isMonthly: boolean;
  readonly words: Words;
  /** False when it could not be saved. */
  readonly save: (given: BillGiven) => Promise<boolean>;
  readonly close: () => void;
}

export function BillForm({ bill, isOwners, isMonthly, words, save, close }: BillFormProps) {
  const id = useOwnId();
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [isSaving, setSaving] = useState(false);
  const [isFailed, setFailed] = useState(false);
  const heading = useLentFocus();
  const [isDayUnknown, setDayUnknown] = useState(bill !== null && bill.dueDay === null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const { given, mistakes: found } = givenFrom(new FormData(form));
    const wrong = isOwners ? found : {};
    setMistakes(wrong);
    setFailed(false);
    const [first] = Object.keys(wrong);
    if (first) {
      (form.elements.namedItem(first) as HTMLElement | null)?.focus(); // absent when the field is hidden
      return;
    }
    setSaving(true);
    const isSaved = await save(isOwners || !bill ? given : { ...asGiven(bill), note: given.note }).catch(() => false);
    setSaving(false);
    if (isSaved) close();
    else setFailed(true);
  };
  const field = (name: BillField, title: MessageKey, input: (props: FieldProps) => ComponentChildren) => {
    const mistake = mistakes[name];
    return (
      <div class="field">
        <label for={`${id}-${name}`}>{words.say(title)}</label>
        {input({
          id: `${id}-${name}`,
          name,
          'aria-invalid': mistake !== undefined,
          'aria-describedby': mistake ? `${id}-${name}-mistake` : undefined,
        })}
        {mistake && (
          <p class="mistake" id={`${id}-${name}-mistake`}>
            {words.say(mistake)}
          </p>
        )}
      </div>
    );
  };
  const amount = (known: Bill['remainingFen'] | undefined) => (props: FieldProps) => (
    <input {...props} inputMode="decimal" autocomplete="off" defaultValue={known == null ? '' : formatFen(known)} />
  );
  return (
    <form class="bill-form" onSubmit={submit} noValidate aria-busy={isSaving} aria-labelledby={`${id}-heading`}>
      <h3 id={`${id}-heading`} class="clamp" tabIndex={-1} ref={heading}>
        {bill ? words.say('formEdit', bill.title) : words.say('formAdd')}
      </h3>
      {!isOwners && <p class="remark">{words.say('formOnlyNote')}</p>}
      {isOwners && (
        <>
          {field('title', 'formTitle', (props) => (
            <input {...props} maxLength={100} autocomplete="off" defaultValue={bill?.title ?? ''} />
          ))}
          {field('dueDay', 'formDueDay', (props) => (
            <input {...props} type="date" disabled={isDayUnknown} defaultValue={bill?.dueDay ?? ''} />
          ))}
          <label class="check">
            <input
              type="checkbox"
              name="isDayUnknown"
              checked={isDayUnknown}
              onChange={(event) => setDayUnknown(event.currentTarget.checked)}
            />
            {words.say('formDayUnknown')}
          </label>
          {field('remaining', 'formRemaining', amount(bill?.remainingFen))}
          {field('minimum', 'formMinimum', amount(bill?.minimumFen))}
          <div class="field">
            <label for={`${id}-statement`}>{words.say('formStatementDay')}</label>
            <input id={`${id}-statement`} name="statementDay" type="date" defaultValue={bill?.statementDay ?? ''} />
          </div>
          <label class="check">
            <input type="checkbox" name="isMonthly" defaultChecked={isMonthly} />
            {words.say('formMonthly')}
          </label>
          {mistakes.isMonthly && <p class="mistake">{words.say(mistakes.isMonthly)}</p>}
        </>
      )}
      <div class="field">
        <label for={`${id}-note`}>{words.say('formNote')}</label>
        <textarea id={`${id}-note`} name="note" rows={2} maxLength={500} defaultValue={bill?.owner.note ?? ''} />
      </div>
      {isFailed && <p role="alert">{words.say('formFailed')}</p>}
      <div class="acts">
        <button type="submit" class="main">
          {words.say('formSave')}
        </button>
        <button type="button" onClick={close}>
          {words.say('formCancel')}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

function asGiven({ title, dueDay, remainingFen, minimumFen, statementDay }: Bill): BillGiven {
  return { title, dueDay, remainingFen, minimumFen, statementDay, note: '', isMonthly: false };
}
