/** What became of the last act in the list of bills, and the way back: the row it was done in may have moved away. */
import '../parts/bar.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { OwnerActName } from '../../app/ports.ts';
import type { Bill } from '../../core/bill.ts';
import { isolated } from '../../i18n/isolated.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';

export interface ToldAct {
  readonly bill: Bill;
  readonly name: OwnerActName | 'delete' | 'restore';
  readonly isDone: boolean;
}

/** What was done in words, and what takes it back. An act that takes one back says nothing. */
const DONE: Partial<Record<ToldAct['name'], { readonly said: MessageKey; readonly undo: OwnerActName }>> = {
  paid: { said: 'popupMarkedPaid', undo: 'unpaid' },
  snooze: { said: 'popupSnoozed', undo: 'unsnooze' },
  acknowledge: { said: 'popupAcknowledged', undo: 'unacknowledge' },
  mute: { said: 'popupMuted', undo: 'unmute' },
  hide: { said: 'billHidden', undo: 'unhide' },
};

interface BillToldProps {
  readonly told: ToldAct | null;
  /** As they stand now: a change of them may have taken the pressed button away. */
  readonly bills: readonly Bill[];
  readonly words: Words;
  readonly undo: (bill: Bill, name: OwnerActName) => void;
  readonly restore: (bill: Bill) => void;
  readonly close: () => void;
}

export function BillTold({ told, bills, words, undo, restore, close }: BillToldProps) {
  const bar = useRef<HTMLParagraphElement>(null);
  // Only where the focus went with the button that was pressed.
  useLayoutEffect(() => {
    if (told && document.activeElement === document.body) bar.current?.focus(); // absent when nothing is said
  }, [told, bills]);
  // The whole row went: nothing near it can be meant next.
  useLayoutEffect(() => {
    if (told?.name === 'delete') bar.current?.focus();
  }, [told]);
  if (!told) return null;
  const { bill, name, isDone } = told;
  const away = (
    <button type="button" class="less" aria-label={words.say('billRulesClose')} onClick={close}>
      ✕
    </button>
  );
  if (!isDone) {
    return (
      <p class="bar trouble" role="alert" tabIndex={-1} ref={bar}>
        {words.say(FAILED[name] ?? 'popupNotDone')}
        {away}
      </p>
    );
  }
  const done = DONE[name];
  if (name !== 'delete' && !done) return null;
  return (
    <p class="bar undo" role="status" tabIndex={-1} ref={bar}>
      <span class="title clamp">
        {words.say(done?.said ?? (isWritten(bill) ? 'deleted' : 'deletedPage'), isolated(bill.title))}
      </span>
      <button type="button" onClick={() => (done ? undo(bill, done.undo) : restore(bill))}>
        {words.say(done ? 'actionUndo' : 'restoreDeleted')}
      </button>
      {away}
    </p>
  );
}

const FAILED: Partial<Record<ToldAct['name'], MessageKey>> = {
  acknowledge: 'popupNothingToAcknowledge',
  restore: 'restoreFailed',
};

/** Written by the owner or brought from a table: theirs to change whole. */
export function isWritten({ siteId }: Bill): boolean {
  return siteId === 'hand' || siteId === 'file';
}
