/** The last thing that was done, and the way back; out of the store, so that it outlives the popup. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PopupView } from '../../app/popup-view.ts';
import type { OwnerActName } from '../../app/ports.ts';
import { type Instant, MINUTE_MS } from '../../core/day.ts';
import { isolated } from '../../i18n/isolated.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';

export type Undoable = 'paid' | 'snooze' | 'acknowledge' | 'mute';

/** What was done in words, and the act that takes it back. */
const DONE: Record<Undoable, { readonly said: MessageKey; readonly undo: OwnerActName }> = {
  paid: { said: 'popupMarkedPaid', undo: 'unpaid' },
  snooze: { said: 'popupSnoozed', undo: 'unsnooze' },
  acknowledge: { said: 'popupAcknowledged', undo: 'unacknowledge' },
  mute: { said: 'popupMuted', undo: 'unmute' },
};

const OFFERED_MS = 10 * MINUTE_MS;

interface UndoProps {
  readonly lastAct: PopupView['lastAct'];
  readonly words: Words;
  readonly now: Instant;
  readonly undo: (billId: string, name: OwnerActName) => void;
  /** The button that was pressed is gone with its bill: the way back takes the focus, and once it was taken the next bill. */
  readonly takesFocus: boolean;
}

export function Undo({ lastAct, words, now, undo, takesFocus }: UndoProps) {
  const button = useRef<HTMLButtonElement>(null);
  const id = lastAct?.act.id;
  useLayoutEffect(() => {
    if (!takesFocus || !id) return;
    const next = button.current ?? document.querySelector<HTMLElement>('.next button, .empty button');
    next?.focus(); // one of both always stands there
  }, [takesFocus, id]);
  const done = lastAct && DONE[lastAct.act.do as Undoable];
  if (!lastAct || !done || Math.abs(now - lastAct.act.at) >= OFFERED_MS) return null;
  const { act, title } = lastAct;
  return (
    <p class="undo" role="status">
      <span class="title clamp">{words.say(done.said, isolated(title))}</span>{' '}
      <button type="button" ref={button} onClick={() => undo(act.billId, done.undo)}>
        {words.say('actionUndo')}
      </button>
    </p>
  );
}
