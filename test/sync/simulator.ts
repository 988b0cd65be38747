/**
 * Machines that share a folder, and everything that goes wrong at every step: seeded, so that a seed is a story that
 * can be told again. `play` throws with what was lost.
 */
import type { Backend, BackendFailure, Replica, SyncStore, Vault } from '../../src/app/sync-ports.ts';
import { syncNow } from '../../src/sync/engine.ts';
import { folderOf, type ObjectName, parseName } from '../../src/sync/layout.ts';
import { newState, type SyncDeps, type SyncState } from '../../src/sync/state.ts';
import { entriesOf, type MemoryFolder, memoryBackend, memoryFolder, write } from '../fakes/memory-backend.ts';
import { fakeVault, peek } from './fake-vault.ts';
import { type Disk, type Edit, edit, isNewer, littleReplica, newDisk } from './little-replica.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 8, 1);

class Crash extends Error {}

export interface Story {
  readonly machines: number;
  readonly steps: number;
  /** How often a request or a write goes wrong. */
  readonly faultShare: number;
  readonly vaultOf?: (state: SyncState) => Vault;
  /** Reads a sealed object without the engine; the fake vault's when left out. */
  readonly peek?: (bytes: Uint8Array, name: string) => Promise<readonly unknown[] | null>;
  readonly backend?: Partial<Backend>;
  /** Stands before the folder, the same for every machine, until the faults end. Its own chances: no story is another for it. */
  readonly server?: (honest: Backend, folder: MemoryFolder, random: () => number, now: () => number) => Backend;
  /** What the store holds until the faults end, in bytes. */
  readonly room?: number;
  readonly trace?: (line: string) => void;
}

interface Machine {
  name: string;
  disk: Disk;
  state: SyncState | null;
  offset: number;
}

export interface Told {
  readonly edits: number;
  readonly syncs: number;
  readonly crashes: number;
  readonly faults: number;
  readonly renamed: number;
  readonly files: number;
  readonly requests: number;
}

type Random = () => number;
export function randomOf(seed: number): Random {
  let a = (seed * 2654435761) >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export async function play(seed: number, story: Story): Promise<Told> {
  const random = randomOf(seed);
  const pick = (most: number): number => Math.floor(random() * most);
  const folder = memoryFolder();
  const must: Edit[] = [];
  const told = { edits: 0, syncs: 0, crashes: 0, faults: 0, renamed: 0 };
  let now = START;
  let names = 0;
  let share = story.faultShare;
  let room = story.room ?? Number.POSITIVE_INFINITY;
  let stale = entriesOf(folder);
  // No longer than what a browser makes of it: else two would share a name.
  const freshName = () => `m${String(seed % 10_000)}x${String(++names).padStart(6, '0')}`.padEnd(12, '0');
  const joined = (): SyncState =>
    newState({ vault: 'vault0000001', key: null, keyName: '', keyText: '', device: freshName(), label: 'x' });
  const machine = (index: number): Machine => ({
    name: `n${index}`,
    disk: newDisk(`n${index}`),
    state: joined(),
    offset: index === 0 ? 0 : Math.round((random() * 4 - 2) * HOUR),
  });
  const machines = Array.from({ length: story.machines }, (_, index) => machine(index));
  const isFault = (): boolean => random() < share && ++told.faults > 0;
  const crash = (): never => {
    told.crashes++;
    throw new Crash('power cut');
  };

  const strange = story.server?.(memoryBackend(folder, story.backend), folder, randomOf(seed + 0.5), () => now);
  const depsOf = (of: Machine): SyncDeps => {
    const base = share > 0 && strange ? strange : memoryBackend(folder, story.backend);
    const roomFor = (name: string): number =>
      [...folder.files].reduce((left, [each, { length }]) => (each === name ? left : left - length), room);
    const failures: readonly BackendFailure[] = [
      { kind: 'failed', code: 'sync-server' },
      { kind: 'failed', code: 'sync-busy', pauseMs: 60_000 },
      { kind: 'failed', code: 'sync-timeout' },
    ];
    /** Goes wrong before, after, or by an answer that tells nothing of what was done. */
    const shaky = async <T>(act: () => Promise<T>): Promise<T | BackendFailure> => {
      if (!isFault()) return act();
      const kind = pick(5);
      if (kind === 0) crash();
      if (kind === 1) {
        await act();
        crash();
      }
      if (kind === 2) await act();
      return failures[pick(failures.length)]!;
    };
    const backend: Backend = {
      ...base,
      list: async () => {
        if (isFault() && pick(2) === 0) return { kind: 'listed', entries: stale };
        const listed = await shaky(base.list);
        if (pick(4) === 0) stale = entriesOf(folder);
        return listed;
      },
      get: async (name, most) => {
        const got = await shaky(() => base.get(name, most));
        if (got.kind === 'got' && isFault()) return { kind: 'got', bytes: got.bytes.slice(0, pick(got.bytes.length)) };
        return got;
      },
      put: async (name, bytes) => {
        if (bytes.length > roomFor(name)) return { kind: 'failed', code: 'sync-quota' };
        if (!isFault()) return shaky(() => base.put(name, bytes));
        const kind = pick(4);
        if (kind === 0) return { kind: 'failed', code: 'sync-precondition' };
        if (kind === 1) return { kind: 'failed', code: 'sync-quota' };
        write(folder, name, bytes.slice(0, pick(bytes.length))); // cut off on its way
        if (kind === 2) crash();
        return { kind: 'failed', code: 'sync-offline' };
      },
      remove: (gone) => shaky(() => base.remove(gone)),
    };
    const store: SyncStore<SyncState> = {
      load: async () => structuredClone(of.state),
      save: async (state) => {
        if (isFault() && pick(3) === 0) crash();
        of.state = structuredClone(state);
        if (isFault() && pick(3) === 0) crash();
      },
      clear: async () => {
        of.state = null;
      },
    };
    const records = littleReplica(of.disk);
    const replica: Replica = {
      ...records,
      absorb: async (given, options) => {
        if (isFault() && pick(3) === 0) crash();
        const absorbed = await records.absorb(given, options);
        if (isFault() && pick(3) === 0) crash();
        return absorbed;
      },
    };
    return {
      clock: { now: () => now + of.offset },
      ids: { next: freshName, hash: async (text) => text },
      backend,
      replica,
      store,
      vaultOf: story.vaultOf ?? ((state) => fakeVault(state.vault)),
    };
  };

  const sync = async (of: Machine) => {
    told.syncs++;
    try {
      const report = await syncNow(depsOf(of), { isAsked: pick(3) === 0 });
      if (report?.renamed) told.renamed++;
      story.trace?.(
        `${of.name} ${of.state?.device} head ${of.state?.head.sequence} snapshot ${of.state?.snapshotAt} pushed ${report?.pushed.objects} pulled ${report?.pulled.objects}${report?.renamed ? ' RENAMED' : ''} ${report?.failure ?? ''} refused ${JSON.stringify(report?.refused)} seen ${JSON.stringify(Object.fromEntries(Object.entries(of.state?.seen ?? {}).map(([k, v]) => [k, v.sequence])))} outbox ${of.state?.outbox.map((o) => o.name + (o.isPut ? '+' : '-'))}`,
      );
      return report;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      story.trace?.(
        `${of.name} ${of.state?.device} CRASH head ${of.state?.head.sequence} outbox ${of.state?.outbox.map((o) => o.name + (o.isPut ? '+' : '-'))}`,
      );
      return null;
    }
  };
  const write1 = (of: Machine): void => {
    story.trace?.(`${of.name} edits ${told.edits + 1}`);
    must.push(edit(of.disk, `r${pick(12)}`, `${of.name}.${++told.edits}`, now + of.offset));
  };
  const inFolder = async (): Promise<Set<string>> => {
    const found = new Set<string>();
    const { devices } = folderOf(entriesOf(folder));
    /** The chain has a hole before it, which nobody can fill any more. */
    const isCutOff = ({ device, sequence, isSnapshot }: ObjectName): boolean => {
      const { deltas, snapshots } = devices.get(device)!;
      let first = sequence;
      while (first > 1 && deltas.has(first - 1)) first--;
      return !isSnapshot && first > 1 && !snapshots.some((each) => each >= first - 1);
    };
    for (const [name, bytes] of folder.files) {
      const object = parseName(name);
      if (!object || isCutOff(object)) continue;
      const records = await (story.peek ?? (async (sealed: Uint8Array) => peek(sealed)))(bytes, name);
      for (const each of records ?? []) found.add((each as Edit).value);
    }
    return found;
  };

  let backup: { disk: Disk; state: SyncState | null } | null = null;
  for (let step = 0; step < story.steps; step++) {
    now += pick(20) * 60_000;
    const of = machines[pick(machines.length)]!;
    const what = random();
    if (what < 0.4) write1(of);
    else if (what < 0.93) await sync(of);
    else if (what < 0.95)
      backup = { disk: structuredClone(machines[1]!.disk), state: structuredClone(machines[1]!.state) };
    else if (what < 0.965 && backup) {
      // Machine 1 is set back: what no one else has of its edits went with its disk.
      const lost = new Set([...machines[1]!.disk.own].map((each) => each.value));
      for (const each of backup.disk.own) lost.delete(each.value);
      const kept = await inFolder();
      for (const other of machines)
        if (other !== machines[1])
          for (const each of [...other.disk.records.values(), ...other.disk.waiting]) kept.add(each.value);
      for (let i = must.length - 1; i >= 0; i--)
        if (lost.has(must[i]!.value) && !kept.has(must[i]!.value)) must.splice(i, 1);
      Object.assign(machines[1]!, structuredClone(backup));
      story.trace?.(`n1 SET BACK`);
    } else if (what < 0.98 && machines.length <= story.machines) {
      // A profile is copied with its browser's name in it: from now on two machines are one device.
      story.trace?.(`${of.name} COPIED`);
      machines.push({ ...structuredClone({ ...of, name: `${of.name}c` }), offset: of.offset });
    } else now += HOUR * pick(48);
  }

  story.trace?.(`END OF FAULTS ${[...folder.files.keys()].sort()}`);
  // The faults end; everyone comes by until nothing moves any more.
  share = 0;
  room = Number.POSITIVE_INFINITY;
  now += 6 * HOUR;
  for (let round = 0, still = 0; round < 10 && still < 2; round++) {
    now += 26 * HOUR;
    let moved = 0;
    for (const of of machines) {
      const report = await sync(of);
      moved += report ? report.pushed.objects + report.pulled.objects + report.waiting.objects : 1;
    }
    still = moved === 0 ? still + 1 : 0;
  }
  const joiner: Machine = { name: 'joiner', disk: newDisk('joiner'), state: joined(), offset: 0 };
  await sync(joiner);
  await sync(joiner);

  const expected = new Map<string, Edit>();
  for (const each of must) {
    const known = expected.get(each.id);
    if (!known || isNewer(each, known)) expected.set(each.id, each);
  }
  for (const of of [...machines, joiner]) {
    for (const each of expected.values()) {
      const have = of.disk.records.get(each.id);
      if (!have || isNewer(each, have))
        throw new Error(`seed ${seed}: ${of.name} lacks ${each.value} of ${each.id} (has ${have?.value ?? 'nothing'})`);
    }
    if (shape(of.disk) !== shape(machines[0]!.disk))
      throw new Error(`seed ${seed}: ${of.name} is not as ${machines[0]!.name}`);
  }
  const before = folder.requests;
  for (const of of machines) {
    const report = await sync(of);
    if (!report || report.waiting.objects > 0)
      throw new Error(`seed ${seed}: ${of.name} still waits: ${report?.failure}`);
  }
  const requests = folder.requests - before;
  if (requests > 2 * machines.length) throw new Error(`seed ${seed}: an idle round took ${requests} requests`);
  return { ...told, files: folder.files.size, requests };
}

function shape(disk: Disk): string {
  return JSON.stringify([...disk.records.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
}
