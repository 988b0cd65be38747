/**
 * The browser's own sync: 102 400 bytes in 512 items of 8 192, 120 writes a minute, 1 800 an hour. An object lies in
 * several items, which another machine may receive one by one: an object is there when all of its items are.
 */
import type { Backend, BackendFailure, SyncArea } from '../app/sync-ports.ts';
import { HOUR_MS, MINUTE_MS } from '../core/day.ts';
import { parseName } from './layout.ts';

/** The browser counts the key and the value as JSON: two quotes around ASCII. */
const MOST_ITEM_BYTES = 8192;
const MOST_TOTAL_BYTES = 102_400;
/** The browser answers from its own disk; an answer that never comes must not hold up every later sync. */
const PATIENCE_MS = 30_000;
const PREFIX = 'duly/';
const KEY = /^duly\/(.+)\/(\d{1,2})-(\d{1,2})$/;

export function storageAreaBackend(area: SyncArea, patienceMs = PATIENCE_MS): Backend {
  const done = { kind: 'done' } as const;
  const guarded = <T>(act: () => Promise<T | BackendFailure>) => told(act, patienceMs);
  return {
    id: 'storage-sync',
    mostObjectBytes: 64 << 10,
    deltasBeforeSnapshot: 4,
    isSmall: true,
    prepare: async () => done,
    list: () =>
      guarded(async () => {
        const entries = [...objectsOf(await area.get(null))]
          .filter(([, { parts, of }]) => parts.filter((part) => part !== undefined).length === of)
          .map(([name, { parts }]) => {
            const text = parts.join('');
            return { name, size: text.length, stamp: `${text.length} ${text.slice(-16)}` };
          });
        return { kind: 'listed' as const, entries };
      }),
    get: (name, mostBytes) =>
      guarded(async () => {
        const object = objectsOf(await area.get(null)).get(name);
        if (!object || object.parts.filter((part) => part !== undefined).length !== object.of)
          return { kind: 'absent' };
        const text = object.parts.join('');
        if (text.length > mostBytes) return { kind: 'failed', code: 'sync-object-too-large' };
        return { kind: 'got', bytes: new TextEncoder().encode(text) };
      }),
    put: (name, bytes) =>
      guarded(async () => {
        const text = new TextDecoder('latin1').decode(bytes);
        const room = MOST_ITEM_BYTES - 2 - keyOf(name, 98, 99).length;
        const of = Math.max(1, Math.ceil(text.length / room));
        if (of > 99 || text.length > MOST_TOTAL_BYTES) return { kind: 'failed', code: 'sync-quota' };
        const items: Record<string, string> = {};
        for (let part = 0; part < of; part++) items[keyOf(name, part, of)] = text.slice(part * room, (part + 1) * room);
        await area.set(items);
        return done;
      }),
    remove: (names) =>
      guarded(async () => {
        const gone = new Set(names);
        const keys = Object.keys(await area.get(null)).filter((key) => gone.has(KEY.exec(key)?.[1] ?? ''));
        if (keys.length > 0) await area.remove(keys);
        return done;
      }),
  };
}

function keyOf(name: string, part: number, of: number): string {
  return `${PREFIX}${name}/${part}-${of}`;
}

/** Whether another browser's object is among what changed. Own ones are no news: a browser would answer itself. */
export function hasOthers(keys: readonly string[], device: string): boolean {
  return keys.some((key) => (parseName(KEY.exec(key)?.[1] ?? '')?.device ?? device) !== device);
}

/** What lies there by name: a damaged or foreign item is no object. The parts of the same count belong together. */
function objectsOf(
  items: Readonly<Record<string, unknown>>,
): Map<string, { parts: (string | undefined)[]; of: number }> {
  const objects = new Map<string, { parts: (string | undefined)[]; of: number }>();
  for (const [key, value] of Object.entries(items)) {
    const match = KEY.exec(key);
    if (!match || typeof value !== 'string') continue;
    const [name, part, of] = [match[1]!, Number(match[2]), Number(match[3])];
    if (of < 1 || part >= of) continue;
    const known = objects.get(name);
    const object = known?.of === of ? known : { parts: new Array<string | undefined>(of).fill(undefined), of };
    object.parts[part] = value;
    objects.set(name, object);
  }
  return objects;
}

async function told<T>(act: () => Promise<T | BackendFailure>, patienceMs: number): Promise<T | BackendFailure> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<BackendFailure>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'failed', code: 'sync-timeout' }), patienceMs);
  });
  try {
    return await Promise.race([act(), tooLong]);
  } catch (error) {
    // Chrome and Firefox say which limit was met, in words alone; nothing of them is kept.
    const words = String(error);
    if (/WRITE_OPERATIONS_PER_HOUR/i.test(words)) return { kind: 'failed', code: 'sync-busy', pauseMs: HOUR_MS };
    if (/WRITE_OPERATIONS|PER_MINUTE/i.test(words)) return { kind: 'failed', code: 'sync-busy', pauseMs: MINUTE_MS };
    if (/quota/i.test(words)) return { kind: 'failed', code: 'sync-quota' };
    return { kind: 'failed', code: 'sync-area-refused' };
  } finally {
    clearTimeout(timer);
  }
}
