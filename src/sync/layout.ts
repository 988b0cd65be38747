/** The names of the folder, and what they alone tell. Nothing here reads an object. */
import type { RemoteEntry } from '../app/sync-ports.ts';

/**
 * Deltas of one device before a snapshot takes their place. The folder of 20 browsers stays below one listing's page of
 * 坚果云 (750): 20 × (32 + 4) + keys < 750.
 */
export const DELTAS_BEFORE_SNAPSHOT = 32;
/** A sealed object larger than this is nobody's. */
export const MOST_OBJECT_BYTES = 8 << 20;

export interface ObjectName {
  readonly device: string;
  readonly sequence: number;
  readonly isSnapshot: boolean;
}

const OBJECT = /^([0-9a-z]{10,32})-(snapshot-)?(0|[1-9]\d{0,8})\.jwe$/;
const KEY = /^vault-([0-9a-z]{10,32})-([0-9a-z]{10,32})\.json$/;

export function nameOf({ device, sequence, isSnapshot }: ObjectName): string {
  return `${device}-${isSnapshot ? 'snapshot-' : ''}${sequence}.jwe`;
}

export function parseName(name: string): ObjectName | null {
  const match = OBJECT.exec(name);
  return match && { device: match[1]!, sequence: Number(match[3]), isSnapshot: match[2] !== undefined };
}

/** The wrapped key of a vault: a new name at every change of the code. */
export function keyName(vault: string, wrap: string): string {
  return `vault-${vault}-${wrap}.json`;
}

export function parseKeyName(name: string): { vault: string } | null {
  const match = KEY.exec(name);
  return match && { vault: match[1]! };
}

export interface DeviceObjects {
  readonly deltas: ReadonlySet<number>;
  /** Ascending. */
  readonly snapshots: readonly number[];
  /** The newest that either shows; -1 for none. */
  readonly newest: number;
}

export interface Folder {
  readonly devices: ReadonlyMap<string, DeviceObjects>;
  readonly entries: ReadonlyMap<string, RemoteEntry>;
  /** Vault ids whose key lies here. */
  readonly vaults: readonly string[];
  readonly strangers: number;
}

export function folderOf(entries: readonly RemoteEntry[]): Folder {
  const devices = new Map<string, { deltas: Set<number>; snapshots: number[]; newest: number }>();
  const known = new Map<string, RemoteEntry>();
  const vaults = new Set<string>();
  let strangers = 0;
  for (const entry of entries) {
    const key = parseKeyName(entry.name);
    const name = parseName(entry.name);
    if (key) vaults.add(key.vault);
    else if (!name) {
      strangers++;
      continue;
    }
    known.set(entry.name, entry);
    if (!name) continue;
    const device = devices.get(name.device) ?? { deltas: new Set<number>(), snapshots: [], newest: -1 };
    if (name.isSnapshot) device.snapshots.push(name.sequence);
    else device.deltas.add(name.sequence);
    device.newest = Math.max(device.newest, name.sequence);
    devices.set(name.device, device);
  }
  for (const device of devices.values()) device.snapshots.sort((a, b) => a - b);
  return { devices, entries: known, vaults: [...vaults].sort(), strangers };
}

export type NextRead =
  | { readonly kind: 'nothing' }
  /** The one that follows what was seen in the chain. */
  | { readonly kind: 'delta'; readonly sequence: number }
  | { readonly kind: 'snapshot'; readonly sequence: number }
  | { readonly kind: 'refused'; readonly sequence: number; readonly code: 'sync-gap' };

/** What to read of one device, when its objects through `seen` are known (0 for none). `hasSeen` tells a first look. */
export function nextRead(objects: DeviceObjects, seen: number, hasSeen: boolean): NextRead {
  const sequence = seen + 1;
  const hasDelta = objects.deltas.has(sequence);
  const snapshot = objects.snapshots.at(-1) ?? -1;
  // A first look takes the snapshot, which holds everything; one that follows takes the few deltas.
  if (snapshot > seen && (!hasDelta || !hasSeen)) return { kind: 'snapshot', sequence: snapshot };
  if (hasDelta) return { kind: 'delta', sequence };
  if (objects.newest > seen) return { kind: 'refused', sequence, code: 'sync-gap' };
  return { kind: 'nothing' };
}

/** A vault that was begun at the same moment as another gives way to the one whose name sorts first. */
export function winner(vaults: readonly string[]): string | null {
  return [...vaults].sort()[0] ?? null;
}
