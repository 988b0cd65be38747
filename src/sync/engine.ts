/**
 * One sync: list, read back what was sent, read what is new, seal what changed, send it, clear away what is replaced.
 * Every step may be the last one: the state is saved between them, and doing a step again changes nothing.
 */
import type { SyncReport } from '../app/sync-ports.ts';
import { pauseEnd } from '../core/pause.ts';
import { folderOf, winner } from './layout.ts';
import { lookAtOwn, noticeLoss } from './own.ts';
import { pull } from './pull.ts';
import { clearAway, sealChanges, send } from './push.ts';
import { emptyReport, fail, type Run } from './run.ts';
import { type SyncDeps, takeNewName } from './state.ts';

export interface SyncOptions {
  /** The owner knows that the folder was emptied, and wants everything sent again. */
  readonly refill?: boolean;
  /** Not even a store that asked for silence holds it up: the owner pressed the button. */
  readonly isAsked?: boolean;
}

/** Null when no vault is set up. Never throws for what a store does. One at a time: the caller sees to that. */
export async function syncNow(deps: SyncDeps, options: SyncOptions = {}): Promise<SyncReport | null> {
  const state = await deps.store.load();
  if (!state) return null;
  const at = deps.clock.now();
  const report = emptyReport(at);
  if (pauseEnd(state.pausedUntil, at) !== null && !options.isAsked) return finish({ state, report });
  state.pausedUntil = null;
  const { applied, deferred } = await deps.replica.capture(at);
  report.pulled = { ...report.pulled, applied };
  report.deferred = deferred;
  const listed = await deps.backend.list();
  if (listed.kind === 'failed') {
    fail({ report, state, at }, listed);
    await deps.store.save(state);
    return finish({ state, report });
  }
  const run: Run = {
    deps,
    state,
    vault: deps.vaultOf(state),
    at,
    folder: folderOf(listed.entries),
    report,
    isForked: false,
  };
  report.strangers = run.folder.strangers;
  if (isEmptied(run) && !options.refill) {
    report.failure = 'sync-folder-emptied';
    return finish(run);
  }
  if (options.refill) state.isSnapshotNext ||= isEmptied(run);
  await lookAtOwn(run);
  await renameIfForked(run);
  if (state.pausedUntil === null) await pull(run);
  await renameIfForked(run);
  noticeLoss(run);
  if (state.pausedUntil === null && state.closedFor === null) {
    await sealChanges(run);
    await layKey(run);
    await send(run);
    await renameIfForked(run);
    // In a store without room what is replaced makes some.
    const isHeard = report.failure === null || report.failure === 'sync-quota';
    if (isHeard && !report.renamed) await clearAway(run);
  } else await deps.store.save(state);
  return finish(run);
}

async function renameIfForked(run: Run): Promise<void> {
  if (!run.isForked) return;
  takeNewName(run.state, run.deps.ids);
  run.isForked = false;
  run.report.renamed = true;
  await run.deps.store.save(run.state);
}

/** Once something of ours was safe there, and now there is nothing at all: the owner's own doing, or a loss. Never filled up unasked. */
function isEmptied({ state, folder }: Run): boolean {
  return Object.keys(state.checked).length > 0 && folder.devices.size === 0 && folder.vaults.length === 0;
}

/** The wrapped key lies in the folder, or nobody could join any more. */
async function layKey(run: Run): Promise<void> {
  const { state, folder, deps } = run;
  if (state.keyText === '' || folder.vaults.includes(state.vault)) return;
  const put = await deps.backend.put(state.keyName, new TextEncoder().encode(state.keyText));
  if (put.kind === 'failed') fail(run, put);
}

function finish({ state, report, folder }: Pick<Run, 'state' | 'report'> & { folder?: Run['folder'] }): SyncReport {
  const former = new Set(state.former.map((each) => each.vault));
  const others = (folder?.vaults ?? []).filter((vault) => vault !== state.vault && !former.has(vault));
  const best = winner([...others, state.vault]);
  const isExplained = others.length > 0 || former.size > 0;
  const known = Object.entries(state.refused).map(([name, { code }]) => ({ name, code }));
  return {
    ...report,
    refused: [...report.refused, ...known.filter((each) => !report.refused.some(({ name }) => name === each.name))]
      .filter(({ name }) => !folder || folder.entries.has(name) || !state.refused[name])
      .filter(({ code }) => code !== 'sync-wrong-vault' || !isExplained),
    devices: Object.entries(state.seen).map(([device, { sequence, label, sentAt, readAt }]) => ({
      device,
      label,
      sequence,
      sentAt,
      readAt,
    })),
    waiting: { objects: state.outbox.filter((each) => !each.isPut).length, hasUnsealed: report.waiting.hasUnsealed },
    pausedUntil: state.pausedUntil,
    otherVaults: others.map((vault) => ({
      vault,
      shouldMove: state.closedFor === null ? vault === best : vault === state.closedFor,
    })),
    isClosed: state.closedFor !== null,
  };
}
