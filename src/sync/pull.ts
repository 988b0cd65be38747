/** Reading what the others sent: one listing told what there is; every object is checked before a record of it counts. */
import type { ObjectBody, RefusalCode } from '../app/sync-ports.ts';
import { type DeviceObjects, MOST_OBJECT_BYTES, nameOf, nextRead } from './layout.ts';
import { isRested, isWithheld, refuse, tell } from './refusals.ts';
import type { Run } from './run.ts';
import type { Seen } from './state.ts';

/** Records are merged at once, so that the failsafe sees the whole change, but no more than this are held. */
const MOST_RECORDS_AT_ONCE = 50_000;
const MOST_FAILURES = 3;
/** Of a folder full of bad objects no more are read in one sync. All of them are remembered, so none is read twice. */
const MOST_REFUSED = 100;

interface Gathered {
  records: unknown[];
  objects: number;
  /** What will have been seen once the records are merged. */
  seen: Record<string, Seen>;
  bodies: ObjectBody[];
}

export async function pull(run: Run): Promise<void> {
  const { folder, state } = run;
  let gathered: Gathered = { records: [], objects: 0, seen: {}, bodies: [] };
  let failures = 0;
  let refusals = 0;
  const own = new Set([state.device, ...state.former.map((each) => each.device)]);
  // Browsers that are known come first: names that anybody may lay hold none of them up.
  const rank = (device: string): string => `${Object.hasOwn(state.seen, device) ? 0 : 1}${device}`;
  for (const [device, objects] of [...folder.devices].sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))) {
    if (own.has(device)) continue;
    for (let isMore = refusals < MOST_REFUSED; isMore; ) {
      const outcome = await readOn(run, device, objects, gathered);
      if (outcome === 'refused') refusals++;
      isMore = outcome === 'more' || (outcome === 'refused' && refusals < MOST_REFUSED);
      if (outcome === 'failed' && (++failures >= MOST_FAILURES || state.pausedUntil !== null)) {
        await merge(run, gathered);
        return;
      }
      if (gathered.records.length >= MOST_RECORDS_AT_ONCE) {
        await merge(run, gathered);
        gathered = { records: [], objects: 0, seen: {}, bodies: [] };
      }
    }
  }
  await merge(run, gathered);
  tellMissing(run);
}

/** What was read here, or what any device says that it has read, and the folder no longer shows. */
function tellMissing(run: Run): void {
  const { state, folder } = run;
  for (const device of new Set([...Object.keys(state.seen), ...Object.keys(state.heard)])) {
    if (state.forgotten.includes(device)) continue;
    const least = Math.max(state.seen[device]?.sequence ?? 0, state.heard[device] ?? 0);
    const newest = folder.devices.get(device)?.newest ?? -1;
    if (newest < least) tell(run, device, least, newest < 0 ? 'sync-device-gone' : 'sync-rolled-back');
  }
}

/** Reads the next object of a device; there may be another after 'more', and after 'refused': a snapshot may bridge it. */
async function readOn(
  run: Run,
  device: string,
  objects: DeviceObjects,
  gathered: Gathered,
): Promise<'more' | 'refused' | 'done' | 'failed'> {
  const { state, deps, vault, at } = run;
  const seen = gathered.seen[device] ?? state.seen[device];
  const next = nextRead(readable(run, device, objects), seen?.sequence ?? 0, seen !== undefined);
  if (next.kind === 'nothing') return 'done';
  if (next.kind === 'refused') {
    tell(run, device, next.sequence, next.code);
    return 'done';
  }
  const { sequence } = next;
  const isSnapshot = next.kind === 'snapshot';
  const name = nameOf({ device, sequence, isSnapshot });
  const most = Math.min(MOST_OBJECT_BYTES, deps.backend.mostObjectBytes);
  if ((run.folder.entries.get(name)?.size ?? 0) > most) return refused(run, name, 'sync-object-too-large');
  const got = await deps.backend.get(name, most);
  if (got.kind === 'absent') {
    // Its owner may have cleared it away since the listing: then the next one says so.
    tell(run, device, sequence, 'sync-gap');
    return 'done';
  }
  if (got.kind === 'failed') {
    if (got.code === 'sync-object-too-large') return refused(run, name, 'sync-object-too-large');
    return (await isWithheld(run, name, got)) ? 'refused' : 'failed';
  }
  const opened = await vault.open({ device, sequence, isSnapshot }, got.bytes);
  if (opened.kind === 'refused') return refused(run, name, opened.code);
  const { header, body } = opened;
  if (!isSnapshot && header.previous !== (seen?.hash ?? '')) return refused(run, name, 'sync-chain');
  delete state.refused[name];
  for (const record of body.records) gathered.records.push(record);
  gathered.objects++;
  gathered.bodies.push(body);
  gathered.seen[device] = {
    sequence,
    hash: isSnapshot ? header.previous : await vault.hash(got.bytes),
    label: body.label,
    sentAt: body.at,
    readAt: at,
  };
  return 'more';
}

function refused(run: Run, name: string, code: RefusalCode): 'refused' {
  refuse(run, name, code);
  return 'refused';
}

/** Without what was refused lately: a snapshot may bridge it. */
function readable(run: Run, device: string, objects: DeviceObjects): DeviceObjects {
  const hasRefused = Object.keys(run.state.refused).some((name) => name.startsWith(`${device}-`));
  if (!hasRefused) return objects;
  return {
    deltas: new Set(
      [...objects.deltas].filter((sequence) => isRested(run, nameOf({ device, sequence, isSnapshot: false }))),
    ),
    snapshots: objects.snapshots.filter((sequence) => isRested(run, nameOf({ device, sequence, isSnapshot: true }))),
    newest: objects.newest,
  };
}

async function merge(run: Run, gathered: Gathered): Promise<void> {
  const { deps, state, report, at } = run;
  if (gathered.objects === 0) return;
  if (gathered.records.length > 0) {
    const { applied, deferred } = await deps.replica.absorb(gathered.records, { now: at });
    report.deferred = deferred;
    report.pulled = { ...report.pulled, applied: report.pulled.applied + applied };
  }
  report.pulled = {
    ...report.pulled,
    objects: report.pulled.objects + gathered.objects,
    records: report.pulled.records + gathered.records.length,
  };
  Object.assign(state.seen, gathered.seen);
  // Whoever says what nobody had heard is not gone.
  state.forgotten = state.forgotten.filter(
    (each) => !((gathered.seen[each]?.sequence ?? 0) > (state.heard[each] ?? 0)),
  );
  for (const body of gathered.bodies) hear(run, body);
  await deps.store.save(state);
}

/** What its device has read of the others, and of us. */
function hear(run: Run, body: ObjectBody): void {
  const { state } = run;
  if (body.closedFor) state.closedFor = body.closedFor;
  for (const [device, [sequence, hash]] of Object.entries(body.seen)) {
    if (device !== state.device) state.heard[device] = Math.max(state.heard[device] ?? 0, sequence);
    else if (sequence > state.head.sequence || (state.hashes[sequence] ?? hash) !== hash) run.isForked = true;
  }
}
