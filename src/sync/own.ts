/** What lies under our own names: read back after it was sent, and watched for another browser that uses them too. */
import { MOST_OBJECT_BYTES, nameOf, type ObjectName, parseName } from './layout.ts';
import { isRested, isWithheld, refuse } from './refusals.ts';
import { fail, type Run } from './run.ts';
import type { Outgoing, SyncState } from './state.ts';

const MOST_LOOKED_AT = 12;

export async function lookAtOwn(run: Run): Promise<void> {
  const { state, folder, vault } = run;
  let looked = 0;
  for (const { name, stamp } of ownEntries(run)) {
    const object = parseName(name)!;
    const outgoing = state.outbox.find((each) => each.name === name);
    const known = state.checked[name];
    if (!outgoing && (known ? known.stamp === stamp : isForgotten(state, object))) continue;
    if (!isRested(run, name)) continue;
    if (++looked > MOST_LOOKED_AT) break;
    const hash = outgoing ? await vault.hash(outgoing.bytes) : (known?.hash ?? hashAt(state, object));
    const found = await compare(run, name, hash);
    if (found === 'other') {
      run.isForked = true;
      break;
    }
    if (found === 'same') {
      state.outbox = state.outbox.filter((each) => each !== outgoing);
      state.checked[name] = { hash, stamp };
      delete state.refused[name];
    } else if (outgoing && found !== 'unknown') sendAgain(run, outgoing);
    else if (found === 'damaged' || found === 'withheld') {
      refuse(run, name, known ? 'sync-damaged' : 'sync-foreign-name');
      if (known && isNeeded(state, object)) state.isSnapshotNext = true;
    }
  }
  state.outbox = state.outbox.filter((each) => !isOver(run, each));
  // Never arrived, or lost: sent again, byte for byte.
  for (const outgoing of state.outbox) if (!folder.entries.has(outgoing.name)) sendAgain(run, outgoing);
}

/** Once is an accident on the way; a store that says done again and again and keeps nothing whole is no success. */
function sendAgain(run: Run, outgoing: Outgoing): void {
  if (!outgoing.isPut) return;
  if (outgoing.isLost) fail(run, { kind: 'failed', code: 'sync-server' });
  Object.assign(outgoing, { isPut: false, isLost: true });
}

/** Whether it need not be read back. */
function isOver({ state, folder }: Run, { name, isPut }: Outgoing): boolean {
  const { device, sequence, isSnapshot } = parseName(name)!;
  // The last word of an earlier membership needs no more than to be there.
  if (device !== state.device) return isPut && folder.entries.has(name);
  // What a snapshot stands for need not arrive any more: a twin of this browser may have cleared it away.
  const snapshot = nameOf({ device, sequence: state.snapshotAt, isSnapshot: true });
  return isReplaced(state, { sequence, isSnapshot }) && folder.entries.has(snapshot);
}

/** The last own snapshot stands for it. */
export function isReplaced({ snapshotAt }: SyncState, { sequence, isSnapshot }: Omit<ObjectName, 'device'>): boolean {
  return isSnapshot ? sequence < snapshotAt : sequence <= snapshotAt;
}

export function ownEntries({ state, folder }: Run) {
  return [...folder.entries.values()].filter(({ name }) => parseName(name)?.device === state.device);
}

/** Replaced long ago, by us: nothing is known of it any more, and nobody needs it. */
function isForgotten(state: SyncState, object: ObjectName): boolean {
  const { sequence, isSnapshot } = object;
  if (isSnapshot) return isReplaced(state, object);
  return sequence <= state.head.sequence && state.hashes[sequence] === undefined;
}

function hashAt(state: SyncState, { sequence, isSnapshot }: ObjectName): string {
  return isSnapshot ? '' : (state.hashes[sequence] ?? '');
}

/** A reader who comes anew needs the last snapshot and what followed it. */
function isNeeded(state: SyncState, { sequence, isSnapshot }: ObjectName): boolean {
  return isSnapshot ? sequence === state.snapshotAt : sequence > state.snapshotAt;
}

/** Our bytes, another seal of this vault under our name, rubbish, or what the store keeps to itself. */
export async function compare(
  run: Run,
  name: string,
  hash: string,
): Promise<'same' | 'other' | 'damaged' | 'withheld' | 'absent' | 'unknown'> {
  const { deps, vault } = run;
  const got = await deps.backend.get(name, Math.min(MOST_OBJECT_BYTES, deps.backend.mostObjectBytes));
  if (got.kind === 'failed') {
    if (got.code === 'sync-object-too-large') return 'damaged';
    return (await isWithheld(run, name, got)) ? 'withheld' : 'unknown';
  }
  if (got.kind === 'absent') return 'absent';
  if ((await vault.hash(got.bytes)) === hash) return 'same';
  const opened = await vault.open(parseName(name)!, got.bytes);
  return opened.kind === 'opened' ? 'other' : 'damaged';
}

/** Own objects that a new reader would need and the listing lacks, twice in a row: the store has lost them, a snapshot takes their place. */
export function noticeLoss({ state, folder }: Run): void {
  const { device, snapshotAt, head } = state;
  const waiting = new Set(state.outbox.map((each) => each.name));
  const isThere = (sequence: number, isSnapshot: boolean): boolean => {
    const name = nameOf({ device, sequence, isSnapshot });
    return waiting.has(name) || folder.entries.has(name);
  };
  let isWhole = snapshotAt < 0 || isThere(snapshotAt, true);
  for (let sequence = Math.max(snapshotAt, 0) + 1; sequence <= head.sequence; sequence++)
    isWhole &&= isThere(sequence, false);
  state.missed = isWhole ? 0 : state.missed + 1;
  if (state.missed < 2) return;
  state.missed = 0;
  state.isSnapshotNext = true;
}
