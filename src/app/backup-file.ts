/** The backup file (docs/backup.md): everything that one browser knows, as JSON. Written whole, read with suspicion. */
import * as z from 'zod/mini';
import type { Bill } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import type { Recipe } from '../core/recipe.ts';
import { BACKUP_KINDS } from '../core/record/backup-kinds.ts';
import { canonical, type Json, type Rec, soundRec } from '../core/record/record.ts';
import type { LedgerEntry } from '../core/reminder/reminder.ts';
import type { Secrets } from './backup-ports.ts';
import { ROWS } from './backup-rows.ts';
import type { OwnerActEntry, SiteState } from './ports.ts';

const BACKUP_FORMAT = 'duly-backup';
const BACKUP_VERSION = 1;
/** A longer file is not read at all. */
export const MOST_BACKUP_BYTES = 96 * 1024 * 1024;
const MOST_ROWS = { bills: 50_000, ledger: 300_000, acts: 300_000, sites: 2000, recipes: 200, records: 500_000 };

/** Secrets, sealed with the owner's passphrase: a JWE, and its digest to tell a damaged file from a wrong passphrase. */
export interface SealedSecrets {
  readonly jwe: string;
  readonly digest: string;
}

export interface BackupRows {
  readonly bills: readonly Bill[];
  readonly ledger: readonly LedgerEntry[];
  readonly acts: readonly OwnerActEntry[];
  readonly sites: readonly SiteState[];
  readonly recipes: readonly Recipe[];
  /** What every field's last edit was stamped with: by it an old backup loses to newer words. */
  readonly records: readonly Rec[];
}

export interface Backup extends BackupRows {
  readonly exportedAt: Instant;
  /** By name, to be made sound by whoever takes one. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: SealedSecrets | null;
}

/** The words stand in public/_locales (`backupFile_…`). */
export type BackupFileCode =
  | 'too-large'
  | 'not-readable'
  | 'not-json'
  | 'cut'
  | 'not-ours'
  | 'newer'
  | 'damaged'
  | 'too-many-rows'
  | 'repeated';

export type ReadBackup =
  /** `refused`: rows that nothing could be made of. */
  | { readonly kind: 'backup'; readonly backup: Backup; readonly refused: number }
  | { readonly kind: 'refused'; readonly code: BackupFileCode };

const SECTIONS = ['bills', 'ledger', 'acts', 'sites', 'recipes', 'records'] as const;

/** A line for each row, keys in order: the same state gives the same text. */
export function writeBackup(backup: Backup): string {
  const line = (value: unknown): string => canonical(value as Json);
  const sections = SECTIONS.map((name) => `"${name}":[\n${backup[name].map(line).join(',\n')}\n]`);
  return `{"format":"${BACKUP_FORMAT}","version":${BACKUP_VERSION},"exportedAt":${backup.exportedAt},
"settings":${line(backup.settings)},
"secrets":${line(backup.secrets)},
${sections.join(',\n')}
}
`;
}

const head = z.object({ format: z.literal(BACKUP_FORMAT), version: z.int() });
const list = z.array(z.unknown());
const body = z.object({
  exportedAt: z.int().check(z.gte(0), z.lte(2e14)),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.nullable(
    z.object({
      jwe: z.string().check(z.maxLength(2_000_000), z.regex(/^[\w-]+(?:\.[\w-]*){4}$/)),
      digest: z.string().check(z.maxLength(100)),
    }),
  ),
  bills: list,
  ledger: list,
  acts: list,
  sites: list,
  recipes: list,
  records: list,
});

/** `isRecipe`: a recipe is checked as one that comes from outside. */
export function readBackup(text: string, isRecipe: (raw: unknown) => boolean): ReadBackup {
  const refuse = (code: BackupFileCode): ReadBackup => ({ kind: 'refused', code });
  if (text.length > MOST_BACKUP_BYTES) return refuse('too-large');
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // SyntaxError is how JSON.parse says so; what begins like a backup has lost its end.
    return refuse(/^\ufeff?\s*\{\s*"format"\s*:\s*"duly-backup"/.test(text.slice(0, 200)) ? 'cut' : 'not-json');
  }
  const named = head.safeParse(raw);
  if (!named.success) return refuse('not-ours');
  if (named.data.version > BACKUP_VERSION) return refuse('newer');
  if (named.data.version < 1 || !isPlain(raw, 0)) return refuse('damaged');
  const parsed = body.safeParse(raw);
  if (!parsed.success) return refuse('damaged');
  const given = parsed.data;
  if (SECTIONS.some((name) => given[name].length > MOST_ROWS[name])) return refuse('too-many-rows');
  const rows = rowsIn(given, isRecipe);
  const refused = SECTIONS.reduce((sum, name) => sum + given[name].length - rows[name].length, 0);
  if (hasTwins(rows)) return refuse('repeated');
  const { exportedAt, settings, secrets } = given;
  return { kind: 'backup', backup: { exportedAt, settings, secrets, ...rows }, refused };
}

function rowsIn(given: z.infer<typeof body>, isRecipe: (raw: unknown) => boolean): BackupRows {
  const checked = <Row>(rows: readonly unknown[], schema: { safeParse(raw: unknown): { success: boolean } }): Row[] =>
    rows.filter((row) => schema.safeParse(row).success) as Row[];
  return {
    bills: checked<Bill>(given.bills, ROWS.bill).map(({ asks: _, ...bill }) => withoutIndex(bill)),
    ledger: checked<LedgerEntry>(given.ledger, ROWS.ledger),
    acts: checked<OwnerActEntry>(given.acts, ROWS.act),
    sites: checked<SiteState>(given.sites, ROWS.site),
    recipes: given.recipes.filter(isRecipe) as Recipe[],
    records: given.records.flatMap((row) => {
      const rec = soundRec(row);
      return rec && BACKUP_KINDS.includes(rec.kind) ? [rec] : [];
    }),
  };
}

function withoutIndex(bill: Bill): Bill {
  const { watchDay: _, ...row } = bill as Bill & { watchDay?: unknown };
  return row;
}

function hasTwins({ bills, ledger, acts, sites, recipes, records }: BackupRows): boolean {
  const ids = [
    [bills, ledger, acts, recipes].map((rows) => rows.map(({ id }) => id)),
    [sites.map(({ siteId, account }) => `${siteId}\n${account}`), records.map(({ kind, id }) => `${kind}\n${id}`)],
  ].flat();
  return ids.some((each) => new Set(each).size !== each.length);
}

const secrets = z.object({
  channels: z.record(
    z.string(),
    z.object({
      values: z.record(z.string(), z.string()),
      confirmedAt: z.nullable(z.number().check(z.gte(0), z.lte(2e14))),
    }),
  ),
  calendarPassword: z.nullable(z.string().check(z.maxLength(2000))),
});

export function writeSecrets(own: Secrets): string {
  return JSON.stringify(own);
}

/** Null for what is no secrets of ours, whoever sealed it. */
export function readSecrets(text: string): Secrets | null {
  try {
    const raw: unknown = JSON.parse(text);
    const parsed = secrets.safeParse(raw);
    return parsed.success && isPlain(raw, 0) ? parsed.data : null;
  } catch {
    return null; // SyntaxError is how JSON.parse says so
  }
}

const DEEPEST = 24;
const LONGEST_TEXT = 100_000;

/** No name that every object has (`__proto__` …), no text or depth that no row of ours has. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_TEXT || depth === 2;
  if (typeof value !== 'object' || value === null) return true;
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((each) => isPlain(each, depth + 1));
  return Object.keys(value).every(
    (name) => !(name in Object.prototype) && isPlain((value as Record<string, unknown>)[name], depth + 1),
  );
}
