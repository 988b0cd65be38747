/** How browsers come to a vault, leave it and lose it: each ends well, and nothing is lost. */
import { describe, expect, it } from 'vitest';
import { changeCode, createVault, forgetDevice, joinVault, leave, startNewVault } from '../../src/sync/membership.ts';
import { isUnsent, newState, type SyncState } from '../../src/sync/state.ts';
import { storageAreaBackend } from '../../src/sync/storage-area.ts';
import { memoryFolder } from '../fakes/memory-backend.ts';
import { fakeSyncArea } from '../fakes/sync-area.ts';
import { type Browser, browser, pass } from './browser.ts';

const codeOf = (made: Awaited<ReturnType<typeof createVault>>): string => {
  if (made.kind === 'refused' || !made.code) throw new Error(JSON.stringify(made));
  return made.code;
};
const settle = async (...all: Browser[]) => {
  for (let round = 0; round < 4; round++) for (const each of all) await each.sync();
};
/** Deriving keys takes its time on a busy machine. */
const SLOW = 120_000;

describe('membership', () => {
  it('two browsers begin at the same instant: the first name wins, the other moves over with its code', {
    timeout: SLOW,
  }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    const blind = {
      ...b.deps,
      backend: { ...b.deps.backend, list: async () => ({ kind: 'listed' as const, entries: [] }) },
    };
    const codeA = codeOf(await createVault(a.deps, 'A'));
    codeOf(await createVault(blind, 'B'));
    a.write('of a', 'x');
    b.write('of b', 'y');
    await settle(a, b);
    const [reportA, reportB] = [await a.sync(), await b.sync()];
    expect(reportA.otherVaults.map((each) => each.shouldMove)).toEqual([false]);
    expect(reportB.otherVaults.map((each) => each.shouldMove)).toEqual([true]);
    expect(reportA.refused).toEqual([]);
    expect((await joinVault(b.deps, codeA, 'B')).kind).toBe('member');
    await settle(b, a);
    expect([a.value('x'), a.value('y'), b.value('x'), b.value('y')]).toEqual(['of a', 'of b', 'of a', 'of b']);
    expect((await b.sync()).refused).toEqual([]);
  });

  it('a wrong code, a mistyped one and an empty folder have their own words', { timeout: SLOW }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    expect(await joinVault(b.deps, 'x', 'B')).toEqual({ kind: 'refused', code: 'sync-mistyped-code' });
    const code = codeOf(await createVault(a.deps, 'A'));
    const other = codeOf(await createVault(browser(memoryFolder(), 'z').deps, 'Z'));
    expect(await joinVault(b.deps, other, 'B')).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
    expect(await createVault(b.deps, 'B')).toEqual({ kind: 'refused', code: 'sync-vault-exists' });
    folder.files.clear();
    expect(await joinVault(b.deps, code, 'B')).toEqual({ kind: 'refused', code: 'sync-no-vault' });
  });

  it.each([
    ['a WebDAV folder', () => browser(memoryFolder(), 'a')],
    ['the browser’s own sync', () => browser(memoryFolder(), 'a', {}, storageAreaBackend(fakeSyncArea()))],
  ])(
    'who lost the code of %s begins anew there, by a second word, and brings everything',
    {
      timeout: SLOW,
    },
    async (_, made) => {
      const a = made();
      const lost = codeOf(await createVault(a.deps, 'A'));
      a.write('before');
      await settle(a);
      // As stopping here only does.
      await a.deps.store.clear();
      expect(await createVault(a.deps, 'A')).toEqual({ kind: 'refused', code: 'sync-vault-exists' });
      const code = codeOf(await createVault(a.deps, 'A', true));
      await settle(a);
      const b = browser(memoryFolder(), 'b', {}, a.deps.backend);
      expect(await joinVault(b.deps, lost, 'B')).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
      expect((await joinVault(b.deps, code, 'B')).kind).toBe('member');
      await settle(b);
      expect(b.value()).toBe('before');
      expect((await b.sync()).refused).toEqual([]);
    },
  );

  it('a browser that still wrote there is told to move to the new beginning, and never the other way round', {
    timeout: SLOW,
  }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    const old = codeOf(await createVault(a.deps, 'A'));
    await joinVault(b.deps, old, 'B');
    b.write('of b', 'y');
    await settle(a, b);
    await a.deps.store.clear();
    const code = codeOf(await createVault(a.deps, 'A', true));
    await settle(a, b);
    const move = async (each: Browser) => (await each.sync()).otherVaults.map(({ shouldMove }) => shouldMove);
    expect([await move(a), await move(b)]).toEqual([[false], [true]]);
    b.write('later', 'y');
    expect((await joinVault(b.deps, code, 'B')).kind).toBe('member');
    await settle(b, a);
    expect(a.value('y')).toBe('later');
  });

  it('what is not sealed, or sealed and not sent, is unsent; into a closed vault nothing goes', () => {
    const of = { ...{ vault: 'v', key: null, keyName: '', keyText: '' }, device: 'd', label: '' };
    const sent: SyncState = { ...newState(of), head: { sequence: 2, hash: 'h' }, mark: 5 };
    const outgoing = (isPut: boolean) => [{ name: 'd-2.jwe', bytes: new Uint8Array(), records: 1, isPut }];
    expect(isUnsent(sent, 5)).toBe(false);
    expect(isUnsent({ ...sent, outbox: outgoing(true) }, 5)).toBe(false);
    expect(isUnsent({ ...sent, outbox: outgoing(false) }, 5)).toBe(true);
    expect(isUnsent(sent, 6)).toBe(true);
    expect(isUnsent({ ...sent, isWholeNext: true }, 5)).toBe(true);
    expect(isUnsent({ ...sent, isSnapshotNext: true }, 5)).toBe(true);
    expect(isUnsent(newState(of), 0)).toBe(true);
    expect(isUnsent({ ...sent, closedFor: 'w' }, 6)).toBe(false);
  });

  it('changing the code asks for the old one; then only the new one joins', { timeout: SLOW }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    const old = codeOf(await createVault(a.deps, 'A'));
    a.write('one');
    await settle(a);
    const changed = codeOf(await changeCode(a.deps, old));
    expect(await joinVault(b.deps, old, 'B')).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
    expect((await joinVault(b.deps, changed, 'B')).kind).toBe('member');
    await settle(b);
    expect(b.value()).toBe('one');
    expect(await changeCode(a.deps, old)).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
  });

  it('a new code is told although the file of the old one cannot be removed', { timeout: SLOW }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    const old = codeOf(await createVault(a.deps, 'A'));
    const remove = async () => ({ kind: 'failed', code: 'sync-server-busy' }) as never;
    const changed = await changeCode({ ...a.deps, backend: { ...a.deps.backend, remove } }, old);
    expect(changed).toMatchObject({ kind: 'member', oldCodeOpens: true });
    expect((await joinVault(b.deps, codeOf(changed), 'B')).kind).toBe('member');
  });

  it('a removed browser reads nothing new; the others are told, and join again', { timeout: SLOW }, async () => {
    const folder = memoryFolder();
    const [a, b, thief] = [browser(folder, 'a'), browser(folder, 'b'), browser(folder, 'thief')];
    const code = codeOf(await createVault(a.deps, 'A'));
    await joinVault(b.deps, code, 'B');
    await joinVault(thief.deps, code, 'T');
    a.write('one');
    b.write('offline at b', 'y');
    await settle(a, b, thief);
    const renewed = codeOf(await startNewVault(a.deps, 'A'));
    await settle(a);
    a.write('after');
    await settle(a, thief);
    const told = await b.sync();
    expect(told.isClosed).toBe(true);
    expect(told.otherVaults).toEqual([{ vault: a.state().vault, shouldMove: true }]);
    expect(thief.value()).toBe('one');
    b.write('still b', 'y');
    expect((await b.sync()).pushed.objects, 'whoever was removed reads it').toBe(0);
    expect((await joinVault(b.deps, renewed, 'B')).kind).toBe('member');
    await settle(b, a, b);
    expect([a.value(), b.value(), a.value('y')]).toEqual(['after', 'after', 'still b']);
    expect((await a.sync()).refused).toEqual([]);
    expect([...folder.files.keys()].filter((name) => name.startsWith('vault-'))).toHaveLength(1);
    expect(await joinVault(browser(folder, 'n').deps, code, 'N')).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
  });

  it('who was away until the last word of a closed vault was cleared away is told to move, and loses nothing', {
    timeout: SLOW,
  }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    await joinVault(b.deps, codeOf(await createVault(a.deps, 'A')), 'B');
    await settle(a, b);
    b.write('written on the boat', 'y');
    const renewed = codeOf(await startNewVault(a.deps, 'A'));
    await settle(a);
    pass(401 * 86_400_000);
    await settle(a);
    const told = await b.sync();
    expect(told.otherVaults).toEqual([{ vault: a.state().vault, shouldMove: true }]);
    await a.sync();
    expect((await a.sync()).otherVaults.map(({ shouldMove }) => shouldMove)).not.toContain(true);
    expect((await joinVault(b.deps, renewed, 'B')).kind).toBe('member');
    await settle(b, a);
    expect(a.value('y')).toBe('written on the boat');
  });

  it('a browser that leaves takes its files along, and is forgotten', { timeout: SLOW }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    await joinVault(b.deps, codeOf(await createVault(a.deps, 'A')), 'B');
    b.write('one');
    await settle(b, a);
    const { device } = b.state();
    await leave(b.deps, false);
    expect([...folder.files.keys()].some((name) => name.startsWith(device))).toBe(false);
    expect((await a.sync()).refused.map((each) => each.code)).toEqual(['sync-device-gone']);
    await forgetDevice(a.deps, device);
    expect((await a.sync()).refused).toEqual([]);
    expect(a.value()).toBe('one');
    await leave(a.deps, true);
    expect(folder.files.size).toBe(0);
    expect(a.value()).toBe('one');
  });

  it('who leaves last takes the key along, and may begin anew without the lost code', { timeout: SLOW }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    await joinVault(b.deps, codeOf(await createVault(a.deps, 'A')), 'B');
    a.write('one');
    await settle(a, b);
    await leave(b.deps, false);
    expect([...folder.files.keys()].some((name) => name.startsWith('vault-'))).toBe(true);
    await leave(a.deps, false);
    expect(folder.files.size).toBe(0);
    expect((await createVault(a.deps, 'A')).kind).toBe('member');
  });

  it('a device gone for a year finds everything, and loses nothing of its own', { timeout: SLOW }, async () => {
    const folder = memoryFolder();
    const [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
    await joinVault(b.deps, codeOf(await createVault(a.deps, 'A')), 'B');
    a.write('first');
    await settle(a, b);
    b.write('written on the plane', 'y');
    for (let week = 0; week < 52; week++) {
      a.write(`week ${week}`);
      pass(7 * 86_400_000);
      await a.sync();
    }
    expect(folder.files.size).toBeLessThan(12);
    await settle(b, a);
    expect([b.value(), a.value('y')]).toEqual(['week 51', 'written on the plane']);
    expect((await a.sync()).refused).toEqual([]);
  });

  it('twenty browsers that write every day, 40 days long, stay under one listing of 750', {
    timeout: SLOW,
  }, async () => {
    const folder = memoryFolder();
    const first = browser(folder, 'n0', { deltasBeforeSnapshot: undefined });
    await createVault(first.deps, 'first');
    const all = [first];
    for (let n = 1; n < 20; n++) {
      const each = browser(folder, `n${n}`, { deltasBeforeSnapshot: undefined });
      await each.deps.store.save({ ...first.state(), device: `device0000${String(n).padStart(2, '0')}` });
      all.push(each);
    }
    let most = 0;
    for (let day = 0; day < 40; day++)
      for (const each of all) {
        each.write(`day ${day}`, each.disk.node);
        await each.deps.store.load();
        await each.sync();
        most = Math.max(most, folder.files.size);
      }
    expect(most).toBeLessThan(750);
  });

  it('a full browser sync says so, makes room, and holds the newest state', { timeout: SLOW }, async () => {
    const area = fakeSyncArea();
    const of = (name: string) => browser(memoryFolder(), name, {}, storageAreaBackend(area));
    const [a, b] = [of('a'), of('b')];
    await joinVault(b.deps, codeOf(await createVault(a.deps, 'A')), 'B');
    const noise = (n: number) =>
      Array.from({ length: 500 }, (_, i) => ((n * 7919 + i * 104_729) % 1e6).toString(36)).join('');
    for (let n = 0; n < 60; n++) {
      a.write(noise(n), `id${n % 12}`);
      pass(3_600_000);
      await a.sync();
    }
    await settle(a, b);
    for (let id = 0; id < 12; id++) expect(b.value(`id${id}`)).toBe(a.value(`id${id}`));
    for (let n = 0; n < 300; n++) a.write(noise(n * 31), `more${n}`);
    const full = await a.sync();
    expect(full.failure).toBe('sync-quota');
    expect(b.value('id3')).toBe(a.value('id3'));
  });
});
