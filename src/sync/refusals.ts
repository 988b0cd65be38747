/** What was refused is remembered, so that a bad object costs no request at every sync, and is looked at again in time. */
import type { BackendFailure, RefusalCode } from '../app/sync-ports.ts';
import { DAY_MS, HOUR_MS } from '../core/day.ts';
import { MOST_KEY_OBJECT_BYTES } from './key-object.ts';
import { nameOf, parseKeyName } from './layout.ts';
import { fail, type Run } from './run.ts';

const MOST_KEPT = 300;
/** A bad transfer is tried again at the next syncs, then after 1, 2, 4 … 24 hours. */
const QUICK_TRIES = 3;
const NO_ANSWER: readonly string[] = ['sync-offline', 'sync-timeout'];

export function refuse(run: Run, name: string, code: RefusalCode): void {
  const { state, folder, at } = run;
  const before = state.refused[name];
  // Its owner learns from our next object where its chain broke for us.
  if (code === 'sync-chain' && !before) state.isToTell = true;
  const stamp = folder.entries.get(name)?.stamp ?? null;
  state.refused[name] = { code, stamp, at, tries: (before?.tries ?? 0) + 1 };
  const kept = Object.entries(state.refused);
  if (kept.length > MOST_KEPT)
    state.refused = Object.fromEntries(kept.sort(([, a], [, b]) => b.at - a.at).slice(0, MOST_KEPT));
}

/**
 * A store that gives the vault's key, and will not give this one object. At first that is a failure of the store's; whoever
 * goes on so is refused like a bad object, and holds up nothing else. True from then on.
 */
export async function isWithheld(run: Run, name: string, failure: BackendFailure): Promise<boolean> {
  const isAnswer = failure.pauseMs === undefined && !NO_ANSWER.includes(failure.code);
  const isAlone = isAnswer && (await givesKey(run));
  if (isAlone) refuse(run, name, 'sync-gap');
  if (isAlone && (run.state.refused[name]?.tries ?? 0) >= QUICK_TRIES) return true;
  fail(run, failure);
  return false;
}

/** What gives nothing at all is out of order, for as long as it is, and no object is to blame. Asked once in a sync. */
async function givesKey(run: Run): Promise<boolean> {
  const { deps, state, folder } = run;
  const key = [...folder.entries.keys()].find(parseKeyName) ?? state.keyName;
  run.isGiving ??= (await deps.backend.get(key, MOST_KEY_OBJECT_BYTES)).kind !== 'failed';
  return run.isGiving;
}

/** Whether an object may be read: never refused, shown otherwise by the store since then, or given time. Never twice in one sync. */
export function isRested({ state, folder, at }: Run, name: string): boolean {
  const before = state.refused[name];
  if (!before) return true;
  if ((folder.entries.get(name)?.stamp ?? null) !== before.stamp) return true;
  if (before.at === at) return false;
  if (before.at > at) return true; // the clock was set back
  if (before.tries < QUICK_TRIES) return true;
  return at >= before.at + Math.min(DAY_MS, HOUR_MS * 2 ** (before.tries - QUICK_TRIES));
}

/** A finding of the listing alone. What is known of the name already says more. */
export function tell({ report, state }: Run, device: string, sequence: number, code: RefusalCode): void {
  const name = nameOf({ device, sequence, isSnapshot: false });
  if (report.refused.length >= MOST_KEPT || state.refused[name]) return;
  report.refused = [...report.refused, { name, code }];
}
