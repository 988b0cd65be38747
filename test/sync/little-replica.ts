/** The least that can be synced: one value per id, the last writer wins on a hybrid clock. */
import type { Replica } from '../../src/app/sync-ports.ts';
import type { Instant } from '../../src/core/day.ts';

export interface Edit {
  readonly id: string;
  readonly value: string;
  readonly ms: Instant;
  readonly counter: number;
  readonly node: string;
}

/** What a machine keeps on its disk. */
export interface Disk {
  node: string;
  ms: Instant;
  counter: number;
  records: Map<string, Edit>;
  own: Edit[];
  waiting: Edit[];
}

export const DRIFT_MS = 5 * 60_000;

export function newDisk(node: string): Disk {
  return { node, ms: 0, counter: 0, records: new Map(), own: [], waiting: [] };
}

export function isNewer(a: Edit, b: Edit): boolean {
  if (a.ms !== b.ms) return a.ms > b.ms;
  if (a.counter !== b.counter) return a.counter > b.counter;
  if (a.node !== b.node) return a.node > b.node;
  return a.value > b.value;
}

export function edit(disk: Disk, id: string, value: string, now: Instant): Edit {
  if (now > disk.ms) [disk.ms, disk.counter] = [now, 0];
  else disk.counter++;
  const made = { id, value, ms: disk.ms, counter: disk.counter, node: disk.node };
  put(disk, made);
  disk.own.push(made);
  return made;
}

function put(disk: Disk, each: Edit): boolean {
  const known = disk.records.get(each.id);
  if (known && !isNewer(each, known)) return false;
  disk.records.set(each.id, each);
  return true;
}

function takeIn(disk: Disk, edits: readonly Edit[], now: Instant): { applied: number; deferred: number } {
  let applied = 0;
  const waiting: Edit[] = [];
  for (const each of [...disk.waiting, ...edits]) {
    if (each.ms > now + DRIFT_MS) {
      waiting.push(each);
      continue;
    }
    if (each.ms > disk.ms || (each.ms === disk.ms && each.counter > disk.counter))
      [disk.ms, disk.counter] = [each.ms, each.counter];
    if (put(disk, each)) applied++;
  }
  disk.waiting = waiting;
  return { applied, deferred: waiting.length };
}

export function littleReplica(disk: Disk): Replica {
  return {
    capture: async (now) => takeIn(disk, [], now),
    pendingSince: async (mark) => ({
      records: disk.own.slice(typeof mark === 'number' ? mark : 0),
      mark: disk.own.length,
    }),
    whole: async () => ({ records: [...disk.records.values(), ...disk.waiting], mark: disk.own.length }),
    absorb: async (records, { now }) => takeIn(disk, records as Edit[], now),
  };
}
