/** A server that lists an object and never gives it: a bad disk, a scanner that locks one file, a gateway. It holds up nothing else. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { BackendFailure } from '../../src/app/sync-ports.ts';
import { DAY_MS, HOUR_MS } from '../../src/core/day.ts';
import { startNewVault } from '../../src/sync/membership.ts';
import { type MemoryFolder, memoryFolder, write } from '../fakes/memory-backend.ts';
import { type Browser, memberOf, pass } from './browser.ts';

let folder: MemoryFolder;
let a: Browser;
let b: Browser;
const member = (name: string): Promise<Browser> => memberOf(folder, name);
const nameOf = (of: Browser, sequence: number) => `${of.state().device}-${sequence}.jwe`;
/** `of` is given everything but these, by the words of its server; where they are null, nothing that lies there. */
function withheld(of: Browser, names: readonly string[] | null, code = 'sync-server'): () => void {
  const { get } = of.deps.backend;
  const failed: BackendFailure = { kind: 'failed', code };
  const isHeld = (name: string) => (names === null ? folder.files.has(name) : names.includes(name));
  Object.assign(of.deps.backend, {
    get: async (name: string, most: number) => (isHeld(name) ? failed : get(name, most)),
  });
  return () => Object.assign(of.deps.backend, { get });
}

beforeEach(async () => {
  folder = memoryFolder();
  // Another browser has changed the code: the key that we were told lies there no more.
  write(folder, 'vault-vault0000001-wrap00000002.json', new Uint8Array(9));
  [a, b] = [await member('a'), await member('b')];
});

describe.each(['sync-server', 'sync-auth'])('an object that is never given (%s)', (code) => {
  it('is told as a failure twice, then as a gap; it is read once it is given', async () => {
    b.write('one');
    await b.sync();
    const given = withheld(a, [nameOf(b, 1)], code);
    expect([(await a.sync()).failure, (await a.sync()).failure]).toEqual([code, code]);
    const { failure, refused } = await a.sync();
    expect([failure, refused]).toEqual([null, [{ name: nameOf(b, 1), code: 'sync-gap' }]]);
    given();
    pass(DAY_MS);
    expect((await a.sync()).refused).toEqual([]);
    expect(a.value()).toBe('one');
  });

  it('of three browsers keeps no fourth one from being read, and a snapshot bridges it', async () => {
    const others = await Promise.all(['c', 'd', 'e'].map(member));
    for (const each of others) {
      each.write(`of ${each.disk.node}`, each.disk.node);
      await each.sync();
    }
    withheld(
      a,
      others.map((each) => nameOf(each, 1)),
      code,
    );
    const last = await member('f');
    last.write('of f', 'f');
    await last.sync();
    for (let n = 0; n < 4; n++) await a.sync();
    expect(a.value('f')).toBe('of f');
    for (const each of others) {
      while (each.state().snapshotAt < 1) {
        each.write(`${each.state().head.sequence}`, each.disk.node);
        await each.sync();
      }
      await each.sync();
    }
    expect((await a.sync()).refused).toEqual([]);
    for (const each of others) expect(a.value(each.disk.node)).toBe(each.value(each.disk.node));
  });

  it('among our own is sent again, and what follows it is sent and cleared away', async () => {
    a.write('one');
    await a.sync();
    withheld(a, [nameOf(a, 1)], code);
    for (let n = 2; n < 12; n++) {
      a.write(String(n));
      await a.sync();
    }
    pass(DAY_MS);
    const { failure, waiting } = await a.sync();
    expect([failure, waiting]).toEqual([null, { objects: 0, hasUnsealed: false }]);
    expect([...folder.files.keys()].length).toBeLessThan(8);
    await b.sync();
    expect(b.value()).toBe('11');
  });

  it('is no obstacle to a new vault', { timeout: 120_000 }, async () => {
    b.write('one');
    await b.sync();
    withheld(a, [nameOf(b, 1)], code);
    for (let n = 0; n < 3; n++) await a.sync();
    expect(await startNewVault(a.deps, 'A')).toMatchObject({ kind: 'member', code: expect.any(String) });
  });
});

/** `of` is set back to a copy of itself; what it sent since lies in the folder, read by nobody. */
async function setBack(of: Browser): Promise<void> {
  of.write('one');
  for (let n = 0; n < 2; n++) await of.sync();
  const [records, state] = [new Map(of.disk.records), structuredClone(of.state())];
  of.write('of the lost one', 'kept');
  await of.sync();
  of.disk.records = records;
  await of.deps.store.save(state);
}

describe.each(['sync-server', 'sync-auth', 'sync-redirect'])('a store that gives nothing at all (%s)', (code) => {
  it('is a failure for as long as it does, and all is read as soon as it gives again', async () => {
    b.write('one');
    await b.sync();
    a.write('mine', 'other');
    await a.sync();
    const given = withheld(a, null, code);
    for (let n = 0; n < 12; n++) {
      expect(await a.sync()).toMatchObject({ failure: code, refused: [] });
      pass(2 * HOUR_MS);
    }
    given();
    expect(await a.sync()).toMatchObject({ failure: null, waiting: { objects: 0, hasUnsealed: false } });
    expect(a.value()).toBe('one');
  });

  it('begins no new vault before the old one was read', async () => {
    b.write('one');
    await b.sync();
    withheld(a, null, code);
    for (let n = 0; n < 4; n++) await a.sync();
    expect(await startNewVault(a.deps, 'A')).toEqual({ kind: 'refused', code });
  });
});

it.each([
  ['all', null],
  ['one', ['device00000a-2.jwe']],
])('what a lost self sent and a store does not give (%s) is not written over', async (_, names) => {
  await setBack(a);
  const given = withheld(a, names);
  for (let n = 0; n < 6; n++) {
    a.write(String(n));
    await a.sync();
  }
  given();
  pass(DAY_MS);
  for (let n = 0; n < 3; n++) for (const each of [a, b]) await each.sync();
  for (const each of [a, b]) expect([each.value(), each.value('kept')]).toEqual(['5', 'of the lost one']);
});

it('a network that breaks off at every object is a failure for as long as it does', async () => {
  b.write('one');
  await b.sync();
  const given = withheld(a, [nameOf(b, 1)], 'sync-timeout');
  for (let n = 0; n < 5; n++) expect(await a.sync()).toMatchObject({ failure: 'sync-timeout', refused: [] });
  given();
  await a.sync();
  expect(a.value()).toBe('one');
});
