/** A folder in memory, as strict as a real one: bounded reads, sizes, stamps that change with the content. */
import type { Backend, RemoteEntry } from '../../src/app/sync-ports.ts';
import { DELTAS_BEFORE_SNAPSHOT, MOST_OBJECT_BYTES } from '../../src/sync/layout.ts';

export interface MemoryFolder {
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  stamps: Map<string, number>;
  requests: number;
}

export function memoryFolder(): MemoryFolder {
  return { files: new Map(), stamps: new Map(), requests: 0 };
}

let writes = 0;
export function write(folder: MemoryFolder, name: string, bytes: Uint8Array<ArrayBuffer>): void {
  folder.files.set(name, bytes.slice());
  folder.stamps.set(name, ++writes);
}

export function entriesOf(folder: MemoryFolder): RemoteEntry[] {
  return [...folder.files].map(([name, bytes]) => ({
    name,
    size: bytes.length,
    stamp: String(folder.stamps.get(name)),
  }));
}

export function memoryBackend(folder: MemoryFolder, limits: Partial<Backend> = {}): Backend {
  const asked = () => {
    folder.requests++;
  };
  return {
    id: 'memory',
    mostObjectBytes: MOST_OBJECT_BYTES,
    deltasBeforeSnapshot: DELTAS_BEFORE_SNAPSHOT,
    isSmall: false,
    prepare: async () => ({ kind: 'done' }),
    list: async () => {
      asked();
      return { kind: 'listed', entries: entriesOf(folder) };
    },
    get: async (name, mostBytes) => {
      asked();
      const bytes = folder.files.get(name);
      if (!bytes) return { kind: 'absent' };
      if (bytes.length > mostBytes) return { kind: 'failed', code: 'sync-object-too-large' };
      return { kind: 'got', bytes: bytes.slice() };
    },
    put: async (name, bytes) => {
      asked();
      if (bytes.length > MOST_OBJECT_BYTES) return { kind: 'failed', code: 'sync-object-too-large' };
      write(folder, name, bytes);
      return { kind: 'done' };
    },
    remove: async (names) => {
      for (const name of names) {
        asked();
        folder.files.delete(name);
        folder.stamps.delete(name);
      }
      return { kind: 'done' };
    },
    ...limits,
  };
}
