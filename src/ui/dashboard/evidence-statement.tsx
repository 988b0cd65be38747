/** 补充说明: the owner's own words, saved at every pause of the typing, and when the field is left. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import { MOST_STATEMENT } from '../../core/evidence.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import { useOwnId } from '../parts/own-id.ts';

const PAUSE_MS = 600;

interface EvidenceStatementProps {
  readonly bill: Bill;
  readonly words: Words;
  readonly ask: Ask;
}

export function EvidenceStatement({ bill, words, ask }: EvidenceStatementProps) {
  const id = useOwnId();
  const [text, setText] = useState(bill.owner.statement ?? '');
  const [state, setState] = useState<'evidenceSaving' | 'evidenceSaved' | 'evidenceNotSaved' | null>(null);
  // Written elsewhere meanwhile; what is on its way, or could not be saved, stays.
  useLayoutEffect(() => {
    if (state === null || state === 'evidenceSaved') setText(bill.owner.statement ?? '');
  }, [bill.owner.statement]);
  /** What was typed and not sent yet. */
  const unsent = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const send = (): void => {
    clearTimeout(timer.current);
    const typed = unsent.current;
    if (typed === null) return;
    unsent.current = null;
    const failed = (): void => {
      unsent.current ??= typed;
      setState('evidenceNotSaved');
    };
    void ask({ do: 'statement', billId: bill.id, text: typed }).then(
      ({ ok }) => (ok ? setState(unsent.current === null ? 'evidenceSaved' : 'evidenceSaving') : failed()),
      failed,
    );
  };
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    const leave = (): void => latest.current();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return (
    <div class="field statement">
      <label for={id}>{words.say('evidenceStatement')}</label>
      <textarea
        id={id}
        rows={4}
        maxLength={MOST_STATEMENT}
        aria-describedby={`${id}-hint`}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          unsent.current = event.currentTarget.value;
          setState('evidenceSaving');
          clearTimeout(timer.current);
          timer.current = setTimeout(() => latest.current(), PAUSE_MS);
        }}
        onBlur={send}
      />
      <p class="quiet" id={`${id}-hint`}>
        {words.say('evidenceStatementHint')}
      </p>
      <p class="quiet" role={state === 'evidenceNotSaved' ? 'alert' : 'status'}>
        {state && words.say(state)}
      </p>
    </div>
  );
}
