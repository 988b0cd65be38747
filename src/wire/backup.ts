/** Backups as a page makes and takes them: the file, the seal and the database come together here, with the first use. */
import {
  type Backup,
  MOST_BACKUP_BYTES,
  readBackup,
  readSecrets,
  writeBackup,
  writeSecrets,
} from '../app/backup-file.ts';
import type { Backups, OpenedBackup, Secrets } from '../app/backup-ports.ts';
import type { GivenFile } from '../app/import-file.ts';
import { consoleLog } from '../browser/log.ts';
import { errorName } from '../core/error-name.ts';
import { csvOfBills } from '../core/import/format-bills.ts';
import type { Ask } from '../messages/own.ts';
import { isRecipe } from '../messages/recipe.ts';
import { type BackupDoor, openBackup } from '../storage/backup.ts';
import { endingIn } from '../storage/backup-plan.ts';
import { Database } from '../storage/database.ts';
import { openText, sealText } from '../sync/secret-text.ts';

export function openBackups(
  ask: Ask,
  { db = new Database(), now = () => Date.now() }: { readonly db?: Database; readonly now?: () => number } = {},
): Backups {
  const door = openBackup(db);
  /** What was written is looked at by the background: bills may be due, pages may have been taught. */
  const told = async (): Promise<void> => {
    await ask({ do: 'recipes', recipes: [] });
    await ask({ do: 'check' });
  };
  return {
    exportAll: (passphrase) =>
      tried('export', null, async () => {
        const { backup, secrets } = await door.take(now());
        const sealed = passphrase === null ? null : await sealText(writeSecrets(secrets), passphrase);
        return writeBackup({ ...backup, secrets: sealed });
      }),
    csv: () => tried('csv', null, async () => csvOfBills((await door.take(now())).backup.bills)),
    // The disk, or a store that does not answer: nothing was written.
    open: (file, passphrase) =>
      tried('open', { kind: 'refused', code: 'not-readable' }, () => opened(door, file, passphrase, now())),
    take: ({ backup, secrets, plans }, mode, isAllowed) =>
      tried('import', { kind: 'failed' }, async () => {
        const before = await door.take(now());
        const plan = await door.apply(mode, backup, secrets, now(), isAllowed, endingIn(plans[mode]));
        if (!plan) return { kind: 'asks' };
        await tried('told', undefined, told);
        return { kind: 'done', plan, before };
      }),
    undo: ({ plan, before }) =>
      tried('undo', 'failed', async () => {
        const asked = new Set(plan.asking);
        if (!(await door.apply('replace', before.backup, before.secrets, now(), true, asked))) return 'ends';
        await tried('told', undefined, told);
        return 'undone';
      }),
  };
}

async function tried<Done, const Failed>(
  job: string,
  failed: Failed,
  work: () => Promise<Done>,
): Promise<Done | Failed> {
  try {
    return await work();
  } catch (error) {
    consoleLog.warn('backup-failed', { job, name: errorName(error) });
    return failed;
  }
}

async function opened(
  door: BackupDoor,
  file: GivenFile,
  passphrase: string | null | undefined,
  now: number,
): Promise<OpenedBackup> {
  if (file.size > MOST_BACKUP_BYTES) return { kind: 'refused', code: 'too-large' };
  const text = utf8Of(await file.arrayBuffer());
  if (text === null) return { kind: 'refused', code: 'damaged' };
  const read = readBackup(text, isRecipe);
  if (read.kind === 'refused') return read;
  const { backup, refused } = read;
  if (backup.secrets && passphrase === undefined) return { kind: 'sealed' };
  const secrets = await secretsOf(backup, passphrase ?? null);
  if (secrets === 'wrong-passphrase' || secrets === 'secrets-damaged') return { kind: 'refused', code: secrets };
  const merge = await door.preview('merge', backup, secrets, now);
  const replace = await door.preview('replace', backup, secrets, now);
  return { kind: 'opened', backup, secrets, refused, plans: { merge, replace } };
}

/** Null for what is none: an editor that saved in another encoding would cost every word. */
function utf8Of(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // TypeError is how a TextDecoder says so
  }
}

async function secretsOf(
  { secrets }: Backup,
  passphrase: string | null,
): Promise<Secrets | null | 'wrong-passphrase' | 'secrets-damaged'> {
  if (!secrets || passphrase === null) return null;
  const text = await openText(secrets, passphrase);
  return text.kind === 'refused' ? text.code : (readSecrets(text.text) ?? 'secrets-damaged');
}
