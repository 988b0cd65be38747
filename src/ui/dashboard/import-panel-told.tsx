/** What became of the last import, and the way back: what it wrote stands far from the button that was pressed. */
import '../parts/bar.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Imported, Undone } from '../../app/import-bills.ts';
import type { Words } from '../../i18n/words.ts';

export type ToldImport =
  | ({ readonly kind: 'imported' } & Imported)
  | { readonly kind: 'failed' }
  | { readonly kind: 'undoing' }
  | ({ readonly kind: 'undone' } & Undone)
  /** `id`: may be tried again; null: it is not the last import any more. */
  | { readonly kind: 'not-undone'; readonly id: string | null };

interface ImportToldProps {
  readonly told: ToldImport | null;
  readonly words: Words;
  readonly undo: (id: string) => void;
  readonly close: () => void;
}

export function ImportTold({ told, words, undo, close }: ImportToldProps) {
  const bar = useRef<HTMLParagraphElement>(null);
  // Only where the focus went with the button that was pressed.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) bar.current?.focus(); // absent when nothing is said
  }, [told]);
  if (!told) return null;
  const isTrouble = told.kind === 'failed' || told.kind === 'not-undone';
  const id = 'id' in told ? told.id : null;
  return (
    <p class={isTrouble ? 'bar trouble' : 'bar undo'} role={isTrouble ? 'alert' : 'status'} tabIndex={-1} ref={bar}>
      <span>{saidOf(told, words)}</span>
      {id !== null && (
        <button type="button" onClick={() => undo(id)}>
          {words.say('actionUndo')}
        </button>
      )}
      {told.kind !== 'undoing' && (
        <button type="button" class="less" aria-label={words.say('billRulesClose')} onClick={close}>
          ✕
        </button>
      )}
    </p>
  );
}

function saidOf(told: ToldImport, { say }: Words): string {
  switch (told.kind) {
    case 'imported':
      return say('importDone', String(told.added + told.changed), String(told.added), String(told.changed));
    case 'failed':
      return say('importFailed');
    case 'undoing':
      return say('importUndoing');
    case 'undone':
      return told.kept > 0
        ? say('importUndoneBut', String(told.undone), String(told.kept))
        : say('importUndone', String(told.undone));
    case 'not-undone':
      return say(told.id === null ? 'importNotLast' : 'importNotUndone');
  }
}
