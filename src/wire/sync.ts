/** The background's part in syncing: the engine over the owner's place, the records and one key, one thing at a time. */
import type { Clock, Ids, Ports, Store } from '../app/ports.ts';
import { syncAtWake, syncOnce } from '../app/sync.ts';
import type { Backend, BackendFailure, SyncDoor } from '../app/sync-ports.ts';
import { within } from '../app/within.ts';
import { siteAccess } from '../browser/site-permissions.ts';
import { onSyncAreaChange, syncArea } from '../browser/storage-sync.ts';
import { errorName } from '../core/error-name.ts';
import { mergeAll } from '../core/record/merge.ts';
import { type Rec, soundRec } from '../core/record/record.ts';
import type { Replica as Records } from '../core/record/replica.ts';
import { DEVICE } from '../core/record/restamp.ts';
import type { SyncHonours, SyncPlace } from '../core/sync-setting.ts';
import type { Database } from '../storage/database.ts';
import { openReplica } from '../storage/records.ts';
import { hasUncaptured, syncRow } from '../storage/sync-rows.ts';
import { readAddress } from '../sync/address.ts';
import type { Spent } from '../sync/budget.ts';
import { syncNow } from '../sync/engine.ts';
import { storageAreaBackend, webdavBackend } from '../sync/index.ts';
import { replicaOver } from '../sync/over-records.ts';
import { probe } from '../sync/probe.ts';
import { emptyReport } from '../sync/run.ts';
import { isUnsent, type SyncDeps, type SyncState } from '../sync/state.ts';
import { hasOthers } from '../sync/storage-area.ts';
import { vaultOf } from '../sync/vault.ts';
import { NUTSTORE, type WebdavDoors, webdavClient } from '../sync/webdav.ts';
import { type InTurn, oneAtATime } from './in-turn.ts';

/** The record that tells every browser of a vault the salt of its accounts. */
const VAULT = 'vault';
/** So long the browser has to say which servers it may ask: every later sync waits behind this one. */
const ANSWER_MS = 10_000;

export interface SyncParts {
  readonly door: SyncDoor;
  readonly records: Records;
  /** Two at once would seal one number twice. */
  readonly inTurn: InTurn;
  /** Or why the place cannot be asked. */
  depsFor(place: SyncPlace): Promise<{ kind: 'open'; deps: SyncDeps } | BackendFailure>;
  /** What the server does, null where there is none; it failed where it does not give back what it was given. */
  tryOut(place: SyncPlace): Promise<SyncHonours | BackendFailure | null>;
  /** Nothing is known of the vault any more; the records stay. */
  clear(): Promise<void>;
  /** The first words in a vault, or to one that was joined. */
  introduce(isFirst: boolean): Promise<void>;
}

export function openSync(doors: { clock: Clock; ids: Ids; store: Store }, db: Database): SyncParts {
  const { clock, ids, store } = doors;
  const records = openReplica(db);
  const states = syncRow<SyncState>(db, 'syncState');
  const base = replicaOver(records, () => clock.now());
  const replica: SyncDeps['replica'] = {
    ...base,
    absorb: async (given, options) => {
      await takeSalt(records, given);
      return base.absorb(given, options);
    },
  };
  const inTurn = oneAtATime();

  const webdavDoors = (isNutstore: boolean): WebdavDoors => ({
    fetch: (url, init) => fetch(url, init),
    now: () => clock.now(),
    sleep: (ms) => new Promise((rest) => setTimeout(rest, ms)),
    ...(isNutstore ? { paceMs: NUTSTORE.paceMs, budget: { ...NUTSTORE, meter: syncRow<Spent>(db, 'syncSpent') } } : {}),
  });
  const openPlace = async (place: Extract<SyncPlace, { kind: 'webdav' }>) => {
    const address = readAddress(place.url);
    if (address.kind === 'refused') return { kind: 'failed' as const, code: address.code };
    const isLet = await within(ANSWER_MS, siteAccess.has(address.patterns), null);
    if (!isLet) return { kind: 'failed' as const, code: isLet === null ? 'sync-timeout' : 'sync-no-permission' };
    return { kind: 'open' as const, at: { ...place, url: address.url }, doors: webdavDoors(address.isNutstore) };
  };
  const backendFor = async (place: SyncPlace): Promise<Backend | BackendFailure> => {
    if (place.kind === 'area') return storageAreaBackend(syncArea);
    const opened = await openPlace(place);
    return opened.kind === 'failed' ? opened : webdavBackend(opened.at, opened.doors);
  };
  const depsFor: SyncParts['depsFor'] = async (place) => {
    const backend = await backendFor(place);
    if ('kind' in backend) return backend;
    const deps = {
      clock,
      ids,
      backend,
      replica,
      store: states,
      vaultOf: (of: SyncState) => vaultOf(of.vault, of.key!),
    };
    return { kind: 'open', deps };
  };

  const introduce = async (isFirst: boolean): Promise<void> => {
    const now = clock.now();
    const state = await states.load();
    if (isFirst) await records.say(VAULT, VAULT, { salt: await store.salt() }, now);
    if (state) await records.say(DEVICE, await store.deviceId(), { name: state.device }, now);
  };

  return {
    records,
    inTurn,
    depsFor,
    introduce,
    clear: () => states.clear(),
    tryOut: async (place) => {
      if (place.kind === 'area') return null;
      const opened = await openPlace(place);
      if (opened.kind === 'failed') return opened;
      const found = await probe(webdavClient(opened.at, opened.doors), ids.next().replaceAll('-', '').slice(0, 12));
      return 'kind' in found || found.readsBack ? found : { kind: 'failed', code: 'sync-not-webdav' };
    },
    door: doorOver(db, records, ({ place }, options) =>
      inTurn(async () => {
        if (place === null) return null;
        const opened = await depsFor(place);
        if (opened.kind === 'failed') return { ...emptyReport(clock.now()), failure: opened.code };
        const report = await syncNow(opened.deps, options);
        if (report?.renamed) await introduce(false);
        return report;
      }),
    ),
  };
}

/** What the use cases ask, over what this browser remembers. `now`: one sync. */
export function doorOver(db: Database, records: Records, now: SyncDoor['now']): SyncDoor {
  const states = syncRow<SyncState>(db, 'syncState');
  return {
    now,
    hasChanges: () => hasUncaptured(db),
    isWaiting: async () => {
      const state = await states.load();
      return state !== null && isUnsent(state, await records.latestSeq());
    },
    held: () => records.held(),
    release: async (word, at, shown) => void (await records.release(word, at, shown)),
    device: async () => (await states.load())?.device ?? '',
    names: async () =>
      new Map((await records.ofKind(DEVICE)).map(({ id, fields }) => [id, String(fields.name?.[0] ?? '')])),
    compact: async (at) => void (await records.compact(at)),
  };
}

/** Before what was sent is merged: the accounts in it are hashed with the vault's salt. */
async function takeSalt(records: Records, given: readonly unknown[]): Promise<void> {
  const isOfVault = (raw: unknown): boolean => (raw as Partial<Rec> | null | undefined)?.kind === VAULT;
  const told = given.filter(isOfVault).flatMap((raw) => soundRec(raw) ?? []);
  if (told.length === 0) return;
  const { state } = mergeAll(new Map(), [...(await records.ofKind(VAULT)), ...told]);
  const salt = [...state.values()].find(({ id }) => id === VAULT)?.fields.salt?.[0];
  if (typeof salt === 'string' && salt !== '') await records.adoptSalt(salt);
}

/** A removed browser's stamps of a time to come go with it. */
export async function forgetStamps(records: Records, device: string): Promise<void> {
  for (const { id, fields } of await records.ofKind(DEVICE))
    if (fields.name?.[0] === device) await records.forgetDevice(id);
}

/** After every pass, and never in its way. What it brings is worth another pass. */
export function syncAfterPass(ports: Ports, pass: () => Promise<void>): Promise<void> {
  return newsFor(ports, pass, () => syncAtWake(ports));
}

/** First turn only. The browser's own sync brought what another machine wrote: it is read at once, from this machine's disk. */
export function listenToArea(ports: Ports, pass: () => Promise<void>): void {
  onSyncAreaChange(
    (keys) =>
      void newsFor(ports, pass, async () => {
        const { place } = await ports.store.sync();
        if (place?.kind !== 'area' || !hasOthers(keys, (await ports.sync?.device()) ?? '')) return false;
        return ((await syncOnce(ports))?.pulled.applied ?? 0) > 0;
      }),
  );
}

async function newsFor(ports: Ports, pass: () => Promise<void>, look: () => Promise<boolean>): Promise<void> {
  try {
    if (await look()) await pass();
  } catch (error) {
    ports.log.warn('sync-failed', { name: errorName(error) });
  }
}
