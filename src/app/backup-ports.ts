/** What a page can do with backups. Everything heavy behind it is loaded with the first use. */
import type { BillId } from '../core/bill.ts';
import type { ServiceId } from '../core/channel/setting.ts';
import type { Day, Instant } from '../core/day.ts';
import type { Fen } from '../core/money.ts';
import type { FailsafeWhat } from '../core/record/failsafe.ts';
import type { Backup, BackupFileCode } from './backup-file.ts';
import type { GivenFile } from './import-file.ts';

/** What lies sealed in a backup, and nowhere else. */
export interface Secrets {
  readonly channels: Readonly<
    Record<string, { readonly values: Readonly<Record<string, string>>; readonly confirmedAt: Instant | null }>
  >;
  readonly calendarPassword: string | null;
}

export interface PlannedChange {
  readonly billId: BillId;
  readonly title: string;
  readonly dueDay: Day | null;
  readonly remainingFen: Fen | null;
  readonly what: 'new' | 'changed' | FailsafeWhat;
}

/** What an import does, or would do. */
export interface ImportPlan {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Bills of the file that the owner deleted here after it was written; they stay in the bin. */
  readonly passedOver: number;
  /** Bills here that the file does not know: kept on merging, removed on replacing. */
  readonly onlyHere: number;
  /** The first changes, those that would end reminders before all. */
  readonly changes: readonly PlannedChange[];
  /** An unusual share of the open bills would no longer be reminded: the owner is asked. */
  readonly asks: boolean;
  /** The bills that are reminded after it. */
  readonly asking: readonly BillId[];
  readonly ledger: number;
  readonly acts: number;
  readonly recipes: number;
  /** Channels that came without their key, and must be set up with it again. */
  readonly needKey: readonly { readonly service: ServiceId; readonly label: string }[];
  readonly calendarNeedsPassword: boolean;
}

export type ImportMode = 'merge' | 'replace';

export type OpenedBackup =
  | {
      readonly kind: 'opened';
      readonly backup: Backup;
      readonly secrets: Secrets | null;
      readonly refused: number;
      readonly plans: Readonly<Record<ImportMode, ImportPlan>>;
    }
  /** Its secrets are sealed: ask for the passphrase, or go on without them (`passphrase: null`). */
  | { readonly kind: 'sealed' }
  | { readonly kind: 'refused'; readonly code: BackupFileCode | SecretCode };

/** `secrets-damaged`: the sealed part of the file is; everything else can still be taken. */
export type SecretCode = 'wrong-passphrase' | 'secrets-damaged';

export type Imported =
  | {
      readonly kind: 'done';
      readonly plan: ImportPlan;
      /** The state before, for `undo`; held in memory alone. */
      readonly before: { readonly backup: Backup; readonly secrets: Secrets };
    }
  /** Nothing was written: the state changed since the preview, and now the owner is to be asked. */
  | { readonly kind: 'asks' }
  | { readonly kind: 'failed' };

/** Never rejects. */
export interface Backups {
  /** `passphrase`: null leaves the secrets out. Null: the store did not answer. */
  exportAll(passphrase: string | null): Promise<string | null>;
  csv(): Promise<string | null>;
  /** `passphrase`: undefined where the owner was not asked yet. */
  open(file: GivenFile, passphrase?: string | null): Promise<OpenedBackup>;
  /** `isAllowed`: the owner saw what would end and said yes. */
  take(opened: OpenedBackup & { kind: 'opened' }, mode: ImportMode, isAllowed: boolean): Promise<Imported>;
  /** `ends`: nothing was written, since a bill that asks for the first time since the import would no longer. */
  undo(done: Imported & { kind: 'done' }): Promise<'undone' | 'ends' | 'failed'>;
}
