/** The recipe tried at once: what it reads, shown back, to be saved or pointed at again. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ReadBill } from '../../core/reading.ts';
import type { Words } from '../../i18n/words.ts';
import type { Picked } from './choice.ts';
import type { TeachProps } from './teach.tsx';

interface CheckProps extends TeachProps {
  readonly picked: Picked;
  readonly again: () => void;
}

const MOST_TITLE = 40;
const MOST_SHOWN = 5;

export function Check({ words, picked, attempt, save, close, again, ...props }: CheckProps) {
  const [title, setTitle] = useState(props.title);
  const [state, setState] = useState<'asking' | 'saving' | 'saved' | 'failed'>('asking');
  const first = useRef<HTMLButtonElement>(null);
  const tried = useMemo(() => attempt(picked), [picked]);
  const bills = tried?.bills ?? [];
  useLayoutEffect(() => first.current?.focus(), [state]);
  const keep = async (): Promise<void> => {
    if (!tried) return;
    setState('saving');
    const isKept = await save({ ...tried.recipe, title: title.trim().slice(0, MOST_TITLE) || props.title });
    setState(isKept ? 'saved' : 'failed');
  };
  if (state === 'saved')
    return (
      <>
        <h1 id="teach-ask" aria-live="polite">
          {words.say('teachSaved')}
        </h1>
        <footer>
          <button type="button" class="main" ref={first} onClick={close}>
            {words.say('teachDone')}
          </button>
        </footer>
      </>
    );
  return (
    <>
      <h1 id="teach-ask">{words.say(bills.length ? 'teachCheck' : 'teachMismatch')}</h1>
      <ul class="read">
        {bills.slice(0, MOST_SHOWN).map((bill) => (
          <li key={bill.key}>{readBack(bill, words)}</li>
        ))}
      </ul>
      {bills.length > MOST_SHOWN && <p class="hint">{words.say('teachReadMore', String(bills.length - MOST_SHOWN))}</p>}
      {state === 'failed' && (
        <p class="remark" role="alert">
          {words.say('teachSaveFailed')}
        </p>
      )}
      {bills.length > 0 && (
        <label>
          {words.say('teachName')}
          <input value={title} maxLength={MOST_TITLE} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
      )}
      <footer>
        {bills.length > 0 && (
          <button type="button" class="main" ref={first} disabled={state === 'saving'} onClick={() => void keep()}>
            {words.say('teachSave')}
          </button>
        )}
        <button type="button" ref={bills.length ? undefined : first} onClick={again}>
          {words.say('teachAgainHere')}
        </button>
      </footer>
    </>
  );
}

function readBack(bill: ReadBill, words: Words): string {
  const read = words.say('teachRead', words.fullDay(bill.dueDay), words.amount(bill.remainingFen));
  return bill.minimumFen === null ? read : read + words.say('teachReadMinimum', words.amount(bill.minimumFen));
}
