/** 导入备份: a file is read, what it would change is shown, and only then is anything written: all of it, or nothing. */
import { useRef, useState } from 'preact/hooks';
import type { Backups, Imported, ImportMode, OpenedBackup } from '../../app/backup-ports.ts';
import type { GivenFile } from '../../app/import-file.ts';
import { dayOf } from '../../core/day.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { saveFile } from '../parts/save-file.ts';
import type { DashboardProps } from './dashboard.tsx';
import { RestorePreview } from './restore-preview.tsx';

const UNDO_SAID = { undone: 'backupUndone', ends: 'backupUndoEnds', failed: 'backupUndoFailed' } as const;

type Step =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'sealed'; readonly file: GivenFile; readonly isWrong: boolean }
  | { readonly kind: 'refused'; readonly code: (OpenedBackup & { kind: 'refused' })['code'] }
  | { readonly kind: 'opened'; readonly file: GivenFile; readonly opened: OpenedBackup & { kind: 'opened' } }
  | { readonly kind: 'done'; readonly done: Imported & { kind: 'done' } }
  | { readonly kind: 'said'; readonly key: 'backupTakeFailed' | (typeof UNDO_SAID)[keyof typeof UNDO_SAID] };

const TAKE_FAILED: Step = { kind: 'said', key: 'backupTakeFailed' };
const UNDO_FAILED: Step = { kind: 'said', key: UNDO_SAID.failed };

export function RestorePanel({ words, now, openBackups }: DashboardProps) {
  const [step, setStep] = useState<Step>({ kind: 'idle' });
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const run = async (work: (backups: Backups) => Promise<Step>, failed: Step = TAKE_FAILED): Promise<void> => {
    setStep({ kind: 'busy' });
    try {
      setStep(await work(await openBackups()));
    } catch {
      setStep(failed); // its code did not load
    }
  };
  const read = async (file: GivenFile | undefined, passphrase?: string | null): Promise<void> => {
    if (!file || step.kind === 'busy') return;
    await run((backups) => opening(backups, file, passphrase));
  };
  const take = ({ file, opened }: Extract<Step, { kind: 'opened' }>, mode: ImportMode, isAllowed: boolean) =>
    run(async (backups) => {
      if (mode === 'replace') {
        const before = await backups.exportAll(null);
        if (before === null) return TAKE_FAILED;
        saveFile(before, words.say('backupBeforeName', dayOf(now)), 'application/json');
      }
      const done = await backups.take(opened, mode, isAllowed);
      if (done.kind === 'done') return { kind: 'done', done };
      // What is here may have changed since: the preview is made anew.
      return done.kind === 'failed' ? TAKE_FAILED : opening(backups, file, opened.secrets ? undefined : null);
    });
  const undo = (done: Imported & { kind: 'done' }) =>
    run(async (backups) => ({ kind: 'said', key: UNDO_SAID[await backups.undo(done)] }), UNDO_FAILED);
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
          <button type="button" onClick={() => void undo(step.done)}>
            {words.say('backupUndo')}
          </button>
        </p>
      )}
      {step.kind === 'said' && <p role="alert">{words.say(step.key)}</p>}
    </section>
  );
}

async function opening(backups: Backups, file: GivenFile, passphrase?: string | null): Promise<Step> {
  const opened = await backups.open(file, passphrase);
  if (opened.kind === 'sealed') return { kind: 'sealed', file, isWrong: false };
  if (opened.kind === 'opened') return { kind: 'opened', file, opened };
  return opened.code === 'wrong-passphrase'
    ? { kind: 'sealed', file, isWrong: true }
    : { kind: 'refused', code: opened.code };
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
        <button type="button" onClick={() => void read(file, null)}>
          {words.say('backupWithout')}
        </button>
      </p>
    </form>
  );
}
