import { describe, expect, it } from 'vitest';
import { hasOthers, storageAreaBackend } from '../../src/sync/storage-area.ts';
import { backendContract } from '../contracts/backend-contract.ts';
import { memoryBackend, memoryFolder, write } from '../fakes/memory-backend.ts';
import { fakeSyncArea } from '../fakes/sync-area.ts';

backendContract('in memory', async () => {
  const folder = memoryFolder();
  return {
    backend: memoryBackend(folder),
    layStranger: async (name, text) => write(folder, name, new TextEncoder().encode(text)),
  };
});

backendContract("in the browser's sync", async () => ({
  backend: storageAreaBackend(fakeSyncArea()),
  layStranger: null,
}));

describe("what only the browser's sync can get wrong", () => {
  const bytes = (length: number) => new TextEncoder().encode('x'.repeat(length));

  it('an object of several items is there only when all of them are', async () => {
    const area = fakeSyncArea();
    const backend = storageAreaBackend(area);
    await backend.put('device000001-1.jwe', bytes(20_000));
    expect(area.items.size).toBe(3);
    area.items.delete([...area.items.keys()][1]!);
    expect(await backend.list()).toEqual({ kind: 'listed', entries: [] });
    expect(await backend.get('device000001-1.jwe', 1e6)).toEqual({ kind: 'absent' });
  });

  it('settings that are no objects are left alone', async () => {
    const area = fakeSyncArea();
    area.items.set('theme', { dark: true });
    area.items.set('duly/device000001-1.jwe/0-1', 7);
    expect(await storageAreaBackend(area).list()).toEqual({ kind: 'listed', entries: [] });
    expect(area.items.size).toBe(2);
  });

  it.each([
    ['an object of its own', ['duly/device000001-3.jwe/0-1'], false],
    ['a part of another one’s', ['duly/device000001-3.jwe/0-1', 'duly/device000002-snapshot-7.jwe/1-2'], true],
    ['a key, and what is not ours', ['duly/vault-vault00000001-wrap00000001.json/0-1', 'theme'], false],
  ])('a change of %s: whether it is news', (_, keys, isNews) => {
    expect(hasOthers(keys, 'device000001')).toBe(isNews);
  });

  it('says that it is full, in a code of its own', async () => {
    const backend = storageAreaBackend(fakeSyncArea());
    expect(await backend.put('device000001-1.jwe', bytes(60_000))).toEqual({ kind: 'done' });
    expect(await backend.put('device000001-2.jwe', bytes(60_000))).toEqual({ kind: 'failed', code: 'sync-quota' });
  });

  it('an answer that never comes is given up, so that later syncs have their turn', async () => {
    const never = () => new Promise<never>(() => {});
    const backend = storageAreaBackend({ get: never, set: never, remove: never }, 20);
    const failed = { kind: 'failed', code: 'sync-timeout' };
    expect(await backend.list()).toEqual(failed);
    expect(await backend.get('device000001-1.jwe', 1e6)).toEqual(failed);
    expect(await backend.put('device000001-1.jwe', bytes(10))).toEqual(failed);
    expect(await backend.remove(['device000001-1.jwe'])).toEqual(failed);
  });

  it('rests when the browser counts too many writes', async () => {
    let at = 0;
    const backend = storageAreaBackend(fakeSyncArea(() => at));
    for (let index = 1; index <= 120; index++) await backend.put('device000001-1.jwe', bytes(10));
    expect(await backend.put('device000001-1.jwe', bytes(10))).toEqual({
      kind: 'failed',
      code: 'sync-busy',
      pauseMs: 60_000,
    });
    at += 60_001;
    expect(await backend.put('device000001-1.jwe', bytes(10))).toEqual({ kind: 'done' });
  });
});
