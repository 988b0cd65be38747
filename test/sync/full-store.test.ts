/** A store that holds little, and is full. */
import { beforeEach, expect, it } from 'vitest';
import type { Backend } from '../../src/app/sync-ports.ts';
import { type MemoryFolder, memoryBackend, memoryFolder, write } from '../fakes/memory-backend.ts';
import { type Browser, memberOf } from './browser.ts';

let folder: MemoryFolder;
let room: number;
let a: Browser;

async function member(name: string, limits: Partial<Backend> = {}): Promise<Browser> {
  const made = await memberOf(folder, name, { isSmall: true, ...limits });
  const { backend } = made.deps;
  Object.assign(backend, {
    put: async (...[of, bytes]: Parameters<typeof backend.put>) =>
      [...folder.files.values()].reduce((sum, { length }) => sum + length, bytes.length) > room
        ? { kind: 'failed', code: 'sync-quota' }
        : memoryBackend(folder).put(of, bytes),
  });
  return made;
}

beforeEach(async () => {
  folder = memoryFolder();
  write(folder, 'vault-vault0000001-wrap00000001.json', new Uint8Array(8));
  room = 1e6;
  a = await member('a');
  for (let n = 0; n < 8; n++) {
    a.write(`n${n}`, `id${n}`);
    await a.sync();
  }
  expect(a.state().snapshotAt).toBeGreaterThan(0);
  room = 0;
  a.write('more');
});

it.each(['before', 'after'])(
  'a crash %s own old objects are cleared: the name stays, and all of it arrives',
  async (when) => {
    const { device } = a.state();
    const { remove } = memoryBackend(folder);
    Object.assign(a.deps.backend, {
      remove: async (names: readonly string[]) => {
        if (when === 'after') await remove(names);
        throw new Error('power cut');
      },
    });
    await expect(a.sync()).rejects.toThrow('power cut');
    Object.assign(a.deps.backend, { remove });
    room = 1e6;
    for (let round = 0; round < 3; round++) await a.sync();
    expect(a.state().device).toBe(device);
    expect([...folder.files.keys()].every((name) => /^vault-/.test(name) || name.startsWith(device))).toBe(true);
    const b = await member('b');
    await b.sync();
    for (let n = 0; n < 8; n++) expect(b.value(`id${n}`)).toBe(`n${n}`);
    expect(b.value()).toBe('more');
  },
);

it('a store that does not clear them either: the name stays', async () => {
  const { device } = a.state();
  const { remove } = a.deps.backend;
  Object.assign(a.deps.backend, { remove: async () => ({ kind: 'failed', code: 'sync-offline' }) });
  for (let round = 0; round < 12; round++) await a.sync();
  expect(a.state().device).toBe(device);
  expect(a.state().outbox.length).toBeLessThan(10);
  Object.assign(a.deps.backend, { remove });
  room = 1e6;
  for (let round = 0; round < 4; round++) await a.sync();
  const b = await member('b');
  await b.sync();
  expect(b.value()).toBe('more');
  expect((await a.sync()).waiting).toEqual({ objects: 0, hasUnsealed: false });
});

it('a server without room: what lies there stays, and what waits goes in its order', async () => {
  const b = await member('b', { isSmall: false });
  room = 1e6;
  b.write('first', 'x');
  await b.sync();
  const files = [...folder.files.keys()];
  room = 0;
  for (const value of ['second', 'third']) {
    b.write(value, 'x');
    expect((await b.sync()).failure).toBe('sync-quota');
  }
  expect([...folder.files.keys()]).toEqual(files);
  room = 1e6;
  const { put } = b.deps.backend;
  const names: string[] = [];
  Object.assign(b.deps.backend, {
    put: async (name: string) => {
      names.push(name);
      return { kind: 'failed', code: 'sync-offline' };
    },
  });
  await b.sync();
  expect(names, 'not the one after it').toEqual([b.state().outbox[0]!.name]);
  Object.assign(b.deps.backend, { put });
  await b.sync();
  await a.sync();
  expect(a.value('x')).toBe('third');
});

it('more than one object may hold: told as full, and nothing of it is laid', async () => {
  const b = await member('b', { mostObjectBytes: 2000 });
  room = 1e6;
  const files = folder.files.size;
  for (let n = 0; n < 200; n++) b.write(`${Math.sin(n)}`, `id${n}`);
  expect((await b.sync()).failure).toBe('sync-quota');
  expect(folder.files.size).toBe(files);
});

it('with nothing of ours to clear: one snapshot is tried, then the others are waited for', async () => {
  const b = await member('b');
  b.write('mine', 'x');
  expect(await b.sync()).toMatchObject({ failure: 'sync-quota', pausedUntil: null });
  expect(b.state().checked).toEqual({});
  expect((await b.sync()).pausedUntil).not.toBeNull();
});

it('a server without room: what a snapshot stands for goes, and makes it', async () => {
  const b = await member('b', { isSmall: false });
  room = 1e6;
  for (let n = 0; b.state().snapshotAt < 1; n++) {
    b.write(`n${n}`, 'x');
    await b.sync();
  }
  room = [...folder.files.values()].reduce((sum, { length }) => sum + length, 0);
  b.write('later', 'x');
  for (let round = 0; round < 3; round++) await b.sync();
  expect((await b.sync()).waiting).toEqual({ objects: 0, hasUnsealed: false });
  await a.sync();
  expect(a.value('x')).toBe('later');
});

it('full of what an earlier membership left: that goes, and what is known here comes', async () => {
  const former = 'former000001';
  const b = await member('b');
  room = 1e6;
  for (let n = 0; n < 3; n++) write(folder, `${former}-${n + 1}.jwe`, new Uint8Array(1000));
  room = [...folder.files.values()].reduce((sum, { length }) => sum + length, 0);
  await b.deps.store.save({
    ...b.state(),
    isWholeNext: true,
    former: [{ vault: 'leftvault001', device: former, until: 0, closes: false }],
  });
  b.write('of b', 'x');
  for (let round = 0; round < 4; round++) await b.sync();
  expect([...folder.files.keys()].filter((name) => name.startsWith(former))).toEqual([]);
  await a.sync();
  expect(a.value('x')).toBe('of b');
});

it.each(['sync-offline', 'sync-busy'])(
  'a small store that refuses for another reason (%s): what lies there stays',
  async (code) => {
    const files = [...folder.files.keys()];
    const { put } = a.deps.backend;
    Object.assign(a.deps.backend, { put: async () => ({ kind: 'failed', code }) });
    expect(await a.sync()).toMatchObject({ failure: code, pausedUntil: null });
    expect([...folder.files.keys()]).toEqual(files);
    room = 1e6;
    Object.assign(a.deps.backend, { put });
    expect((await a.sync()).waiting.objects).toBe(0);
  },
);
