/** What one sync counts, tells, remembers and leaves alone. */
import { beforeEach, expect, it } from 'vitest';
import { syncNow } from '../../src/sync/engine.ts';
import { parseName } from '../../src/sync/layout.ts';
import { forgetDevice } from '../../src/sync/membership.ts';
import { newName } from '../../src/sync/state.ts';
import { type MemoryFolder, memoryFolder, write } from '../fakes/memory-backend.ts';
import { type Browser, memberOf, pass } from './browser.ts';
import { DRIFT_MS, edit } from './little-replica.ts';

let folder: MemoryFolder;
let a: Browser;
let b: Browser;
let c: Browser;
const member = (name: string): Promise<Browser> => memberOf(folder, name);
const seenOf = (name: string) => ({ sequence: parseName(name)!.sequence, label: '', sentAt: null, readAt: null });
const namesOf = (of: Browser) => [...folder.files.keys()].filter((name) => name.startsWith(of.state().device));
const settle = async (...all: Browser[]) => {
  for (let round = 0; round < 3; round++) for (const each of all) await each.sync();
};

beforeEach(async () => {
  folder = memoryFolder();
  [a, b, c] = [await member('a'), await member('b'), await member('c')];
});

it('a listing that is refused is told, and so is the pause that was asked for, over a restart too', async () => {
  const { list } = a.deps.backend;
  let asked = 0;
  Object.assign(a.deps.backend, {
    list: async () => {
      asked++;
      return { kind: 'failed', code: 'sync-busy', pauseMs: 300_000 };
    },
  });
  const { at, failure, pausedUntil } = await a.sync();
  expect([failure, pausedUntil]).toEqual(['sync-busy', at + 300_000]);
  expect((await a.sync()).pausedUntil).toBe(pausedUntil);
  expect(asked).toBe(1);
  Object.assign(a.deps.backend, { list });
  pass(300_000);
  expect(await a.sync()).toMatchObject({ failure: null, pausedUntil: null });
});

it('a pause that is asked for while our own is read back holds up the reading of others', async () => {
  a.write('one');
  await a.sync();
  b.write('of b', 'other');
  await b.sync();
  const { get } = a.deps.backend;
  const asked: string[] = [];
  Object.assign(a.deps.backend, {
    get: async (name: string) => {
      asked.push(name);
      return { kind: 'failed', code: 'sync-busy', pauseMs: 1 };
    },
  });
  await a.sync();
  expect(asked).toEqual(namesOf(a));
  Object.assign(a.deps.backend, { get });
});

it('what is stamped ahead is counted as waiting until its time, and as come then', async () => {
  edit(b.disk, 'ahead', 'later', b.deps.clock.now() + 3 * DRIFT_MS);
  await b.sync();
  const told = async () => {
    const { deferred, pulled } = await a.sync();
    return [deferred, pulled.applied];
  };
  expect([await told(), await told()]).toEqual([
    [1, 0],
    [1, 0],
  ]);
  pass(3 * DRIFT_MS);
  expect([await told(), a.value('ahead')]).toEqual([[0, 1], 'later']);
});

it('a name is of twelve letters that no listing mangles, whatever they are made of', () => {
  const made = (given: string) => newName({ next: () => given, hash: async (text) => text });
  expect(made('1B4E28BA-2FA1-11D2-883F-B9A761BDE3FB')).toBe('1b4e28ba2fa1');
  expect(made('a-1')).toBe('a10000000000');
});

it('what was sent is counted once, and what came', async () => {
  a.write('one');
  a.write('two', 'other');
  expect((await a.sync()).pushed).toEqual({ objects: 1, records: 2 });
  expect((await a.sync()).pushed).toEqual({ objects: 0, records: 0 });
  expect((await b.sync()).pulled).toEqual({ objects: 1, records: 2, applied: 2 });
  expect((await b.sync()).pulled).toEqual({ objects: 0, records: 0, applied: 0 });
});

it('a snapshot takes the place of own objects alone, and of those that went nothing is remembered', async () => {
  b.write('of b', 'other');
  await settle(b, a);
  const ofB = namesOf(b);
  for (let n = 0; n < 6; n++) {
    a.write(`n${n}`);
    await settle(a);
  }
  expect(namesOf(a).some((name) => name.includes('snapshot'))).toBe(true);
  expect(namesOf(a).length).toBeLessThan(6);
  expect(namesOf(b)).toEqual(ofB);
  expect(Object.keys(a.state().checked).sort()).toEqual(namesOf(a).sort());
});

it('an own object that cannot be read back is told', async () => {
  a.write('one');
  await a.sync();
  const { get } = a.deps.backend;
  const failed = async () => ({ kind: 'failed', code: 'sync-offline' }) as const;
  Object.assign(a.deps.backend, { get: failed });
  expect((await a.sync()).failure).toBe('sync-offline');
  const [first] = namesOf(a);
  Object.assign(a.deps.backend, {
    get: async (name: string, most: number) => (name === first ? failed() : get(name, most)),
  });
  a.write('two');
  expect((await a.sync()).pushed.objects, 'and holds up nothing').toBe(1);
  Object.assign(a.deps.backend, { get });
  expect((await a.sync()).failure).toBeNull();
});

it('how far a device had come is what the farthest reader says, whoever is heard last', async () => {
  a.write('one');
  await a.sync();
  c.write('of c', 'other');
  await settle(c);
  a.write('two');
  await a.sync();
  b.write('of b', 'third');
  await settle(b);
  const { device, head } = a.state();
  const newcomer = await member('d');
  await newcomer.sync();
  expect(newcomer.state().heard[device]).toBe(head.sequence);
});

it('the last word of an earlier membership is sent whole, and once it lies there the earlier names may go', async () => {
  const name = 'former000001-3.jwe';
  const bytes = new TextEncoder().encode('the last word, sealed');
  const until = Number.MAX_SAFE_INTEGER;
  const former = [
    { vault: 'oldvault0001', device: 'former000001', until, closes: true },
    { vault: 'leftvault001', device: 'former000002', until, closes: false },
  ];
  const [key, left] = ['vault-oldvault0001-wrap00000001.json', 'vault-leftvault001-wrap00000001.json'];
  write(folder, key, bytes);
  write(folder, left, bytes);
  a.write('one');
  await a.sync();
  await a.sync();
  await a.deps.store.save({ ...a.state(), former, outbox: [{ name, bytes, records: 0, isPut: false }] });
  write(folder, name, bytes.slice(0, 5)); // cut off on its way, by a worker that died
  expect((await a.sync()).refused, 'what was ours is not read').toEqual([]);
  expect(folder.files.get(name)).toEqual(bytes);
  folder.files.delete(name); // the store said done, and lost it
  await a.sync();
  expect(folder.files.get(name)).toEqual(bytes);
  expect(folder.files.has(key)).toBe(true);
  await a.sync();
  expect(a.state().outbox).toEqual([]);
  expect([...folder.files.keys()]).toEqual(expect.arrayContaining([name]));
  const before = folder.requests;
  await a.sync();
  expect(folder.requests - before, 'what was ours is not read').toBe(1);
  expect(folder.files.has(key), 'opens nothing any more').toBe(false);
  await a.deps.store.save({ ...a.state(), former: [{ ...former[0]!, until: 0 }] });
  await a.sync();
  expect(folder.files.has(name)).toBe(false);
  expect([...folder.files.keys()], 'others may still join what was only left').toEqual([left, ...namesOf(a)]);
});

it('what is not sealed for all that waits already is told, and goes once that is sent', async () => {
  const { put } = a.deps.backend;
  Object.assign(a.deps.backend, { put: async () => ({ kind: 'failed', code: 'sync-offline' }) });
  for (let n = 0; n < 12; n++) {
    a.write(`n${n}`);
    await a.sync();
  }
  const { waiting } = await a.sync();
  expect(waiting.hasUnsealed).toBe(true);
  expect(waiting.objects).toBeLessThan(12);
  Object.assign(a.deps.backend, { put });
  await settle(a);
  expect((await a.sync()).waiting).toEqual({ objects: 0, hasUnsealed: false });
  await b.sync();
  expect(b.value()).toBe('n11');
});

it('a new name of this browser is told at once, and once', async () => {
  await settle(a, b);
  await a.deps.store.save({ ...a.state(), label: 'at home', isToTell: true });
  const { at, pushed } = await a.sync();
  expect(pushed).toEqual({ objects: 1, records: 0 });
  const read = await b.sync();
  expect(read.devices).toMatchObject([{ label: 'at home', sentAt: at, readAt: read.at }]);
  await a.sync();
  const before = folder.requests;
  expect((await a.sync()).pushed.objects).toBe(0);
  expect(folder.requests - before).toBe(1);
});

it('a snapshot that listings miss for a while is followed by another one under another name', async () => {
  while (a.state().snapshotAt < 1) {
    a.write(`${a.state().head.sequence}`);
    await a.sync();
  }
  await settle(a, b);
  const { list } = a.deps.backend;
  Object.assign(a.deps.backend, {
    list: async () => {
      const listed = await list();
      return listed.kind === 'listed'
        ? { ...listed, entries: listed.entries.filter(({ name }) => !name.endsWith(`snapshot-${first}.jwe`)) }
        : listed;
    },
  });
  const first = a.state().snapshotAt;
  for (let round = 0; round < 4; round++) expect((await a.sync()).renamed).toBe(false);
  expect(a.state().snapshotAt).toBeGreaterThan(first);
  Object.assign(a.deps.backend, { list });
  await settle(a);
  expect(namesOf(a).filter((name) => name.includes('snapshot'))).toHaveLength(1);
  const before = folder.requests;
  await a.sync();
  expect(folder.requests - before, 'one was enough').toBe(1);
});

it.each([
  [undefined, 3],
  [60_000, 1],
])(
  'a server that answers no more (pause: %s) is asked for %i of ten browsers, and for the rest later',
  async (pauseMs, asked) => {
    const others = await Promise.all(Array.from({ length: 10 }, (_, n) => member(String.fromCharCode(100 + n))));
    for (const [index, other] of others.entries()) {
      other.write(`of ${index}`, `id${index}`);
      await other.sync();
    }
    const { get } = a.deps.backend;
    let requests = 0;
    Object.assign(a.deps.backend, {
      get: async () => {
        requests++;
        return { kind: 'failed', code: 'sync-busy', ...(pauseMs && { pauseMs }) };
      },
    });
    await a.sync();
    expect(requests - (pauseMs ? 0 : 2), 'one look for the key, one before our own is written').toBe(asked);
    Object.assign(a.deps.backend, { get });
    await settle(a);
    for (const [index] of others.entries()) expect(a.value(`id${index}`)).toBe(`of ${index}`);
  },
);

it('a browser that the owner wants to hear no more of is not missed, whoever else has heard of it', async () => {
  c.write('of c', 'other');
  await settle(c, a, b);
  for (const name of namesOf(c)) folder.files.delete(name);
  const told = async () => (await a.sync()).refused.map(({ code }) => code);
  expect(await told()).toEqual(['sync-device-gone']);
  await forgetDevice(a.deps, c.state().device);
  b.write('of b');
  await b.sync();
  expect(await told()).toEqual([]);
  expect((await a.sync()).devices.map(({ device }) => device)).toEqual([b.state().device]);
  expect(a.value('other')).toBe('of c');
  for (const name of namesOf(b)) folder.files.delete(name);
  await forgetDevice(a.deps, b.state().device);
  expect(await told(), 'one more is not missed, and neither is the first').toEqual([]);
});

it('a browser that is to be heard no more of, and writes no more, is not missed when its files go', async () => {
  b.write('of b', 'other');
  await settle(b, a);
  await forgetDevice(a.deps, b.state().device);
  await a.sync();
  for (const name of namesOf(b)) folder.files.delete(name);
  expect((await a.sync()).refused).toEqual([]);
});

it('a browser that was to be heard no more of, and writes again, is missed again', async () => {
  c.write('of c', 'other');
  await settle(c, a, b);
  const { device } = c.state();
  for (let clicks = 0; clicks < 2; clicks++) await forgetDevice(a.deps, device);
  expect(a.state().forgotten).toEqual([device]);
  b.write('of b');
  await settle(b, a);
  expect(a.state().forgotten, 'what lay there before is no new word').toEqual([device]);
  c.write('later', 'other');
  await settle(c, a);
  for (const name of namesOf(c)) folder.files.delete(name);
  expect((await a.sync()).refused.map(({ code }) => code)).toEqual(['sync-device-gone']);
});

it.each([
  [60_000, 300_000],
  [300_000, 60_000],
])('of two pauses that are asked for (%i, %i) the longer is kept, of two failures the first', async (...pauses) => {
  for (const value of ['one', 'two']) {
    a.write(value);
    await a.sync();
  }
  await a.sync();
  for (const name of namesOf(a)) write(folder, name, folder.files.get(name)!);
  b.write('of b', 'other');
  await b.sync();
  const { get } = a.deps.backend;
  const [codes, left] = [['sync-busy', 'sync-server'], [...pauses]];
  Object.assign(a.deps.backend, { get: async () => ({ kind: 'failed', code: codes.shift(), pauseMs: left.shift() }) });
  const { at, failure, pausedUntil } = await a.sync();
  expect([failure, pausedUntil, left]).toEqual(['sync-busy', at + 300_000, []]);
  Object.assign(a.deps.backend, { get });
  const before = folder.requests;
  for (let minute = 1; minute < 5; minute++) expect((await a.sync()).pausedUntil).toBe(pausedUntil);
  expect(folder.requests).toBe(before);
  await syncNow(a.deps, { isAsked: true });
  expect(a.value('other'), 'who asks is not held up').toBe('of b');
  expect((await a.sync()).pausedUntil).toBeNull();
  expect(folder.requests).toBeGreaterThan(before);
});

it.each(['whole', 'cut off'])(
  'a crash while it is laid (%s): the same bytes again, under the same name',
  async (how) => {
    const { put } = a.deps.backend;
    Object.assign(a.deps.backend, {
      put: async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
        write(folder, name, how === 'whole' ? bytes : bytes.slice(0, 9));
        throw new Error('power cut');
      },
    });
    a.write('one');
    await expect(a.sync()).rejects.toThrow('power cut');
    Object.assign(a.deps.backend, { put });
    a.write('two', 'other');
    const { device } = a.state();
    for (let round = 0; round < 2; round++) expect((await a.sync()).renamed).toBe(false);
    expect(a.state().device).toBe(device);
    await b.sync();
    expect([b.value(), b.value('other')]).toEqual(['one', 'two']);
  },
);

it('what cannot be cleared away is told, known as ours, and goes later; of very many no more than 40 at once', async () => {
  const device = 'former000001';
  for (let n = 1; n <= 50; n++) write(folder, `${device}-${n}.jwe`, new Uint8Array(9));
  await a.deps.store.save({ ...a.state(), former: [{ vault: 'leftvault001', device, until: 0, closes: false }] });
  const left = () => [...folder.files.keys()].filter((name) => name.startsWith(device)).length;
  a.write('one');
  await a.sync();
  const { remove } = a.deps.backend;
  Object.assign(a.deps.backend, { remove: async () => ({ kind: 'failed', code: 'sync-offline' }) });
  while (a.state().snapshotAt < 1) {
    a.write(`${a.state().head.sequence}`);
    await a.sync();
  }
  await a.sync();
  const known = Object.keys(a.state().checked).sort();
  expect((await a.sync()).failure).toBe('sync-offline');
  expect([Object.keys(a.state().checked).sort(), known]).toEqual([namesOf(a).sort(), namesOf(a).sort()]);
  Object.assign(a.deps.backend, { remove });
  const before = left() + namesOf(a).length;
  await a.sync();
  expect(left() + namesOf(a).length).toBe(before - 40);
  await settle(a);
  expect([left(), namesOf(a).length]).toEqual([0, 1]);
});

it('what came before a server answers no more is merged, though it never answers for long', async () => {
  const others = await Promise.all(Array.from({ length: 5 }, (_, n) => member(String.fromCharCode(100 + n))));
  for (const [index, other] of others.entries()) {
    other.write(`of ${index}`, `id${index}`);
    await other.sync();
  }
  const { get } = a.deps.backend;
  for (const index of others.keys()) {
    let answers = 1;
    Object.assign(a.deps.backend, {
      get: async (name: string, most: number) =>
        answers-- > 0 ? get(name, most) : { kind: 'failed', code: 'sync-busy', pauseMs: 1 },
    });
    expect((await a.sync()).pulled.objects).toBe(1);
    expect(a.value(`id${index}`)).toBe(`of ${index}`);
  }
});

it('very many records are merged in two goes, each once', async () => {
  for (let n = 0; n < 50_000; n++) edit(b.disk, `id${n}`, '', b.deps.clock.now());
  c.write('of c');
  await settle(b, c);
  const { absorb } = a.deps.replica;
  const sizes: number[] = [];
  Object.assign(a.deps.replica, {
    absorb: async (...given: Parameters<typeof absorb>) => {
      sizes.push(given[0].length);
      return absorb(...given);
    },
  });
  expect((await a.sync()).pulled).toEqual({ objects: 2, records: 50_001, applied: 50_001 });
  expect(sizes).toEqual([50_000, 1]);
});

it('a browser that a newcomer never saw, and another one has read, is missed', async () => {
  c.write('of c', 'other');
  await settle(c, b);
  b.write('of b');
  await b.sync();
  for (const name of namesOf(c)) folder.files.delete(name);
  const newcomer = await member('d');
  expect((await newcomer.sync()).refused.map(({ code }) => code)).toEqual(['sync-device-gone']);
});

it('a newcomer takes the last snapshot, though what it stands for and the one before lie there still', async () => {
  Object.assign(a.deps.backend, { remove: async () => ({ kind: 'failed', code: 'sync-offline' }) });
  while (namesOf(a).filter((name) => name.includes('snapshot')).length < 2) {
    a.write(`${a.state().head.sequence}`);
    await a.sync();
  }
  const newcomer = await member('d');
  expect((await newcomer.sync()).pulled).toMatchObject({ objects: 1 });
  expect(newcomer.value()).toBe(a.value());
  const [reader, first] = [await member('e'), namesOf(a).find((name) => name.includes('snapshot'))];
  await reader.deps.store.save({ ...reader.state(), seen: { [a.state().device]: { ...seenOf(first!), hash: '' } } });
  for (const name of namesOf(a).filter((each) => !each.includes('snapshot'))) folder.files.delete(name);
  await reader.sync();
  expect(reader.value(), 'and so does who had read the one before').toBe(a.value());
});

it('of very many refused objects the latest are remembered: one that is never given is no failure for ever', async () => {
  b.write('one');
  await b.sync();
  const before = { code: 'sync-damaged', stamp: null, at: b.deps.clock.now() - 1, tries: 9 } as const;
  const refused = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`stranger0000-${n}.jwe`, before]));
  await a.deps.store.save({ ...a.state(), refused });
  const { get } = a.deps.backend;
  Object.assign(a.deps.backend, {
    get: async (name: string, most: number) =>
      name.endsWith('.jwe') ? { kind: 'failed', code: 'sync-server' } : get(name, most),
  });
  const failures = [];
  for (let round = 0; round < 3; round++) failures.push((await a.sync()).failure);
  expect(failures.at(-1)).toBeNull();
  expect(Object.keys(a.state().refused)).toHaveLength(300);
});
