/** Acts of the owner's that a store refuses, or a crash breaks off, and folders with more than one vault: nothing is half done. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../src/app/sync-ports.ts';
import { DAY_MS } from '../../src/core/day.ts';
import { MOST_KEY_OBJECT_BYTES } from '../../src/sync/key-object.ts';
import { parseKeyName } from '../../src/sync/layout.ts';
import {
  changeCode,
  createVault,
  joinVault,
  leave,
  type Membership,
  type MembershipDeps,
  startNewVault,
} from '../../src/sync/membership.ts';
import type { SyncDeps } from '../../src/sync/state.ts';
import { type MemoryFolder, memoryBackend, memoryFolder, write } from '../fakes/memory-backend.ts';
import { type Browser, browser, pass } from './browser.ts';

const SLOW = 120_000;
const STRANGER = 'holiday.jpg';
const codeOf = (made: Membership): string => {
  if (made.kind === 'refused' || !made.code) throw new Error(JSON.stringify(made));
  return made.code;
};
const settle = async (...all: Browser[]) => {
  for (let round = 0; round < 4; round++) for (const each of all) await each.sync();
};
const keysIn = ({ files }: MemoryFolder) => [...files.keys()].filter((name) => parseKeyName(name) !== null);
const filesOf = ({ files }: MemoryFolder, device: string) =>
  [...files.keys()].filter((name) => name.startsWith(device));
const failed = async () => ({ kind: 'failed', code: 'sync-offline' }) as const;
function refusing<Deps extends MembershipDeps>(deps: Deps, ...calls: (keyof Backend)[]): Deps {
  return { ...deps, backend: { ...deps.backend, ...Object.fromEntries(calls.map((call) => [call, failed])) } };
}
/** The store does it, and its answer is lost. */
function unanswered<Deps extends MembershipDeps>(deps: Deps, call: 'put' | 'remove'): Deps {
  const act = deps.backend[call] as (...given: unknown[]) => Promise<unknown>;
  const lost = async (...given: unknown[]) => {
    await act(...given);
    return failed();
  };
  return { ...deps, backend: { ...deps.backend, [call]: lost } };
}

/** Two browsers in one vault, everything sent; made once, since deriving keys takes its time. */
let made: { folder: MemoryFolder; a: Browser; b: Browser; code: string };
let folder: MemoryFolder;
let a: Browser;
let b: Browser;
let code: string;

async function copyOf(of: Browser): Promise<Browser> {
  const copy = browser(folder, of.disk.node);
  Object.assign(copy.disk, structuredClone(of.disk));
  await copy.deps.store.save(structuredClone(of.state()));
  return copy;
}
/** Another vault in this folder, as one that was begun at the same instant. */
async function besides(name: string): Promise<[Browser, string]> {
  const other = browser(folder, name);
  const blind = { ...other.deps.backend, list: async () => ({ kind: 'listed' as const, entries: [] }) };
  return [other, codeOf(await createVault({ ...other.deps, backend: blind }, name))];
}

beforeAll(async () => {
  folder = memoryFolder();
  write(folder, STRANGER, new Uint8Array(9));
  [a, b] = [browser(folder, 'a'), browser(folder, 'b')];
  code = codeOf(await createVault(a.deps, 'A'));
  await joinVault(b.deps, code, 'B');
  a.write('of a', 'x');
  b.write('of b', 'y');
  await settle(a, b);
  made = { folder, a, b, code };
}, SLOW);
beforeEach(async () => {
  folder = memoryFolder();
  for (const [name, bytes] of made.folder.files) write(folder, name, bytes);
  [a, b, code] = [await copyOf(made.a), await copyOf(made.b), made.code];
});

describe('a store that refuses', () => {
  type Act = (deps: SyncDeps) => Promise<Membership>;
  const acts: Record<string, [Act, (keyof Backend)[]]> = {
    'a new code': [(deps) => changeCode(deps, code), ['list', 'get', 'put']],
    'a new vault': [(deps) => startNewVault(deps, 'A'), ['list', 'put']],
    leaving: [(deps) => leave(deps, false), ['list', 'remove']],
    'leaving with everything': [(deps) => leave(deps, true), ['list', 'remove']],
    'beginning anew': [(deps) => createVault(deps, 'A', true), ['prepare', 'list', 'remove']],
  };
  const steps = Object.entries(acts).flatMap(([name, [act, calls]]) => calls.map((call) => [name, call, act] as const));

  it.each(steps)('%s, at %s: told, and all is as it was', { timeout: SLOW }, async (_, call, act) => {
    const { vault, device, head, keyName, outbox } = a.state();
    const before = [...folder.files.keys()];
    expect(await act(refusing(a.deps, call))).toEqual({ kind: 'refused', code: 'sync-offline' });
    expect([...folder.files.keys()]).toEqual(before);
    expect(a.state()).toMatchObject({ vault, device, head, keyName, outbox });
    await a.sync();
    expect((await b.sync()).otherVaults).toEqual([]);
  });

  it.each(['prepare', 'list', 'put'] as const)(
    'a first browser, at %s: told, and none is set up',
    { timeout: SLOW },
    async (call) => {
      const empty = memoryFolder();
      const first = browser(empty, 'c');
      expect(await createVault(refusing(first.deps, call), 'C')).toEqual({ kind: 'refused', code: 'sync-offline' });
      expect([first.state(), empty.files.size]).toEqual([null, 0]);
    },
  );

  it.each(['list', 'get'] as const)('who joins, at %s: told, and is none of it', async (call) => {
    const joiner = browser(folder, 'c');
    expect(await joinVault(refusing(joiner.deps, call), code, 'C')).toEqual({ kind: 'refused', code: 'sync-offline' });
    expect(joiner.state()).toBeNull();
  });
});

it('who is told none of what was asked, and typed a slip, is told so before the store is asked', async () => {
  const before = folder.requests;
  expect(await changeCode(a.deps, 'x')).toEqual({ kind: 'refused', code: 'sync-mistyped-code' });
  expect(folder.requests).toBe(before);
});

describe('an answer that is lost, or a crash', () => {
  it('a first browser whose key arrived though it was told otherwise begins at the second try', {
    timeout: SLOW,
  }, async () => {
    folder.files.clear();
    const first = browser(folder, 'c');
    expect((await createVault(unanswered(first.deps, 'put'), 'C')).kind).toBe('refused');
    expect((await createVault(first.deps, 'C')).kind).toBe('member');
  });

  it.each(['answer', 'crash', 'network'])(
    'a new vault that got no farther than its key (%s): nobody is sent there for long',
    { timeout: SLOW },
    async (how) => {
      const deps = refusing(unanswered(a.deps, 'put'), ...(how === 'network' ? (['remove'] as const) : []));
      const put = async (...given: Parameters<Backend['put']>) => {
        await a.deps.backend.put(...given);
        throw new Error('power cut');
      };
      const begun = startNewVault(how === 'crash' ? { ...a.deps, backend: { ...a.deps.backend, put } } : deps, 'A');
      await (how === 'crash'
        ? expect(begun).rejects.toThrow('power cut')
        : expect(begun).resolves.toMatchObject({ kind: 'refused' }));
      a.write('still here', 'z');
      await settle(a, b);
      for (const each of [a, b]) expect((await each.sync()).otherVaults).toEqual([]);
      expect(b.value('z')).toBe('still here');
      expect(keysIn(folder)).toEqual([a.state().keyName]);
      const renewed = codeOf(await startNewVault(a.deps, 'A'));
      await settle(a, b);
      expect((await b.sync()).otherVaults).toEqual([{ vault: a.state().vault, shouldMove: true }]);
      expect((await joinVault(b.deps, renewed, 'B')).kind).toBe('member');
    },
  );
});

describe('a new code', () => {
  it('is laid again when the store has lost it, and the old one is not', { timeout: SLOW }, async () => {
    const renewed = codeOf(await changeCode(a.deps, code));
    const [name] = keysIn(folder);
    folder.files.delete(name!);
    const { put } = a.deps.backend;
    Object.assign(a.deps.backend, { put: failed });
    expect((await a.sync()).failure).toBe('sync-offline');
    Object.assign(a.deps.backend, { put });
    await settle(a);
    expect(keysIn(folder)).toEqual([name]);
    expect((await joinVault(browser(folder, 'c').deps, renewed, 'C')).kind).toBe('member');
  });

  it('is the one that is laid again after a crash, too', { timeout: SLOW }, async () => {
    const remove = async (names: readonly string[]) => {
      await a.deps.backend.remove(names);
      throw new Error('power cut');
    };
    const changed = changeCode({ ...a.deps, backend: { ...a.deps.backend, remove } }, code);
    await expect(changed).rejects.toThrow('power cut');
    const left = keysIn(folder);
    for (const name of left) folder.files.delete(name);
    await settle(a);
    expect(keysIn(folder)).toEqual(left);
  });

  it('takes the files of all codes before along', { timeout: SLOW }, async () => {
    const second = codeOf(await changeCode(refusing(a.deps, 'remove'), code));
    expect(keysIn(folder)).toHaveLength(2);
    expect(await changeCode(a.deps, second)).not.toHaveProperty('oldCodeOpens');
    expect(keysIn(folder)).toEqual([a.state().keyName]);
  });

  it('is asked for by the code of this vault, not of another one', { timeout: SLOW }, async () => {
    const [, codeOfOther] = await besides('c');
    const before = [...folder.files.keys()];
    expect(await changeCode(a.deps, codeOfOther)).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
    expect([...folder.files.keys()]).toEqual(before);
  });
});

describe('a folder with more than one vault', () => {
  it('who moves brings what a third browser told there, leaves no file behind, and nobody without a key', {
    timeout: SLOW,
  }, async () => {
    const [c, codeOfOther] = await besides('c');
    const { device, keyName } = b.state();
    expect((await joinVault(b.deps, codeOfOther, 'B')).kind).toBe('member');
    const left = filesOf(folder, device);
    await b.sync();
    expect(filesOf(folder, device), 'not before the new ones were read back').toEqual(left);
    await settle(b, c, b);
    expect([c.value('x'), c.value('y')]).toEqual(['of a', 'of b']);
    b.write('later', 'y');
    expect((await b.sync()).pushed, 'all of it once').toEqual({ objects: 1, records: 1 });
    expect(filesOf(folder, device)).toEqual([]);
    expect(keysIn(folder)).toContain(keyName);
    expect(await joinVault(b.deps, codeOfOther, 'B')).toMatchObject({ kind: 'member' });
    expect(b.state().head.sequence, 'a member joins what it is in: nothing changes').toBeGreaterThan(0);
    // Not sent yet, and already elsewhere: the names of both moves go.
    const [d, codeOfThird] = await besides('d');
    const second = b.state().device;
    await joinVault(b.deps, codeOfThird, 'B');
    const third = b.state();
    expect(third.former.map((each) => each.device)).toEqual([device, second]);
    await settle(b, d, b);
    expect(filesOf(folder, second)).toEqual([]);
  });

  it('the code opens the one that it is of, whatever lies before it', { timeout: SLOW }, async () => {
    const [, codeOfOther] = await besides('c');
    for (const each of [code, codeOfOther]) {
      const joiner = browser(folder, 'd');
      expect((await joinVault(joiner.deps, each, 'D')).kind).toBe('member');
      expect(joiner.state().vault === made.a.state().vault).toBe(each === code);
    }
    write(folder, 'vault-0000000000-000000000000.json', new Uint8Array(MOST_KEY_OBJECT_BYTES + 1));
    expect((await joinVault(browser(folder, 'e').deps, code, 'E')).kind).toBe('member');
    expect(
      await joinVault(
        browser(folder, 'e').deps,
        codeOf(await createVault(browser(memoryFolder(), 'f').deps, 'F')),
        'E',
      ),
    ).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
  });

  it('keys that are nobody’s are damaged; the first six by name are tried, each up to its size', {
    timeout: SLOW,
  }, async () => {
    const key = folder.files.get(a.state().keyName)!;
    folder.files.clear();
    write(folder, 'vault-another00000-000000000000.json', key);
    const join = () => joinVault(browser(folder, 'c').deps, code, 'C');
    expect(await join(), 'the file of another name').toEqual({ kind: 'refused', code: 'sync-key-damaged' });
    folder.files.clear();
    write(folder, a.state().keyName, new Uint8Array([...key, ...new Uint8Array(MOST_KEY_OBJECT_BYTES).fill(32)]));
    expect(await join()).toEqual({ kind: 'refused', code: 'sync-key-damaged' });
    folder.files.clear();
    for (let n = 0; n < 6; n++) write(folder, `vault-zzzzzzzzzz${n}-000000000000.json`, new Uint8Array(5));
    write(folder, a.state().keyName, key);
    expect((await join()).kind, 'by name, not as listed').toBe('member');
    folder.files.delete(a.state().keyName);
    for (let n = 6; n < 30; n++) write(folder, `vault-zzzzzzzzz${n}-000000000000.json`, new Uint8Array(5));
    const before = folder.requests;
    expect(await join()).toEqual({ kind: 'refused', code: 'sync-key-damaged' });
    expect(folder.requests - before).toBe(7);
  });
});

describe('two browsers that begin at the same instant', () => {
  /** Both look before either has laid its key, and again when both lie there. */
  const beginBoth = async (both: readonly Browser[], empty: MemoryFolder, doors: Partial<Backend> = {}) => {
    let looks = 0;
    const list: Backend['list'] = async () => {
      if (++looks <= 2) return { kind: 'listed', entries: [] };
      while (looks < 4) await new Promise((rest) => setTimeout(rest, 5));
      return memoryBackend(empty).list();
    };
    return Promise.all(
      both.map(({ deps }) => createVault({ ...deps, backend: { ...deps.backend, list, ...doors } }, 'C')),
    );
  };

  it.each([
    ['lays no second vault', {}, 1],
    ['that cannot take its key back leads nobody astray', { remove: failed }, 2],
  ])('the second by name is told of the first, and %s', { timeout: SLOW }, async (_, doors, keys) => {
    const empty = memoryFolder();
    const both = [browser(empty, 'c'), browser(empty, 'd')];
    const begun = await beginBoth(both, empty, doors);
    const first = begun.findIndex(({ kind }) => kind === 'member');
    expect(begun[1 - first]).toEqual({ kind: 'refused', code: 'sync-vault-exists' });
    expect([both[1 - first]!.state(), keysIn(empty).length]).toEqual([null, keys]);
    const third = browser(empty, 'e');
    expect((await joinVault(third.deps, codeOf(begun[first]!), 'E')).kind).toBe('member');
    expect((await third.sync()).otherVaults.map(({ shouldMove }) => shouldMove)).not.toContain(true);
  });

  it('who cannot look again is a member, and keeps its code', { timeout: SLOW }, async () => {
    const empty = memoryFolder();
    const [first, { list }] = [browser(empty, 'c'), memoryBackend(empty)];
    let looks = 0;
    Object.assign(first.deps.backend, { list: () => (++looks > 1 ? failed() : list()) });
    expect(await createVault(first.deps, 'C')).toMatchObject({ kind: 'member', code: expect.any(String) });
  });
});

describe('leaving', () => {
  it('takes what was ours under earlier names, and the keys of others never', { timeout: SLOW }, async () => {
    const [, codeOfOther] = await besides('c');
    const keys = keysIn(folder);
    await joinVault(b.deps, codeOfOther, 'B');
    await b.sync();
    expect(filesOf(folder, made.b.state().device)).not.toEqual([]);
    await leave(b.deps, false);
    expect(filesOf(folder, made.b.state().device)).toEqual([]);
    expect(keysIn(folder)).toEqual(keys);
    // Of the two vaults only one has a browser left.
    await leave(a.deps, false);
    expect(keysIn(folder)).toEqual(keys.filter((name) => name !== made.a.state().keyName));
    expect(a.state()).toBeNull();
  });

  it('who has sent nothing yet leaves the key to who has sent nothing either', { timeout: SLOW }, async () => {
    folder.files.clear();
    write(folder, STRANGER, new Uint8Array(9));
    const [first, second] = [browser(folder, 'c'), browser(folder, 'd')];
    await joinVault(second.deps, codeOf(await createVault(first.deps, 'C')), 'D');
    await leave(second.deps, false);
    expect(keysIn(folder)).toHaveLength(1);
    await leave(first.deps, true);
    expect([...folder.files.keys()], 'a stranger’s file stays').toEqual([STRANGER]);
  });

  it('with everything takes what others laid, too', async () => {
    await leave(a.deps, true);
    expect([...folder.files.keys()]).toEqual([STRANGER]);
  });

  it('beginning anew leaves a stranger’s file alone', { timeout: SLOW }, async () => {
    await createVault(a.deps, 'A', true);
    expect([...folder.files.keys()].sort()).toEqual([STRANGER, a.state().keyName].sort());
    expect(a.state().vault, 'of the length of every name').toHaveLength(12);
  });
});

describe('a new vault', () => {
  it('brings what was not sent, what others told, and lays its last word once', { timeout: SLOW }, async () => {
    a.write('not sent', 'z');
    const renewed = codeOf(await startNewVault(a.deps, 'A'));
    expect((await a.sync()).otherVaults, 'its own former one is none').toEqual([]);
    await settle(a);
    const newcomer = browser(folder, 'c');
    await joinVault(newcomer.deps, renewed, 'C');
    await newcomer.sync();
    expect(['x', 'y', 'z'].map((id) => newcomer.value(id))).toEqual(['of a', 'of b', 'not sent']);
    write(folder, 'vault-000000000000-000000000000.json', new Uint8Array(9));
    expect(await b.sync()).toMatchObject({
      isClosed: true,
      otherVaults: [
        { vault: '000000000000', shouldMove: false },
        { vault: a.state().vault, shouldMove: true },
      ],
    });
    pass(399 * DAY_MS);
    await settle(a);
    expect(filesOf(folder, made.a.state().device)).not.toEqual([]);
    pass(2 * DAY_MS);
    await settle(a);
    expect(filesOf(folder, made.a.state().device)).toEqual([]);
  });

  it('brings what the browser that is removed told last; what cannot be read is told, and all is as it was', {
    timeout: SLOW,
  }, async () => {
    b.write('told last', 'y');
    await b.sync();
    expect(await startNewVault(refusing(a.deps, 'get'), 'A')).toEqual({ kind: 'refused', code: 'sync-offline' });
    expect([a.state().vault, keysIn(folder)]).toEqual([made.a.state().vault, [a.state().keyName]]);
    await startNewVault(a.deps, 'A');
    expect(a.value('y')).toBe('told last');
  });

  it('what was sealed and not sent goes with the last word: the chain has no hole', { timeout: SLOW }, async () => {
    a.write('sealed', 'z');
    const { put } = a.deps.backend;
    Object.assign(a.deps.backend, { put: failed });
    await a.sync();
    Object.assign(a.deps.backend, { put });
    await startNewVault(a.deps, 'A');
    await a.sync();
    const { isClosed, refused } = await b.sync();
    expect([isClosed, refused.map((each) => each.code)]).toEqual([true, []]);
    expect(b.value('z')).toBe('sealed');
  });

  it('what was cut off on its way before is whole again for the last word, and what was left before goes still', {
    timeout: SLOW,
  }, async () => {
    const left = { vault: 'leftvault001', device: 'former000001', until: 0, closes: false };
    await a.deps.store.save({ ...a.state(), former: [left] });
    a.write('cut', 'z');
    await a.sync();
    const { name, bytes } = a.state().outbox[0]!;
    write(folder, name, bytes.slice(0, 9));
    await startNewVault(a.deps, 'A');
    expect(a.state().former).toMatchObject([left, { vault: made.a.state().vault, closes: true }]);
    await a.sync();
    const { isClosed, refused } = await b.sync();
    expect([isClosed, refused, b.value('z')]).toEqual([true, [], 'cut']);
  });

  it('a store that is full keeps the last word waiting: the others are told once there is room', {
    timeout: SLOW,
  }, async () => {
    Object.assign(a.deps.backend, { isSmall: true });
    await startNewVault(a.deps, 'A');
    const { put } = memoryBackend(folder);
    Object.assign(a.deps.backend, { put: async () => ({ kind: 'failed', code: 'sync-quota' }) });
    for (let round = 0; round < 3; round++) await a.sync();
    Object.assign(a.deps.backend, { put });
    pass(DAY_MS);
    await settle(a);
    expect((await b.sync()).isClosed).toBe(true);
  });

  it('a last word that waits still goes along when the browser moves on to another vault', {
    timeout: SLOW,
  }, async () => {
    const [, codeOfOther] = await besides('c');
    await startNewVault(a.deps, 'A');
    const { put } = a.deps.backend;
    Object.assign(a.deps.backend, { put: failed });
    await a.sync();
    const { device, outbox } = a.state();
    expect(outbox).toHaveLength(2);
    Object.assign(a.deps.backend, { put });
    expect((await joinVault(a.deps, codeOfOther, 'A')).kind).toBe('member');
    await a.sync();
    expect(filesOf(folder, device), 'what was to go into the one it leaves stays here').toEqual([]);
    expect((await b.sync()).isClosed).toBe(true);
  });

  it('a browser whose copy has written under its name says its last word under a name of its own', {
    timeout: SLOW,
  }, async () => {
    const copy = await copyOf(a);
    copy.write('of the copy', 'z');
    await settle(copy, b);
    const [name, bytes] = [...folder.files].findLast(([each]) => each.startsWith(copy.state().device))!;
    await startNewVault(a.deps, 'A');
    await a.sync();
    expect(folder.files.get(name), 'what the copy sent is not written over').toEqual(bytes);
    expect([(await b.sync()).isClosed, (await copy.sync()).isClosed, b.value('z')]).toEqual([
      true,
      true,
      'of the copy',
    ]);
  });
});

it('who joins with nothing of its own sends nothing back of what it was told', async () => {
  const joiner = browser(folder, 'c');
  await joinVault(joiner.deps, code, 'C');
  expect((await joiner.sync()).pushed).toEqual({ objects: 1, records: 0 });
});
