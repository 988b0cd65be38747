/** What the owner asks of syncing on the dashboard. */
import type { Ports } from '../app/ports.ts';
import { releaseHeld, syncOnce } from '../app/sync.ts';
import type { SyncAnswer } from '../app/sync-ports.ts';
import { errorName } from '../core/error-name.ts';
import { NO_SYNC, type SyncPlace } from '../core/sync-setting.ts';
import type { OwnMessage } from '../messages/own.ts';
import { changeCode, createVault, forgetDevice, joinVault, leave, startNewVault } from '../sync/membership.ts';
import type { SyncDeps } from '../sync/state.ts';
import { forgetStamps, type SyncParts } from './sync.ts';

type SyncAsked = Extract<OwnMessage, { do: `sync-${string}` }>;

type Member = Awaited<ReturnType<typeof createVault>>;

export function syncAnswers(ports: Ports, parts: SyncParts, pass: () => Promise<void>) {
  const { store } = ports;
  const { records, inTurn, depsFor, tryOut, introduce } = parts;

  /** With the place that is set up. */
  const over = async (act: (deps: SyncDeps) => Promise<Member>): Promise<SyncAnswer> => {
    const { place } = await store.sync();
    if (place === null) return refused('sync-not-set-up');
    const opened = await depsFor(place);
    return opened.kind === 'failed' ? refused(opened.code) : answered(await inTurn(() => act(opened.deps)));
  };

  /** Nothing is kept of a place at which it did not work out. */
  const begin = async (
    { label, sharesChannels }: { label: string; sharesChannels: boolean },
    place: SyncPlace,
    isFirst: boolean,
    act: (deps: SyncDeps) => Promise<Member>,
  ): Promise<SyncAnswer> => {
    const opened = await depsFor(place);
    if (opened.kind === 'failed') return refused(opened.code);
    return inTurn(async (): Promise<SyncAnswer> => {
      // Asked in turn: of two clicks, on two pages, the second one finds what the first one set up.
      const isAnew = (await store.sync()).place === null;
      if (isFirst && !isAnew) return refused('sync-vault-exists');
      if (isAnew) await opened.deps.store.clear();
      const member = await act(opened.deps);
      if (member.kind === 'refused') return refused(member.code);
      const found = isAnew ? await tryOut(place) : (await store.sync()).honours;
      if (found && 'kind' in found) {
        await leave(opened.deps, isFirst);
        await opened.deps.store.clear();
        return refused(found.code);
      }
      await records.restamp(ports.clock.now());
      await records.recheck({ tellsAll: isAnew });
      await introduce(isFirst);
      await records.shareChannels(sharesChannels, ports.clock.now());
      // Last: whoever dies before this has sent nothing without the vault's salt, and begins again.
      await store.changeSync(() => ({ ...NO_SYNC, place, label, sharesChannels, honours: found }));
      return answered(member);
    });
  };

  const stop = async (removes: 'nothing' | 'own' | 'all'): Promise<SyncAnswer> => {
    const { place } = await store.sync();
    if (place === null) return { kind: 'done' };
    return inTurn(async (): Promise<SyncAnswer> => {
      const opened = await depsFor(place);
      if (removes !== 'nothing') {
        if (opened.kind === 'failed') return refused(opened.code);
        const left = await leave(opened.deps, removes === 'all');
        if (left.kind === 'refused' && left.code !== 'sync-not-set-up') return refused(left.code);
      }
      await records.shareChannels(false, ports.clock.now());
      await parts.clear();
      await store.changeSync(({ label }) => ({ ...NO_SYNC, label }));
      return { kind: 'done' };
    });
  };

  const relabel = async (label: string): Promise<SyncAnswer> => {
    await store.changeSync((sync) => ({ ...sync, label }));
    return over(async (deps) => {
      const state = await deps.store.load();
      if (!state) return { kind: 'refused', code: 'sync-not-set-up' };
      await deps.store.save({ ...state, label, isToTell: true });
      return { kind: 'member', vault: state.vault };
    });
  };

  const handle = async (message: SyncAsked): Promise<SyncAnswer> => {
    switch (message.do) {
      case 'sync-create':
        return begin(message, message.place, true, (deps) => createVault(deps, message.label, message.anew));
      case 'sync-join': {
        const place = message.place ?? (await store.sync()).place;
        if (place === null) return refused('sync-not-set-up');
        return begin(message, place, false, (deps) => joinVault(deps, message.code, message.label));
      }
      case 'sync-now':
        return told(await syncOnce(ports, { isAsked: true }));
      case 'sync-refill':
        return told(await syncOnce(ports, { isAsked: true, refill: true }));
      case 'sync-stop':
        return stop(message.removes);
      case 'sync-change-code':
        return over((deps) => changeCode(deps, message.code));
      case 'sync-new-vault': {
        const { label } = await store.sync();
        const begun = await over((deps) => startNewVault(deps, label));
        if (begun.kind === 'done') await introduce(true);
        return begun;
      }
      case 'sync-forget-device': {
        await forgetStamps(records, message.device);
        return over(async (deps) => {
          await forgetDevice(deps, message.device);
          return { kind: 'member', vault: '' };
        });
      }
      case 'sync-release':
        await releaseHeld(ports, message.word);
        return { kind: 'done' };
      case 'sync-label':
        return relabel(message.label);
      case 'sync-share':
        await records.shareChannels(message.isShared, ports.clock.now());
        await store.changeSync((sync) => ({ ...sync, sharesChannels: message.isShared }));
        return { kind: 'done' };
      case 'sync-login': {
        const { user, password } = message;
        await store.changeSync((sync) =>
          sync.place?.kind === 'webdav' ? { ...sync, place: { ...sync.place, user, password } } : sync,
        );
        return told(await syncOnce(ports, { isAsked: true }));
      }
    }
  };

  return async (message: SyncAsked): Promise<SyncAnswer> => {
    const answer = await handle(message);
    // The owner does not wait for what follows, and sees it on the page.
    void follow(message.do).catch((error: unknown) => ports.log.warn('sync-failed', { name: errorName(error) }));
    return answer;
  };

  async function follow(name: SyncAsked['do']): Promise<void> {
    if (name !== 'sync-now' && name !== 'sync-refill' && name !== 'sync-login' && name !== 'sync-stop')
      await syncOnce(ports, { isAsked: true });
    await pass();
  }
}

function refused(code: string): SyncAnswer {
  return { kind: 'refused', code };
}

function answered(member: Member): SyncAnswer {
  if (member.kind === 'refused') return refused(member.code);
  const { code, oldCodeOpens } = member;
  return { kind: 'done', ...(code === undefined ? {} : { code }), ...(oldCodeOpens ? { oldCodeOpens } : {}) };
}

function told(report: { readonly failure: string | null } | null): SyncAnswer {
  if (report === null) return refused('sync-not-set-up');
  return report.failure === null ? { kind: 'done' } : refused(report.failure);
}
