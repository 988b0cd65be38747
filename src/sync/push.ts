/** Sending what changed here: sealed and kept before it is sent, kept until it was read back in a later sync. */
import type { Backend, ObjectBody, ObjectHeader } from '../app/sync-ports.ts';
import { HOUR_MS } from '../core/day.ts';
import { nameOf, parseKeyName, parseName } from './layout.ts';
import { compare, isReplaced, ownEntries } from './own.ts';
import { fail, type Run } from './run.ts';
import type { Outgoing } from './state.ts';

/** So many sealed objects wait at most; what changes meanwhile goes into the next one. */
const MOST_WAITING = 8;
const HASHES_KEPT = 64;
const MOST_REMOVED_AT_ONCE = 40;

/** Seals what changed. One save keeps the sealed bytes, the new head and the mark together. */
export async function sealChanges(run: Run): Promise<void> {
  const { state, deps } = run;
  if (state.outbox.length >= MOST_WAITING) {
    run.report.waiting = { ...run.report.waiting, hasUnsealed: true };
    return;
  }
  const scope = deps.backend.isSmall ? 'live' : 'all';
  // All of it in the chain itself: a reader that follows the deltas never needs a snapshot.
  const isWhole = state.isWholeNext || (deps.backend.isSmall && state.head.sequence === 0);
  const { records, mark } = isWhole ? await deps.replica.whole(scope) : await deps.replica.pendingSince(state.mark);
  if (records.length > 0) await sealNext(run, 'delta', records);
  else if (state.head.sequence === 0 || state.isToTell) await sealNext(run, 'head', []);
  Object.assign(state, { mark, isWholeNext: false, isToTell: false });
  const deltas = state.head.sequence - Math.max(state.snapshotAt, 0);
  if (state.isSnapshotNext || deltas > deps.backend.deltasBeforeSnapshot) {
    // A snapshot has its head's name: the same head is not told twice.
    if (state.snapshotAt === state.head.sequence) await sealNext(run, 'head', []);
    const whole = await deps.replica.whole(scope);
    await keep(run, { sequence: state.head.sequence, previous: state.head.hash, kind: 'snapshot' }, whole.records);
    Object.assign(state, { snapshotAt: state.head.sequence, isSnapshotNext: false });
  }
  await deps.store.save(state);
}

async function sealNext(
  run: Run,
  kind: 'delta' | 'head',
  records: readonly unknown[],
  closedFor?: string,
): Promise<void> {
  const { state, vault } = run;
  const sequence = state.head.sequence + 1;
  const outgoing = await keep(run, { sequence, previous: state.head.hash, kind }, records, closedFor);
  const hash = await vault.hash(outgoing.bytes);
  state.head = { sequence, hash };
  const { [sequence - HASHES_KEPT]: _, ...hashes } = state.hashes;
  state.hashes = { ...hashes, [sequence]: hash };
}

async function keep(
  { state, vault, at }: Run,
  { sequence, previous, kind }: Pick<ObjectHeader, 'sequence' | 'previous' | 'kind'>,
  records: readonly unknown[],
  closedFor?: string,
): Promise<Outgoing> {
  const header: ObjectHeader = { vault: vault.id, device: state.device, sequence, previous, kind };
  const read = Object.entries(state.seen).map(([device, each]) => [device, [each.sequence, each.hash]] as const);
  const seen: ObjectBody['seen'] = { ...Object.fromEntries(read), ...state.doubles };
  const bytes = await vault.seal(header, {
    at,
    label: state.label,
    seen,
    records,
    ...(closedFor ? { closedFor } : {}),
  });
  const name = nameOf({ device: state.device, sequence, isSnapshot: kind === 'snapshot' });
  const outgoing: Outgoing = { name, bytes, records: records.length, isPut: false };
  state.outbox = [...state.outbox, outgoing];
  return outgoing;
}

/** The last word in a vault that another one replaces. */
export async function sealFarewell(run: Run, closedFor: string): Promise<void> {
  await sealNext(run, 'head', [], closedFor);
}

export async function send(run: Run): Promise<void> {
  const { state, deps, report, vault } = run;
  for (const outgoing of state.outbox) {
    if (outgoing.isPut) continue;
    // A listing may be old: what lies there by now is looked at before it would be written over.
    const found = await compare(run, outgoing.name, await vault.hash(outgoing.bytes));
    // What was never sent, lies there and is not given may be a lost self's: it is left alone, name and all.
    const isOthers = found === 'withheld' && !outgoing.isLost && run.folder.entries.has(outgoing.name);
    if (found === 'other' || isOthers) run.isForked = true;
    if (run.isForked || found === 'unknown') break;
    // A listing that is behind missed it: nothing was lost.
    if (found === 'same') outgoing.isLost = false;
    // What lies there whole is not written over: a second try may be cut off on its way.
    const put = found === 'same' ? ({ kind: 'done' } as const) : await putWithin(run, outgoing);
    if (put.kind === 'failed') {
      fail(run, put);
      if (put.code === 'sync-quota' && deps.backend.isSmall) await makeRoom(run);
      break; // the order of the chain is the order of sending
    }
    outgoing.isPut = true;
    report.pushed = {
      objects: report.pushed.objects + 1,
      records: report.pushed.records + outgoing.records,
    };
  }
  await deps.store.save(state);
}

async function putWithin({ deps }: Run, { name, bytes }: Outgoing): ReturnType<Backend['put']> {
  return bytes.length > deps.backend.mostObjectBytes
    ? { kind: 'failed', code: 'sync-quota' }
    : deps.backend.put(name, bytes);
}

/** A small store is full: own old objects go, and the next sync sends one snapshot of what still matters. */
async function makeRoom(run: Run): Promise<void> {
  const { state, deps, folder, at } = run;
  const isAlone = state.snapshotAt === state.head.sequence && (folder.devices.get(state.device)?.newest ?? -1) < 0;
  state.isSnapshotNext = true;
  // Nothing of ours was left to clear: the others must first, or fewer bills be live.
  if (isAlone) state.pausedUntil = at + HOUR_MS;
  await deps.store.save(state);
  const own = ownEntries(run).map(({ name }) => name);
  const removed = await deps.backend.remove(own);
  // What may lie there yet is known, or it would be taken for another browser's.
  if (removed.kind === 'failed') return;
  // The last word of an earlier membership is in no snapshot of this one.
  const former = state.outbox.filter(({ name }) => parseName(name)!.device !== state.device);
  Object.assign(state, { outbox: former, checked: {} });
}

/** Own objects that a confirmed snapshot stands for, and what earlier memberships left. */
export async function clearAway(run: Run): Promise<void> {
  const { state, deps, folder, at } = run;
  const snapshot = nameOf({ device: state.device, sequence: state.snapshotAt, isSnapshot: true });
  const hasSnapshot = folder.entries.has(snapshot) && !state.outbox.some(({ name }) => name === snapshot);
  const isHere = state.outbox.length === 0;
  const isOld = (name: string): boolean => {
    const key = parseKeyName(name);
    if (key) return isHere && state.former.some((each) => each.closes && each.vault === key.vault);
    const object = parseName(name);
    if (!object) return false;
    if (state.former.some((each) => each.device === object.device && at >= each.until)) return isHere;
    return hasSnapshot && object.device === state.device && isReplaced(state, object);
  };
  const old = [...folder.entries.keys()].filter(isOld).slice(0, MOST_REMOVED_AT_ONCE);
  if (old.length === 0) return;
  const removed = await deps.backend.remove(old);
  if (removed.kind === 'failed') fail(run, removed);
  else for (const name of old) delete state.checked[name];
  await deps.store.save(state);
}
