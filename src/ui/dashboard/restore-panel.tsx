/** 导入备份: a file is read, what it would change is shown, and only then is anything written: all of it, or nothing. */
import { useRef, useState } from 'preact/hooks';
import type { Imported, ImportMode, OpenedBackup } from '../../app/backup-ports.ts';
import type { GivenFile } from '../../app/import-file.ts';
import { dayOf } from '../../core/day.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { saveFile } from '../parts/save-file.ts';
import type { DashboardProps } from './dashboard.tsx';
import { RestorePreview } from './restore-preview.tsx';

type Step =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'sealed'; readonly file: GivenFile; readonly isWrong: boolean }
  | { readonly kind: 'refused'; readonly code: (OpenedBackup & { kind: 'refused' })['code'] }
  | { readonly kind: 'opened'; readonly file: GivenFile; readonly opened: OpenedBackup & { kind: 'opened' } }
  | { readonly kind: 'done'; readonly done: Imported & { kind: 'done' } }
  | { readonly kind: 'said'; readonly key: 'backupTakeFailed' | 'backupUndone' | 'backupUndoFailed' };

export function RestorePanel({ words, now, openBackups }: DashboardProps) {
  const [step, setStep] = useState<Step>({ kind: 'idle' });
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const read = async (file: GivenFile | undefined, passphrase?: string | null): Promise<void> => {
    if (!file || step.kind === 'busy') return;
    setStep({ kind: 'busy' });
    const opened = await (await openBackups()).open(file, passphrase);
    if (opened.kind === 'sealed') setStep({ kind: 'sealed', file, isWrong: false });
    else if (opened.kind === 'opened') setStep({ kind: 'opened', file, opened });
    else if (opened.code === 'wrong-passphrase') setStep({ kind: 'sealed', file, isWrong: true });
    else setStep({ kind: 'refused', code: opened.code });
  };
  const take = async (
    { file, opened }: Extract<Step, { kind: 'opened' }>,
    mode: ImportMode,
    isAllowed: boolean,
  ): Promise<void> => {
    setStep({ kind: 'busy' });
    const backups = await openBackups();
    if (mode === 'replace') {
      const before = await backups.exportAll(null);
      if (before === null) return setStep({ kind: 'said', key: 'backupTakeFailed' });
      saveFile(before, words.say('backupBeforeName', dayOf(now)), 'application/json');
    }
    const done = await backups.take(opened, mode, isAllowed);
    if (done.kind === 'done') setStep({ kind: 'done', done });
    else if (done.kind === 'failed') setStep({ kind: 'said', key: 'backupTakeFailed' });
    // What is here has changed since: the preview is made anew.
    else await read(file, opened.secrets ? undefined : null);
  };
  const undo = async (done: Imported & { kind: 'done' }): Promise<void> => {
    setStep({ kind: 'busy' });
    const isUndone = await (await openBackups()).undo(done);
    setStep({ kind: 'said', key: isUndone ? 'backupUndone' : 'backupUndoFailed' });
  };
  return (
    <section aria-labelledby="restore">
      <h3 id="restore">{words.say('backupTakeTitle')}</h3>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same */}
      <div
        class={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void read(event.dataTransfer?.files[0]);
        }}
      >
        <p>{words.say('backupTakeText')}</p>
        <button type="button" disabled={step.kind === 'busy'} onClick={() => picker.current?.click()}>
          {words.say('backupChoose')}
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={words.say('backupChoose')}
          accept=".json"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = '';
            void read(file);
          }}
        />
      </div>
      {step.kind === 'busy' && (
        <p role="status">
          <progress aria-label={words.say('backupBusy')} /> {words.say('backupBusy')}
        </p>
      )}
      {step.kind === 'sealed' && <Unlock {...step} words={words} read={read} />}
      {step.kind === 'refused' && (
        <p role="alert">{words.say(`backupFile_${step.code.replaceAll('-', '_')}` as MessageKey)}</p>
      )}
      {step.kind === 'opened' && (
        <RestorePreview
          opened={step.opened}
          words={words}
          take={(mode, isAllowed) => void take(step, mode, isAllowed)}
          discard={() => setStep({ kind: 'idle' })}
        />
      )}
      {step.kind === 'done' && (
        <p role="status" class="acts">
          {words.say('backupDone', String(step.done.plan.added), String(step.done.plan.changed))}
          <button type="button" class="secondary" onClick={() => void undo(step.done)}>
            {words.say('backupUndo')}
          </button>
        </p>
      )}
      {step.kind === 'said' && <p role="alert">{words.say(step.key)}</p>}
    </section>
  );
}

interface UnlockProps extends Pick<DashboardProps, 'words'> {
  readonly file: GivenFile;
  readonly isWrong: boolean;
  readonly read: (file: GivenFile, passphrase: string | null) => Promise<void>;
}

function Unlock({ file, isWrong, words, read }: UnlockProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void read(file, String(new FormData(event.currentTarget).get('passphrase') ?? ''));
      }}
    >
      <p>{words.say('backupSealed')}</p>
      {isWrong && <p role="alert">{words.say('backupWrongPassphrase')}</p>}
      <label>
        {words.say('backupPassphraseTyped')}
        <input type="password" name="passphrase" required autocomplete="off" />
      </label>
      <p class="acts">
        <button type="submit">{words.say('backupUnlock')}</button>
        <button type="button" class="secondary" onClick={() => void read(file, null)}>
          {words.say('backupWithout')}
        </button>
      </p>
    </form>
  );
}
