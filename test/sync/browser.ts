/** A browser of the tests: its disk, its state, and one clock for all of them. */
import type { Backend, SyncReport } from '../../src/app/sync-ports.ts';
import { syncNow } from '../../src/sync/engine.ts';
import { importKey, newRawKey } from '../../src/sync/key-object.ts';
import { newState, type SyncDeps, type SyncState } from '../../src/sync/state.ts';
import { vaultOf } from '../../src/sync/vault.ts';
import { type MemoryFolder, memoryBackend } from '../fakes/memory-backend.ts';
import { edit, littleReplica, newDisk } from './little-replica.ts';

let now = Date.UTC(2026, 8, 1);
let names = 0;

export function pass(ms: number): void {
  now += ms;
}

export function browser(folder: MemoryFolder, name: string, limits: Partial<Backend> = {}, backend?: Backend) {
  const disk = newDisk(name);
  let state: SyncState | null = null;
  const given = Object.fromEntries(
    Object.entries({ deltasBeforeSnapshot: 3, ...limits }).filter(([, v]) => v !== undefined),
  );
  const deps: SyncDeps = {
    clock: { now: () => now },
    ids: { next: () => `name${String(++names).padStart(8, '0')}`, hash: async (text) => text },
    backend: backend ?? memoryBackend(folder, given),
    replica: littleReplica(disk),
    store: {
      load: async () => structuredClone(state),
      save: async (changed) => {
        state = structuredClone(changed);
      },
      clear: async () => {
        state = null;
      },
    },
    vaultOf: (of) => vaultOf(of.vault, of.key!),
  };
  return {
    deps,
    disk,
    state: () => state!,
    write: (value: string, id = 'bill') => {
      pass(1000);
      edit(disk, id, value, now);
    },
    value: (id = 'bill') => disk.records.get(id)?.value,
    sync: async (): Promise<SyncReport> => {
      pass(60_000);
      return (await syncNow(deps))!;
    },
  };
}

export type Browser = ReturnType<typeof browser>;

const key = importKey(newRawKey());

/** One of the vault `vault0000001`, as `device00000` and its name; all of one test file have the same key. */
export async function memberOf(folder: MemoryFolder, name: string, limits: Partial<Backend> = {}): Promise<Browser> {
  const made = browser(folder, name, limits);
  const of = { vault: 'vault0000001', key: await key, keyName: '', keyText: '', device: `device00000${name}` };
  await made.deps.store.save(newState({ ...of, label: name }));
  return made;
}
