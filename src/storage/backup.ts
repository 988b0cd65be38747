/** Everything out of the database and back into it. Each way is one transaction: all of it, or nothing. */
import type { Backup } from '../app/backup-file.ts';
import type { ImportMode, ImportPlan, Secrets } from '../app/backup-ports.ts';
import type { OwnerActEntry } from '../app/ports.ts';
import { type BillId, elsewhere } from '../core/bill.ts';
import { BACKUP_KINDS } from '../core/record/backup-kinds.ts';
import { BILL } from '../core/record/bill-record.ts';
import { absorb } from '../core/record/capture.ts';
import { isLive, keyOf, type Rec, type State } from '../core/record/record.ts';
import { soundChannels } from '../core/reminder/chain.ts';
import { type LedgerEntry, seenAs } from '../core/reminder/reminder.ts';
import { takeAccounts } from './backup-accounts.ts';
import { incomingOf, rowsByKind, withoutTakenBack } from './backup-incoming.ts';
import { type Counts, endingIn, planOf } from './backup-plan.ts';
import { settingsOf, soundBin, takeSettings } from './backup-settings.ts';
import { billIn, billRow } from './bill-row.ts';
import type { BillRow, Database } from './database.ts';
import { silence, unsilence } from './dirty.ts';
import { numbered, type RecordRows, recOf, recordRows } from './record-rows.ts';
import { heldRows, rekeying } from './rekey.ts';
import type { Key } from './shelves.ts';

export interface BackupDoor {
  /** What was changed here since the last capture is stamped first. `secrets` are not part of `backup`. */
  take(now: number): Promise<{ backup: Backup; secrets: Secrets }>;
  /** What `apply` would do; nothing is kept. */
  preview(mode: ImportMode, backup: Backup, secrets: Secrets | null, now: number): Promise<ImportPlan>;
  /**
   * Null, and nothing written: the owner is to be asked, and `isAllowed` is not their yes; or it was their yes to what
   * was `shown` to end, and by now another bill would.
   */
  apply(
    mode: ImportMode,
    backup: Backup,
    secrets: Secrets | null,
    now: number,
    isAllowed: boolean,
    shown?: ReadonlySet<BillId>,
  ): Promise<ImportPlan | null>;
}

/** Ends a transaction without an error: Dexie rolls back what rejects. */
class RolledBack extends Error {
  override readonly name = 'RolledBack';
  readonly plan: ImportPlan;
  constructor(plan: ImportPlan) {
    super('rolled back');
    this.plan = plan;
  }
}

/** A file that replaces everything is taken as it was written. */
const NOTHING_JOINED = { renamed: new Map<BillId, BillId>() };

export function openBackup(db: Database): BackupDoor {
  const rows = recordRows(db);
  const tables = [
    ...[db.bills, db.ledger, db.acts, db.sites, db.recipes],
    ...[db.settings, db.records, db.waiting, db.dirty],
  ];
  const together = <T>(work: () => Promise<T>): Promise<T> => db.transaction('rw', tables, async () => work());
  const run = async (
    mode: ImportMode,
    backup: Backup,
    secrets: Secrets | null,
    now: number,
    isKept: (plan: ImportPlan) => boolean,
  ): Promise<{ plan: ImportPlan; isKept: boolean }> => {
    try {
      const plan = await together(async () => {
        const done = await write(db, rows, mode, backup, secrets, now);
        if (!isKept(done)) throw new RolledBack(done);
        return done;
      });
      return { plan, isKept: true };
    } catch (error) {
      if (error instanceof RolledBack) return { plan: error.plan, isKept: false };
      throw error;
    }
  };
  return {
    take: (now) =>
      together(async () => {
        await rows.captureAll(now);
        const { settings, secrets } = await settingsOf(db);
        const [bills, ledger, acts, sites, recipes, records] = await Promise.all([
          db.bills.toArray(),
          db.ledger.toArray(),
          db.acts.toArray(),
          db.sites.toArray(),
          db.recipes.toArray(),
          db.records.toArray(),
        ]);
        const shared = records.filter(({ kind }) => BACKUP_KINDS.includes(kind)).map(recOf);
        const own = { bills: bills.map(billIn), ledger, acts, sites, recipes, records: shared };
        return { backup: { exportedAt: now, settings, secrets: null, ...own }, secrets };
      }),
    preview: async (mode, backup, secrets, now) => (await run(mode, backup, secrets, now, () => false)).plan,
    apply: async (mode, backup, secrets, now, isAllowed, shown) => {
      const isShown = (plan: ImportPlan): boolean => !shown || [...endingIn(plan)].every((id) => shown.has(id));
      const isKept = (plan: ImportPlan): boolean => (isAllowed ? isShown(plan) : !plan.asks);
      const done = await run(mode, backup, secrets, now, isKept);
      return done.isKept ? done.plan : null;
    },
  };
}

async function write(
  db: Database,
  rows: RecordRows,
  mode: ImportMode,
  backup: Backup,
  secrets: Secrets | null,
  now: number,
): Promise<ImportPlan> {
  await rows.captureAll(now);
  silence();
  const before = new Map((await db.bills.toArray()).map((row) => [row.id, billIn(row)]));
  const bin = soundBin((await db.settings.get('bin'))?.value);
  // What the failsafe asks about becomes known, and is then written over by what the file says.
  const held = mode === 'replace' ? (await heldRows(db).toArray()).map(({ rec }) => rec) : [];
  const all = [...incomingOf(backup, rows.shelves, now), ...held];
  const given =
    mode === 'merge'
      ? withoutTakenBack(all, await db.acts.toArray(), bin)
      : { recs: all, passedOver: new Set<string>() };
  const memory = await rows.memory();
  const { state, changed, clock } = absorb(await rows.stateOf(given.recs), given.recs, memory.clock, now);
  // Other browsers hear of it: what a backup brings counts as changed here. And every row is looked at again.
  await db.records.bulkPut(numbered(changed, memory.seq));
  await rows.remember({ clock, seq: memory.seq + changed.length, isWhole: false });
  const counts =
    mode === 'merge'
      ? await mergeRows(db, rows, backup, { state, changed, passedOver: given.passedOver, now })
      : await replaceRows(db, backup, now);
  const needs = await takeSettings(db, backup.settings, { secrets, isWhole: mode === 'replace', now });
  await takeAccounts(db, backup, mode === 'replace');
  // What becomes one here is an edit of this browser.
  unsilence();
  const { renamed } = mode === 'merge' ? await rekeying(db).joinProven(null) : NOTHING_JOINED;
  if (mode === 'replace') await rows.captureAll(now);
  const after = new Map((await db.bills.toArray()).map((row) => [row.id, billIn(row)]));
  return planOf(before, after, backup, { ...counts, ...needs, renamed, passedOver: given.passedOver.size });
}

/** Rows that are not here come as they are; of those that are here only what the records say is changed. */
async function mergeRows(
  db: Database,
  rows: RecordRows,
  backup: Backup,
  {
    state,
    changed,
    passedOver,
    now,
  }: { state: State; changed: readonly Rec[]; passedOver: ReadonlySet<string>; now: number },
): Promise<Counts> {
  const given = rowsByKind(backup);
  let recipes = 0;
  for (const shelf of rows.shelves) {
    const all = given[shelf.kind] ?? [];
    const keys = all.map((row): Key => shelf.keyOf(row));
    const formers = await shelf.table.bulkGet([...keys]);
    const news = all.filter((_, index) => {
      const id = shelf.idOf(keys[index]!);
      const rec = state.get(keyOf({ kind: shelf.kind, id }));
      const isGone = shelf.endsWithRow && rec !== undefined && !isLive(rec);
      return formers[index] === undefined && !isGone && !(shelf.kind === BILL && passedOver.has(id));
    });
    await shelf.table.bulkPut(shelf.kind === BILL ? news.map((row) => shownHere(row as BillRow)) : news);
    if (shelf.kind === 'recipe') recipes = news.length;
  }
  const ledger = await mergeLedger(db, backup.ledger);
  const acts = await putMissing(db, backup.acts);
  const seen = await rows.apply(changed);
  await rows.captureThese(seen, now);
  return { ledger, acts, recipes };
}

/** Silent on one browser alone was said of the browser that wrote the file: whoever takes it may be another one. */
function shownHere(row: BillRow): BillRow {
  return row.owner.hiddenAt === undefined ? row : billRow(elsewhere(row));
}

/** The ledger only grows: of an entry that both have, the stronger word of the owner's stays. */
async function mergeLedger(db: Database, given: readonly LedgerEntry[]): Promise<number> {
  const formers = await db.ledger.bulkGet(given.map(({ id }) => id));
  const stronger = given.flatMap((entry, index) => {
    const former = formers[index];
    if (!former || entry.seenAt === null || entry.seen === 'acknowledged') return [];
    const merged = seenAs(former, entry.seen, entry.seenAt);
    return merged === former ? [] : [merged];
  });
  await db.ledger.bulkPut(stronger);
  return given.length;
}

async function putMissing(db: Database, acts: readonly OwnerActEntry[]): Promise<number> {
  const formers = await db.acts.bulkGet(acts.map(({ id }) => id));
  const news = acts.filter((_, index) => formers[index] === undefined);
  await db.acts.bulkPut(news);
  return news.length;
}

async function replaceRows(db: Database, backup: Backup, now: number): Promise<Counts> {
  const given = rowsByKind(backup);
  await Promise.all([db.bills, db.ledger, db.acts, db.sites, db.recipes].map((table) => table.clear()));
  await heldRows(db).delete();
  await db.bills.bulkPut(given.bill as never);
  await db.ledger.bulkPut(await asHeld(db, backup.ledger, now));
  await db.acts.bulkPut(backup.acts);
  await db.sites.bulkPut(backup.sites);
  await db.recipes.bulkPut(backup.recipes);
  return { ledger: backup.ledger.length, acts: backup.acts.length, recipes: backup.recipes.length };
}

/** What a service holds for this browser is known here, not in the file: the rest of what it armed was taken back. */
async function asHeld(db: Database, ledger: readonly LedgerEntry[], now: number): Promise<LedgerEntry[]> {
  const setting = async (name: string): Promise<unknown> => (await db.settings.get(name))?.value;
  const device = await setting('device');
  const held = new Set(soundChannels(await setting('channels')).held.map(({ entryId }) => entryId));
  return ledger.map((entry) =>
    entry.outcome === 'armed' && entry.device === device && entry.plannedAt > now && !held.has(entry.id)
      ? { ...entry, outcome: 'withdrawn', settledAt: now }
      : entry,
  );
}
