/** 备份: everything in one file, bills as CSV and ICS. Secrets only where the owner asks for them, and then sealed. */
import { useState } from 'preact/hooks';
import { dayOf } from '../../core/day.ts';
import { FEWEST_LETTERS, isStrongPassphrase } from '../../core/passphrase.ts';
import { saveFile } from '../parts/save-file.ts';
import type { DashboardProps } from './dashboard.tsx';

export function BackupPanel({ words, now, ask, openBackups }: DashboardProps) {
  const [hasSecrets, setSecrets] = useState(false);
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const isReady = !hasSecrets || isStrongPassphrase(typed);
  const save = async (make: () => Promise<string | null>, name: string, type: string): Promise<void> => {
    setBusy(true);
    setSaid(null);
    const text = await make().catch(() => null); // the words below say so
    if (text !== null) saveFile(text, name, type);
    setSaid(text === null ? words.say('backupFailed') : words.say('backupSaved', name));
    setBusy(false);
  };
  const everything = async (): Promise<void> => {
    const passphrase = hasSecrets ? typed : null;
    const name = words.say('backupFileName', dayOf(now));
    await save(async () => (await openBackups()).exportAll(passphrase), name, 'application/json');
    setTyped('');
  };
  const csv = (): Promise<void> =>
    save(async () => (await openBackups()).csv(), words.say('backupCsvName', dayOf(now)), 'text/csv');
  const ics = (): Promise<void> =>
    save(
      async () => (await ask({ do: 'calendar-file', showsDetails: true })).text,
      words.say('calendarFileName'),
      'text/calendar',
    );
  return (
    <section aria-labelledby="backup">
      <h3 id="backup">{words.say('backupTitle')}</h3>
      <p class="quiet">{words.say('backupText')}</p>
      <label class="check">
        <input
          type="checkbox"
          name="backupSecrets"
          checked={hasSecrets}
          onChange={({ currentTarget }) => setSecrets(currentTarget.checked)}
        />
        {words.say('backupSecrets')}
      </label>
      {hasSecrets && (
        <label>
          {words.say('backupPassphrase', String(FEWEST_LETTERS))}
          <input
            type="password"
            name="backupPassphrase"
            autocomplete="new-password"
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <span class="quiet">
            {words.say(isReady || typed === '' ? 'backupPassphraseNote' : 'backupPassphraseWeak')}
          </span>
        </label>
      )}
      <p class="acts">
        <button type="button" disabled={isBusy || !isReady} onClick={() => void everything()}>
          {words.say('backupExport')}
        </button>
        <button type="button" disabled={isBusy} onClick={() => void csv()}>
          {words.say('backupExportCsv')}
        </button>
        <button type="button" disabled={isBusy} onClick={() => void ics()}>
          {words.say('backupExportIcs')}
        </button>
      </p>
      <p role="status">{said}</p>
    </section>
  );
}
