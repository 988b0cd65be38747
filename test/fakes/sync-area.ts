/** `storage.sync` with the browser's own quotas and words. */
import type { SyncArea } from '../../src/app/sync-ports.ts';

const QUOTA_BYTES = 102_400;
const QUOTA_BYTES_PER_ITEM = 8192;
const MAX_ITEMS = 512;
const PER_MINUTE = 120;
const PER_HOUR = 1800;

export function fakeSyncArea(now: () => number = () => 0): SyncArea & { readonly items: Map<string, unknown> } {
  const items = new Map<string, unknown>();
  let writes: number[] = [];
  const size = (key: string, value: unknown) => new TextEncoder().encode(key + JSON.stringify(value)).length;
  const counted = () => {
    const at = now();
    writes = writes.filter((each) => each > at - 3_600_000);
    if (writes.length >= PER_HOUR) throw new Error('This request exceeds the MAX_WRITE_OPERATIONS_PER_HOUR quota.');
    if (writes.filter((each) => each > at - 60_000).length >= PER_MINUTE)
      throw new Error('This request exceeds the MAX_WRITE_OPERATIONS_PER_MINUTE quota.');
    writes.push(at);
  };
  return {
    items,
    get: async (keys) => Object.fromEntries([...items].filter(([key]) => keys === null || keys.includes(key))),
    set: async (given) => {
      counted();
      const after = new Map([...items, ...Object.entries(given)]);
      for (const [key, value] of Object.entries(given))
        if (size(key, value) > QUOTA_BYTES_PER_ITEM) throw new Error('QUOTA_BYTES_PER_ITEM quota exceeded');
      if (after.size > MAX_ITEMS) throw new Error('MAX_ITEMS quota exceeded');
      if ([...after].reduce((sum, [key, value]) => sum + size(key, value), 0) > QUOTA_BYTES)
        throw new Error('QUOTA_BYTES quota exceeded');
      for (const [key, value] of Object.entries(given)) items.set(key, value);
    },
    remove: async (keys) => {
      counted();
      for (const key of keys) items.delete(key);
    },
  };
}
