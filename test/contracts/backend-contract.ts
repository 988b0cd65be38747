/** What the engine asks of every store, run on fakes and on real servers alike. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/app/sync-ports.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const MOST = 1 << 20;

export interface Opened {
  readonly backend: Backend;
  /** A file of somebody else in the same folder; null where the store has none but ours. */
  readonly layStranger: ((name: string, text: string) => Promise<void>) | null;
}

export function backendContract(name: string, open: () => Promise<Opened>): void {
  describe(`a store ${name}`, () => {
    const names = ({ entries }: { entries: readonly { name: string }[] }) => entries.map((entry) => entry.name).sort();
    const opened = async () => {
      const { backend, layStranger } = await open();
      expect(await backend.prepare()).toEqual({ kind: 'done' });
      return { backend, layStranger };
    };
    const listed = async (backend: Backend) => {
      const found = await backend.list();
      if (found.kind === 'failed') throw new Error(found.code);
      return found;
    };

    it('is empty at first, and may be prepared twice', async () => {
      const { backend } = await opened();
      expect(await backend.prepare()).toEqual({ kind: 'done' });
      expect((await listed(backend)).entries).toEqual([]);
    });

    it('gives back what was put, byte for byte', async () => {
      const { backend } = await opened();
      const bytes = bytesOf('eyJ.aZ09-_.'.repeat(4000));
      expect(await backend.put('device000001-1.jwe', bytes)).toEqual({ kind: 'done' });
      expect(await backend.get('device000001-1.jwe', MOST)).toEqual({ kind: 'got', bytes });
    });

    it('lists names with their size, and a stamp that the same content keeps', async () => {
      const { backend } = await opened();
      await backend.put('device000001-1.jwe', bytesOf('abc'));
      await backend.put('device000001-snapshot-1.jwe', bytesOf('abcde'));
      const first = await listed(backend);
      expect(names(first)).toEqual(['device000001-1.jwe', 'device000001-snapshot-1.jwe']);
      for (const { name: each, size } of first.entries) expect(size).toBe(each.includes('snapshot') ? 5 : 3);
      await new Promise((rest) => setTimeout(rest, 50));
      expect((await listed(backend)).entries).toEqual(first.entries);
    });

    it('shows another stamp for other content of another length', async () => {
      const { backend } = await opened();
      await backend.put('device000001-1.jwe', bytesOf('abc'));
      const [before] = (await listed(backend)).entries;
      await backend.put('device000001-1.jwe', bytesOf('abcdefgh'));
      const [after] = (await listed(backend)).entries;
      expect(after!.stamp).not.toBe(before!.stamp);
    });

    it('replaces what lies under a name', async () => {
      const { backend } = await opened();
      await backend.put('device000001-1.jwe', bytesOf('a much longer text than the next'));
      await backend.put('device000001-1.jwe', bytesOf('short'));
      expect(await backend.get('device000001-1.jwe', MOST)).toEqual({ kind: 'got', bytes: bytesOf('short') });
      expect((await listed(backend)).entries).toHaveLength(1);
    });

    it('says absent for what is not there', async () => {
      const { backend } = await opened();
      expect(await backend.get('device000001-9.jwe', MOST)).toEqual({ kind: 'absent' });
    });

    it('removes, and removing what is gone is done already', async () => {
      const { backend } = await opened();
      await backend.put('device000001-1.jwe', bytesOf('abc'));
      await backend.put('device000001-2.jwe', bytesOf('abc'));
      const gone = ['device000001-1.jwe', 'device000001-7.jwe'];
      expect(await backend.remove(gone)).toEqual({ kind: 'done' });
      expect(await backend.remove(gone)).toEqual({ kind: 'done' });
      expect(names(await listed(backend))).toEqual(['device000001-2.jwe']);
      expect(await backend.get('device000001-1.jwe', MOST)).toEqual({ kind: 'absent' });
    });

    it('reads no more than it is told', async () => {
      const { backend } = await opened();
      await backend.put('device000001-1.jwe', bytesOf('x'.repeat(5000)));
      expect(await backend.get('device000001-1.jwe', 4999)).toEqual({ kind: 'failed', code: 'sync-object-too-large' });
      expect((await backend.get('device000001-1.jwe', 5000)).kind).toBe('got');
    });

    it('lists 60 objects', async () => {
      const { backend } = await opened();
      const all = Array.from({ length: 60 }, (_, index) => `device000001-${index + 1}.jwe`);
      for (const each of all) expect(await backend.put(each, bytesOf(each))).toEqual({ kind: 'done' });
      expect(names(await listed(backend))).toEqual([...all].sort());
    });

    it("is not confused by strangers' files", async () => {
      const { backend, layStranger } = await opened();
      await backend.put('device000001-1.jwe', bytesOf('abc'));
      await layStranger?.('账单 & <2026>#1%.txt', 'not ours');
      const found = names(await listed(backend));
      expect(found).toContain('device000001-1.jwe');
      if (layStranger) expect(found).toContain('账单 & <2026>#1%.txt');
    });
  });
}
