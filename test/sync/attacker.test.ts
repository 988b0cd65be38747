/**
 * A server that does whatever it likes with the folder, but has no key. Every move is detected, with a code of its own,
 * or harmless; nothing that a browser has is ever replaced. The table in docs/sync.md names these tests.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SyncReport } from '../../src/app/sync-ports.ts';
import { syncNow } from '../../src/sync/engine.ts';
import { importKey, newRawKey, wrapKey } from '../../src/sync/key-object.ts';
import { createVault, joinVault } from '../../src/sync/membership.ts';
import type { SyncState } from '../../src/sync/state.ts';
import { vaultOf } from '../../src/sync/vault.ts';
import { type MemoryFolder, memoryFolder, write } from '../fakes/memory-backend.ts';
import { type Browser, browser, pass } from './browser.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let folder: MemoryFolder;
let a: Browser;
let b: Browser;
let code: string;
/** Deriving a key takes a second: the two browsers join once, each test begins with a copy of that moment. */
let begun: { files: [string, Uint8Array<ArrayBuffer>][]; states: SyncState[] };

async function begin(): Promise<void> {
  folder = memoryFolder();
  a = browser(folder, 'a');
  b = browser(folder, 'b');
  const made = await createVault(a.deps, 'A');
  if (made.kind === 'refused') throw new Error(made.code);
  code = made.code!;
  expect((await joinVault(b.deps, code, 'B')).kind).toBe('member');
  begun = { files: [...folder.files], states: [a.state(), b.state()] };
}

beforeAll(begin, 60_000);
beforeEach(async () => {
  folder = memoryFolder();
  for (const [name, bytes] of begun.files) write(folder, name, bytes);
  a = browser(folder, 'a');
  b = browser(folder, 'b');
  await a.deps.store.save(structuredClone(begun.states[0]!));
  await b.deps.store.save(structuredClone(begun.states[1]!));
  a.write('one');
  await a.sync();
  await b.sync();
  a.write('two');
  await a.sync();
  expect(b.value()).toBe('one');
});

const nameOf = (of: Browser, sequence: number) => `${of.state().device}-${sequence}.jwe`;
const contentOf = (name: string) => folder.files.get(name)!;
const codesOf = (report: SyncReport) => report.refused.map((each) => each.code);
const change = (name: string, change: (text: string) => string) =>
  write(folder, name, encoder.encode(change(decoder.decode(contentOf(name)))));
/** Afterwards the honest bytes are back, and everything is as it should be. */
const mend = async (name: string, bytes: Uint8Array<ArrayBuffer>, value = 'two') => {
  write(folder, name, bytes);
  pass(26 * 3_600_000);
  const report = await b.sync();
  expect(report.refused).toEqual([]);
  expect(b.value()).toBe(value);
};

describe('a hostile server', () => {
  it('reads nothing: no file holds a word of the records', async () => {
    a.write('京东白条 招商银行 38620', 'bill-of-京东白条');
    await a.sync();
    expect(folder.files.size).toBeGreaterThan(3);
    for (const [name, bytes] of folder.files) {
      const text = decoder.decode(bytes);
      const decoded = text
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString('utf8'))
        .join('\n');
      for (const word of ['京东', '白条', '38620', 'bill-of']) expect(`${text}\n${decoded}`, name).not.toContain(word);
    }
  });

  it('lays plaintext in place of a seal', async () => {
    const name = nameOf(a, 2);
    const honest = contentOf(name);
    write(folder, name, encoder.encode('{"at":1,"label":"A","seen":{},"records":[]}'));
    expect(codesOf(await b.sync())).toEqual(['sync-plaintext']);
    expect(b.value()).toBe('one');
    await b.deps.store.save({ ...b.state(), pausedUntil: b.deps.clock.now() + 90_000 });
    expect(codesOf(await b.sync()), 'in a pause nothing is looked at, and what was found stands').toEqual([
      'sync-plaintext',
    ]);
    folder.files.delete(name);
    expect(codesOf(await b.sync()), 'what is gone is no trouble').toEqual([]);
    await mend(name, honest);
  });

  it('lays an unsecured token (alg none) in place of a seal', async () => {
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'duly' })).toString('base64url');
    change(nameOf(a, 2), (text) => [header, ...text.split('.').slice(1)].join('.'));
    expect(codesOf(await b.sync())).toEqual(['sync-plaintext']);
  });

  it('lays a seal of another vault', async () => {
    const name = nameOf(a, 2);
    const honest = contentOf(name);
    const other = vaultOf('othervault01', await importKey(newRawKey()));
    const header = { vault: other.id, device: a.state().device, sequence: 2, previous: '', kind: 'delta' as const };
    write(
      folder,
      name,
      await other.seal(header, { at: 1, label: '', seen: {}, records: [{ id: 'bill', value: 'evil' }] }),
    );
    expect(codesOf(await b.sync())).toEqual(['sync-wrong-vault']);
    await mend(name, honest);
  });

  it('seals with a key of its own in our name', async () => {
    const forged = vaultOf(a.state().vault, await importKey(newRawKey()));
    const header = { vault: forged.id, device: a.state().device, sequence: 2, previous: '', kind: 'delta' as const };
    write(folder, nameOf(a, 2), await forged.seal(header, { at: 1, label: '', seen: {}, records: [] }));
    expect(codesOf(await b.sync())).toEqual(['sync-damaged']);
    expect(b.value()).toBe('one');
  });

  it("swaps one device's object for another's", async () => {
    b.write('from b', 'other');
    await b.sync();
    await b.sync();
    a.write('three');
    await a.sync();
    const name = nameOf(a, 3);
    const honest = contentOf(name);
    write(folder, name, contentOf(nameOf(b, 1)));
    expect(codesOf(await b.sync())).toEqual(['sync-foreign-name']);
    expect(b.value()).toBe('two');
    await mend(name, honest, 'three');
  });

  it('replays an old object under a new name', async () => {
    const name = nameOf(a, 2);
    const honest = contentOf(name);
    write(folder, name, contentOf(nameOf(a, 1)));
    expect(codesOf(await b.sync())).toEqual(['sync-replayed']);
    await mend(name, honest);
  });

  it('holds one object back and shows what follows', async () => {
    const name = nameOf(a, 2);
    const honest = contentOf(name);
    a.write('three');
    await a.sync();
    folder.files.delete(name);
    expect(codesOf(await b.sync())).toEqual(['sync-gap']);
    expect(b.value()).toBe('one');
    write(folder, name, honest);
    expect(codesOf(await b.sync())).toEqual([]);
    expect(b.value()).toBe('three');
  });

  it('lists an object and says that it is not there', async () => {
    const { get } = b.deps.backend;
    const hides: typeof get = async (name, most) => (name === nameOf(a, 2) ? { kind: 'absent' } : get(name, most));
    const over = () => syncNow({ ...b.deps, backend: { ...b.deps.backend, get: hides } });
    for (let tries = 0; tries < 5; tries++) expect(codesOf((await over())!)).toEqual(['sync-gap']);
    expect(b.value()).toBe('one');
    expect(codesOf(await b.sync())).toEqual([]);
    expect(b.value()).toBe('two');
  });

  it('rolls the folder back to an older state', async () => {
    const old = [...folder.files].filter(([name]) => name !== nameOf(a, 2));
    await b.sync();
    await a.sync();
    expect(a.state().outbox).toEqual([]);
    expect(b.value()).toBe('two');
    folder.files.clear();
    for (const [name, bytes] of old) write(folder, name, bytes);
    expect(codesOf(await b.sync())).toEqual(['sync-rolled-back']);
    expect(b.value()).toBe('two');
    // The writer sees its own loss, and sends again what is missing.
    await a.sync();
    await a.sync();
    await a.sync();
    expect(codesOf(await b.sync())).toEqual([]);
  });

  it('shows a newcomer an old state: the others say how far they had read', async () => {
    await b.sync();
    b.write('b knows a:2', 'other');
    await b.sync();
    const c = browser(folder, 'c');
    await c.deps.store.save({ ...structuredClone(begun.states[1]!), device: 'device00000c' });
    folder.files.delete(nameOf(a, 2));
    expect(codesOf(await c.sync())).toEqual(['sync-rolled-back']);
  });

  it('hides a device altogether', async () => {
    for (const sequence of [1, 2]) folder.files.delete(nameOf(a, sequence));
    expect(codesOf(await b.sync())).toEqual(['sync-device-gone']);
    expect(b.value()).toBe('one');
  });

  it('cuts an object short', async () => {
    const name = nameOf(a, 2);
    const honest = contentOf(name);
    write(folder, name, honest.slice(0, honest.length - 30));
    expect(codesOf(await b.sync())).toEqual(['sync-truncated']);
    await mend(name, honest);
  });

  it('flips a bit of the content', async () => {
    const name = nameOf(a, 2);
    const honest = contentOf(name);
    const flipped = honest.slice();
    const at = honest.length - 200;
    flipped[at] = flipped[at] === 65 ? 66 : 65;
    write(folder, name, flipped);
    expect(codesOf(await b.sync())).toEqual(['sync-damaged']);
    await mend(name, honest);
  });

  it('rewrites the readable header', async () => {
    const name = nameOf(a, 3);
    change(nameOf(a, 2), (text) => {
      const [header, ...rest] = text.split('.');
      const claimed = { ...JSON.parse(Buffer.from(header!, 'base64url').toString()), sequence: 3 };
      return [Buffer.from(JSON.stringify(claimed)).toString('base64url'), ...rest].join('.');
    });
    write(folder, name, contentOf(nameOf(a, 2)));
    folder.files.delete(nameOf(a, 2));
    expect(codesOf(await b.sync())).toEqual(['sync-gap']);
    expect(b.value()).toBe('one');
  });

  it('claims a newer format', async () => {
    const name = nameOf(a, 2);
    const honest = contentOf(name);
    change(name, (text) => {
      const [header, ...rest] = text.split('.');
      const claimed = { ...JSON.parse(Buffer.from(header!, 'base64url').toString()), version: 9 };
      return [Buffer.from(JSON.stringify(claimed)).toString('base64url'), ...rest].join('.');
    });
    expect(codesOf(await b.sync())).toEqual(['sync-newer-format']);
    await mend(name, honest);
  });

  it('lays rubbish under our own next name: no new name is taken, nothing is written over ours', async () => {
    write(folder, nameOf(b, 7), encoder.encode('rubbish'));
    const before = b.state().device;
    const report = await b.sync();
    expect(codesOf(report)).toEqual(['sync-foreign-name']);
    expect(report.renamed).toBe(false);
    expect(b.state().snapshotAt, 'nothing of ours was lost').toBe(-1);
    b.write('mine', 'other');
    await b.sync();
    expect(b.state().device).toBe(before);
    await a.sync();
    expect(a.value('other')).toBe('mine');
    for (let n = 0; b.state().head.sequence < 7; n++) {
      b.write(`mine ${n}`, 'other');
      await b.sync();
    }
    expect((await b.sync()).refused, 'ours lies there now').toEqual([]);
  });

  it('lays a thousand under our own next names: few are read in one sync, and each of them seldom', async () => {
    for (let sequence = 7; sequence < 1007; sequence++) write(folder, nameOf(b, sequence), encoder.encode('rubbish'));
    const asked = async () => {
      const before = folder.requests;
      await b.sync();
      return folder.requests - before;
    };
    expect(await asked()).toBeLessThan(20);
    for (let sequence = 9; sequence < 1007; sequence++) folder.files.delete(nameOf(b, sequence));
    for (let round = 0; round < 4; round++) await asked();
    expect(await asked(), 'what is bad rests').toBe(1);
  });

  it('brings back what we cleared away: it is ours, and goes again', async () => {
    const { device } = b.state();
    const first = contentOf(nameOf(b, 1));
    const kept = new Map<string, Uint8Array<ArrayBuffer>>();
    for (let n = 0; n < 70; n++) {
      b.write(`${n}`, 'mine');
      await b.sync();
      for (const [name, bytes] of folder.files) if (name.startsWith(device) && n < 60) kept.set(name, bytes);
    }
    const gone = [...kept].filter(([name]) => !folder.files.has(name));
    expect(gone.some(([name]) => name.includes('snapshot'))).toBe(true);
    expect(gone.map(([name]) => name)).toContain(nameOf(b, 1));
    expect(b.state().hashes[1], 'long ago').toBeUndefined();
    for (const [name, bytes] of [...gone, [nameOf(b, 1), first] as const]) write(folder, name, bytes);
    for (let round = 0; round < 6; round++) expect(await b.sync()).toMatchObject({ renamed: false, refused: [] });
    expect([...folder.files.keys()].filter((name) => gone.some(([each]) => each === name))).toEqual([]);
  });

  it('rolls us back to before our snapshot: what lies there stays until a snapshot does', async () => {
    const { device } = b.state();
    const ofB = () => [...folder.files].filter(([name]) => name.startsWith(device));
    let before = ofB();
    for (let n = 0; b.state().snapshotAt < 1; n++) {
      before = ofB();
      b.write(`${n}`, 'mine');
      await b.sync();
    }
    await b.sync();
    expect(ofB()).toHaveLength(1);
    for (const [name] of ofB()) folder.files.delete(name);
    for (const [name, bytes] of before) write(folder, name, bytes);
    await b.sync();
    expect(ofB()).toEqual(before);
    for (let round = 0; round < 3; round++) await b.sync();
    expect(ofB().some(([name]) => name.includes('snapshot'))).toBe(true);
    await a.sync();
    expect(a.value('mine')).toBe(b.value('mine'));
  });

  it('moves to another machine, where everything has another stamp: nothing is damaged, nobody renamed', async () => {
    for (let n = 0; b.state().snapshotAt < 1; n++) {
      b.write(`${n}`, 'mine');
      await b.sync();
    }
    await b.sync();
    for (const [name, bytes] of [...folder.files]) write(folder, name, bytes);
    const sealed = b.state().head.sequence;
    for (let round = 0; round < 2; round++) expect(await b.sync()).toMatchObject({ renamed: false, refused: [] });
    expect(b.state().head.sequence).toBe(sealed);
    const before = folder.requests;
    await b.sync();
    expect(folder.requests - before).toBe(1);
  });

  it('damages what we sent, and does not answer when it is read back: it is sent again', async () => {
    b.write('mine', 'other');
    await b.sync();
    const name = nameOf(b, b.state().head.sequence);
    write(folder, name, contentOf(name).slice(0, 100));
    const { get } = b.deps.backend;
    Object.assign(b.deps.backend, { get: async () => ({ kind: 'failed', code: 'sync-offline' }) });
    await b.sync();
    Object.assign(b.deps.backend, { get });
    for (let round = 0; round < 2; round++) await b.sync();
    await a.sync();
    expect(a.value('other')).toBe('mine');
  });

  it('damages what we sent before it is read back: it is sent again', async () => {
    b.write('mine', 'other');
    await b.sync();
    const name = nameOf(b, b.state().head.sequence);
    write(folder, name, contentOf(name).slice(0, 100));
    await b.sync();
    await b.sync();
    await a.sync();
    expect(a.value('other')).toBe('mine');
  });

  it('damages our snapshot before it is read back: what it stands for stays until it was', async () => {
    for (let n = 0; b.state().snapshotAt < 1; n++) {
      b.write(`${n}`, 'mine');
      await b.sync();
    }
    const ofB = () => [...folder.files.keys()].filter((name) => name.startsWith(b.state().device));
    const snapshot = ofB().find((name) => name.includes('snapshot'))!;
    const deltas = ofB().filter((name) => name !== snapshot);
    change(snapshot, (text) => text.slice(0, 100));
    await b.sync();
    expect(ofB()).toEqual(expect.arrayContaining(deltas));
    await b.sync();
    expect(ofB()).toEqual([snapshot]);
  });

  it('says done and keeps nothing: it is sent again', async () => {
    b.write('mine', 'other');
    await b.sync();
    folder.files.delete(nameOf(b, b.state().head.sequence));
    await b.sync();
    await a.sync();
    expect(a.value('other')).toBe('mine');
  });

  it.each([
    ['keeps nothing', () => undefined],
    [
      'keeps all but the last byte',
      (name: string, bytes: Uint8Array<ArrayBuffer>) => write(folder, name, bytes.slice(0, -1)),
    ],
  ])('says done and %s, for ever: that is no success, and what it is about is sent for as long', async (_, keep) => {
    const { put } = b.deps.backend;
    Object.assign(b.deps.backend, {
      put: async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
        keep(name, bytes);
        return { kind: 'done' };
      },
    });
    b.write('mine', 'other');
    const failures = [];
    for (let round = 0; round < 5; round++) failures.push((await b.sync()).failure);
    expect(failures).toEqual([null, null, 'sync-server', 'sync-server', 'sync-server']);
    Object.assign(b.deps.backend, { put });
    for (let round = 0; round < 2; round++) await b.sync();
    expect((await b.sync()).failure).toBeNull();
    await a.sync();
    expect(a.value('other')).toBe('mine');
  });

  it('lists late what it took, and gives it at once: that is no loss', async () => {
    const { list } = b.deps.backend;
    const old = await list();
    Object.assign(b.deps.backend, { list: async () => old });
    for (let round = 0; round < 5; round++) {
      b.write(String(round), 'other');
      expect((await b.sync()).failure).toBeNull();
    }
    Object.assign(b.deps.backend, { list });
    expect(await b.sync()).toMatchObject({ failure: null, renamed: false, pushed: { objects: 0 } });
    await a.sync();
    expect(a.value('other')).toBe('4');
  });

  it('damages our snapshot after it was read back: another one takes its place', async () => {
    for (let n = 0; b.state().snapshotAt < 1; n++) {
      b.write(`${n}`, 'mine');
      await b.sync();
    }
    for (let round = 0; round < 2; round++) await b.sync();
    const ofB = () => [...folder.files.keys()].filter((name) => name.startsWith(b.state().device));
    const [snapshot] = ofB();
    write(folder, snapshot!, encoder.encode('rubbish'));
    for (let round = 0; round < 3; round++) await b.sync();
    expect(ofB()).toHaveLength(1);
    expect(ofB()).not.toContain(snapshot);
    await a.sync();
    expect(a.value('mine')).toBe(b.value('mine'));
  });

  it('lists what we sent and says that it is not there: it is sent again', async () => {
    b.write('mine', 'other');
    await b.sync();
    const name = nameOf(b, b.state().head.sequence);
    const { get, put } = b.deps.backend;
    const sent: string[] = [];
    Object.assign(b.deps.backend, {
      get: async (of: string, most: number) => (of === name ? { kind: 'absent' } : get(of, most)),
      put: async (...given: Parameters<typeof put>) => {
        sent.push(given[0]);
        return put(...given);
      },
    });
    await b.sync();
    expect(sent).toEqual([name]);
  });

  it('damages what was read back long ago: a snapshot takes its place', async () => {
    await a.sync();
    await a.sync();
    write(folder, nameOf(a, 2), encoder.encode('rubbish'));
    expect(codesOf(await a.sync())).toEqual(['sync-damaged']);
    await a.sync();
    pass(26 * 3_600_000);
    await b.sync();
    expect(b.value()).toBe('two');
  });

  it('removes everything: it is not filled up unasked, and everything is still here', async () => {
    await b.sync();
    await b.sync();
    folder.files.clear();
    const report = await b.sync();
    expect(report.failure).toBe('sync-folder-emptied');
    expect(folder.files.size).toBe(0);
    expect(b.value()).toBe('two');
    await syncNow(b.deps, { refill: true });
    expect((await syncNow(b.deps, { refill: true }))?.pushed.objects, 'once').toBe(0);
    const c = browser(folder, 'c');
    await c.deps.store.save({ ...structuredClone(begun.states[1]!), device: 'device00000c' });
    await c.sync();
    expect(c.value()).toBe('two');
  });

  it('replaces the wrapped key by one of few rounds, and by one of a vault of its own', async () => {
    const key = [...folder.files.keys()].find((name) => name.endsWith('.json'))!;
    const honest = contentOf(key);
    const c = browser(folder, 'c');
    write(folder, key, encoder.encode(await wrapKey(a.state().vault, newRawKey(), code.replaceAll('-', ''), 1000)));
    expect(await joinVault(c.deps, code, 'C')).toEqual({ kind: 'refused', code: 'sync-key-weak' });
    write(folder, key, encoder.encode(await wrapKey(a.state().vault, newRawKey(), 'CODEOFTHEATTACKER0000000')));
    expect(await joinVault(c.deps, code, 'C')).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
    write(folder, key, honest.slice(0, 100));
    expect(await joinVault(c.deps, code, 'C')).toEqual({ kind: 'refused', code: 'sync-key-damaged' });
    // Who is a member already does not read it.
    expect(codesOf(await b.sync())).toEqual([]);
    expect(b.value()).toBe('two');
  });

  it('lays the key of another vault beside ours: told, and nothing else changes', async () => {
    write(folder, 'vault-000000000000-000000000000.json', encoder.encode('{}'));
    const report = await b.sync();
    expect(report.otherVaults).toEqual([{ vault: '000000000000', shouldMove: true }]);
    expect(report.isClosed).toBe(false);
    expect(b.value()).toBe('two');
  });

  it("fills the folder with 10 000 strangers' files", async () => {
    for (let index = 0; index < 10_000; index++) write(folder, `IMG_${index}.jpg`, encoder.encode('x'));
    const before = folder.requests;
    const report = await b.sync();
    expect(report.strangers).toBe(10_000);
    expect(b.value()).toBe('two');
    expect(folder.requests - before).toBeLessThan(8);
  });

  it('invents 10 000 objects of one device: few are read in one sync, and nothing is lost', async () => {
    for (let index = 3; index < 10_000; index++) write(folder, nameOf(a, index), encoder.encode('rubbish'));
    const before = folder.requests;
    expect(codesOf(await b.sync())).toEqual(['sync-plaintext']);
    expect(b.value()).toBe('two');
    expect(folder.requests - before).toBeLessThan(10);
  });

  it('invents 1 000 snapshots of one device: no more than a hundred are read in one sync', async () => {
    for (let index = 3; index < 1000; index++)
      write(folder, `${a.state().device}-snapshot-${index}.jwe`, encoder.encode('rubbish'));
    folder.files.delete(nameOf(a, 2));
    const { get } = b.deps.backend;
    const asked: string[] = [];
    Object.assign(b.deps.backend, {
      get: async (name: string, most: number) => {
        asked.push(name);
        return get(name, most);
      },
    });
    await b.sync();
    expect(asked.length).toBeLessThan(110);
    expect(new Set(asked).size, 'none twice').toBe(asked.length);
  });

  it('damages what a snapshot stands for: that one is read in the same sync, and nothing is told of it', async () => {
    Object.assign(a.deps.backend, { remove: async () => ({ kind: 'failed', code: 'sync-offline' }) });
    for (let n = 0; a.state().snapshotAt < 1; n++) {
      a.write(`${n}`);
      await a.sync();
    }
    write(folder, nameOf(a, 3), encoder.encode('rubbish'));
    const { refused, pushed } = await b.sync();
    expect(refused.map(({ code }) => code)).toEqual(['sync-plaintext']);
    expect([b.value(), pushed.objects]).toEqual([a.value(), 0]);
  });

  it('invents 10 000 browsers: those that are known are read first, then no more than a few hundred', async () => {
    for (let index = 0; index < 10_000; index++)
      write(folder, `0invented${String(index).padStart(5, '0')}-1.jwe`, encoder.encode('rubbish'));
    a.write('three');
    await a.sync();
    for (let round = 0; round < 13; round++) {
      const before = folder.requests;
      const report = await b.sync();
      expect(folder.requests - before).toBeLessThan(310);
      expect(report.refused.length).toBeLessThan(310);
      expect(Object.keys(b.state().refused).length).toBeLessThanOrEqual(300);
      expect(b.value()).toBe('three');
    }
  });

  it('invents 1 000 browsers whose first object is missing: none is asked for, and 300 are told', async () => {
    for (let index = 0; index < 1000; index++)
      write(folder, `0invented${String(index).padStart(5, '0')}-2.jwe`, encoder.encode('rubbish'));
    const before = folder.requests;
    expect((await b.sync()).refused).toHaveLength(300);
    expect(folder.requests - before).toBeLessThan(8);
  });

  it('says that an object has a gigabyte: it is not asked for', async () => {
    const { list } = b.deps.backend;
    const asked: string[] = [];
    const huge = async () => {
      const listed = await list();
      if (listed.kind === 'failed') return listed;
      const entries = listed.entries.map((entry) =>
        entry.name === nameOf(a, 2) ? { ...entry, size: 1 << 30 } : entry,
      );
      return { kind: 'listed' as const, entries };
    };
    const { get } = b.deps.backend;
    const note: typeof get = (name, most) => {
      asked.push(name);
      return get(name, most);
    };
    const report = await syncNow({
      ...b.deps,
      backend: { ...b.deps.backend, list: huge, get: note },
    });
    expect(codesOf(report!)).toEqual(['sync-object-too-large']);
    expect(asked).not.toContain(nameOf(a, 2));
  });

  it('lays an object of a gigabyte whose size no listing tells: refused, and the others are read', async () => {
    const { list, get } = b.deps.backend;
    const name = nameOf(a, 2);
    Object.assign(b.deps.backend, {
      list: async () => {
        const listed = await list();
        return listed.kind === 'listed'
          ? { ...listed, entries: listed.entries.map((entry) => ({ ...entry, size: null })) }
          : listed;
      },
      get: async (of: string, most: number) =>
        of === name ? { kind: 'failed', code: 'sync-object-too-large' } : get(of, most),
    });
    expect(await b.sync()).toMatchObject({ failure: null, refused: [{ name, code: 'sync-object-too-large' }] });
  });

  it('never answers the same twice: what is refused costs no request until it changed or time has passed', async () => {
    write(folder, nameOf(a, 2), encoder.encode('rubbish'));
    await b.sync();
    const asked = async () => {
      const before = folder.requests;
      expect(codesOf(await b.sync())).toEqual(['sync-plaintext']);
      return folder.requests - before;
    };
    for (const requests of [2, 2, 1, 1]) expect(await asked()).toBe(requests);
    for (const hours of [1, 2, 4, 8, 16, 24, 24]) {
      pass(hours * 3_600_000 - 5 * 60_000);
      expect(await asked(), `${hours} hours later`).toBe(1);
      pass(4 * 60_000);
      expect(await asked(), `${hours} hours later`).toBe(2);
    }
  });

  it('what was refused while the clock ran ten years ahead is read again once it is right', async () => {
    const name = nameOf(a, 2);
    const honest = contentOf(name);
    write(folder, name, encoder.encode('rubbish'));
    pass(3650 * 86_400_000);
    for (let tries = 0; tries < 5; tries++) await b.sync();
    pass(-3650 * 86_400_000);
    folder.files.set(name, honest);
    expect(codesOf(await b.sync())).toEqual([]);
    expect(b.value()).toBe('two');
  });
});
