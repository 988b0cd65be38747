/** One name, two browsers: a restored backup, a copied profile. Found by the simulator, told here step by step. */
import { beforeEach, describe, expect, it } from 'vitest';
import { newState, takeNewName } from '../../src/sync/state.ts';
import { type MemoryFolder, memoryFolder, write } from '../fakes/memory-backend.ts';
import { type Browser, browser, memberOf } from './browser.ts';

let folder: MemoryFolder;
let a: Browser;
let b: Browser;
async function copyOf(of: Browser): Promise<Browser> {
  const copy = browser(folder, of.disk.node);
  Object.assign(copy.disk, structuredClone(of.disk));
  await copy.deps.store.save(structuredClone(of.state()));
  return copy;
}
const settle = async (...all: Browser[]) => {
  for (let round = 0; round < 5; round++) for (const each of all) await each.sync();
};

beforeEach(async () => {
  folder = memoryFolder();
  a = await memberOf(folder, 'a');
  b = await memberOf(folder, 'b');
  a.write('one');
  await settle(a, b);
});

describe('two browsers under one name', () => {
  it('a restored backup takes a new name, and gets back what its lost self had sent', async () => {
    const backup = await copyOf(a);
    a.write('sent and lost', 'x');
    await a.sync();
    backup.write('after the restore', 'y');
    const report = await backup.sync();
    expect(report.renamed).toBe(true);
    expect(backup.state().device).not.toBe('device00000a');
    expect([...folder.files.keys()], 'in the same sync').toContain(`${backup.state().device}-1.jwe`);
    await settle(backup, b);
    for (const each of [backup, b])
      expect([each.value('x'), each.value('y')]).toEqual(['sent and lost', 'after the restore']);
  });

  it('a restored backup that finds no more than a snapshot of its lost self takes a new name, too', async () => {
    const backup = await copyOf(a);
    for (let n = 0; a.state().snapshotAt < 1; n++) {
      a.write(`n${n}`, 'x');
      await a.sync();
    }
    await settle(a);
    const ofA = [...folder.files.keys()].filter((name) => name.startsWith(a.state().device));
    expect(ofA).toEqual([`device00000a-snapshot-${a.state().snapshotAt}.jwe`]);
    expect((await backup.sync()).renamed).toBe(true);
    await settle(backup);
    expect(backup.value('x')).toBe(a.value('x'));
  });

  it('a restored backup of whose lost self only a reader knows takes a new name, too', async () => {
    const backup = await copyOf(a);
    a.write('sent and lost', 'x');
    await settle(a, b);
    b.write('of b', 'y');
    await b.sync();
    folder.files.delete('device00000a-2.jwe');
    expect((await backup.sync()).renamed).toBe(true);
  });

  it('a restored backup behind an old listing looks before it writes', async () => {
    const backup = await copyOf(a);
    a.write('sent and lost', 'x');
    await a.sync();
    const { list } = backup.deps.backend;
    const listed = await list();
    const old = listed.kind === 'listed' ? listed.entries.filter(({ name }) => name !== 'device00000a-2.jwe') : [];
    Object.assign(backup.deps.backend, { list: async () => ({ kind: 'listed', entries: old }) });
    backup.write('after the restore', 'y');
    const { get } = backup.deps.backend;
    // What an earlier membership left goes no sooner than all of it lies there under the new name.
    const left = 'former000001-1.jwe';
    const former = [{ vault: 'leftvault001', device: 'former000001', until: 0, closes: false }];
    await backup.deps.store.save({ ...backup.state(), former });
    old.push({ name: left, size: 9, stamp: '1' });
    write(folder, left, new Uint8Array(9));
    const before = [...folder.files];
    Object.assign(backup.deps.backend, { get: async () => ({ kind: 'failed', code: 'sync-offline' }) });
    expect((await backup.sync()).failure, 'it could not look').toBe('sync-offline');
    expect([...folder.files]).toEqual(before);
    Object.assign(backup.deps.backend, { get });
    expect((await backup.sync()).renamed).toBe(true);
    expect([backup.state().device === 'device00000a', folder.files.has(left)]).toEqual([false, true]);
    Object.assign(backup.deps.backend, { list });
    await settle(backup, b);
    for (const each of [backup, b])
      expect([each.value('x'), each.value('y')]).toEqual(['sent and lost', 'after the restore']);
  });

  it('a copied profile: both write, one of them moves to a new name, both are heard', async () => {
    const copy = await copyOf(a);
    a.write('of the first', 'x');
    copy.write('of the copy', 'y');
    await settle(a, copy, b);
    expect(a.state().device).not.toBe(copy.state().device);
    for (const each of [a, copy, b])
      expect([each.value('x'), each.value('y')]).toEqual(['of the first', 'of the copy']);
  });

  it('a copy that writes over what the first one had sent and read back', async () => {
    const copy = await copyOf(a);
    a.write('of the first', 'x');
    await a.sync();
    await a.sync();
    a.write('more of the first', 'z');
    await a.sync();
    await a.sync();
    // A listing and a look that both come from before: the copy believes its next name to be free.
    const { list, get } = copy.deps.backend;
    copy.write('of the copy', 'y');
    const listed = await list();
    const old = listed.kind === 'listed' ? listed.entries.filter(({ name }) => !/device00000a-[23]\./.test(name)) : [];
    Object.assign(copy.deps.backend, {
      list: async () => ({ kind: 'listed', entries: old }),
      get: async (name: string, most: number) => (/device00000a-/.test(name) ? { kind: 'absent' } : get(name, most)),
    });
    await copy.sync();
    Object.assign(copy.deps.backend, { list, get });
    const alone = await copyOf(a);
    expect((await alone.sync()).renamed, 'seen by itself, with no reader to tell it').toBe(true);
    expect((await b.sync()).refused.map((each) => each.code)).toEqual(['sync-chain']);
    await settle(b, copy, a, b);
    for (const each of [a, copy, b])
      expect([each.value('x'), each.value('y'), each.value('z')]).toEqual([
        'of the first',
        'of the copy',
        'more of the first',
      ]);
  });

  it('whoever writes on under a name that was left hears of it from who left it, and from whose chain broke', async () => {
    const copy = await copyOf(a);
    a.write('of the first', 'x');
    await settle(a, b);
    const { list, get } = copy.deps.backend;
    const listed = await list();
    const old = listed.kind === 'listed' ? listed.entries.filter(({ name }) => name !== 'device00000a-2.jwe') : [];
    Object.assign(copy.deps.backend, {
      list: async () => ({ kind: 'listed', entries: old }),
      get: async (name: string, most: number) => (/device00000a-/.test(name) ? { kind: 'absent' } : get(name, most)),
    });
    copy.write('of the copy', 'y');
    await copy.sync();
    Object.assign(copy.deps.backend, { list, get });
    copy.write('more of the copy', 'y');
    await copy.sync();
    const words = [];
    for (let round = 0; round < 2; round++) words.push((await b.sync()).pushed);
    expect(words, 'once').toEqual([
      { objects: 1, records: 0 },
      { objects: 0, records: 0 },
    ]);
    const told = `${b.state().device}-${b.state().head.sequence}.jwe`;
    const word = folder.files.get(told)!;
    folder.files.delete(told);
    expect((await a.sync()).renamed).toBe(true);
    const ofA = [...folder.files].filter(([name]) => name.startsWith(a.state().device));
    expect(ofA).toHaveLength(1);
    const other = await copyOf(copy);
    expect((await copy.sync()).renamed).toBe(true);
    for (const each of [a, copy])
      for (const [name] of [...folder.files]) if (name.startsWith(each.state().device)) folder.files.delete(name);
    write(folder, told, word);
    expect((await other.sync()).renamed).toBe(true);
  });

  it('what it had read is kept under its new name, and how far it had come under each that it left', () => {
    const of = { vault: 'v', key: null, keyName: '', keyText: '', device: 'device00000a', label: '' };
    const checked = Object.fromEntries(
      ['device00000a-3.jwe', 'device00000a-2.jwe', 'device00000a-snapshot-4.jwe'].map((name) => [
        name,
        { hash: '', stamp: null },
      ]),
    );
    const hashes = { 2: 'second', 3: 'third', 4: 'fourth' };
    const kept = {
      seen: { device00000b: { sequence: 2, hash: 'h', label: 'B', sentAt: 1, readAt: 2 } },
      heard: { device00000b: 3 },
      forgotten: ['device00000c'],
      refused: { 'device00000b-3.jwe': { code: 'sync-damaged' as const, stamp: null, at: 1, tries: 1 } },
      closedFor: 'othervault01',
      former: [{ vault: 'leftvault001', device: 'former000001', until: 0, closes: false }],
      label: 'A',
    };
    const state = { ...newState(of), ...kept, checked, hashes, doubles: { device00000z: [7, 'seventh'] as const } };
    takeNewName(state, a.deps.ids);
    expect(state).toMatchObject({ ...kept, isWholeNext: true, checked: {}, head: { sequence: 0, hash: '' } });
    expect(state.doubles).toEqual({ device00000z: [7, 'seventh'], device00000a: [3, 'third'] });
  });

  it('what a twin has cleared away, since its snapshot stands for it, is not sent again', async () => {
    for (let n = 0; a.state().snapshotAt < 1; n++) {
      a.write(`n${n}`);
      await a.sync();
    }
    const twin = await copyOf(a);
    const [delta] = twin.state().outbox.map(({ name }) => name);
    expect(delta).not.toContain('snapshot');
    for (let n = 0; n < 2; n++) await a.sync();
    expect(folder.files.has(delta!)).toBe(false);
    await twin.sync();
    expect([folder.files.has(delta!), twin.state().outbox]).toEqual([false, []]);
  });

  it('a reader that read another object under an old name of ours says so, long after', async () => {
    for (let n = 0; n < 2; n++) {
      a.write(`n${n}`);
      await settle(a, b);
    }
    const { device, head } = a.state();
    expect(head.sequence).toBe(3);
    const { seen } = b.state();
    await b.deps.store.save({
      ...b.state(),
      seen: { ...seen, [device]: { ...seen[device]!, sequence: 1, hash: 'twin' } },
    });
    b.write('of b', 'x');
    await b.sync();
    a.write('n2');
    expect((await a.sync()).renamed).toBe(true);
    expect([...folder.files.keys()], 'nothing more goes under that one').not.toContain(`${device}-4.jwe`);
    await settle(a, b);
    expect(b.value()).toBe('n2');
  });

  it('twins that never part send and clear away nothing for ever', async () => {
    for (let n = 0; n < 4; n++) {
      a.write(`n${n}`);
      await a.sync();
    }
    const twin = await copyOf(a);
    await settle(a, twin, b);
    const before = folder.requests;
    await a.sync();
    await twin.sync();
    expect(folder.requests - before).toBeLessThanOrEqual(4);
    expect(b.value()).toBe('n3');
  });
});
