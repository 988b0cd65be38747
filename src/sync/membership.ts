/** How a browser comes to a vault and leaves it. Each is the owner's own act, with the folder within reach. */
import type { BackendFailure } from '../app/sync-ports.ts';
import { DAY_MS } from '../core/day.ts';
import { importKey, MOST_KEY_OBJECT_BYTES, newRawKey, unwrapKey, wrapKey } from './key-object.ts';
import { folderOf, keyName, parseKeyName, parseName, winner } from './layout.ts';
import { lookAtOwn } from './own.ts';
import { newPairingCode, readPairingCode } from './pairing-code.ts';
import { pull } from './pull.ts';
import { sealFarewell } from './push.ts';
import { emptyReport, type Run } from './run.ts';
import { newName, newState, type SyncDeps, type SyncState, takeNewName } from './state.ts';

export type Membership =
  | {
      readonly kind: 'member';
      readonly vault: string;
      /** Shown once, kept nowhere. */
      readonly code?: string;
      /** The file of the code before could not be removed: that one opens the vault still. */
      readonly oldCodeOpens?: true;
    }
  | { readonly kind: 'refused'; readonly code: string };

export type MembershipDeps = Omit<SyncDeps, 'replica'>;

/** More wrapped keys than this are not tried: each costs a second of work. */
const MOST_KEYS_TRIED = 6;
/** So long a browser may be away and still learn that the owner closed its vault. */
const FAREWELL_MS = 400 * DAY_MS;
const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

/**
 * The first browser. Refuses when the folder has a vault already: that one is to be joined. `anew`: its code is lost, and
 * by the owner's word all that Duly laid there goes first.
 */
export async function createVault(deps: MembershipDeps, label: string, anew = false): Promise<Membership> {
  const prepared = await deps.backend.prepare();
  if (prepared.kind === 'failed') return refusal(prepared);
  const listed = await deps.backend.list();
  if (listed.kind === 'failed') return refusal(listed);
  const { vaults } = folderOf(listed.entries);
  if (vaults.length > 0 && !anew) return { kind: 'refused', code: 'sync-vault-exists' };
  if (anew) {
    const removed = await deps.backend.remove(listed.entries.map(({ name }) => name).filter(isDulys));
    if (removed.kind === 'failed') return refusal(removed);
  }
  return begin(deps, label, [], { before: winner(vaults) });
}

function isDulys(name: string): boolean {
  return parseKeyName(name) !== null || parseName(name) !== null;
}

/** Sorts before `first`: a browser that still writes to that vault is told to move to this one, and not the other way round. */
function nameBefore(first: string | null, name: string): string {
  const at = first?.search(/[^0]/) ?? -1;
  if (first === null || at < 0) return name;
  return first.slice(0, at) + (Number.parseInt(first[at]!, 36) - 1).toString(36) + name.slice(at + 1);
}

/** A browser that is told the code. What it has, sealed under an earlier vault or never, is sent to this one. */
export async function joinVault(deps: MembershipDeps, typed: string, label: string): Promise<Membership> {
  const code = readPairingCode(typed);
  if (code === null) return { kind: 'refused', code: 'sync-mistyped-code' };
  const found = await unwrapAny(deps, code);
  if (found.kind === 'refused') return found;
  const before = await deps.store.load();
  const { vault, key, keyName: name, keyText } = found;
  if (before?.vault === vault) return { kind: 'member', vault };
  await deps.store.save({
    ...newState({ vault, key, keyName: name, keyText, device: newName(deps.ids), label }),
    isWholeNext: before !== null,
    former: before ? [...before.former, { vault: before.vault, device: before.device, until: 0, closes: false }] : [],
    // The last word of an earlier membership: those who read it must hear it still.
    outbox: before?.outbox.filter(({ name }) => parseName(name)!.device !== before.device) ?? [],
  });
  return { kind: 'member', vault };
}

/** Only who knows the old code may set a new one: on a device the key never comes out. The old wrappings are removed. */
export async function changeCode(deps: MembershipDeps, typedOld: string): Promise<Membership> {
  const old = readPairingCode(typedOld);
  if (old === null) return { kind: 'refused', code: 'sync-mistyped-code' };
  const state = await deps.store.load();
  if (!state) return { kind: 'refused', code: 'sync-not-set-up' };
  const found = await unwrapAny(deps, old, state.vault);
  if (found.kind === 'refused') return found;
  const code = newPairingCode(random);
  const name = keyName(state.vault, newName(deps.ids));
  const text = await wrapKey(state.vault, found.raw, spelled(code));
  const put = await deps.backend.put(name, new TextEncoder().encode(text));
  if (put.kind === 'failed') return refusal(put);
  await deps.store.save({ ...state, keyName: name, keyText: text });
  const removed = await deps.backend.remove(found.names);
  // The new code is in force: whatever else failed, it is shown.
  return { kind: 'member', vault: state.vault, code, ...(removed.kind === 'failed' ? { oldCodeOpens: true } : {}) };
}

/** A removed browser must not read on: a new vault, a new code, and word of it to those who still read the old one. */
export async function startNewVault(deps: SyncDeps, label: string): Promise<Membership> {
  const before = await deps.store.load();
  if (!before) return { kind: 'refused', code: 'sync-not-set-up' };
  const listed = await deps.backend.list();
  if (listed.kind === 'failed') return refusal(listed);
  const at = deps.clock.now();
  const old: Run = {
    deps,
    state: before,
    vault: deps.vaultOf(before),
    at,
    folder: folderOf(listed.entries),
    report: emptyReport(at),
    isForked: false,
  };
  await lookAtOwn(old);
  // Here nobody reads the old vault any more, and the removed browser sends nothing to the new one.
  await pull(old);
  if (old.report.failure !== null) return { kind: 'refused', code: old.report.failure };
  // Under a name that a copy of this browser uses too, nobody who has read the copy reads a last word.
  if (old.isForked) takeNewName(before, deps.ids);
  // The others read the last word in the old vault for a while yet; nobody new joins it.
  const left = { vault: before.vault, device: before.device, until: at + FAREWELL_MS, closes: true };
  return begin(deps, label, [...before.former, left], { before: before.vault, old });
}

async function begin(
  deps: MembershipDeps,
  label: string,
  former: SyncState['former'],
  { before = null, old }: { before?: string | null; old?: Run },
): Promise<Membership> {
  const [vault, device] = [nameBefore(before, newName(deps.ids)), newName(deps.ids)];
  const raw = newRawKey();
  const code = newPairingCode(random);
  const name = keyName(vault, newName(deps.ids));
  const text = await wrapKey(vault, raw, spelled(code));
  // A key whose code nobody was told sends all others there: where a crash leaves one, the next sync clears it away.
  const isBegun = { vault, device, until: 0, closes: true };
  if (old) await deps.store.save({ ...old.state, former: [...old.state.former, isBegun] });
  const put = await deps.backend.put(name, new TextEncoder().encode(text));
  const isSecond = put.kind === 'done' && !old && (await isBehind(deps, vault));
  if (put.kind === 'failed' || isSecond) {
    // It may lie there all the same.
    await deps.backend.remove([name]);
    return put.kind === 'failed' ? refusal(put) : { kind: 'refused', code: 'sync-vault-exists' };
  }
  if (old) await sealFarewell(old, vault);
  await deps.store.save({
    ...newState({ vault, key: await importKey(raw), keyName: name, keyText: text, device, label }),
    isWholeNext: former.length > 0,
    former,
    outbox: old ? old.state.outbox : [],
  });
  return { kind: 'member', vault, code };
}

/** Another browser began at the same instant, and its vault wins: better said before anybody is told the code of this one. */
async function isBehind({ backend }: MembershipDeps, vault: string): Promise<boolean> {
  const listed = await backend.list();
  const first = listed.kind === 'listed' ? winner(folderOf(listed.entries).vaults) : null;
  return first !== null && first < vault;
}

/**
 * Own files; with `everything`, all that Duly ever laid there, strangers' files never. The records on this browser stay.
 * Who leaves last takes the key along: it opens nothing any more, and would forbid a new beginning to whoever lost the code.
 */
export async function leave(deps: MembershipDeps, everything: boolean): Promise<Membership> {
  const state = await deps.store.load();
  if (!state) return { kind: 'refused', code: 'sync-not-set-up' };
  const listed = await deps.backend.list();
  if (listed.kind === 'failed') return refusal(listed);
  const own = new Set([state.device, ...state.former.map((each) => each.device)]);
  const all = listed.entries.map(({ name }) => name);
  const isOwn = (name: string): boolean => own.has(parseName(name)?.device ?? '');
  const objects = all.filter(parseName);
  const isLast = objects.length > 0 && objects.every(isOwn);
  const names = all.filter((name) => {
    const key = parseKeyName(name);
    if (everything) return isDulys(name);
    return isOwn(name) || (isLast && key?.vault === state.vault);
  });
  const removed = await deps.backend.remove(names);
  if (removed.kind === 'failed') return refusal(removed);
  await deps.store.clear();
  return { kind: 'member', vault: state.vault };
}

/** A device that left or is lost: its absence is no news any more, until it writes again. What it sent stays merged. */
export async function forgetDevice({ store }: MembershipDeps, device: string): Promise<void> {
  const state = await store.load();
  if (!state) return;
  const { [device]: last, ...seen } = state.seen;
  // What lies there still is no new word of it.
  const heard = { ...state.heard, [device]: Math.max(state.heard[device] ?? 0, last?.sequence ?? 0) };
  await store.save({ ...state, seen, heard, forgotten: [...new Set([...state.forgotten, device])] });
}

type Found =
  | {
      readonly kind: 'found';
      readonly vault: string;
      readonly key: CryptoKey;
      readonly raw: string;
      readonly keyName: string;
      readonly keyText: string;
      readonly names: readonly string[];
    }
  | { readonly kind: 'refused'; readonly code: string };

/** Tries the code on every wrapped key of the folder. The most telling refusal is given when none opens. */
async function unwrapAny({ backend }: MembershipDeps, code: string, only?: string): Promise<Found> {
  const listed = await backend.list();
  if (listed.kind === 'failed') return refusal(listed);
  const names = listed.entries
    .map(({ name }) => name)
    .filter((name) => (only ? parseKeyName(name)?.vault === only : parseKeyName(name) !== null))
    .sort();
  if (names.length === 0) return { kind: 'refused', code: 'sync-no-vault' };
  const refusals: string[] = [];
  for (const name of names.slice(0, MOST_KEYS_TRIED)) {
    const got = await backend.get(name, MOST_KEY_OBJECT_BYTES);
    if (got.kind !== 'got') {
      refusals.push(got.kind === 'failed' && got.code !== 'sync-object-too-large' ? got.code : 'sync-key-damaged');
      continue;
    }
    const keyText = new TextDecoder().decode(got.bytes);
    const unwrapped = await unwrapKey(keyText, code);
    if (unwrapped.kind === 'refused') refusals.push(unwrapped.code);
    else if (unwrapped.vault !== parseKeyName(name)!.vault) refusals.push('sync-key-damaged');
    else {
      const { vault, key, raw } = unwrapped;
      return { kind: 'found', vault, key, raw, keyName: name, keyText, names };
    }
  }
  return { kind: 'refused', code: refusals.includes('sync-wrong-code') ? 'sync-wrong-code' : refusals[0]! };
}

function spelled(code: string): string {
  return readPairingCode(code)!;
}

function refusal({ code }: BackendFailure): { kind: 'refused'; code: string } {
  return { kind: 'refused', code };
}
