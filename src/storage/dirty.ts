/**
 * Remembers, in the transaction that writes, which rows were written: capturing then looks at these alone. It works
 * below every write path of the app, so that none can forget it; while syncing is off, a row is named at most once.
 */
import { type DBCore, type DBCoreMutateRequest, type DBCoreTable, type DBCoreTransaction, Dexie } from 'dexie';

const DIRTY = 'dirty';
/** The settings that are shared. */
const SHARED_SETTINGS: readonly unknown[] = ['rules', 'channels'];

const IS_SHARED: Readonly<Record<string, (key: unknown) => boolean>> = {
  bills: () => true,
  ledger: () => true,
  recipes: () => true,
  sites: () => true,
  settings: (key) => SHARED_SETTINGS.includes(key),
};

/** Transactions that write what others sent: it is captured already. */
const silent = new WeakSet<object>();

/** The transaction of the caller. */
export function silence(): void {
  silent.add(current());
}

/** What it writes from now on are edits of this browser again. */
export function unsilence(): void {
  silent.delete(current());
}

function current(): object {
  return (Dexie.currentTransaction as unknown as { idbtrans: object }).idbtrans;
}

export function markingDirty(core: DBCore): Partial<DBCore> {
  return {
    ...core,
    transaction: (stores, mode, options) => {
      const isMarked = mode === 'readwrite' && !stores.includes(DIRTY) && stores.some((store) => store in IS_SHARED);
      return core.transaction(isMarked ? [...stores, DIRTY] : stores, mode, options);
    },
    table: (name) => {
      const table = core.table(name);
      const isShared = IS_SHARED[name];
      return isShared ? marked(table, core, isShared) : table;
    },
  };
}

function marked(table: DBCoreTable, core: DBCore, isShared: (key: unknown) => boolean): DBCoreTable {
  return {
    ...table,
    mutate: (request) =>
      table.mutate(request).then((answer) => {
        if (silent.has(request.trans)) return answer;
        const keys = keysOf(table, request).filter((key) => key === WHOLE || isShared(key));
        return keys.length === 0 ? answer : mark(core, request.trans, table.name, keys).then(() => answer);
      }),
  };
}

function mark(core: DBCore, trans: DBCoreTransaction, table: string, keys: readonly unknown[]): Promise<void> {
  const values = keys.map((key) => ({ table, key }));
  return core
    .table(DIRTY)
    .mutate({ type: 'put', trans, values })
    .then(({ numFailures, failures }) => {
      if (numFailures > 0) throw Object.values(failures)[0];
    });
}

function keysOf(table: DBCoreTable, request: DBCoreMutateRequest): readonly unknown[] {
  if (request.type === 'delete') return request.keys;
  // What a range held is not known after it went.
  if (request.type === 'deleteRange') return [WHOLE];
  const { extractKey } = table.schema.primaryKey;
  return request.keys ?? request.values.map((value) => extractKey?.(value));
}

/** Stands for every row of a table. */
export const WHOLE = '*';
